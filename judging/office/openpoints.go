package office

import (
	"context"
	"reflect"

	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// wrongPoints is what a check says of a list of open points that is wrong.
const wrongPoints = "points"

// worthKeeping is how many works make a list of open points worth a write; of fewer it is found faster than that, and
// kept in memory only: the window asks at each of its pages.
var worthKeeping = 1000

// openThen is what was open at a moment.
type openThen struct {
	points.Moment

	found []points.KeptPoint
}

func (o *Office) finder() points.Finder { return points.Finder{Now: o.rec.Now, Worth: worthKeeping} }

// OpenPoints lists everything unfinished or inconsistent in the contest, counted, in the order of a contest: what the
// gates ask, the overview and the command line show is this one list. It changes nothing of the contest. What it found
// of works it keeps until one of them changes, and reads the rest from tallies; gates look by themselves.
func (o *Office) OpenPoints(ctx context.Context) ([]Point, error) {
	var keep *points.Keeping
	var now *openThen
	out, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (out []Point, err error) {
		keep, now = nil, nil
		moment, known, err := o.finder().Moment(tx)
		if err != nil {
			return nil, err
		}
		if then := o.open.Load(); known && then != nil && then.Moment == moment {
			if out, known := points.PointsOf(then.found); known {
				return out, nil
			}
		}
		byTallies := false
		if out, keep, byTallies, err = o.finder().All(ctx, tx); err != nil || !known || byTallies {
			return out, err // of many works: even to count them takes longer
		}
		if n, err := records.Works.Count(tx); err != nil || n >= worthKeeping {
			return out, err
		}
		if found, whole := points.KeptOf(out); whole {
			now = &openThen{moment, found}
		}
		return out, nil
	})
	if err == nil && now != nil {
		o.open.Store(now)
	}
	if err == nil && !o.ReadOnly() {
		_ = keep.Remember(ctx, o.rec.DB) // else it is found again
	}
	return out, err
}

// pointsWrong compares the list as it is shown with what is found now.
func (o *Office) pointsWrong(ctx context.Context) (wrong bool, err error) {
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		said, keep, _, err := o.finder().All(ctx, tx)
		if err != nil || keep != nil { // nothing was kept
			return err
		}
		is, err := o.finder().Open(ctx, tx, "")
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
