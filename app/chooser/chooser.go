package chooser

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// Kind is what is to be chosen.
type Kind int

// The kinds.
const (
	File      Kind = iota // a file that is there
	Folder                // a folder to read from
	NewFile               // a place for a file
	NewFolder             // a folder to write into
)

// Ask is what a chooser is made for.
type Ask struct {
	Kind  Kind
	Exts  []string // endings of files, as ".xlsx"; none allows all
	Dir   string   // the folder to begin in; one that is gone leads to Home
	Home  string   // the user's own folder
	Name  string   // the name suggested for a new file
	Avoid string   // a folder that is read from, in which nothing new should lie; "" for none
}

// Chooser shows a folder and lets people go to others. All of it runs on the UI thread.
type Chooser struct {
	lay.Box

	text  kit.Texter
	ask   Ask
	dir   string
	path  *field.Entry // where one is, and goes by typing
	name  *field.Entry // the file's name; nil where a folder is chosen
	table *table.Table[Item]
	note  *look.Para // what is left out, or what is wrong
	fresh *freshRow
}

// New returns a chooser that shows where ask begins, as large as size.
func New(t kit.Texter, ask Ask, size fyne.Size) *Chooser {
	c := &Chooser{text: t, ask: ask, path: field.NewEntry(), note: look.NewPara("", look.Note, look.Quiet, 60).Fluid()}
	c.path.OnSubmitted = func(string) { c.typed() }
	c.table = table.New(func(i Item) string { return i.Name }, c.columns()...)
	c.table.OnSelect, c.table.OnOpen = c.selected, c.open
	c.fresh = newFreshRow(t, c.makeFolder)
	c.Content = container.NewStack(lay.Blank(size.Width, size.Height), lay.Fill(c.above(), c.table, c.note))
	c.ExtendBaseWidget(c)
	if c.GoTo(ask.Dir) != nil && c.GoTo(ask.Home) != nil {
		_ = c.GoTo(string(filepath.Separator)) // or an empty list, from which typing leads on
	}
	return c
}

// above is the name, the way to the folder, and the places everyone knows.
func (c *Chooser) above() fyne.CanvasObject {
	out := lay.Stack(lay.Gap8)
	if c.ask.Kind == File || c.ask.Kind == NewFile {
		c.name = field.NewEntry()
		c.name.SetText(c.ask.Name)
		out.Add(c.row("chooser.name", c.name, nil))
	}
	up := button.NewPlain(c.text.T("chooser.up", nil), func() { c.tell(c.GoTo(filepath.Dir(c.dir))) })
	up.Icon = theme.MoveUpIcon()
	acts := lay.Row(lay.Gap8, up)
	if c.writes() {
		make := button.NewPlain(c.text.T("chooser.new_folder", nil), c.fresh.toggle)
		make.Icon = theme.FolderNewIcon()
		acts.Add(make)
	}
	out.Add(c.row("chooser.place", c.path, acts))
	out.Add(c.fresh.box)
	ways := lay.Flow(lay.Gap4)
	for _, p := range Places(c.text, c.ask.Home) {
		ways.Add(button.NewPlain(p.Title, func() { c.tell(c.GoTo(p.Path)) }))
	}
	out.Add(ways)
	return out
}

// row is a field with its name at the left and what acts on it at the right.
func (c *Chooser) row(key string, in, acts fyne.CanvasObject) fyne.CanvasObject {
	label := look.NewText(c.text.T(key, nil), look.Body, look.Quiet)
	name := container.NewStack(lay.Blank(look.Em(4), 0), container.NewCenter(label))
	return container.NewBorder(nil, nil, name, acts, in)
}

func (c *Chooser) columns() []table.Column[Item] {
	name := table.Column[Item]{
		Title: c.text.T("chooser.name", nil), Min: 14, Weight: 1,
		Cell:    func(i Item) table.Cell { return table.Cell{Text: i.Name} },
		Compare: byName,
	}
	at := table.Column[Item]{
		Title: c.text.T("chooser.changed", nil), Min: 11.5,
		Cell: func(i Item) table.Cell {
			return table.Cell{Text: kit.DateTime(c.text, i.At.Local()), Tone: look.Quiet}
		},
		Compare: func(a, b Item) int { return cmp.Or(foldersFirst(a, b), a.At.Compare(b.At)) },
	}
	size := table.Column[Item]{
		Title: c.text.T("chooser.size", nil), Min: 5, Number: true,
		Cell:    func(i Item) table.Cell { return table.Cell{Text: c.sizeOf(i), Tone: look.Quiet} },
		Compare: func(a, b Item) int { return cmp.Or(foldersFirst(a, b), cmp.Compare(a.Size, b.Size)) },
	}
	return []table.Column[Item]{name, at, size}
}

