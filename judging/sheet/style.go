package sheet

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// The faces of official papers. A machine without one of them shows its own Song type instead: the character set of the font says so.
const (
	faceTitle = "方正小标宋简体"
	faceBody  = "仿宋"
	faceHead  = "黑体"
)

// look is how a cell is drawn; equal looks share one style.
type look struct {
	face   string
	size   float64 // points
	bold   bool
	across string // left, center, right
	top    bool   // at the top of the cell, else in its middle
	wrap   bool
	boxed  bool // thin black lines around
	open   bool // may be filled in on a protected sheet
	fill   string
	color  string
	format string // of numbers
}

// ink makes styles in one workbook, each once. The first error stays in err.
type ink struct {
	f   *excelize.File
	ids map[look]int
	err error
}

func newInk(f *excelize.File) *ink { return &ink{f: f, ids: map[look]int{}} }

// of returns the style of l.
func (k *ink) of(l look) int {
	if id, ok := k.ids[l]; ok {
		return id
	}
	id, err := k.f.NewStyle(l.style())
	if err != nil && k.err == nil {
		k.err = err
	}
	k.ids[l] = id
	return id
}

func (l look) style() *excelize.Style {
	chinese, upright := 134, "center"
	if l.top {
		upright = "top"
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: l.face, Size: l.size, Bold: l.bold, Color: l.color, Charset: &chinese},
		Alignment:  &excelize.Alignment{Horizontal: l.across, Vertical: upright, WrapText: l.wrap},
		Protection: &excelize.Protection{Locked: !l.open},
	}
	if l.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	return s
}

// cell is a value drawn in look l; text is cleaned for the file and never becomes a formula.
func (k *ink) cell(l look, v any) excelize.Cell {
	if s, ok := v.(string); ok {
		v = plainText(s)
	}
	return excelize.Cell{StyleID: k.of(l), Value: v}
}

// columnUnit is the width in pixels of one unit of a column's width: a digit of the workbook's base font.
const columnUnit = 7.0

// textUnits estimates how wide s is in column units at size points: a Chinese character is as wide as its size, others a bit over half.
// A text of several lines is as wide as its widest line.
func textUnits(s string, size float64) float64 {
	em := size * 96 / 72 / columnUnit
	var line, most float64
	for _, r := range s {
		switch {
		case r == '\n':
			line = 0
		case r < 0x2E80 && r != '—' && r != '…':
			line += em * 0.56
		default:
			line += em
		}
		most = max(most, line)
	}
	return most
}

// textLines estimates on how many lines s stands in a column of width units; at least 1.
func textLines(s string, size, width float64) int {
	room := max(width-0.8, 1)
	lines, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '\n' {
			lines += max(1, int(math.Ceil(textUnits(s[start:i], size)/room-1e-9)))
			start = i + 1
		}
	}
	return lines
}

// lineHeight is the height in points of a row of so many lines at size; Excel takes no more than 409.
func lineHeight(lines int, size float64) float64 {
	return min(math.Ceil(float64(lines)*size*1.35+6), 409)
}
