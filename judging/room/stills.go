package room

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/media/pdf"
	"fayi/judging/media/picture"
	"fayi/judging/media/prose"
	"fayi/judging/office/workfiles"
)

const (
	stillsAtOnce = 2        // pictures made at a time: decoding takes memory and all of a processor
	stillsKept   = 48 << 20 // bytes of pictures that are kept
	mostStills   = 2000     // pictures that are kept, however small
	factsKept    = 4096     // documents whose number of pages is known
	stillQuality = 85       // of JPEG
	coverQuality = 70       // of a small one: all devices ask for some at once, over one line
)

// Stills makes pictures in the sizes that devices need, and keeps some. Rooms of several contests may share it: a
// picture is known by the content that it was made of.
type Stills struct {
	most   int // bytes that are kept
	slots  *semaphore.Weighted
	flight singleflight.Group

	mu    sync.Mutex
	bytes int
	kept  *lru.Cache[string, []byte]
	count *lru.Cache[string, int]
}

// NewStills returns stills that keep so many bytes of pictures and make so many at a time.
func NewStills(most int, atOnce int64) *Stills {
	s := &Stills{most: most, slots: semaphore.NewWeighted(atOnce)}
	s.kept, _ = lru.NewWithEvict(mostStills, func(_ string, data []byte) { s.bytes -= len(data) })
	s.count, _ = lru.New[string, int](factsKept)
	return s
}

// get returns what is kept under a key, else makes it; who asks for the same at once waits for one making. A caller
// that leaves does not stop it for the others.
func (s *Stills) get(
	ctx context.Context, key string, quality int, draw func(context.Context) (image.Image, error),
) ([]byte, error) {
	if data, ok := s.lookup(key); ok {
		return data, nil
	}
	made := s.flight.DoChan(key, func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if err := s.slots.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		defer s.slots.Release(1)
		p, err := draw(ctx)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		if err := jpeg.Encode(&out, workfiles.OnWhite(p), &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		s.keep(key, out.Bytes())
		return out.Bytes(), nil
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-made:
		data, _ := r.Val.([]byte)
		return data, r.Err
	}
}

func (s *Stills) lookup(key string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Get(key)
}

func (s *Stills) keep(key string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept.Contains(key) || len(data) > s.most/4 {
		return
	}
	s.bytes += len(data)
	s.kept.Add(key, data)
	for s.bytes > s.most {
		s.kept.RemoveOldest()
	}
}

// pages counts the pages of a document.
func (s *Stills) pages(ctx context.Context, papers *pdf.Engine, f *content) (int, error) {
	if n, ok := s.count.Get(f.sum); ok {
		return n, nil
	}
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return 0, err
	}
	defer s.slots.Release(1)
	d, err := papers.Open(ctx, f, f.size)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	s.count.Add(f.sum, d.Pages())
	return d.Pages(), nil
}

// pieces reads a document, one at a time: its pictures take memory.
func (s *Stills) pieces(ctx context.Context, f *content) ([]prose.Piece, error) {
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer s.slots.Release(1)
	return readPieces(f)
}

// serveStill sends a picture of a part, made for it where it is not kept.
func (s *Server) serveStill(w http.ResponseWriter, r *http.Request, f *content, p part) error {
	key := p.still(f.sum)
	tag := s.tag(key)
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, max-age=7200")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	data, err := s.stills.get(r.Context(), key, p.quality(), func(ctx context.Context) (image.Image, error) {
		again, err := s.reopen(ctx, r, p)
		if err != nil {
			return nil, err
		}
		defer again.Close()
		return s.draw(ctx, again, p)
	})
	if err != nil {
		w.Header().Del("ETag")
		w.Header().Del("Cache-Control")
		return err
	}
	deadline(w, filmIn)
	w.Header().Set("Content-Type", "image/jpeg")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// reopen opens a file for a making that may outlive the request that asked first.
func (s *Server) reopen(ctx context.Context, r *http.Request, p part) (*content, error) {
	guest, err := s.Door.Find(ctx, r.URL.Query().Get("k"))
	if err != nil {
		return nil, err
	}
	return s.open(ctx, s.shelfOf(guest.Judge, p), p)
}

// draw makes the picture of a part.
func (s *Server) draw(ctx context.Context, f *content, p part) (image.Image, error) {
	switch {
	case p.Piece > 0:
		pieces, err := readPieces(f)
		if err != nil || p.Piece > len(pieces) {
			return nil, judging.Fail(judging.NotFound, "room.unshown", nil)
		}
		return picture.Thumbnail(bytes.NewReader(pieces[p.Piece-1].Picture), p.Size)
	case f.kind.Show == filetype.AsPixels:
		return picture.Thumbnail(f, p.Size)
	case f.kind.Show == filetype.AsPages:
		return s.page(ctx, f, p)
	case f.kind.Show == filetype.AsFilm && f.path != "":
		at, ok := f.ReadSeekCloser.(io.ReaderAt)
		if !ok {
			break
		}
		facts, err := media.Measured(at, f.size, "")
		if err != nil {
			return nil, err
		}
		return media.FilmStill(ctx, f.path, facts, p.Size)
	}
	return nil, judging.Fail(judging.NotFound, "room.unshown", nil)
}

// page draws a page of a document, its longer side as long as asked for.
func (s *Server) page(ctx context.Context, f *content, p part) (image.Image, error) {
	d, err := s.Papers.Open(ctx, f, f.size)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	n := max(p.Page-1, 0)
	w, h, err := d.Size(ctx, n)
	if err != nil {
		return nil, err
	}
	wide := p.Size
	if h > w {
		wide = max(int(float64(p.Size)*w/h), 16)
	}
	return d.Picture(ctx, n, wide)
}
