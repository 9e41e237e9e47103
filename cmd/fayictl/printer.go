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

// harmless shows what would break a line, or move the cursor, as a blank: names of files may hold anything.
func harmless(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s)
}
