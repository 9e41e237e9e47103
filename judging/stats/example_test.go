package stats_test

import (
	"context"
	"fmt"

	"fayi/judging/stats"
)

// Judge 2 is ten points more severe than the others, and scored work 0 but not work 1.
func panelOfThree() stats.Table {
	return stats.Table{Works: 5, Judges: 3, Scores: []stats.Score{
		{Work: 0, Judge: 0, Value: 84}, {Work: 0, Judge: 2, Value: 74},
		{Work: 1, Judge: 0, Value: 81}, {Work: 1, Judge: 1, Value: 80},
		{Work: 2, Judge: 1, Value: 70}, {Work: 2, Judge: 2, Value: 61},
		{Work: 3, Judge: 0, Value: 66}, {Work: 3, Judge: 2, Value: 55},
		{Work: 4, Judge: 1, Value: 75}, {Work: 4, Judge: 2, Value: 65},
	}}
}

func ExampleRank() {
	for _, m := range []stats.Method{stats.Mean, stats.Additive} {
		r, err := stats.Rank(context.Background(), panelOfThree(), m, stats.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		for w, s := range r.Works[:2] {
			fmt.Printf("%s: work %d has %.1f, place %d\n", m, w, s.Value, s.Rank)
		}
	}
	// Output:
	// mean: work 0 has 79.0, place 2
	// mean: work 1 has 80.5, place 1
	// additive: work 0 has 80.4, place 1
	// additive: work 1 has 77.2, place 2
}

func ExampleResult_Explain() {
	r, err := stats.Rank(context.Background(), panelOfThree(), stats.Additive, stats.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range r.Explain(0) {
		fmt.Printf(
			"judge %d gave %.0f, adds %+.1f, so %.1f, weight %.1f\n",
			s.Judge,
			s.Raw,
			s.Severity,
			s.Corrected,
			s.Weight,
		)
	}
	// Output:
	// judge 0 gave 84, adds +3.8, so 80.2, weight 0.5
	// judge 2 gave 74, adds -6.7, so 80.7, weight 0.5
}

func ExampleAdvise() {
	a, err := stats.Advise(stats.Table{Works: 2, Judges: 2, Scores: []stats.Score{
		{
			Work:  0,
			Judge: 0,
			Value: 84,
		}, {
			Work:  0,
			Judge: 1,
			Value: 74,
		}, {
			Work:  1,
			Judge: 0,
			Value: 81,
		}, {
			Work:  1,
			Judge: 1,
			Value: 70,
		},
	}})
	fmt.Println(a.Correct, a.Text, err)
	// Output: false stats.advice_same_few <nil>
}

// The table of Shrout and Fleiss (1979): six targets, four judges.
func ExampleAgree() {
	var t stats.Table
	for w, row := range [][]float64{{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9},
		{6, 2, 4, 7}} {
		for j, y := range row {
			t.Scores = append(t.Scores, stats.Score{Work: w, Judge: j, Value: y})
		}
	}
	t.Works, t.Judges = 6, 4
	a, err := stats.Agree(context.Background(), t)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range a.ICC {
		fmt.Printf("ICC(%s) %.3f [%.3f, %.3f]\n", c.Form, c.Value, c.Lo, c.Hi)
	}
	// Output:
	// ICC(1,1) 0.166 [-0.133, 0.723]
	// ICC(2,1) 0.290 [0.019, 0.761]
	// ICC(3,1) 0.715 [0.342, 0.946]
	// ICC(1,k) 0.443 [-0.884, 0.912]
	// ICC(2,k) 0.620 [0.071, 0.927]
	// ICC(3,k) 0.909 [0.676, 0.986]
}
