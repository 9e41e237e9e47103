package shapes

import (
	"context"
	"math"
	"reflect"
	"testing"

	"fayi/judging/stats"
)

func TestAShapeIsDrawnTheSameForTheSameSeed(t *testing.T) {
	for _, s := range All() {
		a, b, other := s.Draw(7), s.Draw(7), s.Draw(8)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: two contests of one seed", s.Name)
		}
		if reflect.DeepEqual(a.Truth, other.Truth) {
			t.Errorf("%s: one contest of two seeds", s.Name)
		}
		if err := a.Table.Check(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		listed := 0
		for _, list := range a.Lists {
			listed += len(list)
		}
		if listed != a.Table.Works || len(a.Table.Scores) != a.Table.Works*s.K {
			t.Errorf("%s: %d works listed, %d scores", s.Name, listed, len(a.Table.Scores))
		}
	}
}

func TestShapesAreWhatTheirNamesSay(t *testing.T) {
	pieces := map[string]int{"five pieces": 5, "one stray work": 2}
	for _, s := range All() {
		c := s.Draw(1)
		if got := c.Table.Components().Count; got != max(1, pieces[s.Name]) {
			t.Errorf("%s has %d pieces", s.Name, got)
		}
		values, top := map[float64]bool{}, 0
		for _, score := range c.Table.Scores {
			values[score.Value] = true
			if score.Value == 100 {
				top++
			}
		}
		switch s.Name {
		case "five values":
			if len(values) != 5 {
				t.Errorf("%s: %d of them", s.Name, len(values))
			}
		case "ceiling":
			if share := float64(top) / float64(len(c.Table.Scores)); share < .05 {
				t.Errorf("%s: %.3f of the marks are full", s.Name, share)
			}
		}
	}
}

// Figures are known by hand for a truth of four works and what is said of them.
func TestFiguresAreThoseCountedByHand(t *testing.T) {
	truth := []float64{4, 3, 2, 1}
	list := []stats.Standing{
		{Value: 3, RankLo: 1, RankHi: 1, Award: []float64{.8}},
		{Value: 4, RankLo: 1, RankHi: 2, Award: []float64{.6}},
		{Value: 1, RankLo: 4, RankHi: 4, Award: []float64{0}},
		{Value: 1, RankLo: 4, RankHi: 4, Award: []float64{.6}},
	}
	var s Seen
	s.add(list, truth, 2, 1)
	// Of six pairs one is the wrong way round and one is tied: (4 - 1)/√(6·5).
	if want := 3 / math.Sqrt(30); math.Abs(s.Tau-want) > 1e-12 {
		t.Errorf("τ %v, want %v", s.Tau, want)
	}
	if s.Top != 0 || s.Cover != .75 || math.Abs(s.Brier-(.04+.16+0+.36)/4) > 1e-12 {
		t.Errorf("%+v", s)
	}
	// Less the half that two of four places are: .3 .1 -.5 .1, and .5 .5 -.5 -.5.
	if math.Abs(s.Claimed-.36) > 1e-12 || math.Abs(s.Real-.4) > 1e-12 {
		t.Errorf("%+v", s)
	}
}

func TestErrorsAreThoseOfMeans(t *testing.T) {
	s := Sample{{Tau: 1, Claimed: 1, Real: 2}, {Tau: 2, Claimed: 1, Real: 1}, {Tau: 6, Claimed: 2, Real: 1}}
	f := s.Of(func(s Seen) float64 { return s.Tau })
	if f.Mean != 3 || math.Abs(f.Error-math.Sqrt(14.0/2/3)) > 1e-12 { // squares 4, 1, 9
		t.Errorf("%+v", f)
	}
	if s.Slope().Mean != 1 || !(s.Slope().Error > 0) {
		t.Errorf("%+v", s.Slope())
	}
	if g := s.Gain(s, func(s Seen) float64 { return s.Tau }); g != (Figure{}) {
		t.Errorf("a method gains %+v over itself", g)
	}
}

// Where all judges agree and hold one order, pairs held out are all ordered rightly, and none by equal values.
func TestHeldOutPairsAreCounted(t *testing.T) {
	var all stats.Table
	all.Works, all.Judges = 12, 3
	for i := range all.Works {
		for j := range all.Judges {
			all.Scores = append(all.Scores, stats.Score{Work: i, Judge: j, Value: float64(60 + i)})
		}
	}
	held, err := Held(context.Background(), all, nil, 3, stats.Mean)
	if err != nil || len(held[stats.Mean]) != 3 {
		t.Fatal(held, err)
	}
	for _, share := range held[stats.Mean] {
		if share != 1 {
			t.Errorf("%v ordered rightly", share)
		}
	}
	for k := range all.Scores { // upside down for the first judge: what was held out of them is ordered wrongly
		if s := &all.Scores[k]; s.Judge == 0 {
			s.Value = 10 * (100 - s.Value)
		}
	}
	first := make([]bool, len(all.Scores))
	for i := range all.Works {
		first[i*3] = true
	}
	if held, err = Held(context.Background(), all, first, 1, stats.Mean); err != nil || held[stats.Mean][0] != 0 {
		t.Error(held, err)
	}
	if g := Paired([]float64{1, 2, 4}, []float64{0, 1, 2}); math.Abs(g.Mean-4.0/3) > 1e-12 || !(g.Error > 0) {
		t.Errorf("%+v", g)
	}
}
