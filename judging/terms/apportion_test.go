package terms_test

import (
	"fmt"
	"slices"
	"testing"

	"fayi/judging/terms"
)

// nearest tries all ways to spread n places over lists of so many works and keeps those nearest to even shares, by the
// sum of squares, which largest remainders are known to be. A list has what it has in all of them.
func nearest(n int, works []int) (parts []int, several bool) {
	sum, best := 0, -1
	for _, w := range works {
		sum += w
	}
	n = min(n, sum)
	var try func(at, left, far int, so []int)
	try = func(at, left, far int, so []int) {
		if at < len(works) {
			for p := range min(left, works[at]) + 1 {
				off := p*sum - n*works[at]
				try(at+1, left-p, far+off*off, append(so, p))
			}
			return
		}
		switch {
		case left > 0 || best >= 0 && far > best:
		case best < 0 || far < best:
			best, parts, several = far, slices.Clone(so), false
		default:
			several = true
			for i := range parts {
				parts[i] = min(parts[i], so[i])
			}
		}
	}
	try(0, n, 0, nil)
	return parts, several
}

// TestPlacesAreSpreadAsNearToEvenSharesAsCanBe goes through all small cases.
func TestPlacesAreSpreadAsNearToEvenSharesAsCanBe(t *testing.T) {
	most, tied, cases := 7, 0, 0
	if testing.Short() {
		most = 5
	}
	for code := range (most + 1) * (most + 1) * (most + 1) * (most + 1) {
		works := []int{code % (most + 1), code / (most + 1) % (most + 1), code / (most + 1) / (most + 1) % (most + 1),
			code / (most + 1) / (most + 1) / (most + 1)}
		for n := range 12 {
			cases++
			want, several := nearest(n, works)
			parts, even, left := terms.Apportion(n, works)
			if !slices.Equal(parts, want) || (left > 0) != several {
				t.Fatalf("%d over %v: %v, %d left; the nearest is %v (%v)", n, works, parts, left, want, several)
			}
			sum, all := 0, 0
			for i := range parts {
				sum, all = sum+parts[i], all+works[i]
			}
			if sum+left != min(n, all) || left > 0 && len(even) <= left || left == 0 && len(even) > 0 {
				t.Fatalf("%d over %v: %v, %d left for %v", n, works, parts, left, even)
			}
			for _, i := range even { // whose claims are equal
				if n*works[i]%max(1, all) != n*works[even[0]]%max(1, all) {
					t.Fatalf("%d over %v: %v are not even", n, works, even)
				}
			}
			if several {
				tied++
			}
		}
	}
	if tied < cases/50 || tied > cases/2 {
		t.Errorf("%d of %d cases are tied", tied, cases)
	}
}

// TestPlacesAreSpreadAsPublished holds the method to the example of the encyclopaedia: 10 seats for parties of
// 47,000, 16,000, 15,800, 12,000, 6,100 and 3,100 votes (Wikipedia, Largest remainders method, Hare quota).
func TestPlacesAreSpreadAsPublished(t *testing.T) {
	got, _, left := terms.Apportion(10, []int{47000, 16000, 15800, 12000, 6100, 3100})
	if fmt.Sprint(got, left) != "[5 2 1 1 1 0] 0" {
		t.Error(got, left)
	}
}

func TestListsWithPlacesOfTheirOwnLeaveTheWhole(t *testing.T) {
	ten := terms.Share{Count: 10, Whole: true}
	for _, c := range []struct {
		share terms.Share
		owns  []terms.Share
		fault bool
	}{
		{ten, nil, false},
		{ten, []terms.Share{{Count: 4}, {Count: 6}}, false},
		{ten, []terms.Share{{Count: 4}, {Count: 7}}, true},
		{ten, []terms.Share{{Count: 4}, {Percent: 1}}, true},
		{ten, []terms.Share{{Passed: true}}, true},
		{terms.Share{Percent: 5, Whole: true}, nil, false},
		{terms.Share{Percent: 5, Whole: true}, []terms.Share{{Count: 1}}, true},
		{terms.Share{Count: 10}, []terms.Share{{Count: 40}}, false},
	} {
		f := c.share.WholeFault("一等奖", c.owns)
		if (f != nil) != c.fault || f != nil && (f.Text != "rules.whole_own" || f.Args["Where"] != "一等奖") {
			t.Errorf("%+v with %+v: %+v", c.share, c.owns, f)
		}
	}
}
