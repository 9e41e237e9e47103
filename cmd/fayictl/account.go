package main

import (
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
)

// printAccounts shows what became of the rows of each sheet.
func (pr *printer) printAccounts(sheets []ledger.Account) {
	for _, a := range sheets {
		pr.say("cli.account", judging.Args{
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
			pr.say("cli.account_kind", judging.Args{"Kind": pr.text.T(k.Text(), nil), "N": a.Kinds[k]})
		}
	}
}
