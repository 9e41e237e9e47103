package scoring

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/scoring"
)

// openProgress shows the page over a contest.
func openProgress(t *testing.T, o *office.Office) (*kittest.Shell, *progressPage, fyne.CanvasObject) {
	t.Helper()
	return pagetest.Open(t, func(sh kit.Shell) *progressPage { return newProgressPage(sh, page.PapersOf(o)) })
}

func TestTheGridShowsJudgeByCategory(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, _, root := openProgress(t, o)
	for _, want := range []string{"合计", "摄影", "书法", "赵一", "评完未提交", "待处理 2", "举手与回避 2"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "评委轮流在本机评分")
	if sh.Routes[0] != (kit.Route{Kind: page.HandOver}) {
		t.Fatal(sh.Routes)
	}
}

// TestTheGridIsPrintedAsItIsShown holds the list that is printed and copied to the words on the page.
func TestTheGridIsPrintedAsItIsShown(t *testing.T) {
	o := pagetest.AtWork(t)
	_, p, root := openProgress(t, o)
	lists := kittest.All[*page.Listed](root)
	if len(lists) != 1 {
		t.Fatalf("%d lists", len(lists))
	}
	s := lists[0].Sheet()
	if len(s.Rows) != len(p.status.Judges) || len(s.Rows) == 0 || len(s.Right) != len(s.Heads) {
		t.Fatalf("%d rows of %d judges, heads %q", len(s.Rows), len(p.status.Judges), s.Heads)
	}
	for _, row := range append(s.Rows, s.Heads[:len(s.Heads)-1]) { // a state needs no head to be read
		for _, cell := range row {
			if !kittest.Shows(root, cell) {
				t.Errorf("%q is not shown", cell)
			}
		}
		if len(row) < len(s.Heads)-1 {
			t.Errorf("%q has not as many cells as %q", row, s.Heads)
		}
	}
}

func TestGridRowsFindThoseBehind(t *testing.T) {
	p := scoring.Progress{
		Status: scoring.Status{
			Judges: []scoring.JudgeStatus{
				{Judge: "j1", Name: "赵一", Call: "赵一", Total: 5, Done: 5},
				{Judge: "j2", Name: "钱二", Call: "钱二", Total: 5},
			},
		},
		Rows: []scoring.ProgressRow{{Judge: "j1"}, {Judge: "j2", Behind: true}},
	}
	for quick, want := range map[string]int{"": 2, behindQuick: 1, "full": 1, "submitted": 0} {
		if got := gridRows(p, kit.Filter{Quick: quick}); len(got) != want {
			t.Errorf("%q: %+v", quick, got)
		}
	}
	if q := gridQuicks(pagetest.Chinese(t), p); q[len(q)-1].Key != behindQuick {
		t.Errorf("%+v", q)
	}
}

func TestARaisedHandIsHandledAndARecusedWorkMovesOn(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, p, root := openProgress(t, o)
	kittest.Tap(t, root, "举手与回避 2")
	for _, want := range []string{"疑似抄袭", "见网上", "回避", "我的学生", "待处理"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	kittest.Tap(t, root, "写下处理…")
	if len(sh.Asked) != 0 || len(sh.Told) != 1 {
		t.Fatal("handled without a row")
	}
	for _, r := range p.raised.table.Rows() {
		p.raised.table.Select(string(r.Judge) + "/" + string(r.Code))
		if r.State != judging.Recused {
			kittest.Tap(t, root, "写下处理…")
			field := sh.Asked[len(sh.Asked)-1].Content.(*field.Text)
			field.SetText("不是抄袭")
		} else {
			kittest.Tap(t, root, "换评委…")
			if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Text, "钱二") {
				t.Fatalf("%+v", q)
			}
		}
		if err := sh.Answer(t); err != nil {
			t.Fatal(err)
		}
	}
	p.Load()
	if p.status.Raised != 0 || !kittest.Shows(root, "不是抄袭") || !kittest.Shows(root, "已换评委") {
		t.Fatalf("%d %q", p.status.Raised, kittest.Texts(root))
	}
}

