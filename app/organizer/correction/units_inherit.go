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
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// Opener opens the contest in the folder dir, next to the one that is open. The caller closes what it returns.
type Opener = func(ctx context.Context, dir string) (*office.Office, error)

// inheriting is a look at the units of an earlier contest, which somebody may change before they are taken over.
type inheriting struct {
	page   *unitsPage
	dir    string
	req    correction.InheritRequest
	sum    *look.Para
	hint   *look.Para
	rows   *table.Table[correction.UnitOutcome]
	report correction.UnitsReport
}

// onInherit asks for an earlier contest and shows what its units would bring.
func (p *unitsPage) onInherit() {
	p.sh.OpenFolder(func(dir string) {
		in := &inheriting{page: p, dir: dir}
		in.look(func() { in.ask() })
	})
}

// run opens the earlier contest for as long as it takes to read it.
func (in *inheriting) run(ctx context.Context, dry bool) (r correction.UnitsReport, err error) {
	from, err := in.page.former(ctx, in.dir)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	req, units := in.req, from.Units()
	req.From, req.DryRun = &units, dry
	return in.page.office.InheritUnits(ctx, req)
}

// look finds out what would come of it.
func (in *inheriting) look(then func()) {
	sh := in.page.sh
	kit.Fetch(sh, sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (correction.UnitsReport, error) { return in.run(ctx, true) },
		func(r correction.UnitsReport) {
			in.report = r
			then()
		})
}

// ask shows what would come of it, and takes it over when somebody says so.
func (in *inheriting) ask() {
	sh := in.page.sh
	in.sum = look.NewPara("", look.Body, look.Plain, 40).Fluid()
	in.hint = look.NewPara(sh.T("units.inherit_pick", nil), look.Body, look.Waiting, 40).Fluid()
	over := choice.NewCheck(sh.T("units.inherit_overwrite", nil), func(on bool) {
		in.req.Overwrite = on
		in.look(in.show)
	})
	in.rows = table.New(func(o correction.UnitOutcome) string { return fmt.Sprint(o.Row) }, in.columns()...)
	in.rows.Acts = in.acts
	parts := []fyne.CanvasObject{in.sum, over, in.hint,
		container.NewStack(lay.Blank(look.Em(46), look.Em(12)), in.rows)}
	if lines := page.ProblemLines(sh, in.report.AllProblems()); len(lines) > 0 {
		list := page.NewProblems(sh, func() []table.ProblemLine { return lines })
		list.SetLines(lines)
		parts = append(parts, container.NewStack(lay.Blank(look.Em(46), look.Em(6)), list))
	}
	in.show()
	sh.Ask(kit.Question{
		Title: sh.T("units.inherit", nil), Action: sh.T("units.inherit_act", nil),
		Content: lay.Stack(lay.Gap8, parts...),
		Do: func() error {
			in.take()
			return nil
		},
	})
}

func (in *inheriting) show() {
	in.sum.SetText(in.page.sh.T("units.inherit_preview", unitsArgs(in.report)))
	asks := slices.ContainsFunc(in.report.Rows, func(o correction.UnitOutcome) bool { return o.Like != "" })
	in.hint.Hidden = !asks
	in.rows.SetRows(in.report.Rows)
}

// acts say of a unit whether it is the listed one that it looks like.
func (in *inheriting) acts(o correction.UnitOutcome) []*fyne.MenuItem {
	if o.Like == "" && !slices.Contains(in.req.Apart, o.Name) {
		return nil
	}
	say := func(key string, list *[]string, other *[]string) *fyne.MenuItem {
		return fyne.NewMenuItem(in.page.sh.T(key, nil), func() {
			*other = slices.DeleteFunc(*other, func(name string) bool { return name == o.Name })
			*list = append(*list, o.Name)
			in.look(in.show)
		})
	}
	return []*fyne.MenuItem{
		say("units.inherit_same", &in.req.Same, &in.req.Apart),
		say("units.inherit_apart", &in.req.Apart, &in.req.Same),
	}
}

func (in *inheriting) take() {
	p := in.page
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, _ kit.Progress) (correction.UnitsReport, error) { return in.run(ctx, false) },
		func(r correction.UnitsReport) {
			n := kit.Notice{Tone: look.Done, Text: p.sh.T("units.inherit_done", unitsArgs(r))}
			if r.List != "" {
				n.Action, n.Do = p.sh.T("units.import_undo_act", nil), p.onUndoImport
			}
			p.Load()
			p.sh.Tell(n)
		})
}

func (in *inheriting) columns() []table.Column[correction.UnitOutcome] {
	t := in.page.sh
	tones := map[judging.RowStatus]look.Tone{
		judging.RowAccepted: look.Done, judging.RowChanged: look.Info, judging.RowRejected: look.Waiting,
	}
	return []table.Column[correction.UnitOutcome]{
		table.TextColumn(t.T("units.col_name", nil), 10, 2, func(o correction.UnitOutcome) string { return o.Name }),
		{Title: t.T("app.col_status", nil), Min: 6, Cell: func(o correction.UnitOutcome) table.Cell {
			return table.Cell{Text: t.T("units.inherit_state_"+string(o.Status), nil), Tone: tones[o.Status]}
		}},
		table.TextColumn(t.T("units.import_what", nil), 14, 4, func(o correction.UnitOutcome) string {
			return inheritedText(t, o)
		}),
	}
}

// inheritedText says what a unit of an earlier contest is here, what changes and what stays.
func inheritedText(t kit.Texter, o correction.UnitOutcome) string {
	var parts []string
	switch {
	case o.Asks():
		parts = append(parts, t.T("units.inherit_may", judging.Args{"Unit": o.Like}))
	case o.As != "":
		parts = append(parts, t.T("units.inherit_as", judging.Args{"Unit": o.As}))
	}
	for _, c := range o.Changes {
		old := c.Old
		if old == "" {
			old = t.T("app.judgelist_blank", nil)
		}
		parts = append(parts, page.Capital(t.T("field."+c.Field, nil))+" "+old+" → "+c.New)
	}
	for _, k := range o.Kept {
		parts = append(parts, page.Capital(t.T("units.inherit_kept", judging.Args{
			"Field": k.Field, "Old": k.Old, "New": k.New,
		})))
	}
	return strings.Join(parts, " · ")
}
