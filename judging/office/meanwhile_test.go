package office_test

import (
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
)

// twoRounds is a contest with a second round in its rules, every list but the last judge's handed in, and the store
// between whose transactions a test can write.
func twoRounds(t *testing.T) (*office.Office, *judgetest.Between) {
	t.Helper()
	cfg := config(t)
	db := judgetest.NewBetween(cfg.DB)
	cfg.DB = db
	text := withRules("\n[combine]\n",
		"\n[[rounds]]\nname = \"复评\"\ntake = { count = 2 }\ncarry = \"replace\"\n\n[combine]\n")
	rules, err := rules.ParseRules(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 4)
	publish(t, o)
	scoreBy(t, o, []judging.JudgeID{"j001", "j002", "j003"}, true)
	scoreBy(t, o, []judging.JudgeID{"j004"}, false)
	return o, db
}

func TestAScoreThatComesInBetweenIsNotPassedOver(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*office.Office) error
	}{
		{"deciding", func(o *office.Office) error { _, err := o.Awards().DecideAwards(t.Context(), true); return err }},
		{
			"opening a round",
			func(o *office.Office) error { _, err := o.Awards().NextRound(t.Context(), true); return err },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, db := twoRounds(t)
			mark := 0.2
			score := func() {
				d := firstDuty(t, o, "j004")
				mark += 0.1
				b := judging.Ballot{Code: d.Works[0].Code, Marks: fill(d.Rubrics[d.Works[0].Category], mark)}
				if _, err := o.Scoring().Desk("j004").Save(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
			refused := 0
			for n := 1; ; n++ { // before each write of the operation in turn
				db.BeforeUpdate(n, score)
				err := c.do(o)
				if db.Missed() {
					if err != nil {
						t.Errorf("refused though nothing came in between: %v", err)
					}
					break
				}
				wantCode(t, err, judging.Clash, "awards.changed_meanwhile")
				if got, err := o.Awards().ListAwards(t.Context()); err != nil || len(got) != 0 {
					t.Errorf("%d awards stand after a refusal: %v", len(got), err)
				}
				refused++
			}
			if refused < 2 {
				t.Errorf("refused %d times: there are more moments for a score to come in between", refused)
			}
		})
	}
}

func TestRulesThatCameInBetweenAreNotOverwritten(t *testing.T) {
	o, db := twoRounds(t)
	amend := func(text string) (judging.Rules, error) {
		was, err := o.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if was, err = rules.AmendRules(was, text); err != nil {
			t.Fatal(err)
		}
		return o.RuleBook().SaveRules(t.Context(), was, true)
	}
	db.BeforeUpdate(1, func() {
		if _, err := amend("alternates = 3"); err != nil {
			t.Error(err)
		}
	})
	_, err := amend("alternates = 5")
	wantCode(t, err, judging.Clash, "awards.changed_meanwhile")
	if was, err := o.Rules(t.Context()); err != nil || was.Alternates != 3 {
		t.Errorf("%d works are next in line, want 3: %v", was.Alternates, err)
	}
	if was, err := amend("alternates = 5"); err != nil || was.Alternates != 5 {
		t.Errorf("%d works are next in line, want 5: %v", was.Alternates, err)
	}
}
