package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Editing lets the cells of a table be changed where they stand, as in a sheet: a double tap, F2 or Enter begins,
// Enter keeps and goes down, Tab keeps and goes on to the right, Escape gives up.
type Editing[T any] struct {
	// Value is what a cell holds, and whether it may be changed at all.
	Value func(row T, column int) (text string, may bool)
	// Choices are the only things that a cell may hold; nil lets any text be typed.
	Choices func(row T, column int) []choice.Option
	// Keep is asked to keep a new text, and calls done on the UI thread.
	Keep func(row T, column int, text string, done func(Kept))
}

// Kept is what became of a changed cell: it was kept, or something is wrong with it, or a dialog asks about it now.
type Kept struct {
	Wrong string // said next to the cell, which stays open
	Asks  bool
}

// Edit lets cells be changed and marks the one that the keyboard is on; Left and Right go to the next.
func (t *Table[T]) Edit(e Editing[T]) {
	t.edit = &e
	t.view.list.onSide = t.side
	t.view.cell = 0
	for c := range t.columns {
		if _, may := e.Value(*new(T), c); may {
			t.view.cell = c
			return
		}
	}
}

// side moves the marked cell sideways.
func (t *Table[T]) side(by int) {
	t.view.cell = min(max(t.view.cell+by, 0), len(t.columns)-1)
	t.view.list.Refresh()
}

// marked is the column whose cell in row i is marked, or -1.
func (t *Table[T]) marked(key string) int {
	if t.edit == nil || key != t.selected {
		return -1
	}
	return t.view.cell
}

// EditCell begins to change the marked cell; it reports whether that cell may be changed.
func (t *Table[T]) EditCell() bool {
	row, ok := t.Selected()
	if t.edit == nil || !ok {
		return false
	}
	text, may := t.edit.Value(row, t.view.cell)
	if !may {
		return false
	}
	if options := t.edit.Choices(row, t.view.cell); options != nil {
		t.choose(row, text, options)
	} else {
		t.write(row, text)
	}
	return true
}

// cellPlace is where the marked cell stands in the window, and its size.
func (t *Table[T]) cellPlace() (fyne.Position, fyne.Size) {
	v := t.view
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.list)
	v.grid.fit(v.list.Size().Width)
	y := float32(t.find(t.selected))*look.RowHeight() - v.list.GetScrollOffset()
	return at.AddXY(v.grid.xs[v.cell], y), fyne.NewSize(v.grid.ws[v.cell], look.RowHeight()-theme.Padding())
}

// choose offers what a cell may hold.
func (t *Table[T]) choose(row T, text string, options []choice.Option) {
	column := t.view.cell
	var items []*fyne.MenuItem
	for _, o := range options {
		item := fyne.NewMenuItem(o.Title, func() {
			t.Focus()
			if o.Key != text {
				t.edit.Keep(row, column, o.Key, func(k Kept) { t.tell(row, k.Wrong) })
			}
		})
		item.Checked = o.Key == text
		items = append(items, item)
	}
	at, size := t.cellPlace()
	button.ShowMenu(t.view.list, at.AddXY(0, size.Height), items...)
}

// tell shows what is wrong with a choice, in the place of its cell.
func (t *Table[T]) tell(row T, wrong string) {
	if wrong == "" || t.find(t.key(row)) < 0 {
		return
	}
	t.write(row, "")
	if e := t.view.editor; e != nil {
		e.only(wrong)
	}
}

// write lets a text be typed over the cell.
func (t *Table[T]) write(row T, text string) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t.view.list)
	if c == nil {
		return
	}
	column := t.view.cell
	at, size := t.cellPlace()
	e := newCellEditor(text, at, size)
	t.view.editor = e
	e.close = func() {
		if t.view.editor == e {
			t.view.editor = nil
		}
		c.Overlays().Remove(e)
		t.Focus()
	}
	e.keep = func(key fyne.KeyName, back bool) {
		if e.entry.Text == text || e.telling {
			e.close()
			t.goOn(key, back)
			return
		}
		e.entry.Disable()
		t.edit.Keep(row, column, e.entry.Text, func(k Kept) {
			if k.Wrong != "" {
				e.entry.Enable()
				e.tell(k.Wrong)
				c.Focus(e.entry)
				return
			}
			e.close()
			if !k.Asks {
				t.goOn(key, back)
			}
		})
	}
	c.Overlays().Add(e)
	e.Resize(c.Size())
	c.Focus(e.entry)
	e.entry.CursorColumn = len([]rune(text)) // a slip is mostly corrected in place
	e.entry.Refresh()
}

