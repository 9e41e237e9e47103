package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/scoring"
)

// judgeOffice is what is done for one judge.
type judgeOffice interface {
	SetPIN(ctx context.Context, judge judging.JudgeID, pin string) (string, error)
	ClearPIN(ctx context.Context, judge judging.JudgeID) error
	Reminders(ctx context.Context, words page.Words) ([]scoring.Reminder, error)
	ReopenScores(ctx context.Context, judge judging.JudgeID, reason string) error
	SignOff(ctx context.Context, judge judging.JudgeID, path string, words page.Words) error
}

// roundOffice is what is done for the round.
type roundOffice interface {
	PlanClosing(ctx context.Context) (scoring.Closing, error)
	CloseRound(ctx context.Context, reason string) (scoring.Closing, error)
	ReopenRound(ctx context.Context, reason string) error
	ChooseCalibration(ctx context.Context, req scoring.CalibrationRequest) error
	Calibrations(ctx context.Context) ([]scoring.TestWork, error)
}

// onRemind shows messages ready to be copied into a phone: to one judge, or to all who have not handed in.
func (p *progressPage) onRemind(only judging.JudgeID) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]scoring.Reminder, error) {
		return p.office.Reminders(ctx, p.sh.T)
	}, func(all []scoring.Reminder) {
		var texts []string
		for _, r := range all {
			if only == "" || r.Judge == only {
				texts = append(texts, r.Text)
			}
		}
		if len(texts) == 0 {
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("remind.all_done", nil)})
			return
		}
		text := strings.Join(texts, "\n")
		q := kit.Question{
			Title: p.sh.T("progress.remind_title", judging.Args{"N": len(texts)}), Text: text,
			Action: p.sh.T("progress.copy", nil), Do: func() error {
				fyne.CurrentApp().Clipboard().SetContent(text)
				p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("progress.copied", nil)})
				return nil
			},
		}
		if len(texts) > 3 {
			q.Text = strings.Join(texts[:2], "\n") + "\n…"
		}
		p.sh.Ask(q)
	})
}

// onPIN gives a judge a PIN; it is shown once.
func (p *progressPage) onPIN(j scoring.JudgeStatus) {
	page.AskPIN(p.sh, p.office, j.Judge, j.Call)
}

// askReason asks why before do.
func (p *progressPage) askReason(q kit.Question, do func(reason string) error) {
	reason := field.NewText(p.sh, p.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100})
	q.Content, q.Do = reason, func() error { return do(reason.Text()) }
	p.sh.Ask(q)
}

// onReopen gives a list back to its judge.
func (p *progressPage) onReopen(j scoring.JudgeStatus) {
	p.askReason(
		kit.Question{
			Title: p.sh.T("progress.reopen_title", judging.Args{"Name": j.Call}),
			Text:  p.sh.T("progress.reopen_text", nil), Action: p.sh.T("progress.reopen_act", nil),
		},
		func(reason string) error { return p.office.ReopenScores(context.Background(), j.Judge, reason) },
	)
}

// onSignOff writes the sheet that the judge signs.
func (p *progressPage) onSignOff(j scoring.JudgeStatus) {
	p.sh.SaveFile(p.sh.T("progress.signoff_file", judging.Args{"Name": j.Call})+".pdf", func(path string) {
		p.sh.Run(
			p.sh.T("app.exporting", nil),
			func(ctx context.Context, _ kit.Progress) error { return p.office.SignOff(ctx, j.Judge, path, p.sh.T) },
			func(err error) {
				if err != nil {
					p.sh.ShowError(err)
					return
				}
				page.TellWritten(p.sh, path, p.sh.T("closing.signed", judging.Args{"Path": path}))
			},
		)
	})
}

// onClose ends the round by the rule for missing judges, after telling what that means.
func (p *progressPage) onClose() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (scoring.Closing, error) { return p.office.PlanClosing(ctx) },
		func(c scoring.Closing) {
			text := p.sh.T("closing.would", judging.Args{"Missing": len(c.Missing), "Short": len(c.Short)}) + "\n" +
				page.MissingText(p.sh, c.Rule, c.MinScores) + othersText(p.sh, c.Other)
			p.askReason(
				kit.Question{
					Title: p.sh.T("progress.close_title", nil), Text: text, Action: p.sh.T("progress.close_act", nil),
					Check: p.sh.T("progress.close_check", nil), Danger: true,
				},
				func(reason string) error {
					return page.Overrule(p.sh, func(ctx context.Context) error {
						_, err := p.office.CloseRound(ctx, reason)
						return err
					})
				},
			)
		},
	)
}

