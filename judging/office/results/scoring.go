package results

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/stats"
	"fayi/judging/store"
)

// Without is s without the scores of a judge, and without those that do not count.
func (s Scoring) Without(judge judging.JudgeID) Scoring {
	out := s
	out.whole, out.Scores = &fit{}, nil
	for _, x := range s.Scores {
		if x.Judge != judge && x.Counts() {
			out.Scores = append(out.Scores, x)
		}
	}
	return out
}

// ScoringJudges lists the judges whose scores count.
func (s Scoring) ScoringJudges() []judging.JudgeID {
	seen := map[judging.JudgeID]bool{}
	var out []judging.JudgeID
	for _, score := range s.Scores {
		if score.Counts() && !seen[score.Judge] {
			seen[score.Judge] = true
			out = append(out, score.Judge)
		}
	}
	slices.Sort(out)
	return out
}

// Scoring is a round as it stands: its works, its judges, every score given and the places by the rules.
type Scoring struct {
	Round    judging.Round
	Rules    judging.Rules
	Works    map[judging.WorkID]judging.Work
	Judges   map[judging.JudgeID]judging.Judge
	Called   map[judging.JudgeID]string // what each judge is called by: namesakes are kept distinct
	Scores   []judging.Score            // by work, then judge; those that do not count too
	Placings []judging.Placing
	Offsets  []records.Offset // of the round, that count; oldest first
	Votes    votelists.Votes  // of an audience

	whole *fit // of all categories together, once it is needed; nil where it is not kept
}

// OffsetOf sums up what the office added to a work's official score, or took off.
func (s Scoring) OffsetOf(work judging.WorkID) (sum judging.Points) {
	for _, f := range s.Offsets {
		if f.Work == work {
			sum += judging.Exact(f.Points)
		}
	}
	return sum
}

// offsetSums is OffsetOf of all works that have any.
func (s Scoring) offsetSums() map[judging.WorkID]judging.Points {
	out := make(map[judging.WorkID]judging.Points, len(s.Offsets))
	for _, f := range s.Offsets {
		out[f.Work] += judging.Exact(f.Points)
	}
	return out
}

// loadScoring reads round, the present one for 0. Errors: NotFound for a round that has not begun.
func LoadScoring(ctx context.Context, rec *records.Records, round judging.Round) (Scoring, error) {
	return records.View(ctx, rec.DB, func(tx store.Tx) (Scoring, error) {
		return ScoringIn(ctx, records.ReadingOf(tx),
			round)
	})
}

// ScoringIn is LoadScoring within a transaction.
func ScoringIn(ctx context.Context, r *records.Reading, round judging.Round) (Scoring, error) {
	s := Scoring{
		Round:  round,
		Works:  map[judging.WorkID]judging.Work{},
		Judges: map[judging.JudgeID]judging.Judge{},
		whole:  &fit{},
	}
	c, err := records.LoadContest(r.Tx)
	if err != nil {
		return s, err
	}
	if round == 0 {
		s.Round = c.Round
	}
	if s.Round < 1 || s.Round > c.Round {
		return s, judging.Fail(judging.NotFound, "analysis.no_round", judging.Args{"Round": int(s.Round)})
	}
	return s, s.load(ctx, r)
}

func (s *Scoring) load(ctx context.Context, r *records.Reading) (err error) {
	tx := r.Tx
	if s.Rules, err = records.RulesIn(tx, s.Round); err != nil {
		return err
	}
	takes, err := records.InRound(tx, s.Round)
	if err != nil {
		return err
	}
	given, err := r.ScoresOf(s.Round) // before they are ranked, which needs less of each
	if err != nil {
		return err
	}
	if s.Placings, err = Rank(ctx, r, s.Round); err != nil {
		return err
	}
	judges, err := records.LoadJudges(tx)
	if err != nil {
		return err
	}
	s.Called = records.Calls(judges)
	for _, j := range judges {
		s.Judges[j.ID] = j
	}
	all, _, err := r.Works()
	if err != nil {
		return err
	}
	for _, w := range all {
		if takes(w) {
			s.Works[w.ID] = w
		}
	}
	s.Placings = s.Among(func(p judging.Placing) bool { _, in := s.Works[p.Work]; return in })
	if err = s.loadOffsets(tx); err != nil {
		return err
	}
	if s.Votes, err = votelists.Counts(tx); err != nil {
		return err
	}
	for _, score := range given {
		if _, in := s.Works[score.Work]; in {
			s.Scores = append(s.Scores, score)
		}
	}
	return err
}

