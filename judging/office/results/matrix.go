package results

import (
	"context"
	"io"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/sheet/matrix"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// MatrixReport says what a score matrix holds.
type MatrixReport struct {
	Works  int    `json:"works"`
	Judges int    `json:"judges"`
	Scores int    `json:"scores"`
	Path   string `json:"path"`

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"` // what the scores go out with
}

// ReportMatrix writes every total that counts in this round as a workbook which computes official scores, places
// and awards once more by its own formulas, for papers that leave the house without the judges' names. Works that went
// on to a later round are in its matrix only. Errors: Clash when no work has a score, Unavailable.
func (o Stage) ReportMatrix(
	ctx context.Context, path string, unnamed bool, words paper.Words,
) (MatrixReport, error) {
	report := MatrixReport{Path: path}
	m, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (m matrix.Matrix, err error) {
		if report.Open, err = o.rec.Pass(ctx, tx, records.GateReport); err != nil {
			return m, err
		}
		if report.State, err = records.StateOf(tx); err != nil {
			return m, err
		}
		return scoreMatrix(ctx, tx, &report, words)
	})
	if err != nil {
		return report, err
	}
	if report.Scores == 0 {
		return report, judging.Fail(judging.Clash, "awards.no_scores", nil)
	}
	if unnamed {
		for i := range m.Judges {
			m.Judges[i] = words("matrix.judge", map[string]any{"N": i + 1})
		}
	}
	m.State = report.State.Note(report.Open, words)
	m.Title = words("matrix.title_of", map[string]any{"Contest": m.Title})
	return report, records.WriteFile(path, func(w io.Writer) error { return matrix.Write(w, m, words) })
}

// scoreMatrix gathers the round's scores.
func scoreMatrix(
	ctx context.Context, tx store.Tx, report *MatrixReport, words paper.Words,
) (matrix.Matrix, error) {
	var m matrix.Matrix
	c, err := records.LoadContest(tx)
	if err != nil {
		return m, err
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return m, err
	}
	m.Title, m.Combine, m.Least = c.Title(), rules.Combine, rules.In(c.Round).LeastScores()
	m.Audience = rules.Audience
	m.TieTakesNext = rules.TieTakesNext && rules.TieAtCut == judging.TieShare
	m.ByRules = rules.Official == judging.ByRules && (c.Round == 1 || rules.Voting != nil) // marks of later rounds join
	all, err := Rank(ctx, records.ReadingOf(tx), c.Round)
	if err != nil {
		return m, err
	}
	placings := slices.DeleteFunc(slices.Clone(all), before(c.Round))
	given, err := AwardsGiven(tx)
	if err != nil {
		return m, err
	}
	scores, judges, err := matrixScores(tx, c.Round)
	if err != nil {
		return m, err
	}
	m.Panels = matrixPanels(rules, judges)
	if m.Judges, err = matrixJudges(tx, judges); err != nil {
		return m, err
	}
	for i, p := range placings {
		w, err := records.LoadWork(tx, p.Work)
		if err != nil {
			return m, err
		}
		row, rubric := matrixRow(rules, placings, i), rules.In(c.Round).RubricOf(p.Category)
		row.Code, row.Title, row.Award = string(w.Code), w.Title, given[p.Work]
		if p.Vetoed != "" {
			row.Award = words("matrix.vetoed", nil)
		}
		row.Totals, row.Sums = matrixTotals(rubric, scores[p.Work], judges)
		report.Scores += len(scores[p.Work])
		if m.ByRules && rules.Combine.ByCriterion {
			row.Criteria, row.Marks = matrixMarks(rubric, scores[p.Work], judges)
		}
		m.Rows = append(m.Rows, row)
	}
	report.Works, report.Judges = len(m.Rows), len(m.Judges)
	m.Lists = matrixLists(rules, award.SpreadOf(rules, all), m.Rows)
	return m, matrixVotes(tx, rules, placings, m.Rows)
}

// matrixTotals are the totals of a work with what they are made of, parallel to judges.
func matrixTotals(
	rubric judging.Rubric, given map[judging.JudgeID]judging.Ballot, judges []judging.Judge,
) (totals []*float64, sums []terms.Marked) {
	for _, j := range judges {
		b, scored := given[j.ID]
		total := &b.Total
		if !scored {
			total = nil
		}
		totals, sums = append(totals, total), append(sums, rubric.Sum(b.Marks))
	}
	return totals, sums
}

// before picks the works that were placed by an earlier round.
func before(round judging.Round) func(judging.Placing) bool {
	return func(p judging.Placing) bool { return p.Round > 0 && p.Round != round }
}

// matrixVotes puts the votes of an audience into the rows of placings.
func matrixVotes(tx store.Tx, rules judging.Rules, placings []judging.Placing, rows []matrix.Row) error {
	votes, err := votelists.Counts(tx)
	for i, p := range placings {
		rows[i].Votes, rows[i].Full = votes.Of(p.Work), rules.RubricOf(p.Category).Scale
	}
	return err
}

