package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"fayi/judging"
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
		return nil, unreadable(name, err)
	}
	defer f.Close()
	if c.charset, err = findCharset(f); err != nil {
		return nil, fileError(name, "sheet.unknown_charset", nil).Because(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, unreadable(name, err)
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(c.decode(f), head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, unreadable(name, err)
	}
	text := string(head[:n])
	if strings.ContainsRune(text, 0) {
		return nil, fileError(name, "sheet.unknown_format", nil)
	}
	c.oldMac = strings.Contains(text, "\r") && !strings.Contains(text, "\n")
	c.comma = findComma(text)
	return c, nil
}

func unreadable(name string, err error) error {
	e := fileError(name, "sheet.unreadable", nil).Because(err)
	e.Code = judging.Unavailable
	return e
}

var errCharset = errors.New("neither UTF-8 nor GB18030")

// findCharset tells UTF-16 by its mark, UTF-8 by its form and GB18030 by a decoding without gaps; the whole file is the evidence.
func findCharset(f io.ReadSeeker) (encoding.Encoding, error) {
	mark := make([]byte, 2)
	if _, err := io.ReadFull(f, mark); err == nil && (string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff") {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	}
	for _, e := range []encoding.Encoding{nil, simplifiedchinese.GB18030} {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		r := io.Reader(f)
		if e != nil {
			r = transform.NewReader(f, e.NewDecoder())
		}
		ok, err := cleanUTF8(r, e != nil)
		if ok || err != nil {
			return e, err
		}
	}
	return nil, errCharset
}

// cleanUTF8 reports whether all of r is UTF-8; strict also refuses U+FFFD, with which decoders fill gaps.
func cleanUTF8(r io.Reader, strict bool) (bool, error) {
	buf := make([]byte, 128<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		part := buf[:kept+n]
		cut := len(part)
		for i := 1; i <= min(3, len(part)); i++ { // a character may go on in the next piece
			if c := part[len(part)-i]; utf8.RuneStart(c) {
				if !utf8.FullRune(part[len(part)-i:]) {
					cut -= i
				}
				break
			}
		}
		if !utf8.Valid(part[:cut]) || strict && bytes.ContainsRune(part[:cut], utf8.RuneError) {
			return false, nil
		}
		kept = copy(buf, part[cut:])
		if err == io.EOF {
			return kept == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
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

// findComma chooses the delimiter that parts the first lines into most cells, evenly.
func findComma(text string) rune {
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

func (c *csvSource) sheets() []sheetInfo        { return []sheetInfo{{}} }
func (c *csvSource) merges(int) ([]area, error) { return nil, nil }

func (c *csvSource) rows(_ int, yield func(line) error) error {
	f, err := os.Open(c.path)
	if err != nil {
		return unreadable(c.name, err)
	}
	defer f.Close()
	text := c.decode(f)
	if c.oldMac {
		text = &lineEnds{text}
	}
	r := csv.NewReader(text)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = c.comma, -1, true, true
	var l line
	ended := 0 // the last line of text of the record before
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fileError(c.name, "sheet.broken", judging.Args{"Part": "csv"}).Because(err)
		}
		start, _ := r.FieldPos(0)
		l.row += max(start-ended, 1) // empty lines are rows too, though the reader skips them
		last, _ := r.FieldPos(len(rec) - 1)
		ended = last + strings.Count(rec[len(rec)-1], "\n")
		if l.row == 1 && strings.HasPrefix(rec[0], "sep=") {
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

func (c *csvSource) fill(l *line, rec []string) error {
	if l.row > c.limits.Rows {
		return fileError(c.name, "sheet.too_many_rows", judging.Args{"Limit": c.limits.Rows})
	}
	if len(rec) > c.limits.Columns {
		return fileError(c.name, "sheet.too_many_columns", judging.Args{"Row": l.row, "Limit": c.limits.Columns})
	}
	l.cells = l.cells[:0]
	for i, v := range rec {
		if len(v) > c.limits.Cell {
			return fileError(c.name, "sheet.long_cell", judging.Args{"Row": l.row, "Column": columnLetters(i)})
		}
		if inner, ok := strings.CutPrefix(v, `="`); ok { // ="0013" keeps Excel from reading a number
			v = strings.TrimSuffix(inner, `"`)
		}
		kind := textCell
		if strings.HasPrefix(v, "#") && errorNames[v] {
			kind = errorCell
		}
		l.put(i, cell{text: v, kind: kind})
	}
	return nil
}

var errorNames = map[string]bool{"#REF!": true, "#N/A": true, "#NAME?": true, "#VALUE!": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true}

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
