package awards

import (
	"context"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/comparisons"
)

// askReason asks for the reason of an act and does it.
func (p *comparePage) askReason(key, text, preset string, danger bool, do func(reason string) error) {
	reason := field.NewText(p.sh, p.sh.T("awardboard.reason", nil), "",
		field.TextRule{Required: true, Limit: 300, Lines: 2})
	reason.SetText(preset)
	p.sh.Ask(kit.Question{
		Title: p.sh.T(key, nil), Text: text, Action: p.sh.T(key, nil), Content: reason, Danger: danger,
		Do: func() error {
			err := do(reason.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

// onSettle shows what would be ruled, then rules.
func (p *comparePage) onSettle(s comparisons.Status) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (comparisons.Settlement, error) {
			return p.office.Preview(ctx, s.ID)
		}, func(would comparisons.Settlement) { p.askSettle(s, would) })
}

func (p *comparePage) askSettle(s comparisons.Status, would comparisons.Settlement) {
	args := judging.Args{
		"Award": would.Award, "Codes": would.Codes(), "Judges": would.Judges, "Answers": would.Answers,
	}
	text := p.sh.T("comparepage.would", args)
	for _, c := range would.Changes {
		text += "\n" + p.sh.T("board.award_shift", judging.Args{
			"Work": c.Code, "Title": c.Title, "From": orNone(p.sh, c.From), "To": orNone(p.sh, c.To),
		})
	}
	if !would.Sure {
		text += "\n" + p.sh.T("compare.unsure", nil)
	}
	p.askReason("comparepage.settle", text, p.sh.T("comparepage.reason", args), !would.Sure, func(reason string) error {
		_, err := p.office.Settle(context.Background(), s.ID, reason, true)
		if err == nil {
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("comparepage.settled", nil)})
		}
		return err
	})
}

func orNone(t kit.Texter, award string) string {
	if award == "" {
		return t.T("comparepage.no_award", nil)
	}
	return award
}

func (p *comparePage) onUndo(s comparisons.Status) {
	p.askReason("comparepage.undo", p.sh.T("comparepage.undo_text", nil), "", false, func(reason string) error {
		n, err := p.office.Undo(context.Background(), s.ID, reason)
		if err == nil {
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("compare.undone", judging.Args{"Count": n})})
		}
		return err
	})
}

func (p *comparePage) onDrop(s comparisons.Status) {
	p.askReason("comparepage.drop", p.sh.T("comparepage.drop_text", judging.Args{"Answers": s.Answers}), "", true,
		func(reason string) error { return p.office.Drop(context.Background(), s.ID, reason) })
}

func (p *comparePage) onExport(s comparisons.Status, path string) {
	kit.Fetch(p.sh, p.sh.T("comparepage.export", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
		return p.office.Export(ctx, s.ID, path)
	}, func(int) {
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("cli.written", judging.Args{"Path": path})})
	})
}
