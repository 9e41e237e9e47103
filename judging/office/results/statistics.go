package results

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// Statistics 统计 counts works and awards by category, group and unit.
type Statistics struct {
	Awards     []string    `json:"awards"` // names, best first
	Categories []StatCount `json:"categories"`
	Groups     []StatCount `json:"groups"`
	Units      []StatCount `json:"units"` // most works first

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"` // what the counts go out with
}

// StatCount is one line of the counts.
type StatCount struct {
	Name     string         `json:"name"`
	Works    int            `json:"works"`
	Accepted int            `json:"accepted"`
	Awarded  map[string]int `json:"awarded"` // award -> works
	Awards   int            `json:"awards"`
}

// Statistics counts the works that stand in the contest and the awards decided so far.
func (o Stage) Statistics(ctx context.Context) (Statistics, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Statistics, error) {
		open, err := o.rec.Pass(ctx, tx, records.GateReport)
		if err != nil {
			return Statistics{}, err
		}
		s, err := countWorks(tx)
		s.Open = open
		return s, err
	})
}

func countWorks(tx store.Tx) (Statistics, error) {
	var s Statistics
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return s, err
	}
	if s.State, err = records.StateOf(tx); err != nil {
		return s, err
	}
	s.Awards = []string{}
	for _, a := range rules.Awards {
		s.Awards = append(s.Awards, a.Name)
	}
	given, err := AwardsGiven(tx)
	if err != nil {
		return s, err
	}
	categories, groups, units := counts{}, counts{}, counts{}
	for _, c := range rules.Categories {
		categories.of(c.Name)
	}
	for _, g := range rules.Groups {
		groups.of(g.Name)
	}
	in, err := records.InContest(tx)
	if err != nil {
		return s, err
	}
	err = records.EachWork(tx, func(w judging.Work) error {
		counts := in(w)
		categories.of(w.Category).add(counts, given[w.ID])
		groups.of(w.Group).add(counts, given[w.ID])
		units.of(w.Body()).add(counts, given[w.ID])
		return nil
	})
	inOrder := func(names []string) func(a, b StatCount) int {
		return func(a, b StatCount) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) }
	}
	s.Categories, s.Groups, s.Units = categories.list(), groups.list(), units.list()
	var known []string
	for _, c := range rules.Categories {
		known = append(known, c.Name)
	}
	for _, g := range rules.Groups {
		known = append(known, g.Name)
	}
	slices.SortStableFunc(s.Categories, inOrder(known))
	slices.SortStableFunc(s.Groups, inOrder(known))
	slices.SortStableFunc(s.Units, func(a, b StatCount) int { return b.Works - a.Works })
	return s, err
}

type counts map[string]*StatCount

func (c counts) of(name string) *StatCount {
	if c[name] == nil {
		c[name] = &StatCount{Name: name, Awarded: map[string]int{}}
	}
	return c[name]
}

func (s *StatCount) add(counts bool, award string) {
	s.Works++
	if counts {
		s.Accepted++
	}
	if award != "" {
		s.Awarded[award]++
		s.Awards++
	}
}

func (c counts) list() []StatCount {
	out := []StatCount{}
	for _, s := range c {
		if s.Works > 0 || s.Name != "" {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b StatCount) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ReportStatistics writes the counts to path: .csv as a plain table, else as a workbook with charts. Errors:
// Unavailable.
func (o Stage) ReportStatistics(ctx context.Context, path string, words paper.Words) (Statistics, error) {
	s, err := o.Statistics(ctx)
	if err != nil {
		return s, err
	}
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return s, err
	}
	tables := []paper.StatTable{}
	for _, t := range []struct {
		key  string
		list []StatCount
	}{{"category", s.Categories}, {"group", s.Groups}, {"unit", s.Units}} {
		table := paper.StatTable{By: t.key, Awards: s.Awards, State: s.State.Note(s.Open, words)}
		for _, n := range t.list {
			row := paper.StatRow{Name: n.Name, Works: n.Works, Accepted: n.Accepted}
			for _, a := range s.Awards {
				row.Awards = append(row.Awards, n.Awarded[a])
			}
			table.Rows = append(table.Rows, row)
		}
		tables = append(tables, table)
	}
	title := words("statistics.title_of", map[string]any{"Contest": c.Title()})
	return s, records.WriteFile(path, func(w io.Writer) error {
		if strings.EqualFold(filepath.Ext(path), ".csv") {
			return paper.WriteStatisticsCSV(w, tables, words)
		}
		return paper.WriteStatistics(w, title, tables, words)
	})
}
