package office_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/comparisons"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
)

// tiedIn is a contest of twelve works in which three of the four works of 书法 share the first place, for one 一等奖.
func tiedIn(t *testing.T, o *office.Office) *office.Office {
	t.Helper()
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 12)}})
	addJudges(t, o, 5)
	_, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 3}, Seed: &seven,
	}, nil)
	must(t, err)
	_, err = o.Assignment().PublishPlan(t.Context(), "")
	must(t, err)
	judges, err := o.Assignment().Judges(t.Context())
	must(t, err)
	for _, j := range judges {
		d := firstDuty(t, o, j.ID)
		for _, w := range d.Works {
			share := .9
			if w.Title == "法治之光4" {
				share = .8
			}
			_, err := o.Scoring().Desk(j.ID).Save(t.Context(), judging.Ballot{
				Code: w.Code, Marks: fill(d.Rubrics[w.Category], share),
			})
			must(t, err)
		}
		must(t, o.Scoring().SubmitScores(t.Context(), j.ID))
	}
	return o
}

var tie = comparisons.Request{Why: "tie", Category: "书法", Group: "小学组", Award: "一等奖"}

func compareTie(t *testing.T, o *office.Office) comparisons.Status {
	t.Helper()
	s, err := o.Comparisons().Open(t.Context(), tie)
	must(t, err)
	return s
}

// askAll asks judges in turn until nobody has anything left to say; better says which of two a judge takes.
func askAll(
	t *testing.T, o *office.Office, id string, better func(judge judging.JudgeID, l, r string) bool,
) comparisons.Status {
	t.Helper()
	for range 200 {
		s, err := o.Comparisons().Show(t.Context(), id)
		must(t, err)
		if s.Turn == "" {
			return s
		}
		desk := o.Comparisons().Desk(s.Turn)
		p, err := desk.Ask(t.Context())
		must(t, err)
		if p.Comparison != id {
			t.Fatalf("%s is on turn and asked of %q", s.Turn, p.Comparison)
		}
		best := p.Right.Code
		if better(s.Turn, p.Left.Title, p.Right.Title) {
			best = p.Left.Code
		}
		must(t, desk.Answer(t.Context(), id, p.Left.Code, p.Right.Code, best))
	}
	t.Fatal("it never ends")
	return comparisons.Status{}
}

// byTitle takes the work whose title comes first.
func byTitle(_ judging.JudgeID, l, r string) bool { return l < r }

