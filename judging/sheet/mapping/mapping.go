package mapping

import (
	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/propose"
)

// Reason is one piece of evidence for what a column was taken for.
type Reason struct {
	Text   string       `json:"text"` // catalogue key
	Args   judging.Args `json:"args,omitempty"`
	Weight float64      `json:"weight"` // in decibels of odds; negative speaks against
}

// Mapping says how one sheet was understood. Rows count from 1.
type Mapping struct {
	File       string `json:"file"`
	Sheet      string `json:"sheet"`
	HeaderRows []int  `json:"header_rows"`
	FirstRow   int    `json:"first_row"` // of the data
	// the table lies on its side: rows are columns, and the other way round
	Sideways bool     `json:"sideways,omitempty"`
	Card     bool     `json:"card,omitempty"` // no table but a form for each work, labels next to values
	Columns  []Column `json:"columns"`
	// what stands above the table or in its name goes for every row that says nothing
	Defaults map[field.Field]string `json:"defaults,omitempty"`
	// what rows that say nothing got, or may get, from elsewhere
	Proposals []propose.Proposal `json:"proposals,omitempty"`
	Signature string             `json:"signature"` // the same for every sheet with the same headers
}

// Column is one column of a table and what it was taken for.
type Column struct {
	Index      int         `json:"-"` // from 0
	Letter     string      `json:"column"`
	Header     string      `json:"header"`
	Field      field.Field `json:"field"`      // field.None: kept in Work.More under the header
	Confidence float64     `json:"confidence"` // 0-1; 1: the user said so, or the header is the field's own word
	// what spoke for and against the field, to be shown
	Why []Reason `json:"why,omitempty"`
}

// Of returns the columns that mean field.
func (m Mapping) Of(field field.Field) []Column {
	var list []Column
	for _, c := range m.Columns {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}
