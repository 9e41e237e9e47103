package judging_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

func TestEntrantsAreTheBestOfEachListAndThoseTiedWithTheLast(t *testing.T) {
	other := placed(88, 77)
	for i := range other {
		other[i].Category, other[i].Work = "摄影", "v"+other[i].Work
	}
	list := append(placed(90, 80, 80, 70, -1), other...)
	tests := []struct {
		take judging.Share
		want []judging.WorkID
	}{
		{judging.Share{Count: 1}, []judging.WorkID{"w1", "vw1"}},
		{judging.Share{Count: 2}, []judging.WorkID{"w1", "w2", "w3", "vw1", "vw2"}},
		{judging.Share{Percent: 50, Rounding: judging.Down}, []judging.WorkID{"w1", "w2", "w3", "vw1"}},
		{judging.Share{Count: 9, MinScore: 79}, []judging.WorkID{"w1", "w2", "w3", "vw1"}},
		{judging.Share{}, nil},
	}
	for _, tt := range tests {
		if got := award.Entrants(judging.RoundRule{Take: tt.take}, list); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v, want %v", tt.take, got, tt.want)
		}
	}
}

func TestWorksThatWentOnStandAboveTheOthers(t *testing.T) {
	before := placed(90, 80, 70, 60, -1)
	now := placed(95, 85)
	now[0].Work, now[1].Work = "w2", "w1"
	var got []string
	for _, p := range award.Above(now, before) {
		got = append(got, string(p.Work)+string(rune('0'+p.Place)))
	}
	if want := []string{"w21", "w12", "w33", "w44", "w50"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAWorkNotScoredAgainKeepsNoPlaceAndPushesNobody(t *testing.T) {
	now := placed(95, -1)
	var got []string
	for _, p := range award.Above(now, placed(90, 80, 70)) {
		got = append(got, string(p.Work)+string(rune('0'+p.Place)))
	}
	if want := []string{"w11", "w20", "w32"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestARoundHasItsOwnRubricAndNumberOfScores(t *testing.T) {
	r := countyRules()
	r.Rounds = []judging.RoundRule{{
		Name:    "复评",
		Take:    judging.Share{Count: 5},
		PerWork: 7,
		Rubrics: map[string]string{"书法": "摄影"},
		Carry:   judging.Replace,
	}}
	if first := r.In(1); first.PerWorkOf("书法") != 3 || first.RubricOf("书法").Step != 1 {
		t.Errorf("first round: %+v", first.Categories[0])
	}
	if second := r.In(2); second.PerWorkOf("书法") != 7 || second.RubricOf("书法").Step != .5 {
		t.Errorf("second round: %+v", second.Categories[0])
	}
	if r.PerWorkOf("书法") != 3 {
		t.Error("the rules themselves changed")
	}
}

func TestUnitsAndTeachersAreHonouredByStatedPoints(t *testing.T) {
	rules := countyRules()
	rules.UnitPrizes = []judging.UnitPrize{{
		Name:     "优秀组织奖",
		Count:    1,
		MinWorks: 2,
		PerWork:  1,
		Points:   map[string]float64{"一等奖": 5, "二等奖": 3},
	}}
	rules.Mentors = []judging.MentorPrize{{Name: "优秀指导教师", From: []string{"一等奖"}}}
	works := []judging.Work{
		{
			ID:       "w1",
			Sender:   "一中",
			Unit:     "初一1班",
			Teachers: []string{"李老师"},
		}, {
			ID:     "w2",
			Sender: "一中",
		}, {
			ID:   "w3",
			Unit: "二中",
		}, {
			ID:       "w4",
			Unit:     "二 中",
			Teachers: []string{"王老师"},
		},
		{ID: "w5", Unit: "三中"}, {ID: "w6", Sender: "一中", Teachers: []string{"李老师"}},
	}
	awards := map[judging.WorkID]string{"w1": "一等奖", "w4": "二等奖", "w3": "二等奖", "w5": "一等奖", "w6": "一等奖"}
	units := award.UnitHonours(rules, works, awards)
	if len(units) != 2 || units[0].Unit != "一中" || units[0].Points != 13 || !units[0].Given ||
		units[1].Points != 8 || units[1].Given {
		t.Errorf("%+v", units)
	}
	mentors := award.MentorHonours(rules, works, awards)
	if len(mentors) != 1 || mentors[0].Teacher != "李老师" ||
		!slices.Equal(mentors[0].Works, []judging.WorkID{"w1", "w6"}) {
		t.Errorf("%+v", mentors)
	}
}

func TestChildrensNamesInPublic(t *testing.T) {
	for _, tt := range []struct {
		how   terms.Minors
		name  string
		minor bool
		want  string
	}{
		{"", "张三丰", true, "张三丰"}, {terms.Surname, "张三丰", true, "张某某"}, {terms.Surname, "张三", true, "张某"},
		{terms.Surname, "张三丰", false, "张三丰"},
		{terms.UnitOnly, "张三丰", true, ""}, {terms.Surname, "", true, ""},
	} {
		if got := tt.how.PublicName(tt.name, tt.minor); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.how, tt.name, got, tt.want)
		}
	}
}

func TestRulesOfTheBoardAreRefusedForWhatIsWrongWithThem(t *testing.T) {
	for _, c := range []refusal{
		{"a cap below zero", func(r *judging.Rules) { r.Caps.PerUnit = -1 }, []string{"rules.below_zero"}},
		{"a range below zero", func(r *judging.Rules) { r.Dispute.Range = -1 }, []string{"rules.below_zero"}},
		{
			"an unknown way out of a dispute", func(r *judging.Rules) { r.Dispute.Exit = "lot" },
			[]string{"rules.unknown_word"},
		},
		{"an unknown way with children", func(r *judging.Rules) { r.Minors = "hide" }, []string{"rules.unknown_word"}},
		{"points for an unknown award", func(r *judging.Rules) {
			r.UnitPrizes = []judging.UnitPrize{{Name: "组织奖", Points: map[string]float64{"特等奖": 1}}}
		}, []string{"rules.unknown_name"}},
		{"two prizes of one name", func(r *judging.Rules) {
			r.UnitPrizes = []judging.UnitPrize{{
				Name: "组织奖",
			}, {
				Name: "组织奖",
			}}
		}, []string{"rules.name_twice"}},
		{"teachers of an unknown award", func(r *judging.Rules) {
			r.Mentors = []judging.MentorPrize{{Name: "指导奖", From: []string{"特等奖"}}}
		}, []string{"rules.unknown_name"}},
		{"special prizes that can't be meant", func(r *judging.Rules) {
			r.Specials = []terms.SpecialPrize{
				{Name: r.Awards[0].Name, By: terms.ByScore, Count: 1}, {Name: "甲", By: terms.ByScore},
				{Name: "乙", By: terms.ByCriterion, Criterion: "没有的", Count: 1},
				{Name: "丙", By: "lot", Count: 1}, {Name: "丁", By: terms.ByNomination, Per: "town"},
				{Name: "戊", By: terms.ByNomination, Criterion: "创意", From: []string{"没有的奖"}},
			}
		}, []string{
			"rules.special_count", "rules.special_criterion_unused", "rules.special_is_award",
			"rules.special_no_criterion", "rules.unknown_name", "rules.unknown_word",
		}},
		{"special prizes without what they look at", func(r *judging.Rules) {
			r.Combine.Method, r.TotalOnly = judging.RankSum, true
			name := r.Rubrics[0].Criteria[0].Name
			r.Specials = []terms.SpecialPrize{
				{Name: "甲", By: terms.ByScore, Count: 1}, {Name: "乙", By: terms.ByCriterion, Criterion: name, Count: 1},
			}
		}, []string{"rules.special_ranks", "rules.special_totals"}},
		{"a round that counts in no known way", func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{
				Name: "复评",
			}}
		}, []string{"rules.unknown_word"}},
		{"a round without weight", func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{
				Name:  "复评",
				Carry: judging.Weighted,
			}}
		}, []string{"rules.weight"}},
		{"a round by an unknown rubric", func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", Carry: judging.Replace, Rubrics: map[string]string{"书法": "篆刻"}}}
		}, []string{"rules.no_rubric"}},
	} {
		t.Run(c.name, c.run)
	}
}

