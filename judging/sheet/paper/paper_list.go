package paper

import (
	"io"

	"fayi/judging/sheet/grid"

	"github.com/xuri/excelize/v2"
)

// paperList writes a list of works for people outside the office as one sheet, from the top down: title, note, head,
// a numbered line for each row, end.
type paperList[R any] struct {
	title, note string
	rows        []R
	columns     []listColumn[R]
	end         []string // lines below, on the right
	rehearsal   bool     // marks the title 【演练】
	name, no    string   // catalogue keys: of the sheet's name, of the head of the row numbers

	k      *ink
	sw     *excelize.StreamWriter
	widths []float64 // the first is that of the row number
	row    int       // last written
}

// listColumn is how a column of a list is filled and drawn.
type listColumn[R any] struct {
	head   string // catalogue key
	width  float64
	across string
	text   func(R) string
}

const listHead = 3 // rows above the first of the list

// write writes the workbook.
func (p *paperList[R]) write(w io.Writer, words Words) error {
	f := excelize.NewFile()
	defer f.Close()
	name := safeSheetName(words(p.name, nil), map[string]bool{})
	if err := nameSheets(f, []string{name}); err != nil {
		return err
	}
	if p.rehearsal {
		p.title = words("paper.rehearsal", nil) + p.title
	}
	p.k = newInk(f)
	if err := p.sheet(name, words); err != nil {
		return err
	}
	if p.k.err != nil {
		return p.k.err
	}
	return writeBook(w, f, p.title)
}

func (p *paperList[R]) sheet(name string, words Words) error {
	if err := setPrinting(p.k.f, name, printing{repeat: listHead}, words); err != nil {
		return err
	}
	p.widths = []float64{6}
	for _, c := range p.columns {
		p.widths = append(p.widths, c.width)
	}
	var err error
	if p.sw, err = newStream(p.k.f, name, len(p.widths), listHead+len(p.rows)+3); err != nil {
		return err
	}
	for i, w := range p.widths {
		if err := p.sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := p.sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: listHead, TopLeftCell: grid.Ref(1, listHead+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	heads := []string{words(p.no, nil)}
	for _, c := range p.columns {
		heads = append(heads, words(c.head, nil))
	}
	for _, part := range []func() error{func() error { return p.top(heads) }, p.table, p.bottom} {
		if err := part(); err != nil {
			return err
		}
	}
	return p.sw.Flush()
}

// wide writes text over the whole width.
func (p *paperList[R]) wide(l look, text string, least float64) error {
	p.row++
	height := max(least, lineHeight(textLines(text, l.size*typeReserve, joinedUnits(p.widths)), l.size))
	if err := p.sw.SetRow(grid.Ref(1, p.row), []any{p.k.cell(l, text)}, excelize.RowOpts{Height: height}); err != nil {
		return err
	}
	return p.sw.MergeCell(grid.Ref(1, p.row), grid.Ref(len(p.widths), p.row))
}

func (p *paperList[R]) top(heads []string) error {
	if err := p.wide(lookAwardTitle, p.title, 44); err != nil {
		return err
	}
	if err := p.wide(lookAwardNote, p.note, 20); err != nil {
		return err
	}
	cells := make([]any, len(heads))
	for i, h := range heads {
		cells[i] = p.k.cell(lookAwardHead, h)
	}
	p.row++
	high := max(26, headHeight(heads, p.widths, awardSize))
	return p.sw.SetRow(grid.Ref(1, p.row), cells, excelize.RowOpts{Height: high})
}

func (p *paperList[R]) table() error {
	for n, row := range p.rows {
		number := lookAwardCell
		number.across = "center"
		cells, lines := []any{excelize.Cell{StyleID: p.k.of(number), Value: n + 1}}, 1
		for i, c := range p.columns {
			l := lookAwardCell
			l.across = c.across
			text := c.text(row)
			lines = max(lines, textLines(text, awardSize*typeReserve, p.widths[i+1]))
			cells = append(cells, p.k.cell(l, text))
		}
		p.row++
		height := max(24, lineHeight(lines, awardSize))
		if err := p.sw.SetRow(grid.Ref(1, p.row), cells, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
	}
	return nil
}

func (p *paperList[R]) bottom() error {
	p.row++
	for _, line := range p.end {
		if line == "" {
			continue
		}
		if err := p.wide(lookAwardSign, line, 28); err != nil {
			return err
		}
	}
	return nil
}
