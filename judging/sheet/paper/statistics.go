package paper

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"fayi/judging/sheet/grid"
)

// StatTable counts works and awards by one thing.
type StatTable struct {
	By     string   // "category", "group" or "unit"
	Awards []string // names, best first
	Rows   []StatRow
	State  string // the moment that the counts are of, in words; may be empty
}

// StatRow is one category, group or unit.
type StatRow struct {
	Name     string
	Works    int
	Accepted int
	Awards   []int // parallel to StatTable.Awards
}

// Bars that a chart of units shows at most.
const mostBars = 15

// WriteStatistics writes a sheet for each table, with sums by formula and native charts. Errors: those of w.
func WriteStatistics(w io.Writer, title string, tables []StatTable, words Words) error {
	var papers []Paper
	for _, t := range tables {
		papers = append(papers, t.paper(title, words))
	}
	return WritePapers(w, title, papers, words)
}

// WriteStatisticsCSV writes all tables below one another in one CSV table. Errors: those of w.
func WriteStatisticsCSV(w io.Writer, tables []StatTable, words Words) error {
	var all Paper
	for _, t := range tables {
		p := t.paper("", words)
		by := p.Columns[0].Head
		if all.Columns == nil {
			all.Columns = append([]PaperColumn{{
				Head: words("statistics.by", nil),
			}, {
				Head: words("statistics.name", nil),
			}}, p.Columns[1:len(p.Columns)-1]...)
		}
		for _, row := range p.Rows[:len(t.Rows)] {
			cells := append([]any{by}, row[:len(row)-1]...)
			sum := 0
			for _, v := range cells[4 : len(cells)-1] {
				sum += v.(int)
			}
			cells[len(cells)-1] = sum
			all.Rows = append(all.Rows, cells)
		}
	}
	return WritePaperCSV(w, all)
}

// paper lays a table out: name, works, accepted, each award, awards in all, rate.
func (t StatTable) paper(title string, words Words) Paper {
	name := words("statistics.by_"+t.By, nil)
	p := Paper{Name: name, Title: title, Note: Noted(name, t.State), Upright: len(t.Awards) <= 5,
		Columns: []PaperColumn{{Head: words("statistics.col_"+t.By, nil), Least: 12, Most: 36, Across: "left"},
			{Head: words("statistics.works", nil), Least: 8, Most: 10},
			{Head: words("statistics.accepted", nil), Least: 8, Most: 10}}}
	for _, a := range t.Awards {
		p.Columns = append(p.Columns, PaperColumn{Head: a, Least: 8, Most: 12})
	}
	p.Columns = append(p.Columns, PaperColumn{
		Head:  words("statistics.awards", nil),
		Least: 9,
		Most:  12,
	}, PaperColumn{
		Head:   words("statistics.rate", nil),
		Least:  9,
		Most:   10,
		Format: "0.0%",
	})
	sum := len(p.Columns) - 2
	for i, r := range t.Rows {
		cells := []any{r.Name, r.Works, r.Accepted}
		if r.Name == "" {
			cells[0] = words("statistics.none", nil)
		}
		for _, n := range r.Awards {
			cells = append(cells, n)
		}
		p.Rows = append(p.Rows, t.sums(cells, sum, i+4))
	}
	if len(t.Rows) > 0 {
		total := []any{words("statistics.total", nil)}
		for col := 1; col < sum; col++ {
			total = append(total, Formula(fmt.Sprintf("SUM(%s)", span(col+1, col+1, 4, 3+len(t.Rows)))))
		}
		p.Rows = append(p.Rows, t.sums(total, sum, 4+len(t.Rows)))
	}
	p.Charts = t.charts(name, words)
	return p
}

// charts draws works and awards of the first rows; none where the table has no rows.
func (t StatTable) charts(name string, words Words) []Chart {
	if len(t.Rows) == 0 {
		return nil
	}
	last := min(len(t.Rows), mostBars) - 1
	charts := []Chart{{
		Title:  name + words("statistics.chart_works", nil),
		Kind:   "bar",
		Labels: 0,
		Series: []int{1},
		Rows:   [2]int{0, last},
	}}
	stacked := Chart{
		Title:  name + words("statistics.chart_awards", nil),
		Kind:   "stacked",
		Labels: 0,
		Rows:   [2]int{0, last},
	}
	for i := range t.Awards {
		stacked.Series = append(stacked.Series, 3+i)
	}
	if len(t.Awards) > 0 {
		charts = append(charts, stacked)
	}
	return charts
}

// Noted joins the parts of a note that say something.
func Noted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "　")
}

// sums adds the awards in all and their rate to a row.
func (t StatTable) sums(cells []any, sum, r int) []any {
	all := Formula("0")
	if sum > 3 {
		all = Formula(fmt.Sprintf("SUM(%s)", span(4, sum, r, r)))
	}
	return append(cells, all, Formula(fmt.Sprintf(`IF(C%d=0,0,%s/C%d)`, r, grid.Ref(sum+1, r), r)))
}
