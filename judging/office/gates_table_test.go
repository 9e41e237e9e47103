package office_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/scoring"
	"fayi/judging/superior"
)

// Moments of a contest on its way to a gate.
const (
	imported = iota // nothing is planned yet
	handedIn        // every list is handed in
	granted         // awards are decided
	shown           // and shown
)

// gateMoment is how far a contest has come when it meets a gate.
var gateMoment = map[office.Gate]int{"publish": imported, "close": handedIn, "next": handedIn, "decide": handedIn,
	"notice": granted, "final": shown, "batch": granted, "certificates": granted, "report": granted}

// opening is how a kind of point comes about by what organisers and judges do. do is called at each moment on the way
// to a gate.
type opening struct {
	extra string // rules
	// for kinds that a notice alone makes
	late bool
	do   func(t *testing.T, o *office.Office, at int, gate office.Gate) error
}

// act is something that an organiser or a judge does.
type act func(*testing.T, *office.Office) error

// at does something at one moment.
func at(moment int, do act) func(*testing.T, *office.Office, int, office.Gate) error {
	return func(t *testing.T, o *office.Office, now int, _ office.Gate) error {
		if now != moment {
			return nil
		}
		return do(t, o)
	}
}

// lastly does something at the moment of the gate itself, which comes not before first.
func lastly(first int, do act) func(*testing.T, *office.Office, int, office.Gate) error {
	return func(t *testing.T, o *office.Office, now int, gate office.Gate) error {
		if now < first || now != gateMoment[gate] {
			return nil
		}
		return do(t, o)
	}
}

// again gives a list back, changes scores and hands it in.
func again(t *testing.T, o *office.Office, judge int, change func()) {
	t.Helper()
	id := judging.JudgeID(fmt.Sprintf("j%03d", judge))
	must(t, o.Scoring().ReopenScores(t.Context(), id, "改"))
	change()
	must(t, o.Scoring().SubmitScores(t.Context(), id))
}

// files attaches files to works, by the titles in their names.
func files(t *testing.T, o *office.Office, all map[string][]byte) error {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		dir := t.TempDir()
		must(t, writeText(filepath.Join(dir, "来稿"+filepath.Ext(name)), string(all[name])))
		must(t, reads(o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Media: []string{dir}}, nil)))
		r, err := o.Intake().Reconcile(t.Context())
		must(t, err)
		title := strings.TrimSuffix(name, filepath.Ext(name))
		work := idsUpTo(8)[slices.Index(strings.Split("甲 乙 丙 丁 戊 己 庚 辛", " "), title)]
		if err := o.Intake().AttachFile(t.Context(), r.Loose[0].ID, work, false); err != nil {
			return err
		}
	}
	return nil
}

func leaves(w judging.WorkID) func(*testing.T, *office.Office) error {
	return func(t *testing.T, o *office.Office) error {
		return reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{w},
			judging.Finding{Status: judging.Withdrawn, Note: "弃权"}))
	}
}

func disqualify(t *testing.T, o *office.Office) error {
	return reads(o.Awards().RuleAward(t.Context(), award.Ruling{Kind: award.RuleDisqualify, Work: "w000001",
		Reason: "抄袭"}))
}

func scoreAgainNow(t *testing.T, o *office.Office) error {
	return reads(o.Awards().SettleDispute(t.Context(), "w000003", judging.Rescore, "", "请重评"))
}

func voids(judge, work string) func(*testing.T, *office.Office) error {
	return func(t *testing.T, o *office.Office) error {
		return o.Scoring().VoidScore(t.Context(), judging.JudgeID(judge), work, "误评")
	}
}

var nothing = at(imported, func(*testing.T, *office.Office) error { return nil })

const byRest = `missing_judges = "rank_by_rest"`