// goOn goes to the next cell after one was left with a key: below with Enter, to the side with Tab, which opens it.
func (t *Table[T]) goOn(key fyne.KeyName, back bool) {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.move(1)
	case fyne.KeyTab:
		by := 1
		if back {
			by = -1
		}
		row, ok := t.Selected()
		for c := t.view.cell + by; ok && c >= 0 && c < len(t.columns); c += by {
			if _, may := t.edit.Value(row, c); may {
				t.view.cell = c
				t.view.list.Refresh()
				t.EditCell()
				return
			}
		}
	}
}

// cellEditor lies over the whole window and holds the field in which a cell is changed; a press elsewhere keeps what
// was typed.
type cellEditor struct {
	lay.Box

	entry   *cellEntry
	wrong   *look.Para
	note    *fyne.Container
	sheet   *fyne.Container // field and note
	at      fyne.Position
	size    fyne.Size
	telling bool // there is nothing to type, only to read

	close func()
	keep  func(key fyne.KeyName, back bool)
}

func newCellEditor(text string, at fyne.Position, size fyne.Size) *cellEditor {
	e := &cellEditor{at: at, size: size, wrong: look.NewPara("", look.Note, look.Problem, 18), entry: &cellEntry{}}
	e.entry.Scroll = fyne.ScrollHorizontalOnly
	e.entry.Extend(e.entry)
	e.entry.SetText(text)
	e.entry.OnKey = e.typed
	e.note = lay.Inset(lay.Gap4, e.wrong)
	e.note.Hide()
	ground := canvas.NewRectangle(theme.Color(look.ColorSurface))
	ground.StrokeColor, ground.StrokeWidth = look.Info.Color(), 2
	e.sheet = container.NewStack(ground, lay.Stack(0, e.entry, e.note))
	e.Content = newPlaced(e)
	e.ExtendBaseWidget(e)
	return e
}

// only shows a sentence instead of the field.
func (e *cellEditor) only(wrong string) {
	e.telling = true
	e.entry.Disable()
	e.tell(wrong)
}

// tell says below the field what is wrong.
func (e *cellEditor) tell(wrong string) {
	e.wrong.SetText(wrong)
	e.note.Show()
	e.Refresh()
}

// typed takes the keys that end the change.
func (e *cellEditor) typed(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyEscape:
		e.close()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		e.keep(key.Name, held()&fyne.KeyModifierShift != 0)
	case fyne.KeyUp, fyne.KeyDown:
	default:
		return false
	}
	return true
}

// Tapped keeps what was typed: the user went elsewhere.
func (e *cellEditor) Tapped(*fyne.PointEvent) {
	if !e.entry.Disabled() || e.telling {
		e.keep("", false)
	}
}

// Cursor is the usual one: the rest of the window is not for typing.
func (e *cellEditor) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// cellEntry is a field that takes Tab, which ends the change of a cell.
type cellEntry struct{ field.Entry }

// AcceptsTab returns true.
func (e *cellEntry) AcceptsTab() bool { return true }

// placed sets the field over its cell, as wide as a name needs and never out of the window.
type placed struct{ editor *cellEditor }

// MinSize implements fyne.Layout.
func (placed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (p placed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	e := p.editor
	least := o[0].MinSize()
	w := min(max(e.size.Width, look.Em(14), least.Width), size.Width)
	h := max(e.size.Height, least.Height)
	x := max(min(e.at.X, size.Width-w), 0)
	y := max(min(e.at.Y+(e.size.Height-e.entry.MinSize().Height)/2, size.Height-h), 0)
	o[0].Move(fyne.NewPos(x, y))
	o[0].Resize(fyne.NewSize(w, h))
}

func newPlaced(e *cellEditor) *fyne.Container {
	return &fyne.Container{Layout: placed{e}, Objects: []fyne.CanvasObject{e.sheet}}
}
