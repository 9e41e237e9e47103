package award_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
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

func drawGallery(t *rapid.T) (g gallery) {
	g.rules.Awards = []judging.Award{{Name: "一等奖"}, {Name: "二等奖"}}
	for i, scale := range []float64{100, 10, 30} {
		name := fmt.Sprint("类", i)
		g.rules.Categories = append(g.rules.Categories, judging.Category{Name: name, Rubric: name})
		g.rules.Rubrics = append(g.rules.Rubrics, judging.NamedRubric{Name: name, Rubric: judging.Rubric{
			Scale: scale, Step: 1, Criteria: []judging.Criterion{
				{Name: "创意", Weight: scale * .6}, {Name: "技法", Weight: scale * .4},
			},
		}})
		var scores []int
		for range rapid.IntRange(1, 6).Draw(t, "works") {
			scores = append(scores, rapid.IntRange(7, 10).Draw(t, "score"))
		}
		slices.Sort(scores)
		slices.Reverse(scores)
		d := award.Decision{Category: name}
		for k, score := range scores {
			id := judging.WorkID(fmt.Sprintf("w%d%d", i, k))
			c := award.Candidate{Home: rapid.SampledFrom([]string{"一小", "二小", ""}).Draw(t, "unit")}
			c.Work, c.Category, c.Place, c.Official = id, name, k+1, float64(score)*scale/10
			g.works = append(g.works, c)
			full := int(scale * .6)
			mark := rapid.SampledFrom([]int{full, full / 2, full / 3}).Draw(t, "mark")
			marks := map[string]float64{"创意": float64(mark)}
			g.tallies = append(g.tallies, award.Tally{Work: id, Category: name, Group: fmt.Sprint("组", k%2),
				Marks: []map[string]float64{marks}})
			if k < 2 {
				d.Grants = append(d.Grants, award.Grant{Work: id, Award: g.rules.Awards[k].Name})
			}
			kind := rapid.SampledFrom([]award.RulingKind{"", "", "", award.RuleDisqualify, award.RuleNominate}).
				Draw(t, "ruling")
			if kind != "" {
				g.rulings = append(g.rulings, award.Ruling{Kind: kind, Work: id, Award: "奖", Reason: "因" + string(id)})
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
		ruled[u.Work] = u.Kind
	}
	part := func(i int) *big.Rat {
		for _, n := range g.rules.Rubrics {
			switch {
			case n.Name != g.works[i].Category:
			case p.By == terms.ByScore:
				return big.NewRat(int64(g.works[i].Official*100), int64(n.Scale*100))
			default:
				return big.NewRat(int64(g.tallies[i].Marks[0]["创意"]), int64(n.Criteria[0].Weight))
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
		return ruled[w] != award.RuleDisqualify && field(i) != "" &&
			(len(p.From) == 0 || slices.Contains(p.From, won[w]))
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
			for _, k := range rivals(i) {
				same := g.works[k].Category == g.works[i].Category && part(k).Cmp(part(i)) == 0
				if same && g.works[k].Place < g.works[i].Place {
					n++
				}
			}
			return n
		}
		before := 0
		for _, k := range rivals(i) {
			if part(k).Cmp(part(i)) > 0 || ahead(k) < ahead(i) {
				before++
			}
		}
		if in(i) && before < p.Count {
			out = append(out, g.works[i].Work)
		}
	}
	return out
}

func TestSpecialPrizesGoAsANoticeSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGallery(t)
		p := terms.SpecialPrize{
			Name: "奖", Criterion: "创意", Count: rapid.IntRange(1, 3).Draw(t, "count"),
			By: rapid.SampledFrom([]terms.SpecialBy{
				terms.ByScore, terms.ByCriterion, terms.ByNomination,
			}).Draw(t, "by"),
			Per: rapid.SampledFrom([]terms.SpecialPer{
				terms.PerContest, terms.PerCategory, terms.PerGroup, terms.PerUnit,
			}).Draw(t, "per"),
			From: rapid.SampledFrom([][]string{nil, {"一等奖"}, {"一等奖", "二等奖"}}).Draw(t, "from"),
		}
		g.rules.Specials = []terms.SpecialPrize{p}
		award.GiveSpecials(g.rules, 1, g.decided, g.works, g.tallies, g.rulings)
		var got []judging.WorkID
		for _, d := range g.decided {
			for _, s := range d.Specials {
				if s.Prize != "奖" || (s.Reason != "") != (p.By == terms.ByNomination) || s.Share > 1 ||
					(s.Share > 0) != (p.By != terms.ByNomination) {
					t.Errorf("%+v", s)
				}
				got = append(got, s.Work)
			}
		}
		slices.SortFunc(got, func(a, b judging.WorkID) int { return cmp.Compare(a, b) })
		if want := g.plainly(p); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		g.tellsUnfit(t, p, got)
	})
}

// tellsUnfit checks that each nominated work gets the prize for it or stands in a note.
func (g gallery) tellsUnfit(t *rapid.T, p terms.SpecialPrize, got []judging.WorkID) {
	for _, u := range g.rulings {
		told := slices.ContainsFunc(g.decided, func(d award.Decision) bool {
			return slices.ContainsFunc(d.Notes, func(n award.Note) bool {
				return n.Why == "awards.special_unfit" && slices.Contains(n.Works, u.Work)
			})
		})
		if u.Kind == award.RuleNominate && told == (p.By == terms.ByNomination && slices.Contains(got, u.Work)) {
			t.Errorf("%s: got it %v, told %v", u.Work, slices.Contains(got, u.Work), told)
		}
	}
}
