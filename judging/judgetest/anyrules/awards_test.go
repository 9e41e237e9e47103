package anyrules

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// lists sorts works by what is placed together.
func (d drawn) lists() (out []list) {
	for _, c := range d.sheet.Categories {
		for _, g := range append(slices.Clone(c.Groups), "") {
			l := list{d: d}
			for _, p := range d.works {
				own := ""
				if slices.Contains(c.Groups, p.group) {
					own = p.group
				}
				if p.category == c.Name && own == g {
					l.works = append(l.works, p)
				}
			}
			if len(l.works) > 0 {
				out = append(out, l)
			}
		}
	}
	return out
}

// shareOf is the most exact share that the rules name for an award in the list.
func (l list) shareOf(a judging.Award) judging.Share {
	out, own := a.Share, l.works[0]
	if a.Whole {
		out = l.partOf(a)
	}
	for _, q := range l.d.sheet.Quotas {
		if q.Award == a.Name && q.Category == own.category && q.Group == "" {
			out = q.Share
		}
	}
	c, _ := l.d.sheet.Category(own.category)
	for _, q := range l.d.sheet.Quotas {
		same := q.Award == a.Name && q.Category == own.category && q.Group == own.group
		if same && slices.Contains(c.Groups, q.Group) {
			out = q.Share
		}
	}
	return out
}

// places is how many of n works a share has room for.
func places(s judging.Share, n int) int {
	if s.Percent == 0 {
		return min(s.Count, n)
	}
	part := new(big.Rat).Mul(exact(s.Percent), big.NewRat(int64(n), 100))
	whole := int(floor(part).Int64())
	rest := new(big.Rat).Sub(part, big.NewRat(int64(whole), 1))
	switch {
	case s.Rounding == judging.Up && rest.Sign() > 0,
		(s.Rounding == "" || s.Rounding == judging.Nearest) && rest.Cmp(big.NewRat(1, 2)) >= 0:
		whole++
	}
	return min(whole, n)
}

// reaches tells whether a work has the least score of a share, or passed where all that passed are meant.
func (l list) reaches(s judging.Share, w standing) bool {
	if !s.Passed {
		return w.official.Cmp(exact(s.MinScore)) >= 0
	}
	pass := map[string]*big.Rat{"2/3": big.NewRat(2, 3), "60%": big.NewRat(3, 5), "1/2": big.NewRat(1, 2)}
	return l.official(w.piece).Cmp(new(big.Rat).Mul(pass[l.d.sheet.Voting.Pass], big.NewRat(100, 1))) >= 0
}

// most is how many works may have one of the awards of a total; parts of a work do not count unless the rules say so.
func (l list) most(t terms.AwardTotal, ranked int) int {
	s := t.Share
	if s.Rounding == "" {
		s.Rounding = judging.Down
	}
	if s.Whole {
		return l.part(s, func(list) (judging.Share, bool) { return judging.Share{}, false })
	}
	return places(s, ranked)
}

func count(won map[judging.WorkID]string, awards []string) (n int) {
	for _, a := range won {
		if slices.Contains(awards, a) {
			n++
		}
	}
	return n
}

// awards says who gets what, and who would move up next: works of equal place go together, best first.
func (l list) awards(all []standing) (won map[judging.WorkID]string, next []judging.WorkID) {
	won = map[judging.WorkID]string{}
	field := slices.DeleteFunc(slices.Clone(all), func(s standing) bool { return s.place == 0 })
	slices.SortFunc(field, func(a, b standing) int { return cmp.Or(a.place-b.place, cmp.Compare(a.id, b.id)) })
	ranked, owed := len(field), 0
	for _, a := range l.d.sheet.Awards {
		share := l.shareOf(a)
		room := places(share, ranked)
		if share.Passed {
			room = ranked
		}
		less := min(owed, room)
		room, owed = room-less, owed-less
		for _, t := range l.d.sheet.Totals {
			if slices.Contains(t.Awards, a.Name) {
				room = min(room, max(0, l.most(t, ranked)-count(won, t.Awards)))
			}
		}
		for room > 0 && len(field) > 0 && l.reaches(share, field[0]) {
			even := 1
			for even < len(field) && field[even].place == field[0].place {
				even++
			}
			if even > room && l.d.sheet.TieAtCut == judging.TieEmpty {
				break
			}
			if even <= room || l.d.sheet.TieAtCut == judging.TieShare {
				for _, s := range field[:even] {
					won[s.id] = a.Name
				}
			}
			if even > room && l.d.sheet.TieTakesNext {
				owed += even - room
			}
			field, room = field[even:], max(0, room-even)
		}
	}
	for _, s := range field[:min(2, len(field))] {
		next = append(next, s.id)
	}
	return won, next
}
