package problems

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/problems"
)

type problemsOffice interface {
	ListProblems(ctx context.Context, f problems.Filter) ([]problems.Problem, error)
	FixRows(ctx context.Context, m problems.Fixing) (problems.Report, error)
	DismissRows(ctx context.Context, problem string, rows []string, reason string) (int, error)
	UnitsWithProblems(ctx context.Context) (map[string]int, error)
	ExportProblems(ctx context.Context, path, unit string, words problems.Words) (int, error)
	ReturnList(ctx context.Context, path, name string, dry bool) (problems.Report, error)
	UndoImport(ctx context.Context, id judging.IntakeID) (judging.Intake, error)
	Rules(ctx context.Context) (judging.Rules, error)
}

// problemsPage is what is wrong with the rows that came in: equal problems at the left, the rows of the one selected at
// the right as they stand in their sheets, to be fixed, let be, or sent to their units.
type problemsPage struct {
	sh     kit.Shell
	office problemsOffice
	header *header.Header
	kinds  *table.Table[problems.Problem]
	rows   *table.Table[problems.Row]
	side   *fyne.Container // the rows of the selected problem, with what to do
	list   []problems.Problem
	chosen string // ID of the problem that is selected
	back   string // a list that came back, to be taken in; "" for none
	row    string // a row to be shown first; "" for none
	left   bool   // only what keeps rows out
	rules  judging.Rules
}

// mostShown is how many rows of one problem are shown.
const mostShown = 1000

// ownFields differ from work to work: nobody fills them with one value for many rows.
var ownFields = []string{"title", "author", "phone", "number", "id_card", "email", "intro"}

// newProblemsPage makes the page; the route's ID is a list that came back, its Tab a row to be shown, or page.LeftOut
// for the rows that are no works.
func newProblemsPage(sh kit.Shell, o problemsOffice, r kit.Route) *problemsPage {
	p := &problemsPage{sh: sh, office: o, back: r.ID, row: r.Tab}
	if r.Tab == page.LeftOut {
		p.left, p.row = true, ""
	}
	return p
}

// Title is the page's name.
func (p *problemsPage) Title() string { return p.sh.T("problems.title", nil) }

// Keep keeps which problem is looked at.
func (p *problemsPage) Keep() any { return p.chosen }

// Restore takes it back.
func (p *problemsPage) Restore(state any) { p.chosen, _ = state.(string) }

// Content builds the page.
func (p *problemsPage) Content() fyne.CanvasObject {
	p.header = header.New(
		p.Title(), button.New(p.sh.T("problems.take_back", nil), p.onTakeBack),
		button.New(p.sh.T("problems.send", nil), p.onSend),
	).WithBack(p.sh.Back)
	p.kinds = table.New(func(x problems.Problem) string { return x.ID },
		table.Column[problems.Problem]{Title: p.sh.T("kit.problem_text", nil), Min: 8, Weight: 1, Cell: p.kindCell},
		table.Column[problems.Problem]{
			Title: p.sh.T("import.col_rows", nil), Min: 3, Number: true,
			Cell: func(x problems.Problem) table.Cell { return table.Cell{Text: fmt.Sprint(x.Count)} },
		})
	p.kinds.OnSelect = p.show
	p.kinds.SetEmpty(status.NewEmpty(p.sh.T("problems.all_done", nil), p.sh.T("problems.all_done_text", nil), nil))
	p.rows = table.New(func(r problems.Row) string { return r.ID },
		table.TextColumn(p.sh.T("problems.list_row", nil), 4, 0, func(r problems.Row) string { return rowNumber(r) }),
		table.Column[problems.Row]{Title: p.sh.T("problems.col_cell", nil), Min: 7, Weight: 1, Cell: p.badCell},
		table.TextColumn(p.sh.T("problems.col_row", nil), 8, 4, wholeRow),
		table.TextColumn(p.sh.T("app.sheet_file", nil), 6, 1, func(r problems.Row) string { return r.File }),
	)
	p.rows.OnOpen = p.onRow
	p.side = container.NewStack()
	return header.Page(p.header, lay.Split(lay.Gap16, []float32{2, 3}, p.kinds, p.side))
}

// Load reads what is open, and takes in a list that came back.
func (p *problemsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, func(list []problems.Problem) {
		p.list = list
		p.header.SetCount("")
		if n := len(list); n > 0 {
			p.header.SetCount(p.sh.T("problems.count", judging.Args{"N": n}))
		}
		p.kinds.SetRows(list)
		wanted := func(r problems.Row) bool { return r.ID == p.row }
		at := slices.IndexFunc(list, func(x problems.Problem) bool {
			return p.row == "" && x.ID == p.chosen || p.row != "" && slices.ContainsFunc(x.Rows, wanted)
		})
		if at = max(at, 0); at < len(list) {
			p.kinds.Select(list[at].ID)
			p.show(list[at])
			if p.row != "" {
				p.rows.Select(p.row)
				p.row = ""
			}
		} else {
			p.side.RemoveAll()
		}
		if path := p.back; path != "" {
			p.back = ""
			p.takeBack(path)
		}
	})
}

