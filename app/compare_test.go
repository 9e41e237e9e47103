package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/comparisons"
)

// The organiser calls a judge to this computer; behind the judge's own password two works stand at once, and an arrow
// says which is better.
func TestAJudgeWhoSitsDownIsAskedAboutPairs(t *testing.T) {
	h, o := newHall(t)
	scoreAlike(t, o)
	lines, err := o.Comparisons().Lines(t.Context())
	if err != nil || len(lines) == 0 {
		t.Fatal(lines, err)
	}
	q := comparisons.Request{
		Why: lines[0].Why, Category: lines[0].Category, Group: lines[0].Group, Award: lines[0].Award,
	}
	if _, err := o.Comparisons().Open(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	h.app.Restart(kit.Route{Kind: page.HandOver, ID: "j001"})
	h.hides(t, "哪一件更好")
	h.press("2", "0", "4", "8", fyne.KeyReturn)
	h.shows(t, "哪一件更好", "左边更好", "右边更好", "交还电脑")
	h.hides(t, "孙三", "李四", "一小", "二小", "90")
	h.press(fyne.KeyLeft)
	h.shows(t, "比较完了")
	s, err := o.Comparisons().Show(t.Context(), "k001")
	if err != nil || s.Answers != 1 || s.Panel[0].N != 1 {
		t.Errorf("%+v, %v", s, err)
	}
}

// The list of names says who has pairs to look at, also of a judge who handed everything in, and of one who has no work
// to score; who was not chosen finds nothing of it.
func TestTheListOfNamesSaysWhoHasPairsToLookAt(t *testing.T) {
	h, o := newHall(t)
	scoreAlike(t, o)
	for _, j := range []judging.JudgeID{"j001", "j002"} {
		if err := o.Scoring().SubmitScores(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	late, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "周三"})
	if err != nil {
		t.Fatal(err)
	}
	h.app.Restart(kit.Route{Kind: page.HandOver})
	h.shows(t, "赵一", "钱二", "已提交")
	h.hides(t, "周三", "请您比较几件作品")
	lines, err := o.Comparisons().Lines(t.Context())
	if err != nil || len(lines) == 0 {
		t.Fatal(lines, err)
	}
	if _, err := o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: lines[0].Why, Category: lines[0].Category, Group: lines[0].Group, Award: lines[0].Award,
		Judges: []judging.JudgeID{"j002", late.ID},
	}); err != nil {
		t.Fatal(err)
	}
	h.app.Restart(kit.Route{Kind: page.HandOver})
	h.shows(t, "赵一", "钱二", "周三")
	count := 0
	for _, words := range kittest.Texts(h.root()) {
		if words == "请您比较几件作品" {
			count++
		}
	}
	if count != 2 {
		t.Errorf("%d judges are asked, want 2: %q", count, kittest.Texts(h.root()))
	}
	h.app.Restart(kit.Route{Kind: page.HandOver, ID: string(late.ID)})
	h.shows(t, "周三", "哪一件更好")
	h.hides(t, "0 件")
	h.press(fyne.KeyReturn)
	h.shows(t, "左边更好", "右边更好")
}

// scoreAlike gives every work 90 points from each of its judges, so that all are tied.
func scoreAlike(t *testing.T, o *office.Office) {
	t.Helper()
	all, err := o.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if _, err := o.Scoring().EnterScore(
			t.Context(), d.Judge, string(d.Work), judging.Ballot{Total: 90}, "", false,
		); err != nil {
			t.Fatal(err)
		}
	}
}
