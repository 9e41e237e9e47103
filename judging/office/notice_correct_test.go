package office_test

import (
	"slices"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func TestNoticeDaysAreReadAsPeopleWriteThem(t *testing.T) {
	now := time.Date(2026, 9, 28, 9, 0, 0, 0, time.UTC) // a Monday
	n, err := awards.NoticeRequest{
		From: "９月２９日", Holidays: []string{"10月1日至7日"}, Workdays: []string{"2026.10.10"}, Contact: " 普法股 ",
	}.Read(now)
	if err != nil || n.From != "2026-09-29" || n.Until != "2026-10-10" || n.Days != 5 || len(n.Holidays) != 7 ||
		n.Contact != "普法股" || n.State != judging.Standing {
		t.Errorf("%+v %v", n, err)
	}
	if n, err := (awards.NoticeRequest{}).Read(now); err != nil || n.From != "2026-09-28" || n.Until != "2026-10-02" {
		t.Errorf("%+v %v", n, err)
	}
	for _, req := range []awards.NoticeRequest{
		{From: "明天"}, {Holidays: []string{"明天"}}, {Workdays: []string{"明天"}},
	} {
		_, err := req.Read(now)
		wantCode(t, err, judging.Invalid, "notice.bad_day")
	}
}

func TestANoticeOfThePastIsAskedAbout(t *testing.T) {
	o, _ := noticed(t)
	_, err := o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{From: "2020-05-07"}, "写错")
	wantCode(t, err, judging.Clash, "notice.in_past")
	n, err := o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{From: "2020年5月7号", Past: true}, "从七日起已张贴")
	if err != nil || n.From != "2020-05-07" || n.Until != "2020-05-11" {
		t.Errorf("%+v %v", n, err)
	}
	n, err = o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{Days: 2}, "少一天")
	if err != nil || n.From != "2020-05-07" || n.Until != "2020-05-08" {
		t.Errorf("a first day that stays is asked about again: %+v %v", n, err)
	}
}

func TestNoticesOfThePastAreNotBegunWithoutAsking(t *testing.T) {
	cfg := config(t)
	cfg.Now = func() time.Time { return time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC) }
	o := judgedIn(t, cfg, 12)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	_, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{From: "2020-5-7"})
	wantCode(t, err, judging.Clash, "notice.in_past")
	n, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{From: "2020-5-8"})
	if err != nil || n.From != "2020-05-08" {
		t.Errorf("today is taken for the past: %+v %v", n, err)
	}
}

func TestACorrectedNoticeKeepsWhatItSaidBefore(t *testing.T) {
	o, now := noticed(t)
	_, err := o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{Contact: "普法股"}, " ")
	wantCode(t, err, judging.Invalid, "awards.needs_reason")
	_, err = o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{}, "没有要改的")
	wantCode(t, err, judging.Closed, "notice.unchanged")
	*now = time.Date(2020, 5, 20, 9, 0, 0, 0, time.UTC) // over
	n, err := o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{
		From: "5月21日", Days: 3, Holidays: []string{"5月22日"}, Workdays: []string{"5月23日"}, Contact: "普法股",
	}, "月份写错")
	if err != nil || n.From != "2020-05-21" || n.Until != "2020-05-25" || n.ID != "n001" || n.Contact != "普法股" {
		t.Fatalf("%+v %v", n, err)
	}
	b, err := o.Notices().ListNotices(t.Context())
	if err != nil || b.Over || b.Notice == nil || len(b.Notice.Before) != 1 {
		t.Fatalf("%+v %v", b, err)
	}
	was := b.Notice.Before[0]
	if was.From != "2020-05-08" || was.Until != "2020-05-12" || was.Days != 3 || was.Reason != "月份写错" || was.By == "" ||
		was.At.IsZero() || was.Contact != "" {
		t.Errorf("%+v", was)
	}
	_, err = o.Notices().FinalizeAwards(t.Context())
	wantCode(t, err, judging.Closed, "notice.not_over")
	entries, _ := o.Journal(t.Context())
	if !slices.ContainsFunc(entries, func(e judging.Entry) bool {
		return e.Verb == "awards.correct_notice" && len(e.Before) > 0
	}) {
		t.Error("the journal does not tell of the correction")
	}
	*now = time.Date(2020, 5, 26, 9, 0, 0, 0, time.UTC)
	if _, err := o.Notices().FinalizeAwards(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{Days: 1}, "晚了")
	wantCode(t, err, judging.Closed, "notice.final")
}

