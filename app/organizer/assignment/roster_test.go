package assignment

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoredjudges"
)

// lastAsked shows the form of the last question and returns its inputs.
func lastAsked(sh *kittest.Shell) ([]*field.Text, []*field.Choice, kit.Question) {
	q := sh.Asked[len(sh.Asked)-1]
	form := sh.Put(q.Content)
	return kittest.All[*field.Text](form), kittest.All[*field.Choice](form), q
}

func judgeOf(t *testing.T, o *office.Office, id judging.JudgeID) judging.Judge {
	t.Helper()
	all, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range all {
		if j.ID == id {
			return j
		}
	}
	return judging.Judge{}
}

func TestAJudgeIsCorrectedAndTheChangeCanBeReadAfter(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, p, _ := openJudges(t, o)
	p.onCorrect(judgeOf(t, o, "j001"))
	fields, _, _ := lastAsked(sh)
	if fields[0].Text() != "赵一" || fields[1].Text() != "单位1" {
		t.Fatalf("the form shows %q %q", fields[0].Text(), fields[1].Text())
	}
	fields[4].SetText("单位填错")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("nothing was changed: %v", err)
	}
	fields[1].SetText("县文化馆")
	fields[4].SetText("")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("corrected without a reason: %v", err)
	}
	fields[4].SetText("单位填错")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if j := judgeOf(t, o, "j001"); j.Unit != "县文化馆" || j.Name != "赵一" {
		t.Fatalf("%+v", j)
	}
	p.onTrace(judgeOf(t, o, "j001"))
	trace := strings.Join(kittest.Texts(sh.Put(sh.Asked[len(sh.Asked)-1].Content)), "")
	for _, want := range []string{"赵一 单位1 → 赵一 县文化馆", "单位填错"} {
		if !strings.Contains(trace, want) {
			t.Errorf("the trace %q lacks %q", trace, want)
		}
	}
}

func TestAJudgeIsStruckOffOnceTheScoresAreDecidedAbout(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, p, _ := openJudges(t, o)
	p.onStrike(judgeOf(t, o, "j001"))
	fields, choices, q := lastAsked(sh)
	if q.Check == "" || !q.Danger || !strings.Contains(q.Text, "不能恢复") {
		t.Errorf("%+v", q)
	}
	fields[0].SetText("泄露评分")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("nobody said what becomes of the scores: %v", err)
	}
	if judgeOf(t, o, "j001").Struck != "" {
		t.Fatal("the preview struck the judge off")
	}
	choices[0].SetKey(scoredjudges.VoidScores)
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if j := judgeOf(t, o, "j001"); j.Struck != "泄露评分" {
		t.Fatalf("%+v", j)
	}
	root := sh.Open(p)
	if !kittest.Shows(root, "已除名：泄露评分") {
		t.Errorf("%q", kittest.Texts(root))
	}
}

func TestTwoEntriesAreMergedAfterAPreview(t *testing.T) {
	o := pagetest.AtWork(t)
	sh, p, _ := openJudges(t, o)
	p.onMerge(judgeOf(t, o, "j001"))
	_, choices, _ := lastAsked(sh)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("merged into nobody: %v", err)
	}
	choices[0].SetKey("j003")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if judgeOf(t, o, "j001").Name == "" {
		t.Fatal("the preview merged")
	}
	fields, _, q := lastAsked(sh)
	if q.Check == "" || !strings.Contains(q.Text, "并入 孙三") {
		t.Errorf("%q", q.Text)
	}
	fields[0].SetText("同一人录入两次")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if judgeOf(t, o, "j001").Name != "" {
		t.Fatal("both entries are still there")
	}
	p.onTrace(judgeOf(t, o, "j003"))
	trace := strings.Join(kittest.Texts(sh.Put(sh.Asked[len(sh.Asked)-1].Content)), "")
	if !strings.Contains(trace, "赵一 单位1") || !strings.Contains(trace, "同一人录入两次") {
		t.Errorf("the trace is %q", trace)
	}
}

func TestAScoreOfALaterConflictIsKeptOrVoided(t *testing.T) {
	o := pagetest.AtWork(t)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	p := newJudgesPage(sh, page.StagesOf(o), tabConflicts)
	root := sh.Open(p)
	if kittest.Shows(root, "待定评分") {
		t.Error("scores wait although no conflict was declared")
	}
	for _, w := range d.Works[:2] {
		works, err := o.Works(t.Context(), office.WorkFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range works {
			if x.Code == w.Code {
				err = p.conflicts.declare(judging.Conflict{Judge: "j001", Work: x.ID, Reason: "亲属"})
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !kittest.Shows(root, "待定评分 2") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "待定评分 2")
	kittest.Tap(t, root, "作废评分…")
	if n := len(sh.Told); n == 0 || sh.Told[n-1].Text != "请先点选一个评分。" {
		t.Error("nothing was selected, and nothing said")
	}
	first := p.scored.all[0]
	p.scored.ask(first, false)
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("voided without a reason: %v", err)
	}
	sh.Asked[len(sh.Asked)-1].Content.(*field.Text).SetText("应回避")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.scored.ask(p.scored.all[0], true)
	sh.Asked[len(sh.Asked)-1].Content.(*field.Text).SetText("经核实无关系")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if left, err := o.Scoring().ConflictedScores(t.Context()); err != nil || len(left) != 0 {
		t.Fatalf("%+v %v", left, err)
	}
	if !kittest.Shows(root, "没有待定的评分") {
		t.Errorf("%q", kittest.Texts(root))
	}
	history, err := o.Scoring().ScoreHistory(t.Context(), string(first.Work))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range history {
		if s.Judge == "j001" && s.Void != "应回避" {
			t.Errorf("the score is not void: %+v", s)
		}
	}
}

func TestTheScoresToSettleFit(t *testing.T) {
	o := pagetest.AtWork(t)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range works {
		if w.Code == d.Works[0].Code {
			err = o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
				Judge: "j001", Work: w.ID, Reason: "亲属",
			})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "conflicted", func(sh kit.Shell) kit.Page {
		return newJudgesPage(sh, page.StagesOf(o), tabScored)
	})
}