// mostOthers is how many works a question names; the list of awards names all.
const mostOthers = 8

// othersText names the works that go by another formula than most of their list.
func othersText(t kit.Texter, list []scoring.OtherWork) string {
	if len(list) == 0 {
		return ""
	}
	out := "\n" + t.T("closing.other", judging.Args{"Count": len(list)})
	trims := false
	for i, o := range list {
		if trims = trims || o.Trims(); i < mostOthers {
			out += "\n" + t.T(o.Text(), o.Args())
		}
	}
	if trims {
		out += "\n" + t.T("closing.uniform", nil)
	}
	return out
}

func (p *progressPage) onReopenRound() {
	p.askReason(
		kit.Question{
			Title: p.sh.T("progress.reopen_round", nil), Text: p.sh.T("progress.reopen_round_text", nil),
			Action: p.sh.T("progress.reopen_round_act", nil),
		},
		func(reason string) error { return p.office.ReopenRound(context.Background(), reason) },
	)
}

// closedText says that and why the round is closed.
func closedText(t kit.Texter, c scoring.Closing) string {
	return t.T("closing.done", judging.Args{"Missing": len(c.Missing), "Short": len(c.Short)}) +
		t.T("progress.closed_why", judging.Args{"Reason": c.Reason})
}

// onTrial chooses calibration works, or shows how they were scored.
func (p *progressPage) onTrial() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]scoring.TestWork, error) {
		return p.office.Calibrations(ctx)
	}, func(all []scoring.TestWork) {
		if len(all) == 0 {
			p.askTrial()
			return
		}
		rows := [][]string{
			{
				p.sh.T("app.col_code", nil), p.sh.T("app.col_title", nil), p.sh.T("progress.trial_given", nil),
				p.sh.T("progress.trial_spread", nil),
			},
		}
		begun := false
		for _, w := range all {
			begun = begun || w.Judges > 0
			rows = append(rows, []string{
				string(w.Code), w.Title, fmt.Sprintf("%d/%d", w.Judges, w.Judges+len(w.Waiting)), spreadText(w),
			})
		}
		q := kit.Question{
			Title: p.sh.T("progress.trial_title", nil), Text: p.sh.T("progress.trial_text", nil),
			Content: page.Grid([]float32{2, 3.2, 1.2, 3.6}, rows),
		}
		if !begun {
			q.Action = p.sh.T("progress.trial_end", nil)
			q.Do = func() error {
				return p.chooseTrial(0, "progress.trial_ended")
			}
		}
		p.sh.Ask(q)
	})
}

// spreadText is lowest – median – highest.
func spreadText(w scoring.TestWork) string {
	if w.Judges == 0 {
		return "–"
	}
	return judging.Exact(w.Low).String() + " – " + judging.Exact(w.Median).String() + " – " +
		judging.Exact(w.High).String()
}

func (p *progressPage) askTrial() {
	number := field.NewNumber(
		p.sh, p.sh.T("progress.trial_number", nil), "", p.sh.T("progress.trial_unit", nil),
		field.Range{Low: 1, High: 10}, true,
	)
	number.SetValue(2)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("progress.trial_title", nil), Text: p.sh.T("progress.trial_ask", nil), Content: number,
		Action: p.sh.T("progress.trial_act", nil), Do: func() error {
			if !field.NewForm(number).Valid() {
				return kit.ErrShown
			}
			n, _ := number.Value()
			return p.chooseTrial(int(n), "progress.trial_chosen")
		},
	})
}

// chooseTrial chooses n works of each category for calibration, none for 0, and says that it is done.
func (p *progressPage) chooseTrial(n int, done string) error {
	err := p.office.ChooseCalibration(context.Background(), scoring.CalibrationRequest{PerCategory: n})
	if err == nil {
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T(done, judging.Args{"N": n})})
	}
	return err
}