// matrixJudges names the judges of the columns, apart where names are alike.
func matrixJudges(tx store.Tx, judges []judging.Judge) ([]string, error) {
	called, err := records.JudgeNames(tx)
	var out []string
	for _, j := range judges {
		out = append(out, called[j.ID])
	}
	return out, err
}

func matrixRow(rules judging.Rules, placings []judging.Placing, i int) matrix.Row {
	p := placings[i]
	return matrix.Row{
		Category: p.Category,
		Group:    p.Group,
		Official: p.Official,
		Offset:   p.Offset,
		Scores:   p.Scores,
		Order:    tieOrder(placings, i),
		ByMean:   rules.Combine.Uniform && p.Dropped == 0,
		Out:      p.Vetoed != "" || rules.Combine.Method == judging.RankSum && p.Place == 0,
	}
}

// tieOrder counts from 1 within works of equal official score in a list; those that share a place share it.
func tieOrder(placings []judging.Placing, i int) int {
	first := i
	for first > 0 && SameList(placings[first-1], placings[i]) && placings[first-1].Official == placings[i].Official {
		first--
	}
	return placings[i].Place - placings[first].Place + 1
}

// AwardsGiven is the award of each work.
func AwardsGiven(tx store.Tx) (map[judging.WorkID]string, error) {
	all, err := records.LoadDecisions(tx)
	if err != nil {
		return nil, err
	}
	out := map[judging.WorkID]string{}
	for _, d := range all {
		for _, g := range d.Grants {
			out[g.Work] = g.Award
		}
	}
	return out, nil
}

// matrixPanels sorts judges by their panels, and tells how many each has; nil where the rules have none.
func matrixPanels(rules judging.Rules, judges []judging.Judge) (out []matrix.Panel) {
	if len(rules.Panels) == 0 {
		return nil
	}
	slices.SortStableFunc(judges, func(a, b judging.Judge) int { return rules.PanelOf(a) - rules.PanelOf(b) })
	for _, p := range rules.Panels {
		out = append(out, matrix.Panel{Name: p.Name, Weight: p.Weight})
	}
	for _, j := range judges {
		out[rules.PanelOf(j)].Judges++
	}
	return out
}

// matrixScores gathers the scores that count, and the judges who gave them in the order of identities.
func matrixScores(
	tx store.Tx, round judging.Round,
) (map[judging.WorkID]map[judging.JudgeID]judging.Ballot, []judging.Judge, error) {
	given := map[judging.WorkID]map[judging.JudgeID]judging.Ballot{}
	scored := map[judging.JudgeID]bool{}
	err := records.EachScore(tx, round, func(s judging.Score) error {
		if !s.Counts() {
			return nil
		}
		if given[s.Work] == nil {
			given[s.Work] = map[judging.JudgeID]judging.Ballot{}
		}
		given[s.Work][s.Judge] = s.Now().Ballot
		scored[s.Judge] = true
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var list []judging.Judge
	return given, list, records.Judges.Each(tx, func(j judging.Judge) error {
		if scored[j.ID] {
			list = append(list, j)
		}
		return nil
	})
}

// matrixMarks are the marks of a work for each criterion, parallel to judges; nil where a score is a total without
// marks, for then its totals are combined.
func matrixMarks(
	rubric judging.Rubric, given map[judging.JudgeID]judging.Ballot, judges []judging.Judge,
) (criteria []judging.Criterion, marks [][]*float64) {
	for _, c := range rubric.Criteria {
		row := make([]*float64, len(judges))
		for i, j := range judges {
			b, scored := given[j.ID]
			if mark, ok := b.Marks[c.Name]; ok {
				row[i] = &mark
			} else if scored {
				return nil, nil
			}
		}
		criteria, marks = append(criteria, c), append(marks, row)
	}
	return criteria, marks
}

// matrixLists lists the awards of each category and group with the works given them. Places over the whole contest are
// spread by formulas, or are what they came to where some list has places of its own.
func matrixLists(rules judging.Rules, spread award.Spread, rows []matrix.Row) []matrix.List {
	var out []matrix.List
	for _, r := range rows {
		n := len(out) - 1
		if n < 0 || out[n].Category != r.Category || out[n].Group != r.Group {
			l := matrix.List{Category: r.Category, Group: r.Group, Totals: rules.Totals}
			own := spread.In(r.Category, r.Group)
			for k, a := range rules.Awards {
				if slices.ContainsFunc(rules.Quotas, func(q judging.Quota) bool { return q.Award == a.Name }) {
					a = own.Awards[k]
				}
				l.Awards = append(l.Awards, matrix.Award{Name: a.Name, Share: own.ShareOf(a, r.Category, r.Group)})
			}
			out = append(out, l)
			n++
		}
		for k, a := range out[n].Awards {
			if a.Name == r.Award && r.Award != "" {
				out[n].Awards[k].Given++
			}
		}
	}
	return out
}
