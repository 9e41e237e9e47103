package command

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/text"
)

// Printer writes texts for people. Whatever it prints it makes harmless: names of files, people and units may hold line
// ends and signs that steer a terminal. No other package of the program can write to the streams.
type Printer struct {
	Text assets.Text // the person's language
	out  io.Writer   // for results
	err  io.Writer   // for remarks and mistakes
}

// Say prints one catalogue text.
func (pr *Printer) Say(key string, args judging.Args) { fmt.Fprintln(pr.out, pr.Text.T(key, args)) }

// Warn prints one catalogue text on stderr.
func (pr *Printer) Warn(key string, args judging.Args) { fmt.Fprintln(pr.err, pr.Text.T(key, args)) }

// Mistake prints in words what went wrong.
func (pr *Printer) Mistake(err error) { fmt.Fprintln(pr.err, pr.Text.Err(err)) }

// Line prints one line, whatever stands in args.
func (pr *Printer) Line(format string, args ...any) {
	fmt.Fprintln(pr.out, text.Harmless(fmt.Sprintf(format, args...)))
}

// Block prints a text of several lines, as of a work: its own line ends and tabs stay.
func (pr *Printer) Block(lines string) {
	for line := range strings.SplitSeq(lines, "\n") {
		cells := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		for i, c := range cells {
			cells[i] = text.Harmless(c)
		}
		fmt.Fprintln(pr.out, strings.Join(cells, "\t"))
	}
}

// Aside is a printer whose results go where remarks go.
func (pr *Printer) Aside() *Printer { return &Printer{Text: pr.Text, out: pr.err, err: pr.err} }

// Table prints rows in columns that line up also when Chinese stands in them.
func (pr *Printer) Table(rows [][]string) {
	shown := make([][]string, len(rows))
	var widths []int
	for r, row := range rows {
		for i, cell := range row {
			cell = text.Harmless(cell)
			shown[r] = append(shown[r], cell)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for _, row := range shown {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-columnsOf(cell)+2))
			}
		}
		fmt.Fprintln(pr.out, strings.TrimRight(b.String(), " "))
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
