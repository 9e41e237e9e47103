package results

import (
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestEverythingAJudgeSaidOfAWorkCanBeRead(t *testing.T) {
	o := pagetest.WithPlan(t, 6)
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	code := d.Works[0].Code
	for _, total := range []float64{61, 72} {
		b, err := o.Scoring().Desk("j001").Load(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		b.State, b.Total = judging.Scored, total
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Scoring().VoidScore(t.Context(), "j001", string(code), "泄露评分"); err != nil {
		t.Fatal(err)
	}
	all, err := o.Scoring().ScoreHistory(t.Context(), string(code))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	sh := kittest.New(t)
	lines := historyLines(sh, all[0])
	whole := strings.Join(lines, "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "61 分") || !strings.Contains(lines[1], "72 分（现有）") ||
		!strings.Contains(whole, "本机评分") || !strings.Contains(lines[2], "泄露评分") {
		t.Errorf("%q", lines)
	}
	p := newExplainPage(sh, page.StagesOf(o), string(all[0].Work))
	sh.Open(p)
	if e, err := o.Awards().ExplainWork(t.Context(), string(all[0].Work)); err == nil && len(e.Judges) > 0 {
		p.onHistory(e.Judges[0])
		if q := sh.Asked[len(sh.Asked)-1]; !strings.Contains(q.Title, "赵一") {
			t.Errorf("%q", q.Title)
		}
	}
}
