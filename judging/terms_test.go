package judging_test

import (
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// strictRubric asks for totals of 60 to 100, for a comment below 70 and where 主题 is above 38, and lets two judges veto
// what is copied.
func strictRubric() judging.Rubric {
	return judging.Rubric{
		Scale: 100, Step: 1,
		Criteria: []judging.Criterion{
			{Name: "主题", Weight: 40, Comment: terms.Comment{When: terms.Above, At: 38}},
			{Name: "技法", Weight: 60, Limits: terms.Limits{Least: 20, Most: 58}},
		},
		Limits:  terms.Limits{Least: 60},
		Comment: terms.Comment{When: terms.Below, At: 70},
		Vetoes:  []terms.Veto{{Flag: string(judging.Copied), Judges: 2}},
	}
}

func TestABallotIsCompleteWhenItKeepsTheTerms(t *testing.T) {
	r := strictRubric()
	if errs := r.Check("r"); len(errs) > 0 {
		t.Fatal(errs)
	}
	marks := func(theme, skill float64) map[string]float64 {
		return map[string]float64{"主题": theme, "技法": skill}
	}
	copied := []judging.Flag{judging.Copied}
	type ballot = judging.Ballot
	const scored, started = judging.Scored, judging.Started
	concern := []judging.Flag{judging.Concern}
	for name, tt := range map[string]struct {
		ballot ballot
		state  judging.BallotState
		lacks  string
	}{
		"all kept":                {ballot{Marks: marks(30, 50)}, scored, ""},
		"at the limit of comment": {ballot{Marks: marks(30, 40)}, scored, ""},
		"below it":                {ballot{Marks: marks(30, 39)}, started, judging.LacksComment},
		"below it, blank":         {ballot{Marks: marks(30, 39), Comment: " \u3000"}, started, "comment"},
		"below it, said":          {ballot{Marks: marks(30, 39), Comment: "笔力弱"}, scored, ""},
		"a criterion at its own":  {ballot{Marks: marks(38, 50)}, scored, ""},
		"a criterion above":       {ballot{Marks: marks(39, 50)}, started, judging.LacksComment},
		"sum at the least":        {ballot{Marks: marks(20, 40), Comment: "弱"}, scored, ""},
		"sum below the least":     {ballot{Marks: marks(19, 40), Comment: "弱"}, started, judging.LacksLimits},
		"a veto without reason":   {ballot{Marks: marks(30, 50), Flags: copied}, started, judging.LacksNote},
		"a veto with one":         {ballot{Marks: marks(30, 50), Flags: copied, FlagNote: "见某刊"}, scored, ""},
		"a flag that vetoes not":  {ballot{Marks: marks(30, 50), Flags: concern}, scored, ""},
		"a total":                 {ballot{Total: 80}, scored, ""},
		"a total without comment": {ballot{Total: 65}, started, judging.LacksComment},
	} {
		got, err := tt.ballot.Complete(r, true)
		if err != nil || got.State != tt.state || got.State == started && r.Lacks(got) != tt.lacks {
			t.Errorf("%s: %v %q, %v; want %v %q", name, got.State, r.Lacks(got), err, tt.state, tt.lacks)
		}
		if r.Asked(got) != (tt.lacks != "") {
			t.Errorf("%s: asked %v", name, r.Asked(got))
		}
	}
	part, err := judging.Ballot{Marks: map[string]float64{"主题": 3}}.Complete(r, false)
	if err != nil || part.State != judging.Started || r.Asked(part) {
		t.Errorf("some marks: %v %v, asked %v", part.State, err, r.Asked(part))
	}
	for name, b := range map[string]judging.Ballot{
		"a mark below":  {Marks: map[string]float64{"技法": 19}},
		"a mark above":  {Marks: map[string]float64{"技法": 59}},
		"a total below": {Total: 59},
	} {
		if _, err := b.Complete(r, true); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTermsThatCannotBeMeantAreRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*judging.Rubric)
		want   string
	}{
		"the least above the most": {func(r *judging.Rubric) {
			r.Limits = terms.Limits{Least: 60, Most: 60}
		}, "rules.limits"},
		"beyond the full mark":   {func(r *judging.Rubric) { r.Limits.Most = 101 }, "rules.limits"},
		"off the step":           {func(r *judging.Rubric) { r.Limits.Least = 60.5 }, "rules.limits"},
		"the most off the step":  {func(r *judging.Rubric) { r.Limits.Most = 90.5 }, "rules.limits"},
		"below nothing":          {func(r *judging.Rubric) { r.Limits.Least = -1 }, "rules.limits"},
		"the most below nothing": {func(r *judging.Rubric) { r.Limits.Most = -1 }, "rules.limits"},
		"no number":              {func(r *judging.Rubric) { r.Limits.Least = nan() }, "rules.limits"},
		"of a criterion":         {func(r *judging.Rubric) { r.Criteria[0].Limits.Least = 40 }, "rules.limits"},
		"criteria that can't get up": {func(r *judging.Rubric) {
			r.Criteria[1].Limits.Most = 21
			r.Limits.Least = 62
		}, "rules.limits_sum"},
		"nor down": {func(r *judging.Rubric) {
			r.Limits = terms.Limits{Most: 19}
		}, "rules.limits_sum"},
		"a comment below nothing":  {func(r *judging.Rubric) { r.Comment.At = 0 }, "rules.comment"},
		"a comment below too much": {func(r *judging.Rubric) { r.Comment.At = 100.5 }, "rules.comment"},
		"above all":                {func(r *judging.Rubric) { r.Criteria[0].Comment.At = 40 }, "rules.comment"},
		"above less than nothing":  {func(r *judging.Rubric) { r.Criteria[0].Comment.At = -1 }, "rules.comment"},
		"always, with a limit": {func(r *judging.Rubric) {
			r.Comment = terms.Comment{When: terms.Always, At: 3}
		}, "rules.comment"},
		"a limit for nothing": {func(r *judging.Rubric) { r.Comment = terms.Comment{At: 3} }, "rules.comment"},
		"at no known moment":  {func(r *judging.Rubric) { r.Comment.When = "often" }, "rules.comment"},
		"a veto by no judge":  {func(r *judging.Rubric) { r.Vetoes[0].Judges = 0 }, "rules.veto"},
		"by too many":         {func(r *judging.Rubric) { r.Vetoes[0].Judges = 51 }, "rules.veto"},
		"by no flag":          {func(r *judging.Rubric) { r.Vetoes[0].Flag = "ugly" }, "rules.veto"},
		"by one flag twice": {func(r *judging.Rubric) {
			r.Vetoes = append(r.Vetoes, r.Vetoes[0])
		}, "rules.veto"},
	} {
		r := strictRubric()
		tt.change(&r)
		if got := keys(t, r.Check("r")); len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
	}
	for name, change := range map[string]func(*judging.Rubric){
		"comment at the full mark": func(r *judging.Rubric) { r.Comment.At = 100 },
		"comment above nothing":    func(r *judging.Rubric) { r.Criteria[0].Comment.At = 0 },
		"criteria just up to it":   func(r *judging.Rubric) { r.Criteria[1].Limits.Most = 21; r.Limits.Least = 61 },
		"criteria just down to it": func(r *judging.Rubric) { r.Limits = terms.Limits{Most: 20} },
		"a veto by one, by fifty": func(r *judging.Rubric) {
			r.Vetoes[0].Judges = 50
			r.Vetoes = append(r.Vetoes, terms.Veto{Flag: "privacy", Judges: 1})
		},
	} {
		r := strictRubric()
		change(&r)
		if got := r.Check("r"); len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestRankSumsAreRefusedWithWhatNeedsPoints(t *testing.T) {
	for name, change := range map[string]func(*judging.Rules){
		"no decimals":    func(r *judging.Rules) { r.Combine.Decimals = 0 },
		"each criterion": func(r *judging.Rules) { r.Combine.ByCriterion, r.TotalOnly = true, false },
		"one formula":    func(r *judging.Rules) { r.Combine.Uniform = true },
		"a method":       func(r *judging.Rules) { r.Official = judging.ZScore },
		"panels":         func(r *judging.Rules) { r.Panels = []judging.Panel{{Name: "专家", Weight: 100}} },
		"told entrants":  func(r *judging.Rules) { r.Feedback = terms.FeedbackTotal },
		"least scores":   func(r *judging.Rules) { r.Awards[0].MinScore = 1 },
		"of a list": func(r *judging.Rules) {
			share := judging.Share{Count: 1, MinScore: 2}
			r.Quotas = []judging.Quota{{Award: r.Awards[0].Name, Category: r.Categories[0].Name, Share: share}}
		},
		"of a round": func(r *judging.Rules) {
			take := judging.Share{Count: 1, MinScore: 2}
			r.Rounds = []judging.RoundRule{{Name: "复评", Carry: judging.Replace, Take: take}}
		},
		"rounds joined": func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", Carry: judging.Pooled, Take: judging.Share{Count: 1}}}
		},
	} {
		r := rankSums()
		if errs := r.Check(); len(errs) > 0 {
			t.Fatal(errs)
		}
		r.Awards = append([]judging.Award(nil), r.Awards...)
		change(&r)
		if got := keys(t, r.Check()); len(got) != 1 || got[0] != "rules.rank_sum" && got[0] != "rules.rank_sum_points" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestEnoughJudgesVetoAWork(t *testing.T) {
	r := countyRules()
	r.Rubrics = append([]judging.NamedRubric(nil), r.Rubrics...)
	for i := range r.Rubrics {
		r.Rubrics[i].Vetoes = []terms.Veto{{Flag: "privacy", Judges: 3}, {Flag: "copied", Judges: 2}}
	}
	tally := func(id judging.WorkID, total float64, copied, leaks int) award.Tally {
		t := award.Tally{Work: id, Category: "书法"}
		for j := range 3 {
			b := judging.Ballot{Total: total}
			if j < copied {
				b.Flags = append(b.Flags, judging.Copied)
			}
			if j < leaks {
				b.Flags = append(b.Flags, judging.Privacy)
			}
			t.Add(judging.Judge{ID: judging.JudgeID(rune('a' + j))}, 0, b)
		}
		return t
	}
	placings := award.Rank(r, []award.Tally{
		tally("w1", 99, 2, 1), tally("w2", 98, 1, 2), tally("w3", 97, 0, 3), tally("w4", 96, 0, 0),
	})
	want := map[judging.WorkID]judging.Placing{
		"w1": {Place: 0, Vetoed: judging.Copied}, "w2": {Place: 1}, "w3": {Place: 0, Vetoed: judging.Privacy},
		"w4": {Place: 2},
	}
	for _, p := range placings {
		if p.Place != want[p.Work].Place || p.Vetoed != want[p.Work].Vetoed {
			t.Errorf("%+v, want %+v", p, want[p.Work])
		}
	}
}

// Rules that older programs know all of are written as they read them; all others are not.
func TestRulesThatAskMoreAreKnown(t *testing.T) {
	if countyRules().Asks() {
		t.Error("plain rules ask more")
	}
	for name, change := range map[string]func(*judging.Rules){
		"rank sums": func(r *judging.Rules) { r.Combine.Method = judging.RankSum },
		"a step":    func(r *judging.Rules) { r.Ties = append(r.Ties, judging.TieTrimmed) },
		"the last":  func(r *judging.Rules) { r.Ties = append(r.Ties, judging.TieFirsts) },
		"feedback":  func(r *judging.Rules) { r.Feedback = terms.FeedbackComments },
		"a round":   func(r *judging.Rules) { r.Rounds = []judging.RoundRule{{MinScores: 1}} },
		"a rubric":  func(r *judging.Rules) { r.Rubrics = []judging.NamedRubric{{Rubric: strictRubric()}} },
		"a criterion's limits": func(r *judging.Rules) {
			criteria := []judging.Criterion{{Limits: terms.Limits{Least: 1}}}
			r.Rubrics = []judging.NamedRubric{{Rubric: judging.Rubric{Criteria: criteria}}}
		},
		"a criterion's comment": func(r *judging.Rules) {
			criteria := []judging.Criterion{{Comment: terms.Comment{When: terms.Below}}}
			r.Rubrics = []judging.NamedRubric{{Rubric: judging.Rubric{Criteria: criteria}}}
		},
	} {
		r := countyRules()
		change(&r)
		if !r.Asks() {
			t.Errorf("%s: not known", name)
		}
	}
	plain := judging.Duties{Rubrics: map[string]judging.Rubric{"书法": {Scale: 100}}}
	if plain.Asks() {
		t.Error("a plain list asks more")
	}
	plain.Rubrics["书法"] = strictRubric()
	if !plain.Asks() {
		t.Error("a strict list asks no more")
	}
}

func TestRulesWithAPledgeAreKnown(t *testing.T) {
	r := countyRules()
	if r.Swears() || (judging.Duties{}).Swears() || (judging.Duties{}).Unsworn() {
		t.Error("plain rules ask for a pledge")
	}
	r.Pledge = "公正"
	d := judging.Duties{Pledge: r.Pledge.Asked("", "", time.Time{})}
	if !r.Swears() || !d.Swears() || !d.Unsworn() {
		t.Error("a pledge is not known")
	}
	r.Pledge = terms.Pledge(strings.Repeat("法", 1501))
	if all := r.Check(); len(all) != 1 {
		t.Errorf("%v", all)
	}
	if d.Submitted = true; d.Unsworn() {
		t.Error("who has handed in is asked")
	}
	if d.Works = []judging.Duty{{}, {Reopened: true}}; !d.Unsworn() {
		t.Error("who scores a work again is not asked")
	}
	d.Pledge.At = time.Unix(1, 0)
	if d.Unsworn() || !d.Swears() {
		t.Error("who has accepted is asked again")
	}
}
