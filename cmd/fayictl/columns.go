package main

import (
	"fmt"
	"strings"

	"fayi/judging"

	"golang.org/x/text/width"
)

// table prints rows in columns that line up also when Chinese stands in them.
func (c *call) table(rows [][]string) {
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
		fmt.Fprintln(c.out, strings.TrimRight(b.String(), " "))
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
func (c *call) head(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = c.text.T("cli.col_"+k, nil)
	}
	return out
}

// where writes a place as people read it: file, sheet, row, column.
func (c *call) where(p judging.Problem) string {
	parts := []string{p.File}
	if p.Sheet != "" {
		parts = append(parts, c.text.T("cli.at_sheet", judging.Args{"Sheet": p.Sheet}))
	}
	if p.Row > 0 {
		parts = append(parts, c.text.T("cli.at_row", judging.Args{"Row": p.Row}))
	}
	if p.Column != "" {
		parts = append(parts, c.text.T("cli.at_column", judging.Args{"Column": p.Column}))
	}
	return strings.Join(parts, " ")
}

// complain prints problems on stderr, at most so many of them.
func (c *call) complain(problems []judging.Problem, most int) {
	for i, p := range problems {
		if i == most {
			c.warn("cli.more_problems", judging.Args{"Count": len(problems) - most})
			return
		}
		fmt.Fprintf(c.err, "%s: %s\n", c.where(p), c.text.T(p.Text, p.Args))
	}
}
