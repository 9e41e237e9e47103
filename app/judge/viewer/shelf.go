package viewer

import (
	"context"
	"image"
	"io"
	"net/url"
	"slices"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"golang.org/x/image/draw"

	"fayi/app/kit"
	"fayi/app/kit/gallery"
	"fayi/app/kit/zoom"
	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/media/picture"
	"fayi/judging/media/play"
)

// Spot is one file of one work.
type Spot struct {
	Code judging.WorkCode
	N    int // from 0
}

// leaf is a file read and ready to be drawn.
type leaf struct {
	picture *zoom.Picture // at the size of the screen; nil for what is no picture
	text    []passage     // of a text
	pages   bool          // a PDF, which is shown page by page
	lost    int           // pictures in a text that are not shown with it
	err     error         // why it can't be drawn; nil with nothing else for what other programs open
}

// reading is a file being read. Someone may be waiting for it.
type reading struct {
	at     Spot
	wanted atomic.Bool
	then   []waiter
}

// awaited reports whether somebody still waits for the file.
func (r *reading) awaited() bool {
	return slices.ContainsFunc(r.then, func(w waiter) bool { return w.waits() })
}

// waiter waits for a file until it has gone on to another.
type waiter struct {
	at    Spot
	waits func() bool
	then  func(*leaf)
}

// Files is where the files of works are read from. Errors are those of judging.Ballots.
type Files interface {
	OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error)
}

// Desk is what viewers and their shelf ask of the desk that they stand on. Everything but Files is called on
// the UI thread.
type Desk struct {
	Files  Files
	Play   play.Setup            // what sounds and films are played with
	Works  func() []judging.Duty // the list as it is now
	Near   func() []Spot         // the files that should be there now, the most urgent first
	Canvas func() fyne.Canvas    // what the desk stands in, nil for none

	Came  func(at Spot, img image.Image)                 // a thumbnail is there
	Seen  func(of judging.WorkCode)                      // a file of the work was looked at
	Marks func(of judging.Duty, show func(words string)) // says how the judge marked a work, when that is read
	Step  func(by int)                                   // goes to another work of the list
	Full  func()                                         // gives the work the whole screen, or gives it back
}

// Shelf reads files ahead, one at a time, so that the next work is there when it is asked for. Files far from the
// work shown are dropped; their thumbnails stay. It also keeps what outlives a viewer: how pictures and pages are
// looked at, and which files could not be seen. It may only be used on the UI thread.
type Shelf struct {
	sh     kit.Shell
	desk   Desk
	held   map[Spot]*leaf
	thumbs map[Spot]image.Image
	line   []waiter // for what is read next: two works may stand side by side
	ahead  []Spot   // to be read when nothing else is
	lacks  []Spot   // of which only a thumbnail is wanted
	busy   *reading
	engine *pdf.Engine

	outside  *outside
	open     func(*url.URL) error // a file with the system's own program
	look     zoom.View            // of pictures
	pageLook zoom.View            // of pages to read
	missed   map[Spot]bool        // files that were met and could not be seen
	saw      map[Spot]bool        // files that were shown, played or opened by another program
	volume   float64              // of sounds and films, 0 to 1
}

// thumbSide is the longer side of a thumbnail, in pixels.
const thumbSide = 320

// NewShelf returns the shelf of a desk, with nothing on it.
func NewShelf(sh kit.Shell, desk Desk) *Shelf {
	return &Shelf{
		sh:     sh,
		desk:   desk,
		held:   map[Spot]*leaf{},
		thumbs: map[Spot]image.Image{},
		engine: newEngine(),

		outside:  &outside{},
		open:     new(openers).bySystem,
		pageLook: zoom.View{Wide: true},
		missed:   map[Spot]bool{},
		saw:      map[Spot]bool{},
		volume:   1,
	}
}

// Close removes the copies made for other programs and stops what draws PDF. Every viewer is closed before.
func (s *Shelf) Close() {
	s.outside.clear()
	_ = s.engine.Close() // nothing of it is kept
}

