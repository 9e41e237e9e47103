package judge

import (
	"fayi/app/kit"
	"fayi/judging"
)

// tally counts the works of a list by state. It is counted from the list each time and never kept up by hand.
type tally struct {
	total int // without calibration works
	by    map[judging.BallotState]int
	trial [2]int         // calibration works: done, all
	sum   judging.Points // of the scored
	low   judging.Points
	high  judging.Points
}

func count(works []judging.Duty) tally {
	t := tally{by: map[judging.BallotState]int{}}
	for _, w := range works {
		if w.Calibration {
			t.trial[1]++
			if !unfinished(state(w)) {
				t.trial[0]++
			}
			continue
		}
		t.total++
		t.by[state(w)]++
		if w.State != judging.Scored {
			continue
		}
		p := judging.Exact(w.Total)
		if t.by[judging.Scored] == 1 {
			t.low, t.high = p, p
		}
		t.sum, t.low, t.high = t.sum+p, min(t.low, p), max(t.high, p)
	}
	return t
}

// state is w's state; a ballot nobody touched has none yet.
func state(w judging.Duty) judging.BallotState {
	if w.State == "" {
		return judging.Open
	}
	return w.State
}

// unfinished reports whether a work in this state still wants its judge.
func unfinished(s judging.BallotState) bool {
	return s == judging.Open || s == judging.Started || s == judging.Skipped
}

// todo is the number of works neither scored nor put aside for good, calibration works too.
func (t tally) todo() int {
	return t.by[judging.Open] + t.by[judging.Started] + t.by[judging.Skipped] + t.trial[1] - t.trial[0]
}

func (t tally) scored() int { return t.by[judging.Scored] }

// words lists the counts: “已评 12 / 共 45，跳过 2”. States nobody is in are left out.
func (t tally) words(text kit.Texter) string {
	return text.T("desk.progress", map[string]any{"Done": t.by[judging.Scored], "Total": t.total}) + t.asides(text)
}

// asides counts the works neither scored nor untouched: “，跳过 2，回避 1”.
func (t tally) asides(text kit.Texter) (s string) {
	for _, st := range []judging.BallotState{judging.Started, judging.Skipped, judging.Abstained, judging.Recused} {
		if n := t.by[st]; n > 0 {
			s += text.T("desk.progress_"+string(st), map[string]any{"N": n})
		}
	}
	if t.trial[1] > 0 {
		s += text.T("desk.progress_trial", map[string]any{"Done": t.trial[0], "Total": t.trial[1]})
	}
	return s
}

// preview says what is about to be submitted.
func (t tally) preview(text kit.Texter) string {
	s := text.T("desk.preview", map[string]any{
		"Total":  t.total,
		"Done":   t.by[judging.Scored],
		"Asides": t.asides(text),
	})
	if n := t.by[judging.Scored]; n > 0 {
		mean := judging.Points((int64(t.sum)/int64(n) + 50) / 100 * 100) // to two decimal places
		s += text.T("desk.preview_scores", map[string]any{
			"Mean": mean.String(),
			"High": t.high.String(),
			"Low":  t.low.String(),
		})
	}
	return s
}

// nextToScore returns the index of the first open work after from, going round once; then of the first skipped one;
// -1 when none is left.
func nextToScore(works []judging.Duty, from int) int {
	for _, skipped := range []bool{false, true} {
		for i := range works {
			at := (from + 1 + i) % len(works)
			if st := state(works[at]); at != from &&
				(skipped && st == judging.Skipped || !skipped && (st == judging.Open || st == judging.Started)) {
				return at
			}
		}
	}
	return -1
}
