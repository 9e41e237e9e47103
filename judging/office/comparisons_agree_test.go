package office_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office/comparisons"
)

// TestHowFarJudgesAgreeIsCounted draws answers and compares with a count over a table of who said what of which pair.
func TestHowFarJudgesAgreeIsCounted(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	shared, circles := 0, 0
	for k := range 6 {
		s := compareTie(t, o)
		all := drawAnswers(rand.New(rand.NewPCG(uint64(k), 21)), s)
		now := tell(t, o, s.ID, all)
		said := map[judging.JudgeID]map[[2]judging.WorkCode]judging.WorkCode{}
		for _, a := range all {
			if said[a.judge] == nil {
				said[a.judge] = map[[2]judging.WorkCode]judging.WorkCode{}
			}
			said[a.judge][[2]judging.WorkCode{a.left, a.right}] = a.better
			said[a.judge][[2]judging.WorkCode{a.right, a.left}] = a.better
		}
		want := comparisons.Agreement{}
		for i, a := range s.Order {
			for _, b := range s.Order[:i] {
				n, words := 0, map[judging.WorkCode]bool{}
				for _, j := range s.Judges {
					if better, spoke := said[j][[2]judging.WorkCode{a.Code, b.Code}]; spoke {
						n++
						words[better] = true
					}
				}
				if n > 1 {
					want.Shared++
					if len(words) == 1 {
						want.Same++
					}
				}
			}
		}
		if now.Agree != want {
			t.Errorf("round %d: %+v, want %+v", k, now.Agree, want)
		}
		shared += want.Shared
		for _, j := range now.Panel {
			circles += wantConsistent(t, now, j, said[j.Judge])
		}
		must(t, o.Comparisons().Drop(t.Context(), s.ID, "再来一次"))
	}
	if shared == 0 {
		t.Error("no pair was compared by two judges")
	}
}

// wantConsistent counts what one judge said of the three works of a comparison: how often on the side of the order, and
// whether round in a circle.
func wantConsistent(
	t *testing.T, s comparisons.Status, j comparisons.Asked, said map[[2]judging.WorkCode]judging.WorkCode,
) (circles int) {
	t.Helper()
	a, b, c := s.Order[0], s.Order[1], s.Order[2]
	sided, with := 0, 0
	for _, pair := range [][2]comparisons.Standing{{a, b}, {b, c}, {a, c}} {
		better, spoke := said[[2]judging.WorkCode{pair[0].Code, pair[1].Code}]
		if !spoke || better == "" {
			continue
		}
		sided++
		// the order is best first; works of which as much was said are on nobody's side
		if better == pair[0].Code && pair[0].Value > pair[1].Value {
			with++
		}
	}
	triples := 0
	if sided == 3 {
		triples = 1
		wins := map[judging.WorkCode]int{}
		for _, pair := range [][2]judging.WorkCode{{a.Code, b.Code}, {b.Code, c.Code}, {a.Code, c.Code}} {
			wins[said[pair]]++
		}
		if len(wins) == 3 { // each won once
			circles = 1
		}
	}
	if j.Sided != sided || j.With != with || j.Triples != triples || j.Circles != circles {
		t.Errorf("%s: %+v, want %d of %d with the order, %d of %d circles", j.Name, j.Consistency, with, sided, circles,
			triples)
	}
	return circles
}

// TestAJudgeWhoGoesRoundInACircleIsNamed has one judge say that each of three works is better than the next.
func TestAJudgeWhoGoesRoundInACircleIsNamed(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	s := compareTie(t, o)
	a, b, c := s.Order[0].Code, s.Order[1].Code, s.Order[2].Code
	now := tell(t, o, s.ID, []saidOf{
		{judge: s.Judges[0], left: a, right: b, better: a}, {judge: s.Judges[0], left: b, right: c, better: b},
		{judge: s.Judges[0], left: c, right: a, better: c}, {judge: s.Judges[1], left: a, right: b, better: a},
	})
	if j := now.Panel[0]; j.Triples != 1 || j.Circles != 1 || now.Agree != (comparisons.Agreement{Shared: 1, Same: 1}) {
		t.Errorf("%+v, %+v", j, now.Agree)
	}
	words := remarksOf(t, now)
	if !strings.Contains(words, "两位以上评委都比过的有 1 对，其中 1 对意见一致。") ||
		!strings.Contains(words, "前后矛盾的："+now.Panel[0].Name+" 1/1 组") {
		t.Error(words)
	}
}