// KindOf is the kind of the file at a spot, "" for one that is not there.
func (s *Shelf) KindOf(at Spot) string {
	works := s.desk.Works()
	i := slices.IndexFunc(works, func(w judging.Duty) bool { return w.Code == at.Code })
	if i < 0 || at.N < 0 || at.N >= len(works[i].Files) {
		return ""
	}
	return works[i].Files[at.N].Kind
}

// show calls then with the file, at once if it is there. Reading ahead is interrupted for it, and so is what nobody
// waits for any more, as waits tells.
func (s *Shelf) show(at Spot, waits func() bool, then func(*leaf)) {
	w := waiter{at, waits, then}
	switch {
	case s.held[at] != nil:
		then(s.held[at])
	case s.busy != nil && s.busy.at == at && s.busy.wanted.Load():
		s.busy.then = append(s.busy.then, w)
	case s.busy != nil && s.busy.awaited():
		s.line = append(s.line, w)
	default:
		if s.busy != nil {
			s.busy.wanted.Store(false)
		}
		s.read(at, w)
	}
}

// Plan reads ahead what the desk says should be there now: the rest is put back.
func (s *Shelf) Plan() {
	near := s.desk.Near()
	for at := range s.held {
		if !slices.Contains(near, at) {
			delete(s.held, at)
		}
	}
	s.ahead = near
	s.next()
}

// Thumb returns the thumbnail of a file, or nil and asks for it.
func (s *Shelf) Thumb(at Spot) image.Image {
	if _, known := s.thumbs[at]; !known && s.KindOf(at) == "picture" && !slices.Contains(s.lacks, at) {
		s.lacks = append(s.lacks, at)
		s.next()
	}
	return s.thumbs[at]
}

// next reads what is wanted next, unless something is being read.
func (s *Shelf) next() {
	for len(s.line) > 0 && s.busy == nil {
		w := s.line[0]
		s.line = s.line[1:]
		if w.waits() {
			s.show(w.at, w.waits, w.then)
		}
	}
	if s.busy != nil {
		return
	}
	for len(s.ahead) > 0 {
		at := s.ahead[0]
		s.ahead = s.ahead[1:]
		if s.held[at] == nil && s.drawable(at) {
			s.read(at)
			return
		}
	}
	for len(s.lacks) > 0 {
		at := s.lacks[0]
		s.lacks = s.lacks[1:]
		if _, known := s.thumbs[at]; !known {
			s.read(at)
			return
		}
	}
}

func (s *Shelf) drawable(at Spot) bool {
	kind := s.KindOf(at)
	return kind == "picture" || kind == "text" || kind == "document"
}

// read reads one file off the UI thread.
func (s *Shelf) read(at Spot, then ...waiter) {
	r := &reading{at: at, then: then}
	r.wanted.Store(true)
	s.busy = r
	kind, side, book := s.KindOf(at), s.screen(), s.desk.Files
	var l *leaf
	var small image.Image
	s.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		f, err := book.OpenFile(ctx, at.Code, at.N, 0)
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
func (s *Shelf) took(r *reading, l *leaf, small image.Image, err error) {
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
	for _, w := range r.then {
		w.then(l)
	}
	if img := s.thumbs[r.at]; img != nil {
		s.desk.Came(r.at, img)
	}
	s.next()
}

// near reports whether a file is of the work shown or of one about to be.
func (s *Shelf) near(at Spot) bool {
	return slices.Contains(s.desk.Near(), at)
}

// screen is the longer side, in pixels, at which a picture fills its two thirds of the window.
func (s *Shelf) screen() int {
	size, scale := s.sh.Size(), float32(1)
	if c := s.desk.Canvas(); c != nil {
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
	return &leaf{picture: zoom.NewPreview(small, whole.Width, whole.Height)}, shrink(small, thumbSide), nil
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

// ThumbOf returns the thumbnail of a file, which fills itself when the picture is there and refill is called.
func (s *Shelf) ThumbOf(at Spot, w, h float32) *gallery.Thumb {
	t := gallery.NewThumb(w, h)
	t.SetShape(gallery.FileShape(s.KindOf(at)))
	t.Set(s.Thumb(at))
	return t
}

// Front is the file that stands for a work.
func Front(code judging.WorkCode) Spot { return Spot{Code: code} }
