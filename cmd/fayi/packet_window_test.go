package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/packets"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
)

const packetPhrase = "4821 0937 5516 2204 7730"

// TestAJudgeScoresAPacketAtHomeAndTheContestCountsIt drives the real program on a second computer: another home
// folder, no contest there. Six works are scored by keys, the program is killed and opened again, four more are
// scored, the list is confirmed, the reply saved, and the contest ranks by it.
func TestAJudgeScoresAPacketAtHomeAndTheContestCountsIt(t *testing.T) {
	s := newScreen(t)
	dir, stick := small(t), t.TempDir()
	path := filepath.Join(stick, "a.fayipacket")
	o := reopen(t, dir)
	if _, err := o.Packets().SealPacket(t.Context(), "j001", path, packets.SealOptions{
		Passphrase: packetPhrase,
	}, nil); err != nil {
		t.Fatal(err)
	}

	app := s.unlock(path)
	app.press("去评分")
	for n := range 10 {
		if n == 6 {
			app.kill()
			app = s.unlock(path)
			app.press("去评分")
		}
		app.score([]int{18, 17, 20, 13, lastMark(n)})
	}
	app.press("核对并提交")
	app.press("提交评分")
	app.fill("口令", strings.ReplaceAll(packetPhrase, " ", ""))
	app.press("我已核对，提交后不再修改")
	app.press("提交评分")
	app.at("交回评分")
	app.press("把回执存到 U 盘")
	app.keys("Return")
	var replies []string
	s.wait("the reply", func() bool {
		replies, _ = filepath.Glob(filepath.Join(stick, "*.fayireply"))
		return len(replies) == 1
	})
	app.close()

	report, err := o.Packets().CollectReply(t.Context(), replies[0], scoring.TakeNone)
	if err != nil || len(report.Changed) != 10 || !report.Submitted {
		t.Fatalf("%+v, %v", report, err)
	}
	wantRanked(t, o)
}

// lastMark is the fifth mark of the n-th work: from 10 to 19 in no order, which would be warned of.
func lastMark(n int) int { return 10 + (n*7+3)%10 }

// wantRanked expects the ten works with the totals that were typed.
func wantRanked(t *testing.T, o *office.Office) {
	t.Helper()
	defer o.Close()
	d, err := o.Scoring().Desk("j001").Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n, w := range d.Works {
		if w.State != judging.Scored || w.Total != float64(68+lastMark(n)) {
			t.Errorf("work %d is %s with %g", n, w.State, w.Total)
		}
	}
	places, err := o.Results().Rank(t.Context())
	if err != nil || len(places) != 10 || places[0].Official != 87 {
		t.Errorf("%+v, %v", places, err)
	}
}

// unlock starts the program on a packet and types the passphrase.
func (s *screen) unlock(path string) *program {
	s.t.Helper()
	p := s.start(path)
	p.at("打开评审包")
	s.xdotool("type", packetPhrase)
	s.xdotool("key", "Return")
	p.at("评分")
	return p
}

// small is a contest of ten works and one judge with a published plan, closed; or with more judges, of whom up to three
// score each work.
func small(t *testing.T, judges ...string) string {
	t.Helper()
	if len(judges) == 0 {
		judges = []string{"王安"}
	}
	base := t.TempDir()
	rows := []byte("作品名称,类别,组别,作者,单位\n")
	for n := range 10 {
		rows = fmt.Appendf(rows, "法治之光%d,书法,成人组,甲某%d,示例单位%d\n", n, n, n)
	}
	list := filepath.Join(base, "作品.csv")
	if err := os.WriteFile(list, rows, 0o600); err != nil {
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
	o, err := office.Create(t.Context(), cfg, "小征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{list}}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range judges {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: min(len(judges), 3)},
		Seed:        &seed,
	}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(office.Ticking(t.Context(), "import_problems"), ""); err != nil {
		t.Fatal(err)
	}
	return dir
}
