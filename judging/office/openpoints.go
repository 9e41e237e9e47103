package office

import (
	"context"

	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// OpenPoints lists everything unfinished or inconsistent in the contest, counted, in the order of a contest: what the
// gates ask, the overview and the command line show is this one list. It changes nothing.
func (o *Office) OpenPoints(ctx context.Context) ([]Point, error) { return o.OpenPointsAt(ctx, "") }

// OpenPointsAt lists those of the open points that a gate stops at, asks about or tells of; all for "".
func (o *Office) OpenPointsAt(ctx context.Context, gate Gate) ([]Point, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Point, error) { return o.rec.Points(ctx, tx, gate) })
}

// PointKinds lists the names of all kinds of open points.
func PointKinds() []string { return points.Kinds() }
