package correction

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/correction"
)

// unitsLists imports lists of units and takes them back.
type unitsLists interface {
	ImportUnits(ctx context.Context, req correction.UnitsRequest) (correction.UnitsReport, error)
	InheritUnits(ctx context.Context, req correction.InheritRequest) (correction.UnitsReport, error)
	UndoUnits(ctx context.Context) (correction.UnitsList, error)
}

// unitsLook is what a list of units would do, or why nothing of it can be read.
type unitsLook struct {
	req    correction.UnitsRequest
	report correction.UnitsReport
	failed error
}

func (p *unitsPage) onImport() { p.sh.OpenFile(filetype.TableEndings, p.importFile) }

// importFile shows what a list of units would do.
func (p *unitsPage) importFile(path string) {
	seen := unitsLook{req: correction.UnitsRequest{Path: path, DryRun: true}}
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (unitsLook, error) {
			seen.report, seen.failed = p.office.ImportUnits(ctx, seen.req)
			if len(seen.report.AllProblems()) == 0 {
				return seen, seen.failed
			}
			return seen, nil
		}, p.previewed)
}

// unitsArgs are the numbers of a report.
func unitsArgs(r correction.UnitsReport) judging.Args {
	return judging.Args{
		"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged, "Rejected": r.Rejected,
	}
}

// previewed asks whether to import what was looked at. A list of which nothing can be read is only explained.
func (p *unitsPage) previewed(seen unitsLook) {
	r := seen.report
	q := kit.Question{Title: p.sh.T("units.import", nil)}
	parts := []fyne.CanvasObject{}
	if line := page.AccountLine(p.sh, "account.units", r.Sheets); line != "" {
		parts = append(parts, look.NewPara(line, look.Body, look.Plain, 40).Fluid())
	}
	if len(r.Likely) > 0 {
		line := p.sh.T("units.import_likely", judging.Args{"N": len(r.Likely) + r.More})
		parts = append(parts, look.NewPara(line, look.Body, look.Info, 40).Fluid())
	}
	if len(r.Rows) > 0 {
		rows := table.New(
			func(o correction.UnitOutcome) string { return fmt.Sprint(o.Sheet, "!", o.Row) }, unitColumns(p.sh, r)...,
		)
		rows.SetRows(r.Rows)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(46), look.Em(12)), rows))
	}
	if lines := page.ProblemLines(p.sh, r.AllProblems()); len(lines) > 0 {
		list := page.NewProblems(p.sh, func() []table.ProblemLine { return lines })
		list.SetLines(lines)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(46), look.Em(9)), list))
	}
	q.Content = lay.Stack(lay.Gap4, parts...)
	if seen.failed != nil {
		var told *judging.Error
		if errors.As(seen.failed, &told) {
			q.Text = p.sh.T(told.Text, told.Args)
		}
		p.sh.Ask(q)
		return
	}
	q.Text, q.Action = p.sh.T("units.import_preview", unitsArgs(r)), p.sh.T("units.import_act", nil)
	q.Do = func() error {
		p.importNow(correction.UnitsRequest{Path: seen.req.Path})
		return nil
	}
	p.sh.Ask(q)
}

func (p *unitsPage) importNow(req correction.UnitsRequest) {
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (correction.UnitsReport, error) {
			return p.office.ImportUnits(ctx, req)
		},
		func(r correction.UnitsReport) {
			n := kit.Notice{Tone: look.Done, Text: p.sh.T("units.imported", unitsArgs(r))}
			if r.List != "" {
				n.Action, n.Do = p.sh.T("units.import_undo_act", nil), p.onUndoImport
			}
			p.Load()
			p.sh.Tell(n)
		})
}

// onUndoImport takes the last list back.
func (p *unitsPage) onUndoImport() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("units.import_undo", nil), Text: p.sh.T("units.import_undo_text", nil),
		Action: p.sh.T("units.import_undo_act", nil), Danger: true,
		Do: func() error {
			l, err := p.office.UndoUnits(context.Background())
			if err != nil {
				return err
			}
			p.Load()
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("units.import_undone", judging.Args{
				"File": l.File, "Added": len(l.Added), "Changed": len(l.Changed),
			})})
			return nil
		},
	})
}

