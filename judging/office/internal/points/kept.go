package points

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Kept is a list of all that was open, and when: it holds while the journal ends where it did and the day is the same.
// Most of what can be open hangs on all works or all scores of a list, and need not be found twice.
type Kept struct {
	Entries int         `json:"entries"` // of the journal; 0: nothing is kept
	Day     string      `json:"day"`
	Found   []KeptPoint `json:"found"`
}

// KeptPoint is one point; the rest of it is the table's.
type KeptPoint struct {
	Kind   string            `json:"kind"`
	Count  int               `json:"count"`
	Works  []judging.WorkID  `json:"works,omitempty"`
	Judges []judging.JudgeID `json:"judges,omitempty"`
}

// All lists everything that is open, as Open does, from kept where that still holds. Else fresh is what is to be kept
// now, nil where it can't be kept whole.
func (f Finder) All(ctx context.Context, tx store.Tx, kept Kept) (out []records.Point, fresh *Kept, err error) {
	n, err := records.Last(tx, "journal")
	if err != nil {
		return nil, nil, err
	}
	today := f.Now().Format(day.Form)
	if out, holds := kept.at(n, today); holds {
		return out, nil, nil
	}
	if out, err = f.Open(ctx, tx, ""); err != nil {
		return nil, nil, err
	}
	fresh = &Kept{Entries: n, Day: today}
	for _, p := range out {
		if len(p.Args) > 1 { // more than the count
			return out, nil, nil
		}
		fresh.Found = append(fresh.Found, KeptPoint{
			p.Kind, p.Count, slices.Clone(p.Works), slices.Clone(p.Judges),
		})
	}
	return out, fresh, nil
}

// at returns the points that are kept; false where they do not hold, or are not those of this program.
func (k Kept) at(entries int, today string) ([]records.Point, bool) {
	if k.Entries != entries || k.Day != today {
		return nil, false
	}
	out := []records.Point{}
	for _, p := range k.Found {
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
