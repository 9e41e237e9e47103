package office_test

import (
	"math"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/voting"
)

// TestHowFarJudgesAgreeInApprovals compares with a count over what the judges of the test think: of how many works all
// think the same, and how often two judges of a work do next to any two sayings.
func TestHowFarJudgesAgreeInApprovals(t *testing.T) {
	o := votingOffice(t)
	if all := must1(o.Results().VoteAgreement(t.Context(), 0)); len(all) > 0 {
		t.Errorf("before anybody spoke: %+v", all)
	}
	said := map[string]map[string][]float64{} // list, title
	for _, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		d := must1(o.Scoring().Desk(j).Duties(t.Context()))
		for _, w := range d.Works {
			if said[w.List] == nil {
				said[w.List] = map[string][]float64{}
			}
			said[w.List][w.Title] = append(said[w.List][w.Title], thinks(j, w))
		}
		speak(t, o.Scoring().Desk(j), "")
	}
	all := must1(o.Results().VoteAgreement(t.Context(), 1))
	if len(all) != len(said) {
		t.Fatalf("%d lists of %d: %+v", len(all), len(said), all)
	}
	for _, a := range all {
		works := said[strings.TrimSpace(a.Category+" "+a.Group)]
		same, equal, pairs, alike, any := 0, 0.0, 0.0, 0.0, 0.0
		for x, mine := range works {
			if mine[0] == mine[1] && mine[1] == mine[2] {
				same++
			}
			for y, theirs := range works {
				for i, m := range mine {
					for k, n := range theirs {
						hit := 0.0
						if m == n {
							hit = 1
						}
						if any, alike = any+1, alike+hit; x == y && i != k {
							pairs, equal = pairs+1, equal+hit
						}
					}
				}
			}
		}
		if a.Same != same || a.Works != len(works) || a.Judges != 3 || a.W != nil || a.Kind != voting.Approval {
			t.Errorf("%+v; %d of %d are the same", a, same, len(works))
		}
		switch {
		case alike == any:
			if a.Kappa != nil {
				t.Errorf("%s: κ of nothing but one word", a.Category)
			}
		case a.Kappa == nil || math.Abs(*a.Kappa-(equal/pairs-alike/any)/(1-alike/any)) > 1e-9:
			t.Errorf("%s: %v", a.Category, a.Kappa)
		}
		if text := words(t)(a.Say().Text, a.Say().Args); !strings.Contains(text, a.Category) ||
			strings.Contains(text, "no value") {
			t.Error(text)
		}
	}
}

// TestHowFarJudgesAgreeInOrders has judges who all give the same places, and ones who turn them around.
func TestHowFarJudgesAgreeInOrders(t *testing.T) {
	for name, c := range map[string]struct {
		judges [][]float64 // what each says of three works
		want   float64
	}{
		"the same":         {[][]float64{{1, 2, 0}, {1, 2, 0}}, 1},
		"turned around":    {[][]float64{{1, 2, 0}, {0, 2, 1}}, 0},
		"two of three":     {[][]float64{{1, 2, 0}, {1, 2, 0}, {0, 2, 1}}, 1.0 / 9},
		"another is first": {[][]float64{{1, 2, 0}, {2, 1, 0}}, .75},
	} {
		o := ordering(t, len(c.judges))
		for i, marks := range c.judges {
			desk := o.Scoring().Desk(judging.JudgeID([]string{"j001", "j002", "j003"}[i]))
			d := must1(desk.Duties(t.Context()))
			for _, w := range d.Works {
				at := int(w.Title[len(w.Title)-1] - '1')
				must1(desk.Save(t.Context(), wordOf(d, w, marks[at])))
			}
			must(t, desk.Submit(t.Context(), ""))
		}
		all := must1(o.Results().VoteAgreement(t.Context(), 0))
		if len(all) != 1 || all[0].W == nil || math.Abs(*all[0].W-c.want) > 1e-9 || all[0].Kappa != nil {
			t.Errorf("%s: %+v, want %v", name, all, c.want)
		}
	}
	marks := eight(t, "")
	if all := must1(marks.Results().VoteAgreement(t.Context(), 0)); len(all) > 0 {
		t.Errorf("marks: %+v", all)
	}
}

// ordering is a contest of three works, 作品1 to 作品3, of which each judge gives two places.
func ordering(t *testing.T, judges int) *office.Office {
	t.Helper()
	o := newOffice(t)
	r := must1(o.Rules(t.Context()))
	r.Voting, r.Awards = &voting.Rule{Kind: voting.Ranking, Places: 2}, withoutLeast(r.Awards)
	r.PerWork = judges
	for i := range r.Categories {
		r.Categories[i].PerWork = 0
	}
	must1(o.RuleBook().SaveRules(t.Context(), r, true))
	path := written(t, "作品名称,类别,组别,作者,单位\n作品1,书法,小学组,甲某,甲校\n作品2,书法,小学组,乙某,乙校\n作品3,书法,小学组,丙某,丙校\n")
	importAll(t, o, intake.ImportRequest{Sources: []string{path}})
	addJudges(t, o, judges)
	publish(t, o)
	return o
}