func (s *Scoring) loadOffsets(tx store.Tx) error {
	return records.Offsets.Each(tx, func(f records.Offset) error {
		if f.Round == s.Round && f.Recalled == "" {
			s.Offsets = append(s.Offsets, f)
		}
		return nil
	})
}

// pool is some works and the judges who scored them, as a table of package stats with the names of its numbers.
type pool struct {
	WorkIDs  []judging.WorkID
	JudgeIDs []judging.JudgeID
	table    stats.Table
	scale    float64   // full marks of the table's scores
	scales   []float64 // by work: points of the table for one of the work's category
}

// Pool gathers the works of placings, in their order. Where their categories have other full marks than each other,
// all scores are brought to 100.
func (s Scoring) Pool(placings []judging.Placing) pool {
	p := pool{scale: s.Rules.RubricOf(placings[0].Category).Scale}
	at, judgeAt := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	full := make([]float64, len(placings))
	for i, pl := range placings {
		at[pl.Work], full[i] = i, s.Rules.RubricOf(pl.Category).Scale
		p.WorkIDs = append(p.WorkIDs, pl.Work)
		if full[i] != full[0] {
			p.scale = 100
		}
	}
	p.scales = make([]float64, len(full))
	for i := range full {
		p.scales[i] = p.scale / full[i]
	}
	var kept []judging.Score
	for _, score := range s.Scores {
		if _, ok := at[score.Work]; ok && score.Counts() {
			kept = append(kept, score)
			judgeAt[score.Judge] = 0
		}
	}
	p.JudgeIDs = slices.Sorted(maps.Keys(judgeAt))
	for i, j := range p.JudgeIDs {
		judgeAt[j] = i
	}
	p.table = stats.Table{Works: len(p.WorkIDs), Judges: len(p.JudgeIDs), Scores: make([]stats.Score, len(kept))}
	order := sequence(kept)
	for i, score := range kept {
		p.table.Scores[i] = stats.Score{
			Work:  at[score.Work],
			Judge: judgeAt[score.Judge],
			Value: score.Now().Total * p.scale / full[at[score.Work]],
			Order: order[i],
		}
	}
	return p
}

// sequence numbers each judge's scores as they were first given, from 1. Desk, browser and packet know it: scores of
// sheets have 0.
func sequence(scores []judging.Score) []int {
	out := make([]int, len(scores))
	var known []int
	for i, s := range scores {
		if first := s.Versions[0].Source; first.ByJudge() || first == judging.Packet {
			known = append(known, i)
		}
	}
	first := func(i int) time.Time { return scores[i].Versions[0].At }
	slices.SortStableFunc(known, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[a].Judge, scores[b].Judge), first(a).Compare(first(b)))
	})
	for k, i := range known {
		out[i] = 1
		if k > 0 && scores[known[k-1]].Judge == scores[i].Judge {
			out[i] = out[known[k-1]] + 1
		}
	}
	return out
}

// weigh gives the scores the weights of their declared confidence, for the methods that take it as the judge's own
// word: confidence and hier.
func (s Scoring) weigh(p *pool, m stats.Method) {
	if m != stats.Confidence && m != stats.Hier1 && m != stats.Hier {
		return
	}
	sure := map[[2]string]int{}
	for _, score := range s.Scores {
		if score.Counts() {
			sure[[2]string{string(score.Work), string(score.Judge)}] = score.Now().Confidence
		}
	}
	for i := range p.table.Scores {
		t := &p.table.Scores[i]
		t.Weight = stats.ConfidenceWeight(sure[[2]string{string(p.WorkIDs[t.Work]), string(p.JudgeIDs[t.Judge])}])
	}
}

// fit is a pool with what a method made of it.
type fit struct {
	pool
	stats.Result
	Category string // that is spoken of; the pool may have more
	advice   stats.Advice
	official bool    // the method computes the official scores
	shift    float64 // what turns the method's values into points of the pool's scale
	per      float64 // points of the category for one of the pool
}

