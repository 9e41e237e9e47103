package points

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/review"
	"fayi/judging/office/workfiles"
)

// noGroup finds works without a group where the rules rank their category in groups.
func noGroup(l *look) (found, error) {
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	return l.worksThat(func(w judging.Work) bool {
		c, known := s.rules.Category(w.Category)
		return known && len(c.Groups) > 0 && w.Group == ""
	})
}

// noFiles finds works without a file in a contest in which others have some: one that is judged from paper has none at
// all.
func noFiles(l *look) (found, error) {
	some, err := l.worksThat(func(w judging.Work) bool { return len(w.Files) > 0 })
	if err != nil || some.count == 0 {
		return found{}, err
	}
	return l.worksThat(func(w judging.Work) bool { return len(w.Files) == 0 })
}

// brokenFiles finds works of which judges are to see a file that can't be opened, or that is not all there.
func brokenFiles(l *look) (found, error) {
	bad, err := workfiles.Broken(l.tx)
	if err != nil {
		return found{}, err
	}
	return l.worksThat(func(w judging.Work) bool {
		return slices.ContainsFunc(w.Judged(), func(f judging.File) bool { return bad[f.Sum] })
	})
}

// filesUnopened finds works of which nobody has measured a file that judges are to see: that none is broken is not
// known of them.
func filesUnopened(l *look) (found, error) {
	known, err := workfiles.Measured(l.tx)
	if err != nil {
		return found{}, err
	}
	return l.worksThat(func(w judging.Work) bool {
		return slices.ContainsFunc(w.Judged(), func(f judging.File) bool { return !known[f.Sum] })
	})
}

// notReviewed finds works that nobody looked at, or that changed since.
func notReviewed(l *look) (found, error) {
	waits, err := review.WaitsForReview(l.tx)
	if err != nil {
		return found{}, err
	}
	return l.worksThat(waits)
}

// blindUnseen finds works of which something should be looked at before judges see it.
func blindUnseen(l *look) (found, error) {
	var failed error
	out, err := l.worksThat(func(w judging.Work) bool {
		if failed != nil {
			return false
		}
		n, err := review.UnseenBlind(l.tx, w)
		failed = err
		return n > 0
	})
	if failed != nil {
		return found{}, failed
	}
	return out, err
}

// alikePairs finds pairs that look like one work and that nobody decided.
func alikePairs(l *look) (found, error) {
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	pairs, err := duplicates.LastDuplicates(l.tx)
	if err != nil {
		return found{}, err
	}
	var works []judging.WorkID
	open := 0
	for _, d := range pairs {
		if d.Verdict.Verdict != "" {
			continue
		}
		var pair []judging.WorkID
		all := true
		for _, side := range d.Works {
			if strings.HasPrefix(side, "r") { // a work of former years
				continue
			}
			id := judging.WorkID(side)
			pair, all = append(pair, id), all && s.takes(s.byID[id])
		}
		if all {
			works = append(works, pair...)
			open++
		}
	}
	if open == 0 {
		return found{}, nil
	}
	out := ofWorks(works)
	out.count = open
	return out, nil
}
