package stage

import (
	"context"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/live"
)

// onDraw asks whose works come on, and draws lots; again is in the place of the order that there is.
func (p *stagePage) onDraw(again bool) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (judging.Rules, error) {
		return p.office.Rules(ctx)
	}, func(rules judging.Rules) { p.askDraw(rules, again) })
}

func (p *stagePage) askDraw(rules judging.Rules, again bool) {
	var options []choice.Option
	var chosen []string
	for _, c := range rules.Categories {
		options = append(options, choice.Option{Key: c.Name, Title: c.Name})
		if rules.Live != nil || len(rules.Categories) == 1 { // the whole contest is on a stage
			chosen = append(chosen, c.Name)
		}
	}
	picks := choice.NewPicks(options, chosen, nil)
	which := field.New(p.sh.T("stagepage.draw_which", nil), p.sh.T("stagepage.draw_which_help", nil), picks)
	seed := field.NewNumber(
		p.sh, p.sh.T("app.seed", nil), p.sh.T("app.seed_help", nil), "", field.Range{Low: 0, High: 1 << 52}, false,
	)
	q := kit.Question{
		Title: p.sh.T("stagepage.draw_title", nil), Text: p.sh.T("stagepage.draw_text", nil),
		Content: lay.Stack(lay.Gap16, which, seed), Action: p.sh.T("stagepage.draw", nil),
		Do: func() error {
			if len(picks.Chosen()) == 0 {
				return judging.Fail(judging.Invalid, "stagepage.draw_none", nil)
			}
			req := live.DrawRequest{Categories: picks.Chosen(), Again: again}
			if n, ok := seed.Value(); ok {
				s := uint64(n)
				req.Seed = &s
			}
			order, err := p.stage.Draw(context.Background(), req)
			if err != nil {
				return err
			}
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("stagepage.lots", judging.Args{
				"Seed": order[0].Seed, "Count": len(order),
			})})
			p.Load()
			return nil
		},
	}
	if again {
		q.Title, q.Action, q.Danger = p.sh.T("stagepage.draw_again", nil), p.sh.T("stagepage.draw_again_do", nil), true
		q.Check = p.sh.T("stagepage.draw_check", judging.Args{"Count": len(p.seen.order)})
	}
	p.sh.Ask(q)
}
