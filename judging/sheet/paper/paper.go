package paper

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging/sheet/grid"
)

// Paper is one sheet of a workbook that is made to be printed: a title, a table whose header repeats on every page,
// lines below it.
type Paper struct {
	Name    string // of the sheet
	Title   string
	Note    string // a line below the title, may be empty
	Columns []PaperColumn
	Rows    [][]any  // a cell is a string, a number, a Formula or nil
	Foot    []string // lines below the table, the last ones of which, Signed, stand at the right
	Signed  int
	Charts  []Chart
	Upright bool // A4 upright unless its columns would become too small there, else across
}

// PaperColumn is one column.
type PaperColumn struct {
	Head   string
	Least  float64 // width in characters
	Most   float64
	Across string // left, center, right; "" is center
	Format string // of numbers
}

// Formula is a cell that a spreadsheet program works out, written without the equals sign.
type Formula string

// Chart is a native chart of columns of its paper.
type Chart struct {
	Title  string
	Kind   string // "bar", "stacked"
	Labels int    // column of the names, from 0
	Series []int  // columns of the values
	Rows   [2]int // first and last row of the table, from 0; both 0: all
}

// upright is how much wider than an upright page a table may be: more would print its text below 9 points.
const upright = 1.2

// bodySize is the size of a paper's text in points.
const bodySize = 11.0

var (
	lookPaperTitle = look{face: faceTitle, size: 20, across: "center", wrap: true}
	lookPaperNote  = look{face: faceBody, size: bodySize, across: "left", wrap: true}
	lookPaperHead  = look{face: faceHead, size: bodySize, across: "center", wrap: true, boxed: true}
	lookPaperFoot  = look{face: faceBody, size: bodySize, across: "left", wrap: true}
	lookPaperSign  = look{face: faceBody, size: 13, across: "right", wrap: true}
)

// WritePapers writes a workbook of papers. Equal papers give equal bytes. Errors: those of w; of charts that name
// no column.
func WritePapers(w io.Writer, title string, papers []Paper, words Words) error {
	f := excelize.NewFile()
	defer f.Close()
	taken := map[string]bool{}
	var names []string
	for i := range papers {
		papers[i].Name = safeSheetName(papers[i].Name, taken)
		names = append(names, papers[i].Name)
	}
	if err := nameSheets(f, names); err != nil {
		return err
	}
	k := newInk(f)
	for _, p := range papers {
		if err := p.write(k, words); err != nil {
			return err
		}
	}
	if k.err != nil {
		return k.err
	}
	for _, p := range papers {
		if err := p.charts(f, safeSheetName(words("paper.charts_of", map[string]any{
			"Sheet": p.Name,
		}), taken), words); err != nil {
			return err
		}
	}
	return writeBook(w, f, title)
}

// headRow is the row of the table's header.
func (p Paper) headRow() int {
	if p.Note != "" {
		return 3
	}
	return 2
}

