package assignment

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/filter"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

type conflictsOffice interface {
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	SuspectConflicts(ctx context.Context) ([]assignment.Suspicion, error)
	DeclareConflict(ctx context.Context, c judging.Conflict) error
}

// conflictList shows which pairs of judge and work are kept apart and why, and lets one clear or declare them.
type conflictList struct {
	widget.BaseWidget

	sh     kit.Shell
	office conflictsOffice
	filter *filter.Bar
	table  *table.Table[assignment.Suspicion]
	all    []assignment.Suspicion
	judges []judging.Judge

	declared func() // hears that a conflict was declared or cleared
}

func newConflictList(sh kit.Shell, o conflictsOffice) *conflictList {
	l := &conflictList{sh: sh, office: o}
	l.filter = filter.NewBar(sh, func(kit.Filter) { l.show() })
	l.table = table.New(
		func(s assignment.Suspicion) string { return s.ID() }, conflictColumns(sh)...,
	).Keep(sh, "conflicts")
	l.table.SetEmpty(status.NewEmpty(sh.T("app.conflicts_empty", nil), sh.T("app.conflicts_empty_text", nil), nil))
	l.table.OnOpen = func(s assignment.Suspicion) { l.askClear(s) }
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *conflictList) CreateRenderer() fyne.WidgetRenderer {
	acts := lay.Row(
		lay.Gap8, button.New(l.sh.T("app.conflict_clear", nil), l.onClear),
		button.New(l.sh.T("app.conflict_declare", nil), l.onDeclare),
	)
	foot := lay.Spread(look.NewText(l.sh.T("app.conflicts_hint", nil), look.Note, look.Quiet), acts)
	return widget.NewSimpleRenderer(lay.Fill(l.filter, l.table, foot))
}

func (l *conflictList) load() {
	kit.Fetch(
		l.sh, l.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]assignment.Suspicion, error) {
			return l.office.SuspectConflicts(ctx)
		},
		func(all []assignment.Suspicion) {
			l.all = all
			l.filter.SetQuick(conflictQuicks(l.sh, all)...)
			l.show()
		},
	)
}

func (l *conflictList) show() { l.table.SetRows(conflictRows(l.all, l.filter.Filter())) }

// conflictRows returns the pairs that f lets through.
func conflictRows(all []assignment.Suspicion, f kit.Filter) []assignment.Suspicion {
	out := []assignment.Suspicion{}
	for _, s := range all {
		found := f.Finds(s.JudgeName, string(s.Code), s.Title, s.Unit, s.Person, s.Reason)
		if found && (f.Quick == "" || f.Quick == string(s.Kind)) {
			out = append(out, s)
		}
	}
	return out
}

// conflictQuicks counts pairs by kind; a kind without pairs is left out.
func conflictQuicks(t kit.Texter, all []assignment.Suspicion) []filter.Quick {
	out := []filter.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	for _, k := range []judging.ConflictKind{
		judging.SameUnit, judging.SameName, judging.IsTeacher, judging.Declared, judging.WholeUnit,
		judging.OfPerson,
	} {
		if n := len(conflictRows(all, kit.Filter{Quick: string(k)})); n > 0 {
			out = append(out, filter.Quick{
				Key: string(k), Title: t.T("conflict."+string(k), nil), Count: n, Tone: conflictTone(k),
			})
		}
	}
	return out
}

// conflictTone parts what people said from what was found by comparing names.
func conflictTone(k judging.ConflictKind) look.Tone {
	if k == judging.Declared || k == judging.WholeUnit || k == judging.OfPerson {
		return look.Done
	}
	return look.Waiting
}

// about is the title of a work, or what is known of a declaration that touches none.
func about(t kit.Texter, s assignment.Suspicion) string {
	if s.Work != "" {
		return s.Title
	}
	return t.T("app.conflict_idle", judging.Args{"Of": cmp.Or(s.Person, s.Unit)})
}

func conflictColumns(t kit.Texter) []table.Column[assignment.Suspicion] {
	text := func(
		key string, least, weight float32, of func(assignment.Suspicion) string,
	) table.Column[assignment.Suspicion] {
		return table.TextColumn(t.T(key, nil), least, weight, of)
	}
	return []table.Column[assignment.Suspicion]{
		text("app.col_judge", 5, 1, func(s assignment.Suspicion) string { return s.JudgeName }),
		text("app.col_code", 5, 0, func(s assignment.Suspicion) string { return string(s.Code) }),
		text("app.col_title", 8, 3, func(s assignment.Suspicion) string { return about(t, s) }),
		{Title: t.T("app.col_why", nil), Min: 7, Cell: func(s assignment.Suspicion) table.Cell {
			return table.Cell{Text: t.T("conflict."+string(s.Kind), nil), Tone: conflictTone(s.Kind)}
		}, Compare: func(a, b assignment.Suspicion) int { return cmp.Compare(a.Kind, b.Kind) }},
		text("app.fact_reason", 5, 2, func(s assignment.Suspicion) string { return s.Reason }),
	}
}

