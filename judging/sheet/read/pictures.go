package read

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// Picture is a picture that lies in a cell of a worksheet, or over it.
type Picture struct {
	Place judging.Place                 // of the cell
	Name  string                        // made up: sheet, row and number within the row
	Size  int64                         // bytes; Open never gives more
	Open  func() (io.ReadCloser, error) // while the book is open
}

const (
	maxPictures    = 5_000
	maxPictureSize = 64 << 20
)

// Pictures lists the pictures of all sheets by sheet and row: those that lie over cells, and those that WPS keeps
// in cells (DISPIMG). Only xlsx workbooks have any. What can't be found or read is a problem, and the others are
// reported all the same.
func (b *Book) Pictures() (list []Picture, problems []judging.Problem) {
	x, ok := b.source.(*xlsxSource)
	if !ok {
		return nil, nil
	}
	g := &gallery{x: x, book: path.Dir(x.bookPart())}
	defer func() {
		if p := recover(); p != nil {
			list, problems = g.named(), append(g.problems, judging.Problem{
				Place: judging.Place{File: b.name},
				Text:  "sheet.bad_pictures",
			})
		}
	}()
	g.inCells()
	for i := range x.list {
		g.sheet(x.list[i])
	}
	return g.named(), g.problems
}

// gallery gathers pictures.
type gallery struct {
	x        *xlsxSource
	book     string            // folder of the workbook's part
	cells    map[string]string // WPS's name of a picture -> part
	found    []placed
	problems []judging.Problem
}

// placed is a picture's part with its cell.
type placed struct {
	sheet    string
	row, col int // from 1
	part     string
}

// named makes pictures of what was found, each part of a cell once.
func (g *gallery) named() []Picture {
	slices.SortStableFunc(g.found, func(a, b placed) int {
		return cmp.Or(
			cmp.Compare(g.order(a.sheet), g.order(b.sheet)), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col),
		)
	})
	var out []Picture
	n := 0
	for i, p := range slices.Compact(g.found) {
		if n++; i == 0 ||
			len(out) > 0 && (out[len(out)-1].Place.Row != p.row || out[len(out)-1].Place.Sheet != p.sheet) {
			n = 1
		}
		f := g.x.parts[p.part]
		out = append(out, Picture{
			Place: judging.Place{File: g.x.name, Sheet: p.sheet, Row: p.row},
			Name:  fmt.Sprintf("%s-%d-%d%s", p.sheet, p.row, n, path.Ext(p.part)),
			Size:  int64(f.UncompressedSize64),
			Open:  func() (io.ReadCloser, error) { return g.open(f) },
		})
	}
	return out
}

func (g *gallery) order(sheet string) int {
	return slices.IndexFunc(g.x.list, func(s grid.SheetInfo) bool { return s.Name == sheet })
}

func (g *gallery) open(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, grid.FileError(g.x.name, "sheet.broken", judging.Args{"Part": path.Base(f.Name)}).Because(err)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, int64(f.UncompressedSize64)), r}, nil
}

// add keeps a picture whose part is there and not too big.
func (g *gallery) add(p placed) {
	f := g.x.parts[p.part]
	at := judging.Place{File: g.x.name, Sheet: p.sheet, Row: p.row}
	switch {
	case f == nil:
		g.problems = append(g.problems, judging.Problem{Place: at, Text: "sheet.picture_missing"})
	case f.UncompressedSize64 > maxPictureSize, len(g.found) >= maxPictures:
		g.problems = append(g.problems, judging.Problem{
			Place: at,
			Text:  "sheet.picture_too_big",
			Args:  judging.Args{"MaxMB": maxPictureSize >> 20, "Max": maxPictures},
		})
	default:
		g.found = append(g.found, p)
	}
}

// sheet gathers the pictures of one worksheet.
func (g *gallery) sheet(s grid.SheetInfo) {
	err := g.inSheet(s)
	for _, drawing := range slices.Sorted(maps.Values(g.x.relations(
		relationsOf(s.Part), path.Dir(s.Part), "/drawing",
	))) {
		if e := g.drawing(s.Name, drawing); err == nil {
			err = e
		}
	}
	if err != nil {
		g.problems = append(g.problems, judging.Problem{
			Place: judging.Place{File: g.x.name, Sheet: s.Name},
			Text:  "sheet.bad_pictures",
		})
	}
}

