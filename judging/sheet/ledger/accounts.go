package ledger

import "slices"

// Accounts are the sheets of one file, or of several.
type Accounts []Account

// Clone returns accounts that share nothing that Refuse changes.
func (a Accounts) Clone() Accounts { return slices.Clone(a) }

// Refuse counts a row of a sheet as refused that its reader had taken: who uses the row found it wrong, and a problem
// says so. The account of its sheet must be there.
func (a Accounts) Refuse(file, sheet string) {
	for i := range a {
		if a[i].File == file && a[i].Sheet == sheet {
			a[i].Taken--
			a[i].Refused++
			return
		}
	}
}

// Check is the error of the first account that does not add up, nil where all do: the program fails then, not the
// file.
func (a Accounts) Check() error {
	for _, one := range a {
		if !one.AddsUp() || one.Taken < 0 {
			return Fault(one.File, one.Sheet, one.Rows-one.Taken-one.Refused-one.Noted)
		}
	}
	return nil
}

// Sum adds the accounts up.
func (a Accounts) Sum() Account {
	var all Account
	for _, one := range a {
		all.Rows += one.Rows
		all.Taken += one.Taken
		all.Refused += one.Refused
		all.Noted += one.Noted
	}
	return all
}
