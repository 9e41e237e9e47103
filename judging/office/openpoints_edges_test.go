package office_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/report"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// pointOf is the point of a kind; Count 0: it is not open.
func pointOf(t *testing.T, o *office.Office, kind string) office.Point {
	t.Helper()
	all, err := o.OpenPoints(t.Context())
	must(t, err)
	for _, p := range all {
		if p.Kind == kind {
			return p
		}
	}
	return office.Point{}
}

func wantPoint(t *testing.T, o *office.Office, when, kind string, works ...judging.WorkID) {
	t.Helper()
	if p := pointOf(t, o, kind); p.Count != len(works) || !slices.Equal(p.Works, works) {
		t.Errorf("%s: %s is open for %d: %v, want %v", when, kind, p.Count, p.Works, works)
	}
}

func withdrawn(t *testing.T, o *office.Office, w judging.WorkID) { leave(t, o, w, judging.Withdrawn) }

// A ruling that waits is named as such, not as an award that is out of date as well.
func TestWhatARulingChangesIsToldOnce(t *testing.T) {
	o := eight(t, "")
	wantPoint(t, o, "nothing is decided", "notice_not_over")
	wantPoint(t, o, "nothing is decided", "awards_stale")
	decideNow(t, o)
	wantPoint(t, o, "decided", "rulings_pending")
	rule(t, o, award.Ruling{Kind: award.RuleWithhold, Work: "w000005", Reason: "材料不全"})
	wantPoint(t, o, "ruled", "awards_stale")
	wantPoint(t, o, "ruled", "rulings_pending", "w000005")
}

func TestANoticeIsOverTheDayAfterItsLast(t *testing.T) {
	o, now := noticed(t) // until 12 May
	for day, open := range map[int]int{11: 1, 12: 1, 13: 0} {
		*now = time.Date(2020, 5, day, 23, 0, 0, 0, time.UTC)
		if p := pointOf(t, o, "notice_not_over"); p.Count != open {
			t.Errorf("on 2020-05-%d: %d open, want %d", day, p.Count, open)
		}
	}
	*now = time.Date(2020, 5, 13, 9, 0, 0, 0, time.UTC)
	must(t, reads(o.Notices().FinalizeAwards(t.Context())))
	*now = time.Date(2020, 5, 9, 9, 0, 0, 0, time.UTC) // whatever the clock says
	if p := pointOf(t, o, "notice_not_over"); p.Count != 0 {
		t.Error("awards are final and the notice is not over")
	}
}

// Scores are missing only once nobody is going to give them any more.
func TestMissingScoresAreToldOnceNobodyWillGiveThem(t *testing.T) {
	o := eightPlanned(t, "missing_judges = \"rank_by_rest\"")
	enter(t, o, 1, 1, 90)
	wantPoint(t, o, "seven works have no score yet", "unranked")
	for k := 1; k <= 8; k++ {
		enter(t, o, 2, k, float64(95-3*k))
	}
	must(t, o.Scoring().SubmitScores(t.Context(), "j002"))
	wantPoint(t, o, "two judges are at work", "judge_short")
	wantPoint(t, o, "two judges are at work", "unranked")
	if p := pointOf(t, o, "lists_open"); p.Count != 2 || !slices.Equal(p.Judges, []judging.JudgeID{"j001", "j003"}) {
		t.Errorf("%+v", p)
	}
	must(t, reads(o.Scoring().CloseRound(t.Context(), "期限已到")))
	wantPoint(t, o, "closed", "judge_short", idsUpTo(8)...)
	if p := pointOf(t, o, "lists_open"); p.Count != 0 {
		t.Errorf("the round is closed, and judges are waited for: %+v", p)
	}
	whole := eight(t, "")
	wantPoint(t, whole, "all scores are in", "judge_short")
	wantPoint(t, whole, "all scores are in", "unranked")
}

// Of two formulas the works of the rarer one are listed, and where both are as common, those of which nothing is left
// out.
func TestWorksOfTheRarerFormulaAreTold(t *testing.T) {
	o := eight(t, "missing_judges = \"rank_by_rest\"")
	trimmed := func(method judging.Official) {
		r, err := o.Rules(t.Context())
		must(t, err)
		r.Combine, r.Official = judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2}, method
		must(t, reads(o.RuleBook().SaveRules(t.Context(), r, true)))
	}
	trimmed(judging.ByRules)
	wantPoint(t, o, "all have three scores", "two_formulas")
	void := func(from, to int) {
		for _, w := range idsUpTo(to)[from-1:] {
			must(t, o.Scoring().VoidScore(t.Context(), "j001", string(w), "误评"))
		}
	}
	void(1, 3)
	wantPoint(t, o, "three of eight", "two_formulas", idsUpTo(3)...)
	void(4, 4)
	wantPoint(t, o, "as many", "two_formulas", idsUpTo(4)...)
	void(5, 5)
	wantPoint(t, o, "five of eight", "two_formulas", idsUpTo(8)[5:]...)
	trimmed(judging.ZScore)
	wantPoint(t, o, "by a method", "two_formulas")
}

// What concerns a work that has left the contest is nobody's business any more.
func TestPointsOfWorksThatLeftAreNotTold(t *testing.T) {
	o := eight(t, "")
	must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{Judge: "j001", Work: "w000002",
		Reason: "师生"}))
	wantPoint(t, o, "a conflict", "conflicted_scores", "w000002")
	withdrawn(t, o, "w000002")
	wantPoint(t, o, "the work left", "conflicted_scores")
	decideNow(t, o)
	wantPoint(t, o, "decided without it", "out_awarded")
	withdrawn(t, o, "w000008") // has no award
	wantPoint(t, o, "one without an award left", "out_awarded")
}