func (l *conflictList) onClear() {
	if s, ok := l.table.Selected(); ok {
		l.askClear(s)
		return
	}
	l.sh.Tell(kit.Notice{Tone: look.Info, Text: l.sh.T("app.conflict_select", nil)})
}

// askClear says that a pair need not be kept apart.
func (l *conflictList) askClear(s assignment.Suspicion) {
	reason := field.NewText(
		l.sh, l.sh.T("app.fact_reason", nil), l.sh.T("app.conflict_clear_help", nil),
		field.TextRule{Required: true, Limit: 100},
	)
	l.sh.Ask(kit.Question{Title: l.sh.T("app.conflict_clear_title", nil),
		Text: l.sh.T("app.conflict_clear_text", judging.Args{
			"Judge": s.JudgeName, "Code": s.Code, "Title": about(l.sh, s),
		}),
		Action: l.sh.T("app.conflict_clear_act", nil), Content: reason,
		Draft: "conflict/" + string(s.Judge) + "/" + string(s.Work),
		Do: func() error {
			c := judging.Conflict{Judge: s.Judge, Work: s.Work, Kind: judging.NoConflict, Reason: reason.Text()}
			if s.Work == "" {
				c.Unit, c.Person = s.Unit, s.Person
			}
			return l.declare(c)
		}})
}

// onDeclare keeps a judge from a work, or from all works of a unit.
func (l *conflictList) onDeclare() {
	kit.Fetch(l.sh, l.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]judging.Work, error) {
		return l.office.Works(ctx, office.WorkFilter{})
	}, l.askDeclare)
}

func (l *conflictList) askDeclare(works []judging.Work) {
	var options []choice.Option
	for _, j := range l.judges {
		options = append(options, choice.Option{Key: string(j.ID), Title: j.Name + "  " + j.Unit})
	}
	judge := field.NewChoice(l.sh, l.sh.T("app.col_judge", nil), "", l.sh.T("app.conflict_judge_hint", nil), options)
	work := page.NewWorkField(
		l.sh, l.sh.T("app.conflict_work", nil), l.sh.T("app.conflict_work_help", nil), false, works,
	)
	unit := field.NewText(
		l.sh, l.sh.T("app.conflict_unit", nil), l.sh.T("app.conflict_unit_help", nil), field.TextRule{Limit: 60},
	)
	unit.OnChange = func(text string) { unit.SetHelp(unitWords(l.sh, works, text)) }
	reason := field.NewText(l.sh, l.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100})
	l.sh.Ask(kit.Question{
		Title: l.sh.T("app.conflict_declare", nil), Action: l.sh.T("kit.save", nil),
		Content: field.NewForm(judge, work.Line, unit, reason), Draft: "conflict", Do: func() error {
			c := judging.Conflict{
				Judge: judging.JudgeID(judge.Key()), Work: judging.WorkID(work.Work()), Unit: unit.Text(),
				Reason: reason.Text(),
			}
			return l.declare(c)
		},
	})
}

// unitWords says how many works a unit sent that is typed, or which units are called nearly so.
func unitWords(t kit.Texter, works []judging.Work, typed string) string {
	name := judging.Fold(typed)
	if name == "" {
		return t.T("app.conflict_unit_help", nil)
	}
	n, near := 0, map[string]bool{}
	for _, w := range works {
		unit, sender := judging.Fold(w.Unit), judging.Fold(w.Sender)
		switch {
		case unit == name || sender == name:
			n++
		case unit != "" && (strings.Contains(unit, name) || strings.Contains(name, unit)):
			near[w.Unit] = true
		}
	}
	switch {
	case n > 0:
		return t.T("app.conflict_unit_works", judging.Args{"N": n})
	case len(near) > 0:
		all := slices.Sorted(maps.Keys(near))
		return t.T("app.conflict_unit_near", judging.Args{
			"Units": strings.Join(all[:min(len(all), 3)], t.T("kit.comma", nil)),
		})
	}
	return t.T("app.conflict_unit_none", nil)
}

func (l *conflictList) declare(c judging.Conflict) error {
	err := l.office.DeclareConflict(context.Background(), c)
	if err == nil && l.declared != nil {
		l.declared()
	}
	return err
}