func TestATieIsSettledByPairs(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	lines, err := o.Comparisons().Lines(t.Context())
	must(t, err)
	at := slices.IndexFunc(lines, func(l comparisons.Line) bool { return l.Why == "tie" && l.Category == "书法" })
	if at < 0 || len(lines[at].Works) != 3 || lines[at].Places != 1 || lines[at].Award != "一等奖" {
		t.Fatalf("%+v", lines)
	}
	s := compareTie(t, o)
	if len(s.Order) != 3 || len(s.Panel) != 5 || s.Sure || s.Parted || !s.More {
		t.Fatalf("%+v", s)
	}
	_, err = o.Comparisons().Open(t.Context(), tie)
	wantCode(t, err, judging.Clash, "compare.open_already")
	_, err = o.Comparisons().Settle(t.Context(), s.ID, "评委会决定", true)
	wantCode(t, err, judging.Clash, "compare.not_parted")

	s = askAll(t, o, s.ID, byTitle)
	if !s.Sure || s.Answers != 15 || s.Order[0].Title != "法治之光1" || !s.Order[0].Within || s.Order[1].Within {
		t.Fatalf("%+v", s)
	}
	for _, w := range s.Order {
		if w.N != 10 {
			t.Errorf("%s was asked about %d times, want 10", w.Title, w.N)
		}
	}
	before := boardOf(t, o)
	would, err := o.Comparisons().Preview(t.Context(), s.ID)
	must(t, err)
	if again := boardOf(t, o); len(again.Rulings) != len(before.Rulings) {
		t.Error("a preview ruled")
	}
	_, err = o.Comparisons().Settle(t.Context(), s.ID, " ", false)
	wantCode(t, err, judging.Invalid, "awards.needs_reason")
	done, err := o.Comparisons().Settle(t.Context(), s.ID, "按两两比较", false)
	must(t, err)
	if len(done.Rulings) != 1 || fmt.Sprint(done.Changes) != fmt.Sprint(would.Changes) || len(done.Changes) == 0 {
		t.Fatalf("%+v\n%+v", done, would)
	}
	// what was shown before is what became of it, work by work
	was, is := boardAwards(before), boardAwards(boardOf(t, o))
	for _, c := range done.Changes {
		if was[c.Work] != c.From || is[c.Work] != c.To {
			t.Errorf("%+v: was %q, is %q", c, was[c.Work], is[c.Work])
		}
		delete(was, c.Work)
		delete(is, c.Work)
	}
	if fmt.Sprint(was) != fmt.Sprint(is) {
		t.Errorf("not shown: %v, %v", was, is)
	}
	wantCode(t, o.Comparisons().TakeBack(t.Context(), s.ID+"/00001", "按错了"), judging.Closed, "compare.is_settled")
	wantCode(t, o.Comparisons().Drop(t.Context(), s.ID, "不比了"), judging.Closed, "compare.is_settled")
	n, err := o.Comparisons().Undo(t.Context(), s.ID, "重新比较")
	must(t, err)
	if n != 1 || fmt.Sprint(boardAwards(boardOf(t, o))) != fmt.Sprint(boardAwards(before)) {
		t.Errorf("%d taken back: %v", n, boardAwards(boardOf(t, o)))
	}
	_, err = o.Comparisons().Undo(t.Context(), s.ID, "再撤")
	wantCode(t, err, judging.Clash, "compare.not_settled")
	must(t, o.Comparisons().Drop(t.Context(), s.ID, "改为合议"))
	_, err = o.Comparisons().Settle(t.Context(), s.ID, "照办", true)
	wantCode(t, err, judging.Closed, "compare.is_dropped")
}

// boardAwards is each work's award on a board.
func boardAwards(b awards.Board) map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, l := range b.Lists {
		for _, s := range l.Slots {
			for _, w := range s.Works {
				out[w.Work] = s.Award
			}
		}
	}
	return out
}

func TestEachWorkOfAComparisonSaysSo(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := askAll(t, o, compareTie(t, o).ID, byTitle)
	for _, w := range s.Order {
		e, err := o.Awards().ExplainWork(t.Context(), string(w.Work))
		must(t, err)
		found := 0
		for _, r := range e.Sentences {
			if r.Text == "analysis.say_compared" {
				found++
				if r.Args["Place"] != w.Place || r.Args["Answers"] != 15 || r.Args["Sure"] != true {
					t.Errorf("%+v", r)
				}
			}
		}
		if found != 1 {
			t.Errorf("%s: %d sentences", w.Title, found)
		}
	}
}

