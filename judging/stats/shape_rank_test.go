package stats_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"fayi/judging/shapes"
	"fayi/judging/stats"
)

func tauOf(s shapes.Seen) float64   { return s.Tau }
func coverOf(s shapes.Seen) float64 { return s.Cover }

// One method must be near the best in every shape, and its intervals and chances must be true in each. docs/fairness.md
// has the same of more contests.
func TestOneMethodIsGoodInEveryShape(t *testing.T) {
	seeds := 10
	if testing.Short() {
		seeds = 3
	}
	gains := map[string]float64{"heavy tails": .012, "gross errors": .018, "drift": .008}
	for _, s := range shapes.All() {
		t.Run(s.Name, func(t *testing.T) {
			seen, err := s.Run(
				context.Background(), seeds*max(1, 600/s.Works), stats.Mean, stats.ZScore, stats.Hier1, stats.Hier,
			)
			if err != nil {
				t.Fatal(err)
			}
			now := seen[stats.Hier]
			for _, m := range []stats.Method{stats.Mean, stats.ZScore, stats.Hier1} {
				least := -.012 // where judges are alike, what is not there to be corrected costs this
				if m == stats.Hier1 {
					least = -.004 + gains[s.Name]
				}
				if gain := now.Gain(seen[m], tauOf); gain.Mean < least {
					t.Errorf("τ less that of %s: %+v", m, gain)
				}
			}
			if cover := now.Of(coverOf); cover.Mean < .925 || cover.Mean > .98 {
				t.Errorf("intervals hold %+v of the true places", cover)
			}
			if slope := now.Slope(); slope.Mean < .88 || slope.Mean > 1.12 {
				t.Errorf("chances have the slope %+v", slope)
			}
		})
	}
}

// Steps bound noise from nowhere below, so that a fit could take several judges to be without any, and believe them
// alone: in this contest it did.
func TestNoJudgeIsTakenToBeWithoutNoise(t *testing.T) {
	for _, s := range shapes.All() {
		if s.Name != "ceiling" {
			continue
		}
		c := s.Draw(12)
		for j, p := range rank(t, c.Table, stats.Hier, stats.Options{}).Judges {
			if p.Noise < 1 {
				t.Errorf("judge %d has a noise of %.3f points", j, p.Noise)
			}
		}
		if seen, err := c.Rank(context.Background(), stats.Hier); err != nil || seen.Cover < .92 {
			t.Errorf("intervals hold %.3f of the true places: %v", seen.Cover, err)
		}
	}
}

// What a list's works are corrected to and what their chances are come from one fit: they never contradict.
func TestChancesFollowValuesWithinAList(t *testing.T) {
	for _, s := range shapes.All() {
		c := s.Draw(1)
		for _, m := range stats.Methods() {
			r := rank(t, c.Table, m, stats.Options{})
			for _, works := range c.Lists {
				list := r.Among(works, []int{2, 5})
				slices.SortFunc(list, func(a, b stats.Standing) int { return cmp.Compare(a.Rank, b.Rank) })
				for i, a := range list[:len(list)-1] {
					x, y := a.Award, list[i+1].Award
					if list[i+1].Rank > a.Rank && (y[0] > x[0] || y[1] > x[1]) || x[0] > x[1] {
						t.Fatalf("%s, %s: place %d has chances %v, the next %v", s.Name, m, a.Rank, x, y)
					}
				}
			}
		}
	}
}
