package read

import (
	"bytes"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/transform"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/numfmt"
	"fayi/judging/text"
)

// webSource holds the tables of a web page or of an XML spreadsheet of 2003. Many office systems write one and call
// it xls.
type webSource struct {
	macros bool // the document holds some
	name   string
	limits grid.Limits
	list   []webSheet
}

type webSheet struct {
	grid.SheetInfo
	lines []grid.Line
	areas []grid.Area
}

const (
	webLimit  = 32 << 20 // bytes of the pages that are read: they stand in memory as a whole
	webCells  = 1 << 22  // cells of a page, those before the last of a row included
	webSpaces = " \t\r\n"
)

func openWeb(f *os.File, size int64, name string, limits grid.Limits) (*webSource, error) {
	if size > min(webLimit, limits.File) {
		return nil, grid.FileError(name, "sheet.too_big", judging.Args{"Part": "HTML", "Limit": webLimit >> 20})
	}
	charset, err := text.FindEncoding(io.NewSectionReader(f, 0, size))
	if err != nil {
		return nil, grid.FileError(name, "sheet.unknown_charset", nil).Because(err)
	}
	r := io.Reader(io.NewSectionReader(f, 0, size))
	if charset != nil {
		r = transform.NewReader(r, charset.NewDecoder())
	}
	page, err := io.ReadAll(io.LimitReader(r, 2*webLimit))
	if err != nil {
		return nil, grid.Unreadable(name, err)
	}
	if bytes.Contains(page[:min(len(page), 4096)], []byte("<office:document")) {
		return openFlatODS(page, name, limits)
	}
	s := &webSource{name: name, limits: limits}
	if err := (&webReader{webSource: s}).read(page); err != nil {
		return nil, err
	}
	if len(s.list) == 0 {
		return nil, grid.FileError(name, "sheet.not_workbook", judging.Args{"Kind": "HTML"})
	}
	return s, nil
}

// Sheets implements source.
func (s *webSource) Sheets() []grid.SheetInfo {
	var list []grid.SheetInfo
	for _, w := range s.list {
		list = append(list, w.SheetInfo)
	}
	return list
}

// Merges implements source.
func (s *webSource) Merges(sheet int) ([]grid.Area, error) {
	return grid.SortAreas(s.list[sheet].areas), nil
}

// Rows implements source.
func (s *webSource) Rows(sheet int, yield func(grid.Line) error) error {
	for _, l := range s.list[sheet].lines {
		if err := yield(l.Copied()); err != nil {
			return err
		}
	}
	return nil
}

// webReader walks the tags of a page. Rows of web tables are tr, td and th; those of XML spreadsheets Row and Cell,
// which may say where they stand. It keeps no stack of what is open, so however deep tags nest, each costs the same.
type webReader struct {
	*webSource
	line      grid.Line
	col       int
	inCell    bool
	tables    int    // that are open
	within    int    // how many were when the cell began
	covered   []int  // column -> last row that a merge from above covers
	cells     int    // in all rows
	value     string // the cell's exact number, where the page gives one
	styles    webStyles
	style     string // of the cell
	kind      string // of its value, in an XML spreadsheet
	formula   bool
	text      strings.Builder
	across    int
	down      int
	worksheet bool
	crossing  webStrike
	heading   webHeading
}

func (r *webReader) read(page []byte) error {
	xml := bytes.Contains(bytes.ToLower(page[:min(len(page), 4096)]), []byte("<?xml"))
	z := html.NewTokenizer(bytes.NewReader(page))
	z.AllowCDATA(xml)
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil // the end; there is no other error, since the page is in memory
		case html.TextToken:
			r.addText(z)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := newWebTag(z, kind)
			if xml || t.empty || t.name != "script" && t.name != "style" {
				z.NextIsNotRawText()
			}
			if err := r.tag(t); err != nil {
				return err
			}
		}
	}
}

// addText keeps the text of a cell as it stands in the page: entities are resolved after its spaces were joined.
func (r *webReader) addText(z *html.Tokenizer) {
	raw := z.Raw()
	if !r.inCell {
		r.heading.text(raw)
		return
	}
	r.crossing.text(raw)
	if plain, ok := bytes.CutPrefix(raw,
		[]byte("<![CDATA[")); ok { // the tokenizer would resolve what only looks like entities
		r.text.WriteString(html.EscapeString(string(bytes.TrimSuffix(plain, []byte("]]>")))))
		return
	}
	r.text.Write(raw)
}

func (r *webReader) tag(t webTag) error {
	r.crossing.tag(t, r.inCell)
	if !r.inCell {
		r.heading.tag(t)
	}
	switch t.name {
	case "style", "numberformat", "font":
		r.styles.tag(t)
	case "data":
		if r.inCell && !t.closes {
			r.kind = t.attrs["type"]
		}
	case "worksheet":
		if r.worksheet = true; !t.closes {
			return r.sheet(t.attrs["name"])
		}
	case "table":
		return r.table(t)
	case "tr", "row":
		if r.inCell { // cells need not be closed
			if err := r.endCell(); err != nil {
				return err
			}
		}
		if len(r.list) > 0 && !t.closes {
			return r.row(t)
		}
	case "td", "th", "cell":
		if r.inCell {
			if err := r.endCell(); err != nil {
				return err
			}
		}
		if !t.closes && len(r.list) > 0 {
			r.startCell(t)
		}
		if t.empty && r.inCell {
			return r.endCell()
		}
	case "br", "p", "div":
		if r.inCell {
			r.text.WriteString("\x00") // a line end; those of the page's source are spaces
		}
	}
	return nil
}

