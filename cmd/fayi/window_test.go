package main

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/cmd/fayi/probe"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/sample"
)

// TestAJudgeScoresByKeysAndNothingIsLostWhenTheProgramIsKilled drives the real program in real windows: the
// organiser hands the laptop to a judge, who scores two works with keys only; the program is killed, started again,
// and a third work is scored.
func TestAJudgeScoresByKeysAndNothingIsLostWhenTheProgramIsKilled(t *testing.T) {
	s := newScreen(t)
	dir := prepared(t)
	marks := [][]int{{18, 17, 20, 13, 16}, {15, 15, 19, 12, 14}, {20, 20, 25, 15, 20}}

	app := s.start(dir)
	app.openDesk("")
	app.score(marks[0])
	app.score(marks[1])
	app.kill()

	app = s.start(dir)
	app.openDesk("")
	app.score(marks[2])
	app.close()

	o := reopen(t, dir)
	defer o.Close()
	wantTotals(t, o, []float64{84, 75, 100})
	if check, err := o.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Fatalf("%+v %v", check, err)
	}
}

// wantTotals compares the first works of the first judge's list.
func wantTotals(t *testing.T, o *office.Office, want []float64) {
	t.Helper()
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, total := range want {
		if w := d.Works[i]; w.State != judging.Scored || w.Total != total {
			t.Errorf("work %d is %s with %g, want %g", i+1, w.State, w.Total, total)
		}
	}
	if next := d.Works[len(want)]; next.State != judging.Open {
		t.Errorf("the work after is %s", next.State)
	}
}

// prepared is a contest of the bundled sample with a published plan, closed.
func prepared(t testing.TB) string {
	t.Helper()
	ctx, base := t.Context(), t.TempDir()
	if _, err := sample.Write(filepath.Join(base, "s"), 1); err != nil {
		t.Fatal(err)
	}
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(base, "甲.fayi")
	cfg, err := files().Blank(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(ctx, cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	req := intake.ImportRequest{
		Sources: []string{filepath.Join(base, "s", "来稿")},
		Media:   []string{filepath.Join(base, "s", "作品")},

		MergeSame: true,
	}
	if _, err := o.Intake().ImportWorks(ctx, req, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().ImportJudges(ctx, assignment.JudgesRequest{Path: filepath.Join(base, "s",
		"评委.xlsx")}); err != nil {
		t.Fatal(err)
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(office.Ticking(ctx, "import_problems"), ""); err != nil {
		t.Fatal(err)
	}
	return dir
}

func reopen(t testing.TB, dir string) *office.Office {
	t.Helper()
	o, err := files().Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// openDesk hands the laptop to the first judge, who may have a PIN, and begins with the first open work.
func (p *program) openDesk(pin string) {
	p.s.t.Helper()
	if !strings.HasPrefix(p.view.Title, "评委评分") { // where a program ends that was killed while judges had the computer
		p.press("评审")
		p.press("评委轮流在本机评分")
		p.at("评委评分")
	}
	p.sit(0, pin)
	p.press("去评分")
}

// sit presses the n-th name on the list, types the PIN if there is one, and begins.
func (p *program) sit(n int, pin string) {
	p.s.t.Helper()
	p.press(names(p.view)[n])
	if pin != "" {
		p.s.xdotool("type", pin)
	}
	p.keys("Return") // 我是…，开始评分
	p.at("评分")
}

// names are those on the list of judges.
func names(v probe.View) []string {
	var out []string
	for _, w := range v.Words {
		state := strings.HasPrefix(w.Text, "已") || strings.HasPrefix(w.Text, "还有") || strings.HasPrefix(w.Text, "共 ")
		if w.Press && !w.Scroll.Empty() && !state {
			out = append(out, w.Text)
		}
	}
	return out
}

// score types the marks of one work and goes on to the next.
func (p *program) score(marks []int) {
	p.s.t.Helper()
	var all []string
	for _, m := range marks {
		all = append(all, "type", "--args", "1", strconv.Itoa(m), "key", "Return")
	}
	p.s.xdotool(all...)
	p.settle()
}
