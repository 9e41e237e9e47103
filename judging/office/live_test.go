package office_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/turns"
	"fayi/judging/office/live"
	"fayi/judging/office/rules"
)

// onStage is a contest with a published plan, five judges for each work, and rules of a stage.
func onStage(t *testing.T, r onstage.Rule) *office.Office {
	t.Helper()
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 5)
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 5, Expertise: judging.Ignore}, Seed: &seven,
	}, nil)
	must(t, err)
	_, err = o.Assignment().PublishPlan(t.Context(), "")
	must(t, err)
	setLiveRule(t, o, r)
	return o
}

func TestAPerformanceGoesFromTheLotToTheScreen(t *testing.T) {
	o := onStage(t, onstage.Rule{Show: onstage.ShowCode})
	wantCode(t, reads(o.Live().Call(t.Context(), "")), judging.Clash, "stage.no_order")
	order, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	same := live.DrawRequest{Categories: []string{"书法"}, Seed: &seven}
	wantCode(t, reads(o.Live().Draw(t.Context(), same)), judging.Clash, "stage.drawn_already")
	same.Again = true
	again, err := o.Live().Draw(t.Context(), same)
	must(t, err)
	if len(order) < 3 || order[0].Code != again[0].Code || order[0].Number != 1 || order[0].Seats != 5 {
		t.Fatalf("%+v", order)
	}
	first, second := order[0], order[1]
	score := func(judge judging.JudgeID, code judging.WorkCode, total float64) error {
		b := judging.Ballot{Code: code, Total: total, Base: judging.NoScore}
		return reads(o.Scoring().Desk(judge).Save(t.Context(), b))
	}
	wantCode(t, score("j001", first.Code, 80), judging.Closed, "stage.not_yet")
	must(t, reads(o.Live().Call(t.Context(), "")))
	wantCode(t, reads(o.Live().Call(t.Context(), "")), judging.Clash, "stage.taken")
	wantCode(t, score("j001", second.Code, 80), judging.Closed, "stage.not_yet")
	for i, judge := range []judging.JudgeID{"j001", "j002", "j003", "j004", "j005"} {
		if i == 4 {
			wantCode(t, reads(o.Live().Close(t.Context(), live.CloseRequest{})), judging.Clash, "stage.unscored")
		}
		must(t, score(judge, first.Code, []float64{90, 70, 85, 70, 80}[i]))
		if b := board(t, o); len(b.Standing) != 0 || b.Now.Shown != nil || b.Now.Scored != i+1 {
			t.Fatalf("the screen shows what was not released: %+v", b)
		}
	}
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{})))
	_, err = o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{Code: first.Code, Total: 50})
	wantCode(t, err, judging.Closed, "stage.over")
	if b := board(t, o); len(b.Standing) != 0 {
		t.Fatalf("closed is not released: %+v", b)
	}
	must(t, reads(o.Live().Release(t.Context(), "")))
	b := board(t, o)
	if len(b.Standing) != 1 || b.Now.Place != 1 || b.Done != 1 || b.Next.Code != second.Code {
		t.Fatalf("%+v", b)
	}
	shown := b.Standing[0].Shown
	var dropped []float64
	for _, m := range shown.Marks {
		if m.Dropped {
			dropped = append(dropped, m.Total)
		}
	}
	slices.Sort(dropped)
	if !slices.Equal(dropped, []float64{70, 90}) || shown.Official != 78.33 { // (70 + 80 + 85) / 3
		t.Errorf("%+v", shown)
	}
	if list, err := o.Live().Order(t.Context()); err != nil || list[0].Behind {
		t.Errorf("behind at once: %v", err)
	}
	must(t, reads(o.Offsets().Give(t.Context(), string(first.Work), -1, "超时")))
	if list, err := o.Live().Order(t.Context()); err != nil || !list[0].Behind || list[1].Behind {
		t.Errorf("points taken off after the release are not seen: %v", err)
	}
	if b := board(t, o); b.Standing[0].Shown.Official != shown.Official {
		t.Error("the screen shows what was not released")
	}
	must(t, reads(o.Live().Release(t.Context(), string(first.Work))))
	list, err := o.Live().Order(t.Context())
	must(t, err)
	if shown = board(t, o).Standing[0].Shown; list[0].Behind || shown.Official != 77.33 {
		t.Errorf("released again: %+v", shown)
	}
	if want := officials(t, o)[first.Work]; want != shown.Official {
		t.Errorf("the screen says %v, the ranking %v", shown.Official, want)
	}
}

