package paper

import (
	"io"

	"github.com/xuri/excelize/v2"
)

// ReturnList is the list of works that go back to one sender, or of all that go back.
type ReturnList struct {
	Title     string
	Note      string // a line below the title
	Rows      []ReturnRow
	Unit      bool   // show who sent each work: for the list of all
	Host      string // 主办单位
	Date      string // as it is to stand there
	Rehearsal bool   // marks the sheet 【演练】
}

// ReturnRow is one work that goes back.
type ReturnRow struct {
	Code, Title, Authors, Category, Unit string
	Finding                              string // 退回 or 不予受理
	Problem                              string
	Todo                                 string
	By                                   string // until when
}

// returnColumn is how a column of the list is filled and drawn.
type returnColumn struct {
	head   string // catalogue key
	width  float64
	across string
	text   func(ReturnRow) string
}

var returnColumns = []returnColumn{
	{"returns.head_code", 10, "center", func(r ReturnRow) string { return r.Code }},
	{"returns.head_title", 22, "left", func(r ReturnRow) string { return r.Title }},
	{"returns.head_authors", 11, "center", func(r ReturnRow) string { return r.Authors }},
	{"returns.head_category", 9, "center", func(r ReturnRow) string { return r.Category }},
	{"returns.head_unit", 18, "left", func(r ReturnRow) string { return r.Unit }},
	{"returns.head_finding", 10, "center", func(r ReturnRow) string { return r.Finding }},
	{"returns.head_problem", 28, "left", func(r ReturnRow) string { return r.Problem }},
	{"returns.head_todo", 30, "left", func(r ReturnRow) string { return r.Todo }},
	{"returns.head_by", 14, "center", func(r ReturnRow) string { return r.By }},
}

const unitColumn = 4

// WriteReturnList writes the list as xlsx, ready to be printed on A4 across. Equal input gives equal bytes. Errors:
// those of w.
func WriteReturnList(w io.Writer, list ReturnList, words Words) error {
	f := excelize.NewFile()
	defer f.Close()
	name := safeSheetName(words("returns.sheet", nil), map[string]bool{})
	if err := nameSheets(f, []string{name}); err != nil {
		return err
	}
	if list.Rehearsal {
		list.Title = words("paper.rehearsal", nil) + list.Title
	}
	r := &returnWriter{list: list, k: newInk(f), columns: returnColumns}
	if !list.Unit {
		r.columns = append(append([]returnColumn{}, returnColumns[:unitColumn]...), returnColumns[unitColumn+1:]...)
	}
	if err := r.write(name, words); err != nil {
		return err
	}
	if r.k.err != nil {
		return r.k.err
	}
	return writeBook(w, f, list.Title)
}

// returnWriter writes the sheet from the top down.
type returnWriter struct {
	list    ReturnList
	k       *ink
	sw      *excelize.StreamWriter
	columns []returnColumn
	widths  []float64 // the first is that of the row number
	row     int       // last written
}

const returnHead = 3 // rows above the first work

func (r *returnWriter) write(name string, words Words) error {
	if err := setPrinting(r.k.f, name, printing{repeat: returnHead}, words); err != nil {
		return err
	}
	r.widths = []float64{6}
	for _, c := range r.columns {
		r.widths = append(r.widths, c.width)
	}
	var err error
	if r.sw, err = newStream(r.k.f, name, len(r.widths), returnHead+len(r.list.Rows)+3); err != nil {
		return err
	}
	for i, w := range r.widths {
		if err := r.sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := r.sw.SetPanes(&excelize.Panes{
		Freeze:      true,
		YSplit:      returnHead,
		TopLeftCell: ref(1, returnHead+1),
		ActivePane:  "bottomLeft",
	}); err != nil {
		return err
	}
	for _, part := range []func(Words) error{r.top, r.table, r.end} {
		if err := part(words); err != nil {
			return err
		}
	}
	return r.sw.Flush()
}

// wide writes text over the whole width.
func (r *returnWriter) wide(l look, text string, least float64) error {
	r.row++
	height := max(least, lineHeight(textLines(text, l.size*typeReserve, joinedUnits(r.widths)), l.size))
	if err := r.sw.SetRow(ref(1, r.row), []any{r.k.cell(l, text)}, excelize.RowOpts{Height: height}); err != nil {
		return err
	}
	return r.sw.MergeCell(ref(1, r.row), ref(len(r.widths), r.row))
}

func (r *returnWriter) top(words Words) error {
	if err := r.wide(lookAwardTitle, r.list.Title, 44); err != nil {
		return err
	}
	if err := r.wide(lookAwardNote, r.list.Note, 20); err != nil {
		return err
	}
	heads := []string{words("returns.head_no", nil)}
	for _, c := range r.columns {
		heads = append(heads, words(c.head, nil))
	}
	cells := make([]any, len(heads))
	for i, h := range heads {
		cells[i] = r.k.cell(lookAwardHead, h)
	}
	r.row++
	return r.sw.SetRow(ref(1, r.row), cells, excelize.RowOpts{Height: max(26, headHeight(heads, r.widths, awardSize))})
}

func (r *returnWriter) table(Words) error {
	for n, row := range r.list.Rows {
		number := lookAwardCell
		number.across = "center"
		cells, lines := []any{excelize.Cell{StyleID: r.k.of(number), Value: n + 1}}, 1
		for i, c := range r.columns {
			l := lookAwardCell
			l.across = c.across
			text := c.text(row)
			lines = max(lines, textLines(text, awardSize*typeReserve, r.widths[i+1]))
			cells = append(cells, r.k.cell(l, text))
		}
		r.row++
		if err := r.sw.SetRow(ref(1, r.row), cells, excelize.RowOpts{
			Height: max(24, lineHeight(lines, awardSize)),
		}); err != nil {
			return err
		}
	}
	return nil
}

func (r *returnWriter) end(Words) error {
	r.row++
	for _, line := range []string{r.list.Host, r.list.Date} {
		if line == "" {
			continue
		}
		if err := r.wide(lookAwardSign, line, 28); err != nil {
			return err
		}
	}
	return nil
}
