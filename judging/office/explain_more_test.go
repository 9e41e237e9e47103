package office_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
	"fayi/judging/office/rules"
)

// sayings are the keys of what an explanation says.
func sayings(t *testing.T, o *office.Office, work string) (keys []string, e results.Explanation) {
	t.Helper()
	e, err := o.Awards().ExplainWork(t.Context(), work)
	must(t, err)
	say := words(t)
	for _, r := range e.Sentences {
		if text := say(r.Text, r.Args); text == r.Text {
			t.Errorf("%s has no words", r.Text)
		}
		keys = append(keys, r.Text)
	}
	return keys, e
}

func TestAnExplanationSaysWhichScoresWereDropped(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 5},
		Seed:        &seven,
	}, nil)
	must(t, err)
	_, err = o.Assignment().PublishPlan(t.Context(), "")
	must(t, err)
	scoreAll(t, o)
	keys, e := sayings(t, o, "w000001")
	low, high, sum, kept := e.Judges[0].Total, e.Judges[0].Total, 0.0, 0
	for _, j := range e.Judges {
		low, high = min(low, j.Total), max(high, j.Total)
	}
	var dropped []float64
	for _, j := range e.Judges {
		if j.Dropped {
			dropped = append(dropped, j.Total)
		} else {
			sum, kept = sum+j.Total, kept+1
		}
	}
	slices.Sort(dropped)
	if len(e.Judges) != 5 || !slices.Equal(dropped, []float64{low, high}) || kept != 3 {
		t.Errorf("%+v", e.Judges)
	}
	if mean := sum / float64(kept); judging.Exact(e.Official) != judging.Exact(float64(int(mean*100+.5))/100) {
		t.Errorf("official %v, mean of the kept %v", e.Official, mean)
	}
	if n := len(slices.DeleteFunc(keys, func(k string) bool { return k != "analysis.say_dropped" })); n != 2 {
		t.Errorf("said to be dropped: %d", n)
	}
}

func TestAnExplanationTellsWhatBecameOfADispute(t *testing.T) {
	o, code, panel := apart(t)
	if keys, _ := sayings(t, o, string(code)); !slices.Contains(keys, "analysis.say_dispute_open") {
		t.Errorf("open: %q", keys)
	}
	_, err := o.Awards().SettleDispute(t.Context(), string(code), judging.Third, panel[0], "分歧大")
	wantCode(t, err, judging.Forbidden, "assign.no_substitute")
	_, err = o.Awards().SettleDispute(t.Context(), string(code), "coin", "", "分歧大")
	wantCode(t, err, judging.Invalid, "awards.unknown_exit")
	_, err = o.Awards().SettleDispute(t.Context(), "w999999", judging.Accept, "", "分歧大")
	if judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a work that is none: %v", err)
	}
	if d := onlyDispute(t, o); d.State != awards.DisputeOpen {
		t.Errorf("a refusal changed it: %+v", d)
	}
	_, err = o.Awards().SettleDispute(t.Context(), string(code), judging.Accept, "", "尊重评委")
	must(t, err)
	if d := onlyDispute(t, o); d.State != awards.DisputeSettled || d.Reason != "尊重评委" {
		t.Errorf("%+v", d)
	}
	if keys, _ := sayings(t, o, string(code)); !slices.Contains(keys, "analysis.say_dispute_accepted") {
		t.Errorf("accepted: %q", keys)
	}
}

