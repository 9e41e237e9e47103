package read

import (
	"bytes"
	"errors"
	"html"
	"io"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/tags"
)

// odsCells is the most cells of a document that are kept; rows and cells that the file repeats count each time.
const odsCells = 1 << 22

// openODS opens a workbook of OpenDocument, as LibreOffice and WPS write it.
func openODS(x *xlsxSource) (source, error) {
	if x.manifestSays("encryption-data") {
		return nil, grid.FileError(x.name, "sheet.encrypted", nil)
	}
	part, err := x.open("content.xml")
	if err != nil {
		return nil, err
	}
	defer part.Close()
	s, err := readODS(part, x.name, x.limits)
	if err != nil {
		return nil, x.broken("content.xml", err)
	}
	if s == nil { // a text or a drawing
		return nil, x.foreign()
	}
	s.macros = x.Macros()
	return s, nil
}

// Macros reports whether the document holds macros.
func (s *webSource) Macros() bool { return s.macros }

// openFlatODS opens a document that is one XML file.
func openFlatODS(page []byte, name string, limits grid.Limits) (*webSource, error) {
	s, err := readODS(bytes.NewReader(page), name, limits)
	var told *judging.Error
	switch {
	case errors.As(err, &told):
		return nil, err
	case err != nil:
		return nil, grid.FileError(name, "sheet.broken", judging.Args{"Part": "fods"}).Because(err)
	case s == nil:
		return nil, grid.FileError(name, "sheet.not_workbook", judging.Args{"Kind": "OpenDocument"})
	}
	return s, nil
}

// manifestSays reports whether the list of parts of an OpenDocument file holds a word.
func (x *xlsxSource) manifestSays(word string) bool {
	if x.parts["meta-inf/manifest.xml"] == nil {
		return false
	}
	part, err := x.open("meta-inf/manifest.xml")
	if err != nil {
		return false
	}
	defer part.Close()
	text, err := io.ReadAll(io.LimitReader(part, 1<<20))
	return err == nil && bytes.Contains(text, []byte(word))
}

// odsReader walks the tags of a spreadsheet in OpenDocument (ISO/IEC 26300), where a cell holds its value and what is
// shown of it.
type odsReader struct {
	*tags.Reader
	*webSource
	hidden  map[string]bool // styles of tables that are not shown
	struck  map[string]bool // styles whose text is struck through
	style   string          // that is being read
	started bool            // a spreadsheet, not a text
	line    grid.Line
	repeat  int // how often the row stands there
	cells   int
	cell    odsCell
	open    bool   // within a cell
	span    string // style of the part of a cell's text that is being read
	aside   int    // within a note or a drawing, whose text does not belong to the cell
}

// odsCell is a cell being read.
type odsCell struct {
	kind, value    string
	formula        bool
	covered        bool
	style          string
	plain, crossed bool // text of the cell that is not struck through, and text that is
	repeat         int
	across, down   int
	text           strings.Builder
	paragraphs     int
	inText, spaced bool
}

// readODS reads all tables of a content part; nil where it is no spreadsheet.
func readODS(part io.Reader, name string, limits grid.Limits) (*webSource, error) {
	r := &odsReader{Reader: tags.New(part), webSource: &webSource{name: name, limits: limits}}
	r.hidden, r.struck = map[string]bool{}, map[string]bool{}
	for {
		err := r.Next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = r.tag()
		}
		if err != nil {
			return nil, err
		}
	}
	if !r.started {
		return nil, nil
	}
	if len(r.list) == 0 {
		return nil, grid.FileError(name, "sheet.no_sheets", nil)
	}
	return r.webSource, nil
}

func (r *odsReader) attrText(name string) string { return html.UnescapeString(string(r.Attr(name))) }

// count reads an attribute that repeats or spans.
func (r *odsReader) count(name string) int {
	n, err := strconv.Atoi(string(r.Attr(name)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, grid.MaxRows)
}

func (r *odsReader) tag() error {
	name := string(r.Reader.Name)
	if r.open {
		return r.inCell(name)
	}
	switch {
	case r.Is("spreadsheet"):
		r.started = true
	case r.Is("style"):
		r.style = r.attrText("style:name")
	case r.Is("table-properties") && string(r.Attr("table:display")) == "false":
		r.hidden[r.style] = true
	case r.Is("text-properties"):
		r.strikes()
	case r.Is("table") && r.started:
		return r.table()
	case len(r.list) == 0:
	case r.Is("table-row"):
		hidden := string(r.Attr("table:visibility"))
		r.line.Hidden = hidden == "collapse" || hidden == "filter"
		r.line.Row++
		r.line.Cells, r.repeat = r.line.Cells[:0], r.count("table:number-rows-repeated")
		if r.Empty {
			return r.endRow()
		}
	case r.Ends("table-row"):
		return r.endRow()
	case r.Is("table-cell"), r.Is("covered-table-cell"):
		return r.startCell(name)
	}
	return nil
}

// strikes notes that the style being read strikes text through.
func (r *odsReader) strikes() {
	for _, a := range []string{"style:text-line-through-style", "style:text-line-through-type"} {
		if v := r.attrText(a); v != "" && v != "none" && len(r.struck) < grid.MaxFonts {
			r.struck[r.style] = true
		}
	}
}

func (r *odsReader) table() error {
	if len(r.list) >= grid.MaxSheets {
		return grid.FileError(r.webSource.name, "sheet.broken", judging.Args{"Part": "ODS"})
	}
	style := r.attrText("table:style-name")
	info := grid.SheetInfo{Name: r.attrText("table:name"), Hidden: r.hidden[style]}
	r.list = append(r.list, webSheet{SheetInfo: info})
	r.line = grid.Line{}
	return nil
}

// endRow keeps the row, as often as it stands there; rows without text only count.
func (r *odsReader) endRow() error {
	if r.line.Row == 0 || r.repeat == 0 {
		return nil
	}
	n := len(r.line.Cells)
	for n > 0 && r.line.Cells[n-1].Blank() {
		n--
	}
	repeat := r.repeat
	r.repeat = 0
	if n == 0 {
		r.line.Row += repeat - 1
		return nil
	}
	if r.line.Row+repeat-1 > r.limits.Rows {
		return grid.FileError(r.webSource.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	}
	if r.cells += n * repeat; r.cells > odsCells {
		return grid.FileError(r.webSource.name, "sheet.too_big", judging.Args{
			"Part": "ODS", "Limit": r.limits.Unzipped >> 20,
		})
	}
	cells := append([]grid.Cell(nil), r.line.Cells[:n]...)
	w := &r.list[len(r.list)-1]
	for i := range repeat {
		w.lines = append(w.lines, grid.Line{Row: r.line.Row + i, Hidden: r.line.Hidden, Cells: cells})
	}
	r.line.Row += repeat - 1
	return nil
}
