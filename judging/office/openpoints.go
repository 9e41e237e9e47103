package office

import (
	"context"
	"reflect"

	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// keptPoints is the name under which a list of open points is kept.
const keptPoints = "points"

// worthKeeping is how many works make a list of open points worth a write; of fewer it is found faster than that, and
// kept in memory only: the window asks at each of its pages.
var worthKeeping = 1000

// openThen is a list of open points, and at which state of the works, as tally.Recall tells it, it was found.
type openThen struct {
	points.Kept

	state int
}

// OpenPoints lists everything unfinished or inconsistent in the contest, counted, in the order of a contest: what the
// gates ask, the overview and the command line show is this one list. It changes nothing of the contest. What it found
// it keeps until something is written or the day is another; gates look by themselves.
func (o *Office) OpenPoints(ctx context.Context) ([]Point, error) {
	var state int
	var fresh *points.Kept
	few := false
	out, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Point, error) {
		kept, at, err := keptIn(tx)
		if err != nil {
			return nil, err
		}
		if then := o.open.Load(); kept.Entries == 0 && then != nil && then.state == at {
			kept = then.Kept
		}
		list, found, err := points.Finder{Now: o.rec.Now}.All(ctx, tx, kept)
		if state, fresh = at, found; err != nil || fresh == nil {
			return list, err
		}
		n, err := records.Works.Count(tx)
		few = n < worthKeeping
		return list, err
	})
	switch {
	case err != nil || fresh == nil || state == 0:
	case few:
		o.open.Store(&openThen{*fresh, state})
	case !o.ReadOnly():
		_ = tally.Remember(ctx, o.rec.DB, keptPoints, state, fresh) // else it is found again
	}
	return out, err
}

// keptIn reads the list that is kept, and at which state of the works another may be.
func keptIn(tx store.Tx) (kept points.Kept, state int, err error) {
	found, state, err := tally.Recall(tx, keptPoints, &kept)
	if !found {
		kept = points.Kept{}
	}
	return kept, state, err
}

// wrongPoints compares the list that is kept, if one is, with what is found now.
func (o *Office) wrongPoints(ctx context.Context) (wrong bool, err error) {
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		kept, _, err := keptIn(tx)
		if err != nil || kept.Entries == 0 {
			return err
		}
		f := points.Finder{Now: o.rec.Now}
		said, fresh, err := f.All(ctx, tx, kept)
		if err != nil || fresh != nil { // it holds no longer
			return err
		}
		is, err := f.Open(ctx, tx, "")
		wrong = err == nil && !reflect.DeepEqual(said, is)
		return err
	})
	return wrong, err
}

// OpenPointsAt lists those of the open points that a gate stops at, asks about or tells of; all for "".
func (o *Office) OpenPointsAt(ctx context.Context, gate Gate) ([]Point, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Point, error) { return o.rec.Points(ctx, tx, gate) })
}

// PointKinds lists the names of all kinds of open points.
func PointKinds() []string { return points.Kinds() }
