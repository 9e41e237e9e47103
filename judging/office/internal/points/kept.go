package points

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// The names under which is kept what was found.
const (
	keptAll    = "points"        // everything, while nothing at all is written
	keptSteady = "points_works"  // what hangs on works, while judges score
	keptShares = "points_shares" // who was given which works, while judges score
	keptAwards = "points_awards" // what hangs on decided awards
)

// Kept is a list of all that was open, and when: it holds while the journal ends where it did and the day is the same.
type Kept struct {
	Moment
	Found []KeptPoint `json:"found"`
}

// KeptPoint is one point; the rest of it is the table's.
type KeptPoint struct {
	Kind   string            `json:"kind"`
	Count  int               `json:"count"`
	Works  []judging.WorkID  `json:"works,omitempty"`
	Judges []judging.JudgeID `json:"judges,omitempty"`
}

// Keeping is what a look found that is worth keeping; nil for nothing.
type Keeping struct {
	state  int
	values map[string]any
}

// Remember keeps it, unless the works have changed since.
func (k *Keeping) Remember(ctx context.Context, db store.DB) error {
	if k == nil || k.state == 0 {
		return nil
	}
	for name, v := range k.values {
		if err := tally.Remember(ctx, db, name, k.state, v); err != nil {
			return err
		}
	}
	return nil
}

// All lists everything that is open, as Open does. What hangs on works alone is kept until one of them changes, what
// hangs on decided awards until scores or rulings do, and the rest is read from tallies, so that of 100,000 works it
// takes no longer after a save; where that can't be, the list is kept until something is written or the day is
// another. keep is what is to be kept now, and byTallies says which of the two it was.
func (f Finder) All(
	ctx context.Context, tx store.Tx,
) (out []records.Point, keep *Keeping, byTallies bool, err error) {
	if out, keep, err = f.quick(ctx, tx); err != nil || out != nil {
		return out, keep, true, err
	}
	out, keep, err = f.whole(ctx, tx)
	return out, keep, false, err
}

// whole is All by the list that is kept whole.
func (f Finder) whole(ctx context.Context, tx store.Tx) (out []records.Point, keep *Keeping, err error) {
	moment, _, err := f.Moment(tx)
	if err != nil {
		return nil, nil, err
	}
	var kept Kept
	found, state, err := tally.Recall(tx, keptAll, &kept)
	if err != nil {
		return nil, nil, err
	}
	if found && kept.Moment == moment {
		if out, known := PointsOf(kept.Found); known {
			return out, nil, nil
		}
	}
	if out, err = f.Open(ctx, tx, ""); err != nil || state == 0 {
		return out, nil, err
	}
	some, whole := KeptOf(out)
	if many, err := f.many(tx); !whole || !many {
		return out, nil, err
	}
	return out, &Keeping{state, map[string]any{keptAll: Kept{moment, some}}}, nil
}

// Moment is when a list of what is open holds: while the journal ends there, all is as it was and it is the same day.
type Moment struct {
	Entries int         `json:"entries"` // of the journal
	State   tally.State `json:"state"`
	Day     string      `json:"day"`
}

// Moment returns the present one; false where it can't be known whether something has changed.
func (f Finder) Moment(tx store.Tx) (m Moment, known bool, err error) {
	if m.State, _, known, err = tally.StateOf(tx); err != nil {
		return m, false, err
	}
	m.Day = f.Now().Format(day.Form)
	m.Entries, err = records.Last(tx, "journal")
	return m, known, err
}

// many reports whether there are works enough for a list to be worth a write; of fewer it is found faster.
func (f Finder) many(tx store.Tx) (bool, error) {
	n, err := records.Works.Count(tx)
	return n >= f.Worth, err
}

// KeptOf is what has to be kept of points; false where that is not all of them.
func KeptOf(all []records.Point) ([]KeptPoint, bool) {
	var out []KeptPoint
	for _, p := range all {
		if len(p.Args) > 1 { // more than the count
			return nil, false
		}
		out = append(out, KeptPoint{p.Kind, p.Count, slices.Clone(p.Works), slices.Clone(p.Judges)})
	}
	return out, true
}

// PointsOf returns the points that are kept; false where they are not those of this program.
func PointsOf(kept []KeptPoint) ([]records.Point, bool) {
	out := []records.Point{}
	for _, p := range kept {
		i := slices.IndexFunc(table, func(k kind) bool { return k.name == p.Kind })
		if i < 0 {
			return nil, false
		}
		out = append(out, table[i].point(found{
			count: p.Count, works: slices.Clone(p.Works), judges: slices.Clone(p.Judges),
		}))
	}
	return out, true
}