// remarksOf are the sentences about a comparison, in Chinese.
func remarksOf(t *testing.T, s comparisons.Status) (out string) {
	t.Helper()
	texts, err := assets.Load()
	must(t, err)
	for _, r := range s.Remarks() {
		out += texts.In("zh-Hans").T(r.Text, r.Args) + "\n"
	}
	return out
}

// Where the work that leads is the one that is open, it is named once.
func TestAWorkThatLeadsAndIsOpenIsNamedOnce(t *testing.T) {
	for _, more := range []bool{true, false} {
		s := comparisons.Status{State: comparisons.Running, Answers: 3, Parted: true, More: more}
		s.Order = []comparisons.Standing{
			{Code: "SF-0001", Within: true, N: 2, Chance: .8}, {Code: "SF-0002", N: 2, Chance: .05},
		}
		s.Award, s.Why = "一等奖", "tie"
		if words := remarksOf(t, s); strings.Count(words, "SF-0001") != 1 || !strings.Contains(words, "没有把握") {
			t.Errorf("%v: %s", more, words)
		}
		s.Order[1].Chance = .2
		if words := remarksOf(t, s); !strings.Contains(words, "SF-0001、SF-0002 ") {
			t.Errorf("%v: %s", more, words)
		}
	}
}

// TestALineTellsWhoMayBeAsked: not whom conflicts leave fewer than two works; the others with what they are kept from.
func TestALineTellsWhoMayBeAsked(t *testing.T) {
	o := tiedIn(t, newOffice(t))
	judges, err := o.Assignment().Judges(t.Context())
	must(t, err)
	line := func() comparisons.Line {
		all, err := o.Comparisons().Lines(t.Context())
		must(t, err)
		for _, l := range all {
			if l.Why == "tie" && l.Category == "书法" {
				return l
			}
		}
		t.Fatal("no line")
		return comparisons.Line{}
	}
	l := line()
	if len(l.Able) != len(judges) || !l.Able[0].Knows || l.Able[0].Kept != 0 || l.Able[0].Name != judges[0].Name {
		t.Fatalf("%+v", l.Able)
	}
	for i, w := range l.Works[:2] {
		for _, j := range judges[:2-i] { // the first is kept from two works, the second from one
			must(t, o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
				Judge: j.ID, Work: w, Kind: judging.Declared, Reason: "师生",
			}))
		}
	}
	now := line().Able
	if len(now) != len(judges)-1 || now[0].Judge != judges[1].ID || now[0].Kept != 1 || now[1].Kept != 0 {
		t.Errorf("%+v", now)
	}
	s, err := o.Comparisons().Open(t.Context(), comparisons.Request{
		Why: "tie", Category: "书法", Group: "小学组", Award: "一等奖", Most: 1,
	})
	must(t, err)
	if len(s.Panel) != len(now) || s.Most != 1 {
		t.Errorf("%+v", s.Panel)
	}
	awaited := comparisons.Awaited([]comparisons.Status{s})
	if len(awaited) != len(now) || awaited[judges[0].ID] {
		t.Errorf("%v", awaited)
	}
	must(t, o.Comparisons().Drop(t.Context(), s.ID, "重来"))
	s, err = o.Comparisons().Show(t.Context(), s.ID)
	must(t, err)
	if got := comparisons.Awaited([]comparisons.Status{s}); len(got) > 0 {
		t.Errorf("%v are awaited by a comparison that is over", got)
	}
}
