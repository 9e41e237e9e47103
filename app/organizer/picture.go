package organizer

import (
	"context"
	"image"
	"io"

	"fayi/judging"
	"fayi/judging/media"
)

// thumbEdge is the longer edge of a picture in the detail pane, in pixels.
const thumbEdge = 640

type fileOpener interface {
	OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error)
}

// readThumb opens the n-th file of a work and makes it small and upright. Errors: those of the office and of media.Thumbnail.
func readThumb(ctx context.Context, o fileOpener, id judging.WorkID, n int) (image.Image, error) {
	f, err := o.OpenWorkFile(ctx, id, n)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return media.Thumbnail(f, thumbEdge)
}
