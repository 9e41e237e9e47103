package room

import (
	"context"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/room/host"
)

// newCode draws a link as a QR code on white, as large a square as there is room for.
func newCode(sh kit.Shell, link string, least float32) fyne.CanvasObject {
	code, err := diploma.QR(link)
	if err != nil {
		return look.NewPara(sh.Err(err), look.Body, look.Problem, 20).Fluid()
	}
	picture := canvas.NewImageFromImage(code)
	picture.ScaleMode = canvas.ImageScalePixels // sharp edges: cameras read them from further away
	picture.FillMode = canvas.ImageFillStretch
	return container.New(square{least}, canvas.NewRectangle(color.White), picture)
}

// square gives all objects the largest square in the middle.
type square struct{ least float32 }

// MinSize is the least that can be read by a camera near the screen.
func (s square) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(s.least) }

// Layout centres.
func (s square) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side := min(size.Width, size.Height)
	for _, x := range o {
		x.Resize(fyne.NewSquareSize(side))
		x.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
	}
}

// codePage shows the code of one judge after the other, as large as the window: it is scanned from where they sit.
type codePage struct {
	sh     kit.Shell
	keeper *Keeper
	office *office.Office
	judge  judging.JudgeID
	rows   []host.Row // of judges whose code can be shown
	shown  string     // the link that is drawn
	head   *header.Header
	body   *fyne.Container
}

// Title names the page.
func (p *codePage) Title() string { return p.sh.T("roompage.code_title", nil) }

// Bare asks for a window without the organiser's stages: judges look at it.
func (p *codePage) Bare() bool { return true }

// Content builds the frame.
func (p *codePage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(), button.New(p.sh.T("roompage.code_before", nil), func() { p.step(-1) }),
		button.NewPrimary(p.sh.T("roompage.code_next", nil), func() { p.step(1) }),
	).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// What is shown to all; no judge is called so.
const (
	everybody = "everybody" // the address where all judges choose their names
	trusting  = "trusting"  // the page that says how to trust the room
)

// showAll shows the code of an address that is the same for all.
func (p *codePage) showAll(title, text, address string) {
	p.head.SetTitle(title)
	foot := lay.Stack(lay.Gap4, look.NewPara(text, look.Body, look.Plain, 60).Fluid(),
		look.NewCutText(address, look.Section, look.Plain))
	p.body.Objects = []fyne.CanvasObject{lay.Fill(nil, newCode(p.sh, address, look.Em(16)), foot)}
	p.body.Refresh()
}

// Load reads whose code can be shown. A room that was closed meanwhile has none.
func (p *codePage) Load() {
	r := p.keeper.of(p.office)
	if r == nil {
		p.none(p.sh.T("roompage.code_closed", nil))
		return
	}
	if p.judge == everybody {
		p.showAll(p.sh.T("roompage.names_title", nil), p.sh.T("roompage.names_how", nil), r.Address)
		return
	}
	if p.judge == trusting && r.Trust != nil {
		text := p.sh.T("roompage.trust_how", nil) + p.sh.T("roompage.trust_print", judging.Args{"Print": r.Trust.Print})
		p.showAll(p.sh.T("roompage.trust_title", nil), text, r.Trust.Page)
		return
	}
	var rows []host.Row
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		rows, err = r.Rows(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.none(p.sh.Err(err))
			return
		}
		p.rows = slices.DeleteFunc(rows, func(row host.Row) bool { return r.link(row.Judge) == "" })
		p.show(r)
	})
}

func (p *codePage) none(why string) {
	p.shown = ""
	page := status.NewEmpty(why, "", nil)
	p.body.Objects = []fyne.CanvasObject{lay.Surface(page)}
	p.body.Refresh()
}

func (p *codePage) show(r *opened) {
	i := p.at()
	if i < 0 {
		p.none(p.sh.T("roompage.code_none", nil))
		return
	}
	row := p.rows[i]
	p.head.SetTitle(row.Name)
	p.head.SetCount(p.sh.T("roompage.code_count", judging.Args{"N": i + 1, "Total": len(p.rows)}) + "　" +
		stateOf(p.sh, row).Text)
	if link := r.link(row.Judge); link != p.shown {
		p.shown = link
		foot := lay.Stack(
			lay.Gap4, look.NewPara(p.sh.T("roompage.code_how", nil), look.Body, look.Plain, 60).Fluid(),
			look.NewCutText(link, look.Note, look.Quiet),
		)
		p.body.Objects = []fyne.CanvasObject{lay.Fill(nil, newCode(p.sh, link, look.Em(16)), foot)}
		p.body.Refresh()
	}
}

func (p *codePage) at() int {
	return slices.IndexFunc(p.rows, func(r host.Row) bool { return r.Judge == p.judge })
}

// step shows the code of the next judge, or of the one before, and comes round.
func (p *codePage) step(by int) {
	r := p.keeper.of(p.office)
	if r == nil || len(p.rows) == 0 {
		return
	}
	p.judge = p.rows[(p.at()+by+len(p.rows))%len(p.rows)].Judge
	p.show(r)
}

// TypedKey goes from judge to judge by arrows, and back by Escape.
func (p *codePage) TypedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyRight, fyne.KeyPageDown:
		p.step(1)
	case fyne.KeyLeft, fyne.KeyPageUp:
		p.step(-1)
	case fyne.KeyEscape:
		p.sh.Back()
	default:
		return false
	}
	return true
}
