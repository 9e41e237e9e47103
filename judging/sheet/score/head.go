package score

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// filledTable says what stands in which column of a filled sheet, from 0; -1 where there is not one.
type filledTable struct {
	code, title                        int
	marks                              []markColumn
	total                              markColumn
	confidence, comment, state, reason int
	flags, flagNote                    int
	letters                            map[string]string // see FilledBallot.Columns
	heads                              []string          // of columns that mean nothing else, "" where one does
	row                                int               // of the head
	fitted                             map[string]*fittedTable
}

type markColumn struct {
	col  int
	name string
	most string // the greatest mark, as the head says

	words map[string]float64 // that stand for marks, folded
}

// Spellings of heads, folded; the catalogue's own are among them.
var (
	CodeHeads       = []string{"作品编号", "编号", "work", "workno.", "code"}
	TitleHeads      = []string{"作品名称", "title"}
	TotalHeads      = []string{"合计", "总分", "total"}
	ConfidenceHeads = []string{"把握", "把握程度", "confidence"}
	CommentHeads    = []string{"评语", "comment"}
	StateHeads      = []string{"状态", "state"}
	ReasonHeads     = []string{"说明", "reason"}
)

// rangedHead is a head with a range of marks, as markHead writes it; programs may have changed the line break or
// the dash.
var rangedHead = regexp.MustCompile(`(?s)^(.+?)\s*0\s*[-–—−~～]\s*(\d+(?:\.\d+)?)$`)

// findScoreHead reads l as the head of a table of scores; nil when it is not one. With titled, code and title are
// enough, since the heads of marks may have been typed again. twice names a column whose head stands there already.
func findScoreHead(l grid.Line, titled bool) (t *filledTable, twice string) {
	if !slices.ContainsFunc(l.Cells, func(c grid.Cell) bool { return IsHead(c.Text, CodeHeads) }) {
		return nil, ""
	}
	t = &filledTable{
		code:       -1,
		title:      -1,
		total:      markColumn{col: -1},
		confidence: -1,
		comment:    -1,
		state:      -1,
		reason:     -1,
		flags:      -1,
		flagNote:   -1,
		letters:    map[string]string{},
		heads:      make([]string, len(l.Cells)),
		row:        l.Row,
		fitted:     map[string]*fittedTable{},
	}
	for i, c := range l.Cells {
		if !t.take(i, c.Text) && twice == "" {
			twice = grid.ColumnLetters(i)
		}
	}
	if len(t.marks) == 0 && (!titled || t.title < 0) {
		return nil, ""
	}
	return t, twice
}

// take gives column i its meaning by its head; false when another column has that meaning already.
func (t *filledTable) take(i int, text string) bool {
	t.heads[i] = text
	if m := rangedHead.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		return t.takeMarks(markColumn{col: i, name: strings.TrimSpace(m[1]), most: m[2]})
	}
	first, _, _ := strings.Cut(text, "\n")
	for _, h := range []struct {
		heads []string
		col   *int
	}{
		{CodeHeads, &t.code}, {TitleHeads, &t.title}, {ConfidenceHeads, &t.confidence}, {CommentHeads, &t.comment},
		{StateHeads, &t.state}, {ReasonHeads, &t.reason}, {FlagHeads, &t.flags}, {FlagNoteHeads, &t.flagNote},
	} {
		if IsHead(first, h.heads) {
			t.heads[i] = ""
			if *h.col >= 0 {
				return false
			}
			*h.col = i
		}
	}
	if IsHead(first, TotalHeads) && t.total.col < 0 { // typed again without its range
		t.heads[i] = ""
		t.total, t.letters[""] = markColumn{col: i, name: strings.TrimSpace(first)}, grid.ColumnLetters(i)
	}
	return true
}

func (t *filledTable) takeMarks(m markColumn) bool {
	if IsHead(m.name, TotalHeads) {
		t.heads[m.col] = ""
		if t.total.col >= 0 {
			return false
		}
		t.total, t.letters[""] = m, grid.ColumnLetters(m.col)
		return true
	}
	if _, twice := t.letters[m.name]; twice {
		return false
	}
	t.marks = append(t.marks, m)
	t.letters[m.name] = grid.ColumnLetters(m.col)
	return true
}

// IsHead reports whether text is one of the heads, whatever its width and case.
func IsHead(text string, heads []string) bool { return slices.Contains(heads, judging.Fold(text)) }

// marked reports whether l holds anything where marks go.
func (t *filledTable) marked(l grid.Line) bool {
	given := func(m markColumn) bool { return trimmed(l.At(m.col).Text) != "" }
	return given(t.total) || slices.ContainsFunc(t.marks, given)
}

var plainNumber = regexp.MustCompile(`^[+-]?\d{1,9}(\.\d{1,18})?([eE][+-]?\d{1,2})?$`)

// parseMark reads a mark as people type it: full-width digits and a trailing 分 are numbers, words are not. given is
// false for a blank cell.
func parseMark(c grid.Cell) (v float64, given, ok bool) {
	text := strings.ReplaceAll(judging.Tidy(c.Count()), "．", ".")
	if text == "" {
		return 0, false, true
	}
	text = strings.TrimSpace(strings.TrimSuffix(text, "分"))
	if c.Kind == grid.DateCell || !plainNumber.MatchString(text) {
		return 0, true, false
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v > 1e9 || v < -1e9 {
		return 0, true, false
	}
	return judging.Exact(v).Float(), true, true
}

var codeForm = regexp.MustCompile(`^([A-Z]{1,4})[-–—−_]?(\d{4,9})$`)

// parseCode reads a blind number in any width, case and dash.
func parseCode(text string) (judging.WorkCode, bool) {
	m := codeForm.FindStringSubmatch(strings.ToUpper(judging.Fold(text)))
	if m == nil {
		return "", false
	}
	return judging.WorkCode(m[1] + "-" + m[2]), true
}

func trimmed(text string) string { return strings.TrimSpace(text) }
