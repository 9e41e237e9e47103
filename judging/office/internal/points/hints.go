package points

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/hints"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// mostHinted is how many works a round has, at most, for hints to be open points. What scores hint at must be computed
// from all of them; of more works that takes longer than a list of what is open may.
const mostHinted = 1000

// hinted finds hints in the scores of a round, once all were handed in, that nobody has looked at.
func hinted(l *look) (found, error) {
	status, err := l.progress()
	if err != nil || !status.Finished() {
		return found{}, err
	}
	s, err := l.scoring()
	if err != nil {
		return found{}, err
	}
	return hintedIn(l.ctx, l.tx, *s)
}

func quickHinted(q *quick) (found, error) {
	if !q.status.Finished() || len(q.ids) > mostHinted {
		return found{}, nil
	}
	s, err := results.ScoringIn(q.ctx, records.ReadingOf(q.tx), q.round)
	if err != nil {
		return found{}, err
	}
	return hintedIn(q.ctx, q.tx, s)
}

func hintedIn(ctx context.Context, tx store.Tx, s results.Scoring) (out found, err error) {
	if s.Rules.Voting != nil || len(s.Works) > mostHinted {
		return found{}, nil
	}
	all, err := hints.In(ctx, tx, s)
	if code := judging.CodeOf(err); code == judging.Invalid || code == judging.Clash {
		return found{}, nil // of scores that no method can compare, as damage leaves them, the results tell
	}
	for _, h := range all {
		if h.Note == nil {
			out.judges = append(out.judges, h.Judge)
			out.count++
		}
	}
	return out, err
}