// setLiveRule puts a rule of the stage into force.
func setLiveRule(t *testing.T, o *office.Office, r onstage.Rule) {
	t.Helper()
	var text bytes.Buffer
	must(t, o.RuleBook().ExportRules(t.Context(), &text))
	now, err := rules.ParseRules(&text)
	must(t, err)
	now.Live = &r
	must(t, reads(o.RuleBook().SaveRules(t.Context(), now, true)))
}

func board(t *testing.T, o *office.Office) live.Board {
	t.Helper()
	b, err := o.Live().Board(t.Context())
	must(t, err)
	return b
}

func TestOvertimeIsTakenOffOnceAndCanBeRecalled(t *testing.T) {
	o := onStage(t, onstage.Rule{Minutes: 1.0 / 60, Points: 2})
	_, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	called, err := o.Live().Call(t.Context(), "")
	must(t, err)
	wantCode(t, reads(o.Live().Stop(t.Context())), judging.Clash, "stage.not_timed")
	must(t, reads(o.Live().Start(t.Context())))
	for range 3 { // the clock of the tests goes on with each look at it
		must(t, reads(o.Live().Board(t.Context())))
	}
	for _, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		must(t, reads(o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{Code: called.Code, Total: 80})))
	}
	shut, err := o.Live().Close(t.Context(), live.CloseRequest{Early: true, Reason: "超时"})
	must(t, err)
	if took := shut.Stopped.Sub(shut.Started); took <= time.Second || shut.Offset == "" {
		t.Fatalf("%v: %+v", took, shut)
	}
	if got := officials(t, o)[called.Work]; got != 78 {
		t.Errorf("official %v, want 78", got)
	}
	must(t, reads(o.Live().Reopen(t.Context(), string(called.Code))))
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{Early: true, Reason: "超时"})))
	if got := officials(t, o)[called.Work]; got != 78 {
		t.Errorf("closed twice: %v", got)
	}
	all, err := o.Offsets().List(t.Context())
	must(t, err)
	must(t, o.Offsets().Recall(t.Context(), all[len(all)-1].ID, "计时有误"))
	if got := officials(t, o)[called.Work]; got != 80 {
		t.Errorf("recalled: %v", got)
	}
	must(t, reads(o.Live().Reopen(t.Context(), string(called.Code)))) // recalled by hand: nothing is left to recall
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{Early: true, Reason: "超时"})))
}

func TestAWrongCallIsTakenBackAndLosesNoScore(t *testing.T) {
	o := onStage(t, onstage.Rule{})
	_, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	called, err := o.Live().Call(t.Context(), "")
	must(t, err)
	must(t, reads(o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{Code: called.Code, Total: 66})))
	back, err := o.Live().Back(t.Context())
	must(t, err)
	if back.State != turns.Waiting || back.Scored != 1 {
		t.Errorf("%+v", back)
	}
	wantCode(t, reads(o.Live().Back(t.Context())), judging.Clash, "stage.none_called")
	kept, err := o.Scoring().Desk("j001").Load(t.Context(), called.Code)
	must(t, err)
	if kept.Total != 66 {
		t.Errorf("%+v", kept)
	}
}

// TestThePanelSaysWhoHasFinished names the judges of the work that is on, and nobody else's marks.
func TestThePanelSaysWhoHasFinished(t *testing.T) {
	o := onStage(t, onstage.Rule{Minutes: 1})
	order, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	for _, turn := range order {
		if turn.Panel != nil || turn.Seed != seven || turn.Moved {
			t.Errorf("before a call: %+v", turn)
		}
	}
	called, err := o.Live().Call(t.Context(), "")
	must(t, err)
	for _, j := range []judging.JudgeID{"j002", "j004"} {
		b := judging.Ballot{Code: called.Code, Total: 80}
		if j == "j004" {
			b = judging.Ballot{Code: called.Code, State: judging.Recused, Reason: "我的学生"}
		}
		must(t, reads(o.Scoring().Desk(j).Save(t.Context(), b)))
	}
	order, err = o.Live().Order(t.Context())
	must(t, err)
	var done []string
	for _, s := range order[0].Panel {
		if s.Name == "" {
			t.Errorf("%s has no name", s.Judge)
		}
		if s.Done {
			done = append(done, string(s.Judge))
		}
	}
	if len(order[0].Panel) != 5 || !slices.Equal(done, []string{"j002", "j004"}) || order[0].Waited <= 0 {
		t.Errorf("%+v", order[0])
	}
	must(t, reads(o.Live().Start(t.Context())))
	order, err = o.Live().Order(t.Context())
	must(t, err)
	if order[0].Waited != 0 {
		t.Errorf("judges are waited for while the clock runs: %+v", order[0])
	}
	moved, err := o.Live().Move(t.Context(), string(order[2].Work), 2)
	must(t, err)
	if !moved[1].Moved || moved[2].Moved {
		t.Errorf("moved by hand: %+v", moved[1:3])
	}
}

