package paper

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// The faces of official papers. A machine without one of them shows its own Song type instead: the character set of
// the font says so.
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

// The base font sets the unit of column widths; it is one that every system has, or a twin of the same widths, so
// that pages break alike.
const (
	faceBase   = "Arial"
	columnUnit = 8.0 // pixels: a digit of the base font at 11 points
	columnEdge = 5.0 // pixels that a column takes next to its units
)

// runeUnits is how wide r is in column units at size points: a Chinese character is as wide as its size, others a
// bit over half.
func runeUnits(r rune, size float64) float64 {
	em := size * 96 / 72 / columnUnit
	if r < 0x2E80 && r != '—' && r != '…' && r != '“' && r != '”' {
		return em * 0.56
	}
	return em
}

// textUnits estimates how wide s is when nothing wraps: the widest of its lines.
func textUnits(s string, size float64) float64 {
	var line, most float64
	for _, r := range s {
		if r == '\n' {
			line = 0
			continue
		}
		line += runeUnits(r, size)
		most = max(most, line)
	}
	return most
}

// typeReserve is how much wider than computed text may run: a program without the type named puts another in its
// place.
const typeReserve = 1.1

// textLines estimates on how many lines s stands in a column of width units; at least 1.
func textLines(s string, size, width float64) int {
	lines, used := 1, 0.0
	for _, r := range s {
		w := runeUnits(r, size)
		if r == '\n' {
			lines, used = lines+1, 0
			continue
		}
		if used > 0 && used+w > width {
			lines, used = lines+1, 0
		}
		used += w
	}
	return lines
}

// lineHeight is the height in points of a row of so many lines at size; Excel takes no more than 409.
func lineHeight(lines int, size float64) float64 {
	return min(math.Ceil(float64(lines)*size*1.35+6), 409)
}

// joinedUnits is the width of a cell merged over columns of widths.
func joinedUnits(widths []float64) float64 { return pixels(widths)/columnUnit - columnEdge/columnUnit }

// pixels is how wide a sheet with such columns is.
func pixels(widths []float64) float64 {
	sum := 0.0
	for _, w := range widths {
		sum += w*columnUnit + columnEdge
	}
	return sum
}
