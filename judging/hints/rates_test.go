package hints_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

// seeds is how many rounds are drawn of each world: FAYI_HINTS asks for more, as the figures of the manual have them.
func seeds(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("FAYI_HINTS")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 4
	}
	return usual
}

// Of rounds in which nobody favours or copies one in a hundred, at most, may have a hint of each kind.
func TestNobodyIsNamedWhereNobodyFavours(t *testing.T) {
	n := seeds(80)
	var favours, copies, changes, rounds int
	for x, w := range worlds {
		w.revised = .15
		f, c, ch := 0, 0, 0
		for seed := range n {
			d := w.draw(t, uint64(1000*(x+1)+seed))
			for j := range d.Own {
				if seed%2 == 0 {
					d.Own[j] = j % w.units
				}
			}
			f += min(1, len(d.Favours()))
			c += min(1, len(d.Copies()))
			ch += min(1, len(d.Changes(d.changes)))
		}
		t.Logf("%-22s of %d rounds: favours %d, copies %d, changes %d", w.name, n, f, c, ch)
		favours, copies, changes, rounds = favours+f, copies+c, changes+ch, rounds+n
	}
	for name, got := range map[string]int{"favours": favours, "copies": copies, "changes": changes} {
		t.Logf("%s: %.2f %% of %d rounds", name, 100*float64(got)/float64(rounds), rounds)
		if most := tolerable(rounds); got > most {
			t.Errorf("%s in %d of %d rounds, at most %d may be", name, got, rounds, most)
		}
	}
}

// tolerable is more false alarms than a rate of 1 % gives but once in 10,000 times.
func tolerable(n int) int {
	p, sum := 1.0, 0.0
	for range n {
		p *= .99
	}
	for k := 0; ; k++ {
		if sum += p; sum > 1-1e-4 {
			return k
		}
		p *= float64(n-k) / float64(k+1) * .01 / .99
	}
}

// What is there is found, as often as so few works can show it.
func TestFavoursAreFound(t *testing.T) {
	n := seeds(40)
	for _, c := range []struct {
		works int
		own   bool
		least float64
	}{{3, true, 0}, {6, true, 0}, {10, true, .2}, {15, true, .4}, {3, false, 0}, {6, false, 0}, {10, false, .05},
		{15, false, .2}} {
		w := worlds[0]
		w.favour, w.favoured = 8, c.works
		found, wrong := 0, 0
		for seed := range n {
			d := w.draw(t, uint64(seed))
			if c.own {
				for j := range d.Own {
					d.Own[j] = j
				}
			}
			for _, f := range d.Favours() {
				if f.Judge == 0 && f.Unit == 0 {
					found++
				} else {
					wrong++
				}
			}
		}
		rate := float64(found) / float64(n)
		t.Logf("8 points, %2d works, own unit known %-5v: named in %3.0f %%, others in %.1f %%",
			c.works, c.own, 100*rate, 100*float64(wrong)/float64(n))
		if rate < c.least {
			t.Errorf("%d works: %s of %d named", c.works, fmt.Sprint(found), n)
		}
	}
}

func TestCopiesAndChangesAreFound(t *testing.T) {
	n := seeds(40)
	for _, works := range []int{5, 8, 12, 20} {
		w := worlds[0]
		w.copied = works
		copies, wrong := 0, 0
		for seed := range n {
			for _, c := range w.draw(t, uint64(seed)).Copies() {
				if c.Judge == 0 && c.Other == 1 {
					copies++
				} else {
					wrong++
				}
			}
		}
		w.copied, w.talked, w.revised = 0, works, .05
		changes, mistaken := 0, 0
		for seed := range n {
			d := w.draw(t, uint64(seed))
			is := false
			for _, a := range d.Changes(d.changes) {
				if a.Judge == 1 && a.Other == 0 {
					is = true
				} else {
					mistaken++
				}
			}
			if is {
				changes++
			}
		}
		t.Logf("%2d works: copies named in %3.0f %%, others %d; changes in %3.0f %%, others %d; of %d rounds",
			works, 100*float64(copies)/float64(n), wrong, 100*float64(changes)/float64(n), mistaken, n)
		if works == 20 && (copies < n*6/10 || changes < n*5/10) {
			t.Errorf("%d works: %d copies, %d changes of %d found", works, copies, changes, n)
		}
	}
}
