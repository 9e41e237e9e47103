package award_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// gallery is some works of three categories with scales of their own, decided and ready for special prizes.
type gallery struct {
	rules   judging.Rules
	works   []award.Candidate
	tallies []award.Tally
	decided []award.Decision
	rulings []award.Ruling
}

// votes are what may have come in for a work; nil: none did.
var votes = []*int{nil, new(0), new(1), new(2), new(3), new(4), new(5)}

func oneOf[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func drawGallery(r *rand.Rand) (g gallery) {
	g.rules.Awards = []judging.Award{{Name: "一等奖"}, {Name: "二等奖"}}
	g.rules.Audience = &audience.Rule{Least: 2, Most: 4}
	for i, scale := range []float64{100, 10, 30} {
		name := fmt.Sprint("类", i)
		g.rules.Categories = append(g.rules.Categories, judging.Category{Name: name, Rubric: name})
		g.rules.Rubrics = append(g.rules.Rubrics, judging.NamedRubric{Name: name, Rubric: judging.Rubric{
			Scale: scale, Step: 1, Criteria: []judging.Criterion{
				{Name: "创意", Weight: scale * .6}, {Name: "技法", Weight: scale * .4},
			},
		}})
		var scores []int
		for range 1 + r.IntN(6) {
			scores = append(scores, 7+r.IntN(4))
		}
		slices.Sort(scores)
		slices.Reverse(scores)
		d := award.Decision{Category: name}
		placed := len(scores) - r.IntN(3)
		for k, score := range scores {
			id := judging.WorkID(fmt.Sprintf("w%d%d", i, k))
			c := award.Candidate{Home: oneOf(r, []string{"一小", "二小", ""})}
			c.Work, c.Category, c.Place, c.Official = id, name, k+1, float64(score)*scale/10
			c.Round = judging.Round(r.IntN(2))
			if k > 0 && scores[k-1] == score && r.IntN(2) == 0 {
				c.Place = g.works[len(g.works)-1].Place
			}
			if k >= placed {
				c.Place = 0
			}
			g.works = append(g.works, c)
			full := int(scale * .6)
			mark := oneOf(r, []int{full, full / 2, full / 3})
			marks := map[string]float64{"创意": float64(mark)}
			if r.IntN(6) == 0 {
				marks = nil
			}
			g.tallies = append(g.tallies, award.Tally{Work: id, Category: name, Group: fmt.Sprint("组", k%2),
				Marks: []map[string]float64{marks}, Votes: oneOf(r, votes)})
			if k < 2 {
				d.Grants = append(d.Grants, award.Grant{Work: id, Award: g.rules.Awards[k].Name})
			}
			kind := oneOf(r, []award.RulingKind{
				"", "", "", "", award.RuleDisqualify, award.RuleWithhold, award.RuleNominate, award.RuleNominate,
			})
			for range 1 + r.IntN(2) {
				if kind == "" {
					break
				}
				g.rulings = append(g.rulings, award.Ruling{Kind: kind, Work: id, Award: "奖", Reason: "因" + string(id),
					Recalled: oneOf(r, []string{"", "", "误"})})
			}
		}
		g.decided = append(g.decided, d)
	}
	return g
}

// plainly says who gets the prize as a notice would have it: a work gets it where fewer than count works of its field
// stand before it. One of a higher part of full marks stands before, and of equals one that fewer equals of its own
// list are placed before.
func (g gallery) plainly(p terms.SpecialPrize) (out []judging.WorkID) {
	won, ruled := map[judging.WorkID]string{}, map[judging.WorkID]award.RulingKind{}
	for _, d := range g.decided {
		for _, x := range d.Grants {
			won[x.Work] = x.Award
		}
	}
	for _, u := range g.rulings {
		if u.Recalled == "" {
			ruled[u.Work] = u.Kind
		}
	}
	part := func(i int) *big.Rat { // nil where there is none; a work of a later round stands above all others
		if p.By == terms.ByAudience {
			return held(g.tallies[i].Votes)
		}
		later := big.NewRat(int64(2*g.works[i].Round), 1)
		for _, n := range g.rules.Rubrics {
			switch {
			case n.Name != g.works[i].Category:
			case p.By == terms.ByScore:
				return later.Add(later, big.NewRat(int64(g.works[i].Official*100), int64(n.Scale*100)))
			case g.tallies[i].Marks[0] != nil:
				mark := g.tallies[i].Marks[0]["创意"]
				return later.Add(later, big.NewRat(int64(mark), int64(n.Criteria[0].Weight)))
			}
		}
		return nil
	}
	field := func(i int) string {
		return map[terms.SpecialPer]string{terms.PerCategory: g.works[i].Category, terms.PerUnit: g.works[i].Home,
			terms.PerGroup: g.tallies[i].Group, terms.PerContest: "*"}[p.Per]
	}
	in := func(i int) bool {
		w := g.works[i].Work
		return ruled[w] != award.RuleDisqualify && ruled[w] != award.RuleWithhold && field(i) != "" &&
			(len(p.From) == 0 || slices.Contains(p.From, won[w])) && (won[w] != "" || g.works[i].Place > 0) &&
			(p.By == terms.ByNomination || part(i) != nil)
	}
	for i := range g.works {
		if p.By == terms.ByNomination {
			if in(i) && ruled[g.works[i].Work] == award.RuleNominate {
				out = append(out, g.works[i].Work)
			}
			continue
		}
		rivals := func(i int) (out []int) {
			for k := range g.works {
				if in(k) && field(k) == field(i) && part(k).Cmp(part(i)) >= 0 {
					out = append(out, k)
				}
			}
			return out
		}
		ahead := func(i int) (n int) {
			if p.By == terms.ByAudience {
				return 0
			}
			for _, k := range rivals(i) {
				same := g.works[k].Category == g.works[i].Category && part(k).Cmp(part(i)) == 0
				if same && g.works[k].Place < g.works[i].Place {
					n++
				}
			}
			return n
		}
		if !in(i) {
			continue
		}
		before := 0
		for _, k := range rivals(i) {
			if part(k).Cmp(part(i)) > 0 || ahead(k) < ahead(i) {
				before++
			}
		}
		if before < p.Count {
			out = append(out, g.works[i].Work)
		}
	}
	return out
}

// held is how many votes count where at least 2 must have come in and at most 4 do; nil for none.
func held(votes *int) *big.Rat {
	if votes == nil || *votes < 2 {
		return nil
	}
	return big.NewRat(int64(min(*votes, 4)), 1)
}

func TestSpecialPrizesGoAsANoticeSays(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 8))
	for range 250 {
		g := drawGallery(r)
		p := terms.SpecialPrize{
			Name: "奖", Criterion: "创意", Count: r.IntN(4),
			From: oneOf(r, [][]string{nil, {"一等奖"}, {"一等奖", "二等奖"}}),
		}
		for _, p.By = range []terms.SpecialBy{
			terms.ByScore, terms.ByCriterion, terms.ByNomination, terms.ByAudience,
		} {
			for _, p.Per = range []terms.SpecialPer{
				terms.PerContest, terms.PerCategory, terms.PerGroup, terms.PerUnit,
			} {
				g.gives(t, p)
			}
		}
	}
}

