package office_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/office/signed"
	"fayi/judging/store"
)

// ask lets the rules ask for a pledge.
func ask(ctx context.Context, o *office.Office, text string) error {
	r, err := o.Rules(ctx)
	if err != nil {
		return err
	}
	if r, err = rules.AmendRules(r, "pledge = \""+text+"\""); err != nil {
		return err
	}
	_, err = o.RuleBook().SaveRules(ctx, r, true)
	return err
}

const promise = "【评委姓名】承诺：公正评审【活动名称】。"

// sworn is newDesk where a pledge is asked for.
func sworn(t *testing.T) (*office.Office, *scoring.Desk) {
	t.Helper()
	o, d := newDesk(t)
	must(t, ask(t.Context(), o, promise))
	return o, d
}

func TestDesksAndPacketsKeepNoScoreBeforeThePledge(t *testing.T) {
	judgetest.PledgedBallotsSuite(t, func(t *testing.T) judging.Ballots { _, d := sworn(t); return d })
	judgetest.PledgedBallotsSuite(t, func(t *testing.T) judging.Ballots {
		o, _ := sworn(t)
		return o.Scoring().Desk("j001").InRoom()
	})
	judgetest.PledgedBallotsSuite(t, func(t *testing.T) judging.Ballots {
		o, _ := sworn(t)
		return sendAway(t, o)
	})
}

func pledgeOf(t *testing.T, o *office.Office, judge judging.JudgeID) signed.JudgePledge {
	t.Helper()
	all, err := o.Signed().Pledges(t.Context())
	must(t, err)
	for _, j := range all.Judges {
		if j.Judge == judge {
			return j
		}
	}
	t.Fatalf("%s is not listed in %+v", judge, all)
	return signed.JudgePledge{}
}

// What a judge accepted at home comes with the reply, before the scores: with the time of home, once, in the journal.
func TestAReplyBringsThePledgeBeforeTheScores(t *testing.T) {
	o, _ := sworn(t)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	must(t, err)
	if !strings.Contains(d.Pledge.Text, d.Name+"承诺：公正评审"+d.Contest) {
		t.Errorf("the judge reads %q", d.Pledge.Text)
	}
	must(t, a.Pledge(t.Context(), d.Pledge.Sum))
	say(t, a, 0, 0.5)
	path := a.reply()
	wantReport(t, takeIn(t, o, path, scoring.TakeNone), 1, 0, 0)
	d, err = a.Duties(t.Context())
	must(t, err)
	if j := pledgeOf(t, o, "j001"); !j.At.Equal(d.Pledge.At) || j.Source != judging.Packet {
		t.Errorf("%+v, accepted at %v", j, d.Pledge.At)
	}
	takeIn(t, o, path, scoring.TakeNone)
	entries, err := o.Journal(t.Context())
	must(t, err)
	n := 0
	for _, e := range entries {
		if e.Verb == "judges.pledge" && e.Of == "j001" && e.By == "j001" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d entries of the pledge", n)
	}
}

// A pledge alone is news of a reply, too; one to words that are asked no more is not, and its scores wait.
func TestAReplyWithThePledgeAloneAndWithAnOlderOne(t *testing.T) {
	o, _ := sworn(t)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	must(t, err)
	must(t, a.Pledge(t.Context(), d.Pledge.Sum))
	takeIn(t, o, a.reply(), scoring.TakeNone)
	if j := pledgeOf(t, o, "j001"); j.At.IsZero() {
		t.Error("the pledge alone was not taken in")
	}
	must(t, ask(t.Context(), o, "另一种承诺"))
	say(t, a, 0, 0.5)
	path := a.reply()
	wantReport(t, takeIn(t, o, path, scoring.TakeNone), 0, 0, 1)
	must(t, o.Signed().NotePledge(t.Context(), "j001", false, ""))
	wantReport(t, takeIn(t, o, path, scoring.TakeNone), 1, 0, 0)
}

// A sheet that comes before the pledge is refused row by row, and taken when it is collected again after it.
func TestASheetWaitsForThePledgeOnPaper(t *testing.T) {
	o, _ := sworn(t)
	sheet := filled(t, o, sheetOf(t, o), "表.xlsx", all(0.7))
	first := collect(t, o, collecting.Options{}, sheet)
	if len(first.Files[0].Changed) > 0 {
		t.Errorf("taken before the pledge: %+v", first.Files[0])
	}
	told := 0
	for _, p := range first.Files[0].Problems {
		if p.Text == "pledge.first" {
			told++
		}
	}
	n := len(firstDuty(t, o, "j001").Works)
	if told != n {
		t.Errorf("%d of %d rows told why: %+v", told, n, first.Files[0].Problems)
	}
	_, err := o.Scoring().EnterScore(t.Context(), "j001", "w000001", judging.Ballot{Total: 80}, scoring.TakeNone, false)
	if err == nil || held(t, o)["SF-0001"] != 0 {
		t.Errorf("typed before the pledge: %v", err)
	}
	must(t, o.Signed().NotePledge(t.Context(), "j001", false, ""))
	if j := pledgeOf(t, o, "j001"); j.Source != judging.Sheet || j.At.IsZero() {
		t.Errorf("noted: %+v", j)
	}
	if r := collect(t, o, collecting.Options{}, sheet); len(r.Files[0].Changed) != n {
		t.Errorf("after the pledge: %+v", r.Files[0])
	}
}

