package results

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/scoring"
)

func TestResultsAreDecidedAndExported(t *testing.T) {
	o := pagetest.WithPlan(t, 30)
	pagetest.Score(t, o)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "名单.xlsx")
	p := newResultsPage(sh, page.PapersOf(o))
	root := sh.Open(p)
	if len(p.data.rows) != 30 || !kittest.Shows(root, "评分已全部提交") {
		t.Fatalf("%d %q", len(p.data.rows), kittest.Texts(root))
	}
	kittest.Tap(t, root, "评定奖项")
	if q := sh.Asked[0]; q.Check != "" {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
	p.Load()
	if p.data.Granted == 0 || !kittest.Shows(root, "一等奖") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "导出获奖名单")
	if _, err := os.Stat(sh.Path); err != nil || !strings.Contains(sh.Told[len(sh.Told)-1].Text, sh.Path) {
		t.Fatalf("%v %v", err, sh.Told)
	}
}

func TestDecidingBeforeTheEndWantsATick(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	all, _ := o.Assignment().Assignments(t.Context())
	if _, err := o.Scoring().EnterScore(
		t.Context(), all[0].Judge, string(all[0].Work), judging.Ballot{Total: 90}, scoring.TakeNone, false,
	); err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	p := newResultsPage(sh, page.PapersOf(o))
	root := sh.Open(p)
	kittest.Tap(t, root, "评定奖项")
	if q := sh.Asked[0]; q.Check == "" || !q.Danger || !strings.Contains(q.Text, "已评 1 / 共 18 次") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
}

func TestResultRowsKeepTheFilter(t *testing.T) {
	placings := []judging.Placing{
		{Work: "w1", Category: "书法", Group: "小学组", Place: 1, Official: 90, Scores: 3},
		{Work: "w2", Category: "书法", Group: "小学组", Place: 2, Tied: true, Official: 80, Scores: 3},
		{Work: "w3", Category: "摄影"},
	}
	works := []judging.Work{
		{ID: "w1", Code: "SF-0001", Title: "光"}, {ID: "w2", Code: "SF-0002", Title: "影", Authors: []string{"赵一"}},
		{ID: "w3", Code: "SY-0001", Title: "路"},
	}
	rows := resultRows(placings, works, []award.Decision{
		{Category: "书法", Group: "小学组", Grants: []award.Grant{{Work: "w1", Award: "一等奖"}},
			Notes: []award.Note{{Award: "一等奖", Places: 1, Given: 1, Why: "awards.tie_shared"}}},
	})
	for name, c := range map[string]struct {
		f    kit.Filter
		want string
	}{
		"all": {kit.Filter{}, "w1 w2 w3"}, "awarded": {kit.Filter{Quick: stateAwarded}, "w1"},
		"tied":     {kit.Filter{Quick: stateTied}, "w2"},
		"unscored": {kit.Filter{Quick: stateUnscored}, "w3"}, "a list": {kit.Filter{}.With("list", "书法 小学组"), "w1 w2"},
		"an award": {kit.Filter{}.With("award", "一等奖"), "w1"}, "an author": {kit.Filter{Text: "赵一"}, "w2"},
	} {
		var got []string
		for _, r := range filterResults(rows, c.f) {
			got = append(got, string(r.Work))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if q := resultQuicks(pagetest.Chinese(t), rows); len(q) != 4 {
		t.Errorf("%v", q)
	}
}

func TestNotesOfAllListsAreCut(t *testing.T) {
	d := award.Decision{Category: "书法"}
	for range 6 {
		d.Notes = append(d.Notes, award.Note{Award: "一等奖", Why: "awards.too_few"})
	}
	text := pagetest.Chinese(t)
	if n := decisionNotes(text, []award.Decision{d}, ""); len(n) != mostNotes+1 ||
		!strings.Contains(n[mostNotes], "3") {
		t.Errorf("%v", n)
	}
	if n := decisionNotes(text, []award.Decision{d}, "书法"); len(n) != 6 {
		t.Errorf("%v", n)
	}
	if n := decisionNotes(text, []award.Decision{d}, "绘画"); len(n) != 0 {
		t.Errorf("%v", n)
	}
}
