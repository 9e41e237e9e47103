package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/problems"
	"fayi/judging/sheet/ledger"
)

type accountOffice interface {
	Account(ctx context.Context, id judging.IntakeID) (problems.Account, error)
	SheetLines(ctx context.Context, id judging.IntakeID, file, sheet string) ([]problems.Line, error)
}

// accountPage is what an intake made of each of its sheets, and of each row of the one selected.
type accountPage struct {
	sh     kit.Shell
	office accountOffice
	id     judging.IntakeID
	sheet  string // page.AccountKey of the one that is looked at
	quick  string // which lines
	head   *header.Header
	sum    *look.Para
	sheets *table.Table[ledger.Account]
	filter *filter.Bar
	lines  *table.Table[problems.Line]
	rows   []problems.Line // of the sheet selected
}

func newAccountPage(sh kit.Shell, o accountOffice, r kit.Route) *accountPage {
	return &accountPage{sh: sh, office: o, id: judging.IntakeID(r.ID), sheet: r.Tab}
}

// Title is the page's name.
func (p *accountPage) Title() string { return p.sh.T("account.title", nil) }

// Keep keeps which sheet is looked at, and which of its rows.
func (p *accountPage) Keep() any { return [2]string{p.sheet, p.filter.Filter().Quick} }

// Restore takes it back.
func (p *accountPage) Restore(state any) {
	if s, ok := state.([2]string); ok {
		p.sheet, p.quick = s[0], s[1]
	}
}

// Content builds the page: sheets at the left, the rows of one at the right.
func (p *accountPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title()).WithBack(p.sh.Back)
	p.sum = look.NewPara("", look.Body, look.Plain, 60).Fluid()
	p.sheets = page.NewAccounts(p.sh, "account.works", nil)
	p.sheets.OnSelect = func(a ledger.Account) { p.choose(a) }
	p.sheets.SetEmpty(status.NewEmpty(p.sh.T("account.none", nil), p.sh.T("account.none_text", nil), nil))
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.filter.SetFilter(kit.Filter{Quick: p.quick})
	p.lines = table.New(func(l problems.Line) string { return fmt.Sprint(l.Row) },
		table.Column[problems.Line]{
			Title: p.sh.T("problems.list_row", nil), Min: 4, Number: true,
			Cell: func(l problems.Line) table.Cell {
				if l.Row == 0 {
					return table.Cell{Text: "—", Tone: look.Quiet}
				}
				return table.Cell{Text: fmt.Sprint(l.Row)}
			},
		},
		table.Column[problems.Line]{Title: p.sh.T("account.col_end", nil), Min: 7, Cell: p.endCell},
		table.TextColumn(p.sh.T("account.col_what", nil), 14, 4, p.what),
	).Keep(p.sh, "account-lines")
	p.lines.OnOpen = p.onOpen
	p.lines.Acts = func(l problems.Line) []*fyne.MenuItem {
		if l.Work == "" && len(l.Problems) == 0 {
			return nil
		}
		return []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("account.go", nil), func() { p.onOpen(l) })}
	}
	below := lay.Fill(p.filter, p.lines, look.NewPara(p.sh.T("account.hint", nil), look.Note, look.Quiet, 60).Fluid())
	return header.Page(p.head, lay.Fill(
		p.sum, lay.Split(lay.Gap16, []float32{2, 3}, p.sheets, below), nil,
	))
}

// Load reads the accounts, then the rows of the sheet that is looked at.
func (p *accountPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (problems.Account, error) {
		return p.office.Account(ctx, p.id)
	}, func(a problems.Account) {
		p.head.SetCount(kit.DateTime(p.sh, a.At.Local()) + " · " + strings.Join(a.Sources, p.sh.T("kit.comma", nil)))
		p.sum.SetText(page.AccountLine(p.sh, "account.works", a.Sheets))
		p.sheets.SetRows(a.Sheets)
		at := slices.IndexFunc(a.Sheets, func(s ledger.Account) bool { return page.AccountKey(s) == p.sheet })
		if at = max(at, 0); at < len(a.Sheets) {
			p.sheets.Select(page.AccountKey(a.Sheets[at]))
			p.choose(a.Sheets[at])
		}
	})
}

// choose shows the rows of a sheet.
func (p *accountPage) choose(a ledger.Account) {
	p.sheet = page.AccountKey(a)
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]problems.Line, error) {
		return p.office.SheetLines(ctx, p.id, a.File, a.Sheet)
	}, func(rows []problems.Line) {
		if page.AccountKey(a) != p.sheet { // another one was chosen meanwhile
			return
		}
		p.rows = rows
		p.filter.SetQuick(
			filter.Quick{Title: p.sh.T("kit.all", nil), Count: a.Rows},
			filter.Quick{
				Key: string(problems.LineTaken), Title: p.sh.T("account.works", nil), Count: a.Taken, Tone: look.Done,
			},
			filter.Quick{
				Key: string(problems.LineRefused), Title: p.sh.T("account.col_refused", nil), Count: a.Refused,
				Tone: look.Problem,
			},
			filter.Quick{Key: string(problems.LineNoted), Title: p.sh.T("account.col_noted", nil), Count: a.Noted},
		)
		p.show()
	})
}

func (p *accountPage) show() {
	f := p.filter.Filter()
	p.lines.SetRows(accountLines(p.rows, f, p.what))
}

// accountLines returns the lines that f lets through.
func accountLines(all []problems.Line, f kit.Filter, words func(problems.Line) string) []problems.Line {
	out := []problems.Line{}
	for _, l := range all {
		if (f.Quick == "" || f.Quick == string(l.End)) && f.Finds(words(l), fmt.Sprint(l.Row)) {
			out = append(out, l)
		}
	}
	return out
}

func (p *accountPage) endCell(l problems.Line) table.Cell {
	switch {
	case l.Fixed:
		return table.Cell{Text: p.sh.T("account.end_fixed", nil), Tone: look.Done}
	case l.End == problems.LineRefused:
		return table.Cell{Text: p.sh.T("account.end_refused", nil), Tone: look.Problem}
	case l.End == problems.LineNoted:
		return table.Cell{Text: p.sh.T("account.end_noted", nil), Tone: look.Quiet}
	case len(l.Problems) > 0:
		return table.Cell{Text: p.sh.T("account.end_look", nil), Tone: look.Waiting}
	}
	return table.Cell{Text: p.sh.T("account.end_taken", nil), Tone: look.Done}
}

// what says what a row is: the work, what is wrong, or what kind of note.
func (p *accountPage) what(l problems.Line) string {
	var parts []string
	if l.Title != "" {
		parts = append(parts, strings.TrimSpace(l.Title+" "+strings.Join(l.Authors, "、")))
	}
	if l.Kind != "" {
		parts = append(parts, p.sh.T(l.Kind.Text(), nil))
	}
	for _, one := range l.Problems {
		parts = append(parts, p.sh.T(one.Text, one.Args))
	}
	return strings.Join(parts, " · ")
}

// onOpen leads to what a row became: its problem where one is open, else its work.
func (p *accountPage) onOpen(l problems.Line) {
	switch {
	case len(l.Problems) > 0 && l.Bad != "":
		p.sh.Navigate(kit.Route{Kind: page.Problems, Tab: l.Bad})
	case l.Work != "":
		p.sh.Navigate(kit.Route{Kind: page.Works, ID: l.Title})
	}
}
