package office_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/report"
)

// waysOut take a work out of the contest.
var waysOut = map[string]func(t *testing.T, o *office.Office, w judging.WorkID){
	"disqualified": func(t *testing.T, o *office.Office, w judging.WorkID) {
		rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: w, Reason: "抄袭"})
	},
	"withdrawn": func(t *testing.T, o *office.Office, w judging.WorkID) { leave(t, o, w, judging.Withdrawn) },
	"rejected":  func(t *testing.T, o *office.Office, w judging.WorkID) { leave(t, o, w, judging.Rejected) },
}

func leave(t *testing.T, o *office.Office, w judging.WorkID, s judging.WorkStatus) {
	t.Helper()
	f := judging.Finding{Status: s, Note: "退出"}
	must(t, reads(o.Review().ReviewWorks(t.Context(), []judging.WorkID{w}, f)))
}

// Each way out of the contest has one effect: no place in the next round, none in the ranking, no award, and no part in
// the base of percentages; the next one is called up, and the journal says in whose place.
func TestEachWayOutOfTheContestHasOneEffect(t *testing.T) {
	for name, out := range waysOut {
		t.Run(name, func(t *testing.T) {
			o := eight(t, "")
			addRound(t, o)
			out(t, o, "w000001")
			places, err := o.Results().Rank(t.Context())
			must(t, err)
			if len(places) != 7 || places[0].Work != "w000002" || places[0].Place != 1 {
				t.Errorf("ranked: %+v", places)
			}
			decideNow(t, o)
			won, err := o.Awards().ListAwards(t.Context())
			must(t, err)
			if len(won) != 6 || won[0].Work != "w000002" || won[0].Award != "一等奖" || won[0].Place != 1 {
				t.Errorf("awards: %+v", won)
			}
			on, err := o.Awards().NextRound(t.Context(), false)
			must(t, err)
			if want := []judging.WorkID{"w000002", "w000003", "w000004"}; !slices.Equal(on, want) {
				t.Errorf("%v go on, want %v", on, want)
			}
			entries, err := o.Journal(t.Context())
			must(t, err)
			if last := string(entries[len(entries)-1].After); !strings.Contains(last, `"called_up":["w000004"]`) ||
				!strings.Contains(last, `"left":["w000001"]`) {
				t.Errorf("the trace says %s", last)
			}
		})
	}
}

func TestARulingTakenBackBeforeAnythingWasDecidedWaitsForNothing(t *testing.T) {
	o := eight(t, "")
	rule(t, o, award.Ruling{Kind: award.RuleWithhold, Work: "w000001", Reason: "抄袭"})
	must(t, o.Awards().RecallRuling(t.Context(), "u001", "误判"))
	all, err := o.Awards().Rulings(t.Context())
	must(t, err)
	if len(all) != 1 || all[0].Since != 0 || all[0].Recalled != "误判" {
		t.Errorf("%+v", all)
	}
}

func addRound(t *testing.T, o *office.Office) {
	t.Helper()
	r, err := o.Rules(t.Context())
	must(t, err)
	r.Rounds = []judging.RoundRule{{Name: "复评", Take: judging.Share{Count: 3}, PerWork: 3, Carry: judging.Replace}}
	must(t, reads(o.RuleBook().SaveRules(t.Context(), r, true)))
}

func TestAWorkThatLeftIsNoPartOfTheBaseOfPercentages(t *testing.T) {
	for name, out := range waysOut {
		o := eight(t, "")
		r, err := o.Rules(t.Context())
		must(t, err)
		// of seven: one
		r.Awards = []judging.Award{{Name: "一等奖", Share: judging.Share{Percent: 25, Rounding: judging.Down}}}
		must(t, reads(o.RuleBook().SaveRules(t.Context(), r, true)))
		out(t, o, "w000008")
		decideNow(t, o)
		won, err := o.Awards().ListAwards(t.Context())
		must(t, err)
		if len(won) != 1 {
			t.Errorf("%s: %d awards, want 1", name, len(won))
		}
	}
}

// A list stays as it was decided until it is decided again, whatever happens after; and it says so.
func TestAListIsOfOneDecidingAndSaysWhatIsPending(t *testing.T) {
	for name, out := range waysOut {
		t.Run(name, func(t *testing.T) {
			o := eight(t, "")
			decideNow(t, o)
			before := rowsOf(t, o)
			out(t, o, "w000001")
			if after := rowsOf(t, o); !slices.EqualFunc(before, after, slices.Equal) {
				t.Errorf("%v, want %v", after, before)
			}
			r, err := o.Report().WriteAwards(
				t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), report.AwardListRequest{}, words(t),
			)
			must(t, err)
			if !slices.ContainsFunc(r.Open, func(p office.Point) bool { return p.Kind == "out_awarded" }) ||
				r.State.Position == 0 {
				t.Errorf("%+v", r)
			}
			decideNow(t, o)
			if after := rowsOf(t, o); after[1][4] != "乙" || after[1][3] != "一等奖" || after[1][8] != "1" {
				t.Errorf("decided again: %v", after[1])
			}
		})
	}
}