func (c *Chooser) sizeOf(i Item) string {
	if i.Folder {
		return c.text.T("chooser.folder", nil)
	}
	return kit.Bytes(i.Size)
}

// GoTo shows a folder. Errors: NotFound where there is none, Unavailable where it can't be read.
func (c *Chooser) GoTo(dir string) error {
	dir = filepath.Clean(dir)
	if !filepath.IsAbs(dir) || !isDir(dir) {
		return judging.Fail(judging.NotFound, "chooser.no_folder", judging.Args{"Name": dir})
	}
	list, err := Read(dir, c.exts())
	if err != nil {
		return judging.Fail(judging.Unavailable, "chooser.unreadable", judging.Args{"Name": dir}).Because(err)
	}
	c.dir = dir
	c.path.SetText(dir)
	c.table.Select("")
	c.table.SetRows(list.Items)
	c.say(list)
	return nil
}

// exts are the endings that are listed: where a folder is chosen or a file is made, all files are, to know it by.
func (c *Chooser) exts() []string {
	if c.ask.Kind == File {
		return c.ask.Exts
	}
	return nil
}

// say tells what the list leaves out, and warns of a folder in which nothing new should lie.
func (c *Chooser) say(list List) {
	var lines []string
	tone := look.Quiet
	if c.ask.Kind == File && len(c.ask.Exts) > 0 {
		lines = append(lines, c.text.T("chooser.only", judging.Args{
			"Exts": strings.Join(c.ask.Exts, c.text.T("kit.comma", nil)), "N": list.Others,
		}))
	}
	if list.More {
		lines = append(lines, c.text.T("chooser.more", judging.Args{"N": mostItems}))
	}
	if c.writes() && c.avoided() {
		lines, tone = append(lines, c.text.T("chooser.avoid", nil)), look.Waiting
	}
	c.note.SetText(strings.Join(lines, "\n"))
	c.note.SetTone(tone)
}

// writes reports whether something new is to lie where one goes.
func (c *Chooser) writes() bool { return c.ask.Kind == NewFile || c.ask.Kind == NewFolder }

// avoided reports whether nothing new should lie in the folder that is shown. Folders that hold everything a person
// has are not avoided.
func (c *Chooser) avoided() bool {
	if c.ask.Avoid == "" || within(c.ask.Avoid, c.ask.Home) || !within(c.ask.Avoid, c.dir) {
		return false
	}
	return !slices.ContainsFunc(Places(c.text, c.ask.Home), func(p Place) bool { return p.Path == c.ask.Avoid })
}

// within reports whether path is folder or lies below it.
func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// tell shows what went wrong; nil shows nothing.
func (c *Chooser) tell(err error) {
	if err == nil {
		return
	}
	c.note.SetText(c.text.Err(err))
	c.note.SetTone(look.Problem)
}

// typed is Enter in the path: a folder is shown, and a file taken.
func (c *Chooser) typed() {
	path := strings.Trim(strings.TrimSpace(c.path.Text), `"`)
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		path = filepath.Join(c.ask.Home, rest)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.dir, path)
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() && c.ask.Kind == File {
		if err := c.GoTo(filepath.Dir(path)); err != nil {
			c.tell(err)
			return
		}
		c.name.SetText(filepath.Base(path))
		c.submit()
		return
	}
	c.tell(c.GoTo(path))
}

// selected takes over the name of a file.
func (c *Chooser) selected(i Item) {
	if c.name != nil && !i.Folder {
		c.name.SetText(i.Name)
	}
}