// TestTheNextStepIsThatOfTheBoard goes through a performance by what comes next alone.
func TestTheNextStepIsThatOfTheBoard(t *testing.T) {
	for _, limit := range []float64{0, 1} {
		o := onStage(t, onstage.Rule{Minutes: limit})
		_, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
		must(t, err)
		var went []string
		for range 6 {
			step := board(t, o).Step()
			went = append(went, string(step))
			switch s := o.Live(); step {
			case live.StepCall:
				called, err := s.Call(t.Context(), "")
				must(t, err)
				for _, seat := range called.Panel {
					b := judging.Ballot{Code: called.Code, Total: 80}
					must(t, reads(o.Scoring().Desk(seat.Judge).Save(t.Context(), b)))
				}
			case live.StepStart:
				must(t, reads(s.Start(t.Context())))
			case live.StepStop:
				must(t, reads(s.Stop(t.Context())))
			case live.StepClose:
				must(t, reads(s.Close(t.Context(), live.CloseRequest{})))
			case live.StepRelease:
				must(t, reads(s.Release(t.Context(), "")))
			}
		}
		want := "call close release call close release"
		if limit > 0 {
			want = "call start stop close release call"
		}
		if got := strings.Join(went, " "); got != want {
			t.Errorf("with a limit of %v: %s", limit, got)
		}
	}
}

func TestWaitingWorksMoveAndThoseThatWereOnKeepTheirNumbers(t *testing.T) {
	o := onStage(t, onstage.Rule{})
	order, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	codes := func(list []live.Turn) (out []judging.WorkCode) {
		for i, turn := range list {
			if turn.Number != i+1 {
				t.Errorf("number %d at %d", turn.Number, i+1)
			}
			out = append(out, turn.Code)
		}
		return out
	}
	was := codes(order)
	must(t, reads(o.Live().Call(t.Context(), "")))
	now, err := o.Live().Move(t.Context(), string(was[2]), 2)
	must(t, err)
	if got := codes(now); got[0] != was[0] || got[1] != was[2] || got[2] != was[1] {
		t.Errorf("%v was %v", got, was)
	}
	wantCode(t, reads(o.Live().Move(t.Context(), string(was[0]), 2)), judging.Clash, "stage.called_already")
	wantCode(t, reads(o.Live().Move(t.Context(), string(was[1]), 1)), judging.Invalid, "stage.no_place")
	wantCode(t, reads(o.Live().Move(t.Context(), string(was[1]), 99)), judging.Invalid, "stage.no_place")
	_, err = o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}})
	wantCode(t, err, judging.Clash, "stage.begun")
}

func TestTheScreenNamesNobodyTheRulesKeepBack(t *testing.T) {
	o := onStage(t, onstage.Rule{})
	_, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})
	must(t, err)
	for _, show := range []onstage.Show{"", onstage.ShowCode, onstage.ShowTitle, onstage.ShowName} {
		setLiveRule(t, o, onstage.Rule{Show: show})
		order, err := o.Live().Order(t.Context())
		must(t, err)
		text, err := json.Marshal(board(t, o))
		must(t, err)
		next := order[0]
		name := show == onstage.ShowName
		for what, shown := range map[string]bool{
			next.Title: name || show == onstage.ShowTitle, next.Authors[0]: name, next.Unit: name,
		} {
			if strings.Contains(string(text), what) != shown {
				t.Errorf("show %q: %q on the screen: %v", show, what, !shown)
			}
		}
	}
}
