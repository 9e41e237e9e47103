package points

import (
	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/store"
)

// comparisonsOpen finds comparisons in pairs that are under way: what judges were asked in them is not used yet.
func comparisonsOpen(l *look) (found, error) { return comparedIn(l.tx) }

func quickComparisons(q *quick) (found, error) { return comparedIn(q.tx) }

func comparedIn(tx store.Tx) (found, error) {
	all, err := compared.RunningIn(tx)
	var works []judging.WorkID
	for _, c := range all {
		works = append(works, c.Works...)
	}
	out := ofWorks(works)
	out.count = len(all)
	return out, err
}