func TestEntrantsAtTheEdges(t *testing.T) {
	for _, tt := range []struct {
		name string
		take judging.Share
		list []judging.Placing
		want []judging.WorkID
	}{
		{"a score exactly at the least goes on", judging.Share{Count: 3, MinScore: 80}, placed(90, 80, 70),
			[]judging.WorkID{"w1", "w2"}},
		{"only works with a place are counted", judging.Share{Percent: 50}, placed(90, 80, -1, -1),
			[]judging.WorkID{"w1"}},
		{"those without one do not go on", judging.Share{Count: 3}, placed(90, -1, -1), []judging.WorkID{"w1"}},
		{"all tied to the end", judging.Share{Count: 1}, placed(90, 90, 90), []judging.WorkID{"w1", "w2", "w3"}},
	} {
		if got := award.Entrants(judging.RoundRule{Take: tt.take}, slices.Clip(tt.list)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAWorkWithoutAPlaceGetsNoneFromARoundAboveIt(t *testing.T) {
	now := placed(95, -1) // w2 went on and has too few scores now
	for _, p := range award.Above(now, placed(90, 85, 80, -1)) {
		if want := map[judging.WorkID]int{"w1": 1, "w2": 0, "w3": 2, "w4": 0}[p.Work]; p.Place != want {
			t.Errorf("%s has place %d, want %d", p.Work, p.Place, want)
		}
	}
}

func TestARoundIsKnownFromTheSecondToTheLastOfTheRules(t *testing.T) {
	r := countyRules()
	for round := judging.Round(-1); round < 4; round++ {
		if _, ok := r.RoundOf(round); ok {
			t.Errorf("round %d is known without any rule", round)
		}
	}
	r.Rounds = []judging.RoundRule{{Name: "复评"}, {Name: "终评"}}
	for round, want := range map[judging.Round]string{0: "", 1: "", 2: "复评", 3: "终评", 4: ""} {
		if rule, ok := r.RoundOf(round); rule.Name != want || ok != (want != "") {
			t.Errorf("round %d: %q, %v", round, rule.Name, ok)
		}
	}
	if in := r.In(2); in.PerWorkOf("书法") != 3 || in.PerWorkOf("摄影") != 5 {
		t.Error("a round that says no number of scores changes the number of a category")
	}
}

func TestAWorkIsDisputedFromTheLimitOn(t *testing.T) {
	for _, tt := range []struct {
		limit  float64
		p      judging.Placing
		is     bool
		reason string
	}{
		{10, judging.Placing{Range: 9.9, Scores: 3}, false, "below the limit"},
		{10, judging.Placing{Range: 10, Scores: 3}, true, "exactly at it"},
		{10, judging.Placing{Range: 10.1, Scores: 2}, true, "above, of two scores"},
		{10, judging.Placing{Range: 10.1, Scores: 1}, false, "of one score"},
		{0, judging.Placing{Range: 50, Scores: 3}, false, "without a limit"},
		{0, judging.Placing{Scores: 3}, false, "without a limit or a range"},
		{.3, judging.Placing{Range: .1 + .2, Scores: 2}, true, "where binary fractions differ"},
		{-1, judging.Placing{Range: 0, Scores: 3}, false, "below no limit"},
	} {
		if got := (judging.Dispute{Range: tt.limit}).Disputed(tt.p); got != tt.is {
			t.Errorf("%s: %v", tt.reason, got)
		}
	}
}

func TestRulesOfTheBoardAtTheirEdges(t *testing.T) {
	round := func(change func(*judging.RoundRule)) func(*judging.Rules) {
		return func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", Carry: judging.Replace}}
			change(&r.Rounds[0])
		}
	}
	prize := func(p judging.UnitPrize) func(*judging.Rules) {
		return func(r *judging.Rules) { p.Name = "组织奖"; r.UnitPrizes = []judging.UnitPrize{p} }
	}
	for _, c := range []refusal{
		{"twenty next in line", func(r *judging.Rules) { r.Alternates = 20 }, nil},
		{"one more", func(r *judging.Rules) { r.Alternates = 21 }, []string{"rules.below_zero"}},
		{"below none", func(r *judging.Rules) { r.Alternates = -1 }, []string{"rules.below_zero"}},
		{"a cap of authors below zero", func(r *judging.Rules) { r.Caps.PerAuthor = -1 }, []string{"rules.below_zero"}},
		{"the largest range", func(r *judging.Rules) { r.Dispute.Range = 1e9 }, nil},
		{"a range too large", func(r *judging.Rules) { r.Dispute.Range = 1e11 }, []string{"rules.below_zero"}},
		{"a prize for fewer than no units", prize(judging.UnitPrize{Count: -1}), []string{"rules.below_zero"}},
		{"a prize for fewer than no works", prize(judging.UnitPrize{MinWorks: -1}), []string{"rules.below_zero"}},
		{"points below none", prize(judging.UnitPrize{PerWork: -1}), []string{"rules.below_zero"}},
		{"a prize of nothing", prize(judging.UnitPrize{}), nil},
		{"a prize without a name", func(r *judging.Rules) { r.UnitPrizes = []judging.UnitPrize{{}} },
			[]string{"rules.name_twice"}},
		{"two teachers' prizes of one name",
			func(r *judging.Rules) { r.Mentors = []judging.MentorPrize{{Name: "指导奖"}, {Name: "指导奖"}} },
			[]string{"rules.name_twice"}},
		{"a teachers' prize without a name", func(r *judging.Rules) { r.Mentors = []judging.MentorPrize{{}} },
			[]string{"rules.name_twice"}},
		{"a teachers' prize with the name of a unit's", func(r *judging.Rules) {
			r.UnitPrizes, r.Mentors = []judging.UnitPrize{{Name: "优秀奖"}}, []judging.MentorPrize{{Name: "优秀奖"}}
		}, []string{"rules.name_twice"}},
		{"fifty scores in a round", round(func(r *judging.RoundRule) { r.PerWork = 50 }), nil},
		{"one more", round(func(r *judging.RoundRule) { r.PerWork = 51 }), []string{"rules.per_work"}},
		{"fewer than none", round(func(r *judging.RoundRule) { r.PerWork = -1 }), []string{"rules.per_work"}},
		{"a round of the whole weight",
			round(func(r *judging.RoundRule) { r.Carry, r.Weight = judging.Weighted, 1 }), nil},
		{"more than the whole", round(func(r *judging.RoundRule) { r.Carry, r.Weight = judging.Weighted, 1.01 }),
			[]string{"rules.weight"}},
		{"a round of an unknown category",
			round(func(r *judging.RoundRule) { r.Rubrics = map[string]string{"歌曲": "书法"} }),
			[]string{"rules.unknown_name"}},
		{"a round by a known rubric",
			round(func(r *judging.RoundRule) { r.Rubrics = map[string]string{"书法": "摄影"} }), nil},
		{"a round by a rubric without criteria", func(r *judging.Rules) {
			round(func(r *judging.RoundRule) { r.Rubrics = map[string]string{"书法": "空"} })(r)
			r.Rubrics = append(r.Rubrics, judging.NamedRubric{Name: "空", Rubric: judging.Rubric{Scale: 100, Step: 1}})
		}, []string{"rules.no_rubric", "rules.weights_sum"}},
	} {
		t.Run(c.name, c.run)
	}
}
