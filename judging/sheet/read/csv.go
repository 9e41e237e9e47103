package read

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/sheet/delimited"
	"fayi/judging/sheet/grid"
	"fayi/judging/text"
)

// csvSource reads a text table as one sheet.
type csvSource struct {
	path    string
	name    string
	limits  grid.Limits
	charset encoding.Encoding // nil: UTF-8
	comma   rune
	oldMac  bool // lines end in a bare carriage return
}

// openCSV learns the character set and delimiter of a text table by reading it once.
func openCSV(path, name string, limits grid.Limits) (*csvSource, error) {
	c := &csvSource{path: path, name: name, limits: limits}
	f, err := regular.Open(path)
	if err != nil {
		return nil, grid.Unreadable(name, err)
	}
	defer f.Close()
	if c.charset, err = text.FindEncoding(f); err != nil {
		if isBinary(f) {
			return nil, grid.FileError(name, "sheet.not_text", nil).Because(err)
		}
		return nil, grid.FileError(name, "sheet.unknown_charset", nil).Because(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, grid.Unreadable(name, err)
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(c.decode(f), head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, grid.Unreadable(name, err)
	}
	start := string(head[:n])
	if strings.ContainsRune(start, 0) {
		return nil, grid.FileError(name, "sheet.unknown_format", nil)
	}
	c.oldMac = strings.Contains(start, "\r") && !strings.Contains(start, "\n")
	c.comma = delimited.FindComma(start)
	return c, nil
}

// isBinary reports whether a file holds control characters, as no text does.
func isBinary(f io.ReadSeeker) bool {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return false
	}
	head := make([]byte, 4096)
	n, _ := io.ReadFull(f, head)
	controls := 0
	for _, b := range head[:n] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A && b != 0x1B {
			controls++
		}
	}
	return controls*50 > n
}

func (c *csvSource) decode(r io.Reader) io.Reader {
	if c.charset != nil {
		r = transform.NewReader(r, c.charset.NewDecoder())
	}
	b := bufio.NewReader(r)
	if mark, _, err := b.ReadRune(); err == nil && mark != '\uFEFF' {
		_ = b.UnreadRune()
	}
	return b
}

// Sheets implements source.
func (c *csvSource) Sheets() []grid.SheetInfo { return []grid.SheetInfo{{}} }

// Merges implements source.
func (c *csvSource) Merges(int) ([]grid.Area, error) { return nil, nil }

// Rows implements source.
func (c *csvSource) Rows(_ int, yield func(grid.Line) error) error {
	f, err := regular.Open(c.path)
	if err != nil {
		return grid.Unreadable(c.name, err)
	}
	defer f.Close()
	decoded := c.decode(f)
	if c.oldMac {
		decoded = &lineEnds{decoded}
	}
	r := delimited.New(decoded, c.comma, 4*c.limits.Cell)
	var l grid.Line
	for next := 1; ; {
		rec, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if errors.Is(err, delimited.ErrTooLong) {
			return grid.FileError(c.name, "sheet.long_cell", judging.Args{"Row": next, "Column": grid.ColumnLetters(0)})
		}
		if err != nil {
			return grid.FileError(c.name, "sheet.broken", judging.Args{"Part": "csv"}).Because(err)
		}
		l.Row, next = next, next+1
		if len(rec) == 1 && rec[0] == "" || l.Row == 1 && strings.HasPrefix(rec[0], "sep=") {
			continue
		}
		if err := c.fill(&l, rec); err != nil {
			return err
		}
		if err := yield(l); err != nil {
			return err
		}
	}
}

func (c *csvSource) fill(l *grid.Line, rec []string) error {
	if l.Row > c.limits.Rows {
		return grid.FileError(c.name, "sheet.too_many_rows", judging.Args{"Limit": c.limits.Rows})
	}
	for len(rec) > c.limits.Columns && strings.TrimSpace(rec[len(rec)-1]) == "" {
		rec = rec[:len(rec)-1]
	}
	if len(rec) > c.limits.Columns {
		return grid.FileError(c.name, "sheet.too_many_columns", judging.Args{"Row": l.Row, "Limit": c.limits.Columns})
	}
	l.Cells = l.Cells[:0]
	for i, v := range rec {
		if len(v) > c.limits.Cell {
			return grid.FileError(c.name, "sheet.long_cell", judging.Args{
				"Row": l.Row, "Column": grid.ColumnLetters(i),
			})
		}
		if inner, ok := strings.CutPrefix(v, `="`); ok { // ="0013" keeps Excel from reading a number
			v = strings.TrimSuffix(inner, `"`)
		}
		kind := grid.TextCell
		if strings.HasPrefix(v, "#") && errorNames[v] {
			kind = grid.ErrorCell
		}
		l.Put(i, grid.Cell{Text: v, Kind: kind})
	}
	return nil
}

var errorNames = map[string]bool{
	"#REF!":   true,
	"#N/A":    true,
	"#NAME?":  true,
	"#VALUE!": true,
	"#DIV/0!": true,
	"#NULL!":  true,
	"#NUM!":   true,
}

// lineEnds turns carriage returns into newlines.
type lineEnds struct{ io.Reader }

// Read implements io.Reader.
func (l *lineEnds) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	for i, c := range b[:n] {
		if c == '\r' {
			b[i] = '\n'
		}
	}
	return n, err
}