func TestARemindersTextGoesToTheClipboard(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, p, root := openProgress(t, o)
	kittest.Tap(t, root, "催办短信…")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	got := fyne.CurrentApp().Clipboard().Content()
	if strings.Count(got, "老师您好") != 4 || !strings.Contains(got, "钱二老师") || !strings.Contains(got, "2026年5月12日") {
		t.Errorf("%q", got)
	}
	p.onRemind("j001")
	_ = sh.Answer(t)
	if got := fyne.CurrentApp().Clipboard().Content(); strings.Count(got, "老师您好") != 1 ||
		!strings.Contains(got, "还没有确认提交") {
		t.Errorf("%q", got)
	}
}

func TestAListIsGivenBackAndSignedFor(t *testing.T) {
	o := pagetest.AtWork(t)
	if err := o.Scoring().SubmitScores(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	sh, p, _ := openProgress(t, o)
	sh.Path = filepath.Join(t.TempDir(), "确认表.pdf")
	j := p.status.Judges[0]
	p.onSignOff(j)
	if _, err := os.Stat(sh.Path); err != nil || len(sh.Errors) != 0 {
		t.Fatal(err, sh.Errors)
	}
	p.onReopen(j)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatal("given back without a reason", err)
	}
	sh.Asked[0].Content.(*field.Text).SetText("手误")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if p.status.Judges[0].Submitted {
		t.Error("still handed in")
	}
	p.onPIN(j)
	if err := sh.Answer(t); err != nil || !strings.Contains(sh.Told[len(sh.Told)-1].Text, "个人密码是") {
		t.Fatal(err, sh.Told)
	}
}

func TestCalibrationIsChosenAndLookedAt(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	sh, _, root := openProgress(t, o)
	kittest.Tap(t, root, "试评…")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Calibration().Calibrations(t.Context()); len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	if n := len(sh.Told); n == 0 || !strings.Contains(sh.Told[n-1].Text, "已抽好") {
		t.Errorf("told %v", sh.Told)
	}
	kittest.Tap(t, root, "试评…")
	if q := sh.Asked[1]; q.Action == "" || !kittest.Shows(kittest.New(t).Put(q.Content), "-T") {
		t.Fatalf("%+v", q)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if all, _ := o.Calibration().Calibrations(t.Context()); len(all) != 0 {
		t.Fatal("calibration did not end")
	}
}

func TestProgressFits(t *testing.T) {
	o := pagetest.AtWork(t)
	pagetest.Shots(t, "progress-grid", func(sh kit.Shell) kit.Page { return newProgressPage(sh, page.PapersOf(o)) })
	pagetest.Shots(t, "progress-raised", func(sh kit.Shell) kit.Page {
		p := newProgressPage(sh, page.PapersOf(o))
		p.tab = raisedTab
		return p
	})
}

// What tells two judges of one name apart stands at the end of what they are called: the grid must not cut it off.
func TestNamesakesAreNotCutAlikeInTheGrid(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	for _, unit := range []string{"甲县书法家协会", "甲县摄影家协会", "甲县教育局教研室"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "欧阳文清", Unit: unit}); err != nil {
			t.Fatal(err)
		}
	}
	req := assignment.PlanRequest{}
	req.PerWork = 3
	if _, err := o.Assignment().PlanAssignment(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	sh, _, root := openProgress(t, o)
	sh.Win.Resize(fyne.NewSize(1000, 600))
	kittest.Settle(root)
	texts := kittest.Texts(root)
	for _, want := range []string{"欧阳文清（书法家协会）", "欧阳文清（摄影家协会）", "欧阳文清（教育局教研室）"} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is not shown whole: %q", want, texts)
		}
	}
}
