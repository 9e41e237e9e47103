package correction

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/correction"
)

type unitsOffice interface {
	Office
	ListUnits(ctx context.Context) (correction.UnitList, error)
	RenameUnit(ctx context.Context, from, to, reason string, dry bool) (correction.Report, error)
	MergeUnits(ctx context.Context, m correction.UnitMerge) (correction.Report, error)
	ForgetAlias(ctx context.Context, name string) error
	unitsLists
}

// unitsPage lists the units of all works: a name is changed in its cell, several are made one, and names that look
// like one unit are proposed. Nothing is merged unasked.
type unitsPage struct {
	sh     kit.Shell
	office unitsOffice
	head   *header.Header
	filter *filter.Bar
	table  *table.Table[correction.Unit]
	likely *table.Table[correction.Likeness]
	title  *look.CutText
	sheet  *Sheet
	foot   *fyne.Container
	merge  *button.Button
	undo   *button.Button  // takes the last list of units back
	facts  *look.Para      // what a list says of the unit selected
	below  *fyne.Container // what stands below the units
	left   *fyne.Container
	right  *fyne.Container // names that look like one unit
	both   *fyne.Container // the names, and next to them right where there are such
	pair   *fyne.Container // what can be done with the pair selected
	got    correction.UnitList
	apart  map[correction.Likeness]bool // pairs that somebody looked at here and left as they are
	former Opener
}

func newUnitsPage(sh kit.Shell, o unitsOffice, former Opener) *unitsPage {
	p := &unitsPage{sh: sh, office: o, former: former, apart: map[correction.Likeness]bool{}}
	p.sheet = NewSheet(sh, o, func() { p.foot.Refresh() })
	return p
}

// Title is the page's name.
func (p *unitsPage) Title() string { return p.sh.T("units.title", nil) }

// Content builds the list next to what looks like one.
func (p *unitsPage) Content() fyne.CanvasObject {
	p.undo = button.New(p.sh.T("units.import_undo", nil), p.onUndoImport)
	p.undo.Hide()
	add := button.NewPrimary(p.sh.T("units.import", nil), p.onImport)
	inherit := button.New(p.sh.T("units.inherit", nil), p.onInherit)
	p.head = header.New(p.Title(), p.undo, inherit, add).WithBack(p.sh.Back)
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	number := func(title string, least float32, of func(correction.Unit) int) table.Column[correction.Unit] {
		return table.Column[correction.Unit]{Title: p.sh.T(title, nil), Min: least, Number: true,
			Cell:    func(u correction.Unit) table.Cell { return table.Cell{Text: fmt.Sprint(of(u))} },
			Compare: func(a, b correction.Unit) int { return cmp.Compare(of(a), of(b)) }}
	}
	p.table = table.New(func(u correction.Unit) string { return u.Name },
		table.TextColumn(p.sh.T("units.col_name", nil), 8, 3, func(u correction.Unit) string { return u.Name }),
		number("units.col_works", 3, func(u correction.Unit) int { return u.Works }),
		number("units.col_sent", 3, func(u correction.Unit) int { return u.Sent }),
		number("units.col_judges", 3, func(u correction.Unit) int { return u.Judges }),
		p.listedColumn(),
		table.TextColumn(p.sh.T("units.col_also", nil), 5, 2, func(u correction.Unit) string {
			return strings.Join(u.Also, "、")
		}),
	).Keep(p.sh, "units").WithTicks()
	p.table.Edit(table.Editing[correction.Unit]{
		Value: func(u correction.Unit, column int) (string, bool) {
			return u.Name, column == 0 && (u.Works > 0 || u.Name == "")
		},
		Choices: func(correction.Unit, int) []choice.Option { return nil },
		Keep:    func(u correction.Unit, _ int, text string, done func(table.Kept)) { p.rename(u.Name, text, done) },
	})
	p.table.Acts = p.acts
	p.table.OnSelect = func(correction.Unit) { p.showFacts() }
	p.table.OnTicks = func(n int) { p.merge.Hidden = n < 2; p.foot.Refresh() }
	p.likely = table.New(func(l correction.Likeness) string { return l.A + "\x1f" + l.B },
		table.TextColumn(p.sh.T("units.col_longer", nil), 5, 2, func(l correction.Likeness) string { return l.A }),
		table.TextColumn(p.sh.T("units.col_shorter", nil), 6, 2, func(l correction.Likeness) string { return l.B }),
		table.TextColumn(p.sh.T("units.col_why", nil), 6, 2, func(l correction.Likeness) string {
			return page.Capital(p.sh.T("units.like_"+l.Kind, judging.Args{"Rest": l.Rest}))
		}))
	p.likely.OnOpen = func(l correction.Likeness) { p.askMerge([]string{l.A, l.B}) }
	p.likely.Acts = p.pairActs
	p.title = look.NewStrongCut("", look.Section)
	p.merge = button.NewPrimary(p.sh.T("units.merge", nil), p.onMerge)
	p.merge.Hide()
	p.foot = lay.Row(lay.Gap8, p.sheet.Buttons(), p.merge)
	join := button.New(p.sh.T("units.pair_merge", nil), p.onPair)
	leave := button.New(p.sh.T("units.pair_apart", nil), p.onApart)
	p.pair = lay.Row(lay.Gap8, join, leave)
	p.right = lay.Fill(p.title, p.likely, p.pair)
	p.facts = look.NewPara("", look.Body, look.Plain, 30).Fluid()
	p.facts.Hide()
	hint := lay.Spread(look.NewText(p.sh.T("units.hint", nil), look.Note, look.Quiet), p.foot)
	p.below = lay.Stack(lay.Gap8, p.facts, hint)
	p.left = lay.Fill(p.filter, p.table, p.below)
	p.both = lay.Split(lay.Gap16, []float32{3, 2}, p.left, p.right)
	return header.Page(p.head, p.both)
}

