// Package matrix writes the score matrix 评分矩阵: every score that counts, with official scores, places and awards
// computed once more by formulas of the spreadsheet.
package matrix

import (
	"fmt"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/paper"
	"fayi/judging/terms"
)

// Matrix 评分矩阵 holds every total that counts, a row for each work and a column for each judge, and computes
// official scores, places and awards from them once more by formulas of the spreadsheet, so that anybody can check
// them without this program.
type Matrix struct {
	Title   string
	Judges  []string // names, as the columns stand
	Combine judging.Combine
	// what votes of an audience weigh; nil: nothing, and there are no columns for them
	Audience *audience.Rule
	// groups of judges that weigh apart, in the order of their columns; none: all weigh alike
	Panels []Panel
	// totals are combined by Combine; else official scores come from a method that formulas do not compute, and
	// stand as numbers
	ByRules bool
	Least   int // fewest scores that a work needs for a place
	// places that a tie shared beyond an award's own are taken from the award after it
	TieTakesNext bool
	Rows         []Row
	Lists        []List
	State        string // the moment that the scores are of, in words; may be empty
}

// Panel is a group of judges who stand next to each other.
type Panel struct {
	Name   string
	Weight float64 // percent
	Judges int
}

// Row is one work.
type Row struct {
	Code     string
	Title    string
	Category string
	Group    string
	Totals   []*float64 // parallel to Judges; nil where a judge did not score it
	// parallel to Totals, may be nil: what a total is made of where a criterion does not apply
	Sums     []terms.Marked
	Official float64
	Offset   float64 // points that the office added to the mean, below 0 took off
	Votes    *int    // of an audience; nil where none came in
	Full     float64 // full marks, with Audience
	Scores   int
	// 1, 2, … among works of equal official score as the tie chain parts them; shared by those it does not part
	Order int
	Award string
	// where each criterion is combined: its marks, parallel to Judges, in the order of Criteria
	Marks    [][]*float64
	Criteria []judging.Criterion
	// its totals are averaged whatever their number: one formula holds for its list
	ByMean bool
	// it has no place whatever its scores: judges vetoed it, or the ranks of its list can't be added up
	Out bool
}

// List is one category and group with its awards, best first.
type List struct {
	Category string
	Group    string
	Awards   []Award
	Totals   []terms.AwardTotal // how many of its works get one of several awards together
}

// Award is an award's share and how many works were given it.
type Award struct {
	Name  string
	Share judging.Share
	Given int
}

// noGroup stands where a category is ranked as one: formulas take an empty cell for 0.
const noGroup = "—"

func groupCell(group string) string {
	if group == "" {
		return noGroup
	}
	return group
}

// Write writes sheets: the scores with official score, place and award by formula, the awards of each list by formula
// next to those decided, and, where each criterion is combined, the marks. Errors: those of w.
func Write(w io.Writer, m Matrix, words paper.Words) error {
	b := book{
		Matrix: m,
		words:  words,
		names: [3]string{
			words("matrix.sheet", nil), words("matrix.check_sheet", nil), words("matrix.marks_sheet", nil),
		},
	}
	papers := []paper.Paper{b.scores(), b.check()}
	if b.widest() > 0 {
		papers = append(papers, b.marks())
	}
	return paper.WritePapers(w, m.Title, papers, words)
}

// book knows where everything stands.
type book struct {
	Matrix
	words paper.Words
	names [3]string
}

const firstJudge = 4 // columns before those of the judges

// Columns after those of the judges.
const (
	colCount = iota
	colHigh
	colLow
	colRange
	colOffset
	colOfficial
	colOrder
	colPlace
	colAward
	colDecided
	// with Matrix.Audience only
	colVotes
	colCounted
	colFull
	colHeard
)

func (b book) letter(col int) string {
	return grid.ColumnLetters(firstJudge + len(b.Judges) + col)
}

