package score

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// Heads of a matrix, folded, that are no judge's: about the work, and computed from the scores. Columns and rows of
// the second kind are reported.
var (
	aboutWork = []string{"序号", "no", "no.", "组别", "group", "作者", "单位", "author", "unit", "备注", "标题", "title"}
	reckoned  = []string{"合计", "总分", "平均", "平均分", "均分", "最后得分", "最高分", "最低分", "极差", "标准差", "名次", "排名", "奖项",
		"total", "sum", "mean", "average", "avg", "median", "sd", "min", "max", "range", "rank"}
)

// takeMatrixHead reads the row of judges, or of works when its first cell says that judges stand below it. A title
// row, with one cell only, is passed over.
func (t *scoreTaker) takeMatrixHead(row int, cells []string) error {
	filled := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled < 2 && len(cells) != 2 {
		return nil
	}
	h := &scoreHead{}
	h.work, _ = findHead(cells, workNames)
	h.category, _ = findHead(cells, categoryNames)
	if h.work < 0 && !judgeLike(cells) {
		h.work, h.flipped = 0, slices.Contains(judgeNames, judging.Fold(cells[0]))
	}
	t.columns = h
	for i, c := range cells {
		folded := judging.Fold(c)
		switch {
		case i == h.work, i == h.category, folded == "", slices.Contains(aboutWork, folded),
			slices.Contains(workNames, folded):
			continue
		case slices.Contains(reckoned, folded):
			t.problem(row, i, "paper.score_column_skipped", nil, false)
			continue
		}
		before := len(t.table.Judges)
		n, ok := t.judges.index(c, &t.table.Judges)
		switch {
		case !ok:
			return t.fail("paper.scores_unreadable", nil)
		case n < before:
			return t.fail("paper.scores_two_columns", judging.Args{"Column": t.table.Judges[n]})
		}
		h.judges = append(h.judges, judgeColumn{i, n})
	}
	if len(h.judges) == 0 {
		return t.fail("paper.scores_no_judges", nil)
	}
	return nil
}

// judgeLike reports whether already the first head is a judge's: “rater1” next to “rater2”. Works have no names
// then.
func judgeLike(cells []string) bool {
	stem := func(s string) string { return strings.TrimRight(judging.Fold(s), "0123456789") }
	first := judging.Fold(cells[0])
	return len(cells) > 1 && stem(cells[0]) != first && stem(cells[0]) == stem(cells[1])
}

func (t *scoreTaker) takeMatrixRow(row int, cells []string) error {
	h := t.columns
	name := strconv.Itoa(row)
	if h.work >= 0 {
		name = cellAt(cells, h.work)
	}
	if !utf8.ValidString(name) {
		return t.fail("paper.scores_unreadable", nil)
	}
	if slices.Contains(reckoned, judging.Fold(name)) {
		t.problem(row, h.work, "paper.score_row_skipped", nil, false)
		return nil
	}
	before := len(t.table.Works)
	work, ok := t.works.index(name, &t.table.Works)
	switch {
	case !ok:
		if slices.ContainsFunc(h.judges, func(j judgeColumn) bool {
			return strings.TrimSpace(cellAt(cells, j.col)) != ""
		}) {
			t.problem(row, h.work, "paper.work_nameless", nil, true)
		}
		return nil
	case work < before:
		t.problem(row, h.work, "paper.work_twice", judging.Args{"First": t.firstRow[work]}, true)
		return nil
	}
	t.firstRow = append(t.firstRow, row)
	for _, j := range h.judges {
		score, ok := t.score(row, j.col, cellAt(cells, j.col))
		if !ok {
			continue
		}
		r := ScoreRow{Work: work, Judge: j.judge, Score: score, Row: row}
		if h.category >= 0 {
			r.Category = t.once(cellAt(cells, h.category))
		}
		t.keep(r)
	}
	return nil
}