// TestEveryWayToCombineIsExplainedToItsScore: what an explanation says that was kept makes the official score.
func TestEveryWayToCombineIsExplainedToItsScore(t *testing.T) {
	for _, way := range []struct {
		combine judging.Combine
		left    int // of five scores
		says    string
		panels  bool
	}{
		{judging.Combine{Method: judging.Mean, Decimals: 2}, 0, "analysis.say_panel", true},
		{
			judging.Combine{Method: judging.Trimmed, TrimFrom: 5, DropLow: 1, DropHigh: 2, Decimals: 2}, 3,
			"analysis.say_dropped", false,
		},
		{judging.Combine{Method: judging.Median, Decimals: 2}, 4, "analysis.say_left_median", false},
		{judging.Combine{Method: judging.Best, Best: 2, Decimals: 2}, 3, "analysis.say_left_best", false},
		{
			judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2, ByCriterion: true}, 0,
			"analysis.say_criterion", false,
		},
	} {
		sheet, err := rules.ParseRules(strings.NewReader(string(rubrics.LegalCulture)))
		must(t, err)
		sheet.Combine, sheet.TotalOnly = way.combine, false
		if way.panels {
			sheet.Panels = []judging.Panel{{Name: "专家", Weight: 70}, {Name: "大众", Weight: 30}}
		}
		o, err := office.Create(t.Context(), config(t), "征集", "示例县司法局", sheet)
		must(t, err)
		importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
		addJudges(t, o, 6)
		weights := map[judging.JudgeID]float64{}
		if way.panels {
			all, err := o.Assignment().Judges(t.Context())
			must(t, err)
			for i, j := range all {
				if j.Panel = []string{"专家", "大众"}[i%2]; i == 0 {
					j.Panel = "" // counts in the first one
				}
				weights[j.ID] = []float64{.7, .3}[i%2]
				_, err := o.Assignment().AddJudge(t.Context(), j)
				must(t, err)
			}
		}
		_, err = o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
			PlanOptions: judging.PlanOptions{PerWork: 5}, Seed: &seven,
		}, nil)
		must(t, err)
		_, err = o.Assignment().PublishPlan(t.Context(), "")
		must(t, err)
		scoreAll(t, o)
		keys, e := sayings(t, o, "w000001")
		sum, kept, left, byCriterion := 0.0, 0, 0, 0.0
		for _, j := range e.Judges {
			if j.Dropped {
				left++
			} else {
				sum, kept = sum+j.Total, kept+1
			}
		}
		for _, r := range e.Sentences {
			if r.Text == "analysis.say_criterion" {
				mean, err := strconv.ParseFloat(r.Args["Mean"].(string), 64)
				must(t, err)
				byCriterion += mean
			}
		}
		mean := sum / float64(kept)
		if way.combine.ByCriterion {
			mean = byCriterion
		}
		if way.panels {
			mean = weighted(e.Judges, weights, .7) + weighted(e.Judges, weights, .3)
		}
		if left != way.left || !slices.Contains(keys, way.says) || math.Abs(mean-e.Official) > .0051 {
			t.Errorf("%+v: %d left out, said %v, %v against the official %v", way.combine, left, keys, mean, e.Official)
		}
	}
}

// weighted is the part of a score that the judges of a weight make.
func weighted(all []results.ExplainedScore, weights map[judging.JudgeID]float64, weight float64) float64 {
	sum, n := 0.0, 0.0
	for _, j := range all {
		if weights[j.Judge] == weight {
			sum, n = sum+j.Total, n+1
		}
	}
	return weight * sum / n
}

// Judges of one name are kept distinct wherever the office reads of them: why a work has its place, how judges score,
// who is reminded, what is drawn, who has how much to do.
func TestNamesakesAreToldApartEverywhere(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	want := []string{"张伟（书法家协会）", "张伟（摄影家协会）", "赵一"}
	for _, j := range []judging.Judge{{Name: "张伟", Unit: "甲县书法家协会"}, {Name: "张伟", Unit: "甲县摄影家协会"}, {Name: "赵一"}} {
		if _, err := o.Assignment().AddJudge(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, o)
	found := map[string][]string{}
	reminders, err := o.Scoring().Reminders(t.Context(), words(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reminders {
		if !strings.Contains(r.Text, r.Name+"老师") {
			t.Errorf("%q", r.Text)
		}
		found["reminders"] = append(found["reminders"], r.Name)
	}
	scoreAll(t, o)
	places, err := o.Results().Rank(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e, err := o.Awards().ExplainWork(t.Context(), string(places[0].Work))
	if err != nil {
		t.Fatal(err)
	}
	sentences := ""
	for _, r := range e.Sentences {
		sentences += words(t)(r.Text, r.Args)
	}
	for i, j := range e.Judges {
		found["why this place"] = append(found["why this place"], j.Name)
		if !strings.Contains(sentences, want[i]) {
			t.Errorf("%s is not in %q", want[i], sentences)
		}
	}
	reports, err := o.Results().JudgeReports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports[:3] {
		found["how judges score"] = append(found["how judges score"], r.Name)
	}
	plans, err := o.Assignment().Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	loads, err := o.Assignment().PlanLoads(t.Context(), plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range loads {
		found["loads"] = append(found["loads"], l.Call)
	}
	overlap, err := o.Assignment().PlanOverlap(t.Context(), plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range overlap.Judges {
		found["overlap"] = append(found["overlap"], j.Name)
	}
	influence, err := o.Awards().AwardInfluence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range influence {
		found["influence"] = append(found["influence"], j.Name)
	}
	names, err := office.Names(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	found["journal"] = []string{names["j001"], names["j002"], names["j003"]}
	if len(found) != 7 {
		t.Errorf("only in %d places: %v", len(found), found)
	}
	for where, got := range found {
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", where, got, want)
		}
	}
}
