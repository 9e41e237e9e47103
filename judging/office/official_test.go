package office_test

import (
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
)

// officially is a contest whose rules compute scores by a method, all scored by totals; lenient is added to every
// total of judge j003.
func officially(t *testing.T, method string, lenient float64) *office.Office {
	t.Helper()
	o := published(t, 30)
	text := strings.Replace(string(rubrics.LegalCulture), "ties = [", "official = \""+method+"\"\nties = [", 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false); err != nil {
		t.Fatal(err)
	}
	judges, _ := o.Assignment().Judges(t.Context())
	for i, j := range judges {
		for _, w := range firstDuty(t, o, j.ID).Works {
			var n int
			for _, c := range w.Code {
				n = n*31 + int(c)
			}
			total := float64(60 + n%25 + (n/7*(i+3))%5)
			if j.ID == "j003" {
				total += lenient
			}
			if _, err := o.Scoring().Desk(j.ID).Save(t.Context(), judging.Ballot{
				Code:  w.Code,
				Total: total,
			}); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.Scoring().SubmitScores(t.Context(), j.ID); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func placesOf(t *testing.T, o *office.Office) map[judging.WorkID]int {
	t.Helper()
	list, err := o.Results().Rank(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[judging.WorkID]int{}
	for _, p := range list {
		out[p.Work] = p.Place
	}
	return out
}

func TestAnOfficialMethodEvensOutALenientJudge(t *testing.T) {
	strict, lenient := placesOf(t, officially(t, "additive", 0)), placesOf(t, officially(t, "additive", 12))
	for w, place := range strict {
		if lenient[w] != place {
			t.Errorf("%s is in place %d, with a lenient judge in place %d", w, place, lenient[w])
		}
	}
}

func TestTheOfficialScoreIsTheMethodsOwn(t *testing.T) {
	o := officially(t, "hier", 6)
	a, err := o.Results().Analyse(t.Context(), results.AnalysisRequest{Method: "hier"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range a.Standings {
		if d := *s.Corrected - s.Official; d > 0.0051 || d < -0.0051 {
			t.Errorf("%s: official %g, corrected %g", s.Work, s.Official, *s.Corrected)
		}
	}
	e, err := o.Awards().ExplainWork(t.Context(), string(a.Standings[0].Work))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, s := range e.Sentences {
		told = append(told, s.Text)
	}
	if all := strings.Join(told, " "); !strings.Contains(all, "analysis.say_official_hier") ||
		strings.Contains(all, "analysis.say_method_") {
		t.Errorf("%s", all)
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
}

func TestNoAwardsByAMethodThatCannotCompareTheJudges(t *testing.T) {
	for method, comparesAnyway := range map[string]bool{
		"additive": false, "confidence": false, "hier1": true, "hier": true,
	} {
		o := newOffice(t)
		text := strings.Replace(string(rubrics.LegalCulture), "ties = [", "official = \""+method+"\"\nties = [", 1)
		text = strings.Replace(text, "scores_per_work = 3", "scores_per_work = 1", 1)
		if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false); err != nil {
			t.Fatal(err)
		}
		importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
		addJudges(t, o, 3)
		publish(t, o)
		scoreAll(t, o)
		all, err := o.Awards().DecideAwards(t.Context(), false)
		if comparesAnyway { // which is said of each list that more than one judge scored
			apart := 0
			for _, d := range all {
				for _, n := range d.Notes {
					if n.Why == "awards.apart" {
						apart += len(n.Works)
					}
				}
			}
			if err != nil || apart == 0 {
				t.Errorf("%s: %d works are said to be compared by the average alone, %v", method, apart, err)
			}
			continue
		}
		wantCode(t, err, judging.Clash, "awards.not_comparable")
	}
}
