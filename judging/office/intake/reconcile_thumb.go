package intake

import (
	"context"

	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// WaitingThumbnail is Thumbnail for a file that no work has, by its identity.
func (o Stage) WaitingThumbnail(ctx context.Context, file string, size int) ([]byte, error) {
	a, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Arrival, error) { return loadArrival(tx, file) })
	if err != nil {
		return nil, err
	}
	return workfiles.ThumbnailOf(ctx, o.rec, a.File, size)
}