// method returns the method for a pool: the one asked for, else the official one, else hier where correcting is
// warranted, else mean.
func (s Scoring) method(p pool, asked stats.Method) (stats.Method, stats.Advice, error) {
	advice, err := stats.Advise(p.table)
	switch official := stats.Method(s.Rules.Official); {
	case asked != "":
		return asked, advice, err
	case official != "" && compares(s.Rules.Official, p.table.Components().Count):
		return official, advice, err
	case advice.Correct:
		return stats.Hier, advice, err
	}
	return stats.Mean, advice, err
}

// compares reports whether an official method can compare judges who fall into pieces with no work in common. What
// takes panels to be alike can; what takes severities off exactly can't tell a strict panel from poor works.
func compares(official judging.Official, pieces int) bool {
	return pieces <= 1 || official != judging.Additive && official != judging.Confidence
}

// Fit runs method m, see [Scoring.method], on the works of a category. hier learns judges from all categories at
// once: they are the same persons in each, and a list of a few works teaches little about them.
func (s Scoring) Fit(ctx context.Context, category []judging.Placing, m stats.Method) (fit, error) {
	p := s.Pool(category)
	m, advice, err := s.method(p, m)
	if err != nil {
		return fit{pool: p}, err
	}
	var f fit
	if m == stats.Hier && len(s.Placings) > len(category) {
		f, err = s.together(ctx)
	} else {
		f, err = s.fitted(ctx, p, m)
	}
	f.Category, f.advice, f.official = category[0].Category, advice, m == stats.Method(s.Rules.Official)
	f.per = s.Rules.RubricOf(f.Category).Scale / f.scale
	return f, err
}

// together is the fit of hier over all categories.
func (s Scoring) together(ctx context.Context) (fit, error) {
	if s.whole != nil && s.whole.Result.Works != nil {
		return *s.whole, nil
	}
	f, err := s.fitted(ctx, s.Pool(s.Placings), stats.Hier)
	if err == nil && s.whole != nil {
		*s.whole = f
	}
	return f, err
}

func (s Scoring) fitted(ctx context.Context, p pool, m stats.Method) (f fit, err error) {
	s.weigh(&p, m)
	f.pool = p
	if f.Result, err = stats.Rank(ctx, f.table, m, stats.Options{FullMarks: p.scale}); err != nil {
		return f, p.named(err)
	}
	if m == stats.Hier || m == stats.Hier1 || m == stats.BLUP {
		f.shift = f.Fit.Mean // their values are about 0; a judge of severity 0 gives this much more
	}
	return f, nil
}

// Table is the scores that were fitted.
func (f fit) Table() stats.Table { return f.table }

// Points brings points that a work, by its number in the fit, has by its category to those of the fit.
func (f fit) Points(work int, total float64) float64 { return total * f.scales[work] }

// numbers returns the numbers in the fit of the works of placings.
func (f fit) numbers(placings []judging.Placing) []int {
	at := make(map[judging.WorkID]int, len(f.WorkIDs))
	for i, id := range f.WorkIDs {
		at[id] = i
	}
	out := make([]int, len(placings))
	for i, p := range placings {
		out[i] = at[p.Work]
	}
	return out
}

// Among returns the standings of placings' works with places, intervals and chances among these alone.
func (f fit) Among(placings []judging.Placing, cuts []int) []stats.Standing {
	return f.Result.Among(f.numbers(placings), cuts)
}

// named puts identities into an error that speaks of works and judges by number.
func (p pool) named(err error) error {
	told, ok := err.(*judging.Error)
	if !ok {
		return err
	}
	if i, ok := told.Args["Work"].(int); ok && i < len(p.WorkIDs) {
		told.Args["Work"] = p.WorkIDs[i]
	}
	if i, ok := told.Args["Judge"].(int); ok && i < len(p.JudgeIDs) {
		told.Args["Judge"] = p.JudgeIDs[i]
	}
	return told
}

// Runs cuts placings into pieces for which same holds between neighbours.
func Runs(placings []judging.Placing, same func(a, b judging.Placing) bool) (out [][]judging.Placing) {
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

func SameCategory(a, b judging.Placing) bool { return a.Category == b.Category }

func SameList(a, b judging.Placing) bool { return a.Category == b.Category && a.Group == b.Group }
