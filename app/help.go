package app

import (
	"bytes"
	"image"
	_ "image/png" // the manual's pictures
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/docs"
	"fayi/judging"
)

// helpKind is the page of the manual; its ID is the kind of the page that asked, or docs.ReleasesPage.
const helpKind = "help"

// helpPage shows the manual and the release notes: their sections at the left, one of them at the right.
type helpPage struct {
	sh       kit.Shell
	route    kit.Route
	sections []docs.Section
	body     *fyne.Container
}

func newHelp(sh kit.Shell, r kit.Route) *helpPage {
	return &helpPage{sh: sh, route: r, sections: append(docs.Manual(sh.Lang()), docs.Releases(sh.Lang()))}
}

// Title is the page's name.
func (p *helpPage) Title() string { return p.sh.T("help.title", nil) }

// Bare hides the stages: help is read before a contest is open too.
func (p *helpPage) Bare() bool { return true }

// TypedKey leaves the manual by Escape.
func (p *helpPage) TypedKey(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyEscape {
		return false
	}
	p.sh.Back()
	return true
}

// Content builds list and section.
func (p *helpPage) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	list := kit.Stack(2)
	for _, s := range p.sections {
		list.Add(kit.NewPress(kit.Inset(kit.Gap8, kit.NewText(s.Title, kit.Body, kit.Plain)), func() { p.show(s) }))
	}
	side := kit.VScroll(container.NewStack(kit.Blank(kit.Em(13), 0), list))
	keys := kit.NewButton(p.sh.T("shell.keys_title", nil), func() {
		p.sh.Ask(kit.Question{Title: p.sh.T("shell.keys_title", nil), Text: p.sh.T("shell.keys_text", nil)})
	})
	head := kit.NewPageHeader(p.Title(), keys).WithBack(p.sh.Back)
	return kit.PageBody(head, kit.Split(kit.Gap24, []float32{0, 1}, kit.Surface(side), p.body))
}

// Load shows the section asked for, else the first.
func (p *helpPage) Load() {
	if len(p.body.Objects) > 0 {
		return
	}
	if s, ok := docs.About(p.sections, p.route.ID); ok {
		p.show(s)
	} else if len(p.sections) > 0 {
		p.show(p.sections[0])
	}
}

func (p *helpPage) show(s docs.Section) {
	box := kit.Stack(kit.Gap8, kit.NewStrong(s.Title, kit.Title, kit.Plain))
	if slices.Contains(s.Pages, docs.ReleasesPage) {
		box.Add(kit.NewText(p.sh.T("help.yours", judging.Args{"Version": versionText(p.sh)}), kit.Body, kit.Quiet))
	}
	for _, l := range s.Lines {
		switch l.Kind {
		case docs.Heading:
			box.Add(kit.NewStrong(l.Text, kit.Section, kit.Plain))
		case docs.Item:
			box.Add(container.NewBorder(
				nil, nil, kit.Stack(0, kit.NewText("·", kit.Body, kit.Quiet)), nil,
				kit.NewPara(l.Text, kit.Body, kit.Plain, 40).Fluid(),
			))
		case docs.Picture:
			box.Add(manualPicture(l))
		default:
			box.Add(kit.NewPara(l.Text, kit.Body, kit.Plain, 40).Fluid())
		}
	}
	scroll := kit.VScroll(container.NewBorder(nil, nil, nil, kit.Blank(kit.Gap16, 0), box))
	p.body.Objects = []fyne.CanvasObject{kit.Surface(scroll)}
	p.body.Refresh()
}

// manualPicture is a page of the window as it looks, as wide as the lines of text; nothing where its file can't be
// read.
func manualPicture(l docs.Line) fyne.CanvasObject {
	data := docs.ReadPicture(l.File)
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return kit.Blank(0, 0)
	}
	c := canvas.NewImageFromResource(fyne.NewStaticResource(l.File, data))
	c.FillMode = canvas.ImageFillContain
	wide := kit.Em(40)
	c.SetMinSize(fyne.NewSize(wide, wide*float32(size.Height)/float32(size.Width)))
	return kit.Row(0, c)
}
