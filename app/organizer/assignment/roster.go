package assignment

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/scoredjudges"
)

// rosterOffice puts the list of judges right: who they are, whether they stay, and whether two are one.
type rosterOffice interface {
	CorrectJudge(
		ctx context.Context, id judging.JudgeID, set map[string]string, reason string,
	) (judging.Judge, error)
	RemoveJudge(ctx context.Context, id judging.JudgeID, reason string) error
	PlanStrike(ctx context.Context, id judging.JudgeID, scores string) (scoredjudges.Strike, error)
	StrikeJudge(ctx context.Context, id judging.JudgeID, scores, reason string) (scoredjudges.Strike, error)
	PlanMerge(ctx context.Context, from, into judging.JudgeID) (scoredjudges.Merged, error)
	MergeJudges(ctx context.Context, from, into judging.JudgeID, take, reason string) (scoredjudges.Merged, error)
	Journal(ctx context.Context) ([]judging.Entry, error)
}

// rosterActs are the ways to put a judge right; on chooses the judge.
func (p *judgesPage) rosterActs(on func(do func(judging.Judge)) func()) []*fyne.MenuItem {
	item := func(key string, do func(judging.Judge)) *fyne.MenuItem {
		return fyne.NewMenuItem(p.sh.T(key, nil), on(do))
	}
	return []*fyne.MenuItem{
		item("roster.correct", p.onCorrect), item("roster.merge", p.onMerge), item("roster.strike", p.onStrike),
		item("roster.remove", p.onRemove), item("roster.trace", p.onTrace),
	}
}

func (p *judgesPage) reasonField() *field.Text {
	return field.NewText(
		p.sh, p.sh.T("app.fact_reason", nil), p.sh.T("roster.reason_help", nil),
		field.TextRule{Required: true, Limit: 100},
	)
}

// done tells what was done and reads everything again.
func (p *judgesPage) done(key string, args judging.Args) {
	p.reload()
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T(key, args)})
}

// onCorrect puts name, unit, post or phone right; scores and duties stay with the judge.
func (p *judgesPage) onCorrect(j judging.Judge) {
	was := map[string]string{"name": j.Name, "unit": j.Unit, "post": j.Post, "phone": j.Phone}
	labels := map[string]string{
		"name": "field.name", "unit": "app.col_unit", "post": "field.post", "phone": "field.phone",
	}
	names := []string{"name", "unit", "post", "phone"}
	fields := map[string]*field.Text{}
	form := lay.Stack(lay.Gap8)
	for _, name := range names {
		f := field.NewText(
			p.sh, page.Capital(p.sh.T(labels[name], nil)), "",
			field.TextRule{Required: name == "name", Limit: judging.MaxFieldLength},
		)
		f.SetText(was[name])
		fields[name] = f
		form.Add(f)
	}
	reason := p.reasonField()
	form.Add(reason)
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("roster.correct_title", judging.Args{"Name": p.called(j)}),
		Text:   p.sh.T("roster.correct_text", nil),
		Action: p.sh.T("roster.correct_act", nil), Content: form, Do: func() error {
			set := map[string]string{}
			for _, name := range names {
				if now := judging.Tidy(fields[name].Text()); now != was[name] {
					set[name] = now
				}
			}
			now, err := p.office.CorrectJudge(context.Background(), j.ID, set, reason.Text())
			if err == nil {
				p.done("roster.corrected", judging.Args{"Name": now.Name})
			}
			return err
		},
	})
}

// onRemove takes a judge off who never scored.
func (p *judgesPage) onRemove(j judging.Judge) {
	reason := p.reasonField()
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("roster.remove_title", judging.Args{"Name": p.called(j)}),
		Text:   p.sh.T("roster.remove_text", nil),
		Action: p.sh.T("roster.remove_act", nil), Danger: true, Content: reason, Do: func() error {
			err := p.office.RemoveJudge(context.Background(), j.ID, reason.Text())
			if err == nil {
				p.done("roster.removed", judging.Args{"Name": p.called(j)})
			}
			return err
		},
	})
}

// onStrike strikes a judge off, after telling what scores there are and how many works go to others.
func (p *judgesPage) onStrike(j judging.Judge) {
	if j.Struck != "" {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("judgeform.struck", judging.Args{"Reason": j.Struck})})
		return
	}
	type both struct{ keep, void scoredjudges.Strike }
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (plans both, err error) {
		if plans.keep, err = p.office.PlanStrike(ctx, j.ID, scoredjudges.KeepScores); err != nil {
			return plans, err
		}
		plans.void, err = p.office.PlanStrike(ctx, j.ID, scoredjudges.VoidScores)
		return plans, err
	}, func(plans both) { p.askStrike(j, plans.keep, plans.void) })
}

