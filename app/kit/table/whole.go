package table

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// whole shows below the rows what the selected row says in sentences that its cells are too narrow for. A name that is
// cut can still be known from others; a sentence without its end can't be understood.
type whole struct {
	words *look.Para
	box   *fyne.Container
}

func newWhole() *whole {
	w := &whole{words: look.NewPara("", look.Body, look.Plain, 60).Fluid()}
	w.box = lay.Stack(0, lay.Line(), lay.Inset(lay.Gap8, w.words))
	w.box.Hide()
	return w
}

// say shows the sentences, nothing for none, and reports whether that changed the room of the rows.
func (w *whole) say(sentences []string) bool {
	text := strings.Join(sentences, "\n")
	if text == w.words.Text() {
		return false
	}
	w.words.SetText(text)
	if text == "" {
		w.box.Hide()
	} else {
		w.box.Show()
	}
	return true
}

// cutSentences are those of the selected row of which the end is not seen.
func (t *Table[T]) cutSentences() (out []string) {
	row, ok := t.Selected()
	if !ok || len(t.view.grid.ws) != len(t.columns) {
		return nil
	}
	for i, c := range t.columns {
		cell := c.Cell(row)
		ruler := look.RulerFor(look.Body.Size(), cell.Strong)
		if sentence(cell.Text) && ruler.Cut(cell.Text, t.view.grid.ws[i]-2*cellGap) != cell.Text {
			out = append(out, cell.Text)
		}
	}
	return out
}

// tellWhole shows the cut sentences of the selected row.
func (t *Table[T]) tellWhole() {
	w := t.view.whole
	if w == nil || !w.say(t.cutSentences()) || t.view.room == nil {
		return
	}
	t.view.room.Refresh()
	if i := t.find(t.selected); i >= 0 && w.box.Visible() {
		t.view.list.ScrollTo(i)
	}
}

// sentence reports whether text ends as sentences do.
func sentence(text string) bool {
	return slices.ContainsFunc([]string{"。", "？", "！", ".", "?", "!"}, func(end string) bool {
		return strings.HasSuffix(text, end)
	})
}

// withWhole puts the cut sentences below the rows.
func (t *Table[T]) withWhole(rows fyne.CanvasObject) fyne.CanvasObject {
	t.view.room = container.NewBorder(nil, t.view.whole.box, nil, nil, rows)
	return t.view.room
}
