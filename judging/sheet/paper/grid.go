package paper

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging/sheet/grid"
	"fayi/judging/text"
)

// Grid is a plain worksheet: rows of cells as they are to stand there. A cell is a string, a number, a bool, a
// time.Time or nil; a string is always written as text, also when it begins with = + - @.
type Grid struct {
	Name   string
	Rows   [][]any
	Merges []string  // ranges, as "A1:N1"
	Widths []float64 // of the columns from A, in characters; 0 leaves a column as it is

	// Head is the row of the table's heads, from 1. A sheet with one can be printed: A4 across, as wide as the page,
	// the heads on every page, page x of y below; columns without a width get what they hold, and lines above the
	// heads go over the whole table. 0 leaves the sheet as plain as a person's own.
	Head  int
	Words Words // of the foot of such a sheet
}

// WriteGrids writes a workbook of plain sheets. Equal grids give equal bytes. Errors: those of w, and of ranges
// that are not valid.
func WriteGrids(w io.Writer, grids []Grid) error {
	f := excelize.NewFile()
	defer f.Close()
	names := make([]string, len(grids))
	taken := map[string]bool{}
	for i, g := range grids {
		names[i] = safeSheetName(g.Name, taken)
	}
	if err := nameSheets(f, names); err != nil {
		return err
	}
	k := newInk(f)
	for i, g := range grids {
		if g.Head > 0 {
			if err := setPrinting(f, names[i], printing{repeat: g.Head}, g.Words); err != nil {
				return err
			}
			g.Widths = g.fitting()
		}
		if err := writeGrid(f, names[i], g, k); err != nil {
			return err
		}
	}
	if k.err != nil {
		return k.err
	}
	return writeBook(w, f, "")
}

// columns is how many the longest row has.
func (g Grid) columns() int {
	n := 0
	for _, row := range g.Rows {
		n = max(n, len(row))
	}
	return n
}

// A column of a sheet that can be printed takes between so many characters.
const gridLeast, gridMost = 6.0, 34.0

// fitting returns the widths of the columns: those that were given, else what the table's cells need.
func (g Grid) fitting() []float64 {
	out := make([]float64, g.columns())
	copy(out, g.Widths)
	for i, given := range out {
		if given > 0 {
			continue
		}
		out[i] = gridLeast
		for _, row := range g.Rows[g.Head-1:] {
			if i < len(row) && row[i] != nil {
				out[i] = max(out[i], min(textUnits(fmt.Sprint(row[i]), bodySize)*typeReserve+1.2, gridMost))
			}
		}
	}
	return out
}

var (
	lookGridCell = look{face: faceBase, size: bodySize, wrap: true}
	lookGridHead = look{face: faceBase, size: bodySize, wrap: true, bold: true}
)

// drawn returns row i, from 1, as it stands on a sheet that can be printed, and its height in points.
func (g Grid) drawn(k *ink, i int, row []any) ([]any, float64) {
	l := lookGridCell
	if i == g.Head {
		l = lookGridHead
	}
	cells, lines := make([]any, len(row)), 1
	for j, v := range row {
		width := g.Widths[j]
		if i < g.Head {
			width = joinedUnits(g.Widths)
		}
		if v != nil {
			cells[j] = k.cell(l, v)
			lines = max(lines, textLines(fmt.Sprint(v), bodySize*typeReserve, width))
		}
	}
	return cells, lineHeight(lines, bodySize)
}