func relationsOf(part string) string { return path.Dir(part) + "/_rels/" + path.Base(part) + ".rels" }

// anchor is where a picture lies: its corners' cells, from 0.
type anchor struct {
	from, to, col int
	embed         string
}

// row is the row, from 1, that a picture belongs to: the one it begins in, or for one that reaches over several the
// one in its middle.
func (a anchor) row() int {
	if a.to > a.from+1 {
		return (a.from+a.to)/2 + 1
	}
	return a.from + 1
}

// drawing gathers the pictures that lie over cells.
func (g *gallery) drawing(sheet, part string) error {
	images := g.x.relations(relationsOf(part), path.Dir(part), "/image")
	var a anchor
	var within, field string
	return g.tokens(part, func(t xml.Token) {
		switch e := t.(type) {
		case xml.StartElement:
			switch field = e.Name.Local; field {
			case "twoCellAnchor", "oneCellAnchor":
				a = anchor{from: -1, to: -1}
			case "from", "to":
				within = field
			case "blip":
				a.embed = attr(e, "embed")
			}
		case xml.CharData:
			n, err := strconv.Atoi(strings.TrimSpace(string(e)))
			switch {
			case err != nil || n < 0 || n > grid.MaxRows:
			case field == "row" && within == "from":
				a.from = n
			case field == "row" && within == "to":
				a.to = n
			case field == "col" && within == "from":
				a.col = n + 1
			}
		case xml.EndElement:
			field = ""
			if l := e.Name.Local; (l == "twoCellAnchor" || l == "oneCellAnchor") && a.from >= 0 && a.embed != "" {
				g.add(placed{sheet, a.row(), a.col, images[a.embed]})
			}
		}
	})
}

// inCells learns the pictures that WPS keeps next to the sheets, by the names that cells call them by.
func (g *gallery) inCells() {
	part := g.book + "/cellimages.xml"
	images := g.x.relations(relationsOf(part), g.book, "/image")
	g.cells = map[string]string{}
	name := ""
	err := g.tokens(part, func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok {
			switch e.Name.Local {
			case "cNvPr":
				name = attr(e, "name")
			case "blip":
				g.cells[name] = images[attr(e, "embed")]
			}
		}
	})
	if err != nil {
		g.problems = append(g.problems, judging.Problem{
			Place: judging.Place{File: g.x.name},
			Text:  "sheet.bad_pictures",
		})
	}
}

var dispImg = regexp.MustCompile(`(?i)DISPIMG\(\s*"([^"]{1,80})"`)

// inSheet finds the cells whose formula shows a picture of WPS.
func (g *gallery) inSheet(s grid.SheetInfo) error {
	if len(g.cells) == 0 {
		return nil
	}
	var at string
	return g.tokens(s.Part, func(t xml.Token) {
		switch e := t.(type) {
		case xml.StartElement:
			if e.Name.Local == "c" {
				at = attr(e, "r")
			}
		case xml.CharData:
			m := dispImg.FindSubmatch(e)
			if col, row, ok := cellPlace(at); m != nil && ok {
				g.add(placed{s.Name, row, col, g.cells[string(m[1])]})
				at = "" // the value next to the formula says the same
			}
		}
	})
}

// cellPlace reads a cell's name, as "C12"; both count from 1.
func cellPlace(name string) (col, row int, ok bool) {
	i := strings.IndexAny(name, "0123456789")
	if i < 1 || i > 3 {
		return 0, 0, false
	}
	for _, r := range strings.ToUpper(name[:i]) {
		if r < 'A' || r > 'Z' {
			return 0, 0, false
		}
		col = col*26 + int(r-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	return col, row, err == nil && row > 0 && row <= grid.MaxRows
}

// tokens calls yield for each piece of a part. An absent part has none.
func (g *gallery) tokens(part string, yield func(xml.Token)) error {
	if g.x.parts[part] == nil {
		return nil
	}
	r, err := g.x.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return g.x.broken(part, err)
		}
		yield(t)
	}
}