// table begins the sheet of a web page at its first table, and another at each further one below a heading. At the end
// of the table that a cell stands in, the cell ends too.
func (r *webReader) table(t webTag) error {
	switch {
	case t.empty:
	case !t.closes:
		r.tables++
	case r.tables > 0:
		r.tables--
	}
	if r.inCell && r.tables < r.within {
		return r.endCell()
	}
	name := r.heading.name()
	if !t.closes && !r.worksheet && !r.inCell && (len(r.list) == 0 || name != "") {
		r.heading = webHeading{}
		return r.sheet(name)
	}
	return nil
}

func (r *webReader) sheet(name string) error {
	if len(r.list) >= grid.MaxSheets {
		return grid.FileError(r.name, "sheet.broken", judging.Args{"Part": "HTML"})
	}
	r.list = append(r.list, webSheet{SheetInfo: grid.SheetInfo{Name: name}})
	r.line, r.covered = grid.Line{}, nil
	return nil
}

func (r *webReader) row(t webTag) error {
	n := r.line.Row + 1
	if i := t.number("index"); i >= n {
		n = i
	}
	r.line, r.col = grid.Line{Row: n, Hidden: t.attrs["hidden"] == "1"}, 0
	w := &r.list[len(r.list)-1]
	if w.lines = append(w.lines, r.line); len(w.lines) > r.limits.Rows || n > r.limits.Rows {
		return grid.FileError(r.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	}
	return nil
}

func (r *webReader) startCell(t webTag) {
	r.inCell, r.within, r.value = true, r.tables, t.attrs["num"]
	r.style, r.kind, r.formula = t.attrs["styleid"], "", t.attrs["formula"] != ""
	r.text.Reset()
	r.crossing.cell(t)
	if i := t.number("index"); i > r.col {
		r.col = i - 1
	}
	for r.col < len(r.covered) && r.line.Row <= r.covered[r.col] {
		r.col++
	}
	r.across = t.span("colspan", 1) + t.span("mergeacross", 0)
	r.down = t.span("rowspan", 1) + t.span("mergedown", 0)
}

func (r *webReader) endCell() error {
	if r.inCell = false; r.line.Row == 0 {
		return nil
	}
	v := r.cellValue()
	v.Struck = v.Text != "" && (r.crossing.whole() || r.styles.struck[r.style])
	if v.Blank() && r.col+r.across >= r.limits.Columns {
		return nil
	}
	if r.line.Row > r.limits.Rows || r.col+r.across >= r.limits.Columns {
		return grid.FileError(r.name, "sheet.too_many_columns", judging.Args{
			"Row": r.line.Row, "Limit": r.limits.Columns,
		})
	}
	w := &r.list[len(r.list)-1]
	if r.across+r.down > 0 {
		w.areas = append(w.areas, grid.Area{
			Top: r.line.Row, Left: r.col, Bottom: r.line.Row + r.down, Right: r.col + r.across,
		})
		for len(r.covered) <= r.col+r.across {
			r.covered = append(r.covered, 0)
		}
		for i := r.col; i <= r.col+r.across && r.down > 0; i++ {
			r.covered[i] = r.line.Row + r.down
		}
	}
	if v != (grid.Cell{}) {
		l := &w.lines[len(w.lines)-1]
		if r.cells += r.col + 1 - len(l.Cells); r.cells > webCells {
			return grid.FileError(r.name, "sheet.too_big", judging.Args{"Part": "HTML", "Limit": webLimit >> 20})
		}
		l.Put(r.col, v)
	}
	r.col += r.across + 1
	return nil
}

func (r *webReader) cellText() string {
	text := html.UnescapeString(joinSpaces(r.text.String()))
	return strings.Trim(strings.ReplaceAll(text, "\x00", "\n"), " \n\u00a0")
}

// cellValue is the cell as the page shows it: a web page holds what is shown, and perhaps the number behind it; an XML
// spreadsheet holds the value and a format.
func (r *webReader) cellValue() grid.Cell {
	c := grid.Cell{Text: r.cellText()}
	switch {
	case r.kind != "":
		return r.styles.shown(c.Text, r.kind, r.style)
	case r.formula && c.Text == "":
		return grid.Cell{Kind: grid.FormulaCell}
	case errorNames[c.Text]:
		c.Kind = grid.ErrorCell
	}
	if f, err := strconv.ParseFloat(r.value, 64); err == nil {
		c.Kind = grid.NumberCell
		plain := numfmt.Plain(f)
		if c.Text == "" || exponential.MatchString(c.Text) { // no digits may be lost
			c.Text = plain
		}
		if c.Text != plain {
			c.Stored = plain
		}
	}
	return c
}
