// Package listing takes the lists of a page along: to the clipboard, into a workbook, onto paper. It knows no page: a
// widget that shows a list says so, and every page has what its widgets have.
package listing

import (
	"io"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/judging/diploma"
	"fayi/judging/sheet/paper"
)

// Collect returns the lists that a page shows, in the order in which they stand there.
func Collect(o fyne.CanvasObject) []kit.Sheet {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case kit.Listed:
		return []kit.Sheet{o.Sheet()}
	case *container.Scroll:
		return Collect(o.Content)
	case *fyne.Container:
		var out []kit.Sheet
		for _, child := range o.Objects {
			out = append(out, Collect(child)...)
		}
		return out
	case lay.Insider:
		return Collect(o.Inside())
	}
	return nil
}

// Rows counts the rows of all lists.
func Rows(all []kit.Sheet) (n int) {
	for _, s := range all {
		n += len(s.Rows)
	}
	return n
}

// Clip returns the lists as cells for a spreadsheet program, each below its heads.
func Clip(all []kit.Sheet) string {
	var out strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte('\t')
			}
			out.WriteString(kit.ClipCell(c))
		}
		out.WriteString("\r\n")
	}
	for i, s := range all {
		if i > 0 {
			out.WriteString("\r\n")
		}
		for _, l := range s.Lines {
			line([]string{l})
		}
		line(s.Heads)
		for _, r := range s.Rows {
			line(r)
		}
	}
	return out.String()
}

// widest is the most a column of a workbook takes, in characters.
const widest = 40

// WriteExcel writes the lists as a workbook, a sheet for each, ready to be printed; title names those without one.
// Errors: those of w.
func WriteExcel(w io.Writer, t kit.Texter, title string, all []kit.Sheet) error {
	var grids []paper.Grid
	for _, s := range all {
		g := paper.Grid{
			Name: s.Title, Widths: make([]float64, len(s.Heads)), Head: len(s.Lines) + 1, Words: t.T,
		}
		if g.Name == "" {
			g.Name = title
		}
		for _, l := range s.Lines {
			g.Rows = append(g.Rows, []any{l})
		}
		g.Rows = append(g.Rows, cells(s, s.Heads, g.Widths, false))
		for _, r := range s.Rows {
			g.Rows = append(g.Rows, cells(s, r, g.Widths, true))
		}
		grids = append(grids, g)
	}
	return paper.WriteGrids(w, grids)
}

// cells returns a row of a sheet, its numbers as numbers, and widens columns to what it holds.
func cells(s kit.Sheet, row []string, widths []float64, numbers bool) []any {
	out := make([]any, len(row))
	for i, text := range row {
		out[i] = text
		if v, err := strconv.ParseFloat(text, 64); numbers && err == nil && i < len(s.Right) && s.Right[i] {
			out[i] = v
		}
		if i < len(widths) {
			widths[i] = max(widths[i], min(2*float64(len([]rune(text)))+2, widest))
		}
	}
	return out
}

// WritePDF writes the lists as they are printed. foot stands at the foot of each page. Errors: those of w.
func WritePDF(w io.Writer, t kit.Texter, title, foot string, made time.Time, all []kit.Sheet) error {
	p := diploma.ListPaper{Title: title, Foot: foot, Made: made, Words: t.T}
	for _, s := range all {
		p.Lines = append(p.Lines, s.Lines...)
		name := s.Title
		if name == title {
			name = ""
		}
		p.Tables = append(p.Tables, diploma.ListTable{Title: name, Heads: s.Heads, Rows: s.Rows, Right: s.Right})
	}
	return diploma.List(w, p)
}
