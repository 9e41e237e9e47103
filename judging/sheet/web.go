package sheet

import (
	"bytes"
	"html"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/transform"

	"fayi/judging"
	"fayi/judging/text"
)

// webSource holds the tables of a web page or of an XML spreadsheet of 2003. Many office systems write one and call it xls.
type webSource struct {
	name   string
	limits Limits
	list   []webSheet
}

type webSheet struct {
	sheetInfo
	lines []line
	areas []area
}

// webLimit bounds the pages that are read: they stand in memory as a whole.
const webLimit = 32 << 20

func openWeb(f *os.File, size int64, name string, limits Limits) (*webSource, error) {
	if size > min(webLimit, limits.File) {
		return nil, fileError(name, "sheet.too_big", judging.Args{"Part": "HTML", "Limit": webLimit >> 20})
	}
	charset, err := text.FindEncoding(io.NewSectionReader(f, 0, size))
	if err != nil {
		return nil, fileError(name, "sheet.unknown_charset", nil).Because(err)
	}
	r := io.Reader(io.NewSectionReader(f, 0, size))
	if charset != nil {
		r = transform.NewReader(r, charset.NewDecoder())
	}
	text, err := io.ReadAll(io.LimitReader(r, 2*webLimit))
	if err != nil {
		return nil, unreadable(name, err)
	}
	s := &webSource{name: name, limits: limits}
	if err := (&webReader{webSource: s}).read(string(text)); err != nil {
		return nil, err
	}
	if len(s.list) == 0 {
		return nil, fileError(name, "sheet.not_workbook", judging.Args{"Kind": "HTML"})
	}
	return s, nil
}

func (s *webSource) sheets() []sheetInfo {
	var list []sheetInfo
	for _, w := range s.list {
		list = append(list, w.sheetInfo)
	}
	return list
}

func (s *webSource) merges(sheet int) ([]area, error) { return sortAreas(s.list[sheet].areas), nil }

func (s *webSource) rows(sheet int, yield func(line) error) error {
	for _, l := range s.list[sheet].lines {
		if err := yield(l.copied()); err != nil {
			return err
		}
	}
	return nil
}

var (
	webNoise = regexp.MustCompile(`(?is)<!--.*?-->|<(script|style|head)\b.*?</(?:script|style|head)\s*>`)
	webTag   = regexp.MustCompile(`(?i)<(/?)(?:ss:)?([a-z][a-z0-9]*)\b((?:[^>"']|"[^"]*"|'[^']*')*)>`)
	webSpace = regexp.MustCompile(`[ \t\r\n]+`)
)

// webReader walks the tags of a page. Rows of web tables are tr, td and th; those of XML spreadsheets Row and Cell, which may say where they stand.
type webReader struct {
	*webSource
	line      line
	col       int
	inCell    bool
	taken     map[[2]int]bool // cells that a merge from a row above or the left covers
	value     string          // the cell's exact number, where the page gives one
	text      strings.Builder
	across    int
	down      int
	worksheet bool
}

func (r *webReader) read(page string) error {
	page = webNoise.ReplaceAllString(page, "")
	at := 0
	for {
		m := webTag.FindStringSubmatchIndex(page[at:])
		if m == nil {
			return nil
		}
		if r.inCell {
			r.text.WriteString(page[at : at+m[0]])
		}
		closes, name, attrs := m[2] < m[3], strings.ToLower(page[at+m[4]:at+m[5]]), page[at+m[6]:at+m[7]]
		at += m[1]
		if err := r.tag(name, attrs, closes, strings.HasSuffix(attrs, "/")); err != nil {
			return err
		}
	}
}

func (r *webReader) tag(name, attrs string, closes, empty bool) error {
	switch name {
	case "worksheet":
		if r.worksheet = true; !closes {
			return r.sheet(webAttr(attrs, "name"))
		}
	case "table":
		if !closes && !r.worksheet && len(r.list) == 0 {
			return r.sheet("")
		}
	case "tr", "row":
		if r.inCell { // cells need not be closed
			if err := r.endCell(); err != nil {
				return err
			}
		}
		if len(r.list) > 0 && (!closes || empty) {
			return r.row(attrs)
		}
	case "td", "th", "cell":
		if r.inCell {
			if err := r.endCell(); err != nil {
				return err
			}
		}
		if !closes && len(r.list) > 0 {
			r.startCell(attrs)
		}
		if empty {
			return r.endCell()
		}
	case "br", "p", "div":
		if r.inCell {
			r.text.WriteString("\x00") // a line end; those of the page's source are spaces
		}
	}
	return nil
}

