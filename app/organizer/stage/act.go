package stage

import (
	"context"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/live"
)

// holding is how long after a press another one is still the same: a key that is held down repeats sooner.
const holding = 700 * time.Millisecond

// onStep does what comes next, once for each press.
func (p *stagePage) onStep() {
	held := p.pace.held != nil
	if held {
		p.pace.held.Stop()
	}
	rung := false
	p.pace.held = p.sh.After(holding, func() { p.pace.held, rung = nil, true })
	if rung { // a shell that waits for nothing
		p.pace.held = nil
	}
	if held || p.pace.busy {
		return
	}
	switch step := p.seen.board.Step(); step {
	case live.StepCall:
		if p.seen.board.Next == nil {
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("stagepage.all_done", nil)})
			return
		}
		p.act(func(ctx context.Context) error { return only(p.stage.Call(ctx, "")) })
	case live.StepStart:
		p.act(func(ctx context.Context) error { return only(p.stage.Start(ctx)) })
	case live.StepStop:
		p.act(func(ctx context.Context) error { return only(p.stage.Stop(ctx)) })
	case live.StepRelease:
		p.act(func(ctx context.Context) error { return only(p.stage.Release(ctx, string(p.shut()))) })
	default:
		p.onClose()
	}
}

// shut is the work whose release comes next: the one that the screen shows.
func (p *stagePage) shut() judging.WorkID {
	for _, t := range p.seen.order {
		if now := p.seen.board.Now; now != nil && t.Number == now.Number {
			return t.Work
		}
	}
	return ""
}

func only(_ live.Turn, err error) error { return err }

// act does one thing on the stage and shows how it stands then.
func (p *stagePage) act(do func(ctx context.Context) error) {
	if p.pace.busy {
		return
	}
	p.pace.busy = true
	p.sh.Run(p.sh.T("stagepage.working", nil), func(ctx context.Context, _ kit.Progress) error {
		return do(ctx)
	}, func(err error) {
		p.pace.busy = false
		if err != nil { // what failed is not tried again and again by itself
			p.place.auto.How = byHand
		}
		p.sh.Focus(nil) // the space bar is the page's, not that of the button pressed last
		p.sh.ShowError(err)
		p.Load()
	})
}

// onClose ends the scoring; where judges have not finished it asks.
func (p *stagePage) onClose() {
	on := p.seen.on()
	switch {
	case on == nil: // it was closed elsewhere: the next look tells
		p.Load()
	case on.Scored < on.Seats:
		p.sh.Ask(kit.Question{
			Title: p.sh.T("stagepage.early_title", judging.Args{"Number": on.Number}),
			Text: p.sh.T("stagepage.early_text", judging.Args{
				"N": on.Seats - on.Scored, "Names": owing(p.sh, *on),
			}),
			Action: p.sh.T("stagepage.early_do", nil), Danger: true, Stay: p.sh.T("stagepage.early_stay", nil),
			Do: func() error {
				p.close(true)
				return nil
			},
		})
	default:
		p.close(false)
	}
}

func (p *stagePage) close(early bool) {
	reason := p.sh.T("stage.overtime", nil)
	p.act(func(ctx context.Context) error {
		return only(p.stage.Close(ctx, live.CloseRequest{Early: early, Reason: reason}))
	})
}

// owing names the judges who have not finished.
func owing(t kit.Texter, on live.Turn) string {
	text := ""
	for _, s := range on.Panel {
		if s.Done {
			continue
		}
		if text != "" {
			text += t.T("app.list_comma", nil)
		}
		text += s.Name
	}
	return text
}

// onBack takes a wrong call back.
func (p *stagePage) onBack() {
	p.act(func(ctx context.Context) error { return only(p.stage.Back(ctx)) })
}

func (p *stagePage) onReopen(t live.Turn) {
	p.act(func(ctx context.Context) error { return only(p.stage.Reopen(ctx, string(t.Work))) })
}

func (p *stagePage) onRelease(t live.Turn) {
	p.act(func(ctx context.Context) error { return only(p.stage.Release(ctx, string(t.Work))) })
}

func (p *stagePage) onCall(t live.Turn) {
	p.act(func(ctx context.Context) error { return only(p.stage.Call(ctx, string(t.Work))) })
}

// move puts a waiting work to another number.
func (p *stagePage) move(t live.Turn, number int) {
	p.act(func(ctx context.Context) error {
		_, err := p.stage.Move(ctx, string(t.Work), number)
		return err
	})
}

// onMove asks for the number.
func (p *stagePage) onMove(t live.Turn) {
	number := field.NewNumber(p.sh, p.sh.T("stagepage.move_to", nil), p.sh.T("stagepage.move_help", nil), "",
		field.Range{Low: 1, High: float64(len(p.seen.order))}, true)
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("stagepage.move_title", judging.Args{"Number": t.Number, "Title": t.Title}),
		Content: number, Action: p.sh.T("stagepage.move_do", nil),
		Do: func() error {
			n, _ := number.Value() // the form is checked before
			_, err := p.stage.Move(context.Background(), string(t.Work), int(n))
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

// onBreak puts words on the big screen in the place of the board, or takes them away.
func (p *stagePage) onBreak() {
	text := field.NewText(p.sh, p.sh.T("stagepage.break_field", nil), p.sh.T("stagepage.break_help", nil),
		field.TextRule{Required: true, Limit: 200})
	if text.SetText(p.seen.board.Break); p.seen.board.Break == "" {
		text.SetText(p.sh.T("stagepage.break_usual", nil))
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("stagepage.break_title", nil), Content: text, Action: p.sh.T("stagepage.break_do", nil),
		Do: func() error { return p.pause(text.Text()) },
	})
}

// pause shows words on the big screen, or the board for "".
func (p *stagePage) pause(text string) error {
	err := p.stage.Break(context.Background(), text)
	if err == nil {
		p.Load()
	}
	return err
}
