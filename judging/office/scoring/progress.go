package scoring

import (
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/doubleentry"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Progress is a round's scoring judge by judge and category by category.
type Progress struct {
	records.Status
	Categories []string      `json:"categories"` // those of the plan, in the rules' order
	Rows       []ProgressRow `json:"rows"`       // parallel to Status.Judges
	Median     float64       `json:"median"`     // of the parts that judges have done, 0-1
	Raised     int           `json:"raised"`     // flags and recusals to be handled
	// scores typed in sheets; done are those that a second person typed alike or looked up
	Verify Part `json:"verify"`
}

// ProgressRow is one judge's part.
type ProgressRow struct {
	Judge  judging.JudgeID `json:"judge"`
	Cells  []Part          `json:"cells"` // parallel to Progress.Categories
	Trial  Part            `json:"trial"` // calibration works
	Last   time.Time       `json:"last,omitzero"`
	Behind bool            `json:"behind"` // has done less than half of what the median judge has
	Raised int             `json:"raised"`
	// works scored though files of them were not looked at, by number
	Unseen []judging.WorkCode `json:"unseen,omitempty"`
}

// Part is how many of some works need nothing more.
type Part struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Progress says how far each judge is in each category, who is behind, and how much waits for the organiser.
// Errors: Closed when no plan is published.
func (o Stage) Progress(ctx context.Context) (Progress, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Progress, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return Progress{}, err
		}
		plan, err := records.PublishedPlan(tx, c.Round)
		if err != nil {
			return Progress{}, err
		}
		if plan == nil {
			return Progress{}, judging.Fail(judging.Closed, "scores.no_plan", nil)
		}
		var p Progress
		if p.Status, err = records.PlanStatus(tx, *plan); err != nil {
			return p, err
		}
		if err := p.fillGrid(tx, *plan); err != nil {
			return p, err
		}
		p.markBehind()
		if p.Verify.Done, p.Verify.Total, err = doubleentry.Verified(tx, plan.Round); err != nil {
			return p, err
		}
		return p, p.countRaised(tx, *plan)
	})
}

func (p *Progress) fillGrid(tx store.Tx, plan judging.Plan) error {
	kept, ok, err := tally.JudgesOf(tx, plan)
	if err != nil {
		return err
	}
	if ok {
		return p.fillFrom(tx, plan, kept)
	}
	return p.countGrid(tx, plan)
}

// fillFrom fills the grid from the tallies.
func (p *Progress) fillFrom(tx store.Tx, plan judging.Plan, kept []tally.Judge) error {
	rules, err := records.LoadRules(tx)
	if err != nil {
		return err
	}
	tests, err := loadTests(tx, plan.Round)
	if err != nil {
		return err
	}
	p.Categories = []string{}
	for _, c := range rules.Categories {
		if slices.ContainsFunc(kept, func(k tally.Judge) bool { return k.Cells[c.Name].Total > 0 }) {
			p.Categories = append(p.Categories, c.Name)
		}
	}
	p.Rows = make([]ProgressRow, len(kept))
	for i, k := range kept {
		row := ProgressRow{Judge: k.Judge, Last: k.Last, Cells: []Part{}}
		for _, c := range p.Categories {
			row.Cells = append(row.Cells, Part(k.Cells[c]))
		}
		if row.Trial, err = tests.part(tx, k.Judge); err != nil {
			return err
		}
		if row.Unseen, err = records.ScoredUnseen(tx, plan.Round, k.Judge); err != nil {
			return err
		}
		p.Rows[i] = row
	}
	return nil
}

// countGrid fills the grid from all works and scores.
func (p *Progress) countGrid(tx store.Tx, plan judging.Plan) error {
	rules, err := records.LoadRules(tx)
	if err != nil {
		return err
	}
	category, met := map[judging.WorkID]string{}, map[string]bool{}
	if err := records.EachWork(tx, func(w judging.Work) error { category[w.ID] = w.Category; return nil }); err != nil {
		return err
	}
	lists, err := records.PlanRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	for _, l := range lists {
		for _, w := range l.Works {
			met[category[w]] = true
		}
	}
	p.Categories = []string{}
	for _, c := range rules.Categories {
		if met[c.Name] {
			p.Categories = append(p.Categories, c.Name)
		}
	}
	tests, err := loadTests(tx, plan.Round)
	if err != nil {
		return err
	}
	p.Rows = make([]ProgressRow, len(lists))
	for i, l := range lists {
		if p.Rows[i], err = p.row(tx, plan, l, category); err != nil {
			return err
		}
		if p.Rows[i].Trial, err = tests.part(tx, l.Judge); err != nil {
			return err
		}
		if p.Rows[i].Unseen, err = records.ScoredUnseen(tx, plan.Round, l.Judge); err != nil {
			return err
		}
	}
	return nil
}

func (p *Progress) row(
	tx store.Tx, plan judging.Plan, l judging.Roster, category map[judging.WorkID]string,
) (ProgressRow, error) {
	row := ProgressRow{Judge: l.Judge, Cells: make([]Part, len(p.Categories))}
	for _, w := range l.Works {
		s, err := records.LoadScore(tx, plan.Round, w, l.Judge)
		if err != nil {
			return row, err
		}
		now := s.Now()
		if now.At.After(row.Last) {
			row.Last = now.At
		}
		if at := slices.Index(p.Categories, category[w]); at >= 0 {
			row.Cells[at].Total++
			if records.Finished(now.State) {
				row.Cells[at].Done++
			}
		}
	}
	return row, nil
}

// part counts a judge's calibration works.
func (c calibration) part(tx store.Tx, judge judging.JudgeID) (Part, error) {
	var p Part
	for _, l := range c.Lists {
		if l.Judge != judge {
			continue
		}
		for _, w := range l.Works {
			s, err := Trials.Get(tx, records.ScoreID(&judging.Score{Round: c.Round, Work: w, Judge: judge}))
			if err != nil && judging.CodeOf(err) != judging.NotFound {
				return p, err
			}
			p.Total++
			if err == nil && records.Finished(s.Now().State) {
				p.Done++
			}
		}
	}
	return p, nil
}

// markBehind compares judges with the median of them all, once that is worth comparing with.
func (p *Progress) markBehind() {
	var shares []float64
	for _, j := range p.Judges {
		if j.Total > 0 {
			shares = append(shares, j.Share())
		}
	}
	if len(shares) == 0 {
		return
	}
	slices.Sort(shares)
	n := len(shares)
	p.Median = (shares[(n-1)/2] + shares[n/2]) / 2
	const worth = 0.1
	for i, j := range p.Judges {
		p.Rows[i].Behind = p.Median >= worth && j.Total > 0 && !j.Submitted && j.Share() < p.Median/2
	}
}

func (p *Progress) countRaised(tx store.Tx, plan judging.Plan) error {
	all, err := ListRaised(tx, plan)
	for _, r := range all {
		if !r.Open() {
			continue
		}
		p.Raised++
		if i := slices.IndexFunc(p.Rows, func(row ProgressRow) bool { return row.Judge == r.Judge }); i >= 0 {
			p.Rows[i].Raised++
		}
	}
	return err
}
