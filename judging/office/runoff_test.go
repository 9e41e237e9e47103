package office_test

import (
	"slices"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
	"fayi/judging/office/rules"
	"fayi/judging/voting"
)

// runOffOffice is a contest of nine works and three judges with a vote each for every list, one award in each, and a
// run-off.
func runOffOffice(t *testing.T) *office.Office {
	t.Helper()
	text := strings.Replace(judgetest.WithoutLeast(rubrics.LegalCulture), "\n[combine]", `
[voting]
kind = "votes"
votes = 1

[[rounds]]
name = "并列再投"
take = { tied = true }
carry = "replace"
voting = { kind = "votes", votes = 1, exactly = true }

[combine]`, 1)
	parsed, err := rules.ParseRules(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	parsed.PerWork, parsed.Quotas, parsed.UnitPrizes, parsed.Mentors = 3, nil, nil, nil
	parsed.Awards = []judging.Award{{Name: "一等奖", Share: judging.Share{Count: 1}}}
	for i := range parsed.Categories {
		parsed.Categories[i].PerWork = 0
	}
	o, err := office.Create(t.Context(), config(t), "法治文化作品征集", "示例县司法局", parsed)
	if err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	addJudges(t, o, 3)
	publish(t, o)
	return o
}

// voteFor lets each judge give the one vote in each list to the work that choose takes of it, by title.
func voteFor(t *testing.T, o *office.Office, choose func(judge int, list []judging.Duty) int) (lists map[string]int) {
	t.Helper()
	for n, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		desk := o.Scoring().Desk(j)
		d, err := desk.Duties(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		by := map[string][]judging.Duty{}
		for _, w := range d.Works {
			by[w.List] = append(by[w.List], w)
		}
		lists = map[string]int{}
		for name, list := range by {
			lists[name] = len(list)
			slices.SortFunc(list, func(a, b judging.Duty) int { return strings.Compare(a.Title, b.Title) })
			chosen := choose(n, list)
			for i, w := range list {
				mark := voting.Against
				if i == chosen {
					mark = voting.For
				}
				if _, err := desk.Save(t.Context(), wordOf(d, w, mark)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := desk.Submit(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	return lists
}

// TestTiedWorksAreVotedOnAgain has three judges vote for three works of each list, and then for one of these.
func TestTiedWorksAreVotedOnAgain(t *testing.T) {
	o := runOffOffice(t)
	lists := voteFor(t, o, func(judge int, list []judging.Duty) int { return judge % len(list) })
	tied := 0
	for _, n := range lists {
		if n >= 3 {
			tied += 3
		}
	}
	before, err := o.Results().Rank(t.Context())
	if err != nil || tied == 0 {
		t.Fatal(lists, err)
	}
	for _, analyse := range []func() error{
		func() error { _, err := o.Results().Analyse(t.Context(), results.AnalysisRequest{}); return err },
		func() error { _, err := o.Results().JudgeReports(t.Context()); return err },
		func() error { _, err := o.Results().ScoreSpreads(t.Context()); return err },
	} {
		wantCode(t, analyse(), judging.Invalid, results.NoMarks)
	}
	on, err := o.Awards().NextRound(t.Context(), false)
	if err != nil || len(on) != tied {
		t.Fatalf("%d go on, %v; %d are tied", len(on), err, tied)
	}
	publish(t, o)
	voteFor(t, o, func(_ int, _ []judging.Duty) int { return 1 })
	after, err := o.Results().Rank(t.Context())
	if err != nil || len(after) != len(before) {
		t.Fatal(len(after), err)
	}
	won := 0
	for _, p := range after {
		was := before[slices.IndexFunc(before, func(b judging.Placing) bool { return b.Work == p.Work })]
		switch {
		case !slices.Contains(on, p.Work):
			if p.Place != was.Place || p.Official != was.Official {
				t.Errorf("%+v moved, from %+v", p, was)
			}
		case p.Official == 3:
			won++
			if p.Place != 1 || p.Tied {
				t.Errorf("%+v won", p)
			}
			toldOfARunOff(t, o, p.Work)
		case p.Place != 2 || !p.Tied:
			t.Errorf("%+v lost", p)
		}
	}
	if 3*won != tied {
		t.Errorf("%d won in lists of %d tied works", won, tied)
	}
	given := 0
	for _, w := range winners(t, o) {
		if slices.Contains(on, w) {
			given++
		}
	}
	if given != won {
		t.Errorf("%d of the tied works have the award, %d won", given, won)
	}
	_, err = o.Awards().NextRound(t.Context(), false)
	wantCode(t, err, judging.NotFound, "rounds.no_further")
}

func toldOfARunOff(t *testing.T, o *office.Office, work judging.WorkID) {
	t.Helper()
	e, err := o.Awards().ExplainWork(t.Context(), string(work))
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, r := range e.Sentences {
		said += words(t)(r.Text, r.Args)
	}
	if !strings.Contains(said, "名额线上与别的作品并列") || !strings.Contains(said, "得 3 票") {
		t.Error(said)
	}
}

// TestWithoutATieThereIsNoRunOff decides the awards of the first round.
func TestWithoutATieThereIsNoRunOff(t *testing.T) {
	o := runOffOffice(t)
	voteFor(t, o, func(int, []judging.Duty) int { return 0 })
	_, err := o.Awards().NextRound(t.Context(), false)
	wantCode(t, err, judging.Clash, "rounds.nothing_goes_on")
	if n := len(winners(t, o)); n == 0 {
		t.Error("nobody has an award")
	}
}

// winners decides the awards, and lists the works that have one.
func winners(t *testing.T, o *office.Office) (out []judging.WorkID) {
	t.Helper()
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	given, err := o.Awards().ListAwards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range given {
		if g.Award != "" {
			out = append(out, g.Work)
		}
	}
	return out
}
