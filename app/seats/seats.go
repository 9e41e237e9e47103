// Package seats is what judges find at a computer that is handed over: the list of names, and the question for the PIN
// of who sits down.
package seats

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/comparisons"
	"fayi/judging/office/scoring"
)

const (
	Kind   = "seat"   // the kind of route that asks who sits down for the PIN; its ID is the judge's
	Locked = "locked" // the tab of such a route, where a desk was hidden since nobody was there
)

// Ways are what the pages need of the window.
type Ways struct {
	Scores   func(ctx context.Context) (scoring.Status, error)
	Compared func(ctx context.Context) ([]comparisons.Status, error)
	HasPIN   func(ctx context.Context, judge judging.JudgeID) (bool, error)
	CheckPIN func(ctx context.Context, judge judging.JudgeID, pin string) error
	Leave    func()                                   // gives the computer back to the organiser
	Rise     func()                                   // leads to the list of names
	Sit      func(judge judging.JudgeID, locked bool) // opens the desk of who has proved to be here
}

// read tells how far judges are, and which have pairs to look at; one who has these only comes last, with no works.
func (w Ways) read(ctx context.Context) (scoring.Status, map[judging.JudgeID]bool, error) {
	s, err := w.Scores(ctx)
	if err != nil {
		return s, nil, err
	}
	all, err := w.Compared(ctx)
	if err != nil {
		return s, nil, err
	}
	awaited, listed := comparisons.Awaited(all), map[judging.JudgeID]bool{}
	for _, j := range s.Judges {
		listed[j.Judge] = true
	}
	for _, c := range all {
		for _, j := range c.Panel {
			if !awaited[j.Judge] || listed[j.Judge] {
				continue
			}
			listed[j.Judge] = true
			one := scoring.JudgeStatus{Judge: j.Judge, Name: j.Name, Call: j.Name}
			if one.PIN, err = w.HasPIN(ctx, j.Judge); err != nil {
				return s, nil, err
			}
			s.Judges = append(s.Judges, one)
		}
	}
	return s, awaited, nil
}

// Names is the list of names at which judges take over the computer from each other.
type Names struct {
	sh   kit.Shell
	ways Ways
	head *header.Header
	body *fyne.Container
}

// NewNames returns the list; it reads in Load.
func NewNames(sh kit.Shell, ways Ways) *Names { return &Names{sh: sh, ways: ways} }

// Title names the page.
func (p *Names) Title() string { return p.sh.T("guard.title", nil) }

// Bare asks for a window without the organiser's stages.
func (p *Names) Bare() bool { return true }

// Content builds the frame.
func (p *Names) Content() fyne.CanvasObject {
	p.head = header.New(p.sh.T("guard.choose", nil), button.NewPlain(p.sh.T("guard.leave", nil), p.ways.Leave))
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads who has works, or pairs of works to compare.
func (p *Names) Load() {
	var s scoring.Status
	var awaited map[judging.JudgeID]bool
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		s, awaited, err = p.ways.read(ctx)
		return err
	}, func(err error) {
		p.sh.ShowError(err)
		p.show(s, awaited)
	})
}

func (p *Names) show(s scoring.Status, awaited map[judging.JudgeID]bool) {
	var cards []fyne.CanvasObject
	for _, j := range s.Judges {
		if j.Total > 0 || awaited[j.Judge] {
			cards = append(cards, p.card(j, awaited[j.Judge]))
		}
	}
	p.body.Objects = []fyne.CanvasObject{
		lay.VScroll(container.NewBorder(
			nil, nil, nil, lay.Blank(lay.Gap16, 0), lay.Tiles(lay.Gap16, look.Em(14), cards...),
		)),
	}
	p.body.Refresh()
}

// card is one name, large, with how far they are and whether they have works to compare.
func (p *Names) card(j scoring.JudgeStatus, awaited bool) fyne.CanvasObject {
	text := lay.Stack(lay.Gap4, look.NewCutText(j.Call, look.Title, look.Plain))
	switch {
	case j.Total == 0:
	case j.Submitted:
		text.Add(look.NewText(p.sh.T("guard.submitted", nil), look.Body, look.Done))
	default:
		left := judging.Args{"Left": j.Total - j.Done, "Total": j.Total}
		text.Add(look.NewText(p.sh.T("guard.done", left), look.Body, look.Quiet))
	}
	if awaited {
		text.Add(look.NewText(p.sh.T("guard.pairs", nil), look.Body, look.Waiting))
	}
	return button.NewPress(lay.Surface(text), func() { p.sh.Navigate(kit.Route{Kind: Kind, ID: string(j.Judge)}) })
}
