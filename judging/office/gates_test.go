package office_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
)

// refusalArg returns the argument of a refusal.
func refusalArg(t *testing.T, err error, name string) any {
	t.Helper()
	var e *judging.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no refusal", err)
	}
	return e.Args[name]
}

func TestGateWaitsOnlyForJudgesWithWorks(t *testing.T) {
	o := published(t, 1) // three of six judges have it
	withRule(t, o, `missing_judges = "rank_by_rest"`)
	status, err := o.Scoring().ScoresStatus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var busy []judging.JudgeID
	for _, j := range status.Judges {
		if j.Total > 0 {
			busy = append(busy, j.Judge)
		}
	}
	if len(busy) != 3 || len(status.Judges) != 6 {
		t.Fatalf("%d of %d judges have a work", len(busy), len(status.Judges))
	}
	scoreBy(t, o, busy[:1], true)
	_, err = o.Awards().DecideAwards(t.Context(), false)
	wantCode(t, err, judging.Closed, "awards.judges_waiting")
	if n := refusalArg(t, err, "Count"); n != 2 {
		t.Errorf("%v judges are waited for, want 2", n)
	}
	if c, err := o.Scoring().PlanClosing(t.Context()); err != nil || len(c.Missing) != 2 {
		t.Errorf("%+v %v", c.Missing, err)
	}
	scoreBy(t, o, busy[1:], true)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Errorf("awards wait for judges without works: %v", err)
	}
}

// step fails the test unless a step was done and stands last in the journal.
func step(t *testing.T, o *office.Office, verb string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", verb, err)
	}
	entries, err := o.Journal(t.Context())
	if err != nil || entries[len(entries)-1].Verb != verb {
		t.Errorf("the journal ends with %s, want %s: %v", entries[len(entries)-1].Verb, verb, err)
	}
}

func TestGateStepsEndInTheJournal(t *testing.T) {
	o, _ := twoRounds(t)
	ctx := t.Context()
	if err := o.Scoring().SubmitScores(ctx, "j004"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Scoring().CloseRound(ctx, "评完了")
	step(t, o, "scores.close", err)
	step(t, o, "scores.reopen_round", o.Scoring().ReopenRound(ctx, "还有一份"))
	rules, _ := o.Rules(ctx)
	rules.Alternates = 4
	_, err = o.RuleBook().SaveRules(ctx, rules, true)
	step(t, o, "contest.rules", err)
	_, err = o.Awards().NextRound(ctx, false)
	step(t, o, "rounds.next", err)
	if all, _ := o.Journal(ctx); strings.Contains(string(all[len(all)-1].After), "called_up") {
		t.Errorf("nobody left, and the journal tells who was called up: %s", all[len(all)-1].After)
	}
	step(t, o, "rounds.undo", o.Awards().UndoRound(ctx, "入围数不对"))
	_, err = o.Awards().DecideAwards(ctx, false)
	step(t, o, "awards.decide", err)
	u, err := o.Awards().RuleAward(ctx, award.Ruling{Kind: award.RuleWithhold, Work: "w000001", Reason: "查实抄袭"})
	step(t, o, "awards.rule", err)
	step(t, o, "awards.recall", o.Awards().RecallRuling(ctx, u.ID, "误判"))
	_, err = o.Notices().PublishAwards(ctx, awards.NoticeRequest{})
	step(t, o, "awards.publish", err)
	x, err := o.Notices().FileObjection(ctx, "w000001", "雷同", "")
	step(t, o, "awards.object", err)
	_, err = o.Notices().AnswerObjection(ctx, x.ID, false, false, "不属实")
	step(t, o, "awards.answer", err)
	_, err = o.Notices().RecallNotice(ctx, "名单有误")
	step(t, o, "awards.recall-notice", err)
	entries, _ := o.Journal(ctx)
	if slices.ContainsFunc(entries, func(e judging.Entry) bool { return e.Verb == "disputes.settle" }) {
		t.Error("the journal tells of disputes settled where there was none")
	}
	if !slices.ContainsFunc(entries, func(e judging.Entry) bool { return e.Verb == "assign.publish" }) {
		t.Error("the journal does not tell that the plan was published")
	}
}

// noticed is a contest whose awards are shown on 8 May 2020, a Friday, for three working days, with the clock that
// its program reads.
func noticed(t *testing.T) (*office.Office, *time.Time) {
	t.Helper()
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	o := judgedIn(t, cfg, 12)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	n, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{Days: 3})
	if err != nil || n.Until != "2020-05-12" {
		t.Fatalf("%+v %v", n, err)
	}
	return o, &now
}

