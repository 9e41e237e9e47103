package page

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/sheet/ledger"
)

// AccountKey names a sheet among the accounts of one intake.
func AccountKey(a ledger.Account) string { return a.File + "\x1f" + a.Sheet }

// AccountLine adds up what became of all rows: “有内容的 40 行 = 作品 36 + 有问题 2 + 备注 2”. entry is the key of what the
// rows are, as "account.works". It is "" where no sheet was read.
func AccountLine(t kit.Texter, entry string, sheets ledger.Accounts) string {
	if len(sheets) == 0 {
		return ""
	}
	sum := sheets.Sum()
	return t.T("account.line", judging.Args{
		"Sheets": len(sheets), "Rows": sum.Rows, "Entry": t.T(entry, nil), "Taken": sum.Taken,
		"Refused": sum.Refused, "Noted": sum.Noted,
	})
}

// NoteKinds says what the notes of a sheet are: 表头 1，合计 2.
func NoteKinds(t kit.Texter, a ledger.Account) string {
	var kinds []ledger.Kind
	for k := range a.Kinds {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	var parts []string
	for _, k := range kinds {
		parts = append(parts, t.T("app.sheet_account_kind", judging.Args{"Kind": t.T(k.Text(), nil), "N": a.Kinds[k]}))
	}
	return strings.Join(parts, t.T("app.list_comma", nil))
}

// sheetName names a sheet and its file, the sheet first: long names of files are cut.
func sheetName(a ledger.Account) string {
	if a.Sheet == "" {
		return a.File
	}
	return a.Sheet + " · " + a.File
}

// NewAccounts is the table of sheets with what became of their rows; open, if any, is called with the one that is
// opened. entry is as for AccountLine.
func NewAccounts(t kit.Texter, entry string, open func(ledger.Account)) *table.Table[ledger.Account] {
	number := func(title string, tone look.Tone, of func(ledger.Account) int) table.Column[ledger.Account] {
		return table.Column[ledger.Account]{
			Title: title, Min: 3.5, Number: true,
			Cell: func(a ledger.Account) table.Cell {
				c := table.Cell{Text: fmt.Sprint(of(a)), Tone: tone}
				if of(a) == 0 {
					c.Tone = look.Quiet
				}
				return c
			},
			Compare: func(a, b ledger.Account) int { return of(a) - of(b) },
		}
	}
	table := table.New(AccountKey,
		table.TextColumn(t.T("account.col_sheet", nil), 8, 1, sheetName),
		number(t.T("account.col_rows", nil), look.Plain, func(a ledger.Account) int { return a.Rows }),
		number(t.T(entry, nil), look.Done, func(a ledger.Account) int { return a.Taken }),
		number(t.T("account.col_refused", nil), look.Problem, func(a ledger.Account) int { return a.Refused }),
		number(t.T("account.col_noted", nil), look.Plain, func(a ledger.Account) int { return a.Noted }),
	)
	table.OnOpen = open
	if open != nil {
		table.Acts = func(a ledger.Account) []*fyne.MenuItem {
			return []*fyne.MenuItem{fyne.NewMenuItem(t.T("account.open", nil), func() { open(a) })}
		}
	}
	return table
}
