package seats

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/scoring"
)

// Seat asks the judge who sits down, or comes back to a desk that locked itself, for the PIN.
type Seat struct {
	sh     kit.Shell
	ways   Ways
	route  kit.Route
	pad    *field.Pad
	status scoring.JudgeStatus
	body   *fyne.Container
	asking bool // a try is under way
}

// NewSeat returns the question for the judge of a route; who that is it reads in Load.
func NewSeat(sh kit.Shell, ways Ways, r kit.Route) *Seat { return &Seat{sh: sh, ways: ways, route: r} }

// Title names the page.
func (p *Seat) Title() string { return p.sh.T("guard.title", nil) }

// Bare asks for a window without the organiser's stages.
func (p *Seat) Bare() bool { return true }

// Content builds an empty page; who sits down is read first.
func (p *Seat) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	return lay.Inset(lay.Gap16, p.body)
}

// Load reads who sits down.
func (p *Seat) Load() {
	if p.pad != nil {
		return // half a PIN may be typed: what changed elsewhere does not matter here
	}
	var s scoring.Status
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		s, _, err = p.ways.read(ctx)
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

func (p *Seat) show(j scoring.JudgeStatus) {
	p.status = j
	p.pad = field.NewPad(p.sh, p.sh.T("guard.enter", nil))
	p.pad.OnEnter = p.onPIN
	text := p.sh.T("guard.hello_text", judging.Args{"Total": j.Total, "Left": j.Total - j.Done})
	if j.Total == 0 { // they come to compare only
		text = p.sh.T("guard.hello_pairs", nil)
	}
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
	left.Add(lay.Row(0, button.New(p.sh.T("guard.other", nil), p.ways.Rise)))
	p.body.Objects = []fyne.CanvasObject{container.NewCenter(whole)}
	p.body.Refresh()
}

func (p *Seat) locked() bool { return strings.HasPrefix(p.route.Tab, Locked) }

// onPIN opens the desk for the right PIN. A try takes a moment; another is not begun meanwhile.
func (p *Seat) onPIN(pin string) {
	if p.asking {
		return
	}
	p.asking = true
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		return p.ways.CheckPIN(ctx, p.status.Judge, pin)
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
		p.ways.Sit(p.status.Judge, p.locked())
	})
}

// TypedKey types the PIN; Escape turns back to the list, Enter sits down where no PIN is asked.
func (p *Seat) TypedKey(key *fyne.KeyEvent) bool {
	switch {
	case p.pad == nil:
		return false
	case key.Name == fyne.KeyEscape:
		p.ways.Rise()
		return true
	case p.status.PIN:
		return p.pad.TypedKey(key)
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		p.onPIN("")
		return true
	}
	return false
}