// open is a double click: a folder is shown, a file chosen.
func (c *Chooser) open(i Item) {
	if i.Folder {
		c.tell(c.GoTo(filepath.Join(c.dir, i.Name)))
		return
	}
	if c.name != nil {
		c.name.SetText(i.Name)
		c.submit()
	}
}

// submit does what Enter in the name does.
func (c *Chooser) submit() {
	if c.name.OnSubmitted != nil {
		c.name.OnSubmitted(c.name.Text)
	}
}

// makeFolder makes a folder in the one that is shown and goes there.
func (c *Chooser) makeFolder(name string) {
	path, err := Join(c.dir, strings.TrimSpace(name))
	if err != nil {
		c.tell(err)
		return
	}
	err = os.Mkdir(path, 0o755)
	if errors.Is(err, fs.ErrExist) {
		err = judging.Fail(judging.Clash, "chooser.taken", judging.Args{"Name": filepath.Base(path)}).Because(err)
	}
	if err != nil {
		c.tell(err)
		return
	}
	c.fresh.toggle()
	c.tell(c.GoTo(path))
}

// Focus puts the keyboard where a person goes on: on the name of a new file, else on the list.
func (c *Chooser) Focus() {
	if c.ask.Kind != NewFile {
		c.table.Focus()
	}
}

// Dir is the folder that is shown.
func (c *Chooser) Dir() string { return c.dir }

// Chosen returns the path that is chosen. Errors: Invalid where nothing is, or the name leads elsewhere; NotFound
// where there is no such file.
func (c *Chooser) Chosen() (string, error) {
	switch c.ask.Kind {
	case Folder, NewFolder:
		if i, ok := c.table.Selected(); ok && i.Folder {
			return filepath.Join(c.dir, i.Name), nil
		}
		return c.dir, nil
	case NewFile:
		return c.newFile()
	}
	if c.name.Text == "" {
		if i, ok := c.table.Selected(); ok && i.Folder {
			if err := c.GoTo(filepath.Join(c.dir, i.Name)); err != nil {
				return "", err
			}
		}
		return "", judging.Fail(judging.Invalid, "chooser.nothing", nil)
	}
	path := c.name.Text
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.dir, path)
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() { // a folder that is typed is gone into, as one that is chosen
		if err := c.GoTo(path); err != nil {
			return "", err
		}
		c.name.SetText("")
		return "", judging.Fail(judging.Invalid, "chooser.nothing", nil)
	}
	if err != nil {
		return "", judging.Fail(judging.NotFound, "chooser.no_file", judging.Args{"Name": c.name.Text})
	}
	return path, nil
}

// newFile is the path of a file to write. A whole path that is typed as its name shows its folder, too.
func (c *Chooser) newFile() (string, error) {
	path := strings.TrimSpace(c.name.Text)
	if !filepath.IsAbs(path) {
		return Join(c.dir, c.name.Text)
	}
	folder, name := filepath.Split(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		folder, name = path, ""
	}
	if err := c.GoTo(filepath.Clean(folder)); err != nil {
		return "", err
	}
	c.name.SetText(name)
	return Join(c.dir, name)
}

// Join joins folder and name. Errors: Invalid for a name that leads elsewhere.
func Join(folder, name string) (string, error) {
	if name == "" || name == "." || name != filepath.Base(name) || !filepath.IsLocal(name) {
		return "", judging.Fail(judging.Invalid, "shell.save_bad_name", nil)
	}
	return filepath.Join(folder, name), nil
}

// freshRow asks for the name of a new folder, while it is shown.
type freshRow struct {
	box  *fyne.Container
	name *field.Entry
}

func newFreshRow(t kit.Texter, make func(name string)) *freshRow {
	r := &freshRow{name: field.NewEntry()}
	r.name.SetText(t.T("chooser.new_folder_name", nil))
	do := func() { make(r.name.Text) }
	r.name.OnSubmitted = func(string) { do() }
	label := look.NewText(t.T("chooser.new_folder", nil), look.Body, look.Quiet)
	act := button.New(t.T("chooser.make", nil), do)
	r.box = container.NewBorder(nil, nil, lay.Row(lay.Gap8, label), act, r.name)
	r.box.Hide()
	return r
}

func (r *freshRow) toggle() {
	if r.box.Visible() {
		r.box.Hide()
		return
	}
	r.box.Show()
}
