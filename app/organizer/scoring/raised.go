package scoring

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/scoring"
)

// raisedOffice is what can be done about the flags that judges raised.
type raisedOffice interface {
	Flags(ctx context.Context) ([]scoring.Raised, error)
	HandleFlag(ctx context.Context, judge judging.JudgeID, work, reason string) error
	Substitutes(ctx context.Context, judge judging.JudgeID, work string) ([]scoring.Substitute, error)
	RecuseJudge(
		ctx context.Context, judge judging.JudgeID, work, reason string, substitute judging.JudgeID,
	) (assignment.Recusal, error)
}

// raisedList shows flags, recusals and abstentions, with what to do about them.
type raisedList struct {
	widget.BaseWidget

	sh     kit.Shell
	office raisedOffice
	table  *table.Table[scoring.Raised]
}

func newRaisedList(sh kit.Shell, o raisedOffice) *raisedList {
	l := &raisedList{sh: sh, office: o}
	l.ExtendBaseWidget(l)
	l.table = table.New(
		func(r scoring.Raised) string { return string(r.Judge) + "/" + string(r.Code) }, raisedColumns(sh)...,
	).Keep(sh, "raised")
	l.table.SetEmpty(status.NewEmpty(
		sh.T("progress.raised_empty", nil), sh.T("progress.raised_empty_text", nil), nil,
	))
	l.table.OnOpen = l.onHandle
	l.table.Acts = func(r scoring.Raised) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(sh.T("progress.handle", nil), func() { l.onHandle(r) }),
			fyne.NewMenuItem(sh.T("progress.replace", nil), func() { l.onReplace(r) }),
		}
	}
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *raisedList) CreateRenderer() fyne.WidgetRenderer {
	acts := lay.Row(
		lay.Gap8, button.New(l.sh.T("progress.replace", nil), l.withSelected(l.onReplace)),
		button.New(l.sh.T("progress.handle", nil), l.withSelected(l.onHandle)),
	)
	return widget.NewSimpleRenderer(lay.Fill(
		nil, l.table,
		container.NewBorder(
			nil, nil, nil, acts, look.NewCutText(l.sh.T("progress.raised_hint", nil), look.Note, look.Quiet),
		),
	))
}

func (l *raisedList) set(all []scoring.Raised) { l.table.SetRows(all) }

func raisedColumns(t kit.Texter) []table.Column[scoring.Raised] {
	text := func(key string, least, weight float32, of func(scoring.Raised) string) table.Column[scoring.Raised] {
		return table.TextColumn(t.T(key, nil), least, weight, of)
	}
	return []table.Column[scoring.Raised]{
		text("app.col_code", 6, 0, func(r scoring.Raised) string { return string(r.Code) }),
		text("app.col_title", 6, 2, func(r scoring.Raised) string { return r.Title }),
		text("app.col_judge", 5, 1, func(r scoring.Raised) string { return r.Name }),
		text("progress.what", 8, 2, func(r scoring.Raised) string { return raisedText(t, r) }),
		text("progress.said", 6, 3, func(r scoring.Raised) string {
			return strings.TrimSpace(r.Reason + " " + r.Note)
		}),
		{Title: t.T("app.col_status", nil), Min: 7, Weight: 1, Cell: func(r scoring.Raised) table.Cell {
			switch {
			case r.Handled != nil:
				return table.Cell{Text: r.Handled.Reason, Tone: look.Done}
			case r.Replaced:
				return table.Cell{Text: page.Capital(t.T("flags.replaced", nil)), Tone: look.Done}
			}
			return table.Cell{Text: t.T("progress.to_handle", nil), Tone: look.Waiting}
		}},
	}
}

// raisedText names what was raised: 回避、疑似抄袭.
func raisedText(t kit.Texter, r scoring.Raised) string {
	var words []string
	if r.State == judging.Recused || r.State == judging.Abstained {
		words = append(words, t.T("ballot.state_"+string(r.State), nil))
	}
	for _, f := range r.Flags {
		words = append(words, t.T("flags."+string(f), nil))
	}
	return page.Capital(strings.Join(words, t.T("kit.comma", nil)))
}

// withSelected does act with the row selected, or says that one has to be.
func (l *raisedList) withSelected(act func(scoring.Raised)) func() {
	return func() {
		r, ok := l.table.Selected()
		if !ok {
			l.sh.Tell(kit.Notice{Tone: look.Info, Text: l.sh.T("progress.raised_select", nil)})
			return
		}
		act(r)
	}
}

// onHandle notes what was done.
func (l *raisedList) onHandle(r scoring.Raised) {
	reason := field.NewText(
		l.sh, l.sh.T("progress.handle_field", nil), l.sh.T("progress.handle_help", nil),
		field.TextRule{Required: true, Limit: 100},
	)
	l.sh.Ask(kit.Question{
		Title: l.sh.T("progress.handle", nil),
		Text: l.sh.T("progress.handle_text", judging.Args{
			"Name": r.Name, "Code": r.Code, "What": raisedText(l.sh, r),
		}),
		Content: reason,
		Action:  l.sh.T("kit.save", nil),
		Do: func() error {
			return l.office.HandleFlag(context.Background(), r.Judge, string(r.Code), reason.Text())
		},
	})
}

// onReplace puts another judge in the place of one who will not score the work.
func (l *raisedList) onReplace(r scoring.Raised) {
	kit.Fetch(
		l.sh, l.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]scoring.Substitute, error) {
			return l.office.Substitutes(ctx, r.Judge, string(r.Work))
		},
		func(able []scoring.Substitute) {
			if len(able) == 0 {
				l.sh.Tell(kit.Notice{Tone: look.Waiting, Text: l.sh.T("progress.nobody_able", nil)})
				return
			}
			var options []choice.Option
			for _, s := range able {
				options = append(options, choice.Option{
					Key:   string(s.Judge),
					Title: l.sh.T("progress.substitute", judging.Args{"Name": s.Name, "N": s.Works}),
				})
			}
			who := field.NewChoice(
				l.sh, l.sh.T("progress.substitute_field", nil), l.sh.T("progress.substitute_help", nil), "", options,
			)
			who.SetKey(options[0].Key)
			reason := field.NewText(
				l.sh, l.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100},
			)
			reason.SetText(r.Reason)
			l.sh.Ask(kit.Question{
				Title: l.sh.T("progress.replace", nil),
				Text: l.sh.T("progress.replace_text", judging.Args{
					"Name": r.Name, "Code": r.Code, "Title": r.Title,
				}),
				Content: field.NewForm(who, reason),
				Action:  l.sh.T("progress.replace_act", nil),
				Do: func() error {
					_, err := l.office.RecuseJudge(
						context.Background(), r.Judge, string(r.Work), reason.Text(), judging.JudgeID(who.Key()),
					)
					return err
				},
			})
		},
	)
}
