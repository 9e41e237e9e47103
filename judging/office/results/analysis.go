package results

import (
	"context"

	"fayi/judging"
	"fayi/judging/stats"
)

// AnalysisRequest says what to look at.
type AnalysisRequest struct {
	Round  judging.Round // 0: the present one
	Method stats.Method  // "": in each category hier where correcting is warranted, else mean
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
	// by the method, over all judges of the category: points, as a judge of severity 0 would give (zscore: about
	// 50; pairwise: log strength); nil without a score
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
// not begun, Invalid for a method that is unknown or can't work on the scores there are.
func (o Stage) Analyse(ctx context.Context, req AnalysisRequest) (Analysis, error) {
	s, err := LoadScoring(ctx, o.rec, req.Round)
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

// analyse adds one category to out: corrected scores over all of it, intervals and chances list by list.
func (s Scoring) analyse(ctx context.Context, category []judging.Placing, m stats.Method, out *Analysis) error {
	lists := Runs(category, SameList)
	whole, err := s.Fit(ctx, s.Pool(category), m, s.Cuts(category))
	if err != nil {
		return err
	}
	out.Categories = append(out.Categories, whole.about(category[0].Category))
	next := 0
	for _, list := range lists {
		of := whole
		if len(lists) > 1 {
			if of, err = s.Fit(ctx, s.Pool(list), whole.Method, s.Cuts(list)); err != nil {
				return err
			}
		}
		for i, p := range list {
			out.Standings = append(out.Standings, s.Standing(p, whole, next, of.Works[i]))
			next++
		}
		out.Lists = append(out.Lists, s.listed(list, of))
	}
	return nil
}

// Standing joins a placing with its corrected score, work i of whole, and its standing in its list.
func (s Scoring) Standing(p judging.Placing, whole fit, i int, in stats.Standing) Standing {
	w := s.Works[p.Work]
	out := Standing{Placing: p, Code: w.Code, Title: w.Title, Chances: []Chance{}}
	if in.N == 0 {
		return out
	}
	corrected := whole.Works[i].Value + whole.shift
	out.Corrected, out.SE, out.PlaceLo, out.PlaceHi = &corrected, whole.Works[i].SE, in.RankLo, in.RankHi
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
	for k, a := range s.Rules.Awards {
		sum = min(ranked, sum+s.Rules.ShareOf(a, list[0].Category, list[0].Group).PlacesOf(ranked))
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

func (s Scoring) listed(list []judging.Placing, f fit) ListAnalysis {
	out := ListAnalysis{Category: list[0].Category, Group: list[0].Group, Ranked: RankedIn(list), Cuts: []Cut{}}
	places := s.Cuts(list)
	for k, a := range s.Rules.Awards {
		cut := Cut{a.Name, places[k], []judging.WorkID{}}
		for _, i := range f.Doubtful(k) {
			cut.Doubtful = append(cut.Doubtful, f.WorkIDs[i])
		}
		out.Cuts = append(out.Cuts, cut)
	}
	return out
}

func (f fit) about(category string) CategoryAnalysis {
	out := CategoryAnalysis{
		Category: category,
		Method:   f.Method,
		Judges:   len(f.JudgeIDs),
		Scores:   len(f.table.Scores),
		Correct:  f.advice.Correct,
		Advice:   Remark{Text: f.advice.Text, Args: f.advice.Args},
		Warnings: []Remark{},
	}
	for _, w := range f.Result.Works {
		if w.N > 0 {
			out.Works++
		}
	}
	for _, w := range f.Warnings {
		r := Remark{Text: w.Text, Args: w.Args}
		for _, i := range w.Works {
			r.Works = append(r.Works, f.WorkIDs[i])
		}
		for _, i := range w.Judges {
			r.Judges = append(r.Judges, f.pool.JudgeIDs[i])
		}
		out.Warnings = append(out.Warnings, r)
	}
	return out
}
