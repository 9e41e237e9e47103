package results

import (
	"context"

	"fayi/judging"
	"fayi/judging/stats"
	"fayi/judging/stats/fleiss"
	"fayi/judging/voting"
)

// VoteAgreement is how far judges agree in one list of a round without marks.
type VoteAgreement struct {
	Category string      `json:"category"`
	Group    string      `json:"group,omitempty"`
	Kind     voting.Kind `json:"kind"`
	Works    int         `json:"works"` // of which at least two judges spoke
	Judges   int         `json:"judges"`
	// of approvals and votes: works of which all said the same, and Fleiss' κ; nil where all said the same of all works
	Same  int      `json:"same"`
	Kappa *float64 `json:"kappa,omitempty"`
	// of rankings and points: Kendall's W, 0 to 1; nil where judges did not all speak of the same works, or put none
	// above another
	W *float64 `json:"w,omitempty"`
}

// VoteAgreement says how far judges agree in each list of a round without marks, 0 meaning the present one; none in a
// round with marks, whose agreement Statistics has. Works of which fewer than two judges spoke say nothing. Errors:
// NotFound for a round that has not begun.
func (o Stage) VoteAgreement(ctx context.Context, round judging.Round) ([]VoteAgreement, error) {
	s, err := LoadScoring(ctx, o.rec, round)
	if err != nil || s.Rules.Voting == nil {
		return []VoteAgreement{}, err
	}
	given := map[judging.WorkID][]judging.Score{}
	for _, score := range s.Scores {
		if score.Counts() {
			given[score.Work] = append(given[score.Work], score)
		}
	}
	out := []VoteAgreement{}
	for _, list := range Runs(s.Placings, SameList) {
		a, err := agreementIn(*s.Rules.Voting, list, given)
		if err != nil {
			return nil, err
		}
		if a.Works > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// agreementIn is the agreement in one list.
func agreementIn(
	rule voting.Rule, list []judging.Placing, given map[judging.WorkID][]judging.Score,
) (VoteAgreement, error) {
	out := VoteAgreement{Category: list[0].Category, Group: list[0].Group, Kind: rule.Kind}
	var said [][]float64
	judges, t := map[judging.JudgeID]int{}, stats.Table{}
	for _, p := range list {
		var marks []float64
		for _, score := range given[p.Work] {
			mark := score.Now().Ballot.Total
			if marks = append(marks, mark); rule.Kind == voting.Ranking && mark > voting.Against {
				mark = float64(rule.Places+1) - mark // the first place is worth most
			}
			if _, known := judges[score.Judge]; !known {
				judges[score.Judge] = len(judges)
			}
			t.Scores = append(t.Scores, stats.Score{Work: t.Works, Judge: judges[score.Judge], Value: mark})
		}
		if len(marks) > 0 {
			said, t.Works = append(said, marks), t.Works+1
		}
	}
	t.Judges, out.Judges = len(judges), len(judges)
	out.Same, out.Works = fleiss.Unanimous(said)
	if rule.Typed() {
		out.Same = 0
		w, err := stats.Concord(t)
		if w.Works > 0 {
			out.W = &w.W
		}
		return out, err
	}
	if kappa, ok := fleiss.Kappa(said); ok {
		out.Kappa = &kappa
	}
	return out, nil
}

// Say is the agreement in a sentence.
func (a VoteAgreement) Say() Remark {
	args := judging.Args{
		"List": listed(a.Category, a.Group), "Works": a.Works, "Judges": a.Judges, "Same": a.Same, "Kappa": "", "W": "",
		"Percent": judging.Decimal(100*float64(a.Same)/float64(max(1, a.Works)), 1),
	}
	if a.Kappa != nil {
		args["Kappa"] = judging.Decimal(*a.Kappa, 2)
	}
	if a.W != nil {
		args["W"] = judging.Decimal(*a.W, 2)
	}
	if a.Kind == voting.Ranking || a.Kind == voting.Points {
		return Remark{Text: "analysis.concord", Args: args}
	}
	return Remark{Text: "analysis.unanimous", Args: args}
}

func listed(category, group string) string {
	if group == "" {
		return category
	}
	return category + " " + group
}
