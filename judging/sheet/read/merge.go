package read

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"fayi/judging/sheet/grid"
)

func parseArea(ref string) (grid.Area, bool) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		return grid.Area{}, false
	}
	r1, c1, ok1 := parseRef(from)
	r2, c2, ok2 := parseRef(to)
	return grid.Area{Top: min(r1, r2), Left: min(c1, c2), Bottom: max(r1, r2), Right: max(c1, c2)}, ok1 && ok2
}

// readMerges finds the merged cells of a worksheet part. They stand behind the rows, so the part is searched as
// bytes and only its tail is read as XML.
func readMerges(part io.Reader) ([]grid.Area, error) {
	rest, err := seekTag(part, "mergeCells")
	if err != nil || rest == nil {
		return nil, err
	}
	var list []grid.Area
	d := xml.NewDecoder(io.MultiReader(strings.NewReader("<m"), rest))
	for {
		t, err := d.RawToken()
		if err != nil {
			return grid.SortAreas(list), nil // a broken tail is reported when the rows are read
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "mergeCells" {
				return grid.SortAreas(list), nil
			}
		case xml.StartElement:
			if e.Name.Local != "mergeCell" || len(list) >= grid.MaxMerges {
				continue
			}
			if a, ok := parseArea(attr(e, "ref")); ok {
				list = append(list, a)
			}
		}
	}
}

// seekTag reads r up to the start tag called name, whatever its prefix, and returns what follows the name; nil
// where there is none.
func seekTag(r io.Reader, name string) (io.Reader, error) {
	word := []byte(name)
	buf := make([]byte, 0, 256<<10)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		for at := 0; ; {
			i := bytes.Index(buf[at:], word)
			if i < 0 {
				break
			}
			at += i
			if opensTag(buf[:at]) {
				return io.MultiReader(bytes.NewReader(buf[at+len(word):]), r), nil
			}
			at += len(word)
		}
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		keep := min(len(buf), 64)
		buf = buf[:copy(buf[:keep], buf[len(buf)-keep:])]
	}
}

// opensTag reports whether before ends in "<" or "<prefix:".
func opensTag(before []byte) bool {
	if bytes.HasSuffix(before, []byte(":")) {
		before = bytes.TrimRight(
			before[:len(before)-1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
		)
	}
	return bytes.HasSuffix(before, []byte("<"))
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// filler lays the value of a tall merged block over the cells below its first, row by row. Rows must come in order.
type filler struct {
	areas  []grid.Area // tall ones, by top
	active []filled
}

type filled struct {
	grid.Area
	value grid.Cell
}

func newFiller(areas []grid.Area) *filler {
	f := &filler{}
	for _, a := range areas {
		if a.Tall() {
			f.areas = append(f.areas, a)
		}
	}
	return f
}

func (f *filler) fill(l *grid.Line) {
	f.active = slices.DeleteFunc(f.active, func(a filled) bool { return a.Bottom < l.Row })
	for len(f.areas) > 0 && f.areas[0].Top < l.Row { // its first row was not there: nothing to lay
		f.areas = f.areas[1:]
	}
	for _, a := range f.active {
		if l.At(a.Left).Text == "" {
			v := a.value
			v.Fill = true
			l.Put(a.Left, v)
		}
	}
	for len(f.areas) > 0 && f.areas[0].Top == l.Row {
		if v := l.At(f.areas[0].Left); v.Text != "" && len(f.active) < grid.MaxColumns {
			f.active = append(f.active, filled{f.areas[0], v})
		}
		f.areas = f.areas[1:]
	}
}