var openings = map[string]opening{
	"import_problems": {do: at(imported, func(t *testing.T, o *office.Office) error {
		leaveOneOut(t, o)
		return nil
	})},
	"deliveries_waiting": {do: at(imported, func(t *testing.T, o *office.Office) error {
		sentOnline(t, o)
		return nil
	})},
	"unit_not_listed": {do: at(imported, func(t *testing.T, o *office.Office) error {
		listUnits(t, o, 2)
		return nil
	})},
	"duplicates_stale": {do: lastly(imported, func(t *testing.T, o *office.Office) error {
		compareThenImport(t, o)
		return nil
	})},
	"no_group": {extra: "groups = [\"成人组\"]\n", do: nothing},
	"no_files": {do: at(imported, func(t *testing.T, o *office.Office) error {
		return files(t, o, map[string][]byte{"甲.txt": []byte("正文")})
	})},
	"broken_files": {do: at(imported, func(t *testing.T, o *office.Office) error {
		whole := plantedPhoto(t)
		must(t, files(t, o, map[string][]byte{"甲.jpg": whole[:len(whole)/2]}))
		return reads(o.WorkFiles().MeasureFiles(t.Context(), nil))
	})},
	"files_unopened": {do: at(imported, func(t *testing.T, o *office.Office) error {
		return files(t, o, map[string][]byte{"甲.txt": []byte("正文")})
	})},
	"not_reviewed": {do: nothing},
	"blind_unseen": {do: at(imported, func(t *testing.T, o *office.Office) error {
		return files(t, o, map[string][]byte{"甲.jpg": plantedPhoto(t)})
	})},
	"duplicates": {do: at(imported, func(t *testing.T, o *office.Office) error {
		must(t, files(t, o, map[string][]byte{"甲.txt": []byte(lent), "乙.txt": []byte(lent + "我陪他走到社区的法律服务站。")}))
		return reads(o.Duplicates().FindDuplicates(t.Context(), nil))
	})},
	"flags": {do: at(handedIn, func(t *testing.T, o *office.Office) error {
		again(t, o, 1, func() {
			must(t, reads(o.Scoring().EnterScore(t.Context(), "j001", "w000002", judging.Ballot{Total: 90,
				Flags: []judging.Flag{judging.Copied}, FlagNote: "见过"}, scoring.TakeNone, false)))
		})
		return nil
	})},
	"lists_open": {extra: byRest, do: at(handedIn, func(t *testing.T, o *office.Office) error {
		return o.Scoring().ReopenScores(t.Context(), "j001", "漏评")
	})},
	"pledges_open": {do: at(handedIn, func(t *testing.T, o *office.Office) error {
		return ask(t.Context(), o, promise)
	})},
	"clashes":     {extra: byRest, do: lastly(handedIn, clashNow)},
	"judge_short": {extra: byRest, do: at(handedIn, voids("j001", "w000004"))},
	"unranked":    {extra: "missing_judges = \"needs\"\nmin_scores = 3", do: at(handedIn, voids("j001", "w000008"))},
	"two_formulas": {extra: byRest, do: func(t *testing.T, o *office.Office, now int, gate office.Gate) error {
		if now == handedIn {
			return voids("j001", "w000004")(t, o)
		}
		if now != imported {
			return nil
		}
		r, err := o.Rules(t.Context())
		must(t, err)
		r.Combine = judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2}
		return reads(o.RuleBook().SaveRules(t.Context(), r, true))
	}},
	"votes_missing": {do: func(t *testing.T, o *office.Office, now int, gate office.Gate) error {
		if now == imported {
			must(t, hears(t, o))
			return reads(voted(t, o, "公众号", func(judging.Work) (string, bool) { return "12", true }))
		}
		return lastly(handedIn, func(t *testing.T, o *office.Office) error {
			return o.Audience().Withdraw(t.Context(), "a0001", "重新统计")
		})(t, o, now, gate)
	}},
	"conflicted_scores": {do: lastly(handedIn, func(t *testing.T, o *office.Office) error {
		return o.Assignment().DeclareConflict(t.Context(), judging.Conflict{Judge: "j001", Work: "w000002",
			Reason: "师生"})
	})},
	"hints": {do: nothing}, // no gate minds it
	"comparisons_open": {do: at(handedIn, func(t *testing.T, o *office.Office) error {
		compareFirst(t, o)
		return nil
	})},
	"disputes": {extra: "dispute = { range = 20 }", do: at(handedIn, func(t *testing.T, o *office.Office) error {
		again(t, o, 1, func() { enter(t, o, 1, 1, 60) })
		return nil
	})},
	"reopened":        {do: lastly(handedIn, scoreAgainNow)},
	"rulings_pending": {do: lastly(granted, disqualify)},
	"awards_stale":    {do: lastly(granted, leaves("w000003"))},
	"out_awarded":     {do: lastly(granted, leaves("w000001"))},
	"ties_held": {extra: `tie_at_cut = "hold"`, do: func(t *testing.T, o *office.Office, now int, g office.Gate) error {
		share := award.Ruling{Kind: award.RuleTie, Category: "书法", Award: "一等奖", Exit: judging.TieShare, Reason: "并列"}
		switch {
		case now == handedIn:
			for j := 1; j <= 3; j++ { // 甲 is as good as 乙
				again(t, o, j, func() { enter(t, o, j, 1, float64(89+j)) })
			}
			if g == "final" {
				return reads(o.Awards().RuleAward(t.Context(), share))
			}
		case now == shown:
			must(t, o.Awards().RecallRuling(t.Context(), "u001", "应当复议"))
			return reads(o.Awards().DecideAwards(t.Context(), false))
		}
		return nil
	}},
	"notice_differs": {late: true, do: at(shown, func(t *testing.T, o *office.Office) error {
		must(t, disqualify(t, o))
		return reads(o.Awards().DecideAwards(t.Context(), false))
	})},
	"objections": {late: true, do: at(shown, func(t *testing.T, o *office.Office) error {
		return reads(o.Notices().FileObjection(t.Context(), "w000002", "雷同", ""))
	})},
	"notice_not_over": {do: nothing},
	"reported_changed": {do: at(granted, func(t *testing.T, o *office.Office) error {
		must(t, reads(o.Report().PackBatch(office.Ticking(t.Context(), "notice_not_over"),
			report.BatchRequest{To: superior.City, Dir: filepath.Join(t.TempDir(), "批")}, keyWords, nil)))
		must(t, disqualify(t, o))
		return reads(o.Awards().DecideAwards(t.Context(), false))
	})},
}

