package points

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
)

// awarded is what is kept of the awards as last decided: much is read to find it. Works stand one a line.
type awarded struct {
	Version int    `json:"version"` // of the deciding
	Won     []won  `json:"won"`
	Held    string `json:"held"`  // tied where an award's places end
	Out     string `json:"out"`   // with an award, and left the contest
	Stale   string `json:"stale"` // their award is another by now
	Awards  int    `json:"awards"`
	Scores  int    `json:"scores"` // as in tally.State, when Stale was found

	pending []award.Ruling
	fresh   bool // something was found that is not kept yet
}

// won is the works that have an award.
type won struct {
	Award string `json:"award"`
	Works string `json:"works"`
}

// awarded reads what is kept of awards, and finds what is not; nil while nothing is decided.
func (f Finder) awarded(ctx context.Context, q *quick) (*awarded, error) {
	version, err := records.Last(q.tx, "decisions")
	if err != nil || version == 0 {
		return nil, err
	}
	var a awarded
	kept, _, err := tally.Recall(q.tx, keptAwards, &a)
	if err != nil {
		return nil, err
	}
	if !kept || a.Version != version {
		if a, err = q.readAwards(version); err != nil {
			return nil, err
		}
	}
	if a.pending, err = awards.PendingRulings(q.tx); err != nil || len(a.pending) > 0 {
		return &a, err // what would be given now waits for the next deciding
	}
	now, asDecided, _, err := tally.StateOf(q.tx)
	if err != nil || a.Awards == now.Awards && a.Scores == now.Scores {
		return &a, err
	}
	a.Awards, a.Scores, a.Stale, a.fresh = now.Awards, now.Scores, "", true
	if asDecided {
		return &a, nil
	}
	d, err := f.look(ctx, q.tx).awards()
	if err != nil {
		return nil, err
	}
	a.Stale = lines(awards.Changed(d.lists, d.now))
	return &a, nil
}

// readAwards reads a deciding.
func (q *quick) readAwards(version int) (awarded, error) {
	a := awarded{Version: version, Awards: -1, fresh: true}
	lists, err := records.DecisionsOf(q.tx, version)
	if err != nil {
		return a, err
	}
	a.Held = lines(heldIn(lists).works)
	was := awards.AwardsIn(lists)
	by := map[string][]judging.WorkID{}
	for _, w := range slices.Sorted(maps.Keys(was)) {
		by[was[w]] = append(by[was[w]], w)
	}
	for _, name := range slices.Sorted(maps.Keys(by)) {
		a.Won = append(a.Won, won{name, lines(by[name])})
	}
	gone, err := q.gone(was)
	a.Out = lines(gone)
	return a, err
}

// gone lists the works with an award that have left the contest.
func (q *quick) gone(was map[judging.WorkID]string) (out []judging.WorkID, err error) {
	counts, err := records.InContest(q.tx)
	for _, id := range slices.Sorted(maps.Keys(was)) {
		if err != nil {
			return nil, err
		}
		if _, in := slices.BinarySearch(q.ids, string(id)); in {
			continue
		}
		var w judging.Work
		w, err = records.LoadWork(q.tx, id)
		missing := errors.Is(err, judging.ErrNotFound)
		if missing {
			err = nil
		}
		if missing || !counts(w) {
			out = append(out, id)
		}
	}
	return out, err
}

func lines(works []judging.WorkID) string {
	var out strings.Builder
	for i, w := range works {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(string(w))
	}
	return out.String()
}

func worksIn(lines string) (out []judging.WorkID) {
	if lines == "" {
		return nil
	}
	for w := range strings.SplitSeq(lines, "\n") {
		out = append(out, judging.WorkID(w))
	}
	return out
}

// was is each work's award as last decided.
func (a *awarded) was() map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	if a != nil {
		for _, by := range a.Won {
			for _, w := range worksIn(by.Works) {
				out[w] = by.Award
			}
		}
	}
	return out
}

// ofAwards is what is found of decided awards: nothing while there are none.
func ofAwards(find func(*awarded) found) func(*quick) (found, error) {
	return func(q *quick) (found, error) {
		if q.awards == nil {
			return found{}, nil
		}
		return find(q.awards), nil
	}
}

var (
	quickPending = ofAwards(func(a *awarded) found { return pendingOf(a.pending) })
	quickHeld    = ofAwards(func(a *awarded) found { return ofWorks(worksIn(a.Held)) })
	quickOut     = ofAwards(func(a *awarded) found { return ofWorks(worksIn(a.Out)) })
	quickStale   = ofAwards(func(a *awarded) found {
		if len(a.pending) > 0 {
			return found{}
		}
		return ofWorks(worksIn(a.Stale))
	})
)

func quickDiffers(q *quick) (found, error) {
	n, err := records.Standing(q.tx)
	if err != nil || n == nil || q.awards != nil && n.Shown() == q.awards.Version {
		return found{}, err
	}
	shown, err := records.DecisionsOf(q.tx, n.Shown())
	if err != nil {
		return found{}, err
	}
	var now []award.Decision
	if q.awards != nil {
		now, err = records.DecisionsOf(q.tx, q.awards.Version)
	}
	return ofWorks(awards.Changed(shown, now)), err
}

func quickObjections(q *quick) (found, error) { return objectionsIn(q.tx) }

func quickNotOver(q *quick) (found, error) {
	if q.awards == nil {
		return found{}, nil
	}
	return notOverIn(q.tx, q.today)
}

func quickReported(q *quick) (found, error) { return reportedIn(q.tx, q.awards.was) }
