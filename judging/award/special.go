package award

import (
	"cmp"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// Special is one work that gets a SpecialPrize, as it was decided.
type Special struct {
	Prize string         `json:"prize"`
	Work  judging.WorkID `json:"work"`
	// what it was given for: the official score or the mean mark, as a part of full marks rounded to 4 decimals;
	// 0 by nomination and by votes
	Share  float64 `json:"share,omitempty"`
	Votes  int     `json:"votes,omitempty"`  // of an audience, where they decide
	Reason string  `json:"reason,omitempty"` // of a nomination
}

// Percent is Share as people read it, in percent with at most two decimals; "" where there is none.
func (s Special) Percent() string {
	if s.Share == 0 {
		return ""
	}
	return judging.Exact(s.Share * 100).String()
}

// runner is a work that can get one special prize.
type runner struct {
	Candidate
	group string // of its authors, also where the category is ranked as one
	value fraction
	list  string
	// how many works of equal value its own list places before it
	behind int
}

// field is what special prizes are given from.
type field struct {
	sheet   judging.Rules // as written: official scores are on the scale of its rubrics
	rules   judging.Rules // as they hold in the round
	works   []Candidate
	tallies map[judging.WorkID]Tally
	awards  map[judging.WorkID]string
	out     map[judging.WorkID]bool // disqualified, or without an award by a ruling
	named   []Ruling                // nominations that hold, oldest first
}

// GiveSpecials adds to each decision the special prizes that works of its list get. works must be those that decided
// were made of; tallies are the round's, for marks. A work that was disqualified, or from which every award was
// withheld, gets none. Works that are equal to the last one that gets a prize get it too. Works of a later round stand
// above all others.
func GiveSpecials(
	sheet judging.Rules, round judging.Round, decided []Decision, works []Candidate, tallies []Tally, rulings []Ruling,
) {
	f := field{sheet: sheet, rules: sheet.In(round), works: works, tallies: map[judging.WorkID]Tally{},
		awards: map[judging.WorkID]string{}, out: map[judging.WorkID]bool{}}
	for _, u := range rulings {
		if u.Kind == RuleNominate && u.Recalled == "" {
			f.named = append(f.named, u)
		}
	}
	if len(sheet.Specials)+len(f.named) == 0 {
		return
	}
	for _, t := range tallies {
		f.tallies[t.Work] = t
	}
	for id, u := range newDealer(sheet, rulings).words {
		f.out[id] = u.Kind == RuleDisqualify || u.Kind == RuleWithhold
	}
	at := map[string]int{}
	for i, d := range decided {
		at[d.ID()] = i
		for _, g := range d.Grants {
			f.awards[g.Work] = g.Award
		}
	}
	for _, p := range sheet.Specials {
		for _, r := range f.given(p) {
			i := at[r.list]
			s := Special{Prize: p.Name, Work: r.Work, Reason: f.reasonOf(p, r.Work)}
			if p.By == terms.ByAudience {
				s.Votes = int(r.value.sum)
			} else {
				s.Share = judging.Points(r.value.sum * pointParts / judging.Points(max(1, r.value.n))).Float()
			}
			decided[i].Specials = append(decided[i].Specials, s)
		}
	}
	f.tellUnfit(decided, at)
}

// tellUnfit notes the works that were nominated for a prize and don't get it: they can't, or the rules give it in
// another way by now.
func (f field) tellUnfit(decided []Decision, at map[string]int) {
	told := map[Special]bool{}
	for _, c := range f.works {
		i := at[listID(c)]
		for _, u := range f.named {
			one := Special{Prize: u.Award, Work: u.Work}
			if u.Work != c.Work || told[one] {
				continue
			}
			told[one] = true
			gets := func(s Special) bool { return s.Work == u.Work && s.Prize == u.Award && s.Reason != "" }
			if !slices.ContainsFunc(decided[i].Specials, gets) {
				decided[i].note(u.Award, 0, 0, "awards.special_unfit", c.Work)
			}
		}
	}
}

func listID(c Candidate) string { return Decision{Category: c.Category, Group: c.Group}.ID() }

// given lists the works that get a prize, best first.
func (f field) given(p terms.SpecialPrize) (out []runner) {
	var order []string
	fields := map[string][]runner{}
	for _, r := range f.runners(p) {
		key := p.FieldOf(r.Category, r.group, r.Home)
		if key == "" && p.Per != terms.PerContest {
			continue
		}
		if fields[key] == nil {
			order = append(order, key)
		}
		fields[key] = append(fields[key], r)
	}
	for _, key := range order {
		if p.By == terms.ByNomination {
			out = append(out, fields[key]...)
			continue
		}
		out = append(out, best(fields[key], p)...)
	}
	return out
}

// runners are the works that can get a prize, each with what counts.
func (f field) runners(p terms.SpecialPrize) (out []runner) {
	for _, c := range f.works {
		award := f.awards[c.Work]
		if f.out[c.Work] || len(p.From) > 0 && !slices.Contains(p.From, award) || award == "" && c.Place == 0 {
			continue
		}
		t := f.tallies[c.Work]
		r := runner{Candidate: c, group: cmp.Or(t.Group, c.Group)}
		r.list = listID(c)
		ok := false
		switch p.By {
		case terms.ByNomination:
			ok = f.reasonOf(p, c.Work) != ""
		case terms.ByScore:
			full := int64(judging.Exact(f.sheet.RubricOf(c.Category).Scale))
			r.value, ok = fraction{judging.Exact(c.Official), full}, full > 0
		case terms.ByCriterion:
			r.value, ok = f.markOf(t, p.Criterion)
		case terms.ByAudience:
			r.value, ok = f.votesOf(t)
		}
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// votesOf is how many votes of an audience hold for a work; ok is false where none do.
func (f field) votesOf(t Tally) (value fraction, ok bool) {
	if t.Votes == nil {
		return fraction{}, false
	}
	n := f.sheet.Audience.Counted(*t.Votes)
	return fraction{judging.Points(n), 1}, n > 0
}

// markOf is a work's mean mark of a criterion as a part of its full mark; ok is false where it has none.
func (f field) markOf(t Tally, criterion string) (value fraction, ok bool) {
	rubric := f.rules.RubricOf(t.Category)
	i := rubric.Index(criterion)
	if i < 0 {
		return fraction{}, false
	}
	marks := criterionMarks(rubric, t.Marks)[i]
	full := int64(judging.Exact(rubric.Criteria[i].Weight))
	return fraction{sumOf(marks), int64(len(marks)) * full}, len(marks) > 0 && full > 0
}

// reasonOf is why a work was nominated for a prize; "" where it was not, or the prize is given in another way.
func (f field) reasonOf(p terms.SpecialPrize, work judging.WorkID) string {
	for _, u := range slices.Backward(f.named) {
		if p.By == terms.ByNomination && u.Award == p.Name && u.Work == work {
			return u.Reason
		}
	}
	return ""
}

// best are as many works as get the prize, and those equal to the last of them. Of works of equal value those come
// later that the rules place behind others of them in their own list; an audience looks at no place and at no round.
func best(list []runner, p terms.SpecialPrize) []runner {
	votes, count := p.By == terms.ByAudience, p.Count
	same := func(a, b runner) bool { return (votes || a.Round == b.Round) && a.value.compare(b.value) == 0 }
	for i := range list {
		for _, o := range list {
			if !votes && same(o, list[i]) && o.list == list[i].list && o.Place < list[i].Place {
				list[i].behind++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b runner) int {
		round := -cmp.Compare(a.Round, b.Round)
		if votes {
			round = 0
		}
		return cmp.Or(round, -a.value.compare(b.value), cmp.Compare(a.behind, b.behind), cmp.Compare(a.Work, b.Work))
	})
	end := min(count, len(list))
	for end > 0 && end < len(list) && same(list[end], list[end-1]) && list[end].behind == list[end-1].behind {
		end++
	}
	return list[:end]
}
