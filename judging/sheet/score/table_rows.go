package score

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
)

// Spellings of the heads of a table of scores, folded, the surest first: with several the first one counts.
var (
	workNames = []string{
		"作品", "work", "作品编号", "workid", "work_id", "编号", "作品名称", "item", "entry", "target", "subject", "参评作品",
	}
	judgeNames = []string{
		"评委", "judge", "评委编号", "judgeid", "judge_id", "专家", "专家编码", "评审", "评审专家", "rater", "reviewer", "expert",
		"coder",
	}
	scoreNames = []string{
		"分数", "score", "得分", "评分", "成绩", "总分", "合计", "total", "mark", "points", "raw", "原始分", "rating",
	}
	confidenceNames = []string{"把握", "把握程度", "confidence"}
	categoryNames   = []string{"类别", "作品类别", "category"}
	orderNames      = []string{"顺序", "评分顺序", "order"}
	unitNames       = []string{"单位", "作品单位", "报送单位", "学校", "unit", "school"}
	judgeUnitNames  = []string{"评委单位", "评委所在单位", "judgeunit", "judge_unit"}
)

// scoreHead says which column holds what, from 0; -1 where there is none. In a matrix judge holds no meaning.
type scoreHead struct {
	work, judge, score, confidence, category, order, unit, judgeUnit int

	judges  []judgeColumn // of a matrix
	flipped bool          // of a matrix: a row is a judge, a column a work
}

type judgeColumn struct{ col, judge int }

var errNoHead = errors.New("no head within the first rows")

var plainScore = regexp.MustCompile(`^[+-]?(\d{1,15}(\.\d{0,18})?|\.\d{1,18})([eE][+-]?\d{1,2})?$`)

// names numbers texts in the order of their coming.
type names map[string]int

// index numbers text, as it stands or tidied, and adds it to list when it is new. ok is false for a blank one and
// for text that is not a number.
func (n names) index(text string, list *[]string) (i int, ok bool) {
	if i, known := n[text]; known {
		return i, true
	}
	tidy := judging.Tidy(text)
	if tidy == "" || !utf8.ValidString(text) {
		return 0, false
	}
	i, known := n[tidy]
	if !known {
		i = len(*list)
		tidy = strings.Clone(tidy)
		*list = append(*list, tidy)
		n[tidy] = i
	}
	if text != tidy {
		n[strings.Clone(text)] = i
	}
	return i, true
}

// take takes one row: the head, or scores. Cells are valid only during the call.
func (t *scoreTaker) take(row int, cells []string) error {
	if row%4096 == 0 && t.ctx.Err() != nil {
		return t.ctx.Err()
	}
	if len(cells) > maxScoreColumn {
		return t.fail("paper.scores_unreadable", nil)
	}
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return nil
	}
	ticket := t.account.Hand(row)
	headed, rows, told := t.columns != nil, len(t.table.Rows), len(t.problems)+t.untold
	if err := t.takeRow(row, cells); err != nil {
		return err
	}
	switch {
	case t.columns == nil:
		t.account.Note(ticket, ledger.Title)
	case !headed:
		t.account.Note(ticket, ledger.Head)
	case len(t.table.Rows) > rows:
		t.account.Take(ticket)
	case len(t.problems)+t.untold > told:
		t.account.Refuse(ticket)
	default: // of a matrix: nobody scored this work yet
		t.account.Note(ticket, ledger.Prepared)
	}
	return nil
}

// takeRow takes a row that holds text.
func (t *scoreTaker) takeRow(row int, cells []string) error {
	switch {
	case t.columns == nil:
		return t.takeHead(row, cells)
	case t.matrix:
		return t.takeMatrixRow(row, cells)
	}
	return t.takeScore(row, cells)
}

