package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"fayi/assets"
	"fayi/judging"

	"golang.org/x/text/width"
)

// printer writes texts for people: results on out, remarks on err.
type printer struct {
	text     assets.Text
	out, err io.Writer
}

// say prints one catalogue text.
func (pr *printer) say(key string, args judging.Args) { fmt.Fprintln(pr.out, pr.text.T(key, args)) }

// warn prints one catalogue text on stderr.
func (pr *printer) warn(key string, args judging.Args) { fmt.Fprintln(pr.err, pr.text.T(key, args)) }

// table prints rows in columns that line up also when Chinese stands in them.
func (pr *printer) table(rows [][]string) {
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

// head translates column titles.
func (pr *printer) head(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = pr.text.T("cli.col_"+k, nil)
	}
	return out
}

// complaint is one thing said of one or more rows of one column.
type complaint struct {
	judging.Place
	column, text string
	rows         []int
}

// complain prints problems on stderr, at most so many lines: what is the same for many rows of a column is said once.
func (pr *printer) complain(problems []judging.Problem, most int) {
	list := pr.gather(problems)
	for i, p := range list {
		if i == most {
			pr.warn("cli.more_problems", judging.Args{"Count": len(list) - most})
			return
		}
		fmt.Fprintf(pr.err, "%s: %s\n", harmless(pr.where(p)), harmless(p.text))
	}
}

// harmless shows what would break a line, or move the cursor, as a blank: names of files may hold anything.
func harmless(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s)
}

func (pr *printer) gather(problems []judging.Problem) []complaint {
	var out []complaint
	at := map[string]int{}
	for _, p := range problems {
		text := pr.text.T(p.Text, p.Args)
		key := strings.Join([]string{p.File, p.Sheet, p.Column, text}, "\x1f")
		i, again := at[key]
		if !again {
			i = len(out)
			at[key] = i
			out = append(out, complaint{Place: p.Place, column: p.Column, text: text})
		}
		if p.Row > 0 {
			out[i].rows = append(out[i].rows, p.Row)
		}
	}
	return out
}

// where writes a place as people read it: file, sheet, rows, column.
func (pr *printer) where(p complaint) string {
	parts := []string{p.File}
	if p.Sheet != "" {
		parts = append(parts, pr.text.T("cli.at_sheet", judging.Args{"Sheet": p.Sheet}))
	}
	if len(p.rows) > 0 {
		parts = append(parts, pr.text.T("cli.at_row", judging.Args{"Row": ranges(p.rows)}))
	}
	if p.column != "" {
		parts = append(parts, pr.text.T("cli.at_column", judging.Args{"Column": p.column}))
	}
	return strings.Join(parts, " ")
}

// ranges writes rising numbers shortly: 3, 5-9, 12.
func ranges(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		end := i
		for end+1 < len(rows) && rows[end+1] == rows[end]+1 {
			end++
		}
		part := fmt.Sprint(rows[i])
		if end > i {
			part += "-" + fmt.Sprint(rows[end])
		}
		parts, i = append(parts, part), end+1
	}
	return strings.Join(parts, ", ")
}
