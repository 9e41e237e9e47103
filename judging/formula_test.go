package judging_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

func trimmed5(uniform bool) judging.Rules {
	r := countyRules()
	r.Combine = judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2, Uniform: uniform}
	return r
}

// sick is a list of which 乙 lacks the score of one of five judges, each of whom puts 乙 at or above 甲.
func sick() []award.Tally {
	return []award.Tally{
		{Work: "w1", Category: "书法", Totals: []float64{60, 90, 90, 90, 90}},
		{Work: "w2", Category: "书法", Totals: []float64{60, 92, 92, 92}},
		{Work: "w3", Category: "书法", Totals: []float64{70, 70, 70, 70, 70}},
	}
}

func TestWorksThatGoByAnotherFormulaAreNamed(t *testing.T) {
	want := []award.Other{{Work: "w2", Formula: award.Formula{Scores: 4}, Usual: award.Formula{Scores: 5, Dropped: 2}}}
	got := award.OtherFormulasOf(trimmed5(false), sick())
	if !slices.Equal(got, want) || !got[0].Trims() {
		t.Errorf("%+v, want %+v", got, want)
	}
	want[0].Usual.Dropped = 0
	for name, rules := range map[string]judging.Rules{"one formula": trimmed5(true), "a method": trimmed5(false)} {
		if name == "a method" {
			rules.Official = judging.Hier
		}
		got := award.OtherFormulasOf(rules, sick())
		if !slices.Equal(got, want) || got[0].Trims() {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	short := trimmed5(false)
	short.Missing, short.MinScores = judging.NeedScores, 5
	if got := award.OtherFormulasOf(short, sick()); got != nil {
		t.Errorf("a work without a place is named: %+v", got)
	}
}

// Groups that are ranked apart may have different numbers of judges.
func TestFormulasAreComparedWithinAList(t *testing.T) {
	rules := trimmed5(false)
	rules.Categories = []judging.Category{{Name: "书法", Groups: []string{"小学组", "中学组"}}}
	tallies := []award.Tally{
		{Work: "w1", Category: "书法", Group: "小学组", Totals: []float64{90, 90, 90}},
		{Work: "w2", Category: "书法", Group: "中学组", Totals: []float64{80, 80, 80, 80}},
		{Work: "w3", Category: "书法", Group: "中学组", Totals: []float64{70, 70, 70, 70}},
	}
	if got := award.OtherFormulasOf(rules, tallies); got != nil {
		t.Errorf("%+v", got)
	}
}

func TestOfTwoFormulasTheOneOfMoreScoresIsTheUsual(t *testing.T) {
	at := func(w judging.WorkID, round judging.Round, scores, dropped, place int) judging.Placing {
		return judging.Placing{Work: w, Round: round, Scores: scores, Dropped: dropped, Place: place}
	}
	for _, tt := range []struct {
		name string
		list []judging.Placing
		want []judging.WorkID
	}{
		{"as many", []judging.Placing{at("w1", 0, 3, 0, 1), at("w2", 0, 4, 0, 2)}, []judging.WorkID{"w1"}},
		{"as many, the other way", []judging.Placing{at("w1", 0, 4, 0, 1), at("w2", 0, 3, 0, 2)},
			[]judging.WorkID{"w2"}},
		{"most", []judging.Placing{at("w1", 0, 3, 0, 1), at("w2", 0, 4, 0, 2), at("w3", 0, 3, 0, 3)},
			[]judging.WorkID{"w2"}},
		{"each round for itself",
			[]judging.Placing{at("w1", 2, 3, 0, 1), at("w2", 0, 4, 0, 2), at("w3", 0, 4, 0, 3)}, nil},
		{"as many scores", []judging.Placing{at("w1", 0, 5, 0, 1), at("w2", 0, 5, 2, 2)}, []judging.WorkID{"w1"}},
		{"without a place", []judging.Placing{at("w1", 0, 4, 0, 1), at("w2", 0, 3, 0, 0), at("w3", 0, 3, 0, 0)}, nil},
	} {
		var got []judging.WorkID
		for _, o := range award.OtherFormulas(tt.list) {
			got = append(got, o.Work)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// The work that each judge puts at or above another must not stand below it for the want of a score.
func TestOneFormulaForAListIsThatOfTheFewestScores(t *testing.T) {
	got := award.Rank(trimmed5(true), sick())
	if got[0].Work != "w1" && got[0].Work != "w2" {
		t.Fatalf("%+v", got)
	}
	for _, p := range got {
		want := map[judging.WorkID]float64{"w1": 84, "w2": 84, "w3": 70}[p.Work]
		if p.Official != want || p.Dropped != 0 {
			t.Errorf("%s: %v with %d dropped, want the mean %v", p.Work, p.Official, p.Dropped, want)
		}
	}
	apart := sick()
	apart[1].Category = "绘画"
	for _, p := range award.Rank(trimmed5(true), apart) {
		if p.Work == "w1" && p.Official != 90 {
			t.Errorf("the work of another list has its say: %+v", p)
		}
	}
	exact := sick()
	exact[1].Totals = append(exact[1].Totals, 92)
	if got := award.Rank(trimmed5(true), exact)[0]; got.Official != 92 || got.Dropped != 2 {
		t.Errorf("with five scores each: %+v", got)
	}
	if joint := award.Alone(trimmed5(true), sick())["w1"]; joint.Dropped != 0 {
		t.Errorf("a round alone drops %d", joint.Dropped)
	}
	short := trimmed5(true)
	short.Missing, short.MinScores = judging.NeedScores, 5
	if got := award.Rank(short, sick())[0]; got.Official != 90 {
		t.Errorf("a work without a place has its say: %+v", got)
	}
	short.MinScores = 4
	if got := award.Rank(short, sick())[0]; got.Official != 84 {
		t.Errorf("a work with just as many scores as it needs has no say: %+v", got)
	}
}

func TestAListOfTwoFormulasSaysSo(t *testing.T) {
	rules := trimmed5(false)
	rules.Awards = []judging.Award{{Name: "一", Share: judging.Share{Count: 1}}}
	tallies := append(sick(), award.Tally{Work: "w4", Category: "书法", Totals: []float64{1, 2, 3, 4, 5, 6}})
	var f []award.Candidate
	for _, p := range award.Rank(rules, tallies) {
		f = append(f, award.Candidate{Placing: p})
	}
	d := award.DecideAll(rules, f, nil)[0]
	want := []noted{{"", 1, 0, "awards.other_formula"}, {"", 1, 0, "awards.other_count"}}
	if got := noting(d.Notes); !slices.Equal(got, want) || d.Notes[0].Works[0] != "w2" || d.Notes[1].Works[0] != "w4" {
		t.Errorf("%+v", d.Notes)
	}
}
