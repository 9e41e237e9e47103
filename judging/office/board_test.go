package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
)

// decided is a contest with every work scored and the awards decided.
func decided(t *testing.T, n int) *office.Office {
	t.Helper()
	o := judged(t, n)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return o
}

func boardOf(t *testing.T, o *office.Office) awards.Board {
	t.Helper()
	b, err := o.Awards().AwardBoard(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// topOf returns the first list with a work in its first award, and that work.
func topOf(t *testing.T, b awards.Board) (awards.BoardList, awards.BoardWork) {
	t.Helper()
	for _, l := range b.Lists {
		if len(l.Slots[0].Works) > 0 {
			return l, l.Slots[0].Works[0]
		}
	}
	t.Fatal("nobody has the first award")
	return awards.BoardList{}, awards.BoardWork{}
}

func rule(t *testing.T, o *office.Office, u award.Ruling) award.Ruling {
	t.Helper()
	made, err := o.Awards().RuleAward(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestARulingWaitsOnTheBoardUntilAwardsAreDecidedAnew(t *testing.T) {
	o := decided(t, 60)
	list, top := topOf(t, boardOf(t, o))
	u := rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: judging.WorkID(top.Code), Reason: "查实抄袭"})
	if u.Work != top.Work || u.By == "" || u.At.IsZero() {
		t.Errorf("%+v", u)
	}
	b := boardOf(t, o)
	l := b.Lists[slices.IndexFunc(b.Lists, func(l awards.BoardList) bool {
		return l.Category == list.Category && l.Group == list.Group
	})]
	if b.Pending == 0 || len(l.Out) != 1 || l.Out[0].Work != top.Work || !l.Out[0].Changed || len(l.Traces) == 0 {
		t.Errorf("pending %d, out %+v, traces %+v", b.Pending, l.Out, l.Traces)
	}
	if slices.ContainsFunc(l.Slots[0].Works, func(w awards.BoardWork) bool { return w.Work == top.Work }) ||
		len(l.Slots[0].Works) == 0 {
		t.Errorf("first award: %+v", l.Slots[0].Works)
	}
	won, _ := o.Awards().ListAwards(t.Context())
	if !slices.ContainsFunc(won, func(a awards.Award) bool { return a.Work == top.Work }) {
		t.Error("the ruling took effect before awards were decided")
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	won, _ = o.Awards().ListAwards(t.Context())
	if slices.ContainsFunc(won, func(a awards.Award) bool { return a.Work == top.Work }) || boardOf(t, o).Pending != 0 {
		t.Error("the ruling has no effect")
	}
	if err := o.Awards().RecallRuling(t.Context(), u.ID, "误判"); err != nil {
		t.Fatal(err)
	}
	if boardOf(t, o).Pending == 0 {
		t.Error("taking the ruling back changes nothing")
	}
	wantCode(t, o.Awards().RecallRuling(t.Context(), u.ID, "再撤"), judging.NotFound, "awards.no_ruling")
}

func TestARulingIsRefused(t *testing.T) {
	o := decided(t, 12)
	for name, u := range map[string]award.Ruling{
		"awards.needs_reason":  {Kind: award.RuleWithhold, Work: "w000001"},
		"works.missing":        {Kind: award.RuleWithhold, Work: "w999999", Reason: "无"},
		"awards.unknown_award": {Kind: award.RuleGive, Work: "w000001", Award: "特等奖", Reason: "好"},
	} {
		_, err := o.Awards().RuleAward(t.Context(), u)
		wantCode(t, err, judging.CodeOf(err), name)
	}
}

func TestEachJudgesInfluenceOnTheAwardsIsTold(t *testing.T) {
	o := judged(t, 30)
	all, err := o.Awards().AwardInfluence(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	scores, changes := 0, 0
	for _, j := range all {
		scores += j.Scores
		changes += len(j.Changes)
	}
	if scores != 90 || changes == 0 {
		t.Errorf("%d scores, %d changes", scores, changes)
	}
}

// judgedIn is judged in a contest of cfg.
func judgedIn(t *testing.T, cfg office.Config, n int) *office.Office {
	t.Helper()
	rules, err := rules.ParseRules(strings.NewReader(string(rubrics.LegalCulture)))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, n)}})
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	return o
}

// withRules replaces words of the bundled rules.
func withRules(old, new string) string {
	return strings.Replace(string(rubrics.LegalCulture), old, new, 1)
}

