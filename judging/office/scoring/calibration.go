package scoring

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Calibration works 试评 are scored by all judges of a category before their own lists, to compare measures. Their
// scores lie in a table of their own, which no counting reads, and judges see them under codes of their own: a work
// that is also on a judge's list is scored there once more, for good.
var (
	Trials = store.NewTable("trial", 1, records.ScoreID)
	tests  = store.NewTable("calibration", 1, func(c *calibration) string {
		return judging.Serial("r", 2, int(c.Round))
	})
)

// calibration is the choice of a round.
type calibration struct {
	Round judging.Round    `json:"round"`
	Seed  uint64           `json:"seed,omitempty"` // 0 where the works were named
	Works []judging.WorkID `json:"works"`
	Lists []judging.Roster `json:"lists"` // who scores what
}

// TrialMark ends the code of a calibration work; other codes end in a digit.
const TrialMark = "-T"

func isTrial(code judging.WorkCode) bool { return strings.HasSuffix(string(code), TrialMark) }

// scoresOf is the table in which the scores of a work with this code lie.
func scoresOf(code judging.WorkCode) *store.Table[judging.Score] {
	if isTrial(code) {
		return Trials
	}
	return records.Scores
}

// LoadScore reads the judge's score of a work of the duty.
func (d *Duty) LoadScore(tx store.Tx, w judging.Work) (judging.Score, error) {
	s := judging.Score{Round: d.Plan.Round, Work: w.ID, Judge: d.Judge.ID}
	kept, err := scoresOf(w.Code).Get(tx, records.ScoreID(&s))
	if errors.Is(err, judging.ErrNotFound) {
		return s, nil
	}
	return kept, err
}

// loadTests returns the choice of a round; the zero one where there is none.
func loadTests(tx store.Tx, round judging.Round) (calibration, error) {
	c, err := tests.Get(tx, judging.Serial("r", 2, int(round)))
	if errors.Is(err, judging.ErrNotFound) {
		return calibration{Round: round}, nil
	}
	return c, err
}

// loadTrial reads the judge's calibration works.
func (d *Duty) loadTrial(tx store.Tx) ([]judging.Work, error) {
	c, err := loadTests(tx, d.Plan.Round)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(c.Lists, func(r judging.Roster) bool { return r.Judge == d.Judge.ID })
	if i < 0 {
		return nil, nil
	}
	out, err := stillIn(tx, c.Lists[i].Works)
	for i := range out {
		out[i].Code += TrialMark
	}
	return out, err
}

// spreads says how the panel scored the calibration works that the judge has scored.
func (d *Duty) spreads(tx store.Tx) ([]judging.Calibration, error) {
	var out []judging.Calibration
	for _, w := range d.Trial {
		mine, err := d.LoadScore(tx, w)
		if err != nil {
			return nil, err
		}
		if !mine.Counts() {
			continue
		}
		given, err := trialScores(tx, d.Plan.Round, w.ID)
		if err != nil {
			return nil, err
		}
		c := spread(given)
		c.Code, c.Mine = w.Code, mine.Now().Total
		out = append(out, c)
	}
	return out, nil
}

// trialScores lists the complete calibration scores of a work.
func trialScores(tx store.Tx, round judging.Round, work judging.WorkID) ([]judging.Score, error) {
	return records.Collect(func(fn func(judging.Score) error) error {
		return Trials.EachPrefix(
			tx, judging.Serial("r", 2, int(round))+"/"+string(work)+"/", func(s judging.Score) error {
				if !s.Counts() {
					return nil
				}
				return fn(s)
			},
		)
	})
}

func spread(given []judging.Score) judging.Calibration {
	totals := make([]float64, len(given))
	for i, s := range given {
		totals[i] = s.Now().Total
	}
	slices.Sort(totals)
	c := judging.Calibration{Judges: len(totals)}
	if n := len(totals); n > 0 {
		c.Low, c.High, c.Median = totals[0], totals[n-1], (totals[(n-1)/2]+totals[n/2])/2
	}
	return c
}

// CalibrationRequest says which works all judges score first: those named (by identity or code), or so many of each
// category, drawn at random.
type CalibrationRequest struct {
	Works       []string
	PerCategory int     // 1-10 where no works are named
	Seed        *uint64 // nil: drawn
}

// TestWork is a calibration work as the organiser sees it. Low, Median and High are points over the judges who have
// scored it.
type TestWork struct {
	judging.Calibration
	Work     judging.WorkID    `json:"work"`
	Title    string            `json:"title"`
	Category string            `json:"category"`
	Waiting  []judging.JudgeID `json:"waiting"` // who have not scored it yet
	Given    []TestScore       `json:"given"`   // from the strictest
}

// TestScore is one judge's score of a calibration work.
type TestScore struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Total float64         `json:"total"`
}