func (p Paper) write(k *ink, words Words) error {
	widths := p.widths()
	page := printing{portrait: p.Upright, repeat: p.headRow()}
	if across, _ := page.room(); pixels(widths) > across*upright {
		page.portrait = false
	}
	if err := setPrinting(k.f, p.Name, page, words); err != nil {
		return err
	}
	sw, err := newStream(k.f, p.Name, len(widths), p.headRow()+len(p.Rows)+len(p.Foot))
	if err != nil {
		return err
	}
	for i, w := range widths {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := sw.SetPanes(&excelize.Panes{
		Freeze:      true,
		YSplit:      p.headRow(),
		TopLeftCell: grid.Ref(1, p.headRow()+1),
		ActivePane:  "bottomLeft",
	}); err != nil {
		return err
	}
	to := paperWriter{Paper: p, k: k, sw: sw, widths: widths}
	for _, part := range []func() error{to.top, to.table, to.foot} {
		if err := part(); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// widths gives each column the room that its content asks for, within its bounds.
func (p Paper) widths() []float64 {
	out := make([]float64, len(p.Columns))
	for i, c := range p.Columns {
		w := max(c.Least, textUnits(c.Head, bodySize)+1)
		for _, row := range p.Rows {
			if w >= c.Most {
				break
			}
			switch v := row[i].(type) {
			case nil, Formula:
			case string:
				w = max(w, textUnits(v, bodySize)*typeReserve+1.2)
			default:
				w = max(w, textUnits(fmt.Sprint(v), bodySize)+1.2)
			}
		}
		out[i] = max(min(w, c.Most), c.Least)
	}
	return out
}

// paperWriter writes a paper from the top down.
type paperWriter struct {
	Paper
	k      *ink
	sw     *excelize.StreamWriter
	widths []float64
	row    int
}

func (p *paperWriter) set(cells []any, height float64) error {
	p.row++
	return p.sw.SetRow(grid.Ref(1, p.row), cells, excelize.RowOpts{Height: height})
}

// wide writes text over the whole width.
func (p *paperWriter) wide(l look, text string, least float64) error {
	lines := textLines(text, l.size*typeReserve, joinedUnits(p.widths))
	if err := p.set([]any{p.k.cell(l, text)}, max(least, lineHeight(lines, l.size))); err != nil || len(p.widths) == 1 {
		return err
	}
	return p.sw.MergeCell(grid.Ref(1, p.row), grid.Ref(len(p.widths), p.row))
}

func (p *paperWriter) top() error {
	title := lookPaperTitle
	for title.size > 14 && textLines(p.Title, title.size*typeReserve, joinedUnits(p.widths)) > 1 {
		title.size -= 2
	}
	if err := p.wide(title, p.Title, 40); err != nil {
		return err
	}
	if p.Note != "" {
		if err := p.wide(lookPaperNote, p.Note, 20); err != nil {
			return err
		}
	}
	cells, heads := make([]any, len(p.Columns)), make([]string, len(p.Columns))
	for i, c := range p.Columns {
		heads[i], cells[i] = c.Head, p.k.cell(lookPaperHead, c.Head)
	}
	return p.set(cells, max(24, headHeight(heads, p.widths, bodySize)))
}

func (p *paperWriter) table() error {
	looks := make([]int, len(p.Columns))
	for i, c := range p.Columns {
		l := look{face: faceBody, size: bodySize, across: c.Across, wrap: true, boxed: true, format: c.Format}
		if l.across == "" {
			l.across = "center"
		}
		looks[i] = p.k.of(l)
	}
	cells := make([]any, len(p.Columns))
	for _, row := range p.Rows {
		lines := 1
		for i, v := range row {
			cell := excelize.Cell{StyleID: looks[i], Value: v}
			switch v := v.(type) {
			case string:
				cell.Value = plainText(v)
				lines = max(lines, textLines(v, bodySize*typeReserve, p.widths[i]))
			case Formula:
				cell.Value, cell.Formula = nil, string(v)
			}
			cells[i] = cell
		}
		if err := p.set(cells, max(21, lineHeight(lines, bodySize))); err != nil {
			return err
		}
	}
	return nil
}

func (p *paperWriter) foot() error {
	for i, text := range p.Foot {
		l := lookPaperFoot
		if i >= len(p.Foot)-p.Signed {
			l = lookPaperSign
		}
		if err := p.wide(l, text, 26); err != nil {
			return err
		}
	}
	return nil
}

// charts puts the paper's charts on a sheet of their own, one below the other.
func (p Paper) charts(f *excelize.File, name string, words Words) error {
	if len(p.Charts) == 0 || len(p.Rows) == 0 {
		return nil
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	if err := setPrinting(f, name, printing{portrait: true}, words); err != nil {
		return err
	}
	for i, c := range p.Charts {
		if err := f.AddChart(name, grid.Ref(1, 1+i*26), p.chart(c)); err != nil {
			return err
		}
	}
	return nil
}

var chartKinds = map[string]excelize.ChartType{"bar": excelize.Col, "stacked": excelize.ColStacked}

func (p Paper) chart(c Chart) *excelize.Chart {
	first, last := p.headRow()+1+c.Rows[0], p.headRow()+1+c.Rows[1]
	if c.Rows[1] == 0 {
		last = p.headRow() + len(p.Rows)
	}
	quoted := "'" + strings.ReplaceAll(p.Name, "'", "''") + "'!"
	area := func(col, from, to int) string {
		letters := grid.ColumnLetters(col)
		return fmt.Sprintf("%s$%s$%d:$%s$%d", quoted, letters, from, letters, to)
	}
	one := false // colour for each bar
	zero := 0.0  // bars that begin elsewhere would show 48 as half of 52
	ink := excelize.Font{Size: 10, Color: "404040"}
	out := &excelize.Chart{
		Type:       chartKinds[c.Kind],
		VaryColors: &one,
		XAxis:      excelize.ChartAxis{Font: ink},
		YAxis:      excelize.ChartAxis{Font: ink, Minimum: &zero},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},

		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: 900, Height: 440},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
	}
	for _, s := range c.Series {
		out.Series = append(out.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s$%s$%d", quoted, grid.ColumnLetters(s), p.headRow()),
			Categories: area(c.Labels, first, last),
			Values:     area(s, first, last),
		})
	}
	if len(c.Series) == 1 {
		out.Legend.Position = "none"
	}
	return out
}