// all is a whole column of the scores, from the other sheet.
func (b book) all(letters string, foreign bool) string {
	area := fmt.Sprintf("$%s$4:$%s$%d", letters, letters, 3+max(len(b.Rows), 1))
	if foreign {
		return "'" + strings.ReplaceAll(b.names[0], "'", "''") + "'!" + area
	}
	return area
}

func (b book) scores() paper.Paper {
	p := paper.Paper{Name: b.names[0], Title: b.Title, Note: paper.Noted(b.words("matrix.note", nil), b.State)}
	text := func(key string, least, most float64, across string) {
		column := paper.PaperColumn{Head: b.words(key, nil), Least: least, Most: most, Across: across}
		p.Columns = append(p.Columns, column)
	}
	text("matrix.code", 10, 12, "")
	text("matrix.title", 16, 30, "left")
	text("matrix.category", 8, 12, "")
	text("matrix.group", 8, 12, "")
	for _, j := range b.heads() {
		p.Columns = append(p.Columns, paper.PaperColumn{Head: j, Least: 7, Most: 10})
	}
	for _, key := range []string{
		"count", "high", "low", "range", "offset", "official", "order", "place", "award", "decided",
	} {
		text("matrix."+key, 8, 11, "")
	}
	if b.Audience != nil {
		for _, key := range []string{"votes", "votes_counted", "full", "heard"} {
			text("matrix."+key, 8, 11, "")
		}
	}
	p.Columns[firstJudge+len(b.Judges)+colOfficial].Format = "0." + strings.Repeat("0", max(b.Combine.Decimals, 1))
	for i := range b.Rows {
		p.Rows = append(p.Rows, b.row(i, i+4))
	}
	return p
}

// row writes one work in row r of the sheet.
func (b book) row(i, r int) []any {
	w := b.Rows[i]
	cells := []any{w.Code, w.Title, w.Category, groupCell(w.Group)}
	for j := range w.Totals {
		cells = append(cells, w.total(j))
	}
	at := func(col int) string { return fmt.Sprintf("%s%d", b.letter(col), r) }
	scores := b.scoresOf(r, 0, len(b.Judges))
	empty := func(f string) paper.Formula {
		return paper.Formula(fmt.Sprintf(`IF(%s,"",%s)`, b.unplaced(w, r, at(colCount)), f))
	}
	cells = append(
		cells, paper.Formula("COUNT("+scores+")"), empty("MAX("+scores+")"), empty("MIN("+scores+")"),
		empty(at(colHigh)+"-"+at(colLow)),
	)
	cells = append(cells, w.Offset)
	if b.ByRules {
		cells = append(cells, empty(b.official(w, r, at(colCount), at(colOffset))))
	} else if w.Scores > 0 {
		cells = append(cells, w.Official)
	} else {
		cells = append(cells, nil)
	}
	same := fmt.Sprintf(
		"%s,$C%d,%s,$D%d,%s,", b.all("C", false), r, b.all("D", false), r, b.all(b.letter(colOfficial), false),
	)
	better := ">"
	if b.Combine.Method == judging.RankSum {
		better = "<"
	}
	place := fmt.Sprintf(
		`COUNTIFS(%s"%s"&%s)+COUNTIFS(%s%s,%s,"<"&%s)+1`, same, better, at(colOfficial), same, at(colOfficial),
		b.all(b.letter(colOrder), false), at(colOrder),
	)
	cells = append(cells, w.Order, empty(place), empty(b.award(w, at(colPlace), at(colOfficial))), w.Award)
	return append(cells, b.audience(w, r)...)
}

// total is the cell of a judge's total: a number or, where a criterion does not apply, how it comes about, since it may
// have more decimals than a cell is given.
func (w Row) total(j int) any {
	switch {
	case w.Totals[j] == nil:
		return nil
	case j < len(w.Sums) && w.Sums[j].Scaled() && w.Sums[j].Of > 0:
		s := w.Sums[j]
		return paper.Formula(fmt.Sprintf("%s*%s/%s", s.Given, s.Full, s.Of))
	}
	return *w.Totals[j]
}