// read lists what is open, and the rules that say what a field may be.
func (p *problemsPage) read(ctx context.Context, _ kit.Progress) (list []problems.Problem, err error) {
	if p.rules, err = p.office.Rules(ctx); err != nil {
		return nil, err
	}
	list, err = p.office.ListProblems(ctx, problems.Filter{Rows: mostShown})
	if p.left {
		list = slices.DeleteFunc(list, func(x problems.Problem) bool { return !x.Fatal })
	}
	return list, err
}

func (p *problemsPage) kindCell(x problems.Problem) table.Cell {
	tone := look.Waiting
	if x.Fatal {
		tone = look.Problem
	}
	return table.Cell{Text: p.sh.T(x.Text, x.Args), Tone: tone}
}

func rowNumber(r problems.Row) string {
	if r.Row == 0 {
		return ""
	}
	return fmt.Sprint(r.Row)
}

// badCell shows the cell that the problem is about.
func (p *problemsPage) badCell(r problems.Row) table.Cell {
	for _, c := range r.Cells {
		if c.Column == r.Bad && c.Text != "" {
			return table.Cell{Text: c.Header + "：" + c.Text, Tone: look.Problem}
		}
	}
	return table.Cell{Text: p.sh.T("import.empty", nil), Tone: look.Problem}
}

// wholeRow writes a row as it stands: 守法 · 甲某 · 书法.
func wholeRow(r problems.Row) string {
	var parts []string
	for _, c := range r.Cells {
		if c.Text != "" {
			parts = append(parts, strings.Join(strings.Fields(c.Text), " "))
		}
	}
	return strings.Join(parts, " · ")
}

// show shows the rows of a problem, and what can be done with all of them.
func (p *problemsPage) show(x problems.Problem) {
	p.chosen = x.ID
	p.rows.SetRows(x.Rows)
	acts := lay.Row(lay.Gap8)
	if x.Field != "" {
		one := func() {
			if r, ok := p.rows.Selected(); ok {
				p.onRow(r)
			}
		}
		if len(x.Rows) > 1 && !slices.Contains(ownFields, x.Field) {
			text := p.sh.T("problems.mend_all", judging.Args{"N": len(x.Rows)})
			acts.Add(button.NewPrimary(text, func() { p.onFixAll(x) }))
			acts.Add(button.New(p.sh.T("problems.mend_row", nil), one))
		} else {
			acts.Add(button.NewPrimary(p.sh.T("problems.mend_row", nil), one))
		}
	}
	acts.Add(button.New(p.sh.T("problems.let_be", nil), func() { p.onLetBe(x) }))
	top := lay.Stack(lay.Gap8, look.NewPara(p.sh.T(x.Text, x.Args), look.Body, look.Plain, 60).Fluid(), acts)
	if more := x.Count - len(x.Rows); more > 0 {
		note := p.sh.T("problems.more", judging.Args{"N": more})
		top.Add(look.NewPara(note, look.Note, look.Quiet, 30).Fluid())
	}
	if len(x.Rows) > 0 {
		p.rows.Select(x.Rows[0].ID)
	}
	p.side.Objects = []fyne.CanvasObject{lay.Fill(top, p.rows, nil)}
	p.side.Refresh()
}

// onFixAll asks for one value for all rows of a problem.
func (p *problemsPage) onFixAll(x problems.Problem) {
	input := p.valueField(x.Field, page.Capital(p.sh.T("field."+x.Field, nil)), "")
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("problems.mend_all", judging.Args{"N": len(x.Rows)}),
		Text:    p.sh.T(x.Text, x.Args),
		Content: field.NewForm(input.part), Action: p.sh.T("kit.save", nil),
		Do: func() error {
			return p.fix(problems.Fixing{Problem: x.ID, Value: input.text()})
		},
	})
}

// onRow shows a row cell by cell, each to be fixed.
func (p *problemsPage) onRow(r problems.Row) {
	x := p.list[slices.IndexFunc(p.list, func(x problems.Problem) bool { return x.ID == p.chosen })]
	title := p.sh.T("problems.row_title", judging.Args{"Row": r.Row, "Sheet": r.Sheet, "File": filepath.Base(r.File)})
	if len(r.Cells) == 0 {
		p.sh.Ask(kit.Question{Title: p.Title(), Text: p.sh.T(x.Text, x.Args) + "\n" + r.File + " " + r.Sheet})
		return
	}
	var fields []field.FormField
	cells := map[string]*value{}
	extra := p.valueField(x.Field, page.Capital(p.sh.T("field."+x.Field, nil)), "")
	has := x.Field == "" || r.Bad != ""
	add := func(c problems.Cell) {
		name := c.Header
		if name == "" {
			name = c.Column
		}
		f := p.valueField(c.Field, name, c.Text)
		cells[c.Column], fields = f, append(fields, f.part)
	}
	for _, c := range r.Cells { // what is wrong stands first
		if has = has || c.Field == x.Field; c.Column == r.Bad || r.Bad == "" && c.Field == x.Field {
			add(c)
		}
	}
	if !has {
		fields = append(fields, extra.part)
	}
	for _, c := range r.Cells {
		if cells[c.Column] == nil {
			add(c)
		}
	}
	p.sh.Ask(kit.Question{
		Title: title, Text: p.sh.T(x.Text, x.Args), Content: field.NewForm(fields...), Action: p.sh.T("kit.save", nil),
		Do: func() error {
			if text := judging.Tidy(extra.text()); !has && text != "" {
				return p.fix(problems.Fixing{Rows: []string{r.ID}, Field: x.Field, Value: text})
			}
			changed := map[string]string{}
			for _, c := range r.Cells {
				if text := cells[c.Column].text(); text != c.Text {
					changed[c.Column] = text
				}
			}
			if len(changed) == 0 {
				return nil
			}
			return p.fix(problems.Fixing{Rows: []string{r.ID}, Cells: changed})
		},
	})
}

