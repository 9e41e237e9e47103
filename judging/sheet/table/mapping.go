package table

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/read"
)

// Mapping says how one sheet was understood. Rows count from 1.
type Mapping struct {
	File       string `json:"file"`
	Sheet      string `json:"sheet"`
	HeaderRows []int  `json:"header_rows"`
	FirstRow   int    `json:"first_row"` // of the data
	// the table lies on its side: rows are columns, and the other way round
	Sideways bool     `json:"sideways,omitempty"`
	Card     bool     `json:"card,omitempty"` // no table but a form for each work, labels next to values
	Columns  []Column `json:"columns"`
	// what stands above the table or in its name goes for every row that says nothing
	Defaults map[Field]string `json:"defaults,omitempty"`
	// what rows that say nothing got, or may get, from elsewhere
	Proposals []propose.Proposal `json:"proposals,omitempty"`
	Signature string             `json:"signature"` // the same for every sheet with the same headers
}

// Column is one column of a table and what it was taken for.
type Column struct {
	Index      int     `json:"-"` // from 0
	Letter     string  `json:"column"`
	Header     string  `json:"header"`
	Field      Field   `json:"field"`      // FieldNone: kept in Work.More under the header
	Confidence float64 `json:"confidence"` // 0-1; 1: the user said so, or the header is the field's own word
	// what spoke for and against the field, to be shown
	Why []Reason `json:"why,omitempty"`
}

