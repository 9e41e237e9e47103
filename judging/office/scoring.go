package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/stats"
	"fayi/judging/store"
)

// scoring is a round as it stands: its works, its judges, every score given and the places by the rules.
type scoring struct {
	round    judging.Round
	rules    judging.Rules
	works    map[judging.WorkID]judging.Work
	judges   map[judging.JudgeID]judging.Judge
	scores   []judging.Score // by work, then judge; those that do not count too
	placings []judging.Placing
}

// loadScoring reads round, the present one for 0. Errors: NotFound for a round that has not begun.
func (o *Office) loadScoring(ctx context.Context, round judging.Round) (scoring, error) {
	return view(ctx, o.db, func(tx store.Tx) (scoring, error) {
		s := scoring{round: round, works: map[judging.WorkID]judging.Work{}, judges: map[judging.JudgeID]judging.Judge{}}
		c, err := loadContest(tx)
		if err != nil {
			return s, err
		}
		if round == 0 {
			s.round = c.Round
		}
		if s.round < 1 || s.round > c.Round {
			return s, judging.Fail(judging.NotFound, "analysis.no_round", judging.Args{"Round": int(s.round)})
		}
		return s, s.load(ctx, tx)
	})
}

func (s *scoring) load(ctx context.Context, tx store.Tx) (err error) {
	if s.rules, err = rulesIn(tx, s.round); err != nil {
		return err
	}
	takes, err := inRound(tx, s.round)
	if err != nil {
		return err
	}
	r := readingOf(tx)
	if s.placings, err = rank(ctx, r, s.round); err != nil {
		return err
	}
	judges, err := loadJudges(tx)
	if err != nil {
		return err
	}
	for _, j := range judges {
		s.judges[j.ID] = j
	}
	all, _, err := r.works()
	if err != nil {
		return err
	}
	for _, w := range all {
		if takes(w) {
			s.works[w.ID] = w
		}
	}
	s.placings = s.among(func(p judging.Placing) bool { _, in := s.works[p.Work]; return in })
	given, err := r.scoresOf(s.round)
	for _, score := range given {
		if _, in := s.works[score.Work]; in {
			s.scores = append(s.scores, score)
		}
	}
	return err
}

// pool is some works of a category and the judges who scored them, as a table of package stats with the names of its numbers.
type pool struct {
	works  []judging.WorkID
	judges []judging.JudgeID
	table  stats.Table
	scale  float64 // full marks
}

// pool gathers the works of placings, which must be of one category, in their order.
func (s scoring) pool(placings []judging.Placing) pool {
	p := pool{scale: s.rules.RubricOf(placings[0].Category).Scale}
	at, judgeAt := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	for i, pl := range placings {
		at[pl.Work] = i
		p.works = append(p.works, pl.Work)
	}
	var kept []judging.Score
	for _, score := range s.scores {
		if _, ok := at[score.Work]; ok && score.Counts() {
			kept = append(kept, score)
			judgeAt[score.Judge] = 0
		}
	}
	p.judges = slices.Sorted(maps.Keys(judgeAt))
	for i, j := range p.judges {
		judgeAt[j] = i
	}
	p.table = stats.Table{Works: len(p.works), Judges: len(p.judges), Scores: make([]stats.Score, len(kept))}
	order := sequence(kept)
	for i, score := range kept {
		now := score.Now()
		p.table.Scores[i] = stats.Score{Work: at[score.Work], Judge: judgeAt[score.Judge], Value: now.Total, Order: order[i]}
	}
	return p
}

// sequence numbers each judge's scores as they were first given, from 1. Only the desk on this machine knows it: other scores have 0.
func sequence(scores []judging.Score) []int {
	out := make([]int, len(scores))
	var desk []int
	for i, s := range scores {
		if s.Versions[0].Source == judging.Desk {
			desk = append(desk, i)
		}
	}
	first := func(i int) time.Time { return scores[i].Versions[0].At }
	slices.SortStableFunc(desk, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[a].Judge, scores[b].Judge), first(a).Compare(first(b)))
	})
	for k, i := range desk {
		out[i] = 1
		if k > 0 && scores[desk[k-1]].Judge == scores[i].Judge {
			out[i] = out[desk[k-1]] + 1
		}
	}
	return out
}

// weigh gives the scores the weights of their declared confidence, for the methods that take it as the judge's own word: confidence and hier.
func (s scoring) weigh(p *pool, m stats.Method) {
	if m != stats.Confidence && m != stats.Hier {
		return
	}
	sure := map[[2]string]int{}
	for _, score := range s.scores {
		if score.Counts() {
			sure[[2]string{string(score.Work), string(score.Judge)}] = score.Now().Confidence
		}
	}
	for i := range p.table.Scores {
		t := &p.table.Scores[i]
		t.Weight = stats.ConfidenceWeight(sure[[2]string{string(p.works[t.Work]), string(p.judges[t.Judge])}])
	}
}

// fit is a pool with what a method made of it.
type fit struct {
	pool
	stats.Result
	advice   stats.Advice
	official bool    // the method reckons the official scores
	shift    float64 // what turns the method's values into points of the contest's scale
}

// fit runs method m on a pool; "" means the official one, else hier where correcting is warranted, else mean. cuts are cut lines in places.
func (s scoring) fit(ctx context.Context, p pool, m stats.Method, cuts []int) (fit, error) {
	f := fit{pool: p}
	var err error
	if f.advice, err = stats.Advise(p.table); err != nil {
		return f, err
	}
	if m == "" && s.rules.Official != judging.ByRules && p.table.Components().Count == 1 {
		m = stats.Method(s.rules.Official)
	}
	f.official = m != "" && m == stats.Method(s.rules.Official)
	if m == "" {
		m = stats.Mean
		if f.advice.Correct {
			m = stats.Hier
		}
	}
	s.weigh(&f.pool, m)
	if f.Result, err = stats.Rank(ctx, f.table, m, stats.Options{Cuts: cuts, FullMarks: p.scale}); err != nil {
		return f, p.named(err)
	}
	if m == stats.Hier || m == stats.BLUP { // their values are about 0; a judge of severity 0 gives this much more
		f.shift = f.Fit.Mean
	}
	return f, nil
}

// named puts identities into an error that speaks of works and judges by number.
func (p pool) named(err error) error {
	told, ok := err.(*judging.Error)
	if !ok {
		return err
	}
	if i, ok := told.Args["Work"].(int); ok && i < len(p.works) {
		told.Args["Work"] = p.works[i]
	}
	if i, ok := told.Args["Judge"].(int); ok && i < len(p.judges) {
		told.Args["Judge"] = p.judges[i]
	}
	return told
}

// runs cuts placings into pieces for which same holds between neighbours.
func runs(placings []judging.Placing, same func(a, b judging.Placing) bool) (out [][]judging.Placing) {
	for from := 0; from < len(placings); {
		to := from + 1
		for to < len(placings) && same(placings[to-1], placings[to]) {
			to++
		}
		out = append(out, placings[from:to])
		from = to
	}
	return out
}

func sameCategory(a, b judging.Placing) bool { return a.Category == b.Category }

func sameList(a, b judging.Placing) bool { return a.Category == b.Category && a.Group == b.Group }