// gives compares who gets a prize, and of whom a note says that they get none, with the plain model.
func (g gallery) gives(t *testing.T, p terms.SpecialPrize) {
	t.Helper()
	g.rules.Specials, g.decided = []terms.SpecialPrize{p}, slices.Clone(g.decided)
	award.GiveSpecials(g.rules, 1, g.decided, g.works, g.tallies, g.rulings)
	var got, told, unfit []judging.WorkID
	for _, d := range g.decided {
		for _, s := range d.Specials {
			if s.Prize != "奖" || (s.Reason != "") != (p.By == terms.ByNomination) || s.Share > 1 ||
				(s.Votes > 0) != (p.By == terms.ByAudience) || (s.Percent() == "") != (s.Share == 0) ||
				(s.Share > 0) != (p.By == terms.ByScore || p.By == terms.ByCriterion) {
				t.Errorf("%+v", s)
			}
			got = append(got, s.Work)
		}
		for _, n := range d.Notes {
			if n.Why == "awards.special_unfit" {
				told = append(told, n.Works...)
			}
		}
	}
	slices.Sort(got)
	if want := g.plainly(p); !slices.Equal(got, want) {
		t.Errorf("%+v: %v, want %v", p, got, want)
	}
	for _, u := range g.rulings {
		if u.Kind == award.RuleNominate && u.Recalled == "" && !slices.Contains(unfit, u.Work) &&
			(p.By != terms.ByNomination || !slices.Contains(got, u.Work)) {
			unfit = append(unfit, u.Work)
		}
	}
	slices.Sort(told)
	if slices.Sort(unfit); !slices.Equal(told, unfit) {
		t.Errorf("%+v: told %v, want %v", p, told, unfit)
	}
}

// TestNothingOfNothingIsNoPart has full marks of 0, of which nobody can have a part.
func TestNothingOfNothingIsNoPart(t *testing.T) {
	rules := judging.Rules{
		Categories: []judging.Category{{Name: "书法", Rubric: "百分制"}},
		Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
			Scale: 0, Criteria: []judging.Criterion{{Name: "创意", Weight: 0}},
		}}},
		Specials: []terms.SpecialPrize{
			{Name: "最高分", By: terms.ByScore, Per: terms.PerContest, Count: 1},
			{Name: "创意奖", By: terms.ByCriterion, Criterion: "创意", Per: terms.PerContest, Count: 1},
		},
	}
	work := award.Candidate{Placing: judging.Placing{Work: "w1", Category: "书法", Place: 1}}
	decided := []award.Decision{{Category: "书法"}}
	award.GiveSpecials(rules, 1, decided, []award.Candidate{work},
		[]award.Tally{{Work: "w1", Category: "书法", Marks: []map[string]float64{{"创意": 0}}}}, nil)
	if len(decided[0].Specials) > 0 {
		t.Errorf("%+v", decided[0].Specials)
	}
}

// TestASpecialPrizeIsNominatedForWhereRulesSaySo holds a nomination against the prizes that there are.
func TestASpecialPrizeIsNominatedForWhereRulesSaySo(t *testing.T) {
	rules := judging.Rules{Specials: []terms.SpecialPrize{
		{Name: "最高分", By: terms.ByScore}, {Name: "评委会奖", By: terms.ByNomination},
	}}
	for name, right := range map[string]bool{"最高分": false, "评委会奖": true, "没有": false} {
		err := award.Ruling{Kind: award.RuleNominate, Award: name, Work: "w1", Reason: "因"}.Check(rules)
		if (err == nil) != right || !right && judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
