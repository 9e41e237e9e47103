package office_test

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
	"fayi/judging/voting"
)

// votingOffice is a contest of nine works and three judges, who approve works, and then vote for those that passed. Its
// rules come from a file.
func votingOffice(t *testing.T) *office.Office {
	t.Helper()
	text := strings.Replace(judgetest.WithoutLeast(rubrics.LegalCulture), "\n[combine]", `
[voting]
kind = "approval"
pass = "1/2"

[[rounds]]
name = "终评"
take = { passed = true }
carry = "replace"
voting = { kind = "votes", votes = 1, exactly = true }

[combine]`, 1)
	parsed, err := rules.ParseRules(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	parsed.PerWork = 3
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

// thinks is what a judge makes of a work, whatever its code: the same in each contest.
func thinks(judge judging.JudgeID, w judging.Duty) float64 {
	h := fnv.New32a()
	fmt.Fprint(h, judge, w.Title)
	return []float64{voting.For, voting.For, voting.Unsure, voting.Against}[h.Sum32()>>3%4]
}

func wordOf(d judging.Duties, w judging.Duty, v float64) judging.Ballot {
	return judging.Ballot{Code: w.Code, Marks: map[string]float64{d.Rubrics[w.Category].Criteria[0].Name: v}}
}

// speak says what a judge thinks of the whole list, and hands it in with the secret.
func speak(t *testing.T, b judging.Ballots, secret string) {
	t.Helper()
	d, err := b.Duties(t.Context())
	if err != nil || d.Voting == nil || d.Voting.Kind != voting.Approval {
		t.Fatalf("%+v, %v", d.Voting, err)
	}
	for _, w := range d.Works {
		got, err := b.Save(t.Context(), wordOf(d, w, thinks(d.Judge, w)))
		if err != nil || got.State != judging.Scored {
			t.Fatal(got, err)
		}
	}
	if _, err := b.Save(t.Context(), wordOf(d, d.Works[0], .7)); judging.CodeOf(err) != judging.Invalid {
		t.Error("seven tenths of a yes:", err)
	}
	if err := b.Submit(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
}

// bySheet says the same on a score sheet.
func bySheet(t *testing.T, o *office.Office) {
	t.Helper()
	path := filled(t, o, sheetOf(t, o), "表决.xlsx", func(p *pen) {
		for _, w := range p.d.Works {
			p.put(w, "赞成", thinks("j001", w))
		}
	})
	if got := collect(t, o, collecting.Options{}, path); len(got.Files[0].Problems) > 0 {
		t.Fatalf("%+v", got.Files[0].Problems)
	}
	if err := o.Scoring().SubmitScores(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
}

// TestEveryDoorBringsTheSameApprovals lets one judge come by each door in a contest of its own, and compares places and
// who passes with a plain count of what the judges think.
func TestEveryDoorBringsTheSameApprovals(t *testing.T) {
	for door, by := range map[string]func(o *office.Office){
		"desk": func(o *office.Office) { speak(t, o.Scoring().Desk("j001"), "") },
		"room": func(o *office.Office) { speak(t, o.Scoring().Desk("j001").InRoom(), "") },
		"packet": func(o *office.Office) {
			a := sendAway(t, o)
			speak(t, a, phrase)
			if r := takeIn(t, o, a.reply(), scoring.TakeNone); !r.Submitted || len(r.Changed) != 9 {
				t.Fatalf("%+v", r)
			}
		},
		"sheet": func(o *office.Office) { bySheet(t, o) },
	} {
		o := votingOffice(t)
		by(o)
		speak(t, o.Scoring().Desk("j002"), "")
		speak(t, o.Scoring().Desk("j003"), "")
		passed := 0
		placings, err := o.Results().Rank(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range placings {
			w, err := o.Work(t.Context(), string(p.Work))
			if err != nil {
				t.Fatal(err)
			}
			yes := 0
			for _, j := range []judging.JudgeID{"j001", "j002", "j003"} {
				if thinks(j, judging.Duty{BlindWork: judging.BlindWork{Title: w.Title}}) == voting.For {
					yes++
				}
			}
			if want := []float64{0, 33.33, 66.67, 100}[yes]; p.Official != want {
				t.Errorf("%s: %s has %v, not %v", door, w.Title, p.Official, want)
			}
			if 2*yes >= 3 {
				passed++
			}
			tellsVotes(t, o, p.Work, yes)
		}
		on, err := o.Awards().NextRound(t.Context(), false)
		if err != nil || len(on) != passed || passed == 0 || passed == 9 {
			t.Fatalf("%s: %d go on, %v; %d passed", door, len(on), err, passed)
		}
		if door == "desk" {
			votes(t, o)
		}
	}
}

// tellsVotes expects the reason of a place to name how many were in favour.
func tellsVotes(t *testing.T, o *office.Office, work judging.WorkID, yes int) {
	t.Helper()
	e, err := o.Awards().ExplainWork(t.Context(), string(work))
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, r := range e.Sentences {
		said += words(t)(r.Text, r.Args)
	}
	if !strings.Contains(said, fmt.Sprintf("3 位评委表态，%d 位赞成", yes)) || strings.Contains(said, "宽") {
		t.Error(said)
	}
}

// votes goes through the second round: too many votes are kept, and not handed in.
func votes(t *testing.T, o *office.Office) {
	t.Helper()
	publish(t, o)
	for _, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		desk := o.Scoring().Desk(j)
		d, err := desk.Duties(t.Context())
		if err != nil || d.Voting.Kind != voting.Votes {
			t.Fatal(d.Voting, err)
		}
		lists := map[string][]judging.Duty{}
		for _, w := range d.Works {
			lists[w.List] = append(lists[w.List], w)
			if _, err := desk.Save(t.Context(), wordOf(d, w, voting.For)); err != nil {
				t.Fatal(err)
			}
		}
		if len(d.Works) > len(lists) {
			wantCode(t, desk.Submit(t.Context(), ""), judging.Clash, "voting.votes_too_many")
		}
		for _, w := range d.Works {
			if _, err := desk.Save(t.Context(), wordOf(d, w, voting.Against)); err != nil {
				t.Fatal(err)
			}
		}
		wantCode(t, desk.Submit(t.Context(), ""), judging.Clash, "voting.votes_too_few")
		wantCode(t, o.Scoring().SubmitScores(t.Context(), j), judging.Clash, "voting.votes_too_few")
		for _, list := range lists {
			if _, err := desk.Save(t.Context(), wordOf(d, list[0], voting.For)); err != nil {
				t.Fatal(err)
			}
		}
		if err := desk.Submit(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	placings, err := o.Results().Rank(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, p := range placings {
		if p.Round == 2 {
			sum += p.Official
		}
	}
	lists := map[string]bool{}
	for _, p := range placings {
		if p.Round == 2 {
			lists[p.Category] = true
		}
	}
	if sum != float64(3*len(lists)) {
		t.Errorf("%v votes in %d lists of three judges", sum, len(lists))
	}
	matrixHas(t, o)
}

// matrixHas expects the official matrix to add the votes up by a formula, in a later round too.
func matrixHas(t *testing.T, o *office.Office) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "矩阵.xlsx")
	if _, err := o.Results().ReportMatrix(t.Context(), path, false, words(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	found := false
	for c := range 30 {
		at, _ := excelize.CoordinatesToCellName(c+1, 4)
		formula, _ := f.GetCellFormula(sheet, at)
		found = found || strings.Contains(formula, "MAX(0,SUM(")
	}
	if !found {
		t.Error("no formula adds votes up")
	}
}

// TestARehearsalVotesAsJudgesMay plays the present round with votes that can be handed in.
func TestARehearsalVotesAsJudgesMay(t *testing.T) {
	o := newOffice(t)
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Voting, r.Awards = &voting.Rule{Kind: voting.Votes, Votes: 1, Exactly: true}, withoutLeast(r.Awards)
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 6)}})
	addJudges(t, o, 6)
	publish(t, o)
	if _, err := o.Rehearse(t.Context(), config(t), 1, nil); err != nil {
		t.Fatal(err)
	}
}

// TestHowJudgesSpeakStaysOncePublished refuses another kind of round, and rules that older programs would misread.
func TestHowJudgesSpeakStaysOncePublished(t *testing.T) {
	o := votingOffice(t)
	now, err := o.Rules(t.Context())
	if err != nil || now.Voting == nil || now.Rounds[0].Voting.Votes != 1 || !now.Rounds[0].Take.Passed {
		t.Fatal(now, err)
	}
	var file bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	if again, err := rules.ParseRules(&file); err != nil || again.Hash() != withoutVersion(now).Hash() {
		t.Error(err)
	}
	for _, change := range []func(r *judging.Rules){
		func(r *judging.Rules) { r.Voting, r.Rounds = nil, nil },
		func(r *judging.Rules) { r.Voting = &voting.Rule{Kind: voting.Approval, Pass: "2/3"} },
	} {
		next := now
		change(&next)
		_, err := o.RuleBook().SaveRules(context.Background(), next, true)
		wantCode(t, err, judging.Closed, "rules.voting_in_use")
	}
}

func withoutVersion(r judging.Rules) judging.Rules {
	r.Version, r.Edition = 0, 0
	return r
}

// withoutLeast are awards without least scores, which are made for marks.
func withoutLeast(all []judging.Award) []judging.Award {
	out := slices.Clone(all)
	for i := range out {
		out[i].MinScore = 0
	}
	return out
}