func TestNewRulesShowTheirEffectBeforeTheyCount(t *testing.T) {
	o := decided(t, 30)
	text := withRules("percent = 4\nrounding = \"up\"", "count = 3")
	e, err := o.RuleBook().PreviewRules(t.Context(), strings.NewReader(text))
	if err != nil || len(e.Awards) == 0 || len(e.Places) != 0 {
		t.Fatalf("%+v %v", e, err)
	}
	_, err = o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false)
	wantCode(t, err, judging.Clash, "rules.effect_unseen")
	rules, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), true)
	if err != nil || rules.Version != 2 || rules.Hash() != e.Hash {
		t.Errorf("%d %s %v", rules.Version, rules.Hash(), err)
	}
	if same, err := o.RuleBook().PreviewRules(t.Context(), strings.NewReader(text)); err != nil || same.Changes() {
		t.Errorf("%+v %v", same, err)
	}
}

func TestANoticeRunsObjectionsAreAnsweredAndThenNothingChanges(t *testing.T) {
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC) // a Friday
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	o := judgedIn(t, cfg, 30)
	_, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})
	wantCode(t, err, judging.Closed, "notice.nothing_decided")
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	n, err := o.Notices().PublishAwards(office.Ticking(t.Context(), "disputes"), awards.NoticeRequest{Days: 3,
		Holidays: []string{"2020-05-11"}})
	if err != nil || n.From != "2020-05-08" || n.Until != "2020-05-13" {
		t.Fatalf("%+v %v", n, err)
	}
	_, top := topOf(t, boardOf(t, o))
	x, err := o.Notices().FileObjection(t.Context(), string(top.Work), "与往年作品雷同", "李先生 13800000000")
	if err != nil {
		t.Fatal(err)
	}
	now = time.Date(2020, 5, 14, 9, 0, 0, 0, time.UTC)
	_, err = o.Notices().FinalizeAwards(t.Context())
	wantCode(t, err, judging.Closed, "notice.open_objections")
	if _, err := o.Notices().AnswerObjection(t.Context(), x.ID, false, false, "经核查不属实"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().FinalizeAwards(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = o.Awards().RuleAward(t.Context(), award.Ruling{Kind: award.RuleWithhold, Work: top.Work, Reason: "晚了"})
	wantCode(t, err, judging.Closed, "notice.final")
	_, err = o.Awards().DecideAwards(t.Context(), true)
	wantCode(t, err, judging.Closed, "notice.final")
	entries, _ := o.Journal(t.Context())
	for _, e := range entries {
		if strings.Contains(string(e.After), "13800000000") {
			t.Error("the journal tells who objected")
		}
	}
}

func TestAnUpheldObjectionReopensExactlyOneWork(t *testing.T) {
	o := decided(t, 12)
	if _, err := o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{}); err != nil {
		t.Fatal(err)
	}
	d := firstDuty(t, o, "j001")
	one, other := d.Works[0], d.Works[1]
	x, err := o.Notices().FileObjection(t.Context(), string(one.Code), "评分有误", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().AnswerObjection(t.Context(), x.ID, true, true, "请评委复核"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:  one.Code,
		Marks: fill(d.Rubrics[one.Category], .5),
	}); err != nil {
		t.Error(err)
	}
	_, err = o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:  other.Code,
		Marks: fill(d.Rubrics[other.Category], .5),
	})
	wantCode(t, err, judging.Closed, "scores.submitted")
	b, err := o.Notices().ListNotices(t.Context())
	if err != nil || b.Notice != nil || len(b.Past) != 1 || b.Open != 0 {
		t.Errorf("%+v %v", b, err)
	}
	if _, err := o.Awards().SettleDispute(t.Context(), string(one.Code), judging.Accept, "", "复核完毕"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:  one.Code,
		Marks: fill(d.Rubrics[one.Category], .6),
	})
	wantCode(t, err, judging.Closed, "scores.submitted")
}

