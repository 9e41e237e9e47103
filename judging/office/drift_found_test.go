package office_test

import (
	"fmt"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

// What the sequences of drift_test.go found, each by itself.

// dumped is everything that is stored.
func dumped(t *testing.T, cfg office.Config) map[string]string {
	t.Helper()
	all, err := judgetest.Dump(t.Context(), cfg.DB)
	must(t, err)
	return all
}

func TestARecusalThatCanNotBePlannedChangesNothing(t *testing.T) {
	cfg := config(t)
	o := eightPlanned(t, "", cfg)
	addJudge(t, o, "丁评")
	for _, id := range []judging.JudgeID{"j001", "j002"} { // the plan lacks two judges by now
		must(t, reads(o.ScoredJudges().StrikeJudge(t.Context(), id, "", "泄露")))
	}
	enter(t, o, 3, 1, 80)
	before := dumped(t, cfg)
	_, err := o.Scoring().RecuseJudge(t.Context(), "j003", "w000001", "师生", "j004")
	if err == nil {
		t.Fatal("planned with two judges for three scores")
	}
	if left := judgetest.Differences(before, dumped(t, cfg)); len(left) > 0 {
		t.Errorf("refused with %v, and left %q", err, left)
	}
}

func addJudge(t *testing.T, o *office.Office, name string) {
	t.Helper()
	must(t, reads(o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name, Unit: name + "会"})))
}

func TestAVoidScoreTakesNoOtherUntilItIsRestored(t *testing.T) {
	o := eightPlanned(t, "")
	scoreBy8 := func(total float64) error {
		return reads(o.Scoring().EnterScore(t.Context(), "j001", "w000002", judging.Ballot{Total: total},
			scoring.TakeNone, false))
	}
	must(t, scoreBy8(80))
	wantCode(t, o.Scoring().RestoreScore(t.Context(), "j001", "w000002", "错"), judging.NotFound, "scores.not_void")
	must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000002", "误评"))
	wantCode(t, scoreBy8(70), judging.Closed, "scores.voided")
	wantCode(t, o.Scoring().RestoreScore(t.Context(), "j001", "w000002", " "), judging.Invalid, "scores.needs_reason")
	must(t, o.Scoring().RestoreScore(t.Context(), "j001", "w000002", "作废错了"))
	must(t, scoreBy8(70))
	h, err := o.Scoring().ScoreHistory(t.Context(), "w000002")
	if err != nil || !h[0].Counts() || len(h[0].Versions) != 2 {
		t.Errorf("%+v %v", h, err)
	}
	must(t, o.Scoring().VoidScore(t.Context(), "j001", "w000002", "误评"))
	addJudge(t, o, "丁评")
	plan, _, err := o.Assignment().AdjustPlan(t.Context(), &seven, nil)
	must(t, err)
	must(t, reads(o.Assignment().PublishPlan(t.Context(), plan.ID)))
	wantCode(t, o.Scoring().RestoreScore(t.Context(), "j001", "w000002", "错"), judging.Closed, "scores.void_replaced")
}

// A work that was out when the plan was adjusted and comes back has its judges again, with their scores.
func TestAWorkThatComesBackIsPlannedAgain(t *testing.T) {
	o := eight(t, "")
	u := rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000003", Reason: "抄袭"})
	for range 2 {
		plan, _, err := o.Assignment().AdjustPlan(t.Context(), &seven, nil)
		must(t, err)
		must(t, reads(o.Assignment().PublishPlan(t.Context(), plan.ID)))
		if u.ID != "" {
			must(t, o.Awards().RecallRuling(t.Context(), u.ID, "误判"))
			u.ID = ""
		}
	}
	places, err := o.Results().Rank(t.Context())
	must(t, err)
	if len(places) != 8 || places[2].Work != "w000003" || places[2].Scores != 3 {
		t.Errorf("%+v", places)
	}
	for j := 1; j <= 3; j++ {
		d := firstDuty(t, o, judging.JudgeID(fmt.Sprintf("j%03d", j)))
		if len(d.Works) != 8 {
			t.Errorf("judge %d has %d works", j, len(d.Works))
		}
	}
}

// pendingScore lets the desk of a judge contradict what was typed, so that both wait.
func pendingScore(t *testing.T, o *office.Office, judge judging.JudgeID, work string) {
	t.Helper()
	w, err := o.Work(t.Context(), work)
	must(t, err)
	b, err := o.Scoring().Desk(judge).Load(t.Context(), w.Code)
	must(t, err)
	must(t, reads(o.Scoring().EnterScore(t.Context(), judge, work, judging.Ballot{Total: 91}, scoring.TakeNone, false)))
	b.Total = 88
	if _, err := o.Scoring().Desk(judge).Save(t.Context(), b); judging.CodeOf(err) != judging.Clash {
		t.Fatalf("no clash: %v", err)
	}
}