func (t *scoreTaker) takeHead(row int, cells []string) (err error) {
	if t.seen++; t.seen > headWithin {
		return errNoHead
	}
	if t.matrix {
		return t.takeMatrixHead(row, cells)
	}
	h := &scoreHead{}
	for _, f := range []struct {
		col   *int
		names []string
	}{
		{&h.work, workNames}, {&h.judge, judgeNames}, {&h.score, scoreNames}, {&h.confidence, confidenceNames},
		{&h.category, categoryNames}, {&h.order, orderNames}, {&h.unit, unitNames},
		{&h.judgeUnit, judgeUnitNames},
	} {
		var twice string
		if *f.col, twice = findHead(cells, f.names); twice != "" && err == nil {
			err = t.fail("paper.scores_two_columns", judging.Args{"Column": twice})
		}
	}
	if h.work < 0 || h.judge < 0 || h.score < 0 {
		return nil
	}
	t.columns = h
	return err
}

// findHead returns the column headed by the surest of names; twice is that name when two columns have it.
func findHead(cells []string, heads []string) (col int, twice string) {
	for _, name := range heads {
		col = -1
		for i, c := range cells {
			if judging.Fold(c) != name {
				continue
			}
			if col >= 0 {
				return col, name
			}
			col = i
		}
		if col >= 0 {
			return col, ""
		}
	}
	return -1, ""
}

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

func (t *scoreTaker) takeScore(row int, cells []string) error {
	h := t.columns
	work, ok1 := t.works.index(cellAt(cells, h.work), &t.table.Works)
	judge, ok2 := t.judges.index(cellAt(cells, h.judge), &t.table.Judges)
	if !ok1 || !ok2 {
		if !utf8.ValidString(cellAt(cells, h.work)) || !utf8.ValidString(cellAt(cells, h.judge)) {
			return t.fail("paper.scores_unreadable", nil)
		}
		if !ok1 {
			t.problem(row, h.work, "paper.score_no_work", nil, true)
		} else {
			t.problem(row, h.judge, "paper.score_no_judge", nil, true)
		}
		return nil
	}
	score, ok := t.score(row, h.score, cellAt(cells, h.score))
	if !ok {
		return nil
	}
	r := ScoreRow{Work: work, Judge: judge, Score: score, Row: row}
	if h.confidence >= 0 {
		r.Confidence = t.confidence(row, cellAt(cells, h.confidence))
	}
	if h.category >= 0 {
		r.Category = t.once(cellAt(cells, h.category))
	}
	if h.order >= 0 {
		r.Order = t.order(row, cellAt(cells, h.order))
	}
	if h.unit >= 0 {
		r.Unit = t.once(cellAt(cells, h.unit))
	}
	if h.judgeUnit >= 0 {
		r.JudgeUnit = t.once(cellAt(cells, h.judgeUnit))
	}
	t.keep(r)
	return nil
}

// keep adds a row; doubling beats the slower growth of append for tables of this size.
func (t *scoreTaker) keep(r ScoreRow) {
	if len(t.table.Rows) == cap(t.table.Rows) {
		t.table.Rows = slices.Grow(t.table.Rows, len(t.table.Rows)+1024)
	}
	t.table.Rows = append(t.table.Rows, r)
}

// once keeps one copy of each name of a category or unit.
func (t *scoreTaker) once(text string) string {
	if n := len(t.table.Rows); n > 0 && t.table.Rows[n-1].Category == text {
		return t.table.Rows[n-1].Category
	}
	if t.texts == nil {
		t.texts = map[string]string{}
	}
	c, known := t.texts[text]
	if !known {
		c = strings.Clone(judging.Tidy(text))
		t.texts[strings.Clone(text)] = c
	}
	return c
}

// noScore lists what people write where there is no score.
var noScore = []string{"", "na", "n/a", "null", "-", "—", "–", "/", "缺", "缺评", "弃权", "回避"}

// score reads the score in column col; ok is false when there is none to count, which was then reported.
func (t *scoreTaker) score(row, col int, text string) (v float64, ok bool) {
	v, ok = parseScore(text)
	switch {
	case ok && (v > 1e9 || v < -1e9):
		t.problem(row, col, "paper.score_impossible", judging.Args{"Value": v}, true)
		return 0, false
	case ok:
		return v, true
	case slices.Contains(noScore, judging.Fold(text)):
		if !t.matrix {
			t.problem(row, col, "paper.score_missing", nil, false)
		}
		return 0, false
	}
	t.problem(row, col, "paper.score_not_number", nil, true)
	return 0, false
}

