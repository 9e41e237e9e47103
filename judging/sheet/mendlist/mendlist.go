// Package mendlist writes the workbook in which a unit puts right the rows of its list that were wrong, and reads it
// when it comes back.
//
// It promises: each row carries a hidden key, so that it finds its row again though rows were sorted, deleted or filled
// in elsewhere; the cells that are wrong are marked; equal lists give equal bytes of content. What it reads is bounded
// and hostile. It knows no contest: package problems says what the rows are.
package mendlist

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
	"fayi/judging/text"
)

// magic stands in the first cell of the hidden row of a list, before the contest's token.
const magic = "fayi-fix/1 "

// Limits of what is read.
const (
	mostRows    = 20_000
	mostColumns = 200
	mostText    = 2000 // characters of one cell
)

// List is one sheet of the workbook: rows of one sheet that came in.
type List struct {
	Sheet   string   // its name
	Title   string   // what to do
	Headers []string // as they are shown
	Columns []string // what each column is, to be recognised: "c:D" or "f:group"
	Rows    []Row
	RowNo   string // header of the column with the rows' numbers
	Problem string // header of the column that says what is wrong
}

// Row is one row that is wrong.
type Row struct {
	Key      string
	No       int
	Cells    []string
	Bad      []int // indexes of Cells
	Problems []string
}

// Back is one row of a list that came back.
type Back struct {
	Key   string
	Place judging.Place
	Cells map[string]string // column, as List.Columns names it -> what stands there now
}

// before is how many columns stand before the cells: key and number of the row.
const before = 2

// first is the first row of data: title, hidden row, headers stand above it.
const first = 4

// Write writes lists as a workbook. token names the contest; a list of another one is not taken for one of this.
// Errors: those of w.
func Write(w io.Writer, token string, lists []List) error {
	f := excelize.NewFile()
	defer f.Close()
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, l := range lists {
		name := sheetName(l.Sheet, taken)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = writeList(f, st, name, token, l)
		}
		if err != nil {
			return err
		}
	}
	return f.Write(w)
}

// styles are the looks of cells.
type styles struct{ title, head, plain, bad, told int }

func newStyles(f *excelize.File) (styles, error) {
	border := []excelize.Border{
		{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1},
	}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "center"}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	const asText = 49 // the number format of texts: an identity number stays whole
	var st styles
	var err error
	for _, s := range []struct {
		at    *int
		style excelize.Style
	}{
		{&st.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 12}, Alignment: wrap}},
		{&st.head, excelize.Style{
			Font: &excelize.Font{Bold: true}, Fill: fill("EDEDED"), Border: border, Alignment: wrap,
		}},
		{&st.plain, excelize.Style{Border: border, Alignment: wrap, NumFmt: asText}},
		{&st.bad, excelize.Style{Fill: fill("FFE699"), Border: border, Alignment: wrap, NumFmt: asText}},
		{&st.told, excelize.Style{Font: &excelize.Font{Color: "C00000"}, Border: border, Alignment: wrap}},
	} {
		if *s.at, err = f.NewStyle(&s.style); err != nil {
			return st, err
		}
	}
	return st, nil
}

func writeList(f *excelize.File, st styles, name, token string, l List) error {
	last := before + len(l.Headers) + 1
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	sw.SetColWidth(1, 1, 2)
	sw.SetColWidth(2, 2, 7)
	sw.SetColWidth(before+1, last-1, 16)
	sw.SetColWidth(last, last, 46)
	err = sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: first - 1, TopLeftCell: "A4", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A4", ActiveCell: "A4", Pane: "bottomLeft"}},
	})
	if err != nil {
		return err
	}
	if err := sw.SetColVisible(1, 1, false); err != nil {
		return err
	}
	hidden := []any{magic + token, nil}
	heads := []any{nil, excelize.Cell{StyleID: st.head, Value: l.RowNo}}
	for i, h := range l.Headers {
		hidden = append(hidden, l.Columns[i])
		heads = append(heads, excelize.Cell{StyleID: st.head, Value: text.Written(h)})
	}
	heads = append(heads, excelize.Cell{StyleID: st.head, Value: l.Problem})
	title := []any{nil, excelize.Cell{StyleID: st.title, Value: text.Written(l.Title)}}
	if err := sw.SetRow("A1", title, excelize.RowOpts{Height: 36}); err != nil {
		return err
	}
	if err := sw.SetRow("A2", hidden, excelize.RowOpts{Hidden: true}); err != nil {
		return err
	}
	if err := sw.SetRow("A3", heads); err != nil {
		return err
	}
	for i, r := range l.Rows {
		at, err := excelize.CoordinatesToCellName(1, first+i)
		if err != nil {
			return err
		}
		if err := sw.SetRow(at, rowCells(st, l, r)); err != nil {
			return err
		}
	}
	end, err := excelize.CoordinatesToCellName(last, 1)
	if err != nil {
		return err
	}
	if err := sw.MergeCell("B1", end); err != nil {
		return err
	}
	return sw.Flush()
}

