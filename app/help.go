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
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
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
	list := lay.Stack(2)
	for _, s := range p.sections {
		list.Add(
			button.NewPress(lay.Inset(lay.Gap8, look.NewText(s.Title, look.Body, look.Plain)), func() { p.show(s) }),
		)
	}
	side := lay.VScroll(container.NewStack(lay.Blank(look.Em(13), 0), list))
	keys := button.New(p.sh.T("shell.keys_title", nil), func() {
		p.sh.Ask(kit.Question{Title: p.sh.T("shell.keys_title", nil), Text: p.sh.T("shell.keys_text", nil)})
	})
	head := header.New(p.Title(), keys).WithBack(p.sh.Back)
	return header.Page(head, lay.Split(lay.Gap24, []float32{0, 1}, lay.Surface(side), p.body))
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
	box := lay.Stack(lay.Gap8, look.NewStrong(s.Title, look.Title, look.Plain))
	if slices.Contains(s.Pages, docs.ReleasesPage) {
		box.Add(look.NewText(p.sh.T("help.yours", judging.Args{"Version": page.Version(p.sh)}), look.Body, look.Quiet))
	}
	for _, l := range s.Lines {
		switch l.Kind {
		case docs.Heading:
			box.Add(look.NewStrong(l.Text, look.Section, look.Plain))
		case docs.Item:
			box.Add(container.NewBorder(
				nil, nil, lay.Stack(0, look.NewText("·", look.Body, look.Quiet)), nil,
				look.NewPara(l.Text, look.Body, look.Plain, 40).Fluid(),
			))
		case docs.Picture:
			box.Add(manualPicture(l))
		default:
			box.Add(look.NewPara(l.Text, look.Body, look.Plain, 40).Fluid())
		}
	}
	scroll := lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), box))
	p.body.Objects = []fyne.CanvasObject{lay.Surface(scroll)}
	p.body.Refresh()
}

// widestPicture leaves room for the list of sections next to it in a window of 1280, in the largest type, too.
const widestPicture = 700

// manualPicture is a page of the window as it looks, as wide as the lines of text; nothing where its file can't be
// read.
func manualPicture(l docs.Line) fyne.CanvasObject {
	data := docs.ReadPicture(l.File)
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return lay.Blank(0, 0)
	}
	c := canvas.NewImageFromResource(fyne.NewStaticResource(l.File, data))
	c.FillMode = canvas.ImageFillContain
	wide := min(look.Em(40), widestPicture)
	c.SetMinSize(fyne.NewSize(wide, wide*float32(size.Height)/float32(size.Width)))
	return lay.Row(0, c)
}
