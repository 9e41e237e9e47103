package page

import (
	"context"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/media/picture"
)

// ThumbEdge is the longer edge of a picture in the detail pane, in pixels.
const ThumbEdge = 640

// FileOpener opens the n-th file of a work, counted from 0.
type FileOpener interface {
	OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error)
}

// ReadThumb opens the n-th file of a work and makes it small and upright. Errors: those of the office and of
// media.Thumbnail.
func ReadThumb(ctx context.Context, o FileOpener, id judging.WorkID, n int) (image.Image, error) {
	f, err := o.OpenWorkFile(ctx, id, n)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return picture.Thumbnail(f, ThumbEdge)
}

// IconOf draws an icon in the accent colour, as large as its room.
func IconOf(icon fyne.Resource) fyne.CanvasObject {
	image := canvas.NewImageFromResource(theme.NewColoredResource(icon, look.Accent.ColorName()))
	image.FillMode = canvas.ImageFillContain
	return image
}