func rowCells(st styles, l List, r Row) []any {
	cells := []any{r.Key, excelize.Cell{StyleID: st.plain, Value: r.No}}
	bad := map[int]bool{}
	for _, i := range r.Bad {
		bad[i] = true
	}
	for i := range l.Headers {
		style, said := st.plain, ""
		if bad[i] {
			style = st.bad
		}
		if i < len(r.Cells) {
			said = r.Cells[i]
		}
		cells = append(cells, excelize.Cell{StyleID: style, Value: text.Written(said)})
	}
	return append(cells, excelize.Cell{StyleID: st.told, Value: text.Written(strings.Join(r.Problems, "\n"))})
}

// sheetName makes a legal name that no other sheet of the book has.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || text.Steers(r) {
			return '_'
		}
		return r
	}, name), "' ")
	if r := []rune(name); len(r) > 24 {
		name = string(r[:24])
	}
	if name == "" {
		name = "1"
	}
	for n, base := 2, name; taken[strings.ToLower(name)]; n++ {
		name = base + " " + string(rune('0'+n/10)) + string(rune('0'+n%10))
	}
	taken[strings.ToLower(name)] = true
	return name
}

var errSeen = errors.New("seen")

// Is reports whether a book is such a list, of whichever contest.
func Is(b *read.Book) bool {
	for i := range b.Infos() {
		found := false
		err := b.Rows(i, nil, func(l grid.Line) error {
			if _, ok := tokenOf(l); ok {
				found = true
				return errSeen
			}
			if l.Row > first {
				return errSeen
			}
			return nil
		})
		if found {
			return true
		}
		if err != nil && !errors.Is(err, errSeen) {
			return false
		}
	}
	return false
}

func tokenOf(l grid.Line) (string, bool) {
	return strings.CutPrefix(strings.TrimSpace(l.At(0).Text), magic)
}

// Read reads the rows of a list that came back. Errors: Invalid for a book that is no such list, or of another
// contest; those of the reader.
func Read(ctx context.Context, b *read.Book, token string) ([]Back, error) {
	var out []Back
	is, other := false, false
	for i, info := range b.Infos() {
		var columns []string
		err := b.Rows(i, nil, func(l grid.Line) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if t, ok := tokenOf(l); ok && columns == nil {
				is = true
				if t != token {
					other = true
					return errSeen
				}
				columns = columnsOf(l)
				return nil
			}
			if columns == nil && l.Row > first || len(out) >= mostRows {
				return errSeen
			}
			if columns != nil && strings.Contains(l.At(0).Text, "/") {
				at := judging.Place{File: b.Name(), Sheet: info.Name, Row: l.Row}
				out = append(out, Back{strings.TrimSpace(l.At(0).Text), at, cellsOf(l, columns)})
			}
			return nil
		})
		if err != nil && !errors.Is(err, errSeen) {
			return nil, err
		}
	}
	switch {
	case other:
		return nil, grid.FileError(b.Name(), "problems.other_contest", nil)
	case !is:
		return nil, grid.FileError(b.Name(), "problems.no_list", nil)
	}
	return out, nil
}

func columnsOf(l grid.Line) []string {
	columns := []string{}
	for i := before; i < min(len(l.Cells), mostColumns); i++ {
		columns = append(columns, strings.TrimSpace(l.At(i).Text))
	}
	return columns
}

func cellsOf(l grid.Line, columns []string) map[string]string {
	cells := map[string]string{}
	for i, c := range columns {
		if c == "" {
			continue
		}
		text := l.At(before + i).Text
		if r := []rune(text); len(r) > mostText {
			text = string(r[:mostText])
		}
		cells[c] = text
	}
	return cells
}