// rowsOf reads the award list with scores, as a table.
func rowsOf(t *testing.T, o *office.Office) [][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名单.csv")
	must(t, reads(o.Report().ReportAwards(t.Context(), path, report.AwardListRequest{Scores: true}, words(t))))
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	must(t, err)
	return rows
}

// ended is eight with its awards final, and the clock that its program reads.
func ended(t *testing.T) *office.Office {
	t.Helper()
	cfg := config(t)
	now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
	cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
	o := eight(t, "", cfg)
	decideNow(t, o)
	must(t, reads(o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})))
	now = time.Date(2020, 5, 18, 9, 0, 0, 0, time.UTC)
	must(t, reads(o.Notices().FinalizeAwards(t.Context())))
	return o
}

func TestAnAwardIsRevokedAfterTheEndInTwoSteps(t *testing.T) {
	o := ended(t)
	before := rowsOf(t, o)
	_, err := o.Awards().DecideAwards(t.Context(), true)
	wantCode(t, err, judging.Closed, "notice.final")
	u := rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000001", Reason: "查实抄袭"})
	if after := rowsOf(t, o); !slices.EqualFunc(before, after, slices.Equal) {
		t.Error("the list changed before it was decided again")
	}
	must(t, o.Awards().RecallRuling(t.Context(), u.ID, "误判")) // nothing was made of it yet
	_, err = o.Awards().DecideAwards(t.Context(), true)
	wantCode(t, err, judging.Closed, "notice.final")
	rule(t, o, award.Ruling{Kind: award.RuleDisqualify, Work: "w000001", Reason: "查实抄袭"})
	decideNow(t, o)
	rows := rowsOf(t, o)
	if len(rows) != 7 || rows[1][4] != "乙" || rows[1][3] != "一等奖" || rows[6][4] != "庚" {
		t.Errorf("%v", rows)
	}
	b, err := o.Notices().ListNotices(t.Context())
	must(t, err)
	if b.Notice.State != judging.Final || len(b.Notice.Amended) != 1 || b.Notice.Amended[0].Reason != "查实抄袭" {
		t.Errorf("%+v", b.Notice)
	}
	entries, _ := o.Journal(t.Context())
	var verbs []string
	for _, e := range entries {
		if strings.HasPrefix(e.Verb, "lock.") {
			verbs = append(verbs, e.Verb)
		}
	}
	if want := []string{"lock.revoke", "lock.recall", "lock.revoke", "lock.redo"}; !slices.Equal(verbs, want) {
		t.Errorf("%v, want %v", verbs, want)
	}
	_, err = o.Awards().DecideAwards(t.Context(), true)
	wantCode(t, err, judging.Closed, "notice.final")
}

func TestWhatBecomesFinalIsWhatThePublicSaw(t *testing.T) {
	for name, out := range waysOut {
		cfg := config(t)
		now := time.Date(2020, 5, 8, 9, 0, 0, 0, time.UTC)
		cfg.Now = func() time.Time { now = now.Add(time.Second); return now }
		o := eight(t, "", cfg)
		decideNow(t, o)
		must(t, reads(o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})))
		out(t, o, "w000001")
		now = time.Date(2020, 5, 18, 9, 0, 0, 0, time.UTC)
		for range 2 { // with the awards as they were, and decided again
			_, err := o.Notices().FinalizeAwards(office.Ticking(t.Context(), office.PointKinds()...))
			if judging.CodeOf(err) != judging.Closed {
				t.Errorf("%s: %v", name, err)
			}
			decideNow(t, o)
		}
		must(t, reads(o.Notices().RecallNotice(t.Context(), "名单有变")))
		must(t, reads(o.Notices().PublishAwards(t.Context(), awards.NoticeRequest{})))
		now = time.Date(2020, 5, 28, 9, 0, 0, 0, time.UTC)
		must(t, reads(o.Notices().FinalizeAwards(t.Context())))
	}
}

func TestARestoreAfterTheEndWantsThePassword(t *testing.T) {
	o := eight(t, "")
	must(t, reads(o.MayRestore(t.Context(), "")))
	o = ended(t)
	_, err := o.MayRestore(t.Context(), "")
	wantCode(t, err, judging.Forbidden, "lock.restore_no_password")
	must(t, o.Secrets().SetPassword(t.Context(), "司法为民"))
	_, err = o.MayRestore(t.Context(), "猜的")
	if judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("%v", err)
	}
}

func TestAConflictDeclaredLaterAsksWhatBecomesOfTheScore(t *testing.T) {
	for _, keep := range []bool{true, false} {
		o := eight(t, "missing_judges = \"rank_by_rest\"")
		must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
			Judge:  "j001",
			Work:   "w000002",
			Reason: "师生",
		}))
		_, err := o.Awards().DecideAwards(t.Context(), false)
		if judging.CodeOf(err) != judging.Closed {
			t.Errorf("decided without a word: %v", err)
		}
		must(t, o.Scoring().SettleConflict(t.Context(), "j001", "w000002", keep, "已核实"))
		decideNow(t, o)
		won, err := o.Awards().ListAwards(t.Context())
		must(t, err)
		if want := map[bool]float64{true: 91, false: 91.5}[keep]; won[1].Work != "w000002" || won[1].Official != want {
			t.Errorf("kept %v: %+v", keep, won[1])
		}
	}
}
