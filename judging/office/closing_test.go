package office_test

import (
	"bytes"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
)

// withRule loads the bundled rules with lines of their own at the head.
func withRule(t *testing.T, o *office.Office, lines string) {
	t.Helper()
	var kept []string
	for line := range strings.Lines(string(rubrics.LegalCulture)) {
		if !strings.HasPrefix(line, "missing_judges") && !strings.HasPrefix(line, "min_scores") {
			kept = append(kept, line)
		}
	}
	if _, err := o.RuleBook().LoadRules(
		t.Context(), strings.NewReader(lines+"\n"+strings.Join(kept, "")), true,
	); err != nil {
		t.Fatal(err)
	}
}

// scoreBy has judges score all their works; those of hand in as well.
func scoreBy(t *testing.T, o *office.Office, judges []judging.JudgeID, handIn bool) {
	t.Helper()
	for _, j := range judges {
		d := firstDuty(t, o, j)
		for i, w := range d.Works {
			if _, err := o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
				Code:  w.Code,
				Marks: fill(d.Rubrics[w.Category], 0.6+0.01*float64(i)),
			}); err != nil {
				t.Fatal(err)
			}
		}
		if handIn {
			if err := o.Scoring().Desk(j).Submit(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestARoundThatWaitsIsNotClosedWithoutEverybody(t *testing.T) {
	o := published(t, 12)
	withRule(t, o, `missing_judges = "wait"`)
	scoreBy(t, o, []judging.JudgeID{"j001", "j002"}, true)
	_, err := o.Scoring().CloseRound(t.Context(), "评委生病")
	wantCode(t, err, judging.Closed, "closing.wait")
	scoreBy(t, o, []judging.JudgeID{"j003", "j004", "j005", "j006"}, true)
	if c, err := o.Scoring().CloseRound(t.Context(), "评完了"); err != nil || len(c.Missing) != 0 || len(c.Short) != 0 {
		t.Fatalf("%+v %v", c, err)
	}
}

func TestWorksWithTooFewScoresGetNoPlaceButAreListed(t *testing.T) {
	o := published(t, 12)
	withRule(t, o, "missing_judges = \"needs\"\nmin_scores = 2")
	scoreBy(t, o, []judging.JudgeID{"j001", "j002", "j003"}, true)
	scoreBy(t, o, []judging.JudgeID{"j004"}, false)
	_, err := o.Scoring().CloseRound(t.Context(), " ")
	wantCode(t, err, judging.Invalid, "closing.needs_reason")
	would, err := o.Scoring().PlanClosing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := o.Scoring().CloseRound(t.Context(), "两位评委生病")
	if err != nil || len(c.Missing) != 3 || len(c.Short) == 0 || len(c.Short) != len(would.Short) {
		t.Fatalf("%+v %v", c, err)
	}
	list, err := o.Results().Rank(t.Context())
	if err != nil || len(list) != 12 {
		t.Fatalf("%d works listed, %v", len(list), err)
	}
	placeless := map[judging.WorkID]bool{}
	for _, p := range list {
		if (p.Place == 0) != (p.Scores < 2) {
			t.Errorf("%s with %d scores has place %d", p.Work, p.Scores, p.Place)
		}
		if p.Place == 0 {
			placeless[p.Work] = true
		}
	}
	for _, s := range c.Short {
		if !placeless[s.Work] {
			t.Errorf("%s is short of scores and has a place", s.Code)
		}
	}
	decided, err := o.Awards().DecideAwards(t.Context(), false)
	if err != nil {
		t.Fatal("a closed round can't be decided:", err)
	}
	for _, d := range decided {
		for _, g := range d.Grants {
			if placeless[g.Work] {
				t.Errorf("%s has an award without a place", g.Work)
			}
		}
	}
}

func TestByTheRestEveryScoreCounts(t *testing.T) {
	o := published(t, 12)
	withRule(t, o, `missing_judges = "rank_by_rest"`)
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	scoreBy(t, o, []judging.JudgeID{"j002"}, false)
	c, err := o.Scoring().CloseRound(t.Context(), "期限已到")
	if err != nil {
		t.Fatal(err)
	}
	list, _ := o.Results().Rank(t.Context())
	none := 0
	for _, p := range list {
		if p.Place == 0 {
			none++
		}
		if (p.Place == 0) != (p.Scores == 0) {
			t.Errorf("%s with %d scores has place %d", p.Work, p.Scores, p.Place)
		}
	}
	if none != len(c.Short) {
		t.Errorf("%d works without a place, %d told", none, len(c.Short))
	}
	if len(c.Other) == 0 {
		t.Error("no work is told to have another number of scores than most")
	}
	for _, other := range c.Other {
		w, err := o.Work(t.Context(), string(other.Work))
		if err != nil || other.Code != w.Code || other.Scores == other.Usual.Scores ||
			other.Text() != "closing.other_count" {
			t.Errorf("%+v %v", other, err)
		}
	}
}

func TestAnotherFormulaIsTold(t *testing.T) {
	mean, trims := award.Formula{Scores: 4}, award.Formula{Scores: 5, Dropped: 2}
	for want, other := range map[string]award.Other{
		"closing.other_count":   {Formula: mean, Usual: award.Formula{Scores: 5}},
		"closing.other_mean":    {Formula: mean, Usual: trims},
		"closing.other_trimmed": {Formula: trims, Usual: mean},
	} {
		if got := (scoring.OtherWork{Other: other}).Text(); got != want {
			t.Errorf("%+v: %s, want %s", other, got, want)
		}
	}
}

func TestAClosedRoundTakesNoScoreUntilItIsReopened(t *testing.T) {
	o := published(t, 12)
	withRule(t, o, `missing_judges = "rank_by_rest"`)
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	wantCode(t, o.Scoring().ReopenRound(t.Context(), "多余"), judging.Closed, "closing.open")
	if _, err := o.Scoring().CloseRound(t.Context(), "期限已到"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Scoring().CloseRound(t.Context(), "再一次")
	wantCode(t, err, judging.Closed, "closing.already")
	d := firstDuty(t, o, "j002")
	if !d.Submitted {
		t.Error("the desk does not know that the round is closed")
	}
	b := judging.Ballot{Code: d.Works[0].Code, Marks: fill(d.Rubrics[d.Works[0].Category], 0.7)}
	_, err = o.Scoring().Desk("j002").Save(t.Context(), b)
	wantCode(t, err, judging.Closed, "closing.closed")
	wantCode(t, o.Scoring().Desk("j002").Submit(t.Context(), ""), judging.Closed, "closing.closed")
	wantCode(t, o.Scoring().ReopenScores(t.Context(), "j001", "改分"), judging.Closed, "closing.closed")
	_, err = o.Assignment().TopUpPlan(t.Context(), 4, nil, nil)
	if err == nil {
		_, err = o.Assignment().PublishPlan(t.Context(), "")
	}
	wantCode(t, err, judging.Closed, "closing.closed")
	if s, err := o.ShowContest(t.Context()); err != nil || !s.Finished || s.Missing != 5 {
		t.Errorf("the overview waits on: %v", err)
	}
	wantCode(t, o.Scoring().ReopenRound(t.Context(), ""), judging.Invalid, "closing.needs_reason")
	if err := o.Scoring().ReopenRound(t.Context(), "评委赶回来了"); err != nil {
		t.Fatal(err)
	}
	if _, err = o.Scoring().Desk("j002").Save(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	_, err = o.Awards().DecideAwards(t.Context(), false)
	wantCode(t, err, judging.Closed, "awards.judges_waiting")
}

func TestAListIsGivenBackWithAReason(t *testing.T) {
	o := published(t, 12)
	wantCode(t, o.Scoring().ReopenScores(t.Context(), "j001", "手误"), judging.Closed, "closing.not_submitted")
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	wantCode(t, o.Scoring().ReopenScores(t.Context(), "j001", " "), judging.Invalid, "closing.needs_reason")
	if err := o.Scoring().ReopenScores(t.Context(), "j001", "手误"); err != nil {
		t.Fatal(err)
	}
	d := firstDuty(t, o, "j001")
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:    d.Works[0].Code,
		Comment: "再看",
	}); d.Submitted || d.Returned != "手误" || err != nil {
		t.Fatal(d.Submitted, d.Returned, err)
	}
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	if d := firstDuty(t, o, "j001"); !d.Submitted || d.Returned != "" {
		t.Errorf("handed in again: %v %q", d.Submitted, d.Returned)
	}
	entries, _ := o.Journal(t.Context())
	told := false
	for _, e := range entries {
		told = told || e.Verb == "scores.reopen" && strings.Contains(string(e.After), "手误")
	}
	if !told {
		t.Error("the journal does not tell who reopened the list and why")
	}
}

func TestTheSignOffSheetIsOfTheListAsHandedIn(t *testing.T) {
	o := published(t, 12)
	dir := t.TempDir()
	wantCode(
		t, o.Signed().SignOff(t.Context(), "j001", dir+"/a.pdf", words(t)), judging.Closed, "closing.not_submitted",
	)
	scoreBy(t, o, []judging.JudgeID{"j001"}, true)
	if err := o.Signed().SignOff(t.Context(), "j001", dir+"/a.pdf", words(t)); err != nil {
		t.Fatal(err)
	}
	if data := readFile(t, dir+"/a.pdf"); !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%d bytes that are no PDF", len(data))
	}
}

func TestAMissingRuleThatCannotBeIsRefused(t *testing.T) {
	for _, lines := range []string{
		`missing_judges = "maybe"`, "missing_judges = \"needs\"\nmin_scores = 0",
		"missing_judges = \"needs\"\nmin_scores = 4", "min_scores = 1",
	} {
		_, err := rules.ParseRules(strings.NewReader(lines + "\n" + string(rubrics.LegalCulture)))
		wantCode(t, err, judging.Invalid, "")
	}
}