func TestWhatWaitsForADecisionGoesWithAMergedJudge(t *testing.T) {
	o := eightPlanned(t, "")
	pendingScore(t, o, "j002", "w000004")
	must(t, reads(o.ScoredJudges().MergeJudges(t.Context(), "j002", "j001", "", "同一人")))
	all, err := o.Scoring().Clashes(t.Context())
	must(t, err)
	if len(all) != 1 || all[0].Judge != "j001" || all[0].Packet.Total != 88 {
		t.Fatalf("%+v", all)
	}
	must(t, reads(o.OpenPoints(t.Context())))
	must(t, o.Scoring().ResolveClash(t.Context(), "j001", "w000004", scoring.TakeDesk))
	h, err := o.Scoring().ScoreHistory(t.Context(), "w000004")
	if err != nil || len(h) != 1 || h[0].Now().Total != 88 {
		t.Errorf("%+v %v", h, err)
	}
}

func TestAJudgeWhoseScoreWaitsIsNotRemoved(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	one, other := filled(t, o, original, "一.xlsx", all(0.6)), filled(t, o, original, "二.xlsx", all(0.8))
	collect(t, o, collecting.Options{}, one, other) // they contradict each other: nothing holds
	wantCode(t, o.Assignment().RemoveJudge(t.Context(), "j001", "录入有误"), judging.Closed, "judges.has_scores")
	must(t, reads(o.OpenPoints(t.Context())))
}

// With --take sheet, an original that was collected before does not bring its old scores back over those of the copy.
func TestAKnownSheetNextToANewOneBringsNothingBack(t *testing.T) {
	for _, last := range []bool{false, true} {
		o := published(t, 12)
		original := sheetOf(t, o)
		was := filled(t, o, original, "一.xlsx", all(0.6))
		collect(t, o, collecting.Options{}, was)
		files := []string{was, filled(t, o, original, "二.xlsx", all(0.8))}
		if last {
			slices.Reverse(files)
		}
		collect(t, o, collecting.Options{Take: scoring.TakeSheet}, files...)
		wantHeld(t, o, "the new sheet", 0.8, nil)
	}
}

func TestACollectionThatSettledWhatWaitedIsTakenBackWhole(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	one, other := filled(t, o, original, "一.xlsx", all(0.6)), filled(t, o, original, "二.xlsx", all(0.8))
	collect(t, o, collecting.Options{}, one, other)
	waiting, err := o.Scoring().Clashes(t.Context())
	must(t, err)
	collect(t, o, collecting.Options{Take: scoring.TakeSheet}, other)
	wantHeld(t, o, "the second sheet", 0.8, nil)
	must(t, reads(o.Scoring().UndoCollect(t.Context(), "", "收错了")))
	again, err := o.Scoring().Clashes(t.Context())
	if err != nil || len(again) != len(waiting) || len(again) == 0 {
		t.Errorf("%d wait, before %d: %v", len(again), len(waiting), err)
	}
	for code, total := range held(t, o) {
		if total != 0 {
			t.Errorf("%s holds %v", code, total)
		}
	}
}

// A row that is as it was written is no answer of its judge to being asked again.
func TestAnUntouchedSheetDoesNotConfirmAReopenedScore(t *testing.T) {
	o := eight(t, "")
	must(t, reads(o.Awards().SettleDispute(t.Context(), "w000003", judging.Rescore, "", "请重评")))
	reopened := func() int {
		points, err := o.OpenPoints(t.Context())
		must(t, err)
		i := slices.IndexFunc(points, func(p office.Point) bool { return p.Kind == "reopened" })
		if i < 0 {
			return 0
		}
		return points[i].Count
	}
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "", words(t))
	must(t, err)
	collect(t, o, collecting.Options{}, paths...)
	if reopened() != 1 {
		t.Error("untouched sheets settled the matter")
	}
	w, err := o.Work(t.Context(), "w000003")
	must(t, err)
	for j := 1; j <= 3; j++ {
		desk := o.Scoring().Desk(judging.JudgeID(fmt.Sprintf("j%03d", j)))
		b, err := desk.Load(t.Context(), w.Code)
		must(t, err)
		must(t, reads(desk.Save(t.Context(), b)))
	}
	if reopened() != 0 {
		t.Error("what the judges confirmed at the desk did not settle it")
	}
}

// A row that is as it was written says nothing, also where what it was written on was taken back and comes in again
// next to it: whatever the order of the files.
func TestAnUntouchedRowIsKnownBesideTheRowItWasMadeOn(t *testing.T) {
	o := published(t, 12)
	original := sheetOf(t, o)
	one, other := filled(t, o, original, "一.xlsx", all(0.6)), filled(t, o, original, "二.xlsx", all(0.8))
	collect(t, o, collecting.Options{}, one)
	untouched := sheetOf(t, o)
	must(t, reads(o.Scoring().UndoCollect(t.Context(), "", "收错了")))
	collect(t, o, collecting.Options{Take: scoring.TakeContest}, untouched, other, one)
	for _, w := range firstDuty(t, o, "j001").Works {
		if all, err := o.Scoring().Desk("j001").History(t.Context(), w.Code); err != nil || len(all) != 4 {
			t.Errorf("%s: %d statements, want two and twice that nothing holds: %v", w.Code, len(all), err)
		}
	}
}
