package office_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// scoreSome saves a ballot for the first n works of a judge.
func scoreSome(t *testing.T, o *office.Office, judge judging.JudgeID, n int) []judging.WorkCode {
	t.Helper()
	d := firstDuty(t, o, judge)
	var codes []judging.WorkCode
	for _, w := range d.Works[:n] {
		if _, err := o.Scoring().Desk(judge).Save(t.Context(), judging.Ballot{
			Code:  w.Code,
			Marks: fill(d.Rubrics[w.Category], 0.8),
		}); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, w.Code)
	}
	return codes
}

func codesOf(t *testing.T, o *office.Office, judge judging.JudgeID) map[judging.WorkCode]judging.BallotState {
	t.Helper()
	out := map[judging.WorkCode]judging.BallotState{}
	d, err := o.Scoring().Desk(judge).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range d.Works {
		out[w.Code] = w.State
	}
	return out
}

func panelsOf(t *testing.T, o *office.Office) map[judging.WorkID]int {
	t.Helper()
	pairs, err := o.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[judging.WorkID]int{}
	for _, p := range pairs {
		out[p.Work]++
	}
	return out
}

func TestAJudgeWhoLeavesKeepsWhatIsScored(t *testing.T) {
	o := published(t, 30)
	scored := scoreSome(t, o, "j001", 4)
	before := codesOf(t, o, "j002")
	sheets, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "j002", words(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
		Name: "评委A",
		Unit: "示例协会0",
		Away: true,
	}); err != nil {
		t.Fatal(err)
	}
	plan, moves, err := o.Assignment().AdjustPlan(t.Context(), nil, nil)
	if err != nil || len(moves) != 11 { // 30 × 3 ÷ 6 − 4
		t.Fatalf("%d moves, %v", len(moves), err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), plan.ID); err != nil {
		t.Fatal(err)
	}
	left := codesOf(t, o, "j001")
	if len(left) != len(scored) {
		t.Fatalf("%d works left to the judge who went", len(left))
	}
	for _, c := range scored {
		if left[c] != judging.Scored {
			t.Errorf("%s is %s", c, left[c])
		}
	}
	for c := range before {
		if _, kept := codesOf(t, o, "j002")[c]; !kept {
			t.Errorf("%s was taken from a judge who stays", c)
		}
	}
	for w, n := range panelsOf(t, o) {
		if n != 3 {
			t.Errorf("%s has %d judges", w, n)
		}
	}
	if r, err := collectFile(t, o, sheets[0], scoring.TakeNone); err != nil {
		t.Errorf("a sheet of the plan before: %+v %v", r, err)
	}
}

func TestTopUpAddsJudgesAndMovesNobody(t *testing.T) {
	o := published(t, 12)
	scoreAll(t, o)
	before := codesOf(t, o, "j003")
	_, err := o.Assignment().TopUpPlan(t.Context(), 3, nil, nil)
	wantCode(t, err, judging.Invalid, "assign.nothing_to_add")
	plan, err := o.Assignment().TopUpPlan(t.Context(), 4, nil, nil)
	if err != nil || plan.Pairs != 48 {
		t.Fatalf("%+v %v", plan, err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), plan.ID); err != nil {
		t.Fatal(err)
	}
	after := codesOf(t, o, "j003")
	for c := range before {
		if after[c] != judging.Scored {
			t.Errorf("%s is %s", c, after[c])
		}
	}
	status, _ := o.Scoring().ScoresStatus(t.Context())
	if status.Done != 36 || status.Total != 48 {
		t.Fatalf("%d of %d", status.Done, status.Total)
	}
	_, err = o.Awards().DecideAwards(t.Context(), false)
	wantCode(t, err, judging.Closed, "awards.judges_waiting") // lists that grew are open again
}

func TestARecusedJudgeIsReplacedAndTheScoreVoid(t *testing.T) {
	o := published(t, 12)
	code := scoreSome(t, o, "j001", 1)[0]
	_, err := o.Scoring().RecuseJudge(t.Context(), "j002", "SF-0000", "亲属", "")
	wantCode(t, err, judging.NotFound, "")
	r, err := o.Scoring().RecuseJudge(t.Context(), "j001", string(code), "与作者是亲属", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, still := codesOf(t, o, "j001")[code]; still {
		t.Error("the work is still on the recused judge's list")
	}
	if codesOf(t, o, r.Substitute)[code] != judging.Open {
		t.Errorf("the substitute %s does not have the work", r.Substitute)
	}
	history, _ := o.Scoring().ScoreHistory(t.Context(), string(code))
	if len(history) != 1 || history[0].Void == "" {
		t.Errorf("%+v", history)
	}
	for w, n := range panelsOf(t, o) {
		if n != 3 {
			t.Errorf("%s has %d judges", w, n)
		}
	}
	_, err = o.Scoring().RecuseJudge(t.Context(), "j001", string(code), "亲属", "")
	wantCode(t, err, judging.Forbidden, "scores.not_yours")
}

func TestADraftThatWouldLoseScoresIsRefused(t *testing.T) {
	o := published(t, 30)
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
		Name: "评委A",
		Unit: "示例协会0",
		Away: true,
	}); err != nil {
		t.Fatal(err)
	}
	plan, _, err := o.Assignment().AdjustPlan(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	scoreSome(t, o, "j001", 2)
	_, err = o.Assignment().PublishPlan(t.Context(), plan.ID)
	wantCode(t, err, judging.Closed, "assign.overtaken")
}

func TestAWithdrawnWorkLeavesTheLists(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	w, err := o.Work(t.Context(), string(d.Works[0].Code))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, reviewAs(t, o, w.ID, judging.Returned, "缺释文"), judging.Closed, "works.assigned")
	if err := reviewAs(t, o, w.ID, judging.Withdrawn, "作者撤回"); err != nil {
		t.Fatal(err)
	}
	if _, still := codesOf(t, o, "j001")[w.Code]; still {
		t.Error("a judge still sees the withdrawn work")
	}
	scoreAll(t, o)
	placings, _ := o.Results().Rank(t.Context())
	if len(placings) != 11 {
		t.Fatalf("%d works ranked", len(placings))
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
}
