package assignment

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/assignment"
)

// judgeLists brings lists of judges in and takes them back.
type judgeLists interface {
	ImportJudges(ctx context.Context, req assignment.JudgesRequest) (assignment.JudgesReport, error)
	UndoJudges(ctx context.Context) (assignment.JudgeList, error)
}

func (p *judgesPage) onImport() { p.sh.OpenFile(filetype.TableEndings, p.importFile) }

// judgesLook is what a list of judges would do, or why nothing of it can be read.
type judgesLook struct {
	req    assignment.JudgesRequest
	report assignment.JudgesReport
	failed error
}

// importFile shows what a list of judges would do.
func (p *judgesPage) importFile(path string) {
	p.preview(assignment.JudgesRequest{Path: path, DryRun: true, Reason: p.sh.T("app.judges_avoid_reason", nil)})
}

func (p *judgesPage) preview(req assignment.JudgesRequest) {
	kit.Fetch(
		p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (judgesLook, error) {
			preview := judgesLook{req: req}
			preview.report, preview.failed = p.office.ImportJudges(ctx, req)
			if len(preview.report.AllProblems()) == 0 {
				return preview, preview.failed
			}
			return preview, nil
		},
		p.previewed,
	)
}

// judgesArgs are the numbers of a report.
func judgesArgs(r assignment.JudgesReport) judging.Args {
	return judging.Args{
		"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged, "Rejected": r.Rejected,
		"Conflicts": r.Conflicts,
	}
}

// previewed asks whether to import what was looked at. A list of which nothing can be read is only explained.
func (p *judgesPage) previewed(preview judgesLook) {
	r := preview.report
	q := kit.Question{Title: p.sh.T("app.judges_import", nil)}
	parts := []fyne.CanvasObject{}
	if line := page.AccountLine(p.sh, "account.judges", r.Sheets); line != "" {
		parts = append(parts, look.NewPara(line, look.Body, look.Plain, 40).Fluid())
	}
	if len(r.Rows) > 0 {
		table := table.New(
			func(o assignment.JudgeOutcome) string { return o.Sheet + "!" + o.Name + string(rune(o.Row)) },
			outcomeColumns(p.sh)...,
		)
		table.SetRows(r.Rows)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(46), look.Em(14)), table))
	}
	if lines := page.ProblemLines(p.sh, r.AllProblems()); len(lines) > 0 {
		list := page.NewProblems(p.sh, func() []table.ProblemLine { return lines })
		list.SetLines(lines)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(46), look.Em(11)), list))
	}
	if preview.failed != nil {
		var told *judging.Error
		if errors.As(preview.failed, &told) {
			q.Text = p.sh.T(told.Text, told.Args)
		}
		q.Content = lay.Stack(lay.Gap4, parts...)
		p.sh.Ask(q)
		return
	}
	req := preview.req
	if asksNamesakes(r) {
		check := choice.NewCheck(p.sh.T("app.judges_namesakes", nil), func(on bool) { req.Namesakes = on })
		parts = append(parts, check)
	}
	q.Text, q.Action = p.sh.T("app.judges_preview", judgesArgs(r)), p.sh.T("app.judges_import_act", nil)
	q.Content = lay.Stack(lay.Gap4, parts...)
	q.Do = func() error {
		req.DryRun = false
		p.importNow(req)
		return nil
	}
	p.sh.Ask(q)
}

// asksNamesakes reports whether a row waits for a word on somebody of the same name.
func asksNamesakes(r assignment.JudgesReport) bool {
	for _, problem := range r.AllProblems() {
		if problem.Text == "judges.namesake_row" {
			return true
		}
	}
	return false
}

func (p *judgesPage) importNow(req assignment.JudgesRequest) {
	kit.Fetch(
		p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (assignment.JudgesReport, error) {
			return p.office.ImportJudges(ctx, req)
		},
		func(r assignment.JudgesReport) {
			n := kit.Notice{Tone: look.Done, Text: p.sh.T("app.judges_imported", judgesArgs(r))}
			if r.List != "" {
				n.Action, n.Do = p.sh.T("app.judges_undo_act", nil), p.onUndo
			}
			p.Load()
			p.sh.Tell(n)
		},
	)
}

// onUndo takes the last list back.
func (p *judgesPage) onUndo() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("app.judges_undo", nil), Text: p.sh.T("app.judges_undo_text", nil),
		Action: p.sh.T("app.judges_undo_act", nil), Danger: true,
		Do: func() error {
			l, err := p.office.UndoJudges(context.Background())
			if err != nil {
				return err
			}
			p.Load()
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("app.judges_undone", judging.Args{
				"File": l.File, "Added": len(l.Added), "Changed": len(l.Changed), "Conflicts": len(l.Conflicts),
			})})
			return nil
		},
	})
}

func outcomeColumns(t kit.Texter) []table.Column[assignment.JudgeOutcome] {
	tones := map[judging.RowStatus]look.Tone{judging.RowAccepted: look.Done, judging.RowRejected: look.Problem}
	return []table.Column[assignment.JudgeOutcome]{
		table.TextColumn(page.Capital(t.T("field.name", nil)), 6, 0,
			func(o assignment.JudgeOutcome) string { return o.Name }),
		{Title: t.T("app.col_status", nil), Min: 5, Cell: func(o assignment.JudgeOutcome) table.Cell {
			return table.Cell{Text: t.T("app.judgelist_status_"+string(o.Status), nil), Tone: tones[o.Status]}
		}},
		table.TextColumn(t.T("app.judgelist_what", nil), 12, 3, func(o assignment.JudgeOutcome) string {
			return outcomeText(t, o)
		}),
	}
}

// outcomeText says what a row changes and declares.
func outcomeText(t kit.Texter, o assignment.JudgeOutcome) string {
	var parts []string
	if o.Status == judging.RowAccepted && o.Unit != "" {
		parts = append(parts, o.Unit)
	}
	for _, c := range o.Changes {
		old := c.Old
		if old == "" {
			old = t.T("app.judgelist_blank", nil)
		}
		parts = append(parts, page.Capital(t.T("field."+c.Field, nil))+" "+old+" → "+c.New)
	}
	for _, c := range o.Avoid {
		parts = append(parts, t.T("app.judgelist_avoid", judging.Args{"Name": c.Unit + c.Person}))
	}
	for _, p := range o.Problems {
		if p.Fatal {
			parts = append(parts, t.T(p.Text, p.Args))
		}
	}
	return strings.Join(parts, " · ")
}
