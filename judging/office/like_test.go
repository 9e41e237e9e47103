package office_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
)

// lastYear is a contest at its end with all that may stay and much that must not.
func lastYear(t *testing.T) (*office.Office, store.DB) {
	t.Helper()
	cfg := config(t)
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", r)
	must(t, err)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 30)}})
	_, err = importUnits(t, o, false, unitsHead,
		[]any{"示例第1小学", "学校", "联系某", 13911112222, "lianxi@example.com", 5},
		[]any{"示例第2小学", "学校", "联系某二", 13911113333, "", 30})
	must(t, err)
	_, err = o.Units().MergeUnits(t.Context(), correction.UnitMerge{
		From: []string{"示例第3小学"}, To: "示例第2小学", Reason: "并校某因",
	})
	must(t, err)
	addJudges(t, o, 6)
	must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge: "j002", Unit: "示例第1小学", Reason: "妻子某在那里",
	}))
	must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge: "j002", Person: "甲某7", Reason: "师徒某",
	}))
	publish(t, o)
	scoreAll(t, o)
	_, err = o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	late, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "被除名某", Unit: "别处"})
	must(t, err)
	_, err = o.ScoredJudges().StrikeJudge(t.Context(), late.ID, "", "泄密某因")
	must(t, err)
	return o, cfg.DB
}

// rawOf is all that a store holds, as bytes.
func rawOf(t *testing.T, db store.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, db.View(context.Background(), func(tx store.Tx) error {
		return tx.Scan(nil, func(k, v []byte) error {
			out.Write(k)
			out.WriteByte('\n')
			out.Write(v)
			out.WriteByte('\n')
			return nil
		})
	}))
	return out.Bytes()
}

func TestAContestLikeLastYearsKeepsWhatStaysAndNothingOfWorks(t *testing.T) {
	old, oldDB := lastYear(t)
	cfg := config(t)
	o, taken, err := office.BeginLike(
		t.Context(), cfg, office.Beginning{Name: "新一年征集", Host: "示例县司法局", Year: 2027}, old,
	)
	must(t, err)
	was, err := old.Assignment().Judges(t.Context())
	must(t, err)
	now, err := o.Assignment().Judges(t.Context())
	must(t, err)
	if len(now) != len(was)-1 || taken.Judges != len(now) || now[1].Name != was[1].Name || now[1].Unit != was[1].Unit {
		t.Errorf("%d judges of %d: %+v", len(now), len(was), now)
	}
	if taken.Avoided != 1 || taken.Units != 2 || taken.Names != 1 {
		t.Errorf("%+v", taken)
	}
	before, err := old.Rules(t.Context())
	must(t, err)
	after, err := o.Rules(t.Context())
	must(t, err)
	if before.Hash() != after.Hash() || after.Version != 1 {
		t.Errorf("rules %s became %s", before.Hash(), after.Hash())
	}
	s, err := o.ShowContest(t.Context())
	must(t, err)
	if s.Year != 2027 || s.Name != "新一年征集" || len(s.Works) != 0 || s.Decided != 0 || s.Plan != nil {
		t.Errorf("%+v", s)
	}
	raw := string(rawOf(t, cfg.DB))
	for _, secret := range []string{
		"法治之光", "甲某", "乙老师", "1380000", "联系某", "1391111", "lianxi", "妻子某", "被除名某", "泄密某因", "并校某因", "师徒某",
		"作品.xlsx", "单位.xlsx",
	} {
		if strings.Contains(raw, secret) {
			t.Errorf("%q came along", secret)
		}
	}
	if !strings.Contains(string(rawOf(t, oldDB)), "法治之光") {
		t.Error("the search finds nothing where there is something")
	}
}

// TestAnInheritedContestWorks imports, plans, scores and decides in a contest that was begun like an earlier one.
func TestAnInheritedContestWorks(t *testing.T) {
	old, _ := lastYear(t)
	o, _, err := office.BeginLike(t.Context(), config(t), office.Beginning{Name: "新一年征集"}, old)
	must(t, err)
	rows := [][]any{header}
	for i := range 12 {
		rows = append(rows, []any{fmt.Sprintf("新作%d", i), "书法", "小学组", fmt.Sprintf("新人%d", i), "示例第3小学", "", ""})
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "新.xlsx", rows...)}})
	works, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	if works[0].Unit != "示例第2小学" {
		t.Errorf("the other name of the unit is not known: %q", works[0].Unit)
	}
	one, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "新评委"})
	must(t, err)
	all, err := o.Assignment().Judges(t.Context())
	must(t, err)
	if all[len(all)-1].ID != one.ID || all[len(all)-2].ID == one.ID {
		t.Errorf("the new judge is %s among %d", one.ID, len(all))
	}
	played, err := o.Rehearse(t.Context(), config(t), 3, nil)
	must(t, err)
	if d, err := played.Awards().DecideAwards(t.Context(), false); err != nil || len(d) == 0 {
		t.Errorf("%v %v", d, err)
	}
}