func unitColumns(t kit.Texter, r correction.UnitsReport) []table.Column[correction.UnitOutcome] {
	tones := map[judging.RowStatus]look.Tone{judging.RowAccepted: look.Done, judging.RowRejected: look.Problem}
	return []table.Column[correction.UnitOutcome]{
		table.TextColumn(t.T("units.col_name", nil), 10, 2, func(o correction.UnitOutcome) string { return o.Name }),
		{Title: t.T("app.col_status", nil), Min: 5, Cell: func(o correction.UnitOutcome) table.Cell {
			return table.Cell{Text: t.T("app.judgelist_status_"+string(o.Status), nil), Tone: tones[o.Status]}
		}},
		table.TextColumn(t.T("units.import_what", nil), 12, 3, func(o correction.UnitOutcome) string {
			return unitText(t, r, o)
		}),
	}
}

// unitText says what a row changes, what is wrong with it, and which unit of works it may be.
func unitText(t kit.Texter, r correction.UnitsReport, o correction.UnitOutcome) string {
	var parts []string
	for _, c := range o.Changes {
		old := c.Old
		if old == "" {
			old = t.T("app.judgelist_blank", nil)
		}
		parts = append(parts, page.Capital(t.T("field."+c.Field, nil))+" "+old+" → "+c.New)
	}
	for _, p := range o.Problems {
		if p.Fatal {
			parts = append(parts, t.T(p.Text, p.Args))
		}
	}
	for _, l := range r.Likely {
		if other := map[string]string{l.A: l.B, l.B: l.A}[o.Name]; other != "" && o.Status != judging.RowRejected {
			parts = append(parts, t.T("units.may_be", judging.Args{"Unit": other}))
		}
	}
	return strings.Join(parts, " · ")
}

// listedColumn says which units the lists imported name.
func (p *unitsPage) listedColumn() table.Column[correction.Unit] {
	of := func(u correction.Unit) string {
		switch {
		case u.Listed:
			return p.sh.T("units.listed", nil)
		case p.got.Lists && u.Works > 0:
			return p.sh.T("units.not_listed", nil)
		}
		return ""
	}
	return table.Column[correction.Unit]{Title: p.sh.T("units.col_listed", nil), Min: 4,
		Cell: func(u correction.Unit) table.Cell {
			c := table.Cell{Text: of(u)}
			if p.got.Lists && !u.Listed {
				c.Tone = look.Waiting
			}
			return c
		},
		Compare: func(a, b correction.Unit) int { return strings.Compare(of(a), of(b)) }}
}

// showFacts shows what a list says of the unit selected.
func (p *unitsPage) showFacts() {
	u, ok := p.table.Selected()
	line := ""
	if ok && u.Listed {
		line = p.factsOf(u)
	}
	p.facts.SetText(line)
	p.facts.Hidden = line == ""
	p.below.Refresh()
	p.left.Refresh()
}

func (p *unitsPage) factsOf(u correction.Unit) string {
	parts := []string{u.Name}
	for _, f := range []struct{ title, value string }{
		{"units.col_kind", u.Kind}, {"units.col_contact", u.Contact}, {"units.col_phone", u.Phone},
		{"units.col_email", u.Email},
	} {
		if f.value != "" {
			parts = append(parts, p.sh.T(f.title, nil)+" "+f.value)
		}
	}
	if quota := u.QuotaText(); quota != "" {
		parts = append(parts, p.sh.T("units.col_quota", nil)+" "+quota)
	}
	return strings.Join(parts, " · ")
}

// keptOf proposes which of several names to keep: the one of the list, else the first.
func (p *unitsPage) keptOf(names []string) string {
	for _, u := range p.got.Units {
		if u.Listed && slices.Contains(names, u.Name) {
			return u.Name
		}
	}
	return names[0]
}
