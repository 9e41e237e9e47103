package points

import (
	"fayi/judging/office/duplicates"
	"fayi/judging/office/problems"
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