// award finds the first award whose cut a place is within.
func (b book) award(w Row, place, official string) string {
	row := 4
	for _, l := range b.Lists {
		if l.Category != w.Category || l.Group != w.Group {
			row += len(l.Awards)
			continue
		}
		check := "'" + strings.ReplaceAll(b.names[1], "'", "''") + "'!"
		out := `""`
		for k := len(l.Awards) - 1; k >= 0; k-- {
			a := l.Awards[k]
			name := strings.ReplaceAll(a.Name, `"`, `""`)
			out = fmt.Sprintf(
				`IF(AND(%s<=%s$G$%d,%s>=%s),"%s",%s)`, place, check, row+k, official, judging.Exact(a.Share.MinScore),
				name, out,
			)
		}
		return out
	}
	return `""`
}

// check writes, for each award of each list, its places and how many works the formulas give it.
func (b book) check() paper.Paper {
	p := paper.Paper{
		Name:    b.names[1],
		Title:   b.words("matrix.check_title", nil),
		Note:    b.words("matrix.check_note", nil),
		Upright: true,
	}
	if b.spreads() {
		p.Note += b.words("matrix.check_spread", nil)
	}
	for _, c := range []struct {
		key   string
		least float64
	}{
		{"category", 9}, {"group", 9}, {"ranked", 8}, {"award", 10}, {"places", 8}, {"before", 8}, {"cut", 8},
		{"by_formula", 9}, {"decided_count", 9}, {"agrees", 8},
	} {
		p.Columns = append(p.Columns, paper.PaperColumn{Head: b.words("matrix."+c.key, nil), Least: c.least, Most: 14})
	}
	for _, l := range b.Lists {
		for k, a := range l.Awards {
			p.Rows = append(p.Rows, b.checkRow(l, a, k, len(p.Rows)+4))
		}
	}
	return p
}

func (b book) checkRow(l List, a Award, k, r int) []any {
	first := k == 0
	list := fmt.Sprintf("%s,$A%d,%s,$B%d,", b.all("C", true), r, b.all("D", true), r)
	ranked := paper.Formula(fmt.Sprintf(`COUNTIFS(%s%s,">=1")`, list, b.all(b.letter(colPlace), true)))
	before := paper.Formula(fmt.Sprintf("F%d+H%d", r-1, r-1))
	if first {
		before = "0"
	}
	given := paper.Formula(fmt.Sprintf(
		`MAX(0,COUNTIFS(%s%s,"<="&G%d,%s,">=%s")-F%d)`, list, b.all(b.letter(colPlace), true), r,
		b.all(b.letter(colOfficial), true),
		judging.Exact(a.Share.MinScore),
		r,
	))
	return []any{
		l.Category, groupCell(l.Group), ranked, a.Name,
		paper.Formula(fmt.Sprintf("MIN(%s,C%d)", b.places(a.Share, r), r)), before,
		b.cut(l, k, r),
		given,
		a.Given,
		paper.Formula(fmt.Sprintf(
			`IF(H%d=I%d,"%s","%s")`, r, r, b.words("matrix.agree", nil), b.words("matrix.differ", nil),
		)),
	}
}

// cut is the last place that the kth award of a list reaches: those before it and its own, less what a tie of the award
// before took, and no more than the totals over several awards leave.
func (b book) cut(l List, k, r int) paper.Formula {
	own := fmt.Sprintf("E%d", r)
	if k > 0 && b.TieTakesNext {
		own += fmt.Sprintf("-MAX(0,F%d-G%d)", r, r-1)
	}
	for _, t := range l.Totals {
		if !t.Holds(l.Awards[k].Name) {
			continue
		}
		left := b.places(t.Bound(), r)
		for i, a := range l.Awards[:k] {
			if t.Holds(a.Name) {
				left += fmt.Sprintf("-H%d", r-k+i)
			}
		}
		own = fmt.Sprintf("MIN(%s,MAX(0,%s))", own, left)
	}
	return paper.Formula(fmt.Sprintf("F%d+%s", r, own))
}
