package stage

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/office/live"
)

// present is the work that is on the stage, or was last, and the next step.
type present struct {
	page   *stagePage
	number *look.CutText
	title  *look.CutText
	by     *look.CutText
	clock  *look.CutText
	scored *look.CutText
	panel  *fyne.Container
	step   *button.Button
	acts   *fyne.Container
	words  *fyne.Container // what is to be known besides
	drawn  string          // what panel, acts and words were made for
	whole  fyne.CanvasObject
}

func newPresent(p *stagePage) *present {
	n := &present{
		page: p, number: look.NewStrongCut("", look.Title), title: look.NewCutText("", look.Section, look.Plain),
		by: look.NewCutText("", look.Body, look.Quiet), clock: look.NewCutText("", look.Section, look.Plain),
		scored: look.NewCutText("", look.Body, look.Plain),
		panel:  container.NewStack(), acts: lay.Flow(lay.Gap8), words: container.NewStack(),
	}
	n.step = button.NewPrimary("", p.onStep)
	large := container.NewStack(lay.Blank(0, 1.5*look.RowHeight()), n.step)
	foot := lay.Stack(lay.Gap8, large, look.NewText(p.sh.T("stagepage.space", nil), look.Note, look.Quiet), n.acts)
	top := lay.Stack(lay.Gap8, n.number, n.title, n.by, n.clock, n.scored)
	n.whole = container.NewBorder(nil, foot, nil, nil, lay.VScroll(lay.Stack(lay.Gap8, top, n.panel)))
	return n
}

// set shows what is on now.
func (n *present) set(s sight) {
	sh, now := n.page.sh, s.board.Now
	at := slices.IndexFunc(s.order, func(t live.Turn) bool { return now != nil && t.Number == now.Number })
	if at < 0 {
		n.number.Set(sh.T("stagepage.nothing_on", nil), look.Plain)
		for _, t := range []*look.CutText{n.title, n.by, n.clock, n.scored} {
			t.Set("", look.Plain)
		}
	} else {
		n.tell(s.order[at], *now)
	}
	n.setStep(s)
	if key := drawnFor(s, at); key != n.drawn {
		n.drawn = key
		n.draw(s, at)
	}
}

// tell says which work is on, how long it has taken, and how far its judges are.
func (n *present) tell(t live.Turn, now live.BoardTurn) {
	sh := n.page.sh
	n.number.Set(sh.T("stagepage.now", judging.Args{
		"Number": t.Number, "State": sh.T("stage.state_"+string(t.State), nil),
	}), look.Plain)
	n.title.Set(string(t.Code)+" "+t.Title, look.Plain)
	n.by.Set(strings.TrimSpace(strings.Join(t.Authors, sh.T("app.list_comma", nil))+"　"+t.Unit), look.Quiet)
	text, tone := "", look.Plain
	if now.Running || now.Seconds > 0 {
		text = clock(now.Seconds)
		if now.Limit > 0 {
			text = sh.T("stagepage.clock_of", judging.Args{"Time": text, "Limit": clock(now.Limit)})
			if now.Seconds > now.Limit+now.Grace {
				tone = look.Problem
			}
		}
	}
	n.clock.Hidden = text == ""
	n.clock.Set(text, tone)
	text = sh.T("stagepage.scored", judging.Args{"Done": t.Scored, "Total": t.Seats})
	if t.Shown != nil {
		text += "　" + sh.T("stagepage.released", judging.Args{"Score": official(t), "Marks": t.Shown.Words()})
	}
	n.scored.Set(text, look.Plain)
}

// mostWords is how many notices stand above the order at once: it must not be pushed out of sight.
const mostWords = 2

// clock writes seconds as minutes and seconds.
func clock(seconds float64) string {
	s := int(seconds)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// setStep names the next step.
func (n *present) setStep(s sight) {
	sh, step := n.page.sh, s.board.Step()
	text := sh.T("stagepage.step_"+string(step), nil)
	n.step.Enable()
	if step == live.StepCall {
		if s.board.Next == nil {
			text = sh.T("stagepage.step_end", nil)
			n.step.Disable()
		} else {
			text = sh.T("stagepage.step_call_number", judging.Args{"Number": s.board.Next.Number})
		}
	}
	n.step.SetText(text)
}

// drawnFor is what panel, acts and words depend on.
func drawnFor(s sight, at int) string {
	key := s.board.Break
	if at >= 0 {
		t := s.order[at]
		key += fmt.Sprint("|", t.Number, t.State, t.Panel, t.Behind, s.board.Step())
	}
	for _, t := range s.order {
		key += fmt.Sprint("|", t.Behind)
	}
	return key
}

func (n *present) draw(s sight, at int) {
	sh, p := n.page.sh, n.page
	n.acts.RemoveAll()
	var panel []live.Seat
	if at >= 0 {
		t := s.order[at]
		panel = t.Panel
		switch t.State {
		case live.Called:
			n.acts.Add(button.New(sh.T("stagepage.back", nil), p.onBack))
			if s.board.Step() != live.StepClose {
				n.acts.Add(button.New(sh.T("stagepage.close_now", nil), p.onClose))
			}
		case live.Shut, live.Released:
			n.acts.Add(button.New(sh.T("stagepage.reopen", nil), func() { p.onReopen(t) }))
		}
	}
	n.panel.Objects = []fyne.CanvasObject{chips(panel)}
	n.panel.Refresh()
	words := lay.Stack(lay.Gap8)
	if s.board.Break != "" {
		words.Add(status.NewNotice(kit.Notice{
			Tone: look.Info, Text: sh.T("stagepage.break_on", judging.Args{"Text": s.board.Break}),
			Action: sh.T("stagepage.break_end", nil), Do: func() { sh.ShowError(p.pause("")) },
		}, nil))
	}
	for _, t := range s.order {
		if t.Behind && len(words.Objects) < mostWords {
			words.Add(status.NewNotice(kit.Notice{
				Tone: look.Problem, Text: sh.T("stage.behind", judging.Args{"Number": t.Number, "Work": t.Code}),
				Action: sh.T("stagepage.release_again", nil), Do: func() { p.onRelease(t) },
			}, nil))
		}
	}
	n.words.Objects = []fyne.CanvasObject{words}
	n.words.Hidden = len(words.Objects) == 0
	n.words.Refresh()
	n.whole.Refresh()
}