func (r *webReader) sheet(name string) error {
	if len(r.list) >= maxSheets {
		return fileError(r.name, "sheet.broken", judging.Args{"Part": "HTML"})
	}
	r.list = append(r.list, webSheet{sheetInfo: sheetInfo{name: html.UnescapeString(name)}})
	r.line, r.taken = line{}, map[[2]int]bool{}
	return nil
}

func (r *webReader) row(attrs string) error {
	n := r.line.row + 1
	if i, err := strconv.Atoi(webAttr(attrs, "index")); err == nil && i >= n {
		n = i
	}
	r.line, r.col = line{row: n, hidden: webAttr(attrs, "hidden") == "1"}, 0
	w := &r.list[len(r.list)-1]
	if w.lines = append(w.lines, r.line); len(w.lines) > r.limits.Rows || n > r.limits.Rows {
		return fileError(r.name, "sheet.too_many_rows", judging.Args{"Limit": r.limits.Rows})
	}
	return nil
}

func (r *webReader) startCell(attrs string) {
	r.inCell, r.value = true, webAttr(attrs, "num")
	r.text.Reset()
	if i, err := strconv.Atoi(webAttr(attrs, "index")); err == nil && i > r.col {
		r.col = i - 1
	}
	for r.taken[[2]int{r.line.row, r.col}] {
		r.col++
	}
	r.across = webSpan(attrs, "colspan", 1) + webSpan(attrs, "mergeacross", 0)
	r.down = webSpan(attrs, "rowspan", 1) + webSpan(attrs, "mergedown", 0)
}

// webSpan reads how many cells more than one a cell covers.
func webSpan(attrs, name string, less int) int {
	n, err := strconv.Atoi(webAttr(attrs, name))
	if err != nil {
		return 0
	}
	return min(max(n-less, 0), 256)
}

func (r *webReader) endCell() error {
	if r.inCell = false; r.line.row == 0 {
		return nil
	}
	if r.line.row > r.limits.Rows || r.col+r.across >= r.limits.Columns {
		return fileError(r.name, "sheet.too_many_columns", judging.Args{"Row": r.line.row, "Limit": r.limits.Columns})
	}
	w := &r.list[len(r.list)-1]
	if r.across+r.down > 0 && len(r.taken) < 1<<20 {
		w.areas = append(w.areas, area{r.line.row, r.col, r.line.row + r.down, r.col + r.across})
		for i := range r.down {
			for j := range r.across + 1 {
				r.taken[[2]int{r.line.row + 1 + i, r.col + j}] = true
			}
		}
	}
	if text := r.cellText(); text != "" {
		w.lines[len(w.lines)-1].put(r.col, cell{text: text})
	}
	r.col += r.across + 1
	return nil
}

func (r *webReader) cellText() string {
	if f, err := strconv.ParseFloat(r.value, 64); err == nil {
		return numberText(f)
	}
	text := webSpace.ReplaceAllString(r.text.String(), " ")
	return strings.Trim(strings.ReplaceAll(html.UnescapeString(text), "\x00", "\n"), " \n\u00a0")
}

// webAttr returns an attribute's value, whatever its prefix.
func webAttr(attrs, name string) string {
	low := []byte(attrs)
	for i, c := range low { // strings.ToLower may change lengths
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	for at := 0; ; {
		i := bytes.Index(low[at:], []byte(name+"="))
		if i < 0 {
			return ""
		}
		i += at
		if i == 0 || strings.ContainsRune(" \t\r\n:\"'", rune(low[i-1])) {
			return webQuoted(attrs[i+len(name)+1:])
		}
		at = i + 1
	}
}

func webQuoted(s string) string {
	if s == "" {
		return ""
	}
	if q := s[0]; q == '"' || q == '\'' {
		v, _, _ := strings.Cut(s[1:], string(q))
		return v
	}
	if end := strings.IndexAny(s, " \t\r\n"); end >= 0 {
		s = s[:end]
	}
	return strings.TrimSuffix(s, "/")
}
