package office_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
)

func TestAnExplanationHoldsEveryNumberOfAPlace(t *testing.T) {
	o := judged(t, 60)
	for _, s := range analyse(t, o, results.AnalysisRequest{}).Standings {
		e, err := o.Awards().ExplainWork(t.Context(), string(s.Code))
		if err != nil {
			t.Fatal(err)
		}
		if e.Place != s.Place || *e.Corrected != *s.Corrected || e.PlaceLo != s.PlaceLo || len(e.Judges) != e.Scores {
			t.Fatalf("%+v\n%+v", e.Standing, s)
		}
		sum, weight, value, mean := 0.0, 0.0, 0.0, 0.0
		for _, j := range e.Judges {
			sum += j.Total
			weight += j.Weight
			value += j.Weight * j.Corrected
		}
		for _, r := range e.Sentences {
			if r.Text == "analysis.say_pull" {
				fmt.Sscan(r.Args["Mean"].(string), &mean)
			}
		}
		if math.Abs(sum/float64(len(e.Judges))-e.Raw) > 1e-4 {
			t.Errorf("%s: totals give %v, raw is %v", s.Work, sum/float64(len(e.Judges)), e.Raw)
		}
		if math.Abs(value+(1-weight)*mean-*e.Corrected) > .01 {
			t.Errorf("%s: shares give %v, corrected is %v", s.Work, value+(1-weight)*mean, *e.Corrected)
		}
	}
}

func TestSentencesAreInTheCatalogue(t *testing.T) {
	o := judged(t, 30)
	say := words(t)
	seen := map[string]bool{}
	for _, s := range analyse(t, o, results.AnalysisRequest{}).Standings {
		e, _ := o.Awards().ExplainWork(t.Context(), string(s.Work))
		for _, r := range e.Sentences {
			seen[r.Text] = true
			if text := say(r.Text, r.Args); text == r.Text || strings.Contains(text, "<no value>") {
				t.Fatalf("%s: %s", r.Text, text)
			}
		}
	}
	for _, key := range []string{
		"analysis.say_work", "analysis.say_score", "analysis.say_official", "analysis.say_place",
		"analysis.say_corrected",
	} {
		if !seen[key] {
			t.Errorf("never said: %s", key)
		}
	}
}