func TestADisputedWorkGetsAnotherJudge(t *testing.T) {
	o := newOffice(t)
	if _, err := o.RuleBook().LoadRules(
		t.Context(), strings.NewReader(withRules("range = 20", "range = 3")), false,
	); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 5)
	publish(t, o)
	scoreAll(t, o)
	all, err := o.Awards().Disputes(t.Context())
	if err != nil || len(all) == 0 || all[0].State != awards.DisputeOpen || all[0].Exit != judging.Third ||
		all[0].Range < all[len(all)-1].Range {
		t.Fatalf("%+v %v", all, err)
	}
	before := panelsOf(t, o)
	judge, err := o.Awards().SettleDispute(t.Context(), string(all[0].Work), judging.Third, "", "分歧大")
	if err != nil || judge == "" {
		t.Fatal(judge, err)
	}
	for w, n := range panelsOf(t, o) {
		want := before[w]
		if w == all[0].Work {
			want++
		}
		if n != want {
			t.Errorf("%s has %d judges, want %d", w, n, want)
		}
	}
	again, _ := o.Awards().Disputes(t.Context())
	if again[0].State != awards.DisputeUnderway {
		t.Errorf("%+v", again[0])
	}
	d, err := o.Scoring().Desk(judge).Duties(t.Context())
	if err != nil || d.Submitted {
		t.Errorf("the new judge can't score: %v", err)
	}
}

func TestASecondRoundTakesTheBestAndStandsAbove(t *testing.T) {
	o := newOffice(t)
	text := withRules(
		"\n[combine]\n",
		"\n[[rounds]]\nname = \"复评\"\ntake = { count = 2 }\nscores_per_work = 2\ncarry = \"replace\"\n\n[combine]\n",
	)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 18)}})
	addJudges(t, o, 5)
	publish(t, o)
	_, err := o.Awards().NextRound(t.Context(), false)
	wantCode(t, err, judging.Clash, "awards.no_scores")
	scoreAll(t, o)
	first, _ := o.Results().Rank(t.Context())
	preview, err := o.Awards().Rounds(t.Context())
	if err != nil || preview.Next != "复评" || len(preview.Works) != 18 || len(preview.Lists) != 3 ||
		preview.Waiting != 0 {
		t.Fatalf("%+v %v", preview, err)
	}
	on, err := o.Awards().NextRound(t.Context(), false)
	if err != nil || len(on) < 6 || len(on) != preview.On {
		t.Fatal(on, preview.On, err)
	}
	plan := publish(t, o)
	if plan.Round != 2 || plan.Works != len(on) || plan.Pairs != 2*len(on) {
		t.Fatalf("%+v", plan)
	}
	scoreAll(t, o)
	placings, err := o.Results().Rank(t.Context())
	if err != nil || len(placings) != len(first) {
		t.Fatal(len(placings), err)
	}
	for _, p := range placings {
		in := slices.Contains(on, p.Work)
		if in != (p.Round == 2) || in && p.Scores != 2 || !in && p.Scores != 3 {
			t.Errorf("%+v", p)
		}
	}
	board, err := o.Awards().Rounds(t.Context())
	if err != nil || board.Round != 2 || board.Name != "复评" || board.Next != "" || !board.Planned ||
		len(board.Works) != len(on) {
		t.Fatalf("%+v %v", board, err)
	}
	for _, w := range board.Works {
		if len(w.Each) != 2 || w.Each[0] == nil || w.Each[1] == nil || *w.Each[1] != w.Official || w.On {
			t.Errorf("%+v", w)
		}
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Error(err)
	}
	wantCode(t, o.Awards().UndoRound(t.Context(), "退回"), judging.Closed, "rounds.begun")
	_, err = o.Awards().NextRound(t.Context(), false)
	wantCode(t, err, judging.NotFound, "rounds.no_further")
	if _, err := o.Awards().ExplainWork(t.Context(), string(on[0])); err != nil {
		t.Error(err)
	}
}

func TestARoundBegunByMistakeIsUndone(t *testing.T) {
	o := newOffice(t)
	text := withRules(
		"\n[combine]\n", "\n[[rounds]]\nname = \"复评\"\ntake = { percent = 50 }\ncarry = \"pooled\"\n\n[combine]\n",
	)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 4)
	publish(t, o)
	scoreAll(t, o)
	before, _ := o.Results().Rank(t.Context())
	if _, err := o.Awards().NextRound(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if err := o.Awards().UndoRound(t.Context(), "入围数不对"); err != nil {
		t.Fatal(err)
	}
	after, err := o.Results().Rank(t.Context())
	if err != nil || !slices.Equal(before, after) {
		t.Error("the places differ", err)
	}
	if works, err := o.Awards().RoundWorks(t.Context(), 0); err != nil || len(works) != 12 {
		t.Error(len(works), err)
	}
}
