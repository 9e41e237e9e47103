package assign_test

import (
	"context"
	"errors"
	"fmt"

	"fayi/judging/assign"
)

// Seven judges, seven works, three scores each: the plan is the Fano plane, in which every two judges meet on
// exactly one work.
func ExampleSolve() {
	plan, err := assign.Solve(context.Background(), assign.Problem{Works: 7, Judges: 7, PerWork: 3}, 2020, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	q := plan.Proof
	fmt.Println("loads", q.Loads)
	fmt.Println("Σλ²", q.PairSumSquares, "of at least", q.Bound)
	fmt.Println("groups", len(q.Overall.Groups), "A-efficiency", q.AEfficiency)
	// Output:
	// loads [3 3 3 3 3 3 3]
	// Σλ² 21 of at least 21
	// groups 1 A-efficiency 1
}

// 210 works need three scores each, and five judges take a hundred at most.
func ExampleInfeasible() {
	p := assign.Problem{Works: 210, Judges: 5, PerWork: 3, Max: []int{100, 100, 100, 100, 100}}
	_, err := assign.Solve(context.Background(), p, 1, nil)
	var lack *assign.Infeasible
	if errors.As(err, &lack) {
		s := lack.Shortages[0]
		fmt.Printf(
			"%d works need %d scores, %d judges can give %d, %d are missing\n",
			len(s.Works),
			s.Needed,
			len(s.Judges),
			s.Capacity,
			s.Short,
		)
	}
	// Output: 210 works need 630 scores, 5 judges can give 500, 130 are missing
}

// A judge withdraws: their open works go to others and nothing else moves.
func ExampleAdjust() {
	p := assign.Problem{Works: 20, Judges: 5, PerWork: 2}
	plan, _ := assign.Solve(context.Background(), p, 1, nil)
	p.Closed = []bool{true, false, false, false, false}
	after, moves, err := assign.Adjust(context.Background(), p, plan.Pairs(), 1, nil)
	fmt.Println(len(moves), "moves", after.Proof.Loads, err)
	// Output: 8 moves [0 10 10 10 10] <nil>
}
