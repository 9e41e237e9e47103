package office_test

import (
	"math"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
	"fayi/judging/stats"
)

// judged is a contest of n works all of which six judges have scored, as scoreAll does.
func judged(t *testing.T, n int) *office.Office {
	t.Helper()
	o := published(t, n)
	scoreAll(t, o)
	return o
}

func analyse(t *testing.T, o *office.Office, req results.AnalysisRequest) results.Analysis {
	t.Helper()
	a, err := o.Results().Analyse(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEvidenceStandsBesideThePlacesAndChangesNone(t *testing.T) {
	o := judged(t, 60)
	placings, err := o.Results().Rank(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(stats.Methods(), "") {
		a := analyse(t, o, results.AnalysisRequest{Method: m})
		if len(a.Standings) != len(placings) || len(a.Categories) != 3 {
			t.Fatalf("%s: %d works in %d categories", m, len(a.Standings), len(a.Categories))
		}
		for i, s := range a.Standings {
			if s.Placing != placings[i] {
				t.Fatalf("%s: the place of %s changed: %+v", m, placings[i].Work, s.Placing)
			}
			if s.Corrected == nil || s.PlaceLo < 1 || s.PlaceHi < s.PlaceLo || s.PlaceHi > 20 || s.PAward < 0 ||
				s.PAward > 1 || s.Code == "" {
				t.Fatalf("%s: %+v", m, s)
			}
			if !slices.IsSortedFunc(s.Chances, func(a, b results.Chance) int { return int(1000 * (a.P - b.P)) }) {
				t.Fatalf("%s: a lower award is less likely: %v", m, s.Chances)
			}
		}
	}
}

func TestCorrectedScoresAreInPointsOfTheContest(t *testing.T) {
	o := judged(t, 60)
	for _, m := range []stats.Method{stats.Mean, stats.Additive, stats.BLUP, stats.Hier} {
		for _, s := range analyse(t, o, results.AnalysisRequest{Method: m}).Standings {
			if math.Abs(*s.Corrected-s.Raw) > 15 {
				t.Errorf("%s: %s has mean %v and corrected score %v", m, s.Work, s.Raw, *s.Corrected)
			}
			if m == stats.Mean && math.Abs(*s.Corrected-s.Raw) > 1e-4 {
				t.Errorf("the mean of %s is %v, not %v", s.Work, s.Raw, *s.Corrected)
			}
		}
	}
}

func TestTheChancesOfAListAddUpToItsPlaces(t *testing.T) {
	a := analyse(t, judged(t, 60), results.AnalysisRequest{Method: stats.Additive})
	for _, list := range a.Lists {
		for k, cut := range list.Cuts {
			sum := 0.0
			for _, s := range a.Standings {
				if s.Category == list.Category && s.Group == list.Group {
					sum += s.Chances[k].P
				}
			}
			if math.Abs(sum-float64(cut.Places)) > .25 {
				t.Errorf(
					"%s %s %s: chances add up to %.2f, places %d", list.Category, list.Group, cut.Award, sum,
					cut.Places,
				)
			}
		}
	}
}

func TestWithoutScoresThereIsNothingToAnalyse(t *testing.T) {
	a := analyse(t, published(t, 12), results.AnalysisRequest{})
	for _, s := range a.Standings {
		if s.Corrected != nil || s.Place != 0 || s.PAward != 0 {
			t.Errorf("%+v", s)
		}
	}
	for _, c := range a.Categories {
		if c.Method != stats.Mean || c.Correct || c.Advice.Text != "stats.advice_nothing_to_compare" {
			t.Errorf("%+v", c)
		}
	}
	if a := analyse(t, newOffice(t), results.AnalysisRequest{}); len(a.Standings) != 0 || a.Standings == nil {
		t.Errorf("%+v", a)
	}
}

func TestUnknownMethodsAndRoundsAreRefused(t *testing.T) {
	o := judged(t, 12)
	_, err := o.Results().Analyse(t.Context(), results.AnalysisRequest{Method: "best"})
	wantCode(t, err, judging.Invalid, "stats.unknown_method")
	_, err = o.Results().Analyse(t.Context(), results.AnalysisRequest{Round: 2})
	wantCode(t, err, judging.NotFound, "analysis.no_round")
	a := analyse(t, o, results.AnalysisRequest{Round: 1})
	if a.Round != 1 {
		t.Errorf("round %d", a.Round)
	}
}

func TestTrimmedNamesTheWorkThatLacksScores(t *testing.T) {
	o := judged(t, 12)
	d := firstDuty(t, o, "j002")
	if err := o.Scoring().VoidScore(t.Context(), "j002", string(d.Works[0].Code), "误评"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Results().Analyse(t.Context(), results.AnalysisRequest{Method: stats.Trimmed})
	wantCode(t, err, judging.Invalid, "stats.too_few_scores")
	told := err.(*judging.Error)
	if id, ok := told.Args["Work"].(judging.WorkID); !ok || id == "" {
		t.Errorf("args %v", told.Args)
	}
}
