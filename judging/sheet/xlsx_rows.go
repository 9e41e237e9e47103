package sheet

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// rowReader reads the rows of one worksheet part.
type rowReader struct {
	*xlsxSource
	d    *xml.Decoder
	line line
	col  int // of the next cell that does not say where it stands
}

func (x *xlsxSource) rows(sheet int, yield func(line) error) error {
	part := x.list[sheet].part
	r, err := x.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	rr := &rowReader{xlsxSource: x, d: xml.NewDecoder(r)}
	for {
		t, err := rr.d.RawToken()
		if err == io.EOF {
			return fileError(x.name, "sheet.truncated", nil) // a whole part ends with </sheetData>
		}
		if err != nil {
			return x.broken(part, err)
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				return nil
			}
		case xml.StartElement:
			if e.Name.Local != "row" {
				continue
			}
			if err := rr.row(e); err != nil {
				return x.broken(part, err)
			}
			if err := yield(rr.line); err != nil {
				return err
			}
		}
	}
}

func (r *rowReader) row(e xml.StartElement) error {
	n := r.line.row + 1
	if v, err := strconv.Atoi(attr(e, "r")); err == nil {
		n = v
	}
	r.line.row, r.line.hidden, r.line.cells, r.col = n, isTrue(attr(e, "hidden")), r.line.cells[:0], 0
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if e.Name.Local == "c" {
				if err := r.cell(e); err != nil {
					return err
				}
			}
		}
	}
}

func (r *rowReader) cell(e xml.StartElement) error {
	kind, style := "", 0
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			if _, col, ok := parseRef(a.Value); ok {
				r.col = col
			}
		case "t":
			kind = a.Value
		case "s":
			style, _ = strconv.Atoi(a.Value)
		}
	}
	raw, formula, err := r.content()
	if err != nil {
		return err
	}
	col := r.col
	r.col++
	c := r.value(kind, style, raw)
	if c.text == "" || strings.Contains(formula, "DISPIMG") || strings.Contains(c.text, "DISPIMG(") {
		return nil // a picture in a cell, as WPS keeps them, is no text
	}
	return r.limited(col, c)
}

// limited keeps the cell, or says which limit it breaks.
func (r *rowReader) limited(col int, c cell) error {
	switch {
	case r.line.row < 1 || r.line.row > r.limits.Rows:
		return fileError(r.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	case col >= r.limits.Columns:
		return fileError(r.name, "sheet.too_many_columns", judging.Args{"Row": r.line.row, "Limit": r.limits.Columns})
	case len(c.text) > r.limits.Cell:
		return fileError(r.name, "sheet.long_cell", judging.Args{"Row": r.line.row, "Column": columnLetters(col)})
	}
	r.line.put(col, c)
	return nil
}

// content reads the inside of a cell: its stored value or inline text, and its formula.
func (r *rowReader) content() (raw, formula string, err error) {
	in := ""
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return "", "", err
		}
		switch e := t.(type) {
		case xml.StartElement:
			in = e.Name.Local
			if in == "is" {
				if raw, err = richText(r.d, "is"); err != nil {
					return "", "", err
				}
			}
		case xml.CharData:
			switch in {
			case "v":
				raw += string(e)
			case "f":
				formula += string(e)
			}
		case xml.EndElement:
			if in = ""; e.Name.Local == "c" {
				return raw, formula, nil
			}
		}
	}
}

// value turns what is stored into a cell.
func (r *rowReader) value(kind string, style int, raw string) cell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if s, ok := r.shared.at(i); ok && err == nil {
			return cell{text: s}
		}
		return cell{}
	case "str", "inlineStr":
		return cell{text: unescape(raw)}
	case "e":
		return cell{text: raw, kind: errorCell}
	case "b":
		return cell{text: map[bool]string{true: "是", false: "否"}[isTrue(raw)]}
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil {
		return cell{text: raw} // t="d" holds an ISO date
	}
	if style >= 0 && style < len(r.dates) && r.dates[style] {
		return cell{text: dateText(f, r.epoch1904), kind: dateCell}
	}
	return cell{text: numberText(f), kind: numberCell}
}

// richText joins the runs of a string up to the end tag, without phonetic readings.
func richText(d *xml.Decoder, end string) (string, error) {
	var text []byte
	inText, phonetic := false, false
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch e := t.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "t"
			phonetic = phonetic || e.Name.Local == "rPh"
		case xml.CharData:
			if inText && !phonetic {
				text = append(text, e...)
			}
		case xml.EndElement:
			inText = false
			switch e.Name.Local {
			case "rPh":
				phonetic = false
			case end:
				return unescape(string(text)), nil
			}
		}
	}
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
