package judging_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

// capped decides one list by two awards with enforced caps.
func capped(first, second int, c judging.Caps, f []award.Candidate, rulings ...award.Ruling) award.Decision {
	rules := twoAwards(first, second)
	c.Enforce = true
	rules.Caps = c
	return award.DecideAll(rules, f, rulings)[0]
}

func give(id string, w judging.WorkID, prize string) award.Ruling {
	return award.Ruling{ID: id, Kind: award.RuleGive, Work: w, Award: prize, Reason: "评委会复议"}
}

func TestACapKeepsTheBetterWork(t *testing.T) {
	by := func(authors [][]string, f []award.Candidate) []award.Candidate {
		for i := range authors {
			f[i].Authors = authors[i]
		}
		return f
	}
	for _, tt := range []struct {
		name string
		d    award.Decision
		want string
	}{
		{"of one award the higher score",
			capped(3, 0, judging.Caps{PerUnit: 1}, field([]string{"甲", "甲", "乙", "丙"}, 90, 80, 70, 60)),
			"一 w1 w3 w4"},
		{"of an author's too",
			capped(3, 0, judging.Caps{PerAuthor: 1}, by([][]string{{"张三"}, {"张三"}}, field(nil, 90, 80, 70, 60))),
			"一 w1 w3 w4"},
		{"of one award and score the earlier identity",
			capped(2, 0, judging.Caps{PerUnit: 1}, field([]string{"甲", "甲", "乙"}, 90, 90, 80)), "一 w1 w3"},
		{"the higher award before the higher score",
			capped(1, 2, judging.Caps{PerUnit: 1}, field([]string{"乙", "甲", "甲"}, 90, 80, 70), give("u1", "w1", "二")),
			"一 w2; 二 w1"},
		{"exactly the cap is within it",
			capped(2, 1, judging.Caps{PerUnit: 2}, field([]string{"甲", "甲", "乙"}, 90, 80, 70)), "一 w1 w2; 二 w3"},
		{"works without a unit have no cap",
			capped(3, 0, judging.Caps{PerUnit: 1}, field([]string{"", " ", "甲"}, 90, 80, 70)), "一 w1 w2 w3"},
		{"nor have works without an author",
			capped(3, 0, judging.Caps{PerAuthor: 1},
				by([][]string{{""}, {" "}, nil}, field([]string{"甲", "甲", "甲"}, 90, 80, 70))),
			"一 w1 w2 w3"},
		{"a cap of authors is none of units",
			capped(3, 0, judging.Caps{PerAuthor: 1}, field([]string{"甲", "甲", "甲"}, 90, 80, 70)), "一 w1 w2 w3"},
		{"nor the other way",
			capped(2, 0, judging.Caps{PerUnit: 2}, by([][]string{{"张三"}, {"张三"}}, field([]string{"甲", "甲"}, 90, 80))),
			"一 w1 w2"},
		{"an author of another unit is another",
			capped(2, 0, judging.Caps{PerAuthor: 1}, by([][]string{{"张三"}, {"张三"}}, field([]string{"甲", "乙"}, 90, 80))),
			"一 w1 w2"},
	} {
		if got := given(tt.d); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAwardsThatPeopleGaveComeFirstUnderACap(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    award.Decision
		want string
	}{
		{"a given award, though lower, uses up the cap",
			capped(1, 2, judging.Caps{PerUnit: 1}, field([]string{"甲", "甲", "乙", "丙"}, 90, 80, 70, 60),
				give("u1", "w2", "二")), "一 w3; 二 w2 w4"},
		{"a given award counts but is never beyond",
			capped(2, 1, judging.Caps{PerUnit: 1}, field([]string{"甲", "甲", "甲", "乙"}, 90, 80, 70, 60),
				give("u1", "w2", "一"), give("u2", "w3", "二")), "一 w2 w4; 二 w3"},
	} {
		if got := given(tt.d); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAWorkBeyondBothCapsIsToldOfItsAuthor(t *testing.T) {
	f := field([]string{"甲", "甲", "乙"}, 90, 80, 70)
	f[0].Authors, f[1].Authors = []string{"张三", "李四"}, []string{"李四", "张三"}
	d := capped(2, 0, judging.Caps{PerUnit: 1, PerAuthor: 1}, f)
	if want := []noted{{"", 1, 0, "awards.author_cap"}}; given(d) != "一 w1 w3" || !slices.Equal(noting(d.Notes), want) {
		t.Errorf("%s, %+v", given(d), d.Notes)
	}
	if args := d.Notes[0].Args("书法 小学组"); args["Count"] != 1 || args["List"] != "书法 小学组" {
		t.Errorf("told with %v", args)
	}
}

// Where no scores are equal and nothing is ruled, a cap is simple: from the best down, each work takes the next place
// unless its unit or its author has enough already.
func TestCapsAgreeWithGivingPlacesFromTheBestDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 16).Draw(t, "n")
		scores, units := make([]float64, n), make([]string, n)
		for i := range n {
			scores[i], units[i] = float64(90-i), rapid.SampledFrom([]string{"甲", "乙", "丙", ""}).Draw(t, "unit")
		}
		var caps judging.Caps
		caps.PerUnit = rapid.IntRange(0, 3).Draw(t, "unit cap")
		caps.PerAuthor = rapid.IntRange(0, 2).Draw(t, "author cap")
		first, second := rapid.IntRange(0, 4).Draw(t, "first"), rapid.IntRange(0, 4).Draw(t, "second")
		f := field(units, scores...)
		for i := range f {
			f[i].Authors = []string{rapid.SampledFrom([]string{"张三", "李四", "王五"}).Draw(t, "author")}
		}
		byUnit, byAuthor, places := map[string]int{}, map[string]int{}, 0
		var want []award.Grant
		for _, c := range f {
			unit, author := c.Unit, c.Authors[0]+c.Unit
			full := caps.PerUnit > 0 && unit != "" && byUnit[unit] == caps.PerUnit
			full = full || caps.PerAuthor > 0 && byAuthor[author] == caps.PerAuthor
			if full || places == first+second {
				continue
			}
			prize := "一"
			if places >= first {
				prize = "二"
			}
			want = append(want, award.Grant{Work: c.Work, Award: prize, Place: c.Place, DecidedBy: "quota"})
			byUnit[unit], byAuthor[author], places = byUnit[unit]+1, byAuthor[author]+1, places+1
		}
		if d := capped(first, second, caps, f); !slices.Equal(d.Grants, want) {
			t.Fatalf("%+v, want %+v", d.Grants, want)
		}
	})
}
