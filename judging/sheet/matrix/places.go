package matrix

import (
	"fmt"

	"fayi/judging"
)

// spreads reports whether places are counted over the whole contest.
func (b book) spreads() bool {
	for _, l := range b.Lists {
		for _, a := range l.Awards {
			if a.Share.Whole {
				return true
			}
		}
		for _, t := range l.Totals {
			if t.Whole {
				return true
			}
		}
	}
	return false
}

// places computes a share in row r of the sheet of awards, where the works ranked stand in column C and awards in D.
// One over the whole contest is spread by largest remainders: an award has a row in each list, so that those of one
// award are all lists. A remainder counts if all that are at least as large get a place, too.
func (b book) places(s judging.Share, r int) string {
	if !s.Whole {
		return placesOf(s, fmt.Sprintf("C%d", r))
	}
	last := 3
	for _, l := range b.Lists {
		last += len(l.Awards)
	}
	works := fmt.Sprintf("$C$4:$C$%d", last)
	same := fmt.Sprintf("($D$4:$D$%d=D%d)", last, r)
	all := fmt.Sprintf("MAX(1,SUMPRODUCT(%s*%s))", same, works)
	most := fmt.Sprintf("MIN(%s,%s)", placesOf(s, all), all)
	return fmt.Sprintf(
		"(INT(%[1]s*C%[2]d/%[3]s)+IF(SUMPRODUCT(%[4]s*(MOD(%[1]s*%[5]s,%[3]s)>=MOD(%[1]s*C%[2]d,%[3]s)))"+
			"<=%[1]s-SUMPRODUCT(%[4]s*INT(%[1]s*%[5]s/%[3]s)),1,0))",
		most, r, all, same, works,
	)
}

// placesOf computes a share of so many works.
func placesOf(s judging.Share, works string) string {
	if s.Percent == 0 {
		return fmt.Sprint(s.Count)
	}
	exact := fmt.Sprintf("%s*%s/100", judging.Exact(s.Percent), works)
	switch s.Rounding {
	case judging.Down:
		return "ROUNDDOWN(" + exact + "+0.000000001,0)"
	case judging.Up:
		return "ROUNDUP(" + exact + "-0.000000001,0)"
	}
	return "ROUNDDOWN(" + exact + "+0.500000001,0)"
}