// parseScore reads a number as programs write it, or as people do (parseMark).
func parseScore(text string) (float64, bool) {
	if text != "" && len(text) <= 24 && strings.Trim(text, "0123456789.") == "" {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return v, true
		}
	}
	s := strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(judging.Tidy(text), "．", "."), "分"))
	if !plainScore.MatchString(s) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func (t *scoreTaker) confidence(row int, text string) float64 {
	if v, ok := parseScore(text); ok && v >= 1 && v <= 3 {
		return v
	}
	sure, ok := confidenceWords[judging.Fold(text)]
	if !ok && !slices.Contains(noScore, judging.Fold(text)) {
		t.problem(row, t.columns.confidence, "paper.score_confidence", nil, false)
	}
	return float64(sure)
}

// order reads the place of a score in its judge's own sequence, from 1; 0 where it is not known.
func (t *scoreTaker) order(row int, text string) int {
	if v, ok := parseScore(text); ok && v >= 1 && v <= mostOrder && v == math.Trunc(v) {
		return int(v)
	}
	if !slices.Contains(noScore, judging.Fold(text)) {
		t.problem(row, t.columns.order, "paper.score_order", nil, false)
	}
	return 0
}

// mostOrder is the highest place in a judge's sequence.
const mostOrder = 1e9

// finish checks the whole and closes the list of problems.
func (t *scoreTaker) finish() error {
	switch {
	case t.ctx.Err() != nil:
		return t.ctx.Err()
	case t.columns == nil && t.matrix:
		return t.fail("paper.scores_no_judges", nil)
	case t.columns == nil:
		return t.fail("paper.scores_no_header", nil)
	}
	if t.columns.flipped {
		t.flip()
	}
	t.dropRepeats()
	if err := t.closeAccount(); err != nil {
		return err
	}
	if len(t.table.Rows) == 0 && len(t.problems) == 0 {
		return t.fail("paper.scores_none", nil)
	}
	if t.untold > 0 {
		t.problems = append(t.problems, judging.Problem{Place: judging.Place{File: t.table.File, Sheet: t.table.Sheet},
			Text: "paper.more_problems", Args: judging.Args{"N": t.untold}, Fatal: t.fatal})
	}
	return nil
}

// closeAccount ends the account of the sheet that was read. A row left out as a repeat of an earlier one had been
// taken.
func (t *scoreTaker) closeAccount() error {
	a, err := t.account.Close()
	if err != nil {
		return err
	}
	if !t.matrix {
		a.Taken -= t.repeated
		a.Refused += t.repeated
	}
	t.table.Account = a
	return nil
}

// flip makes rows of columns.
func (t *scoreTaker) flip() {
	t.table.Works, t.table.Judges = t.table.Judges, t.table.Works
	for i, r := range t.table.Rows {
		t.table.Rows[i].Work, t.table.Rows[i].Judge = r.Judge, r.Work
	}
}

// dropRepeats leaves out every score but the first of the same judge for the same work. The usual case, none, costs
// one sort of keys.
func (t *scoreTaker) dropRepeats() {
	key := func(r ScoreRow) uint64 { return uint64(r.Work)<<32 | uint64(r.Judge) }
	keys := make([]uint64, len(t.table.Rows))
	for i, r := range t.table.Rows {
		keys[i] = key(r)
	}
	slices.Sort(keys)
	first := map[uint64]int{}
	for i := 1; i < len(keys); i++ {
		if keys[i] == keys[i-1] {
			first[keys[i]] = 0
		}
	}
	if len(first) == 0 {
		return
	}
	t.table.Rows = slices.DeleteFunc(t.table.Rows, func(r ScoreRow) bool {
		row, repeated := first[key(r)]
		if !repeated {
			return false
		}
		if row == 0 {
			first[key(r)] = r.Row
			return false
		}
		col := -1
		if !t.matrix {
			col = t.columns.score
		}
		t.problem(r.Row, col, "paper.score_twice", judging.Args{"First": row}, true)
		t.repeated++
		return true
	})
}