func TestWhoHasAConflictIsNotAskedAndNotHeard(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := compareTie(t, o)
	first := s.Order[0]
	judge := s.Judges[0]
	desk := o.Comparisons().Desk(judge)
	p, err := desk.Ask(t.Context())
	must(t, err)
	must(t, desk.Answer(t.Context(), s.ID, p.Left.Code, p.Right.Code, p.Left.Code))
	must(t, desk.Answer(t.Context(), s.ID, p.Right.Code, p.Left.Code, p.Left.Code)) // the same, the other way round
	wantCode(t, desk.Answer(t.Context(), s.ID, p.Left.Code, p.Right.Code, p.Right.Code), judging.Clash,
		"compare.said_otherwise")
	for _, w := range []judging.WorkCode{p.Left.Code, p.Right.Code} {
		must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
			Judge: judge, Work: judging.WorkID(w), Kind: judging.Declared, Reason: "师生",
		}))
	}
	now, err := o.Comparisons().Show(t.Context(), s.ID)
	must(t, err)
	if now.Answers != 0 || now.Barred != 1 {
		t.Errorf("%d answers, %d barred", now.Answers, now.Barred)
	}
	p2, err := desk.Ask(t.Context())
	must(t, err)
	if p2.Asks() {
		t.Errorf("asked of %s and %s with conflicts", p2.Left.Code, p2.Right.Code)
	}
	wantCode(t, desk.Answer(t.Context(), s.ID, p.Left.Code, p.Right.Code, ""), judging.Forbidden, "compare.conflict")
	_, err = desk.OpenFile(t.Context(), p.Left.Code, 0, 0)
	wantCode(t, err, judging.Forbidden, "compare.not_asked")
	_, err = o.Comparisons().Desk("j999").Ask(t.Context())
	wantCode(t, err, judging.NotFound, "judges.missing")
	outside := o.Comparisons().Desk(s.Judges[1])
	wantCode(t, outside.Answer(t.Context(), s.ID, first.Code, "HH-0002", ""), judging.NotFound, "compare.not_compared")
	wantCode(t, outside.Answer(t.Context(), s.ID, first.Code, first.Code, ""), judging.NotFound, "compare.not_compared")
	wantCode(t, outside.Answer(t.Context(), "k999", first.Code, first.Code, ""), judging.NotFound, "compare.none")

	q := tie
	q.Judges = []judging.JudgeID{judge}
	must(t, o.Comparisons().Drop(t.Context(), s.ID, "换人"))
	_, err = o.Comparisons().Open(t.Context(), q)
	wantCode(t, err, judging.Invalid, "compare.judge_kept")
	q.Judges, q.Award = nil, "二等奖"
	_, err = o.Comparisons().Open(t.Context(), q)
	wantCode(t, err, judging.NotFound, "compare.no_line")
}

// said is one answer, by codes.
type saidOf struct {
	judge       judging.JudgeID
	left, right judging.WorkCode
	better      judging.WorkCode
	takenBack   bool
}

// tell gives answers in their order and returns how the comparison stands.
func tell(t *testing.T, o *office.Office, id string, all []saidOf) comparisons.Status {
	t.Helper()
	for _, a := range all {
		desk := o.Comparisons().Desk(a.judge)
		must(t, desk.Answer(t.Context(), id, a.left, a.right, a.better))
		if a.takenBack {
			p, err := desk.Ask(t.Context())
			must(t, err)
			must(t, desk.Back(t.Context(), p.Last, "按错了"))
		}
	}
	s, err := o.Comparisons().Show(t.Context(), id)
	must(t, err)
	return s
}

// drawAnswers draws what judges say of the pairs of a comparison: about half of all that could be said.
func drawAnswers(r *rand.Rand, s comparisons.Status) (out []saidOf) {
	for _, j := range s.Judges {
		for i, a := range s.Order {
			for _, b := range s.Order[:i] {
				if r.IntN(2) == 0 {
					one := saidOf{judge: j, left: a.Code, right: b.Code}
					one.better = []judging.WorkCode{a.Code, b.Code, ""}[r.IntN(3)]
					out = append(out, one)
				}
			}
		}
	}
	return out
}

