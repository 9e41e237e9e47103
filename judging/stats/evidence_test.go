package stats_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"fayi/judging/stats"
)

// Planted favours and grudges of 18 points must be among the oddest scores (fairness.md, section 3, gives 24 % and
// 34 % over 20 seeds).
func TestPlantedFavoursAreSurprising(t *testing.T) {
	for scenario, want := range map[int]float64{4: .24, 6: .34} {
		found, planted := 0.0, 0.0
		for seed := 1; seed <= 10; seed++ {
			name := fmt.Sprintf("S%d_seed%02d", scenario, seed)
			marks, r := must(
				t,
				"sim/"+name+".scores.csv.gz",
			).column("planted"),
				rank(
					t,
					simulated(t, name, false),
					stats.Hier,
					stats.Options{},
				)
			odd := slices.Clone(r.Surprise)
			for i, z := range odd {
				odd[i] = math.Abs(z)
			}
			slices.Sort(odd)
			cut := odd[len(odd)*99/100]
			for i, mark := range marks {
				if mark != 0 {
					planted++
					if math.Abs(r.Surprise[i]) >= cut {
						found++
					}
				}
			}
		}
		if t.Logf("S%d: %g of %g", scenario, found, planted); found/planted < want-.06 {
			t.Errorf("S%d: %.2f of planted scores found, want about %.2f", scenario, found/planted, want)
		}
	}
}

// A surprise is a standard normal number where the model is right.
func TestSurprisesAreStandard(t *testing.T) {
	for _, m := range []stats.Method{stats.Additive, stats.BLUP, stats.Hier} {
		r := rank(t, simulated(t, "S1_seed01", false), m, stats.Options{})
		sum := 0.0
		for _, z := range r.Surprise {
			sum += z * z / float64(len(r.Surprise))
		}
		if sum < .9 || sum > 1.1 {
			t.Errorf("%s: mean square %.3f", m, sum)
		}
	}
}

func TestJudgesAreDescribedAsTheyAre(t *testing.T) {
	table := simulated(t, "S2_seed01", false)
	truth := must(t, "sim/S2_seed01.judges.csv.gz")
	r := rank(t, table, stats.Hier, stats.Options{})
	for column, of := range map[string]func(stats.Profile) float64{
		"bias":  func(p stats.Profile) float64 { return p.Severity },
		"scale": func(p stats.Profile) float64 { return p.Scale },
		"sigma": func(p stats.Profile) float64 { return p.Noise },
	} {
		if c := correlation(r.Judges, truth.column(column), of); c < .85 {
			t.Errorf("%s: correlation %.3f with the truth", column, c)
		}
	}
	for j, p := range r.Judges {
		if p.Reliability <= 0 || p.Reliability >= 1 || p.Agreement < .3 || p.Outfit < .5 || p.Outfit > 2 || p.SE <= 0 {
			t.Errorf("judge %d: %+v", j, p)
		}
	}
}

func correlation(judges []stats.Profile, truth []float64, of func(stats.Profile) float64) float64 {
	var n, x, y, xx, xy, yy float64
	for j, p := range judges {
		a, b := of(p), truth[j]
		n, x, y, xx, xy, yy = n+1, x+a, y+b, xx+a*a, xy+a*b, yy+b*b
	}
	return (xy - x*y/n) / math.Sqrt((xx-x*x/n)*(yy-y*y/n))
}

func TestDriftIsSeenWhereOrderIsKnown(t *testing.T) {
	table := simulated(t, "S2_seed01", false)
	before := rank(t, table, stats.Hier, stats.Options{})
	seen := make([]int, table.Judges)
	for i := range table.Scores {
		s := &table.Scores[i]
		seen[s.Judge]++
		s.Order = seen[s.Judge]
		if s.Judge == 3 {
			s.Value += .3 * float64(s.Order)
		}
	}
	r := rank(t, table, stats.Hier, stats.Options{})
	if p := r.Judges[3]; math.Abs(p.Drift-3) > 1.2 || p.DriftZ < 5 {
		t.Errorf("drift %.2f per 10 works, z %.1f, want about 3", p.Drift, p.DriftZ)
	}
	if p := before.Judges[3]; p.Drift != 0 || p.DriftZ != 0 {
		t.Errorf("drift %g without order", p.Drift)
	}
}

func TestTiesCountEqualPairs(t *testing.T) {
	r := rank(t, rows([]float64{5, 1}, []float64{5, 2}, []float64{6, 3}, []float64{5, 4}), stats.Mean, stats.Options{})
	near(t, "judge 0", r.Judges[0].Ties, .5, 1e-12)
	near(t, "judge 1", r.Judges[1].Ties, 0, 0)
}

