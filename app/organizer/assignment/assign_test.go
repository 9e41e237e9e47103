package assignment

import (
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"

	"fyne.io/fyne/v2"
)

// openAssign shows the page over a contest.
func openAssign(t *testing.T, o *office.Office) (*kittest.Shell, *assignPage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *assignPage { return newAssignPage(sh, page.StagesOf(o)) })
}

func TestAPlanIsMadeLookedAtAndPublished(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh, p, root := openAssign(t, o)
	if !kittest.Shows(root, "6 件作品，4 位评委") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	p.perWork.Entry().SetText("2")
	p.seed.Entry().SetText("7")
	kittest.Tap(t, root, "生成分配")
	for _, want := range []string{"草案", "每位评委 3 至 3 件", "抽签号 7", "赵一"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "发布分配")
	if q := sh.Asked[0]; q.Check == "" || !strings.Contains(q.Text, "共 12 次评分") {
		t.Fatalf("%+v", q)
	} else if !strings.Contains(q.Text, "6 件作品还没有审核") {
		t.Errorf("what is open is not said before publishing: %q", q.Text)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, err := o.Review().BlindnessReport(t.Context()); err != nil || len(all) != 6 ||
		slices.ContainsFunc(all, unprepared) {
		t.Errorf("copies for judges are not ready: %+v %v", all, err)
	}
	p.Load()
	if !kittest.Shows(root, "已发布") {
		t.Fatalf("%q", kittest.Texts(root))
	}
}

func unprepared(s review.BlindState) bool {
	return slices.ContainsFunc(s.Files, func(f review.BlindFileState) bool {
		return slices.Contains(f.Needs, review.NeedPrepare)
	})
}

func TestTooFewJudgesAreToldInSums(t *testing.T) {
	o := pagetest.WithJudges(t, 6)
	sh, p, root := openAssign(t, o)
	p.perWork.Entry().SetText("4")
	kittest.Tap(t, root, "生成分配")
	if len(p.short) == 0 || !kittest.Shows(root, "评委不够") || len(sh.Errors) > 0 {
		t.Fatalf("%v %v %q", p.short, sh.Errors, kittest.Texts(root))
	}
	p.perWork.Entry().SetText("60")
	kittest.Tap(t, root, "生成分配")
	if ran := len(sh.Ran); sh.Ran[ran-1] == "正在分配" && p.perWork.Wrong() == "" {
		t.Fatal("a plan with 60 judges a work was tried")
	}
}

func TestTheVerdictSaysWhatThePlanIsWorth(t *testing.T) {
	text := pagetest.Chinese(t)
	for want, proof := range map[string]judging.PlanProof{
		"可以比较":   {MinLoad: 3, MaxLoad: 4, Components: 1, Comparability: 0.95},
		"粗略比较":   {MinLoad: 3, MaxLoad: 4, Components: 1, Comparability: 0.5},
		"分成 2 拨": {MinLoad: 3, MaxLoad: 4, Components: 2, Comparability: 0.95},
	} {
		if got := verdict(text, proof); !strings.Contains(got, want) || !strings.Contains(got, "3 至 4 件") {
			t.Errorf("%q: %s", want, got)
		}
	}
}
