package pdf

import (
	"context"
	"errors"
	"image"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"fayi/judging"
)

// Document is an open PDF. Its methods may be called from many goroutines and wait for each other. After an error
// that stopped the machine (pdf.too_slow, a cancelled context) it answers with "pdf.bad" only.
type Document struct {
	mu    sync.Mutex
	pdf   pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	pages int
	time  time.Duration // for one operation
	dead  bool
}

// Open reads a document of size bytes from r, which must stay readable until Close. Two documents may be open at
// once: the third waits until one is closed or ctx is done. Errors: see the package.
func (e *Engine) Open(ctx context.Context, r io.ReadSeeker, size int64) (*Document, error) {
	if size > MaxBytes {
		return nil, judging.Fail(judging.Invalid, "pdf.too_big", judging.Args{"MaxMB": MaxBytes >> 20})
	}
	pool, err := e.start()
	if err != nil {
		return nil, err
	}
	machine, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, judging.Fail(judging.Unavailable, "pdf.no_engine", nil).Because(err)
	}
	d := &Document{pdf: machine, time: min(leastTime+perMiB*time.Duration(size>>20), maxTime)}
	if err := d.open(ctx, r, size); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Document) open(ctx context.Context, r io.ReadSeeker, size int64) error {
	return d.do(ctx, func() error {
		opened, err := d.pdf.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: size})
		if err != nil {
			return err
		}
		d.doc = opened.Document
		count, err := d.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.doc})
		if err != nil {
			return err
		}
		if d.pages = count.PageCount; d.pages > MaxPages {
			return judging.Fail(judging.Invalid, "pdf.too_many_pages", judging.Args{"Max": MaxPages})
		}
		if d.pages < 1 {
			return errors.New("no pages")
		}
		return nil
	})
}

// do runs one operation, alone and within its time, and puts its errors into the words of the package.
func (d *Document) do(ctx context.Context, op func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return bad(errors.New("closed"))
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, d.time)
	defer cancel()
	killed := make(chan struct{})
	stop := context.AfterFunc(limited, func() {
		d.pdf.Kill()
		close(killed)
	})
	err := op()
	if !stop() {
		<-killed
		d.dead = true
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return judging.Fail(judging.Invalid, "pdf.too_slow", nil)
	}
	return translate(err)
}

func translate(err error) error {
	var own *judging.Error
	switch {
	case err == nil, errors.As(err, &own):
		return err
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return judging.Fail(judging.Invalid, "pdf.password", nil)
	}
	return bad(err)
}

func bad(err error) error { return judging.Fail(judging.Invalid, "pdf.bad", nil).Because(err) }

// Close gives the machine back. It may be called twice.
func (d *Document) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.dead {
		d.dead = true
		d.pdf.Close() // a machine that is broken already has nothing to say
	}
	return nil
}

// Pages returns how many pages there are, 1 to MaxPages.
func (d *Document) Pages() int { return d.pages }

func (d *Document) page(n int) (requests.Page, error) {
	if n < 0 || n >= d.pages {
		return requests.Page{}, judging.Fail(judging.NotFound, "pdf.no_page", judging.Args{"N": n + 1})
	}
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: n}}, nil
}

// Size returns the width and height of page n, counting from 0, as it is read, in points (1/72 inch).
func (d *Document) Size(ctx context.Context, n int) (width, height float64, err error) {
	err = d.do(ctx, func() error {
		width, height, err = d.size(n)
		return err
	})
	return width, height, err
}

func (d *Document) size(n int) (width, height float64, err error) {
	p, err := d.page(n)
	if err != nil {
		return 0, 0, err
	}
	s, err := d.pdf.GetPageSize(&requests.GetPageSize{Page: p})
	if err != nil {
		return 0, 0, err
	}
	if !(s.Width > 0 && s.Height > 0) {
		return 0, 0, errors.New("page without a size")
	}
	return s.Width, s.Height, nil
}

// Picture draws page n, counting from 0, on white, width pixels wide (at least 16) or narrower where it would have
// more than MaxPixels.
func (d *Document) Picture(ctx context.Context, n, width int) (out *image.RGBA, err error) {
	err = d.do(ctx, func() error {
		out, err = d.picture(n, width)
		return err
	})
	return out, err
}

func (d *Document) picture(n, width int) (*image.RGBA, error) {
	w, h, err := d.size(n)
	if err != nil {
		return nil, err
	}
	across := min(max(float64(width), 16), math.Sqrt(MaxPixels*w/h))
	down := min(across*h/w, MaxPixels/across)
	p, err := d.page(n)
	if err != nil {
		return nil, err
	}
	drawn, err := d.pdf.RenderPageInPixels(&requests.RenderPageInPixels{
		Page:        p,
		Width:       max(int(across), 1),
		Height:      max(int(math.Ceil(down)), 1),
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, err
	}
	defer drawn.Cleanup()
	seen, ok := drawn.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return nil, errors.New("no picture")
	}
	out := image.NewRGBA(seen.Rect)
	copy(out.Pix, seen.Pix)
	return out, nil
}

// Text returns the words of page n, counting from 0, line by line. A page that is a picture has none.
func (d *Document) Text(ctx context.Context, n int) (words string, err error) {
	err = d.do(ctx, func() error {
		p, err := d.page(n)
		if err != nil {
			return err
		}
		t, err := d.pdf.GetPageText(&requests.GetPageText{Page: p})
		if err != nil {
			return err
		}
		words = strings.ReplaceAll(t.Text, "\r\n", "\n")
		return nil
	})
	return words, err
}