func (p *judgesPage) askStrike(j judging.Judge, keep, void scoredjudges.Strike) {
	voiding := p.sh.T("roster.scores_void", judging.Args{"N": void.Void, "Open": void.Open})
	keeping := p.sh.T("roster.scores_keep", judging.Args{"N": keep.Kept, "Open": keep.Open})
	scores := field.NewChoice(
		p.sh, p.sh.T("roster.scores", nil), "", p.sh.T("kit.choose_one", nil),
		[]choice.Option{{Key: scoredjudges.VoidScores, Title: voiding}, {Key: scoredjudges.KeepScores, Title: keeping}},
	)
	reason := p.reasonField()
	form := lay.Stack(lay.Gap8)
	if keep.Kept > 0 {
		form.Add(scores)
	}
	form.Add(reason)
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("roster.strike_title", judging.Args{"Name": p.called(j)}),
		Text:   p.sh.T("roster.strike_text", judging.Args{"N": keep.Kept, "Open": keep.Open}),
		Check:  p.sh.T("roster.strike_check", nil),
		Action: p.sh.T("roster.strike_act", nil), Danger: true, Content: form, Do: func() error {
			if keep.Kept > 0 && scores.Key() == "" {
				return judging.Fail(judging.Invalid, "roster.choose_scores", nil)
			}
			s, err := p.office.StrikeJudge(context.Background(), j.ID, scores.Key(), reason.Text())
			if err == nil {
				p.done("roster.struck", judging.Args{
					"Name": p.called(j), "Void": s.Void, "Kept": s.Kept, "Open": s.Open,
				})
			}
			return err
		},
	})
}

// judgeTitle tells judges of one name apart.
func judgeTitle(j judging.Judge) string { return strings.TrimSpace(j.Name + "  " + j.Unit) }

// called is what j is called by in questions: the name, with the unit where another has the same one.
func (p *judgesPage) called(j judging.Judge) string {
	for _, other := range p.data.all {
		if other.ID != j.ID && judging.Fold(other.Name) == judging.Fold(j.Name) {
			return judgeTitle(j)
		}
	}
	return j.Name
}

// onMerge asks which entry is the same person as j, shows what moves, and merges on a second act.
func (p *judgesPage) onMerge(j judging.Judge) {
	var options []choice.Option
	for _, other := range p.data.all {
		if other.ID != j.ID {
			options = append(options, choice.Option{Key: string(other.ID), Title: judgeTitle(other)})
		}
	}
	slices.SortStableFunc(options, func(a, b choice.Option) int { // the likely one first
		same := func(o choice.Option) int {
			if strings.HasPrefix(o.Title, j.Name) {
				return 0
			}
			return 1
		}
		return same(a) - same(b)
	})
	into := field.NewChoice(
		p.sh, p.sh.T("roster.into", nil), p.sh.T("roster.into_help", nil), p.sh.T("kit.choose_one", nil), options,
	)
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("roster.merge_title", judging.Args{"Name": p.called(j)}),
		Text:   p.sh.T("roster.merge_text", judging.Args{"Name": judgeTitle(j)}),
		Action: p.sh.T("roster.merge_look", nil), Content: into, Do: func() error {
			id := judging.JudgeID(into.Key())
			if id == "" {
				return judging.Fail(judging.Invalid, "roster.choose_into", nil)
			}
			plan, err := p.office.PlanMerge(context.Background(), j.ID, id)
			if err == nil {
				at := slices.IndexFunc(p.data.all, func(x judging.Judge) bool { return x.ID == id })
				p.askMerge(j, p.data.all[at], plan)
			}
			return err
		},
	})
}

// askMerge shows what moves and where both entries have scored, old next to new, and asks which score counts.
func (p *judgesPage) askMerge(from, into judging.Judge, plan scoredjudges.Merged) {
	take := field.NewChoice(
		p.sh, p.sh.T("roster.take", nil), "", p.sh.T("kit.choose_one", nil),
		[]choice.Option{
			{Key: scoredjudges.TakeInto, Title: p.sh.T("roster.take_into", judging.Args{"Unit": into.Unit})},
			{Key: scoredjudges.TakeFrom, Title: p.sh.T("roster.take_from", judging.Args{"Unit": from.Unit})},
		},
	)
	reason := p.reasonField()
	form := lay.Stack(lay.Gap8)
	if len(plan.Clashes) > 0 {
		rows := [][]string{{
			p.sh.T("app.col_code", nil), p.sh.T("roster.col_from", nil), p.sh.T("roster.col_into", nil),
		}}
		for _, c := range plan.Clashes {
			rows = append(rows, []string{
				string(c.Code), judging.Exact(c.From).String(), judging.Exact(c.Into).String(),
			})
		}
		form.Add(page.Grid([]float32{2, 2, 2}, rows))
		form.Add(take)
	}
	form.Add(reason)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("roster.merge_title", judging.Args{"Name": from.Name}),
		Text: p.sh.T("roster.merge_sum", judging.Args{
			"From": judgeTitle(from), "Into": judgeTitle(into),
			"Scores": plan.Scores, "Works": plan.Works, "Clashes": len(plan.Clashes),
		}),
		Check: p.sh.T("roster.merge_check", nil), Action: p.sh.T("roster.merge_act", nil), Danger: true,
		Content: form, Do: func() error {
			if len(plan.Clashes) > 0 && take.Key() == "" {
				return judging.Fail(judging.Invalid, "roster.choose_take", nil)
			}
			m, err := p.office.MergeJudges(context.Background(), from.ID, into.ID, take.Key(), reason.Text())
			if err == nil {
				p.done("roster.merged", judging.Args{"Name": into.Name, "Scores": m.Scores, "Works": m.Works})
			}
			return err
		},
	})
}