// clashNow has a judge's desk contradict what was typed since it was opened.
func clashNow(t *testing.T, o *office.Office) error {
	if err := o.Scoring().ReopenScores(t.Context(), "j001", "改"); err != nil {
		return err
	}
	w, err := o.Work(t.Context(), "w000002")
	must(t, err)
	b, err := o.Scoring().Desk("j001").Load(t.Context(), w.Code)
	must(t, err)
	enter(t, o, 1, 2, 91)
	b.Total = 88
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), b); judging.CodeOf(err) != judging.Clash {
		return fmt.Errorf("no clash: %w", err)
	}
	return nil
}

// verdicts are what each gate makes of each kind, as the rules of the house are: stops, asks, says, or nothing.
var verdicts = map[string]map[string][]office.Gate{
	"import_problems":    {"asks": {"publish"}, "says": {"notice"}},
	"deliveries_waiting": {"asks": {"publish"}, "says": {"notice"}},
	"unit_not_listed":    {"says": {"publish", "notice"}},
	"duplicates_stale":   {"says": {"publish"}},
	"no_group":           {"asks": {"publish"}, "says": {"decide", "notice"}},
	"no_files":           {"asks": {"batch"}, "says": {"publish"}},
	"not_reviewed":       {"says": {"publish"}},
	"blind_unseen":       {"says": {"publish"}},
	"duplicates":         {"asks": {"publish"}, "says": {"notice"}},
	"flags":              {"asks": {"notice"}, "says": {"close", "next", "decide"}},
	"lists_open":         {"asks": {"next", "decide", "notice"}, "says": {"report"}},
	"pledges_open":       {"asks": {"notice"}, "says": {"close", "next", "decide"}},
	"clashes":            {"stops": {"notice", "final"}, "asks": {"close", "next", "decide"}},
	"judge_short":        {"says": {"close", "next", "decide", "notice"}},
	"unranked":           {"asks": {"notice"}, "says": {"close", "next", "decide", "report"}},
	"two_formulas":       {"asks": {"notice"}, "says": {"close", "next", "decide", "report"}},
	"votes_missing": {"stops": {"notice", "final"}, "asks": {"decide"},
		"says": {"close", "report"}},
	"broken_files":   {"asks": {"publish"}},
	"files_unopened": {"says": {"publish"}},
	"conflicted_scores": {"stops": {"notice", "final"}, "asks": {"next", "decide"},
		"says": {"close", "report"}},
	"hints":            {},
	"comparisons_open": {"asks": {"next", "decide", "notice"}},
	"disputes":         {"asks": {"notice"}, "says": {"next", "decide"}},
	"reopened": {"stops": {"next", "notice", "final", "batch", "certificates"}, "asks": {"decide"},
		"says": {"report"}},
	"rulings_pending":  {"stops": {"notice", "final", "batch", "certificates"}, "says": {"report"}},
	"awards_stale":     {"stops": {"notice", "final", "batch", "certificates"}, "says": {"report"}},
	"out_awarded":      {"stops": {"notice", "final", "batch", "certificates"}, "says": {"report"}},
	"ties_held":        {"stops": {"notice", "final", "batch", "certificates"}, "says": {"report"}},
	"notice_differs":   {"stops": {"final", "batch", "certificates"}, "says": {"report"}},
	"objections":       {"stops": {"final"}, "asks": {"batch", "certificates"}},
	"notice_not_over":  {"asks": {"batch"}, "says": {"certificates"}},
	"reported_changed": {"says": {"batch", "report"}},
}

