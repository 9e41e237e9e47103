package judge

import (
	"context"
	"image"
	"io"
	"slices"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"golang.org/x/image/draw"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/media/picture"
)

// spot is one file of one work.
type spot struct {
	code judging.WorkCode
	n    int // from 0
}

// leaf is a file read and ready to be drawn.
type leaf struct {
	picture *kit.Picture // at the size of the screen; nil for what is no picture
	paras   []string     // of a text
	pages   bool         // a PDF, which is shown page by page
	// pictures in a text that are not shown with it
	pictures int
	err      error // why it can't be drawn; nil with nothing else for what other programs open
}

// reading is a file being read. Someone may be waiting for it.
type reading struct {
	at     spot
	wanted atomic.Bool
	then   []func(*leaf)
}

// shelf reads files ahead, one at a time, so that the next work is there when it is asked for. Files far from the
// work shown are dropped; their thumbnails stay. It may only be used on the UI thread.
type shelf struct {
	desk   *Desk
	held   map[spot]*leaf
	thumbs map[spot]image.Image
	ahead  []spot // to be read when nothing else is
	lacks  []spot // of which only a thumbnail is wanted
	busy   *reading
	told   func(spot) // a thumbnail has come
	engine *pdf.Engine
}

// thumbSide is the longer side of a thumbnail, in pixels.
const thumbSide = 320

func newShelf(d *Desk) *shelf {
	return &shelf{
		desk:   d,
		held:   map[spot]*leaf{},
		thumbs: map[spot]image.Image{},
		told:   func(spot) {},
		engine: newEngine(),
	}
}

// kindOf is the kind of the file at a spot, "" for one that is not there.
func (s *shelf) kindOf(at spot) string {
	i := s.desk.find(at.code)
	if i < 0 || at.n < 0 || at.n >= len(s.desk.duties.Works[i].Files) {
		return ""
	}
	return s.desk.duties.Works[i].Files[at.n].Kind
}

// show calls then with the file, at once if it is there. Reading ahead is interrupted for it.
func (s *shelf) show(at spot, then func(*leaf)) {
	if l := s.held[at]; l != nil {
		then(l)
		return
	}
	if s.busy != nil && s.busy.at == at {
		s.busy.then = append(s.busy.then, then)
		return
	}
	if s.busy != nil {
		s.busy.wanted.Store(false)
	}
	s.read(at, then)
}

// plan says what is wanted next, the most urgent first: the rest is put back.
func (s *shelf) plan(near []spot) {
	for at := range s.held {
		if !slices.Contains(near, at) {
			delete(s.held, at)
		}
	}
	s.ahead = near
	s.next()
}

// thumb returns the thumbnail of a file, or nil and asks for it.
func (s *shelf) thumb(at spot) image.Image {
	if _, known := s.thumbs[at]; !known && s.kindOf(at) == "picture" && !slices.Contains(s.lacks, at) {
		s.lacks = append(s.lacks, at)
		s.next()
	}
	return s.thumbs[at]
}

// next reads what is wanted next, unless something is being read.
func (s *shelf) next() {
	if s.busy != nil {
		return
	}
	for len(s.ahead) > 0 {
		at := s.ahead[0]
		s.ahead = s.ahead[1:]
		if s.held[at] == nil && s.drawable(at) {
			s.read(at, nil)
			return
		}
	}
	for len(s.lacks) > 0 {
		at := s.lacks[0]
		s.lacks = s.lacks[1:]
		if _, known := s.thumbs[at]; !known {
			s.read(at, nil)
			return
		}
	}
}

func (s *shelf) drawable(at spot) bool {
	kind := s.kindOf(at)
	return kind == "picture" || kind == "text" || kind == "document"
}

// read reads one file off the UI thread.
func (s *shelf) read(at spot, then func(*leaf)) {
	r := &reading{at: at}
	r.wanted.Store(true)
	if then != nil {
		r.then = append(r.then, then)
	}
	s.busy = r
	kind, side, book := s.kindOf(at), s.screen(), s.desk.pen.book
	var l *leaf
	var small image.Image
	s.desk.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		f, err := book.OpenFile(ctx, at.code, at.n)
		if err != nil {
			return err
		}
		defer f.Close()
		l, small, err = readLeaf(&wanted{f, r.still(ctx)}, kind, side)
		return err
	}, func(err error) { s.took(r, l, small, err) })
}

// still reports whether r's file is wanted, as an error if not.
func (r *reading) still(ctx context.Context) func() error {
	return func() error {
		if !r.wanted.Load() {
			return context.Canceled
		}
		return ctx.Err()
	}
}

// took keeps what was read, or why it could not be, and goes on.
func (s *shelf) took(r *reading, l *leaf, small image.Image, err error) {
	if s.busy == r {
		s.busy = nil
	}
	if !r.wanted.Load() {
		s.next()
		return
	}
	if err != nil {
		l = &leaf{err: err}
	}
	if small != nil || err != nil {
		s.thumbs[r.at] = small
	}
	if err == nil && (len(r.then) > 0 || s.near(r.at)) {
		s.held[r.at] = l
	}
	for _, then := range r.then {
		then(l)
	}
	s.told(r.at)
	s.next()
}

// near reports whether a file is of the work shown or of one about to be.
func (s *shelf) near(at spot) bool {
	return s.desk.sheet != nil && slices.Contains(s.desk.nearby(s.desk.find(s.desk.sheet.work.Code)), at)
}

// screen is the longer side, in pixels, at which a picture fills its two thirds of the window.
func (s *shelf) screen() int {
	size, scale := s.desk.sh.Size(), float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.desk.root); c != nil {
		scale = c.Scale()
	}
	return max(thumbSide, int(max(size.Width*0.7, size.Height*0.85)*scale))
}

// readLeaf reads a picture at the size of the screen with its thumbnail, or a text.
func readLeaf(r io.ReadSeeker, kind string, side int) (*leaf, image.Image, error) {
	if kind != "picture" {
		l, err := readPaper(r)
		return l, nil, err
	}
	small, whole, err := picture.Preview(r, side)
	if err != nil {
		return nil, nil, err
	}
	return &leaf{picture: kit.NewPreview(small, whole.Width, whole.Height)}, shrink(small, thumbSide), nil
}

// shrink returns img no longer than side on its longer side.
func shrink(img image.Image, side int) image.Image {
	size := img.Bounds().Size()
	longest := max(size.X, size.Y)
	if longest <= side {
		return img
	}
	small := image.NewRGBA(image.Rect(0, 0, max(size.X*side/longest, 1), max(size.Y*side/longest, 1)))
	draw.BiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	return small
}

// nearby lists the files that should be there while the work at index i is shown: its own first, then those of the
// two that come next and the one before.
func (d *Desk) nearby(i int) []spot {
	works := d.duties.Works
	if i < 0 || i >= len(works) {
		return nil
	}
	var out []spot
	add := func(at, most int) {
		if at < 0 || at >= len(works) {
			return
		}
		for n := range min(most, len(works[at].Files)) {
			if p := (spot{works[at].Code, n}); !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	add(i, ownFiles)
	next := nextToScore(works, i)
	add(next, 1)
	if next >= 0 {
		add(nextToScore(works, next), 1)
	}
	add(i+1, 1)
	add(i-1, 1)
	return out
}

// ownFiles is how many files of the work shown are held at the size of the screen.
const ownFiles = 4
