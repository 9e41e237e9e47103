package read

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/sheet/numfmt"
)

type cellKind uint8

const (
	textCell cellKind = iota
	NumberCell
	DateCell
	ErrorCell   // text is the error's name, "#REF!"
	FormulaCell // a formula whose value the program that wrote it did not store; it has no text
)

// Cell is one value as the sheet shows it; the zero cell is blank.
type Cell struct {
	Text   string
	Stored string // the number behind the text, where the sheet shows it in another way; see Count
	Kind   cellKind
	Struck bool // the font is struck through: what stands there does not hold any more
	Fill   bool // the value was laid over the cell by a merge above it
}

// Count is what to calculate with: the text, but the number as it is stored where the format rounds it or groups its
// digits. 85.5 that is shown as 86 counts 85.5; what is shown as 0012 or 85% stays as it is shown.
func (c Cell) Count() string {
	if c.Stored == "" {
		return c.Text
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(c.Text, ",", ""), 64); err != nil {
		return c.Text
	}
	if strings.HasPrefix(c.Text, "0") && !strings.ContainsAny(c.Text+c.Stored, ".,") {
		return c.Text
	}
	return c.Stored
}

// blank reports whether nothing stands in the cell: spaces are no content.
func (c Cell) blank() bool { return c.Kind != FormulaCell && strings.TrimSpace(c.Text) == "" }

// exponential is a number as Excel shows it in a cell that is too narrow for its digits.
var exponential = regexp.MustCompile(`^-?\d(?:\.\d+)?[eE]\+?\d{1,3}$`)

// shown makes the cell of a number in a format.
func shown(f float64, format *numfmt.Format, epoch1904 bool) Cell {
	plain := numfmt.Plain(f)
	if format == nil {
		return Cell{Text: plain, Kind: NumberCell}
	}
	c := Cell{Text: format.Number(f, epoch1904), Kind: NumberCell}
	if c.Text != plain {
		c.Stored = plain
	}
	if format.Date() {
		c.Kind = DateCell
	}
	return c
}

// maxFormats is how many number formats of a book are taken apart; Excel makes a few hundred at most.
const maxFormats = 1024

// formats are the number formats of the cells of a book, by the index of the style that names them.
type formats struct {
	codes  map[int]string // those that the book brings
	styles []int          // style -> number of its format
	known  map[int]*numfmt.Format
}

// add appends a style.
func (f *formats) add(id int) {
	if len(f.styles) < 1<<17 {
		f.styles = append(f.styles, id)
	}
}

// code keeps a format that the book brings.
func (f *formats) code(id int, code string) {
	if f.codes == nil {
		f.codes = map[int]string{}
	}
	f.codes[id] = code
}

// of returns the format of a style; nil shows values as they are.
func (f *formats) of(style int) *numfmt.Format {
	if style < 0 || style >= len(f.styles) || f.styles[style] == 0 {
		return nil
	}
	id := f.styles[style]
	format, known := f.known[id]
	if known || len(f.known) >= maxFormats {
		return format
	}
	if code, own := f.codes[id]; own {
		format = numfmt.Parse(code)
	} else {
		format = numfmt.Builtin(id)
	}
	if f.known == nil {
		f.known = map[int]*numfmt.Format{}
	}
	f.known[id] = format
	return format
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
		if !c.Fill && !c.blank() {
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

// truth makes the cell of a logical value, as spreadsheet programs show it in every language but a few.
func truth(yes bool) Cell { return Cell{Text: strings.ToUpper(strconv.FormatBool(yes))} }

// isoSerial reads the date of a cell that keeps it as text (ISO 8601) as a serial of the system of 1900.
func isoSerial(text string) (serial float64, ok bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && t.Year() >= 1900 {
			return t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
		}
	}
	return 0, false
}
