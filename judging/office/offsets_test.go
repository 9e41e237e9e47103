package office_test

import (
	"math"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
)

// officials are the official scores by work.
func officials(t *testing.T, o *office.Office) map[judging.WorkID]float64 {
	t.Helper()
	all, err := o.Results().Rank(t.Context())
	must(t, err)
	out := map[judging.WorkID]float64{}
	for _, p := range all {
		out[p.Work] = p.Official
	}
	return out
}

func scoredOffice(t *testing.T) *office.Office {
	t.Helper()
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 6)
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 3}, Seed: &seven,
	}, nil)
	must(t, err)
	_, err = o.Assignment().PublishPlan(t.Context(), "")
	must(t, err)
	scoreAll(t, o)
	return o
}

func TestTheOfficeAddsAndTakesOffWithoutTouchingAMark(t *testing.T) {
	o := scoredOffice(t)
	before, history := officials(t, o), func() []judging.Score {
		all, err := o.Scoring().ScoreHistory(t.Context(), "w000001")
		must(t, err)
		return all
	}
	marks := history()
	late, err := o.Offsets().Give(t.Context(), "w000001", -2.5, "超时 31 秒")
	must(t, err)
	_, err = o.Offsets().Give(t.Context(), string(late.Code), 1, "首次参加")
	must(t, err)
	_, err = o.Offsets().Give(t.Context(), "w000002", -1000, "弃演")
	must(t, err)
	now := officials(t, o)
	for id, was := range before {
		want := was
		switch id {
		case "w000001":
			want -= 1.5
		case "w000002":
			want = 0
		}
		if math.Abs(now[id]-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", id, now[id], want)
		}
	}
	if after := history(); len(after) != len(marks) || after[0].Now().Total != marks[0].Now().Total {
		t.Error("a judge's score has changed")
	}
	keys, e := sayings(t, o, "w000001")
	if e.Offset != -1.5 || !slices.Contains(keys, "analysis.say_official_offset") ||
		!slices.Contains(keys, "analysis.say_offset") || slices.Contains(keys, "analysis.say_official") {
		t.Errorf("%v says %v", e.Offset, keys)
	}
	must(t, o.Offsets().Recall(t.Context(), late.ID, "计时有误"))
	if got := officials(t, o)["w000001"]; math.Abs(got-before["w000001"]-1) > 1e-9 {
		t.Errorf("taken back: %v, before %v", got, before["w000001"])
	}
	all, err := o.Offsets().List(t.Context())
	must(t, err)
	if len(all) != 3 || all[0].Recalled != "计时有误" || all[0].Title == "" || all[1].Recalled != "" {
		t.Errorf("%+v", all)
	}
}

func TestPointsOfTheOfficeThatCantBeMeantAreRefused(t *testing.T) {
	o := scoredOffice(t)
	give := func(work string, points float64, reason string) error {
		_, err := o.Offsets().Give(t.Context(), work, points, reason)
		return err
	}
	for _, points := range []float64{0, math.NaN(), math.Inf(-1), 1001, -1001, .00001} {
		wantCode(t, give("w000001", points, "超时"), judging.Invalid, "offset.bad_points")
	}
	wantCode(t, give("w000001", -1, " "), judging.Invalid, "offset.needs_reason")
	wantCode(t, give("w999999", -1, "超时"), judging.NotFound, "")
	wantCode(t, o.Offsets().Recall(t.Context(), "f0001", "错"), judging.NotFound, "offset.none")
	f, err := o.Offsets().Give(t.Context(), "w000001", -1, "超时")
	must(t, err)
	wantCode(t, o.Offsets().Recall(t.Context(), f.ID, ""), judging.Invalid, "offset.needs_reason")
	must(t, o.Offsets().Recall(t.Context(), f.ID, "错"))
	wantCode(t, o.Offsets().Recall(t.Context(), f.ID, "错"), judging.NotFound, "offset.none")
	_, err = o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	ticked := office.Ticking(t.Context(), "disputes")
	must(t, reads(o.Notices().PublishAwards(ticked, awards.NoticeRequest{Days: 1})))
	wantCode(t, give("w000001", -1, "超时"), judging.Closed, "lock.notice")
}
