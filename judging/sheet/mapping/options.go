package mapping

import (
	"fayi/judging/kitmark"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
)

// Correction is what a user says about sheets: it stands above all evidence.
type Correction struct {
	Sheet     string // only the sheet of this name; "": any
	Signature string // only sheets with these headers; "": any
	// the last row of the header; 0: found by evidence; -1: there is none, columns go by their letters
	HeaderRow int
	Columns   map[string]field.Field // by column letters ("C") or header; field.Leave leaves a column out
	Maybe     bool                   // heads that a sheet need not have
}

// Concerns reports whether a correction is for a table of a sheet, by the signature of the table's head.
func (c Correction) Concerns(sheet, signature string) bool {
	return (c.Sheet == "" || c.Sheet == sheet) && (c.Signature == "" || c.Signature == signature)
}

// Options say what to read and what is known about it beforehand. The zero value reads all sheets by evidence.
type Options struct {
	Sheet string             // only this sheet; "": all
	Fixed []Correction       // later ones stand above earlier ones
	Known map[string]Mapping // by signature: how such sheets were read before
	// called with the account of each sheet that holds text, once it is read
	Account func(ledger.Account)
	Fill    propose.Choices // what a person says of values for rows that say nothing
	Contest string          // its identity, to tell a registration workbook of another one
	Call    kitmark.Mark    // the call of now, to tell what differs in a workbook made before; zero: not compared
	Host    string          // who runs the contest: their name above a table names no sender

	Aside map[string]bool // sheets that are not read
}

// HeaderRow tells the header row that the user gave for a sheet.
func (o Options) HeaderRow(sheet string) (row int, given bool) {
	for _, c := range o.Fixed {
		if (c.Sheet == "" || c.Sheet == sheet) && c.Signature == "" && c.HeaderRow != 0 {
			row, given = c.HeaderRow, true
		}
	}
	return row, given
}
