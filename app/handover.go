package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/scoring"
)

// handOver is the list of names at which judges take over the computer from each other.
type handOver struct {
	sh    kit.Shell
	guard *guard
	head  *header.Header
	body  *fyne.Container
}

func newHandOver(sh kit.Shell, g *guard) *handOver { return &handOver{sh: sh, guard: g} }

// Title names the page.
func (p *handOver) Title() string { return p.sh.T("guard.title", nil) }

// Bare asks for a window without the organiser's stages.
func (p *handOver) Bare() bool { return true }

// Content builds the frame.
func (p *handOver) Content() fyne.CanvasObject {
	p.head = header.New(p.sh.T("guard.choose", nil), button.NewPlain(p.sh.T("guard.leave", nil), p.guard.leave))
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads who has works.
func (p *handOver) Load() {
	var s scoring.Status
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		s, err = p.guard.session.now().Scoring().ScoresStatus(ctx)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		p.show(s)
	})
}

func (p *handOver) show(s scoring.Status) {
	var cards []fyne.CanvasObject
	for _, j := range s.Judges {
		if j.Total > 0 {
			cards = append(cards, p.card(j))
		}
	}
	p.body.Objects = []fyne.CanvasObject{
		lay.VScroll(container.NewBorder(
			nil, nil, nil, lay.Blank(lay.Gap16, 0), lay.Tiles(lay.Gap16, look.Em(14), cards...),
		)),
	}
	p.body.Refresh()
}

// card is one name, large, with how far they are.
func (p *handOver) card(j scoring.JudgeStatus) fyne.CanvasObject {
	word, tone := p.sh.T("guard.done", judging.Args{"Left": j.Total - j.Done, "Total": j.Total}), look.Quiet
	if j.Submitted {
		word, tone = p.sh.T("guard.submitted", nil), look.Done
	}
	text := lay.Stack(lay.Gap4, look.NewCutText(j.Call, look.Title, look.Plain), look.NewText(word, look.Body, tone))
	return button.NewPress(lay.Surface(text), func() { p.sh.Navigate(kit.Route{Kind: seatKind, ID: string(j.Judge)}) })
}

// seat asks the judge who sits down, or comes back to a desk that locked itself, for the PIN.
type seat struct {
	sh     kit.Shell
	guard  *guard
	route  kit.Route
	pad    *field.Pad
	status scoring.JudgeStatus
	body   *fyne.Container
	asking bool // a try is under way
}

func newSeat(sh kit.Shell, g *guard, r kit.Route) *seat { return &seat{sh: sh, guard: g, route: r} }

// Title names the page.
func (p *seat) Title() string { return p.sh.T("guard.title", nil) }

// Bare asks for a window without the organiser's stages.
func (p *seat) Bare() bool { return true }

// Content builds an empty page; who sits down is read first.
func (p *seat) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	return lay.Inset(lay.Gap16, p.body)
}

// Load reads who sits down.
func (p *seat) Load() {
	if p.pad != nil {
		return // half a PIN may be typed: what changed elsewhere does not matter here
	}
	var s scoring.Status
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		s, err = p.guard.session.now().Scoring().ScoresStatus(ctx)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		for _, j := range s.Judges {
			if string(j.Judge) == p.route.ID {
				p.show(j)
			}
		}
	})
}

func (p *seat) show(j scoring.JudgeStatus) {
	p.status = j
	p.pad = field.NewPad(p.sh, p.sh.T("guard.enter", nil))
	p.pad.OnEnter = p.onPIN
	text := p.sh.T("guard.hello_text", judging.Args{"Total": j.Total, "Left": j.Total - j.Done})
	if p.locked() {
		text = p.sh.T("guard.locked_text", nil)
	}
	left := lay.Stack(
		lay.Gap16, look.NewStrong(j.Call, look.Title, look.Plain), look.NewPara(text, look.Section, look.Plain, 22),
	)
	whole := fyne.CanvasObject(left)
	if j.PIN {
		whole = lay.Row(look.Em(4), left, p.pad)
		left.Add(look.NewPara(p.sh.T("guard.type_pin", nil), look.Section, look.Plain, 22))
	} else {
		left.Add(
			lay.Row(0, button.NewPrimary(p.sh.T("guard.sit", judging.Args{"Name": j.Call}), func() { p.onPIN("") })),
		)
	}
	left.Add(lay.Row(0, button.New(p.sh.T("guard.other", nil), p.guard.rise)))
	p.body.Objects = []fyne.CanvasObject{container.NewCenter(whole)}
	p.body.Refresh()
}

func (p *seat) locked() bool { return strings.HasPrefix(p.route.Tab, lockedTab) }

// onPIN opens the desk for the right PIN. A try takes a moment; another is not begun meanwhile.
func (p *seat) onPIN(pin string) {
	if p.asking {
		return
	}
	p.asking = true
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		return p.guard.session.now().Secrets().CheckPIN(ctx, p.status.Judge, pin)
	}, func(err error) {
		p.asking = false
		if err != nil && p.status.PIN {
			p.pad.Tell(p.sh.Err(err))
			return
		}
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		p.guard.sit(p.status.Judge, p.locked())
	})
}

// TypedKey types the PIN; Escape turns back to the list, Enter sits down where no PIN is asked.
func (p *seat) TypedKey(key *fyne.KeyEvent) bool {
	switch {
	case p.pad == nil:
		return false
	case key.Name == fyne.KeyEscape:
		p.guard.rise()
		return true
	case p.status.PIN:
		return p.pad.TypedKey(key)
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		p.onPIN("")
		return true
	}
	return false
}