// What a batch said is compared with what is so now; of one from before awards were kept, only works without any.
func TestWhatWentUpIsComparedWithWhatIsSo(t *testing.T) {
	cfg := config(t)
	o := eight(t, "", cfg)
	decideNow(t, o)
	b, err := o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over"),
		report.BatchRequest{To: superior.City, Dir: filepath.Join(t.TempDir(), "批")}, keyWords, nil)
	must(t, err)
	wantPoint(t, o, "just sent", "reported_changed")
	rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000001", Reason: "抄袭"})
	decideNow(t, o)
	wantPoint(t, o, "one is out, two move up", "reported_changed", "w000001", "w000002", "w000004")
	must(t, cfg.DB.Update(t.Context(), func(tx store.Tx) error {
		old, err := records.Batches.Get(tx, b.Batch)
		old.Awards = nil
		return records.FirstError(err, records.Batches.Put(tx, old))
	}))
	must(t, tally.Distrust(t.Context(), cfg.DB)) // no journal says what was just written
	wantPoint(t, o, "awards were not kept", "reported_changed", "w000001")
	must(t, reads(o.Report().WithdrawBatch(t.Context(), b.Batch, "没有寄出")))
	wantPoint(t, o, "it was never sent", "reported_changed")
}

// Groups and files are missed only where the contest has them.
func TestGroupsAndFilesAreMissedWhereTheContestHasThem(t *testing.T) {
	o := eightIn(t, "")
	wantPoint(t, o, "a category without groups", "no_group")
	wantPoint(t, o, "judged from paper", "no_files")
	wantPoint(t, o, "nobody judges yet", "unranked")
	grouped := eightIn(t, "groups = [\"成人组\"]\n")
	wantPoint(t, grouped, "groups", "no_group", idsUpTo(8)...)
	withdrawn(t, grouped, "w000003")
	wantPoint(t, grouped, "one left", "no_group", slices.Concat(idsUpTo(2), idsUpTo(8)[3:])...)
}

func TestDisputesAreToldByWhatWasDoneAboutThem(t *testing.T) {
	o := situations["disputes"](t).o
	wantPoint(t, o, "nothing was done", "reopened")
	must(t, reads(o.Awards().SettleDispute(t.Context(), "w000001", judging.Rescore, "", "请重评")))
	wantPoint(t, o, "judges score again", "disputes")
	wantPoint(t, o, "judges score again", "reopened", "w000001")
	if all, err := o.Awards().Disputes(t.Context()); err != nil || all[0].State != awards.DisputeUnderway {
		t.Errorf("%+v %v", all, err)
	}
}

// A pair is open while nobody decided it and both of its works are there.
func TestPairsAreOpenUntilDecidedOrHalfGone(t *testing.T) {
	o := lookalikes(t)
	all, err := o.Duplicates().FindDuplicates(t.Context(), nil)
	must(t, err)
	if p := pointOf(t, o, "duplicates"); p.Count != len(all) || p.Count < 3 {
		t.Fatalf("%d of %d pairs are open", p.Count, len(all))
	}
	const pair = "w000001+w000002/similar_picture"
	must(t, o.Duplicates().DecideDuplicate(t.Context(), pair, judging.VerdictCopied, "镜像"))
	p := pointOf(t, o, "duplicates")
	if p.Count != len(all)-1 || slices.Contains(p.Works, "w000001") {
		t.Errorf("one is decided: %+v of %d", p, len(all))
	}
	gone := judging.WorkID("w000003")
	left := 0
	for _, d := range all {
		if d.ID() != pair && !slices.Contains(d.Works[:], string(gone)) {
			left++
		}
	}
	withdrawn(t, o, gone)
	if p := pointOf(t, o, "duplicates"); p.Count != left || left == len(all)-1 {
		t.Errorf("a work left: %+v, want %d", p, left)
	}
}

func TestFlagsAreOpenUntilHandledOrTheirWorkLeft(t *testing.T) {
	o := published(t, 12)
	d := firstDuty(t, o, "j001")
	var works []judging.WorkID
	for _, duty := range d.Works[:2] {
		must(t, reads(o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
			Code: duty.Code, Marks: fill(d.Rubrics[duty.Category], 0.7), Flags: []judging.Flag{judging.Copied},
			FlagNote: "见网上",
		})))
		w, err := o.Work(t.Context(), string(duty.Code))
		must(t, err)
		works = append(works, w.ID)
	}
	if p := pointOf(t, o, "flags"); p.Count != 2 || len(p.Works) != 2 {
		t.Errorf("two are raised: %+v", p)
	}
	must(t, o.Scoring().HandleFlag(t.Context(), "j001", string(d.Works[0].Code), "核查不是抄袭"))
	wantPoint(t, o, "one is handled", "flags", works[1])
	withdrawn(t, o, works[1])
	wantPoint(t, o, "the work of the other left", "flags")
}

// A plan asks about undecided pairs before it is published.
func TestAPlanAsksAboutUndecidedPairs(t *testing.T) {
	o := lookalikes(t)
	must(t, reads(o.Duplicates().FindDuplicates(t.Context(), nil)))
	addJudges(t, o, 6)
	seed := uint64(1)
	must(t, reads(o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seed}, nil)))
	ctx := office.Ticking(t.Context(), "no_group")
	_, err := o.Assignment().PublishPlan(ctx, "")
	var open *office.OpenError
	if !errors.As(err, &open) || len(open.Stops) != 0 || !slices.Equal(open.Tickable(), []string{"duplicates"}) {
		t.Fatalf("%v", err)
	}
	must(t, reads(o.Assignment().PublishPlan(office.Ticking(ctx, "duplicates"), "")))
}
