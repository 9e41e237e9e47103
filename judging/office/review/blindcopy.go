package review

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/pdf"
	"fayi/judging/media/picture"
	"fayi/judging/media/scrub"
	"fayi/judging/media/trace"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// blindCopy is what judges get of a file, or why there is nothing to give them. It is found by the file's sum, the
// version of scrubbing and the masks, so that it is made once, whichever works hold the file.
type blindCopy struct {
	Of      string        `json:"of"`
	Version int           `json:"version"`
	Masks   string        `json:"masks,omitempty"` // digest
	Sum     string        `json:"sha256,omitempty"`
	Bytes   int64         `json:"bytes,omitempty"`
	Format  string        `json:"format,omitempty"`
	Removed []trace.Trace `json:"removed,omitempty"`
	Left    []trace.Trace `json:"left,omitempty"`
	Failed  string        `json:"failed,omitempty"` // a key of the catalogue
}

var blindCopies = store.NewTable("blind_copy", 1, func(c *blindCopy) string { return copyID(c.Of, c.Version, c.Masks) })

func copyID(sum string, version int, masks string) string {
	return fmt.Sprintf("%s/%s/%s", sum, judging.Serial("v", 4, version), masks)
}

// loadCopy reads the copy of f that is there; NotFound when none was made with these masks.
func loadCopy(tx store.Tx, f judging.File) (blindCopy, error) {
	return blindCopies.Get(tx, copyID(f.Sum, scrub.Version, judging.MasksDigest(f.Masks)))
}

// blindCopyOf returns the copy of f, made now when there is none yet: once, however many ask for it at the same time.
func (o Stage) blindCopyOf(ctx context.Context, f judging.File) (blindCopy, error) {
	for {
		made := o.rec.Copying.DoChan(copyID(
			f.Sum, scrub.Version, judging.MasksDigest(f.Masks),
		), func() (any, error) { return o.findOrMakeCopy(ctx, f) })
		select {
		case <-ctx.Done():
			return blindCopy{}, ctx.Err()
		case r := <-made:
			if ctx.Err() == nil && (errors.Is(r.Err, context.Canceled) || errors.Is(r.Err, context.DeadlineExceeded)) {
				continue // who began it went away
			}
			c, _ := r.Val.(blindCopy)
			return c, r.Err
		}
	}
}

func (o Stage) findOrMakeCopy(ctx context.Context, f judging.File) (blindCopy, error) {
	c, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (blindCopy, error) { return loadCopy(tx, f) })
	made := err == nil && (c.Failed != "" || o.rec.Blobs.Bring(ctx, c.Sum) == nil) // by another computer, perhaps
	if made || err != nil && !errors.Is(err, judging.ErrNotFound) {
		return c, err
	}
	if c, err = o.makeCopy(ctx, f); err != nil {
		return c, err
	}
	return c, o.rec.In(records.Settings).Update(ctx, func(tx store.Tx) error { return blindCopies.Put(tx, c) })
}

// makeCopy makes the copy of f. That a file can't be cleaned is a result; that the disk fails is an error.
func (o Stage) makeCopy(ctx context.Context, f judging.File) (blindCopy, error) {
	c := blindCopy{Of: f.Sum, Version: scrub.Version, Masks: judging.MasksDigest(f.Masks)}
	src, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return c, err
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil {
		return c, store.Translate(f.Sum, err)
	}
	var got trace.Result
	blob, err := o.putMade(ctx, func(w io.Writer) error {
		var err error
		got, err = o.cleanApart(ctx, w, original{src, info.Size(), f})
		return err
	})
	var own *judging.Error
	switch {
	case err == nil:
		c.Sum, c.Bytes, c.Format, c.Removed, c.Left = blob.Sum, blob.Size, got.Format, got.Removed, got.Left
	case errors.As(err, &own) && own.Code == judging.Invalid:
		c.Failed, err = own.Text, nil
	}
	return c, err
}

// putMade stores what make writes. A panic of make, which works on what strangers sent, is an error.
func (o Stage) putMade(ctx context.Context, make func(io.Writer) error) (store.Blob, error) {
	r, w := io.Pipe()
	go func() {
		defer func() {
			if p := recover(); p != nil {
				w.CloseWithError(judging.Fail(judging.Invalid, "scrub.broken", nil).Because(fmt.Errorf("panic: %v", p)))
			}
		}()
		w.CloseWithError(make(w)) // nil is the end of the file
	}()
	blob, err := o.rec.Blobs.Put(ctx, r)
	r.CloseWithError(io.ErrClosedPipe)
	return blob, err
}

// original is a file as it came in.
type original struct {
	*os.File
	size int64
	file judging.File
}

// clean writes what judges may get of a file.
func (o Stage) clean(ctx context.Context, w io.Writer, in original) (trace.Result, error) {
	head, err := workfiles.HeadOf(in, in.file)
	if err != nil {
		return trace.Result{}, err
	}
	t := filetype.Of(head, "")
	if made, err := o.render(ctx, w, in, head, t); made || err != nil {
		return trace.Result{Format: "rendering", Removed: []trace.Trace{trace.Unnamed}}, err
	}
	switch {
	case t.Clean == filetype.ByPages:
		return o.cleanPDF(ctx, w, in)
	case t.Kind == filetype.Picture && (len(in.file.Masks) > 0 || t.Clean == filetype.ByPixels):
		return repaint(ctx, w, in)
	case len(in.file.Masks) > 0:
		return trace.Result{}, judging.Fail(judging.Invalid, "blind.cannot_mask", nil)
	case t.Clean == filetype.AsIs:
		_, err := io.Copy(w, in.File)
		return trace.Result{Format: "text"}, err
	}
	return scrub.Copy(ctx, w, in.File, in.size)
}

func (o Stage) cleanPDF(ctx context.Context, w io.Writer, in original) (trace.Result, error) {
	d, err := o.rec.Papers.Open(ctx, in.File, in.size)
	if err != nil {
		return trace.Result{}, err
	}
	defer d.Close()
	return d.Clean(ctx, w, in.file.Masks)
}

// repaint writes a picture again from its pixels, upright, its masks filled.
func repaint(ctx context.Context, w io.Writer, in original) (trace.Result, error) {
	const everyPixel, quality = 1 << 30, 95
	p, err := picture.Thumbnail(in.File, everyPixel)
	if err != nil {
		return trace.Result{}, err
	}
	canvas, ok := p.(draw.Image)
	if !ok {
		canvas = image.NewRGBA(p.Bounds())
		draw.Draw(canvas, p.Bounds(), p, p.Bounds().Min, draw.Src)
	}
	b := canvas.Bounds()
	for _, m := range in.file.Masks {
		draw.Draw(canvas, m.Pixels(b.Dx(), b.Dy()).Add(b.Min), image.NewUniform(pdf.Cover), image.Point{}, draw.Src)
	}
	got := trace.Result{Format: "jpeg", Removed: []trace.Trace{trace.Unnamed}}
	// what went with the old file; of HEIC it is not known
	if old, err := scrub.Copy(ctx, io.Discard, in.File, in.size); err == nil {
		got.Removed = old.Removed
	}
	if o, ok := canvas.(interface{ Opaque() bool }); ok && !o.Opaque() {
		got.Format = "png"
		return got, png.Encode(w, canvas)
	}
	return got, jpeg.Encode(w, canvas, &jpeg.Options{Quality: quality})
}
