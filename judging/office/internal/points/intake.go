package points

import (
	"fayi/judging/office/duplicates"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/problems"
	"fayi/judging/office/sending"
	"fayi/judging/store"
)

// leftOut finds rows of lists that are no works because of what is wrong with them.
func leftOut(l *look) (found, error) {
	n, err := problems.LeftOut(l.tx)
	return found{count: n}, err
}

// notCompared finds works that came in after works were compared last.
func notCompared(l *look) (found, error) {
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	works, err := duplicates.NotCompared(l.tx)
	if err != nil {
		return found{}, err
	}
	in := works[:0]
	for _, id := range works {
		if s.takes(s.byID[id]) {
			in = append(in, id)
		}
	}
	return ofWorks(in), nil
}

// unitNotListed finds works whose unit and sender no list of units names, in a contest that has such a list.
func unitNotListed(l *look) (found, error) {
	listed, err := records.LoadUnitRegister(l.tx)
	if err != nil || !listed.Some() {
		return found{}, err
	}
	return l.worksThat(listed.Misses)
}

// deliveriesWaiting finds what units sent online and nobody has taken in or refused.
func deliveriesWaiting(l *look) (found, error) { return deliveriesIn(l.tx) }

func quickDeliveries(q *quick) (found, error) { return deliveriesIn(q.tx) }

func deliveriesIn(tx store.Tx) (found, error) {
	n, err := sending.WaitingIn(tx)
	return found{count: n}, err
}
