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

// complaint is one thing said of one or more rows of one column.
type complaint struct {
	judging.Place
	column, text string
	rows         []int
}

// complain prints problems on stderr, at most so many lines: what is the same for many rows of a column is said once.
func (c *call) complain(problems []judging.Problem, most int) {
	list := c.gather(problems)
	for i, p := range list {
		if i == most {
			c.warn("cli.more_problems", judging.Args{"Count": len(list) - most})
			return
		}
		fmt.Fprintf(c.err, "%s: %s\n", c.where(p), p.text)
	}
}

func (c *call) gather(problems []judging.Problem) []complaint {
	var out []complaint
	at := map[string]int{}
	for _, p := range problems {
		text := c.text.T(p.Text, p.Args)
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
func (c *call) where(p complaint) string {
	parts := []string{p.File}
	if p.Sheet != "" {
		parts = append(parts, c.text.T("cli.at_sheet", judging.Args{"Sheet": p.Sheet}))
	}
	if len(p.rows) > 0 {
		parts = append(parts, c.text.T("cli.at_row", judging.Args{"Row": ranges(p.rows)}))
	}
	if p.column != "" {
		parts = append(parts, c.text.T("cli.at_column", judging.Args{"Column": p.column}))
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
