package awards

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/comparisons"
	"fayi/judging/office/intake"
)

// tied is a contest of three works that share the first place of their list.
func tied(t *testing.T) *office.Office {
	t.Helper()
	o := pagetest.NewContest(t)
	path := filepath.Join(t.TempDir(), "作品.csv")
	rows := "作品名称,类别,组别,作者,单位\n甲文,征文,小学组,佟一,示例一小\n" +
		"乙文,征文,小学组,佟二,示例二小\n丙文,征文,小学组,佟三,示例三小\n"
	if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"佟审一", "佟审二", "佟审三"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 3},
	}, nil); err != nil {
		t.Fatal(err)
	}
	ctx := office.Ticking(t.Context(), office.PointKinds()...)
	if _, err := o.Assignment().PublishPlan(ctx, ""); err != nil {
		t.Fatal(err)
	}
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
	return o
}

// sayAll has all judges say all they can, each taking the work whose title comes first.
func sayAll(t *testing.T, o *office.Office, id string) {
	t.Helper()
	for range 50 {
		s, err := o.Comparisons().Show(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if s.Turn == "" {
			return
		}
		desk := o.Comparisons().Desk(s.Turn)
		p, err := desk.Ask(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		best := p.Left.Code
		if p.Right.Title < p.Left.Title {
			best = p.Right.Code
		}
		if err := desk.Answer(t.Context(), id, p.Left.Code, p.Right.Code, best); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("it never ends")
}

func TestATieIsComparedRuledAndTakenBackOnThePage(t *testing.T) {
	o := tied(t)
	sh := kittest.New(t)
	p := newComparePage(sh, o.Comparisons())
	root := sh.Open(p)
	if !kittest.Shows(root, "3 件并列") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, sh.T("comparepage.begin", nil))
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	if !kittest.Shows(root, sh.T("compare.unasked", nil)) {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, sh.T("comparepage.call", nil))
	if r := sh.Routes[len(sh.Routes)-1]; r.Kind != "handover" || r.ID != string(p.data.all[0].Turn) {
		t.Errorf("%+v", r)
	}
	sayAll(t, o, "k001")
	p.Load()
	if !kittest.Shows(root, "评委比") && !kittest.Shows(root, "一等奖") {
		t.Errorf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, sh.T("comparepage.settle", nil))
	q := sh.Asked[len(sh.Asked)-1]
	if !strings.Contains(q.Text, "甲文") || !strings.Contains(q.Text, "→") {
		t.Errorf("what changes is not shown: %s", q.Text)
	}
	if rulings, _ := o.Awards().Rulings(t.Context()); len(rulings) != 0 {
		t.Error("it was ruled before it was asked")
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	rulings, err := o.Awards().Rulings(t.Context())
	if err != nil || len(rulings) != 1 || !strings.Contains(rulings[0].Reason, "两两比较") {
		t.Fatalf("%+v, %v", rulings, err)
	}
	if p.data.all[0].State != comparisons.Settled {
		t.Errorf("%+v", p.data.all[0].State)
	}
	kittest.Tap(t, root, sh.T("comparepage.undo", nil))
	if err := sh.Answer(t); err == nil {
		t.Error("taken back without a reason")
	}
	for _, f := range kittest.Faults(sh.Win) {
		t.Error(f)
	}
}

// The organiser leaves a judge out and says how often the others compare at most; what is wrong is said and opens
// nothing.
func TestTheOrganiserChoosesWhoCompares(t *testing.T) {
	o := tied(t)
	sh := kittest.New(t)
	p := newComparePage(sh, o.Comparisons())
	root := sh.Open(p)
	if len(p.begin.ticks) != 3 {
		t.Fatalf("%d judges", len(p.begin.ticks))
	}
	begin := sh.T("comparepage.begin", nil)
	for _, tick := range p.begin.ticks {
		tick.SetChecked(false)
	}
	kittest.Tap(t, root, begin)
	if n := len(sh.Asked); n != 0 || len(sh.Told) == 0 || sh.Told[0].Text != sh.T("comparepage.who_none", nil) {
		t.Fatalf("%d questions, %+v", n, sh.Told)
	}
	p.begin.ticks[0].SetChecked(true)
	p.begin.ticks[2].SetChecked(true)
	for _, wrong := range []string{"0", "-1", "2.5", "许多"} {
		p.begin.most.Entry().SetText(wrong)
		kittest.Tap(t, root, begin)
		if len(sh.Asked) != 0 || p.begin.most.Wrong() == "" {
			t.Errorf("%q is taken", wrong)
		}
	}
	p.begin.most.Entry().SetText("2")
	p.Load() // what was chosen is still there
	kittest.Tap(t, root, begin)
	q := sh.Asked[len(sh.Asked)-1]
	if !strings.Contains(q.Text, "佟审一，佟审三") || !strings.Contains(q.Text, "最多比 2 次") {
		t.Error(q.Text)
	}
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	s, err := o.Comparisons().Show(t.Context(), "k001")
	if err != nil || s.Most != 2 || len(s.Panel) != 2 || s.Panel[0].Name != "佟审一" || s.Panel[1].Name != "佟审三" {
		t.Errorf("%+v, %v", s, err)
	}
	sayAll(t, o, "k001")
	if s, err = o.Comparisons().Show(t.Context(), "k001"); err != nil || s.Answers != 4 {
		t.Errorf("%d answers, %v", s.Answers, err)
	}
	for _, f := range kittest.Faults(sh.Win) {
		t.Error(f)
	}
}

func TestComparingFitsTheWindow(t *testing.T) {
	o := tied(t)
	pagetest.Shots(t, "compare_line", func(sh kit.Shell) kit.Page { return newComparePage(sh, o.Comparisons()) })
	lines, err := o.Comparisons().Lines(t.Context())
	if err != nil || len(lines) == 0 {
		t.Fatal(lines, err)
	}
	if _, err := o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: lines[0].Why, Category: lines[0].Category, Group: lines[0].Group, Award: lines[0].Award,
	}); err != nil {
		t.Fatal(err)
	}
	sayAll(t, o, "k001")
	pagetest.Shots(t, "compare", func(sh kit.Shell) kit.Page { return newComparePage(sh, o.Comparisons()) })
}
