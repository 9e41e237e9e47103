package office

import (
	"context"

	"fayi/judging/store"
)

// WaitingThumbnail is Thumbnail for a file that no work has, by its identity.
func (o *Office) WaitingThumbnail(ctx context.Context, file string, size int) ([]byte, error) {
	a, err := view(ctx, o.db, func(tx store.Tx) (arrival, error) { return loadArrival(tx, file) })
	if err != nil {
		return nil, err
	}
	return o.thumbnail(ctx, a.File, size)
}