func TestGateANoticeStandsThroughItsLastDay(t *testing.T) {
	o, now := noticed(t)
	*now = time.Date(2020, 5, 12, 23, 0, 0, 0, time.UTC)
	if b, err := o.Notices().ListNotices(t.Context()); err != nil || b.Over || b.Notice == nil ||
		len(b.Objections) != 0 {
		t.Errorf("on the last day: %+v %v", b, err)
	}
	_, err := o.Notices().FinalizeAwards(t.Context())
	wantCode(t, err, judging.Closed, "notice.not_over")
	x, err := o.Notices().FileObjection(t.Context(), "w000001", "雷同", "")
	if err != nil {
		t.Fatalf("an objection on the last day: %v", err)
	}
	if b, err := o.Notices().ListNotices(t.Context()); err != nil || b.Open != 1 || len(b.Objections) != 1 {
		t.Errorf("with one objection: %+v %v", b, err)
	}
	if _, err := o.Notices().AnswerObjection(t.Context(), x.ID, false, false, "不属实"); err != nil {
		t.Fatal(err)
	}
	*now = time.Date(2020, 5, 13, 0, 0, 0, 0, time.UTC)
	if b, err := o.Notices().ListNotices(t.Context()); err != nil || !b.Over || b.Open != 0 {
		t.Errorf("the day after: %+v %v", b, err)
	}
	_, err = o.Notices().FinalizeAwards(t.Context())
	step(t, o, "awards.final", err)
}

func TestGateAnObjectionReopensAWorkOnlyWhenUpheld(t *testing.T) {
	o, _ := noticed(t)
	object := func() judging.Objection {
		x, err := o.Notices().FileObjection(t.Context(), "w000001", "雷同", "")
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	one, two, three := object(), object(), object()
	x, err := o.Notices().AnswerObjection(t.Context(), one.ID, false, true, "不属实")
	if err != nil || x.Reopen || x.State != judging.Dismissed {
		t.Errorf("%+v %v", x, err)
	}
	if b, err := o.Notices().ListNotices(t.Context()); err != nil || b.Notice == nil {
		t.Errorf("a dismissed objection took the notice back: %v", err)
	}
	for _, id := range []string{two.ID, three.ID} {
		if x, err = o.Notices().AnswerObjection(t.Context(), id, true, false, "属实"); err != nil || x.Reopen {
			t.Errorf("%+v %v", x, err)
		}
	}
	b, err := o.Notices().ListNotices(t.Context())
	if err != nil || b.Notice != nil || len(b.Past) != 1 {
		t.Fatalf("%+v %v", b, err)
	}
	if first := b.Objections[1].Closed; b.Past[0].Closed.Sub(first) > time.Second || b.Past[0].Closed.Before(first) {
		t.Errorf("taken back at %v, by the objection answered at %v", b.Past[0].Closed, first)
	}
}

func TestGateRulesOnceJudgesScoreByThem(t *testing.T) {
	change := func(name string, do func(*judging.Rubric)) func(*judging.Rules) {
		return func(r *judging.Rules) {
			i := slices.IndexFunc(r.Rubrics, func(n judging.NamedRubric) bool { return n.Name == name })
			do(&r.Rubrics[i].Rubric)
		}
	}
	without := func(name string) func(*judging.Rules) {
		return func(r *judging.Rules) {
			r.Categories = slices.DeleteFunc(r.Categories, func(c judging.Category) bool { return c.Name == name })
		}
	}
	cases := []struct {
		name            string
		change          func(*judging.Rules)
		planned, before string // why it is refused once a plan is published, and before
	}{
		{"a step alone", change("书法", func(r *judging.Rubric) { r.Step, r.Bands = .5, nil }), "rules.rubric_in_use",
			""},
		{"a name alone", change("书法", func(r *judging.Rubric) { r.Criteria[0].Name = "主题" }), "rules.rubric_in_use",
			""},
		{"weights alone",
			change("书法", func(r *judging.Rubric) { r.Criteria[0].Weight, r.Criteria[2].Weight = 25, 20 }),
			"rules.rubric_in_use", ""},
		{"one criterion less",
			change("书法", func(r *judging.Rubric) { r.Criteria = r.Criteria[1:]; r.Criteria[0].Weight += 20 }),
			"rules.rubric_in_use", ""},
		{"a hint alone", change("书法", func(r *judging.Rubric) { r.Criteria[0].Hint = "导向正确" }), "", ""},
		{"a category with works", without("书法"), "rules.category_in_use", "rules.category_in_use"},
		// Its judges know that there is one.
		{"a category without any works", without("曲艺"), "rules.rubric_in_use", ""},
	}
	for _, planned := range []bool{false, true} {
		o := newOffice(t)
		importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 3)}})
		addJudges(t, o, 4)
		if planned {
			publish(t, o)
		}
		rules, err := o.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		data, _ := json.Marshal(rules)
		for _, c := range cases {
			want := c.before
			if planned {
				want = c.planned
			}
			var next judging.Rules // a copy that shares nothing
			if err := json.Unmarshal(data, &next); err != nil {
				t.Fatal(err)
			}
			c.change(&next)
			_, err = o.RuleBook().SaveRules(t.Context(), next, true)
			var e *judging.Error
			if errors.As(err, &e); (want == "") != (err == nil) || want != "" && e.Text != want {
				t.Errorf("%s, plan published %v: %v, want %q", c.name, planned, err, want)
			}
		}
	}
}

func TestGateADraftWithAPairNowKeptApartIsNotPublished(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 3) // each scores all
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{}, nil); err != nil {
		t.Fatal(err)
	}
	c := judging.Conflict{Judge: "j001", Work: "w000001", Reason: "师生"}
	if err := o.Assignment().DeclareConflict(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	_, err := o.Assignment().PublishPlan(t.Context(), "")
	wantCode(t, err, judging.Closed, "assign.overtaken")
}
