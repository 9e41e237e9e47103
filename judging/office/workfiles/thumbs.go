package workfiles

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/media/picture"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/thumbs"
	"fayi/judging/store"
)

// ThumbSizes are the longer sides of the small pictures that are kept, in pixels: for galleries, for details, and
// to fill a screen at first.
var ThumbSizes = []int{320, 640, 1600}

const (
	thumbWorkers = 2  // small pictures made at once
	thumbQuality = 85 // of JPEG
)

// NewThumbs returns the keeper of the small pictures of a contest below its folder; "" keeps none on disk.
func NewThumbs(contest string) *thumbs.Store {
	t := &thumbs.Store{Slots: semaphore.NewWeighted(thumbWorkers)}
	if contest != "" {
		t.Dir = filepath.Join(contest, "thumbs")
	}
	return t
}

// Thumbnail returns a small picture, as JPEG, of the n-th file of a work, counting from 0: of a picture, of a film
// a little after its beginning, of a PDF its first page. No side is over size pixels rounded up to one of
// ThumbSizes. It is made once and kept; callers asking for the same one at once share the work, and a few are made
// at a time. It shows what the organiser sees, names and seals included: it is never for judges. Errors: NotFound;
// Invalid with the reason for what can't be drawn (media.picture_too_big, media.bad_picture, media.no_preview …);
// Unavailable "media.no_ffmpeg".
func (o Stage) Thumbnail(ctx context.Context, id judging.WorkID, n, size int) ([]byte, error) {
	w, err := o.rec.Work(ctx, string(id))
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= len(w.Files) {
		return nil, judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	return o.thumbnail(ctx, w.Files[n], size)
}

// ThumbnailOf is Thumbnail for any file that the contest keeps, whether a work has it or not.
func ThumbnailOf(ctx context.Context, rec *records.Records, f judging.File, size int) ([]byte, error) {
	return Stage{rec}.thumbnail(ctx, f, size)
}

// Still is Thumbnail as it is drawn, with no side over side pixels where none is kept yet, for what needs it once: a
// small picture that is kept is used, but none is kept for it. Errors: as Thumbnail.
func Still(ctx context.Context, rec *records.Records, f judging.File, side int) (image.Image, error) {
	if data := rec.Thumbs.Read(fmt.Sprintf("%s-%d", f.Sum, ThumbSize(side))); data != nil {
		if p, err := jpeg.Decode(bytes.NewReader(data)); err == nil {
			return p, nil
		}
	}
	if err := rec.Thumbs.Slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer rec.Thumbs.Slots.Release(1)
	return Stage{rec}.still(ctx, f, side)
}

func (o Stage) thumbnail(ctx context.Context, f judging.File, size int) ([]byte, error) {
	size = ThumbSize(size)
	key := fmt.Sprintf("%s-%d", f.Sum, size)
	if why, bad := o.rec.Thumbs.Failed.Load(key); bad {
		return nil, why.(*judging.Error)
	}
	if data := o.rec.Thumbs.Read(key); data != nil {
		return data, nil
	}
	made := o.rec.Thumbs.Flight.DoChan(key, func() (any, error) {
		return o.makeThumb(context.WithoutCancel(ctx), f, size, key) // others may be waiting for it
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-made:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.([]byte), nil
	}
}

// ThumbSize rounds up to a size that is kept.
func ThumbSize(size int) int {
	for _, s := range ThumbSizes {
		if size <= s {
			return s
		}
	}
	return ThumbSizes[len(ThumbSizes)-1]
}

func (o Stage) makeThumb(ctx context.Context, f judging.File, size int, key string) ([]byte, error) {
	if err := o.rec.Thumbs.Slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer o.rec.Thumbs.Slots.Release(1)
	if data := o.rec.Thumbs.Read(key); data != nil {
		return data, nil
	}
	p, err := o.still(ctx, f, size)
	var told *judging.Error
	if errors.As(err, &told) && (told.Code == judging.Invalid || told.Text == "media.no_ffmpeg") {
		o.rec.Thumbs.Failed.Store(key, told)
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, OnWhite(p), &jpeg.Options{Quality: thumbQuality}); err != nil {
		return nil, judging.Fail(judging.Internal, "media.bad_picture", nil).Because(err)
	}
	o.rec.Thumbs.Write(key, out.Bytes())
	return out.Bytes(), nil
}

// still draws a file small.
func (o Stage) still(ctx context.Context, f judging.File, size int) (image.Image, error) {
	r, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	switch filetype.Kind(f.Kind) {
	case filetype.Picture:
		return picture.Thumbnail(r, size)
	case filetype.Video:
		facts, err := media.Measured(r, f.Bytes, f.Name)
		if err != nil {
			return nil, err
		}
		return media.FilmStill(ctx, r.Name(), facts, size)
	case filetype.Document:
		return o.firstPage(ctx, r, f.Bytes, size)
	}
	return nil, judging.Fail(judging.Invalid, "media.no_preview", nil)
}

// ThumbTally counts what MakeThumbnails met, in files of different content.
type ThumbTally struct {
	Made int `json:"made"`
	Kept int `json:"kept"` // there already
	None int `json:"none"` // can't be drawn
}

// MakeThumbnails makes the small pictures of all works for galleries that are not there yet, two at a time. It can
// be stopped and begun again. Errors: Unavailable; what can't be drawn is counted.
func (o Stage) MakeThumbnails(ctx context.Context, progress func(done, total int)) (ThumbTally, error) {
	files, err := o.distinctFiles(ctx, func(f judging.File) bool {
		return f.Kind == string(filetype.Picture) || f.Kind == string(filetype.Video) ||
			f.Kind == string(filetype.Document)
	})
	var t ThumbTally
	if err != nil {
		return t, err
	}
	total := len(files)
	files = slices.DeleteFunc(files, func(f judging.File) bool {
		return o.rec.Thumbs.Has(fmt.Sprintf("%s-%d", f.Sum, ThumbSizes[0]))
	})
	t.Kept = total - len(files)
	var mu sync.Mutex
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(thumbWorkers)
	for _, f := range files {
		if ctx.Err() != nil {
			break
		}
		jobs.Go(func() error {
			_, err := o.thumbnail(ctx, f, ThumbSizes[0])
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				t.Made++
			case ctx.Err() != nil:
				return ctx.Err()
			default:
				t.None++
			}
			if progress != nil {
				progress(t.Made+t.Kept+t.None, total)
			}
			return nil
		})
	}
	return t, errors.Join(jobs.Wait())
}

// distinctFiles lists the files of all works that pass, each content once, in the order of works.
func (o Stage) distinctFiles(ctx context.Context, keep func(judging.File) bool) ([]judging.File, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (out []judging.File, err error) {
		seen := map[string]bool{}
		return out, records.EachWork(tx, func(w judging.Work) error {
			for _, f := range w.Files {
				if !seen[f.Sum] && keep(f) {
					seen[f.Sum] = true
					out = append(out, f)
				}
			}
			return nil
		})
	})
}
