package read

import (
	"bufio"
	"encoding/csv"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"fayi/judging"
	"fayi/judging/text"
)

// csvSource reads a text table as one sheet.
type csvSource struct {
	path    string
	name    string
	limits  Limits
	charset encoding.Encoding // nil: UTF-8
	comma   rune
	oldMac  bool // lines end in a bare carriage return
}

// openCSV learns the character set and delimiter of a text table by reading it once.
func openCSV(path, name string, limits Limits) (*csvSource, error) {
	c := &csvSource{path: path, name: name, limits: limits}
	f, err := os.Open(path)
	if err != nil {
		return nil, Unreadable(name, err)
	}
	defer f.Close()
	if c.charset, err = text.FindEncoding(f); err != nil {
		return nil, FileError(name, "sheet.unknown_charset", nil).Because(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, Unreadable(name, err)
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(c.decode(f), head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, Unreadable(name, err)
	}
	start := string(head[:n])
	if strings.ContainsRune(start, 0) {
		return nil, FileError(name, "sheet.unknown_format", nil)
	}
	c.oldMac = strings.Contains(start, "\r") && !strings.Contains(start, "\n")
	c.comma = FindComma(start)
	return c, nil
}

// Unreadable makes a judging error of a failure of the disk; name is the file's, for the message.
func Unreadable(name string, err error) error {
	e := FileError(name, "sheet.unreadable", nil).Because(err)
	e.Code = judging.Unavailable
	return e
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

// FindComma chooses the delimiter that parts the first lines into most cells, evenly.
func FindComma(text string) rune {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && rest != "" {
		return rune(rest[0])
	}
	if cut := strings.LastIndexAny(text, "\r\n"); cut > 0 && len(text) > 32<<10 {
		text = text[:cut]
	}
	best, most := ',', 0
	for _, comma := range ",;\t|" {
		r := csv.NewReader(strings.NewReader(strings.ReplaceAll(text, "\r", "\n")))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
		widths := map[int]int{}
		for range 100 {
			rec, err := r.Read()
			if err != nil {
				break
			}
			widths[len(rec)]++
		}
		for w, n := range widths {
			if score := (w - 1) * n; score > most {
				best, most = comma, score
			}
		}
	}
	return best
}

func (c *csvSource) sheets() []SheetInfo { return []SheetInfo{{}} }

func (c *csvSource) merges(int) ([]Area, error) { return nil, nil }

func (c *csvSource) rows(_ int, yield func(Line) error) error {
	f, err := os.Open(c.path)
	if err != nil {
		return Unreadable(c.name, err)
	}
	defer f.Close()
	decoded := c.decode(f)
	if c.oldMac {
		decoded = &lineEnds{decoded}
	}
	r := csv.NewReader(decoded)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = c.comma, -1, true, true
	var l Line
	ended := 0 // the last line of text of the record before
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return FileError(c.name, "sheet.broken", judging.Args{"Part": "csv"}).Because(err)
		}
		start, _ := r.FieldPos(0)
		l.Row += max(start-ended, 1) // empty lines are rows too, though the reader skips them
		last, _ := r.FieldPos(len(rec) - 1)
		ended = last + strings.Count(rec[len(rec)-1], "\n")
		if l.Row == 1 && strings.HasPrefix(rec[0], "sep=") {
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

func (c *csvSource) fill(l *Line, rec []string) error {
	if l.Row > c.limits.Rows {
		return FileError(c.name, "sheet.too_many_rows", judging.Args{"Limit": c.limits.Rows})
	}
	if len(rec) > c.limits.Columns {
		return FileError(c.name, "sheet.too_many_columns", judging.Args{"Row": l.Row, "Limit": c.limits.Columns})
	}
	l.Cells = l.Cells[:0]
	for i, v := range rec {
		if len(v) > c.limits.Cell {
			return FileError(c.name, "sheet.long_cell", judging.Args{"Row": l.Row, "Column": ColumnLetters(i)})
		}
		if inner, ok := strings.CutPrefix(v, `="`); ok { // ="0013" keeps Excel from reading a number
			v = strings.TrimSuffix(inner, `"`)
		}
		kind := textCell
		if strings.HasPrefix(v, "#") && errorNames[v] {
			kind = ErrorCell
		}
		l.put(i, Cell{Text: v, Kind: kind})
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

func (l *lineEnds) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	for i, c := range b[:n] {
		if c == '\r' {
			b[i] = '\n'
		}
	}
	return n, err
}
