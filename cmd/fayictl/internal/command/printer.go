package command

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"fayi/assets"
	"fayi/judging"
)

// Printer writes texts for people.
type Printer struct {
	Text assets.Text // the person's language
	Out  io.Writer   // for results
	Err  io.Writer   // for remarks and mistakes
}

// Say prints one catalogue text.
func (pr *Printer) Say(key string, args judging.Args) { fmt.Fprintln(pr.Out, pr.Text.T(key, args)) }

// Warn prints one catalogue text on stderr.
func (pr *Printer) Warn(key string, args judging.Args) { fmt.Fprintln(pr.Err, pr.Text.T(key, args)) }

// Table prints rows in columns that line up also when Chinese stands in them.
func (pr *Printer) Table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columnsOf(cell)+2))
			}
		}
		fmt.Fprintln(pr.Out, strings.TrimRight(b.String(), " "))
	}
}

// columnsOf returns how many terminal columns s takes: two for wide signs.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// Head translates column titles.
func (pr *Printer) Head(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = pr.Text.T("cli.col_"+k, nil)
	}
	return out
}

// Harmless shows what would break a line, or move the cursor, as a blank: names of files may hold anything.
func Harmless(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s)
}

// Titles translates column titles whose keys begin with prefix.
func (pr *Printer) Titles(prefix string, keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = pr.Text.T(prefix+k, nil)
	}
	return out
}

// Decimal writes a number with three decimals, nothing for nil.
func Decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%.3f", *v)
}

// fieldNames are the fields of a change that the columns of a sheet call otherwise.
var fieldNames = map[string]string{"authors": "author", "teachers": "teacher"}

// FieldKey returns the key of the name of a field of a change.
func FieldKey(field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	return "field." + field
}

// FieldName returns what people call a field of a change; the field itself where no language has a name for it.
func (pr *Printer) FieldName(field string) string {
	key := FieldKey(field)
	if name := pr.Text.T(key, nil); name != key {
		return name
	}
	return strings.TrimPrefix(key, "field.")
}

// OrNone returns the name of an award, or words for no award where it is "".
func (pr *Printer) OrNone(award string) string {
	if award == "" {
		return pr.Text.T("board.no_award", nil)
	}
	return award
}