func writeGrid(f *excelize.File, name string, g Grid, k *ink) error {
	columns := g.columns()
	sw, err := newStream(f, name, columns, len(g.Rows))
	if err != nil {
		return err
	}
	for i, width := range g.Widths {
		if width > 0 {
			if err := sw.SetColWidth(i+1, i+1, width); err != nil {
				return err
			}
		}
	}
	for i, row := range g.Rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if g.Head == 0 {
			err = sw.SetRow(at, plainRow(row))
		} else {
			cells, height := g.drawn(k, i+1, row)
			err = sw.SetRow(at, cells, excelize.RowOpts{Height: height})
			if err == nil && i+1 < g.Head && len(row) == 1 && columns > 1 {
				err = sw.MergeCell(at, grid.Ref(columns, i+1))
			}
		}
		if err != nil {
			return err
		}
	}
	for _, m := range g.Merges {
		from, to, _ := strings.Cut(m, ":")
		if err := sw.MergeCell(from, to); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func plainRow(row []any) []any {
	for i, v := range row {
		if s, ok := v.(string); ok && s != plainText(s) {
			row = slices.Clone(row)
			for j := i; j < len(row); j++ {
				if s, ok := row[j].(string); ok {
					row[j] = plainText(s)
				}
			}
			return row
		}
	}
	return row
}

// plainText takes out what does not belong on paper.
func plainText(s string) string { return text.Written(s) }

// newStream begins to write a sheet of so many columns and rows; some readers look no farther than the size that a
// sheet says it has.
func newStream(f *excelize.File, sheet string, columns, rows int) (*excelize.StreamWriter, error) {
	if columns > 0 && rows > 0 {
		if err := f.SetSheetDimension(sheet, span(1, columns, 1, rows)); err != nil {
			return nil, err
		}
	}
	return f.NewStreamWriter(sheet)
}

// nameSheets gives a new workbook the sheets called names, in that order.
func nameSheets(f *excelize.File, names []string) error {
	if err := f.SetDefaultFont(faceBase); err != nil {
		return err
	}
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
			continue
		}
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
	}
	return nil
}

// writeBook writes f so that equal content gives equal bytes: no time, no user, parts in order.
func writeBook(w io.Writer, f *excelize.File, title string) error {
	const never = "2020-01-01T00:00:00Z"
	props := &excelize.DocProperties{
		Creator:        "Fayi",
		LastModifiedBy: "Fayi",
		Title:          plainText(title),
		Created:        never,
		Modified:       never,
	}
	if err := f.SetDocProps(props); err != nil {
		return err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "Fayi"}); err != nil {
		return err
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &steadyZip{w, map[string]*bytes.Buffer{}} })
	return f.Write(w)
}

// steadyZip keeps all parts until Close and writes them sorted, the list of types first as readers expect, without
// times.
type steadyZip struct {
	w     io.Writer
	parts map[string]*bytes.Buffer
}

// Create begins the part called name.
func (z *steadyZip) Create(name string) (io.Writer, error) {
	z.parts[name] = new(bytes.Buffer)
	return z.parts[name], nil
}

// AddFS is never asked for here.
func (z *steadyZip) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the archive.
func (z *steadyZip) Close() error {
	const first = "[Content_Types].xml"
	out := zip.NewWriter(z.w)
	names := slices.SortedFunc(maps.Keys(z.parts), func(a, b string) int {
		if (a == first) != (b == first) {
			if a == first {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		part, err := out.Create(name)
		if err != nil {
			return err
		}
		data := z.parts[name].Bytes()
		if name == first {
			if data, err = sortedTypes(data); err != nil {
				return err
			}
		}
		if _, err := part.Write(data); err != nil {
			return err
		}
	}
	return out.Close()
}

// typeList is the list of a workbook's parts by ECMA-376 part 2.
type typeList struct {
	XMLName  xml.Name    `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []typeEntry `xml:"Default"`
	Override []typeEntry `xml:"Override"`
}

type typeEntry struct {
	Extension   string `xml:",attr,omitempty"`
	PartName    string `xml:",attr,omitempty"`
	ContentType string `xml:",attr"`
}

// sortedTypes puts the entries of the list of types in order; excelize appends those of several charts in the order of
// a map.
func sortedTypes(data []byte) ([]byte, error) {
	var list typeList
	if err := xml.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	for _, entries := range [][]typeEntry{list.Default, list.Override} {
		slices.SortFunc(entries, func(a, b typeEntry) int {
			return cmp.Or(strings.Compare(a.Extension, b.Extension), strings.Compare(a.PartName, b.PartName))
		})
	}
	sorted, err := xml.Marshal(list)
	return append([]byte(xml.Header), sorted...), err
}