func TestExplanationShowsWhatCounts(t *testing.T) {
	table := rows([]float64{90, 80, 70, 85}, []float64{60, 75, 72, 66}, []float64{70, 71, 64, 90})
	r := rank(t, table, stats.Trimmed, stats.Options{})
	for i, want := range []float64{0, .5, 0, .5} {
		s := r.Explain(0)[i]
		near(t, fmt.Sprintf("judge %d", i), s.Weight, want, 1e-12)
		near(t, "raw", s.Raw, table.Scores[i].Value, 0)
	}
	if len(r.Explain(0)) != 4 || r.Works[0].Range != 20 {
		t.Errorf("work 0: %+v", r.Works[0])
	}
}

func TestInfluenceNamesTheJudgeWhoMovesAWork(t *testing.T) {
	table := rows(
		[]float64{
			80,
			81,
			30,
		},
		[]float64{70, 72, 71},
		[]float64{60, 61, 62},
		[]float64{50, 50, 52},
		[]float64{75, 74, 73},
		[]float64{65, 66, 64},
	)
	r := rank(t, table, stats.Mean, stats.Options{})
	shifts, err := r.Influence(context.Background(), 0, everyWork(r))
	if err != nil {
		t.Fatal(err)
	}
	if r.Works[0].Rank != 4 || len(shifts) != 3 || shifts[2].Judge != 2 || shifts[2].Rank != 1 || shifts[0].Rank != 5 {
		t.Errorf("place %d, without each judge %+v", r.Works[0].Rank, shifts)
	}
	trimmed := rank(t, table, stats.Trimmed, stats.Options{})
	if shifts, err = trimmed.Influence(context.Background(), 0, everyWork(trimmed)); err != nil || shifts[0].Rank != 0 {
		t.Errorf("two scores cannot be trimmed, yet %+v, %v", shifts, err)
	}
}

func TestAdviceFollowsTheLayout(t *testing.T) {
	connected := simulated(t, "S1_seed01", false)
	split := simulated(t, "S5_seed01", false)
	few := stats.Table{Works: 5, Judges: 5}
	for w := range 5 {
		few.Scores = append(few.Scores, stats.Score{
			Work:  w,
			Judge: w,
			Value: 70,
		}, stats.Score{
			Work:  w,
			Judge: (w + 1) % 5,
			Value: 75,
		})
	}
	panel := rows([]float64{1, 2, 2}, []float64{3, 4, 3}, []float64{5, 5, 6}, []float64{2, 3, 3}, []float64{7, 5, 6})
	for _, c := range []struct {
		name    string
		table   stats.Table
		correct bool
		text    string
	}{
		{"split panels that hang together", connected, true, "stats.advice_correct"},
		{"fixed panels", split, true, "stats.advice_disconnected"},
		{"one panel for all", panel, true, "stats.advice_same_panel"},
		{"two for all", rows([]float64{1, 2}, []float64{3, 4}, []float64{5, 5}), false, "stats.advice_same_few"},
		{"two scores per judge", few, false, "stats.advice_too_few"},
		{"one judge", rows([]float64{1}, []float64{2}), false, "stats.advice_nothing_to_compare"},
	} {
		if a, err := stats.Advise(c.table); err != nil || a.Correct != c.correct || a.Text != c.text {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
}

func TestDesignMeasuresTheJudgeGraph(t *testing.T) {
	// Every pair of 7 judges meets once in the Fano plane: a balanced design is as good as can be.
	fano := stats.Table{Works: 7, Judges: 7}
	for w := range 7 {
		for _, j := range []int{0, 1, 3} {
			fano.Scores = append(fano.Scores, stats.Score{Work: w, Judge: (w + j) % 7, Value: 1})
		}
	}
	d := agree(t, fano).Design
	if d.Components != 1 || d.MinLoad != 3 || d.MaxLoad != 3 {
		t.Errorf("%+v", d)
	}
	near(t, "A-efficiency", d.AEfficiency, 1, 1e-9)
	// A chain of 4 judges, neighbours sharing one work each: Laplacian eigenvalues (2 - 2 cos kπ/4)/2.
	chain := stats.Table{Works: 3, Judges: 4}
	for w := range 3 {
		chain.Scores = append(chain.Scores, stats.Score{
			Work:  w,
			Judge: w,
			Value: 1,
		}, stats.Score{
			Work:  w,
			Judge: w + 1,
			Value: 1,
		})
	}
	d = agree(t, chain).Design
	inverse := 0.0
	for k := 1; k < 4; k++ {
		inverse += 1 / (1 - math.Cos(float64(k)*math.Pi/4))
	}
	near(t, "A-efficiency of a chain", d.AEfficiency, 3/inverse/1, 1e-9)
	if d = agree(t, simulated(t, "S5_seed01", false)).Design; d.Components != 10 || d.AEfficiency != 0 {
		t.Errorf("fixed panels: %+v", d)
	}
}
