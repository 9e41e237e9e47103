package assignment

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
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
	table   *kit.Table[scoring.ConflictedScore]
	all     []scoring.ConflictedScore
	settled func()
}

func newScoredList(sh kit.Shell, o scoredOffice, settled func()) *scoredList {
	l := &scoredList{sh: sh, office: o, settled: settled}
	text := func(
		key string, least, weight float32, of func(scoring.ConflictedScore) string,
	) kit.Column[scoring.ConflictedScore] {
		return kit.TextColumn(sh.T(key, nil), least, weight, of)
	}
	total := text("fair.col_total", 4, 0, func(s scoring.ConflictedScore) string {
		return judging.Exact(s.Total).String()
	})
	total.Number = true
	l.table = kit.NewTable(
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
	l.table.SetEmpty(kit.NewEmptyState(
		sh.T("conflicts.scored_none", nil), sh.T("conflicts.scored_none_text", nil), nil,
	))
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *scoredList) CreateRenderer() fyne.WidgetRenderer {
	about := kit.NewPara(l.sh.T("conflicts.scored_text", nil), kit.Body, kit.Quiet, 60).Fluid()
	foot := kit.Spread(
		kit.NewText(l.sh.T("conflicts.scored_hint", nil), kit.Note, kit.Quiet),
		kit.Row(
			kit.Gap8, kit.NewButton(l.sh.T("conflicts.keep", nil), l.onSelected(true)),
			kit.NewButton(l.sh.T("conflicts.void", nil), l.onSelected(false)),
		),
	)
	return widget.NewSimpleRenderer(kit.Fill(about, l.table, foot))
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
		l.sh.Tell(kit.Notice{Tone: kit.Info, Text: l.sh.T("conflicts.scored_select", nil)})
	}
}

// ask wants the reason for which a score is kept or void.
func (l *scoredList) ask(s scoring.ConflictedScore, keep bool) {
	word := "void"
	if keep {
		word = "keep"
	}
	reason := kit.NewTextField(l.sh, l.sh.T("app.fact_reason", nil), "", kit.TextRule{Required: true, Limit: 100})
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
				l.sh.Tell(kit.Notice{Tone: kit.Done, Text: l.sh.T("conflicts."+word+"_done", nil)})
				l.settled()
			}
			return err
		},
	})
}