func TestATieIsToldWithTheStepThatPartedIt(t *testing.T) {
	o := published(t, 3)
	judges, _ := o.Assignment().Judges(t.Context())
	enter := func(j judging.JudgeID, total float64, only string) {
		for _, w := range firstDutyOrNone(o, t, j) {
			if w.Category == only {
				if _, err := o.Scoring().EnterScore(t.Context(), j, string(w.Code), judging.Ballot{
					Total: total,
				}, scoring.TakeNone, false); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for i, j := range judges {
		enter(j.ID, 80+float64(i), "书法")
	}
	placings, _ := o.Results().Rank(t.Context())
	e, err := o.Awards().ExplainWork(t.Context(), string(placings[0].Work))
	if err != nil || e.Place != 1 || e.Ranked != 1 {
		t.Fatalf("%+v %v", e, err)
	}
	for _, p := range placings[1:] {
		e, err := o.Awards().ExplainWork(t.Context(), string(p.Work))
		if err != nil || e.Place != 0 || e.Corrected != nil ||
			!slices.ContainsFunc(e.Sentences, func(r results.Remark) bool {
				return r.Text == "analysis.say_unplaced"
			}) {
			t.Fatalf("%+v %v", e, err)
		}
	}
}

func firstDutyOrNone(o *office.Office, t *testing.T, j judging.JudgeID) []judging.Duty {
	d, err := o.Scoring().Desk(j).Duties(t.Context())
	if err != nil {
		return nil
	}
	return d.Works
}

func TestTiesAreToldWithTheirNumbers(t *testing.T) {
	o := published(t, 6) // two works a category
	totals := map[judging.WorkID][]float64{}
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	for i, w := range works[:3] {
		totals[w.ID] = []float64{80, 80, 80}
		totals[works[i+3].ID] = []float64{79, 80, 81}
	}
	pairs, _ := o.Assignment().Assignments(t.Context())
	for _, p := range pairs {
		left := totals[p.Work]
		if _, err := o.Scoring().EnterScore(t.Context(), p.Judge, string(p.Work), judging.Ballot{
			Total: left[0],
		}, scoring.TakeNone, false); err != nil {
			t.Fatal(err)
		}
		totals[p.Work] = left[1:]
	}
	e, err := o.Awards().ExplainWork(t.Context(), string(works[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, r := range e.Sentences {
		keys = append(keys, r.Text)
	}
	if e.Place != 2 || !slices.Contains(keys, "analysis.say_behind_top_scores") {
		t.Fatalf("place %d: %v", e.Place, keys)
	}
	e, _ = o.Awards().ExplainWork(t.Context(), string(works[3].ID))
	for _, r := range e.Sentences {
		if r.Text == "analysis.say_before_top_scores" && r.Args["Mine"] == "81、80、79" &&
			r.Args["Theirs"] == "80、80、80" {
			return
		}
	}
	t.Fatalf("%+v", e.Sentences)
}

func TestVoidScoresAreTold(t *testing.T) {
	o := judged(t, 12)
	d := firstDuty(t, o, "j002")
	work := string(d.Works[0].Code)
	if err := o.Scoring().VoidScore(t.Context(), "j002", work, "评委与作者是亲属"); err != nil {
		t.Fatal(err)
	}
	e, err := o.Awards().ExplainWork(t.Context(), work)
	if err != nil || len(e.Judges) != 3 || e.Scores != 2 {
		t.Fatalf("%+v %v", e, err)
	}
	i := slices.IndexFunc(e.Judges, func(j results.ExplainedScore) bool { return j.Judge == "j002" })
	if e.Judges[i].Void == "" || e.Judges[i].Weight != 0 {
		t.Errorf("%+v", e.Judges[i])
	}
}

func TestWorksThatAreNotRankedAreNotExplained(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 3)}})
	if err := reviewAs(t, o, "w000001", judging.Rejected, "不合要求"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Awards().ExplainWork(t.Context(), "w000001")
	wantCode(t, err, judging.NotFound, "analysis.not_ranked")
	_, err = o.Awards().ExplainWork(t.Context(), "w999999")
	wantCode(t, err, judging.NotFound, "")
}

func TestJudgeReportsFindTheSevereAndTheFlat(t *testing.T) {
	o := published(t, 120)
	judges, _ := o.Assignment().Judges(t.Context())
	for i, j := range judges {
		for k, w := range firstDuty(t, o, j.ID).Works {
			quality := float64(int(w.Code[len(w.Code)-1]-'0')) * 2
			total := 70 + quality + float64((k*7+i)%3)
			switch i {
			case 0:
				total -= 15
			case 1:
				total = 80
			}
			if _, err := o.Scoring().EnterScore(t.Context(), j.ID, string(w.Code), judging.Ballot{
				Total: total,
			}, scoring.TakeNone, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, err := o.Results().JudgeReports(t.Context())
	if err != nil || len(all) != 18 {
		t.Fatalf("%d reports, %v", len(all), err)
	}
	for _, r := range all {
		severe, flat := slices.Contains(r.Hints, "analysis.hint_severe"), slices.Contains(r.Hints, "analysis.hint_flat")
		if severe != (r.Judge == judges[0].ID) || flat != (r.Judge == judges[1].ID) {
			t.Errorf("%+v", r)
		}
		if r.Judge == judges[1].ID && (r.Mean != 80 || r.Ties != 1 || !slices.Contains(r.Hints, "analysis.hint_ties")) {
			t.Errorf("%+v", r)
		}
	}
}
