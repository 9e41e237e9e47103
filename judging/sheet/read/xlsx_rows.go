package read

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/tags"
)

// rowReader reads the rows of one worksheet part.
type rowReader struct {
	*xlsxSource
	*tags.Reader
	line grid.Line
	col  int // of the next cell that does not say where it stands

	valued  bool // the cell read last stores a value, be it blank
	formula bool // it has a formula
}

// Rows implements source.
func (x *xlsxSource) Rows(sheet int, yield func(grid.Line) error) error {
	part := x.list[sheet].Part
	p, err := x.open(part)
	if err != nil {
		return err
	}
	defer p.Close()
	r := &rowReader{xlsxSource: x, Reader: tags.New(p)}
	for {
		err := r.Next()
		if err == io.EOF {
			return grid.FileError(x.name, "sheet.truncated", nil) // a whole part ends with </sheetData>
		}
		if err == nil && r.Ends("sheetData") {
			return nil
		}
		if err == nil && r.Is("row") {
			err = r.row()
		} else if err == nil {
			continue
		}
		if err != nil {
			return x.broken(part, err)
		}
		if err := yield(r.line); err != nil {
			return err
		}
	}
}

func (r *rowReader) row() error {
	n := r.line.Row + 1
	if v, err := strconv.Atoi(string(r.Attr("r"))); err == nil {
		n = v
	}
	r.line.Row, r.line.Hidden, r.line.Cells, r.col = n, isTrue(string(r.Attr("hidden"))), r.line.Cells[:0], 0
	for !r.Ends("row") {
		if err := r.Next(); err != nil {
			return tags.Unexpected(err)
		}
		if r.Is("c") {
			if err := r.cell(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *rowReader) cell() error {
	if _, col, ok := parseRef(string(r.Attr("r"))); ok {
		r.col = col
	}
	col, kind, style := r.col, r.kind(), 0
	if s := r.Attr("s"); len(s) > 0 {
		style, _ = strconv.Atoi(string(s))
	}
	r.col++
	raw, code, err := r.content()
	if err != nil {
		return err
	}
	c := r.value(kind, style, raw)
	if strings.Contains(code, "DISPIMG") || strings.Contains(c.Text, "DISPIMG(") {
		return nil // a picture in a cell, as WPS keeps them, is no text
	}
	if r.formula && raw == "" && (kind == "" || !r.valued) && col < r.limits.Columns {
		r.line.Put(col, grid.Cell{Kind: grid.FormulaCell})
		return nil
	}
	if c.Text == "" && c.Stored == "" {
		return nil
	}
	c.Struck = r.strikes.Of(style)
	return r.limited(col, c)
}

// kind returns the type of a cell without keeping it: most are one of a few.
func (r *rowReader) kind() string {
	switch t := r.Attr("t"); string(t) {
	case "s":
		return "s"
	case "inlineStr":
		return "inlineStr"
	default:
		return string(t)
	}
}

// limited keeps the cell, or says which limit it breaks. Blanks beyond the limits are no content.
func (r *rowReader) limited(col int, c grid.Cell) error {
	switch {
	case col >= r.limits.Columns && strings.TrimSpace(c.Text) == "":
		return nil
	case r.line.Row < 1 || r.line.Row > r.limits.Rows:
		return grid.FileError(r.xlsxSource.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	case col >= r.limits.Columns:
		return grid.FileError(r.xlsxSource.name, "sheet.too_many_columns", judging.Args{
			"Row":   r.line.Row,
			"Limit": r.limits.Columns,
		})
	case len(c.Text) > r.limits.Cell:
		return grid.FileError(r.xlsxSource.name, "sheet.long_cell", judging.Args{
			"Row":    r.line.Row,
			"Column": grid.ColumnLetters(col),
		})
	}
	r.line.Put(col, c)
	return nil
}

// content reads the inside of a cell: its stored value or inline text, and its formula.
func (r *rowReader) content() (raw, code string, err error) {
	r.valued, r.formula = false, false
	if r.Empty {
		return "", "", nil
	}
	for {
		if err := r.Next(); err != nil {
			return "", "", tags.Unexpected(err)
		}
		switch {
		case r.End && string(r.Reader.Name) == "v":
			r.valued = true
			raw, err = r.Said()
		case r.Is("f"):
			r.formula = true
		case r.End && string(r.Reader.Name) == "f":
			code, err = r.Said()
		case r.Is("is"):
			raw, err = rich(r.Reader, "is")
		case r.End && string(r.Reader.Name) == "c":
			return raw, code, nil
		}
		if err != nil {
			return "", "", err
		}
	}
}

// value turns what is stored into a cell.
func (r *rowReader) value(kind string, style int, raw string) grid.Cell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if s, ok := r.shared.At(i); ok && err == nil {
			return grid.Cell{Text: r.formats.Of(style).Text(s)}
		}
		return grid.Cell{}
	case "str", "inlineStr":
		return grid.Cell{Text: r.formats.Of(style).Text(unescape(raw))}
	case "e":
		return grid.Cell{Text: raw, Kind: grid.ErrorCell}
	case "b":
		return grid.Truth(isTrue(raw))
	case "d":
		if f, ok := isoSerial(raw); ok {
			return grid.Number(f, r.formats.Of(style), false)
		}
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil {
		return grid.Cell{Text: raw}
	}
	return grid.Number(f, r.formats.Of(style), r.epoch1904)
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape undoes Excel's spelling of control characters, _x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return e
		}
		return string(rune(n))
	})
}
