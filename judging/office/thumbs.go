package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"sync"

	"fayi/judging"
	"fayi/judging/media"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// ThumbSizes are the longer sides of the small pictures that are kept, in pixels: for galleries, for details, and to fill a screen at first.
var ThumbSizes = []int{320, 640, 1600}

const (
	thumbWorkers = 2  // small pictures made at once
	thumbQuality = 85 // of JPEG
)

// thumbs keeps small pictures in the contest's folder, by the sum of the file and their size. The folder may be deleted at any time. What can't be drawn is
// remembered while the contest is open, so that a broken picture is not decoded again whenever it is scrolled into sight.
type thumbs struct {
	dir    string // "" keeps nothing
	slots  *semaphore.Weighted
	flight singleflight.Group
	failed sync.Map // key -> *judging.Error
}

func newThumbs(contest string) *thumbs {
	t := &thumbs{slots: semaphore.NewWeighted(thumbWorkers)}
	if contest != "" {
		t.dir = filepath.Join(contest, "thumbs")
	}
	return t
}

// Thumbnail returns a small picture, as JPEG, of the n-th file of a work, counting from 0: of a picture, of a film a little after its beginning, of a PDF its
// first page. No side is over size pixels rounded up to one of ThumbSizes. It is made once and kept; callers asking for the same one at once share the work,
// and a few are made at a time. It shows what the organiser sees, names and seals included: it is never for judges. Errors: NotFound; Invalid with the reason
// for what can't be drawn (media.picture_too_big, media.bad_picture, media.no_preview …); Unavailable "media.no_ffmpeg".
func (o *Office) Thumbnail(ctx context.Context, id judging.WorkID, n, size int) ([]byte, error) {
	w, err := o.Work(ctx, string(id))
	if err != nil {
		return nil, err
	}
	if n < 0 || n >= len(w.Files) {
		return nil, judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	return o.thumbnail(ctx, w.Files[n], size)
}

func (o *Office) thumbnail(ctx context.Context, f judging.File, size int) ([]byte, error) {
	size = thumbSize(size)
	key := fmt.Sprintf("%s-%d", f.Sum, size)
	if why, bad := o.thumbs.failed.Load(key); bad {
		return nil, why.(*judging.Error)
	}
	if data := o.thumbs.read(key); data != nil {
		return data, nil
	}
	made := o.thumbs.flight.DoChan(key, func() (any, error) {
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

// thumbSize rounds up to a size that is kept.
func thumbSize(size int) int {
	for _, s := range ThumbSizes {
		if size <= s {
			return s
		}
	}
	return ThumbSizes[len(ThumbSizes)-1]
}

func (o *Office) makeThumb(ctx context.Context, f judging.File, size int, key string) ([]byte, error) {
	if err := o.thumbs.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer o.thumbs.slots.Release(1)
	if data := o.thumbs.read(key); data != nil {
		return data, nil
	}
	p, err := o.still(ctx, f, size)
	var told *judging.Error
	if errors.As(err, &told) && (told.Code == judging.Invalid || told.Text == "media.no_ffmpeg") {
		o.thumbs.failed.Store(key, told)
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, onWhite(p), &jpeg.Options{Quality: thumbQuality}); err != nil {
		return nil, judging.Fail(judging.Internal, "media.bad_picture", nil).Because(err)
	}
	o.thumbs.write(key, out.Bytes())
	return out.Bytes(), nil
}

// still draws a file small.
func (o *Office) still(ctx context.Context, f judging.File, size int) (image.Image, error) {
	r, err := o.blobs.Open(f.Sum)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	switch media.Kind(f.Kind) {
	case media.Picture:
		return media.Thumbnail(r, size)
	case media.Video:
		facts, err := media.Measured(r, f.Bytes, f.Name)
		if err != nil {
			return nil, err
		}
		return media.FilmStill(ctx, r.Name(), facts, size)
	case media.Document:
		return o.firstPage(ctx, r, f.Bytes, size)
	}
	return nil, judging.Fail(judging.Invalid, "media.no_preview", nil)
}

// firstPage draws the first page of a PDF; other documents can't be drawn.
func (o *Office) firstPage(ctx context.Context, r io.ReadSeeker, bytes int64, size int) (image.Image, error) {
	head := make([]byte, 5)
	if _, err := io.ReadFull(r, head); err != nil || string(head) != "%PDF-" {
		return nil, judging.Fail(judging.Invalid, "media.no_preview", nil)
	}
	d, err := o.papers.Open(ctx, r, bytes)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	w, h, err := d.Size(ctx, 0)
	if err != nil {
		return nil, err
	}
	wide := size
	if h > w {
		wide = max(int(float64(size)*w/h), 16)
	}
	return d.Picture(ctx, 0, wide)
}

// file is where a small picture is kept.
func (t *thumbs) file(key string) string { return filepath.Join(t.dir, key[:2], key+".jpg") }

// has reports whether a picture seems to be kept, without reading it.
func (t *thumbs) has(key string) bool {
	if t.dir == "" {
		return false
	}
	info, err := os.Stat(t.file(key))
	return err == nil && info.Size() > 0
}

// read returns a kept picture, nil where there is none that is whole.
func (t *thumbs) read(key string) []byte {
	if t.dir == "" {
		return nil
	}
	data, err := os.ReadFile(t.file(key))
	if err != nil || !bytes.HasPrefix(data, []byte{0xFF, 0xD8}) || !bytes.HasSuffix(data, []byte{0xFF, 0xD9}) {
		return nil
	}
	return data
}

// write keeps a picture, whole or not at all as far as other readers see. It does not wait for the disk: what a power cut tears is made again, and so is
// what could not be written.
func (t *thumbs) write(key string, data []byte) {
	dir := filepath.Dir(t.file(key))
	if t.dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	tmp, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), t.file(key))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
}

// ThumbTally counts what MakeThumbnails met, in files of different content.
type ThumbTally struct {
	Made int `json:"made"`
	Kept int `json:"kept"` // there already
	None int `json:"none"` // can't be drawn
}

// MakeThumbnails makes the small pictures of all works for galleries that are not there yet, two at a time. It can be stopped and begun again. Errors:
// Unavailable; what can't be drawn is counted.
func (o *Office) MakeThumbnails(ctx context.Context, progress func(done, total int)) (ThumbTally, error) {
	files, err := o.distinctFiles(ctx, func(f judging.File) bool {
		return f.Kind == string(media.Picture) || f.Kind == string(media.Video) || f.Kind == string(media.Document)
	})
	var t ThumbTally
	if err != nil {
		return t, err
	}
	var mu sync.Mutex
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(thumbWorkers)
	for _, f := range files {
		if ctx.Err() != nil {
			break
		}
		jobs.Go(func() error {
			kept := o.thumbs.has(fmt.Sprintf("%s-%d", f.Sum, ThumbSizes[0]))
			var err error
			if !kept {
				_, err = o.thumbnail(ctx, f, ThumbSizes[0])
			}
			mu.Lock()
			defer mu.Unlock()
			switch {
			case kept:
				t.Kept++
			case err == nil:
				t.Made++
			case ctx.Err() != nil:
				return ctx.Err()
			default:
				t.None++
			}
			if progress != nil {
				progress(t.Made+t.Kept+t.None, len(files))
			}
			return nil
		})
	}
	return t, errors.Join(jobs.Wait())
}

// distinctFiles lists the files of all works that pass, each content once, in the order of works.
func (o *Office) distinctFiles(ctx context.Context, keep func(judging.File) bool) ([]judging.File, error) {
	all, err := o.Works(ctx, WorkFilter{})
	seen := map[string]bool{}
	var out []judging.File
	for _, w := range all {
		for _, f := range w.Files {
			if !seen[f.Sum] && keep(f) {
				seen[f.Sum] = true
				out = append(out, f)
			}
		}
	}
	return out, err
}