// lockedOut are kinds that can't come about once a notice stands, so that its end never meets them: the lock refuses.
var lockedOut = map[string]string{"clashes": "lock.notice", "reopened": "lock.notice",
	"votes_missing": "lock.notice"}

// meet takes a contest with a kind open to a gate. It answers with the error of what would have opened it.
func meet(t *testing.T, kind string, gate office.Gate) (*office.Office, error) {
	t.Helper()
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	make := openings[kind]
	o := eightIn(t, make.extra, cfg)
	last := gateMoment[gate]
	if make.late && last == granted && gate != "notice" {
		last = shown
	}
	ticked := office.Ticking(t.Context(), office.PointKinds()...)
	var opened error
	for moment := imported; moment <= last; moment++ {
		switch moment {
		case imported:
			if gate == "next" {
				addRound(t, o)
			}
		case handedIn:
			must(t, reads(o.Assignment().PublishPlan(ticked, "")))
			scoreEight(t, o)
		case granted:
			must(t, reads(o.Awards().DecideAwards(ticked, false)))
		case shown:
			must(t, reads(o.Notices().PublishAwards(ticked, awards.NoticeRequest{Days: 1})))
		}
		if err := make.do(t, o, moment, gate); err != nil {
			opened = err
		}
		if moment == imported {
			planNow(t, o)
		}
	}
	if gate == "final" {
		now = now.AddDate(0, 0, 10)
	}
	return o, opened
}

// Every gate meets every kind of point, opened by what people do: one that it stops at refuses whatever is ticked, one
// that it asks about refuses until it is ticked, and all others let the act pass.
func TestEveryGateMeetsEveryKindOfPoint(t *testing.T) {
	for _, kind := range office.PointKinds() {
		if openings[kind].do == nil || verdicts[kind] == nil {
			t.Errorf("%s is not in the tables", kind)
			continue
		}
		for _, gate := range office.Gates {
			speaks := slices.Concat(slices.Collect(maps.Values(verdicts[kind]))...)
			if testing.Short() && !slices.Contains(speaks, gate) {
				continue // nothing is said there
			}
			t.Run(kind+"/"+string(gate), func(t *testing.T) {
				t.Parallel()
				meetGate(t, kind, gate)
			})
		}
	}
}

func meetGate(t *testing.T, kind string, gate office.Gate) {
	want := ""
	for verdict, gates := range verdicts[kind] {
		if slices.Contains(gates, gate) {
			want = verdict
		}
	}
	o, opened := meet(t, kind, gate)
	if text := lockedOut[kind]; text != "" && gate == "final" {
		wantCode(t, opened, judging.Closed, text)
		return
	}
	must(t, opened)
	reached, err := o.OpenPointsAt(t.Context(), gate)
	must(t, err)
	all, err := o.OpenPoints(t.Context())
	must(t, err)
	named := func(list []office.Point) bool {
		return slices.ContainsFunc(list, func(p office.Point) bool { return p.Kind == kind })
	}
	if want != "" && !named(all) {
		t.Fatalf("it is not open: %+v", all)
	}
	if named(reached) != (want != "") {
		t.Errorf("the gate's list names it: %v, want %q", named(reached), want)
	}
	ask := func(ticks ...string) *office.OpenError {
		var open *office.OpenError
		err := gateActs[gate](office.Ticking(context.WithoutCancel(t.Context()), ticks...), o, t.TempDir())
		if !errors.As(err, &open) && err != nil {
			t.Errorf("refused by something else: %v", err)
		}
		return open
	}
	open := ask(others(kind)...)
	stops, asks := open != nil && named(open.Stops), open != nil && named(open.Asks)
	if stops != (want == "stops") || asks != (want == "asks") {
		t.Errorf("want %q: %v", want, open)
	}
	if want != "stops" && want != "asks" {
		return
	}
	open = ask(office.PointKinds()...)
	if stops := open != nil && named(open.Stops); stops != (want == "stops") || open != nil && len(open.Asks) > 0 {
		t.Errorf("ticked, want %q: %v", want, open)
	}
}