func TestNoNoticeCanBeCorrectedBeforeOneStands(t *testing.T) {
	o := decided(t, 12)
	_, err := o.Notices().CorrectNotice(t.Context(), awards.NoticeRequest{Days: 1}, "更正")
	wantCode(t, err, judging.Closed, "notice.none")
}

// objected is a noticed contest with an objection to the best work.
func objected(t *testing.T) (*office.Office, judging.WorkID) {
	t.Helper()
	o, _ := noticed(t)
	_, top := topOf(t, boardOf(t, o))
	if _, err := o.Notices().FileObjection(t.Context(), string(top.Work), "雷同", "某人"); err != nil {
		t.Fatal(err)
	}
	return o, top.Work
}

func TestAnAnswerIsPlannedBeforeItIsGiven(t *testing.T) {
	o, top := objected(t)
	for _, tt := range []struct {
		uphold, reopen bool
		want           []string
		judges         bool
	}{
		{false, false, []string{"notice.plan_dismiss"}, false},
		{false, true, []string{"notice.plan_dismiss"}, false},
		{true, false, []string{"notice.plan_recall", "notice.plan_rule"}, false},
		{true, true, []string{"notice.plan_recall", "notice.plan_reopen"}, true},
	} {
		p, err := o.Notices().PlanAnswer(t.Context(), "b001", tt.uphold, tt.reopen)
		if err != nil || !slices.Equal(p.Lines(), tt.want) || (len(p.Judges) > 0) != tt.judges || p.Work != top ||
			p.Award == "" || p.Code == "" || p.Recalls != tt.uphold {
			t.Errorf("%v %v: %+v %v", tt.uphold, tt.reopen, p, err)
		}
	}
	_, err := o.Notices().PlanAnswer(t.Context(), "b009", true, true)
	wantCode(t, err, judging.NotFound, "notice.no_objection")
	if b, _ := o.Notices().ListNotices(t.Context()); b.Open != 1 || b.Notice == nil {
		t.Errorf("a plan has changed something: %+v", b)
	}
	if _, err := o.Notices().FileObjection(t.Context(), string(top), "再一条", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().AnswerObjection(t.Context(), "b001", true, false, "属实"); err != nil {
		t.Fatal(err)
	}
	p, err := o.Notices().PlanAnswer(t.Context(), "b002", true, false)
	if err != nil || p.Recalls || p.Lines()[0] != "notice.plan_uphold" {
		t.Errorf("%+v %v", p, err)
	}
	_, err = o.Notices().PlanAnswer(t.Context(), "b001", true, false)
	wantCode(t, err, judging.Closed, "notice.answered")
}

func TestAnAnswerCanBeTakenBackUntilItIsActedUpon(t *testing.T) {
	o, top := objected(t)
	ctx := t.Context()
	_, err := o.Notices().RetractAnswer(ctx, "b001", "选错")
	wantCode(t, err, judging.Closed, "notice.not_answered")
	_, err = o.Notices().RetractAnswer(ctx, "b009", "选错")
	wantCode(t, err, judging.NotFound, "notice.no_objection")
	_, err = o.Notices().RetractAnswer(ctx, "b001", "")
	wantCode(t, err, judging.Invalid, "awards.needs_reason")
	for _, way := range [][2]bool{{false, false}, {true, false}, {true, true}} {
		if _, err := o.Notices().AnswerObjection(ctx, "b001", way[0], way[1], "答复"); err != nil {
			t.Fatal(err)
		}
		x, err := o.Notices().RetractAnswer(ctx, "b001", "选错")
		step(t, o, "awards.retract_answer", err)
		if err != nil || x.State != judging.Objected || x.Answer != "" || x.Reopen || !x.Closed.IsZero() {
			t.Fatalf("%v: %+v %v", way, x, err)
		}
		b, err := o.Notices().ListNotices(ctx)
		if err != nil || b.Notice == nil || b.Notice.State != judging.Standing || !b.Notice.Closed.IsZero() ||
			b.Open != 1 {
			t.Fatalf("%v: %+v %v", way, b, err)
		}
		all, err := o.Awards().Disputes(ctx)
		if err != nil || slices.ContainsFunc(all, func(d awards.DisputedWork) bool {
			return d.Work == top && d.State == awards.DisputeUnderway
		}) {
			t.Errorf("%v: the work is open to its judges: %+v %v", way, all, err)
		}
	}
}

func TestAnAnswerThatWasActedUponStays(t *testing.T) {
	for name, act := range map[string]func(o *office.Office, top judging.WorkID) error{
		"notice.acted_decided": func(o *office.Office, _ judging.WorkID) error {
			return reads(o.Awards().DecideAwards(t.Context(), true))
		},
		"notice.acted_ruled": func(o *office.Office, top judging.WorkID) error {
			return reads(o.Awards().RuleAward(t.Context(),
				award.Ruling{Kind: award.RuleWithhold, Work: top, Reason: "属实"}))
		},
	} {
		o, top := objected(t)
		if _, err := o.Awards().RuleAward(t.Context(), award.Ruling{
			Kind: award.RuleWithhold, Work: top, Reason: "答复之前",
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Notices().AnswerObjection(t.Context(), "b001", true, false, "属实"); err != nil {
			t.Fatal(err)
		}
		if err := act(o, top); err != nil {
			t.Fatal(err)
		}
		_, err := o.Notices().RetractAnswer(t.Context(), "b001", "选错")
		wantCode(t, err, judging.Closed, name)
	}
}

func TestARulingOnAnotherWorkLeavesAnAnswerToBeTakenBack(t *testing.T) {
	o, top := objected(t)
	if _, err := o.Notices().AnswerObjection(t.Context(), "b001", true, false, "属实"); err != nil {
		t.Fatal(err)
	}
	other := judging.WorkID("w000001")
	if other == top {
		other = "w000002"
	}
	rule(t, o, award.Ruling{Kind: award.RuleWithhold, Work: other, Reason: "另一件"})
	if x, err := o.Notices().RetractAnswer(t.Context(), "b001", "选错"); err != nil || x.State != judging.Objected {
		t.Errorf("%+v %v", x, err)
	}
}

func TestAnAnswerStaysOnceAJudgeHasScoredTheWorkAgain(t *testing.T) {
	o, _ := noticed(t)
	d := firstDuty(t, o, "j001")
	one := d.Works[0]
	if _, err := o.Notices().FileObjection(t.Context(), string(one.Code), "评分有误", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().AnswerObjection(t.Context(), "b001", true, true, "请评委复核"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code: one.Code, Marks: fill(d.Rubrics[one.Category], .5),
	}); err != nil {
		t.Fatal(err)
	}
	_, err := o.Notices().RetractAnswer(t.Context(), "b001", "选错")
	wantCode(t, err, judging.Closed, "notice.acted_scored")
}

func TestANoticeThatTwoObjectionsEndedStandsAgainWhenBothAreTakenBack(t *testing.T) {
	o, top := objected(t)
	ctx := t.Context()
	if _, err := o.Notices().FileObjection(ctx, string(top), "再一条", ""); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"b001", "b002"} {
		if _, err := o.Notices().AnswerObjection(ctx, id, true, true, "属实"); err != nil {
			t.Fatal(err)
		}
	}
	for i, id := range []string{"b002", "b001"} {
		if _, err := o.Notices().RetractAnswer(ctx, id, "选错"); err != nil {
			t.Fatal(err)
		}
		if b, err := o.Notices().ListNotices(ctx); err != nil || (b.Notice != nil) != (i == 1) {
			t.Errorf("after %s: %+v %v", id, b.Notice, err)
		}
	}
}

// TestAnAnswerAsksTheJudgesWhoseScoresStand: a judge whose score was void has nothing to look at again.
func TestAnAnswerAsksTheJudgesWhoseScoresStand(t *testing.T) {
	ctx := office.Ticking(t.Context(), "disputes", "lists_open", "short_lists", "judges_short")
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	o := judgedIn(t, cfg, 12)
	const work = "w000001"
	given, err := o.Scoring().ScoreHistory(ctx, work)
	if err != nil || len(given) < 2 {
		t.Fatalf("%d scores, %v", len(given), err)
	}
	must(t, o.Scoring().VoidScore(ctx, given[0].Judge, work, "误评"))
	if _, err := o.Awards().DecideAwards(ctx, true); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().PublishAwards(ctx, awards.NoticeRequest{Days: 3}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().FileObjection(ctx, work, "雷同", "某人"); err != nil {
		t.Fatal(err)
	}
	p, err := o.Notices().PlanAnswer(ctx, "b001", true, true)
	if err != nil || len(p.Judges) != len(given)-1 || slices.Contains(p.Judges, given[0].Judge) {
		t.Errorf("%v of %v, %v", p.Judges, given, err)
	}
}