// TestTheOrderOfAnswersDoesNotMatter: the same answers in any order, with some that were taken back in between, come to
// the same numbers to the last bit; what was taken back stays in the journal.
func TestTheOrderOfAnswersDoesNotMatter(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	for k := range rounds {
		r := rand.New(rand.NewPCG(uint64(k), 5))
		s := compareTie(t, o)
		all := drawAnswers(r, s)
		once := tell(t, o, s.ID, all)
		must(t, o.Comparisons().Drop(t.Context(), s.ID, "再来一次"))

		s = compareTie(t, o)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var noisy []saidOf
		back := 0
		for _, a := range all {
			if r.IntN(3) == 0 { // said otherwise first, and taken back
				wrong := a
				wrong.better, wrong.takenBack = []judging.WorkCode{a.right, a.left, ""}[r.IntN(3)], true
				noisy = append(noisy, wrong)
				back++
			}
			noisy = append(noisy, a)
		}
		again := tell(t, o, s.ID, noisy)
		if fmt.Sprint(once.Order, once.Panel, once.Sure, once.Turn) != fmt.Sprint(again.Order, again.Panel, again.Sure,
			again.Turn) {
			t.Errorf("round %d:\n%+v\n%+v", k, once, again)
		}
		if again.Back != back || again.Answers != len(all) {
			t.Errorf("%d answers, %d back; want %d and %d", again.Answers, again.Back, len(all), back)
		}
		entries, err := o.Journal(t.Context())
		must(t, err)
		kept := 0
		for _, e := range entries {
			if e.Verb == "compare.take_back" && strings.HasPrefix(e.Of, s.ID+"/") {
				kept++
			}
		}
		if kept != back {
			t.Errorf("the journal keeps %d of %d that were taken back", kept, back)
		}
		must(t, o.Comparisons().Drop(t.Context(), s.ID, "再来一次"))
	}
}

// TestTheOrderIsTheLikeliest compares the order with a search over a grid that knows nothing of the fit: Bradley and
// Terry's likelihood with every judge alike, of three works.
func TestTheOrderIsTheLikeliest(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	for k := range 4 {
		r := rand.New(rand.NewPCG(uint64(k), 11))
		s := compareTie(t, o)
		all := drawAnswers(r, s)
		now := tell(t, o, s.ID, all)
		best, value := math.Inf(-1), map[judging.WorkCode]float64{}
		at := map[judging.WorkCode]int{s.Order[0].Code: 0, s.Order[1].Code: 1, s.Order[2].Code: 2}
		for x := -3.0; x <= 3; x += .05 {
			for y := -3.0; y <= 3; y += .05 {
				q := []float64{x, y, -x - y}
				sum := -(q[0]*q[0] + q[1]*q[1] + q[2]*q[2]) / 2 // a spread of 1
				for _, a := range all {
					d := q[at[a.left]] - q[at[a.right]]
					win := map[judging.WorkCode]float64{a.left: 1, "": .5}[a.better]
					sum += win*d - math.Log1p(math.Exp(d))
				}
				if sum > best {
					best = sum
					for c, i := range at {
						value[c] = q[i]
					}
				}
			}
		}
		for i, a := range now.Order {
			for _, b := range now.Order[:i] {
				if a.N > 0 && value[a.Code] > value[b.Code]+.25 { // b stands before a
					t.Errorf("round %d: %s %.2f stands below %s %.2f", k, a.Code, value[a.Code], b.Code, value[b.Code])
				}
			}
		}
		must(t, o.Comparisons().Drop(t.Context(), s.ID, "再来一次"))
	}
}

func TestDoubtfulWorksAreReportedOnAndNotRuled(t *testing.T) {
	o := judged(t, 60)
	lines, err := o.Comparisons().Lines(t.Context())
	must(t, err)
	at := slices.IndexFunc(lines, func(l comparisons.Line) bool { return l.Why == "doubt" })
	if at < 0 {
		t.Fatal("nothing is in doubt")
	}
	l := lines[at]
	if l.Places < 1 || l.Places >= len(l.Works) {
		t.Errorf("%+v", l)
	}
	s, err := o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: "doubt", Category: l.Category, Group: l.Group, Award: l.Award,
	})
	must(t, err)
	s = askAll(t, o, s.ID, byTitle)
	_, err = o.Comparisons().Preview(t.Context(), s.ID)
	wantCode(t, err, judging.Invalid, "compare.only_ties")
	if !s.Sure && !slices.ContainsFunc(s.Remarks(), func(r results.Remark) bool {
		return r.Text == "compare.asked_out"
	}) {
		t.Errorf("%+v", s.Remarks())
	}
}

