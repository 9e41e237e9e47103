package results

import (
	"context"
	"errors"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/stats"
)

// AnalysisRequest says what to look at.
type AnalysisRequest struct {
	Round judging.Round // 0: the present one
	// "": in each category the official one, else hier where correcting is warranted, else mean
	Method stats.Method
}

// Analysis is a round's places with the evidence that package stats finds. Nothing in it decides: places are those
// of the rules.
type Analysis struct {
	Round      judging.Round      `json:"round"`
	Standings  []Standing         `json:"works"` // best first within category and group
	Categories []CategoryAnalysis `json:"categories"`
	Lists      []ListAnalysis     `json:"lists"`
}

// Standing is a work's place by the rules with the evidence next to it. The interval and the chances are of its
// true place within its list.
type Standing struct {
	judging.Placing
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	// by the method, hier over all scores of the contest, others over those of the category: points, as a judge of
	// severity 0 would give (zscore: about 50; pairwise: log strength); nil without a score
	Corrected *float64 `json:"corrected"`
	SE        float64  `json:"se"`       // standard error of Corrected; 0 where the scores can't tell it
	PlaceLo   int      `json:"place_lo"` // 95 % interval; 0 without a score
	PlaceHi   int      `json:"place_hi"`
	PAward    float64  `json:"p_award"` // chance of any award, 0 to 1
	Chances   []Chance `json:"chances"` // award by award
}

// Chance is the probability that a work's true place is within an award's or a better one's places.
type Chance struct {
	Award string  `json:"award"`
	P     float64 `json:"p"`
}

// CategoryAnalysis is what the scores of a category say as a whole.
type CategoryAnalysis struct {
	Category string       `json:"category"`
	Method   stats.Method `json:"method"`
	Works    int          `json:"works"` // with a score
	Judges   int          `json:"judges"`
	Scores   int          `json:"scores"`
	Correct  bool         `json:"correct"` // whether correcting is warranted
	Advice   Remark       `json:"advice"`
	Warnings []Remark     `json:"warnings"`
	Noise    *Remark      `json:"noise,omitempty"` // hier: how the scores scatter, and what that means for single ones
}

// Remark is a catalogue text with the works and judges it speaks of.
type Remark struct {
	Text   string            `json:"code"` // catalogue key
	Args   judging.Args      `json:"args,omitempty"`
	Works  []judging.WorkID  `json:"works,omitempty"`
	Judges []judging.JudgeID `json:"judges,omitempty"`
}

// ListAnalysis is one list, a category or one group of it, with its cut lines.
type ListAnalysis struct {
	Category string `json:"category"`
	Group    string `json:"group"`
	Ranked   int    `json:"ranked"`
	Cuts     []Cut  `json:"cuts"`
}

// Cut is the line below an award: how many places it and all better awards have, and the works whose side of it is
// open (a chance between .1 and .9).
type Cut struct {
	Award    string           `json:"award"`
	Places   int              `json:"places"`
	Doubtful []judging.WorkID `json:"doubtful"`
}

// Analyse sets next to the places of a round what the scores let say of them. Errors: NotFound for a round that has
// not begun, Invalid for a method that is unknown or can't work on the scores there are, and for a round without marks.
func (o Stage) Analyse(ctx context.Context, req AnalysisRequest) (Analysis, error) {
	s, err := o.marked(ctx, req.Round)
	if err != nil {
		return Analysis{}, err
	}
	out := Analysis{Round: s.Round, Standings: []Standing{}, Categories: []CategoryAnalysis{}, Lists: []ListAnalysis{}}
	for _, category := range Runs(s.Placings, SameCategory) {
		if err := s.analyse(ctx, category, req.Method, &out); err != nil {
			return Analysis{}, err
		}
	}
	return out, nil
}

// NoMarks is the text of the error of what is said of marks only, in a round where judges give none: a yes or a place
// has no severity, and differences between them are no distances.
const NoMarks = "analysis.no_marks"

// WithoutMarks reports whether err says that the round has no marks.
func WithoutMarks(err error) bool {
	var e *judging.Error
	return errors.As(err, &e) && e.Text == NoMarks
}

// marked loads the scores of a round in which judges give marks. Errors: Invalid for another round.
func (o Stage) marked(ctx context.Context, round judging.Round) (Scoring, error) {
	s, err := LoadScoring(ctx, o.rec, round)
	if err == nil && s.Rules.Voting != nil {
		return s, judging.Fail(judging.Invalid, NoMarks, judging.Args{"Kind": string(s.Rules.Voting.Kind)})
	}
	return s, err
}

