package grid

import (
	"strconv"
	"strings"

	"fayi/judging/sheet/numfmt"
)

// Kind is what sort of value a cell holds.
type Kind uint8

// The kinds of values.
const (
	TextCell Kind = iota
	NumberCell
	DateCell
	ErrorCell   // text is the error's name, "#REF!"
	FormulaCell // a formula whose value the program that wrote it did not store; it has no text
)

// Cell is one value as the sheet shows it; the zero cell is blank.
type Cell struct {
	Text   string
	Stored string // the number behind the text, where the sheet shows it in another way; see Count
	Kind   Kind
	Struck bool // the font is struck through: what stands there does not hold any more
	Fill   bool // the value was laid over the cell by a merge above it
}

// Count is what to calculate with: the text, but the number as it is stored where the format rounds it or groups its
// digits. 85.5 that is shown as 86 counts 85.5; what is shown as 0012 or 85% stays as it is shown.
func (c Cell) Count() string {
	if c.Stored == "" {
		return c.Text
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(c.Text, ",", ""), 64); err != nil {
		return c.Text
	}
	if strings.HasPrefix(c.Text, "0") && !strings.ContainsAny(c.Text+c.Stored, ".,") {
		return c.Text
	}
	return c.Stored
}

// Blank reports whether nothing stands in the cell: spaces are no content.
func (c Cell) Blank() bool { return c.Kind != FormulaCell && strings.TrimSpace(c.Text) == "" }

// Number makes the cell of a number in a format.
func Number(f float64, format *numfmt.Format, epoch1904 bool) Cell {
	plain := numfmt.Plain(f)
	if format == nil {
		return Cell{Text: plain, Kind: NumberCell}
	}
	c := Cell{Text: format.Number(f, epoch1904), Kind: NumberCell}
	if c.Text != plain {
		c.Stored = plain
	}
	if format.Date() {
		c.Kind = DateCell
	}
	return c
}

// Truth makes the cell of a logical value, as spreadsheet programs show it in every language but a few.
func Truth(yes bool) Cell { return Cell{Text: strings.ToUpper(strconv.FormatBool(yes))} }
