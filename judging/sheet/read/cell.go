package read

import (
	"math"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
)

type cellKind uint8

const (
	textCell cellKind = iota
	NumberCell
	DateCell
	ErrorCell   // text is the error's name, "#REF!"
	FormulaCell // a formula whose value the program that wrote it did not store; only where Limits.Formulas asks
)

// Cell is one value as text; the zero cell is blank.
type Cell struct {
	Text string
	Kind cellKind
	Fill bool // the value was laid over the cell by a merge above it
	// the cell's font is struck through: what stands there does not hold any more
	Struck bool
}

// Line is one row: cells[i] stands in column i. It is valid only until the callback returns.
type Line struct {
	Row    int // from 1
	Hidden bool
	Cells  []Cell
}

// At is the cell of a column, counted from 0; an empty one beyond the last.
func (l Line) At(col int) Cell {
	if col < 0 || col >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[col]
}

// Copied is a copy that the next row does not overwrite.
func (l Line) Copied() Line {
	l.Cells = append([]Cell(nil), l.Cells...)
	return l
}

// Blank reports whether no cell of the line holds a value of its own.
func (l Line) Blank() bool {
	for _, c := range l.Cells {
		if c.Text != "" && !c.Fill && strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}

// put sets column col, growing the line as needed.
func (l *Line) put(col int, c Cell) {
	for len(l.Cells) <= col {
		l.Cells = append(l.Cells, Cell{})
	}
	l.Cells[col] = c
}

// NumberText writes a number as a person would: no exponent, no noise of binary fractions (15 digits are what Excel
// keeps).
func NumberText(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil || math.Abs(r) >= 1e21 || r != 0 && math.Abs(r) < 1e-9 {
		return strconv.FormatFloat(f, 'g', 15, 64)
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// DateText writes an Excel serial as 2020年5月12日, with the time of day where there is one; a serial below one day is
// a time alone.
func DateText(serial float64, epoch1904 bool) string {
	if math.IsNaN(serial) || serial < 0 || serial >= 2958466 {
		return NumberText(serial)
	}
	if serial < 1 {
		return clockText(serial)
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case epoch1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60: // Excel believes in 29 February 1900
		start = start.AddDate(0, 0, 1)
	}
	days, part := math.Modf(serial)
	text := start.AddDate(0, 0, int(days)).Format("2006年1月2日")
	if part > 0.5/86400 {
		text += " " + clockText(part)
	}
	return text
}

func clockText(day float64) string {
	s := min(int(math.Round(day*86400)), 86399)
	return strconv.Itoa(s/3600) + time.Unix(int64(s), 0).UTC().Format(":04:05")
}

// IsDateFormat reports whether a number format shows a date or a time: it has y, m, d, h or s outside quotes,
// brackets and escapes.
func IsDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '"':
			i = skipTo(code, i, '"')
		case code[i] == '[':
			end := skipTo(code, i, ']')
			if inner := strings.ToLower(code[i+1 : min(end, len(code))]); strings.Trim(inner, "hms") == "" &&
				inner != "" {
				return true
			}
			i = end
		case c == 'g' && len(code) >= i+7 && strings.EqualFold(code[i:i+7], "general"):
			i += 6
		case c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's':
			return true
		}
	}
	return false
}

func skipTo(s string, from int, end byte) int {
	if n := strings.IndexByte(s[from+1:], end); n >= 0 {
		return from + 1 + n
	}
	return len(s)
}

// isDateNumber reports whether a built-in number format shows a date or a time, those of Chinese Excel included.
func isDateNumber(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// ColumnLetters names column i (from 0) as Excel does: A, Z, AA.
func ColumnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// parseRef reads "AB12" as row 12 (from 1) and column 27 (from 0); ok is false for anything else.
func parseRef(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A'+1)
	}
	if i == 0 || i == len(ref) || len(ref)-i > 7 {
		return 0, 0, false
	}
	for _, c := range []byte(ref[i:]) {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col - 1, row >= 1 && row <= maxRows && col <= maxColumns
}

// FileError makes the error of a file that cannot be read.
func FileError(name, text string, args judging.Args) *judging.Error {
	if args == nil {
		args = judging.Args{}
	}
	args["File"] = name
	return judging.Fail(judging.Invalid, text, args)
}
