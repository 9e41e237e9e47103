package points

import (
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// rulingsPending finds rulings that the awards as last decided do not know of yet.
func rulingsPending(l *look) (found, error) {
	d, err := l.awards()
	if err != nil {
		return found{}, err
	}
	return pendingOf(d.pending), nil
}

func pendingOf(all []award.Ruling) found {
	out := found{count: len(all)}
	for _, u := range all {
		if u.Work != "" {
			out.works = append(out.works, u.Work)
		}
	}
	return out
}

// awardsStale finds works whose award has come to differ by scores, rules or works that left since; pending rulings are
// a point by themselves, and a deciding settles both.
func awardsStale(l *look) (found, error) {
	d, err := l.awards()
	if err != nil || len(d.pending) > 0 {
		return found{}, err
	}
	return ofWorks(awards.Changed(d.lists, d.now)), nil
}

// outAwarded finds works that have left the contest and still hold an award.
func outAwarded(l *look) (found, error) {
	d, err := l.awards()
	if err != nil {
		return found{}, err
	}
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	var works []judging.WorkID
	for id := range d.was {
		if w, known := s.byID[id]; !known || !s.counts(w) {
			works = append(works, id)
		}
	}
	return ofWorks(works), nil
}

// tiesHeld finds works tied where an award's places end that get nothing until somebody decides.
func tiesHeld(l *look) (found, error) {
	d, err := l.awards()
	if err != nil {
		return found{}, err
	}
	return heldIn(d.lists), nil
}

func heldIn(lists []award.Decision) found {
	var works []judging.WorkID
	for _, list := range lists {
		for _, n := range list.Notes {
			if n.Why == "awards.tie_held" {
				works = append(works, n.Works...)
			}
		}
	}
	return ofWorks(works)
}

// noticeDiffers finds works whose award is not the one that the public was shown.
func noticeDiffers(l *look) (found, error) {
	n, err := records.Standing(l.tx)
	if err != nil || n == nil {
		return found{}, err
	}
	d, err := l.awards()
	if err != nil {
		return found{}, err
	}
	shown, err := records.DecisionsOf(l.tx, n.Shown())
	return ofWorks(awards.Changed(shown, d.lists)), err
}

// objections finds objections without an answer.
func objections(l *look) (found, error) { return objectionsIn(l.tx) }

func objectionsIn(tx store.Tx) (found, error) {
	var out found
	err := records.Objections.Each(tx, func(x judging.Objection) error {
		if x.State == judging.Objected {
			out.works = append(out.works, x.Work)
			out.count++
		}
		return nil
	})
	return out, err
}

// noticeNotOver finds awards that the public has not been shown to the end.
func noticeNotOver(l *look) (found, error) {
	d, err := l.awards()
	if err != nil || d.version == 0 {
		return found{}, err
	}
	return notOverIn(l.tx, l.today)
}

// notOverIn is noticeNotOver of awards that are decided.
func notOverIn(tx store.Tx, today string) (found, error) {
	n, err := records.Standing(tx)
	if err != nil || n != nil && (n.State == judging.Final || today > n.Until) {
		return found{}, err
	}
	return found{count: 1}, nil
}

// reportedChanged finds works that went up with another award than they have now. Batches packed before awards were
// kept with them tell only of works that have none any more.
func reportedChanged(l *look) (found, error) {
	d, err := l.awards()
	if err != nil {
		return found{}, err
	}
	return reportedIn(l.tx, func() map[judging.WorkID]string { return d.was })
}

func reportedIn(tx store.Tx, was func() map[judging.WorkID]string) (found, error) {
	type word struct {
		award string
		kept  bool // batches of earlier versions did not keep it
	}
	said := map[judging.WorkID]word{} // by the last batch that was sent
	err := records.Batches.Each(tx, func(b superior.Batch) error {
		if b.Withdrawn != nil {
			return nil
		}
		for _, w := range b.Works {
			sent, kept := b.Awards[w]
			said[w] = word{sent, kept}
		}
		for _, c := range b.Corrections {
			said[c.Work] = word{c.Now.Award, true}
		}
		return nil
	})
	if err != nil || len(said) == 0 {
		return found{}, err
	}
	won := was()
	var works []judging.WorkID
	for _, w := range slices.Sorted(maps.Keys(said)) {
		if now := won[w]; said[w].kept && said[w].award != now || !said[w].kept && now == "" {
			works = append(works, w)
		}
	}
	return ofWorks(slices.Clip(works)), nil
}
