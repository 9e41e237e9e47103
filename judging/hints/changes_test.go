package hints

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fayi/judging/stats"
)

var nine = time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)

// TestRunsHeldByTheClock parts changes by judge and by half an hour, whichever order they are given in.
func TestRunsHeldByTheClock(t *testing.T) {
	change := func(judge, work int, after time.Duration) Change {
		return Change{Judge: judge, Work: work, At: nine.Add(after)}
	}
	runs := runsOf([]Change{
		change(1, 9, 0), change(0, 4, 2*Apart+1), change(0, 2, 0), change(0, 3, Apart), change(0, 1, 0),
		change(1, 8, Apart/2),
	})
	var got [][]int
	for _, run := range runs {
		var works []int
		for _, c := range run {
			works = append(works, c.Work)
		}
		got = append(got, works)
	}
	want := [][]int{{1, 2, 3}, {4}, {9, 8}}
	if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("%v, not %v", got, want)
	}
	if runs := runsOf(nil); len(runs) != 0 {
		t.Error(runs)
	}
}

// TestTheLastChangeOfAWorkHolds: from what stood before the first to what stands after the last.
func TestTheLastChangeOfAWorkHolds(t *testing.T) {
	others := map[int]float64{2: 70}
	got := last([]Change{
		{Work: 3, At: nine, Before: 60, After: 65},
		{Work: 1, At: nine.Add(1), Before: 80, After: 81},
		{Work: 3, At: nine.Add(2), Before: 65, After: 69, Others: others},
	})
	if len(got) != 2 || got[0].Work != 1 || got[1].Work != 3 || got[1].Before != 60 || got[1].After != 69 ||
		!got[1].At.Equal(nine.Add(2)) || got[1].Others[2] != 70 {
		t.Errorf("%+v", got)
	}
}

// TestAnApproachHeldByHand has the later of two judges change three marks, and the earlier one.
func TestAnApproachHeldByHand(t *testing.T) {
	v := sheet([][]float64{
		{60, 70, 64}, {75, 70, 66}, {80, 72, -1}, {65, 71, 70}, {90, 80, 88}, {55, 66, 60}, {81, 83, 79},
	}, []float64{4, -1, 0}, []float64{1, 1, 1})
	p := v.pairs()
	run := func(judge int, stood, before, after []float64, other int) (run []Change) {
		for i := range stood {
			run = append(run, Change{
				Work: i, Judge: judge, At: nine.Add(time.Duration(i) * time.Minute), Before: before[i], After: after[i],
				Others: map[int]float64{other: stood[i]},
			})
		}
		return run
	}
	stood, before, after := []float64{60, 75, 80}, []float64{70, 71, 90}, []float64{55, 70, 75}
	later := run(1, stood, before, after, 0)
	a, enough := p.approach(append(later, Change{Work: 6, Judge: 1, At: nine.Add(time.Hour)}), 0)
	if !enough || a.Judge != 1 || a.Other != 0 || !slices.Equal(a.Works, []int{0, 1, 2}) ||
		!a.First.Equal(nine) || !a.Last.Equal(nine.Add(2*time.Minute)) || a.Before != 8 || a.After != 5 {
		t.Errorf("%+v, %v", a, enough)
	}
	// What the earlier judge's marks say goes with their severity, whoever of the two changed.
	alone := func(first, second []float64) float64 {
		w := p.scales(couple{0, 1})
		for i := range first {
			w.add(i, first[i], second[i], math.Sqrt2)
		}
		return w.chance()
	}
	if a.Alone != alone(stood, after) || a.Alone == alone(after, stood) {
		t.Errorf("chance %v, by hand %v, the other way %v", a.Alone, alone(stood, after), alone(after, stood))
	}
	a, _ = p.approach(run(0, stood, before, after, 1), 1)
	if a.Alone != alone(after, stood) {
		t.Errorf("chance %v, by hand %v", a.Alone, alone(after, stood))
	}
	if _, enough = p.approach(later[:2], 0); enough {
		t.Error("two changes are enough")
	}
	if _, enough = p.approach(later, 2); enough {
		t.Error("changes are held against a judge whose marks did not stand")
	}
}

// TestOnlyWhatIsThereHolds has judge 1 copy judge 0, and judge 2 always give fifteen points less, which is as rare but
// not near; then the same marks come to be by changes.
func TestOnlyWhatIsThereHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const works, judges = 40, 6
	round := Round{Table: stats.Table{Works: works, Judges: judges}, Unit: make([]int, works)}
	var changes []Change
	for i := range works {
		var marks [judges]float64
		for j := range marks {
			marks[j] = math.Round(70 + 8*math.Sin(float64(7*i)) + 6*r.NormFloat64())
		}
		marks[2] = marks[0] - 15
		changes = append(changes, Change{
			Work: i, Judge: 1, At: nine.Add(time.Duration(i) * time.Minute), Before: marks[1], After: marks[0],
			Others: map[int]float64{0: marks[0], 2: marks[2], 3: marks[3], 4: marks[4]},
		})
		marks[1] = marks[0]
		for j, y := range marks {
			round.Table.Scores = append(round.Table.Scores, stats.Score{Work: i, Judge: j, Value: y, Order: i + 1})
		}
	}
	fit, err := stats.Rank(context.Background(), round.Table, stats.Hier, stats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	round.Fit = &fit
	copies := round.Copies()
	if len(copies) != 1 || copies[0].Judge != 0 || copies[0].Other != 1 || copies[0].Equal != works ||
		copies[0].Run != works || copies[0].Points != 0 || copies[0].Chance > 1e-6 {
		t.Errorf("%+v", copies)
	}
	found := round.Changes(changes)
	if len(found) != 1 || found[0].Judge != 1 || found[0].Other != 0 || found[0].Chance > 1e-6 ||
		!near(found[0].Chance, 4*found[0].Alone) { // four judges' marks stood
		t.Errorf("%+v", found)
	}
	if got := round.Changes(nil); got != nil {
		t.Errorf("%+v", got)
	}
}
