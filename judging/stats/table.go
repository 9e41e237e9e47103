package stats

import (
	"math"

	"fayi/internal/unionfind"
	"fayi/judging"
)

// Score is one judge's score of one work. Works and judges are numbered from 0.
type Score struct {
	Work, Judge int
	Value       float64 // points, on the contest's scale, within ±1e12
	// precision relative to an ordinary score (inverse variance), 1e-6 to 1e6; 0 means 1. Confidence, blup and hier
	// use it
	Weight float64
	Order  int // position in the judge's own sequence, from 1; 0 where unknown
}

// Table holds every score of one round. A missing score is simply absent.
type Table struct {
	Works, Judges int // how many there are, scored or not
	Scores        []Score
}

// ConfidenceWeight returns the weight of a declared confidence (1 unsure, 2 ordinary, 3 sure): noise × 1.6, 1 and
// 0.7 as inverse variance. Any other value weighs 1.
func ConfidenceWeight(confidence int) float64 {
	switch confidence {
	case 1:
		return 1 / (1.6 * 1.6)
	case 3:
		return 1 / (0.7 * 0.7)
	}
	return 1
}

// Check returns the first fault of t as a judging.Error with code invalid: an index out of range, a value or weight
// out of range, or two scores of one work by one judge. Args are Work and Judge, counted from 0.
func (t Table) Check() error {
	if t.Works < 0 || t.Judges < 0 {
		return judging.Fail(judging.Invalid, "stats.negative_size", judging.Args{"Works": t.Works, "Judges": t.Judges})
	}
	for _, s := range t.Scores {
		if key := t.fault(s); key != "" {
			return judging.Fail(judging.Invalid, key, judging.Args{"Work": s.Work, "Judge": s.Judge})
		}
	}
	return t.duplicate()
}

func (t Table) fault(s Score) string {
	switch {
	case s.Work < 0 || s.Work >= t.Works || s.Judge < 0 || s.Judge >= t.Judges:
		return "stats.out_of_range"
	case math.IsNaN(s.Value) || math.Abs(s.Value) > largest:
		return "stats.not_a_number"
	case s.Weight != 0 && !(s.Weight >= 1e-6 && s.Weight <= 1e6):
		return "stats.bad_weight"
	}
	return ""
}

// largest keeps sums of squares well within what a number can hold.
const largest = 1e12

func (t Table) duplicate() error {
	last := make([]int32, t.Judges) // 1 + the last work seen for the judge, works taken in order
	x := newIndex(t)
	for w := range t.Works {
		for _, s := range x.of(w) {
			j := t.Scores[s].Judge
			if last[j] == int32(w+1) {
				return judging.Fail(judging.Invalid, "stats.duplicate_score", judging.Args{"Work": w, "Judge": j})
			}
			last[j] = int32(w + 1)
		}
	}
	return nil
}

// index lists the scores of each work, in the table's order.
type index struct {
	start []int32
	item  []int32
}

func newIndex(t Table) index      { return group(t, t.Works, func(s Score) int { return s.Work }) }
func newJudgeIndex(t Table) index { return group(t, t.Judges, func(s Score) int { return s.Judge }) }

func group(t Table, n int, key func(Score) int) index {
	x := index{make([]int32, n+2), make([]int32, len(t.Scores))}
	for _, s := range t.Scores {
		x.start[key(s)+2]++
	}
	for i := 2; i < len(x.start); i++ {
		x.start[i] += x.start[i-1]
	}
	for i, s := range t.Scores {
		p := &x.start[key(s)+1]
		x.item[*p] = int32(i)
		*p++
	}
	return x
}

func (x index) of(i int) []int32 { return x.item[x.start[i]:x.start[i+1]] }

// Components are the pieces of the graph that joins a judge to each work they scored. Only within a piece can
// scores be compared fairly.
type Components struct {
	Count int
	// the piece of each, from 0 in order of the lowest judge; -1 for a work or judge without any score
	Work, Judge []int
}

// Components returns the pieces of t, which must be in range.
func (t Table) Components() Components {
	sets := unionfind.New(t.Works + t.Judges)
	scored := make([]bool, len(sets))
	for _, s := range t.Scores {
		w, j := t.Judges+s.Work, s.Judge
		scored[w], scored[j] = true, true
		sets.Union(w, j)
	}
	piece, count := make([]int, len(sets)), 0
	for i := range sets {
		switch root := sets.Find(i); {
		case !scored[i]:
			piece[i] = -1
		case root == i:
			piece[i] = count
			count++
		default:
			piece[i] = piece[root]
		}
	}
	return Components{count, piece[t.Judges:], piece[:t.Judges]}
}

// weight returns the precision of s: 0 stands for 1.
func (s Score) weight() float64 {
	if s.Weight == 0 {
		return 1
	}
	return s.Weight
}