// Of returns the columns that mean field.
func (m Mapping) Of(field Field) []Column {
	var list []Column
	for _, c := range m.Columns {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}

// ReadOptions say what to read and what is known about it beforehand. The zero value reads all sheets by evidence.
type ReadOptions struct {
	Sheet string             // only this sheet; "": all
	Fixed []Correction       // later ones stand above earlier ones
	Known map[string]Mapping // by signature: how such sheets were read before
	// called with the account of each sheet that holds text, once it is read
	Account func(ledger.Account)
	Fill    propose.Choices // what a person says of values for rows that say nothing
	Host    string          // who runs the contest: their name above a table names no sender

	aside map[string]bool // sheets that are not read
}

// table is a sheet that was understood, or the problems that kept it from being.
type table struct {
	Mapping
	cols     []*column
	heading  heading
	problems []judging.Problem
	usable   bool
	rules    judging.Rules

	categories, groups []named
	now                map[Field]propose.Said   // what lines above the row being read say: it changes at section lines
	said               map[Field][]propose.Said // what title and names say for all rows, nearest first
	ledger             propose.Ledger
	bare               int          // rows without unit and sender
	seal               propose.Said // a unit's name alone below the rows
	outer              Field        // which of category and group the section lines part first
	cards              []*record    // where the sheet is a form for each work
	notes              bool         // the rows being read are notes below the table
	host               string
	spans              map[int]int // by row: how many columns a merged block that begins there covers
	memo               map[Field]map[string]string

	above   *table    // the table above on the same sheet
	heard   heard     // what goes for the tables below too
	held    []*record // that wait for a line below the table to name their sender
	over    bool      // too many are held to wait any longer
	byIndex []*column // of each column of the sheet, nil where the table has none
	filled  bool      // there are values below the head
	dittos  map[*column]int
	told    bool // tellSummary did
}

// column is a column while it is being understood.
type column struct {
	Column
	meaning
	asked  bool   // the user or an earlier reading said what it is
	tick   string // the category or group that a tick in this column means
	block  int    // merged block of the header it belongs to
	values []string
	last   read.Cell // what it said last, for 同上
}

func (t *table) problem(row int, col *column, fatal bool, text string, args judging.Args) {
	t.problems = append(t.problems, t.placed(row, col, judging.Problem{Text: text, Args: args, Fatal: fatal}))
}

// placed puts a problem at a row and, unless it is nil, a column of the table; one on its side has them the other way
// round.
func (t *table) placed(row int, c *column, p judging.Problem) judging.Problem {
	p.Place = judging.Place{File: t.File, Sheet: t.Sheet, Row: row}
	if c != nil {
		p.Column = c.Letter
	}
	if t.Sideways {
		p.Row, p.Column = 0, read.ColumnLetters(max(row, 1)-1)
		if c != nil {
			p.Row = c.Index + 1
		}
	}
	return p
}

func newTable(file, sheet string, rules judging.Rules, opts ReadOptions) *table {
	t := &table{
		Mapping: Mapping{File: file, Sheet: sheet, Columns: []Column{}},
		rules:   rules,
		memo:    map[Field]map[string]string{},
		host:    opts.Host,
	}
	t.ledger = propose.Ledger{File: file, Sheet: sheet, Choices: opts.Fill}
	t.categories, t.groups = categoryWords(rules), groupWords(rules)
	return t
}

// newTable understands a table by its head, the first of heads; without one it tells what is missing. first says that
// no table stands above it.
func (p *part) newTable(w *window, heads []heading, first bool) *table {
	t := newTable(p.book.Name(), p.info.Name, p.rules, p.opts)
	t.above, t.Sideways = p.last, p.turned
	ok := len(heads) > 0
	if ok {
		t.heading = heads[0]
	} else {
		t.heading, ok = w.weakHeading()
	}
	if !ok {
		t.heading = heading{top: w.first, bottom: w.first - 1}
		t.problem(w.first, nil, true, "sheet.no_header", judging.Args{
			"Wanted": w.voc.spelling(w.voc.wanted...),
			"Rows":   len(w.lines),
			"Cells":  w.texts(),
		})
		return t
	}
	w.columns(t)
	if t.heading.foreign() && (!first || len(heads) > 1) {
		t.problem(t.heading.top, nil, true, "sheet.other_table", judging.Args{
			"Row":    t.heading.top,
			"Wanted": w.voc.spelling(w.voc.wanted...),
			"Found":  t.found(),
		})
		return t
	}
	t.correct(p.opts, first)
	t.settle(w)
	if w.voc.compound && len(p.opts.Fixed) == 0 && t.listsJudges() {
		t.usable, t.problems = false, nil
		t.problem(t.heading.bottom, nil, true, "sheet.judges_list", nil)
	}
	if w.voc.compound && len(p.opts.Fixed) == 0 {
		t.recogniseOwn()
	}
	return t
}

// headerRow tells the header row that the user gave for a sheet.
func (o ReadOptions) headerRow(sheet string) (row int, given bool) {
	for _, c := range o.Fixed {
		if (c.Sheet == "" || c.Sheet == sheet) && c.Signature == "" && c.HeaderRow != 0 {
			row, given = c.HeaderRow, true
		}
	}
	return row, given
}

// judgeWords stand in the heads of lists of judges and in no list of works.
var judgeWords = []string{"专长", "评审件数", "负荷上限", "件数上限", "评委姓名", "专家姓名", "评委类别"}

// listsJudges reports whether the table is a list of judges: a head says so and none speaks of a work.
func (t *table) listsJudges() bool {
	judges := false
	for _, c := range t.cols {
		own := foldHeader(c.Header[strings.LastIndex(c.Header, "/")+1:])
		if strings.Contains(own, "作品") || strings.Contains(own, "题目") || strings.Contains(own, "标题") {
			return false
		}
		judges = judges || slices.ContainsFunc(judgeWords, func(w string) bool { return strings.Contains(own, w) })
	}
	return judges
}

// hear takes what the user says of columns as evidence for where the header is.
func (w *window) hear(columns map[string]Field) {
	if w.said == nil {
		w.said = map[string]Field{}
	}
	for key, f := range columns {
		w.said[strings.ToUpper(key)] = f
		w.said[foldHeader(key)] = f
	}
}

// headless returns the header of a table that has none.
func (w *window) headless() heading {
	h := heading{top: w.first, bottom: w.first - 1, labels: make([][]string, w.width), means: make([]meaning, w.width)}
	for c := range w.width {
		if f, ok := w.said[read.ColumnLetters(c)]; ok {
			h.means[c] = meaning{field: f, confidence: 1, role: roleOf(f)}
		}
	}
	return h
}

func (w *window) texts() int {
	n := 0
	for _, l := range w.lines {
		for _, c := range l.Cells {
			if c.Text != "" && !c.Fill {
				n++
			}
		}
	}
	return n
}

// remembers reports whether a head of the window was read before.
func (w *window) remembers() bool {
	if len(w.opts.Known) == 0 {
		return false
	}
	for top := w.first; top-w.first < min(len(w.labels), windowRows); top++ {
		for height := 1; height <= 3; height++ {
			if w.trust(w.read(top, top+height-1)) > 0 {
				return true
			}
		}
	}
	return false
}

func (h heading) signature() string {
	sum := sha256.New()
	for i, parts := range h.labels {
		for _, p := range parts {
			sum.Write([]byte(read.ColumnLetters(i) + "\x1f" + foldHeader(p) + "\x1e"))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// columns takes the columns over from the header, with their first values.
func (w *window) columns(t *table) {
	t.Signature = t.heading.signature()
	letter := read.ColumnLetters
	if t.Sideways {
		letter = func(index int) string { return strconv.Itoa(index + 1) }
	}
	t.FirstRow = t.heading.bottom + 1
	for r := t.heading.top; r <= t.heading.bottom; r++ {
		t.HeaderRows = append(t.HeaderRows, r)
	}
	lines := slices.DeleteFunc(w.values(t.FirstRow), func(l read.Line) bool { return t.repeatsHeader(valuesOf(l)) })
	for i, m := range t.heading.means {
		c := &column{
			Column:  Column{Index: i, Letter: letter(i), Field: m.field, Confidence: m.confidence},
			meaning: m,
			block:   w.block(t.heading.bottom, i),
		}
		var parts []string
		for _, p := range t.heading.labels[i] {
			parts = append(parts, shownHeader(p))
		}
		c.Header = strings.Join(parts, "/")
		for _, l := range lines {
			if v := l.At(i); !v.Fill && !isEmpty(v.Text) && !t.repeats(v.Text) {
				c.values = append(c.values, judging.Tidy(v.Text))
				t.filled = true
			}
		}
		if c.Header != "" || len(c.values) > 0 {
			t.cols = append(t.cols, c)
		}
	}
	t.byIndex = make([]*column, len(t.heading.means))
	for _, c := range t.cols {
		t.byIndex[c.Index] = c
	}
}

// at returns the column of an index, nil where the table has none.
func (t *table) at(index int) *column {
	if index < len(t.byIndex) {
		return t.byIndex[index]
	}
	return nil
}

// shownHeader cleans a header for people: without numbering, colon, and the remarks that form tools add.
func shownHeader(s string) string {
	s = strings.TrimRight(numbering.ReplaceAllString(judging.Tidy(s), ""), ":：*")
	for _, remark := range []string{"必填", "选填", "自动", "单选", "多选", "必选"} {
		for _, b := range []string{"（" + remark + "）", "(" + remark + ")", "【" + remark + "】", "[" + remark + "]"} {
			s = strings.ReplaceAll(s, b, "")
		}
	}
	return strings.TrimSpace(s)
}

// settle ends the understanding: contents as evidence, repeats, what must be there; then the columns are reported.
func (t *table) settle(w *window) {
	t.usable = true
	t.assign(w.voc)
	t.preamble(w)
	t.demand(w.voc)
	for _, c := range t.cols {
		t.Columns = append(t.Columns, c.Column)
	}
}

func (t *table) of(field Field) []*column {
	var list []*column
	for _, c := range t.cols {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}
