package assignment

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/scoring"
)

type scoredOffice interface {
	ConflictedScores(ctx context.Context) ([]scoring.ConflictedScore, error)
	SettleConflict(ctx context.Context, judge judging.JudgeID, work string, keep bool, reason string) error
}

// scoredList shows the scores whose judge's conflict was declared after they were given, and asks of each whether it is
// kept or void.
type scoredList struct {
	widget.BaseWidget

	sh      kit.Shell
	office  scoredOffice
	table   *table.Table[scoring.ConflictedScore]
	all     []scoring.ConflictedScore
	settled func()
}

func newScoredList(sh kit.Shell, o scoredOffice, settled func()) *scoredList {
	l := &scoredList{sh: sh, office: o, settled: settled}
	text := func(
		key string, least, weight float32, of func(scoring.ConflictedScore) string,
	) table.Column[scoring.ConflictedScore] {
		return table.TextColumn(sh.T(key, nil), least, weight, of)
	}
	total := text("fair.col_total", 4, 0, func(s scoring.ConflictedScore) string {
		return judging.Exact(s.Total).String()
	})
	total.Number = true
	l.table = table.New(
		func(s scoring.ConflictedScore) string { return string(s.Judge) + "/" + string(s.Work) },
		text("app.col_judge", 6, 1, func(s scoring.ConflictedScore) string { return s.Name }),
		text("app.col_code", 6, 0, func(s scoring.ConflictedScore) string { return string(s.Code) }),
		text("app.col_title", 8, 3, func(s scoring.ConflictedScore) string { return s.Title }),
		total,
	).Keep(sh, "conflicted")
	l.table.OnOpen = func(s scoring.ConflictedScore) { l.ask(s, true) }
	l.table.Acts = func(s scoring.ConflictedScore) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(sh.T("conflicts.keep", nil), func() { l.ask(s, true) }),
			fyne.NewMenuItem(sh.T("conflicts.void", nil), func() { l.ask(s, false) }),
		}
	}
	l.table.SetEmpty(status.NewEmpty(
		sh.T("conflicts.scored_none", nil), sh.T("conflicts.scored_none_text", nil), nil,
	))
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *scoredList) CreateRenderer() fyne.WidgetRenderer {
	about := look.NewPara(l.sh.T("conflicts.scored_text", nil), look.Body, look.Quiet, 60).Fluid()
	foot := lay.Spread(
		look.NewText(l.sh.T("conflicts.scored_hint", nil), look.Note, look.Quiet),
		lay.Row(
			lay.Gap8, button.New(l.sh.T("conflicts.keep", nil), l.onSelected(true)),
			button.New(l.sh.T("conflicts.void", nil), l.onSelected(false)),
		),
	)
	return widget.NewSimpleRenderer(lay.Fill(about, l.table, foot))
}

// load reads what waits; then hears that it is there.
func (l *scoredList) load(then func()) {
	kit.Fetch(
		l.sh, l.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]scoring.ConflictedScore, error) {
			return l.office.ConflictedScores(ctx)
		},
		func(all []scoring.ConflictedScore) {
			l.all = all
			l.table.SetRows(all)
			then()
		},
	)
}

func (l *scoredList) onSelected(keep bool) func() {
	return func() {
		if s, ok := l.table.Selected(); ok {
			l.ask(s, keep)
			return
		}
		l.sh.Tell(kit.Notice{Tone: look.Info, Text: l.sh.T("conflicts.scored_select", nil)})
	}
}

// ask wants the reason for which a score is kept or void.
func (l *scoredList) ask(s scoring.ConflictedScore, keep bool) {
	word := "void"
	if keep {
		word = "keep"
	}
	reason := field.NewText(l.sh, l.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100})
	l.sh.Ask(kit.Question{
		Title: l.sh.T("conflicts."+word+"_title", nil),
		Text: l.sh.T("conflicts."+word+"_text", judging.Args{
			"Judge": s.Name, "Code": s.Code, "Title": s.Title, "Total": judging.Exact(s.Total).String(),
		}),
		Action: l.sh.T("conflicts."+word+"_act", nil), Danger: !keep, Content: reason,
		Draft: "conflicted/" + string(s.Judge) + "/" + string(s.Work),
		Do: func() error {
			err := l.office.SettleConflict(context.Background(), s.Judge, string(s.Work), keep, reason.Text())
			if err == nil {
				l.sh.Tell(kit.Notice{Tone: look.Done, Text: l.sh.T("conflicts."+word+"_done", nil)})
				l.settled()
			}
			return err
		},
	})
}
