package awards

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// onAnswer settles an objection.
func (p *noticePage) onAnswer(x judging.Objection) {
	options := []choice.Option{
		{Key: "dismiss", Title: p.sh.T("noticepage.dismiss", nil)},
		{Key: "reopen", Title: p.sh.T("noticepage.uphold_reopen", nil)},
		{Key: "uphold", Title: p.sh.T("noticepage.uphold", nil)},
	}
	how := field.NewChoice(
		p.sh, p.sh.T("noticepage.how", nil), p.sh.T("noticepage.how_help", nil), p.sh.T("kit.choose_one", nil),
		options,
	)
	answer := field.NewText(p.sh, p.sh.T("noticepage.answer_text", nil), "", field.TextRule{
		Required: true, Limit: 500, Lines: 3,
	})
	effect := look.NewPara("", look.Body, look.Info, 30).Fluid()
	how.OnChange = func(key string) { effect.SetText(p.effectOf(x.ID, key)) }
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.answer", nil), Text: p.workName(x.Work) + "\n" + x.Text,
		Action:  p.sh.T("noticepage.answer", nil),
		Content: lay.Stack(lay.Gap8, field.NewForm(how, answer), effect), Draft: "answer/" + x.ID, Do: func() error {
			if how.Key() == "" {
				return judging.Fail(judging.Invalid, "noticepage.choose", nil)
			}
			_, err := p.office.AnswerObjection(
				context.Background(), x.ID, how.Key() != "dismiss", how.Key() == "reopen", answer.Text(),
			)
			if err == nil {
				p.Load()
				p.tell("noticepage.answered", x.Work)
			}
			return err
		},
	})
}

// effectOf says what an answer would do.
func (p *noticePage) effectOf(id, how string) string {
	if how == "" {
		return ""
	}
	plan, err := p.office.PlanAnswer(context.Background(), id, how != "dismiss", how == "reopen")
	if err != nil {
		return p.sh.Err(err)
	}
	var lines []string
	for _, key := range plan.Lines() {
		lines = append(lines, p.sh.T(key, plan.Args()))
	}
	return strings.Join(lines, "\n")
}

// onRetract takes an answer back.
func (p *noticePage) onRetract(x judging.Objection) {
	reason := field.NewText(p.sh, p.sh.T("noticepage.retract_reason", nil), "", field.TextRule{
		Required: true, Limit: 200,
	})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.retract", nil), Text: p.sh.T("noticepage.retract_ask", nil),
		Action: p.sh.T("noticepage.retract", nil), Content: field.NewForm(reason), Do: func() error {
			_, err := p.office.RetractAnswer(context.Background(), x.ID, reason.Text())
			if err == nil {
				p.Load()
				p.tell("noticepage.retracted", x.Work)
			}
			return err
		},
	})
}

// onCorrect asks for other days of the notice.
func (p *noticePage) onCorrect(n judging.Notice) {
	f := newNoticeForm(p.sh)
	f.fill(n)
	reason := field.NewText(p.sh, p.sh.T("noticepage.correct_reason", nil), "", field.TextRule{
		Required: true, Limit: 200,
	})
	form := lay.Stack(lay.Gap16, f.whole, field.NewForm(reason))
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.correct", nil), Text: p.sh.T("noticepage.correct_ask", nil),
		Action: p.sh.T("noticepage.correct", nil), Content: form, Do: func() error {
			made, err := p.office.CorrectNotice(context.Background(), f.request(), reason.Text())
			if err == nil {
				p.sh.Tell(kit.Notice{
					Tone: look.Done,
					Text: p.sh.T("noticepage.corrected", judging.Args{"Until": kit.Date(p.sh, made.Until)}),
				})
				p.Load()
			}
			return err
		},
	})
}

// onRecall takes the notice back, with a reason: awards can be decided and shown again.
func (p *noticePage) onRecall(n judging.Notice) {
	reason := field.NewText(p.sh, p.sh.T("noticepage.recall_reason", nil), "", field.TextRule{
		Required: true, Limit: 200,
	})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("noticepage.recall_title", nil),
		Text: p.sh.T("noticepage.recall_ask", judging.Args{
			"From": kit.Date(p.sh, n.From), "Until": kit.Date(p.sh, n.Until), "N": p.data.Open,
		}),
		Check: p.sh.T("noticepage.recall_check", nil), Action: p.sh.T("noticepage.recall_act", nil), Danger: true,
		Content: field.NewForm(reason), Do: func() error {
			if _, err := p.office.RecallNotice(context.Background(), reason.Text()); err != nil {
				return err
			}
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("noticepage.recalled", nil)})
			p.Load()
			return nil
		},
	})
}
