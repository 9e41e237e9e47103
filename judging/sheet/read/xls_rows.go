package read

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"

	"fayi/judging"
)

// textReader reads strings that may run over into the records that continue the first.
type textReader struct {
	parts [][]byte
	at    int               // within parts[0]
	bytes encoding.Encoding // of BIFF5, whose texts are bytes without options; nil: BIFF8
}

// need returns the next n bytes, which must not be cut by a record's end.
func (t *textReader) need(n int) ([]byte, error) {
	t.advance()
	if len(t.parts) == 0 || len(t.parts[0])-t.at < n {
		return nil, errBIFF
	}
	t.at += n
	return t.parts[0][t.at-n : t.at], nil
}

// advance goes on to the next record at the end of one.
func (t *textReader) advance() (crossed bool) {
	for len(t.parts) > 1 && t.at >= len(t.parts[0]) {
		t.parts, t.at, crossed = t.parts[1:], 0, true
	}
	return crossed
}

// plain reads a string with a 16-bit length.
func (t *textReader) plain() (string, error) {
	n, err := t.need(2)
	if err != nil {
		return "", err
	}
	return t.chars(int(u16(n)))
}

// chars reads the option byte and n characters.
func (t *textReader) chars(n int) (string, error) {
	if t.bytes != nil {
		raw, err := t.need(n)
		if err != nil {
			return "", err
		}
		text, err := t.bytes.NewDecoder().Bytes(raw)
		return string(text), err
	}
	flags, err := t.need(1)
	if err != nil {
		return "", err
	}
	return t.text(n, flags[0]&1 != 0)
}

// rich reads a string of the shared table, dropping its fonts and phonetic reading.
func (t *textReader) rich() (string, error) {
	head, err := t.need(3)
	if err != nil {
		return "", err
	}
	n, flags, skip := int(u16(head)), head[2], 0
	if flags&8 != 0 {
		runs, err := t.need(2)
		if err != nil {
			return "", err
		}
		skip += 4 * int(u16(runs))
	}
	if flags&4 != 0 {
		size, err := t.need(4)
		if err != nil {
			return "", err
		}
		skip += int(u32(size))
	}
	s, err := t.text(n, flags&1 != 0)
	if err != nil {
		return "", err
	}
	return s, t.skip(skip)
}

// text reads n characters of one or two bytes. A record that continues the string says again which.
func (t *textReader) text(n int, double bool) (string, error) {
	units := make([]uint16, 0, min(n, 1<<15))
	for len(units) < n {
		if t.advance() {
			flags, err := t.need(1)
			if err != nil {
				return "", err
			}
			double = flags[0]&1 != 0
		}
		size := 1
		if double {
			size = 2
		}
		b, err := t.need(size)
		if err != nil {
			return "", err
		}
		if double {
			units = append(units, u16(b))
		} else {
			units = append(units, uint16(b[0]))
		}
	}
	return string(utf16.Decode(units)), nil
}

func (t *textReader) skip(n int) error {
	for n > 0 {
		t.advance()
		if len(t.parts) == 0 || t.at >= len(t.parts[0]) {
			return errBIFF
		}
		step := min(n, len(t.parts[0])-t.at)
		t.at, n = t.at+step, n-step
	}
	return nil
}

// xlsRows gathers the cells of a sheet into rows.
type xlsRows struct {
	*xlsSource
	hidden map[int]bool
	line   Line
	text   int  // column of a formula whose text comes in the next record, -1: none
	struck bool // the cell being read
	yield  func(Line) error
}

func (x *xlsSource) rows(sheet int, yield func(Line) error) error {
	r := &xlsRows{xlsSource: x, hidden: map[int]bool{}, text: -1, yield: yield}
	if err := x.each(sheet, r.take); err != nil {
		return err
	}
	return r.end()
}

func (r *xlsRows) end() error {
	if r.line.Row == 0 {
		return nil
	}
	return r.yield(r.line)
}

// take reads one record of a sheet. Records too short for what they claim are left out.
func (r *xlsRows) take(rec biffRecord) error {
	d := rec.data()
	size, cellular := cellSizes[rec.kind]
	switch {
	case rec.kind == recRow && len(d) >= 14:
		if u16(d[12:])&0x20 != 0 {
			r.hidden[int(u16(d))+1] = true
		}
	case rec.kind == recString && r.text >= 0:
		t := textReader{parts: rec.parts, bytes: r.bytes}
		s, err := t.plain()
		if err != nil {
			return r.broken(err)
		}
		col := r.text
		r.text = -1
		return r.put(col, Cell{Text: s})
	case cellular && len(d) >= size:
		return r.cell(rec, int(u16(d))+1, int(u16(d[2:])))
	}
	return nil
}

