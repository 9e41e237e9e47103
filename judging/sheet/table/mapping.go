package table

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// Mapping says how one sheet was understood. Rows count from 1.
type Mapping struct {
	File       string   `json:"file"`
	Sheet      string   `json:"sheet"`
	HeaderRows []int    `json:"header_rows"`
	FirstRow   int      `json:"first_row"`      // of the data
	Card       bool     `json:"card,omitempty"` // no table but a form for each work, labels next to values
	Columns    []Column `json:"columns"`
	// what stands above the table or in its name goes for every row that says nothing
	Defaults  map[Field]string `json:"defaults,omitempty"`
	Signature string           `json:"signature"` // the same for every sheet with the same headers
}

// Column is one column of a table and what it was taken for.
type Column struct {
	Index      int     `json:"-"` // from 0
	Letter     string  `json:"column"`
	Header     string  `json:"header"`
	Field      Field   `json:"field"`      // FieldNone: kept in Work.More under the header
	Confidence float64 `json:"confidence"` // 0-1; 1: the user said so, or the header is the field's own word
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
	now                map[Field]string // the defaults at the row being read: they change at section lines
	outer              Field            // which of category and group the section lines part first
	cards              []*record        // where the sheet is a form for each work
	notes              bool             // the rows being read are notes below the table
	spans              map[int]int      // by row: how many columns a merged block that begins there covers
	memo               map[Field]map[string]string
}

// column is a column while it is being understood.
type column struct {
	Column
	meaning
	asked  bool   // the user or an earlier reading said what it is
	tick   string // the category or group that a tick in this column means
	block  int    // merged block of the header it belongs to
	values []string
}

func (t *table) problem(row int, col *column, fatal bool, text string, args judging.Args) {
	p := judging.Problem{
		Place: judging.Place{File: t.File, Sheet: t.Sheet, Row: row},
		Text:  text,
		Args:  args,
		Fatal: fatal,
	}
	if col != nil {
		p.Column = col.Letter
	}
	t.problems = append(t.problems, p)
}

// understand reads the header of a sheet from its first rows; whole says that they are all there are.
func (w *window) understand(file, sheet string, whole bool, rules judging.Rules, opts ReadOptions) *table {
	t := &table{
		Mapping: Mapping{File: file, Sheet: sheet, Columns: []Column{}},
		rules:   rules,
		memo:    map[Field]map[string]string{},
	}
	t.categories, t.groups = categoryWords(rules), groupWords(rules)
	row := 0
	for _, c := range opts.Fixed {
		if c.concerns(t) && c.HeaderRow != 0 {
			row = c.HeaderRow
		}
		if c.Sheet == "" || c.Sheet == sheet {
			w.hear(c.Columns)
		}
	}
	var ok bool
	switch {
	case row < 0 && len(w.lines) > 0:
		t.heading, ok = w.headless(), true
	case row > 0:
		t.heading, ok = w.grown(w.read(row, row)), row-w.first < len(w.labels) && row >= w.first
	default:
		if t.heading, ok = w.remembered(opts.Known); ok {
			break
		}
		if cards, found := w.cards(); found && whole && w.voc.compound {
			t.cards = t.takeCards(w, cards)
			return t
		}
		t.heading, ok = w.findHeading()
	}
	if !ok {
		t.problem(w.first, nil, true, "sheet.no_header", judging.Args{
			"Wanted": w.voc.spelling(w.voc.wanted...),
			"Rows":   len(w.lines),
			"Cells":  w.texts(),
		})
		return t
	}
	w.columns(t)
	t.correct(opts)
	t.settle(w)
	if w.voc.compound && len(opts.Fixed) == 0 && t.listsJudges() {
		t.usable, t.problems = false, nil
		t.problem(t.heading.bottom, nil, true, "sheet.judges_list", nil)
	}
	return t
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

// remembered looks for a header that was read before.
func (w *window) remembered(known map[string]Mapping) (heading, bool) {
	if len(known) == 0 {
		return heading{}, false
	}
	for top := w.first; top-w.first < min(len(w.labels), windowRows); top++ {
		for height := 1; height <= 3; height++ {
			h := w.read(top, top+height-1)
			if m, ok := known[h.signature()]; ok && len(m.HeaderRows) == height {
				return h, true
			}
		}
	}
	return heading{}, false
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
	t.FirstRow = t.heading.bottom + 1
	for r := t.heading.top; r <= t.heading.bottom; r++ {
		t.HeaderRows = append(t.HeaderRows, r)
	}
	for i, m := range t.heading.means {
		c := &column{
			Column:  Column{Index: i, Letter: read.ColumnLetters(i), Field: m.field, Confidence: m.confidence},
			meaning: m,
			block:   w.block(t.heading.bottom, i),
		}
		var parts []string
		for _, p := range t.heading.labels[i] {
			parts = append(parts, shownHeader(p))
		}
		c.Header = strings.Join(parts, "/")
		for _, l := range w.lines {
			if v := l.At(i); l.Row >= t.FirstRow && !v.Fill && !isEmpty(v.Text) {
				c.values = append(c.values, judging.Tidy(v.Text))
			}
		}
		if c.Header != "" || len(c.values) > 0 {
			t.cols = append(t.cols, c)
		}
	}
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
	t.weigh(w.voc)
	t.settleRepeats(w.voc)
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
