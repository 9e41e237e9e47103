package biff

import (
	"encoding/binary"
	"math"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// sheetRows gathers the cells of a sheet into rows.
type sheetRows struct {
	*Source
	hidden map[int]bool
	line   grid.Line
	text   int  // column of a formula whose text comes in the next record, -1: none
	struck bool // the cell being read
	yield  func(grid.Line) error
}

// Rows calls yield for each row of a sheet that holds something.
func (x *Source) Rows(sheet int, yield func(grid.Line) error) error {
	r := &sheetRows{Source: x, hidden: map[int]bool{}, text: -1, yield: yield}
	if err := x.each(sheet, r.take); err != nil {
		return err
	}
	return r.end()
}

func (r *sheetRows) end() error {
	if r.line.Row == 0 {
		return nil
	}
	return r.yield(r.line)
}

// take reads one record of a sheet. Records too short for what they claim are left out.
func (r *sheetRows) take(rec record) error {
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
		return r.put(col, grid.Cell{Text: s})
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

func (r *sheetRows) cell(rec record, row, col int) error {
	if row != r.line.Row {
		if err := r.end(); err != nil {
			return err
		}
		r.line.Row, r.line.Hidden, r.line.Cells = row, r.hidden[row], r.line.Cells[:0]
	}
	d := rec.data()
	format := int(u16(d[4:]))
	r.struck = r.strikes.Of(format)
	switch rec.kind {
	case recLabelSST:
		s, _ := r.shared.At(int(u32(d[6:])))
		return r.put(col, grid.Cell{Text: r.formats.Of(format).Text(s)})
	case recLabel, recRString:
		t := textReader{parts: rec.parts, at: 6, bytes: r.bytes}
		s, err := t.plain()
		if err != nil {
			return r.broken(err)
		}
		return r.put(col, grid.Cell{Text: r.formats.Of(format).Text(s)})
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
func (r *sheetRows) formula(d []byte, col, format int) error {
	if u16(d[12:]) != 0xFFFF {
		value := f64(d[6:])
		// Writers that cannot calculate store a zero and leave the rest to the program that opens the file.
		if value == 0 && len(d) >= 16 && u16(d[14:])&(alwaysCalculated|calculatedOnLoad) != 0 {
			return r.put(col, grid.Cell{Kind: grid.FormulaCell})
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

func (r *sheetRows) put(col int, c grid.Cell) error {
	switch {
	case c.Text == "" && c.Stored == "" && c.Kind != grid.FormulaCell,
		col >= r.limits.Columns && strings.TrimSpace(c.Text) == "":
		return nil
	case r.line.Row > r.limits.Rows:
		return grid.FileError(r.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	case col >= r.limits.Columns:
		return grid.FileError(r.name, "sheet.too_many_columns", judging.Args{
			"Row": r.line.Row, "Limit": r.limits.Columns,
		})
	case len(c.Text) > r.limits.Cell:
		return grid.FileError(r.name, "sheet.long_cell", judging.Args{
			"Row": r.line.Row, "Column": grid.ColumnLetters(col),
		})
	}
	c.Struck = r.struck
	r.line.Put(col, c)
	return nil
}

func (r *sheetRows) number(f float64, style int) grid.Cell {
	return grid.Number(f, r.formats.Of(style), r.epoch1904)
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

func boolOrError(v byte, isError bool) grid.Cell {
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
			return grid.Cell{Text: name, Kind: grid.ErrorCell}
		}
		return grid.Cell{Text: "#N/A", Kind: grid.ErrorCell}
	}
	return grid.Truth(v != 0)
}