// ChooseCalibration has all judges of a category score a few of its works before their own lists, without counting:
// those of the request that a judge has no conflict with. It takes the place of an earlier choice; a request
// without works and number ends calibration. Errors: Closed when no plan is published or calibration scores were
// given, NotFound, Invalid for a number out of range or a work that is not accepted.
func (o Calibration) ChooseCalibration(ctx context.Context, req CalibrationRequest) error {
	if req.PerCategory < 0 || req.PerCategory > 10 {
		return judging.Fail(judging.Invalid, "trial.number", judging.Args{"Value": req.PerCategory, "Most": 10})
	}
	seed, err := records.Seed(o.rec.Random, req.Seed)
	if err != nil {
		return err
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		r, err := assignment.LoadRevision(tx)
		if err != nil {
			return err
		}
		before, err := loadTests(tx, r.Round)
		if err != nil {
			return err
		}
		if err := refuseBegun(tx, before); err != nil {
			return err
		}
		next, err := chooseTests(tx, &r, req, seed)
		if err != nil {
			return err
		}
		if err := tests.Put(tx, next); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.calibrate", "", map[string]any{
			"works": before.Works,
		}, map[string]any{
			"works": next.Works,
			"seed":  next.Seed,
		})
	})
}

// refuseBegun stops another choice once scores were given, which would be lost to sight.
func refuseBegun(tx store.Tx, c calibration) error {
	return Trials.EachPrefix(tx, judging.Serial("r", 2, int(c.Round))+"/", func(s judging.Score) error {
		if slices.Contains(c.Works, s.Work) {
			return judging.Fail(judging.Closed, "trial.begun", nil)
		}
		return nil
	})
}

func chooseTests(tx store.Tx, r *assignment.PlanRevision, req CalibrationRequest, seed uint64) (calibration, error) {
	out := calibration{Round: r.Round, Works: []judging.WorkID{}, Lists: []judging.Roster{}}
	apart := map[judging.WorkID]map[judging.JudgeID]bool{}
	for _, c := range judging.Conflicts(r.Works, r.Judges, r.Said) {
		if apart[c.Work] == nil {
			apart[c.Work] = map[judging.JudgeID]bool{}
		}
		apart[c.Work][c.Judge] = true
	}
	for _, name := range req.Works {
		id, err := records.FindWork(tx, name)
		if err != nil {
			return out, err
		}
		if !slices.ContainsFunc(r.Works, func(w judging.Work) bool { return w.ID == id }) {
			return out, judging.Fail(judging.Invalid, "trial.not_accepted", judging.Args{"Work": name})
		}
		if !slices.Contains(out.Works, id) {
			out.Works = append(out.Works, id)
		}
	}
	if len(req.Works) == 0 && req.PerCategory > 0 {
		out.Seed = seed
		out.Works = drawTests(r, req.PerCategory, seed, func(w judging.WorkID) int { return len(apart[w]) })
	}
	category := map[judging.WorkID]string{}
	for _, w := range r.Works {
		category[w.ID] = w.Category
	}
	for _, list := range r.Lists {
		mine := judging.Roster{Plan: list.Plan, Judge: list.Judge}
		for _, w := range out.Works {
			expert := slices.ContainsFunc(list.Works, func(x judging.WorkID) bool { return category[x] == category[w] })
			if expert && !apart[w][list.Judge] {
				mine.Works = append(mine.Works, w)
			}
		}
		if len(mine.Works) > 0 {
			out.Lists = append(out.Lists, mine)
		}
	}
	return out, nil
}

// drawTests draws n works of each category, first from those with fewest conflicts: what all can score compares best.
func drawTests(
	r *assignment.PlanRevision, n int, seed uint64, conflicts func(judging.WorkID) int,
) (out []judging.WorkID) {
	random := rand.New(rand.NewPCG(seed, 0))
	for _, c := range r.Rules.Categories {
		var of []judging.WorkID
		for _, w := range r.Works {
			if w.Category == c.Name {
				of = append(of, w.ID)
			}
		}
		random.Shuffle(len(of), func(a, b int) { of[a], of[b] = of[b], of[a] })
		slices.SortStableFunc(of, func(a, b judging.WorkID) int { return cmp.Compare(conflicts(a), conflicts(b)) })
		out = append(out, of[:min(n, len(of))]...)
	}
	return out
}

// Calibrations says how the calibration works of the round were scored so far. Errors: NotFound without a contest.
func (o Calibration) Calibrations(ctx context.Context) ([]TestWork, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]TestWork, error) {
		out := []TestWork{}
		contest, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		c, err := loadTests(tx, contest.Round)
		if err != nil {
			return nil, err
		}
		names, err := records.JudgeNames(tx)
		if err != nil {
			return nil, err
		}
		for _, id := range c.Works {
			t, err := c.test(tx, id, names)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
		return out, nil
	})
}

func (c calibration) test(tx store.Tx, id judging.WorkID, names map[judging.JudgeID]string) (TestWork, error) {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return TestWork{}, err
	}
	given, err := trialScores(tx, c.Round, id)
	if err != nil {
		return TestWork{}, err
	}
	t := TestWork{
		Calibration: spread(given),
		Work:        id,
		Title:       w.Title,
		Category:    w.Category,
		Waiting:     []judging.JudgeID{},
		Given:       []TestScore{},
	}
	t.Code = w.Code + TrialMark
	for _, s := range given {
		t.Given = append(t.Given, TestScore{s.Judge, names[s.Judge], s.Now().Total})
	}
	slices.SortStableFunc(t.Given, func(a, b TestScore) int { return cmp.Compare(a.Total, b.Total) })
	for _, l := range c.Lists {
		if slices.Contains(l.Works, id) &&
			!slices.ContainsFunc(given, func(s judging.Score) bool { return s.Judge == l.Judge }) {
			t.Waiting = append(t.Waiting, l.Judge)
		}
	}
	return t, nil
}
