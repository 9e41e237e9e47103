package rules

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/voting"
)

// choose says how judges speak in a round, from 0.
func choose(t *testing.T, root fyne.CanvasObject, round int, kind string) {
	t.Helper()
	for _, s := range kittest.All[*choice.Select](root) {
		if !slices.Contains(s.Options, "分点") {
			continue
		}
		if round == 0 {
			s.SetSelected(kind)
			return
		}
		round--
	}
	t.Fatal("no such round")
}

// TestEachRoundIsSaidInTheEditor gives a contest an approval, and a round of each other kind after it, without a file.
func TestEachRoundIsSaidInTheEditor(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleAwards)
	root := sh.Open(p)
	for range 3 {
		kittest.Tap(t, root, "加一轮")
	}
	r := &p.draft.Rules
	for i := range r.Awards {
		r.Awards[i].MinScore = 0 // made for marks
	}
	for i, name := range []string{"复评", "三评", "终评"} {
		r.Rounds[i].Name = name
	}
	p.section = page.RuleBasics
	p.show()
	for i, kind := range []string{"表决", "投票", "排名", "分点"} {
		choose(t, root, i, kind)
	}
	want := []voting.Rule{
		{Kind: voting.Approval, Pass: "2/3"}, {Kind: voting.Votes, Votes: 3},
		{Kind: voting.Ranking, Places: 3, Exactly: true}, {Kind: voting.Points, Points: 100, Exactly: true},
	}
	have := []*voting.Rule{r.Voting, r.Rounds[0].Voting, r.Rounds[1].Voting, r.Rounds[2].Voting}
	for i := range want {
		if have[i] == nil || *have[i] != want[i] {
			t.Fatalf("round %d: %+v", i+1, have[i])
		}
	}
	if len(p.faults) > 0 {
		t.Fatalf("%+v", p.faults)
	}
	entryOf(t, root, "2/3").SetText("７０ ％")
	if r.Voting.Pass != "70%" || len(p.faults) > 0 {
		t.Errorf("%q, %+v", r.Voting.Pass, p.faults)
	}
	entryOf(t, root, "７０ ％").SetText("70%")
	refusedAtItsLine(t, p, root, "70%", "三分之二", "应写成几分之几")
	refusedAtItsLine(t, p, root, "100", "1001", "不是这里能用的数字")
	entryOf(t, root, "1001").SetText("0")
	if len(p.faults) != 1 || p.faults[0].section != page.RuleBasics || !kittest.Shows(root, "应为 1–1000") {
		t.Errorf("no points: %+v", p.faults)
	}
	entryOf(t, root, "0").SetText("20")
	p.section = page.RuleAwards
	p.show()
	entryOf(t, root, "30%").SetText("通过") // the first of three rounds
	if !r.Rounds[0].Take.Passed || len(p.faults) > 0 {
		t.Errorf("%+v, %+v", r.Rounds[0].Take, p.faults)
	}
	kittest.Tap(t, root, "保存规则")
	now, err := o.Rules(t.Context())
	if err != nil || now.Voting == nil || now.Voting.Pass != "70%" || now.Rounds[2].Voting.Points != 20 ||
		!now.Rounds[0].Take.Passed || p.was.Rounds[2].Voting == p.draft.Rules.Rounds[2].Voting {
		t.Fatalf("%+v, %v, %v", now, err, sh.Errors)
	}
}

// refusedAtItsLine writes what can't be meant, looks for it at the foot and at the line, and puts it back.
func refusedAtItsLine(t *testing.T, p *editRulesPage, root fyne.CanvasObject, right, wrong, words string) {
	t.Helper()
	entry := entryOf(t, root, right)
	entry.SetText(wrong)
	said := ""
	for _, n := range p.lines.lists["kinds"].Notes() {
		said += n.Wrong()
	}
	if len(p.faults) != 1 || p.faults[0].section != page.RuleBasics || !strings.Contains(said, words) {
		t.Errorf("%s: %+v, at the lines %q", wrong, p.faults, said)
	}
	if words == "不是这里能用的数字" {
		return
	}
	entry.SetText(right)
}

// TestMarksTakeTheNumbersOfAKindAway goes back to marks, and drops what only marks have from a round without.
func TestMarksTakeTheNumbersOfAKindAway(t *testing.T) {
	_, p, root := editing(t, page.RuleAwards)
	kittest.Tap(t, root, "加一轮")
	r := &p.draft.Rules
	r.Rounds[0].Carry, r.Rounds[0].Weight = judging.Weighted, .5
	for i := range r.Awards {
		r.Awards[i].MinScore = 0 // made for marks
	}
	p.section = page.RuleBasics
	p.show()
	choose(t, root, 1, "投票")
	if len(p.faults) != 1 || p.faults[0].key != "rules.voting_carry" || p.faults[0].section != page.RuleAwards {
		t.Fatalf("votes and scores added up: %+v", p.faults)
	}
	p.toFirst()
	if p.section != page.RuleAwards || !kittest.Shows(root, "只能“只计本轮”") {
		t.Errorf("shows %s", p.section)
	}
	p.section = page.RuleBasics
	p.show()
	choose(t, root, 1, "打分")
	if r.Rounds[0].Voting != nil || len(p.faults) > 0 {
		t.Errorf("%+v, %+v", r.Rounds[0], p.faults)
	}
}

func TestTheKindsOfRoundsFit(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	file := strings.Replace(judgetest.WithoutLeast(rubrics.LegalCulture), "\n[combine]", `
[voting]
kind = "approval"
pass = "2/3"
[[rounds]]
name = "复评"
take = { passed = true }
carry = "replace"
voting = { kind = "ranking", places = 5, exactly = true }
[[rounds]]
name = "终评"
take = { count = 10 }
carry = "replace"
voting = { kind = "points", points = 0 }
[combine]`, 1)
	file = strings.Replace(file, "points = 0 }", "points = 50 }", 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(file), true); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "rules-kinds", func(sh kit.Shell) kit.Page {
		return newEditRulesPage(sh, page.StagesOf(o), page.RuleBasics)
	})
	pagetest.Shots(t, "rules-kinds-awards", func(sh kit.Shell) kit.Page {
		return newEditRulesPage(sh, page.StagesOf(o), page.RuleAwards)
	})
}