func (p *problemsPage) fix(m problems.Fixing) error {
	r, err := p.office.FixRows(context.Background(), m)
	if err != nil {
		return err
	}
	p.tell(r)
	return nil
}

// tell says what came of a fixing, and offers to take it back.
func (p *problemsPage) tell(r problems.Report) {
	n := kit.Notice{Tone: look.Done, Text: p.sh.T("problems.done", judging.Args{
		"Came": r.Came, "Changed": r.Change, "Still": r.Still, "Unread": len(r.Unread),
	})}
	if r.Still+len(r.Unread) > 0 {
		n.Tone = look.Waiting
	}
	if r.Intake != "" {
		n.Action, n.Do = p.sh.T("problems.undo", nil), func() {
			if _, err := p.office.UndoImport(context.Background(), r.Intake); err != nil {
				p.sh.ShowError(err)
			}
			p.sh.Reload()
		}
	}
	p.sh.Reload()
	p.sh.Tell(n)
}

// onLetBe asks why the rows of a problem stay as they are.
func (p *problemsPage) onLetBe(x problems.Problem) {
	why := field.NewText(p.sh, p.sh.T("problems.reason", nil), "", field.TextRule{Required: true, Limit: 200})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("problems.let_be", nil), Text: p.sh.T("problems.let_be_text", judging.Args{"N": len(x.Rows)}),
		Content: field.NewForm(why), Action: p.sh.T("problems.let_be_do", nil),
		Do: func() error {
			_, err := p.office.DismissRows(context.Background(), x.ID, nil, why.Text())
			if err == nil {
				p.sh.Reload()
			}
			return err
		},
	})
}

// onSend asks for whom the workbook is, then where to write it.
func (p *problemsPage) onSend() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (map[string]int, error) {
		return p.office.UnitsWithProblems(ctx)
	}, p.askUnit)
}

func (p *problemsPage) askUnit(units map[string]int) {
	const all = "*"
	options := []choice.Option{{Key: all, Title: p.sh.T("problems.all_units", nil)}}
	for _, u := range slices.Sorted(maps.Keys(units)) {
		if u != "" {
			title := p.sh.T("problems.unit_rows", judging.Args{"Unit": u, "N": units[u]})
			options = append(options, choice.Option{Key: u, Title: title})
		}
	}
	if len(units) == 0 {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("problems.none_to_send", nil)})
		return
	}
	who := field.NewChoice(p.sh, p.sh.T("problems.unit", nil), "", "", options)
	who.SetKey(all)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("problems.send", nil), Text: p.sh.T("problems.send_text", nil), Content: field.NewForm(who),
		Action: p.sh.T("problems.send_do", nil),
		Do: func() error {
			unit, name := who.Key(), who.Key()
			if unit == all {
				unit, name = "", p.sh.T("problems.all_units", nil)
			}
			file := page.FileName(p.sh.T("problems.file_name", judging.Args{"Unit": name})) + ".xlsx"
			p.sh.SaveFile(file, func(path string) { p.write(path, unit) })
			return nil
		},
	})
}

func (p *problemsPage) write(path, unit string) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
		return p.office.ExportProblems(ctx, path, unit, p.sh.T)
	}, func(int) { page.TellMade(p.sh, path) })
}

func (p *problemsPage) onTakeBack() { p.sh.OpenFile([]string{".xlsx"}, p.takeBack) }

// takeBack shows what a returned list would change, then takes it in.
func (p *problemsPage) takeBack(path string) {
	read := func(dry bool, then func(problems.Report)) {
		work := func(ctx context.Context, _ kit.Progress) (problems.Report, error) {
			return p.office.ReturnList(ctx, path, filepath.Base(path), dry)
		}
		kit.Fetch(p.sh, p.sh.T("app.import_reading", nil), work, then)
	}
	read(true, func(r problems.Report) {
		p.sh.Ask(kit.Question{
			Title: p.sh.T("problems.take_back", nil),
			Text: p.sh.T("problems.would", judging.Args{
				"Came": r.Came, "Changed": r.Change, "Still": r.Still, "Same": r.Same, "Unread": len(r.Unread),
			}),
			Action: p.sh.T("problems.take_back_do", nil),
			Do:     func() error { read(false, p.tell); return nil },
		})
	})
}

// Dropped takes back a list that is dropped on the page.
func (p *problemsPage) Dropped(paths []string) { p.takeBack(paths[0]) }