// cellSizes are the least sizes of the records that hold cells.
var cellSizes = map[int]int{
	recLabelSST: 10,
	recNumber:   14,
	recRK:       10,
	recMulRK:    12,
	recBoolErr:  8,
	recFormula:  14,
	recLabel:    8,
	recRString:  8,
}

func (r *xlsRows) cell(rec biffRecord, row, col int) error {
	if row != r.line.Row {
		if err := r.end(); err != nil {
			return err
		}
		r.line.Row, r.line.Hidden, r.line.Cells = row, r.hidden[row], r.line.Cells[:0]
	}
	d := rec.data()
	format := int(u16(d[4:]))
	r.struck = r.strikes.of(format)
	switch rec.kind {
	case recLabelSST:
		s, _ := r.shared.at(int(u32(d[6:])))
		return r.put(col, Cell{Text: r.formats.of(format).Text(s)})
	case recLabel, recRString:
		t := textReader{parts: rec.parts, at: 6, bytes: r.bytes}
		s, err := t.plain()
		if err != nil {
			return r.broken(err)
		}
		return r.put(col, Cell{Text: r.formats.of(format).Text(s)})
	case recNumber:
		return r.put(col, r.number(f64(d[6:]), format))
	case recRK:
		return r.put(col, r.number(rk(u32(d[6:])), format))
	case recMulRK:
		for i := 4; i+8 <= len(d); i += 6 {
			if err := r.put(col, r.number(rk(u32(d[i+2:])), int(u16(d[i:])))); err != nil {
				return err
			}
			col++
		}
	case recBoolErr:
		return r.put(col, boolOrError(d[6], d[7] != 0))
	case recFormula:
		return r.formula(d, col, format)
	}
	return nil
}

// The options of a formula that ask for its value to be calculated when the file is opened.
const (
	alwaysCalculated = 1
	calculatedOnLoad = 2
)

// formula reads the stored value of a formula.
func (r *xlsRows) formula(d []byte, col, format int) error {
	if u16(d[12:]) != 0xFFFF {
		value := f64(d[6:])
		// Writers that cannot calculate store a zero and leave the rest to the program that opens the file.
		if value == 0 && len(d) >= 16 && u16(d[14:])&(alwaysCalculated|calculatedOnLoad) != 0 {
			return r.put(col, Cell{Kind: FormulaCell})
		}
		return r.put(col, r.number(value, format))
	}
	switch d[6] {
	case 0:
		r.text = col
	case 1, 2:
		return r.put(col, boolOrError(d[8], d[6] == 2))
	}
	return nil
}

func (r *xlsRows) put(col int, c Cell) error {
	switch {
	case c.Text == "" && c.Stored == "" && c.Kind != FormulaCell,
		col >= r.limits.Columns && strings.TrimSpace(c.Text) == "":
		return nil
	case r.line.Row > r.limits.Rows:
		return FileError(r.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	case col >= r.limits.Columns:
		return FileError(r.name, "sheet.too_many_columns", judging.Args{"Row": r.line.Row, "Limit": r.limits.Columns})
	case len(c.Text) > r.limits.Cell:
		return FileError(r.name, "sheet.long_cell", judging.Args{"Row": r.line.Row, "Column": ColumnLetters(col)})
	}
	c.Struck = r.struck
	r.line.put(col, c)
	return nil
}

func (r *xlsRows) number(f float64, style int) Cell {
	return shown(f, r.formats.of(style), r.epoch1904)
}

func f64(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk unpacks a number of 30 bits: an integer or the head of a float, perhaps in hundredths.
func rk(v uint32) float64 {
	f := float64(int32(v) >> 2)
	if v&2 == 0 {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

func boolOrError(v byte, isError bool) Cell {
	if isError {
		if name, ok := map[byte]string{
			0x00: "#NULL!",
			0x07: "#DIV/0!",
			0x0F: "#VALUE!",
			0x17: "#REF!",
			0x1D: "#NAME?",
			0x24: "#NUM!",
			0x2A: "#N/A",
		}[v]; ok {
			return Cell{Text: name, Kind: ErrorCell}
		}
		return Cell{Text: "#N/A", Kind: ErrorCell}
	}
	return truth(v != 0)
}
