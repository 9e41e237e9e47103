package command

import (
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
)

// Accounts shows what became of the rows of each sheet.
func (pr *Printer) Accounts(sheets []ledger.Account) {
	for _, a := range sheets {
		pr.Say("cli.account", judging.Args{
			"File":    a.File,
			"Sheet":   a.Sheet,
			"Rows":    a.Rows,
			"Taken":   a.Taken,
			"Refused": a.Refused,
			"Noted":   a.Noted,
		})
		var kinds []ledger.Kind
		for k := range a.Kinds {
			kinds = append(kinds, k)
		}
		slices.Sort(kinds)
		for _, k := range kinds {
			pr.Say("cli.account_kind", judging.Args{"Kind": pr.Text.T(k.Text(), nil), "N": a.Kinds[k]})
		}
	}
}