// analyse adds one category to out: corrected scores, intervals and chances, list by list, all of one fit.
func (s Scoring) analyse(ctx context.Context, category []judging.Placing, m stats.Method, out *Analysis) error {
	f, err := s.Fit(ctx, category, m)
	if err != nil {
		return err
	}
	out.Categories = append(out.Categories, s.about(f, category))
	for _, list := range Runs(category, SameList) {
		standings := f.Among(list, s.Cuts(list))
		for i, p := range list {
			out.Standings = append(out.Standings, s.Standing(p, f, standings[i]))
		}
		out.Lists = append(out.Lists, s.listed(list, standings))
	}
	return nil
}

// Standing joins a placing with its standing in its list by a fit.
func (s Scoring) Standing(p judging.Placing, f fit, in stats.Standing) Standing {
	w := s.Works[p.Work]
	out := Standing{Placing: p, Code: w.Code, Title: w.Title, Chances: []Chance{}}
	if in.N == 0 {
		return out
	}
	corrected := f.per * (in.Value + f.shift)
	out.Corrected, out.SE, out.PlaceLo, out.PlaceHi = &corrected, f.per*in.SE, in.RankLo, in.RankHi
	for k, a := range s.Rules.Awards {
		out.Chances = append(out.Chances, Chance{a.Name, in.Award[k]})
		out.PAward = in.Award[k]
	}
	return out
}

// Cuts returns the places down to which each award reaches in a list, by its quotas.
func (s Scoring) Cuts(list []judging.Placing) []int {
	ranked := RankedIn(list)
	out, sum := make([]int, len(s.Rules.Awards)), 0
	spread := award.SpreadOf(s.Rules, s.Placings)
	for k, places := range spread.PlacesOf(list[0].Category, list[0].Group, ranked) {
		sum = min(ranked, sum+places)
		out[k] = sum
	}
	return out
}

// RankedIn counts the works with a place.
func RankedIn(list []judging.Placing) (n int) {
	for _, p := range list {
		if p.Place > 0 {
			n++
		}
	}
	return n
}

func (s Scoring) listed(list []judging.Placing, standings []stats.Standing) ListAnalysis {
	out := ListAnalysis{Category: list[0].Category, Group: list[0].Group, Ranked: RankedIn(list), Cuts: []Cut{}}
	places := s.Cuts(list)
	for k, a := range s.Rules.Awards {
		cut := Cut{a.Name, places[k], []judging.WorkID{}}
		for _, i := range stats.Doubtful(standings, k) {
			cut.Doubtful = append(cut.Doubtful, list[i].Work)
		}
		out.Cuts = append(out.Cuts, cut)
	}
	return out
}

// about says what the scores of a category are, and what its fit warns of that concerns it.
func (s Scoring) about(f fit, category []judging.Placing) CategoryAnalysis {
	p := s.Pool(category)
	out := CategoryAnalysis{
		Category: category[0].Category,
		Method:   f.Method,
		Judges:   len(p.JudgeIDs),
		Scores:   len(p.table.Scores),
		Correct:  f.advice.Correct,
		Advice:   Remark{Text: f.advice.Text, Args: f.advice.Args},
		Warnings: []Remark{},
	}
	if f.Method == stats.Hier {
		out.Noise = &Remark{Text: noiseText(f.Fit.Freedom)}
	}
	for _, i := range f.numbers(category) {
		if f.Result.Works[i].N > 0 {
			out.Works++
		}
	}
	for _, w := range f.Warnings {
		if r, concerns := f.remark(w, p); concerns {
			out.Warnings = append(out.Warnings, r)
		}
	}
	return out
}

// manyOdd is the degrees of freedom of the noise up to which single scores far from all others are many: about one in
// fifty lies beyond three deviations, where of normal noise one in 400 does.
const manyOdd = 6

// noiseText is the key of the sentence about noise with as many degrees of freedom, 0 for a normal one.
func noiseText(freedom float64) string {
	switch {
	case freedom == 0:
		return "analysis.noise_normal"
	case freedom <= manyOdd:
		return "analysis.noise_heavy"
	}
	return "analysis.noise_some"
}

// remark puts names into a warning, those of p's works and judges only; false where it speaks of others alone.
func (f fit) remark(w stats.Warning, p pool) (Remark, bool) {
	r := Remark{Text: w.Text, Args: maps.Clone(w.Args)}
	for _, i := range w.Works {
		if id := f.WorkIDs[i]; slices.Contains(p.WorkIDs, id) {
			r.Works = append(r.Works, id)
		}
	}
	for _, i := range w.Judges {
		if id := f.pool.JudgeIDs[i]; slices.Contains(p.JudgeIDs, id) {
			r.Judges = append(r.Judges, id)
		}
	}
	named, kept := len(w.Works)+len(w.Judges), len(r.Works)+len(r.Judges)
	if named > kept && r.Args["Count"] == named {
		r.Args["Count"] = kept
	}
	return r, named == 0 || kept > 0
}