// A score that moves parts the tie: what was compared says nothing of the places any more.
func TestATieThatIsNoTieAnyMoreIsNotRuled(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := askAll(t, o, compareTie(t, o).ID, byTitle)
	must(t, reads(o.Offsets().Give(t.Context(), string(s.Order[2].Code), -1, "超时")))
	_, err := o.Comparisons().Settle(t.Context(), s.ID, "照办", false)
	wantCode(t, err, judging.Clash, "compare.tie_changed")
	must(t, reads(o.Awards().RuleAward(t.Context(), award.Ruling{
		Kind: award.RuleDisqualify, Work: s.Order[1].Work, Reason: "抄袭",
	})))
	now, err := o.Comparisons().Show(t.Context(), s.ID)
	must(t, err)
	if len(now.Left) != 1 || now.Barred == 0 || len(now.Order) != 2 {
		t.Errorf("%+v", now)
	}
	_, err = o.Comparisons().Desk(s.Judges[0]).OpenFile(t.Context(), s.Order[1].Code, 0, 0)
	wantCode(t, err, judging.Forbidden, "compare.not_asked")
}

// What a judge said who was struck off counts no more than their scores, and the page says so.
func TestAJudgeWhoIsStruckOffIsNotHeard(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := askAll(t, o, compareTie(t, o).ID, byTitle)
	gone := s.Judges[0]
	must(t, reads(o.ScoredJudges().StrikeJudge(t.Context(), gone, "keep", "除名")))
	now, err := o.Comparisons().Show(t.Context(), s.ID)
	must(t, err)
	if now.Answers != s.Answers-3 || now.Barred != 3 {
		t.Errorf("%d answers, %d barred", now.Answers, now.Barred)
	}
	p, err := o.Comparisons().Desk(gone).Ask(t.Context())
	must(t, err)
	if p.Asks() {
		t.Error("who was struck off is asked")
	}
}

func TestAnswersAreWrittenWithoutNames(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := askAll(t, o, compareTie(t, o).ID, byTitle)
	path := filepath.Join(t.TempDir(), "answers.csv")
	n, err := o.Comparisons().Export(t.Context(), s.ID, path)
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if n != 15 || len(lines) != 16 || lines[0] != "judge,left,right,better" {
		t.Errorf("%d: %s", n, data)
	}
	for _, j := range s.Panel {
		if strings.Contains(string(data), j.Name+",") {
			t.Errorf("%s stands in the file", j.Name)
		}
	}
}

// compareFirst brings the first of eight works level with the second and begins to compare them.
func compareFirst(t *testing.T, o *office.Office) {
	t.Helper()
	for j := 1; j <= 3; j++ {
		again(t, o, j, func() { enter(t, o, j, 1, float64(89+j)) })
	}
	must(t, reads(o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: "tie", Category: "书法", Award: "一等奖",
	})))
}

// A comparison is open until it is given up or its result is ruled, and again once that is taken back.
func TestAComparisonIsAnOpenPointWhileItIsUnderWay(t *testing.T) {
	o := eight(t, "")
	open := func() bool {
		all, err := o.OpenPoints(t.Context())
		must(t, err)
		return slices.ContainsFunc(all, func(p office.Point) bool { return p.Kind == "comparisons_open" })
	}
	stands := func(when string, want bool) {
		t.Helper()
		if open() != want {
			t.Errorf("%s: open is %v", when, !want)
		}
	}
	stands("nothing is compared", false)
	compareFirst(t, o)
	stands("begun", true)
	must(t, o.Comparisons().Drop(t.Context(), "k001", "改为合议"))
	stands("given up", false)
	must(t, reads(o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: "tie", Category: "书法", Award: "一等奖",
	})))
	askAll(t, o, "k002", byTitle)
	stands("all is said", true)
	must(t, reads(o.Comparisons().Settle(t.Context(), "k002", "按两两比较", false)))
	stands("ruled", false)
	must(t, reads(o.Comparisons().Undo(t.Context(), "k002", "重新比较")))
	stands("taken back", true)
}