// Taking back wants a reason and something to take back; scores stay, and new ones wait again. Who never accepted is
// an open point while they have works.
func TestAPledgeIsTakenBackAndAskedForAgain(t *testing.T) {
	o, d := sworn(t)
	list, err := d.Duties(t.Context())
	must(t, err)
	before := pointOf(t, o, "pledges_open").Count
	must(t, d.Pledge(t.Context(), list.Pledge.Sum))
	if after := pointOf(t, o, "pledges_open"); after.Count != before-1 || before == 0 {
		t.Errorf("%d open, then %+v", before, after)
	}
	kept := say(t, d, 0, 0.5)
	if err := o.Signed().NotePledge(t.Context(), "j001", true, " "); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	must(t, o.Signed().NotePledge(t.Context(), "j001", true, "签错人"))
	if err := o.Signed().NotePledge(t.Context(), "j001", true, "又"); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("taken back twice: %v", err)
	}
	if now, err := d.Load(t.Context(), kept.Code); err != nil || now.Total != kept.Total {
		t.Errorf("%+v %v", now, err)
	}
	kept.Comment = "再写一句"
	_, err = d.Save(t.Context(), kept)
	if !errors.Is(err, &judging.Error{Code: judging.Closed, Text: "pledge.first"}) {
		t.Errorf("saved after the pledge was taken back: %v", err)
	}
	must(t, ask(t.Context(), o, ""))
	if _, err := d.Save(t.Context(), kept); err != nil {
		t.Errorf("no pledge is asked any more: %v", err)
	}
	if err := o.Signed().NotePledge(t.Context(), "j001", false, ""); judging.CodeOf(err) != judging.Clash {
		t.Errorf("noted where none is asked: %v", err)
	}
}

// The form holds the pledge of each judge, with their name in it.
func TestThePledgeIsPrintedForEachJudge(t *testing.T) {
	o, d := sworn(t)
	list, err := d.Duties(t.Context())
	must(t, err)
	must(t, d.Pledge(t.Context(), list.Pledge.Sum))
	path := filepath.Join(t.TempDir(), "承诺书.pdf")
	must(t, o.Signed().PrintPledges(t.Context(), path, "", plainWords))
	data, err := os.ReadFile(path)
	must(t, err)
	if !bytes.HasPrefix(data, []byte("%PDF-")) || bytes.Count(data, []byte("/Type /Page\n")) != 6 {
		t.Errorf("%d bytes, %d pages", len(data), bytes.Count(data, []byte("/Type /Page\n")))
	}
	err = o.Signed().PrintPledges(t.Context(), path, "j999", plainWords)
	if judging.CodeOf(err) != judging.NotFound {
		t.Errorf("for nobody: %v", err)
	}
}

// Programs before this one read rules in a table of version 3 at most: they would take scores without the pledge.
func TestOlderProgramsRefuseRulesWithAPledge(t *testing.T) {
	key := func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) }
	same := func(old []byte) ([]byte, error) { return old, nil }
	older := store.NewTable("rules", 3, key).Upgrade(1, same).Upgrade(2, same)
	cfg := config(t)
	plain, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	o, err := office.Create(t.Context(), cfg, "甲", "乙", plain)
	must(t, err)
	read := func() error {
		now, err := o.Rules(t.Context())
		must(t, err)
		return cfg.DB.View(t.Context(), func(tx store.Tx) error {
			_, err := older.Get(tx, judging.Serial("v", 6, now.Version))
			return err
		})
	}
	must(t, read())
	must(t, ask(t.Context(), o, promise))
	wantCode(t, read(), judging.Corrupt, "store.newer_format")
	must(t, ask(t.Context(), o, ""))
	must(t, read())
}

// Lines of a pledge stay lines in a rule file, and what its names hold is never taken for a word of it.
func TestAPledgeSurvivesExportAndLoading(t *testing.T) {
	o := newOffice(t)
	r, err := o.Rules(t.Context())
	must(t, err)
	r.Pledge = "一、\"公正\"；\n二、[judge]\\n不是换行。"
	_, err = o.RuleBook().SaveRules(t.Context(), r, true)
	must(t, err)
	var file bytes.Buffer
	must(t, o.RuleBook().ExportRules(t.Context(), &file))
	again, err := rules.ParseRules(&file)
	if err != nil || again.Pledge != r.Pledge {
		t.Errorf("%q %v", again.Pledge, err)
	}
	if got := r.Pledge.For("[judge]", "[contest]"); got != "一、\"公正\"；\n二、[contest]\\n不是换行。" {
		t.Errorf("%q", got)
	}
}