// Load reads the units.
func (p *unitsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (correction.UnitList, error) { return p.office.ListUnits(ctx) },
		func(got correction.UnitList) {
			p.got = got
			p.undo.Hidden = !got.Lists
			p.head.Refresh()
			p.show()
		})
	p.sheet.Load()
}

func (p *unitsPage) show() {
	f := p.filter.Filter()
	rows := slices.DeleteFunc(slices.Clone(p.got.Units), func(u correction.Unit) bool {
		return !f.Finds(append([]string{u.Name}, u.Also...)...)
	})
	if len(p.got.Units) == 0 {
		p.table.SetEmpty(status.NewEmpty(p.sh.T("units.none", nil), p.sh.T("units.none_text", nil), nil))
	} else {
		p.table.SetEmpty(status.NewEmpty(
			p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), p.filter.Clear),
		))
	}
	p.table.SetRows(rows)
	p.showFacts()
	pairs := slices.DeleteFunc(slices.Clone(p.got.Likely), func(l correction.Likeness) bool { return p.apart[l] })
	p.likely.SetRows(pairs)
	count := p.sh.T("units.count", judging.Args{"N": len(p.got.Units)})
	if p.right.Hidden = len(pairs) == 0; p.right.Hidden { // names of units want the room
		count += " · " + p.sh.T("units.no_pairs", nil)
	} else if _, ok := p.likely.Selected(); !ok {
		p.likely.Select(pairs[0].A + "\x1f" + pairs[0].B)
	}
	p.head.SetCount(count)
	p.both.Refresh()
	p.title.Set(p.sh.T("units.likely", judging.Args{"N": len(pairs) + p.got.More}), look.Plain)
}

// acts are what can be done with a unit.
func (p *unitsPage) acts(u correction.Unit) []*fyne.MenuItem {
	out := []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("units.show_works", nil), func() {
		p.sh.Navigate(kit.Route{Kind: page.Works, ID: u.Name})
	})}
	for _, name := range u.Also {
		title := p.sh.T("units.forget", judging.Args{"Unit": name})
		out = append(out, fyne.NewMenuItem(title, func() { p.onForget(name) }))
	}
	return out
}

func (p *unitsPage) pairActs(l correction.Likeness) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(p.sh.T("units.pair_merge", nil), func() { p.askMerge([]string{l.A, l.B}) }),
		fyne.NewMenuItem(p.sh.T("units.pair_apart", nil), p.onApart),
	}
}

// onForget ends another name of a unit.
func (p *unitsPage) onForget(name string) {
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error { return p.office.ForgetAlias(ctx, name) },
		func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("units.forgotten", judging.Args{"Unit": name})})
			p.sh.Reload()
		})
}

// Find puts the cursor in the search field.
func (p *unitsPage) Find() { p.filter.Find() }

// Undo takes the last correction back.
func (p *unitsPage) Undo() { p.sheet.Undo() }

// Redo makes it again.
func (p *unitsPage) Redo() { p.sheet.Redo() }
