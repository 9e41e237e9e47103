package tally

import (
	"fayi/app/kit"
	"fayi/judging"
)

// Counts counts the works of a list by state. It is counted from the list each time and never kept up by hand.
type Counts struct {
	Total int // without calibration works
	By    map[judging.BallotState]int
	trial [2]int         // calibration works: done, all
	sum   judging.Points // of the scored
	low   judging.Points
	high  judging.Points
}

// Count counts the works of a list.
func Count(works []judging.Duty) Counts {
	t := Counts{By: map[judging.BallotState]int{}}
	for _, w := range works {
		if w.Calibration {
			t.trial[1]++
			if !unfinished(State(w)) {
				t.trial[0]++
			}
			continue
		}
		t.Total++
		t.By[State(w)]++
		if w.State != judging.Scored {
			continue
		}
		p := judging.Exact(w.Total)
		if t.By[judging.Scored] == 1 {
			t.low, t.high = p, p
		}
		t.sum, t.low, t.high = t.sum+p, min(t.low, p), max(t.high, p)
	}
	return t
}

// State is w's state; a ballot nobody touched has none yet.
func State(w judging.Duty) judging.BallotState {
	if w.State == "" {
		return judging.Open
	}
	return w.State
}

// unfinished reports whether a work in this state still wants its judge.
func unfinished(s judging.BallotState) bool {
	return s == judging.Open || s == judging.Started || s == judging.Skipped
}

// Todo is the number of works neither scored nor put aside for good, calibration works too.
func (t Counts) Todo() int {
	return t.By[judging.Open] + t.By[judging.Started] + t.By[judging.Skipped] + t.trial[1] - t.trial[0]
}

// Scored is the number of works with a full score, without calibration works.
func (t Counts) Scored() int { return t.By[judging.Scored] }

// Words lists the counts: “已评 12 / 共 45，跳过 2”. States nobody is in are left out.
func (t Counts) Words(text kit.Texter) string {
	return text.T("desk.progress", map[string]any{"Done": t.By[judging.Scored], "Total": t.Total}) + t.Asides(text)
}

// Asides counts the works neither scored nor untouched: “，跳过 2，回避 1”.
func (t Counts) Asides(text kit.Texter) (s string) {
	for _, st := range []judging.BallotState{judging.Started, judging.Skipped, judging.Abstained, judging.Recused} {
		if n := t.By[st]; n > 0 {
			s += text.T("desk.progress_"+string(st), map[string]any{"N": n})
		}
	}
	if t.trial[1] > 0 {
		s += text.T("desk.progress_trial", map[string]any{"Done": t.trial[0], "Total": t.trial[1]})
	}
	return s
}

// Preview says what is about to be submitted.
func (t Counts) Preview(text kit.Texter) string {
	s := text.T("desk.preview", map[string]any{
		"Total":  t.Total,
		"Done":   t.By[judging.Scored],
		"Asides": t.Asides(text),
	})
	if n := t.By[judging.Scored]; n > 0 {
		mean := judging.Points((int64(t.sum)/int64(n) + 50) / 100 * 100) // to two decimal places
		s += text.T("desk.preview_scores", map[string]any{
			"Mean": mean.String(),
			"High": t.high.String(),
			"Low":  t.low.String(),
		})
	}
	return s
}

// NextToScore returns the index of the first open work after from, going round once; then of the first skipped one;
// -1 when none is left.
func NextToScore(works []judging.Duty, from int) int {
	for _, skipped := range []bool{false, true} {
		for i := range works {
			at := (from + 1 + i) % len(works)
			if st := State(works[at]); at != from &&
				(skipped && st == judging.Skipped || !skipped && (st == judging.Open || st == judging.Started)) {
				return at
			}
		}
	}
	return -1
}
