package page

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/gallery"
	"fayi/judging"
)

// ThumbOffice hands out the n-th file of a work as a JPEG, no side over size pixels.
type ThumbOffice interface {
	Thumbnail(ctx context.Context, id judging.WorkID, n, size int) ([]byte, error)
}

// KeptThumb returns the n-th file of a work small and upright, no side over side pixels, out of what is kept.
// Errors: those of the office.
func KeptThumb(ctx context.Context, o ThumbOffice, id judging.WorkID, n, side int) (image.Image, error) {
	data, err := o.Thumbnail(ctx, id, n, side)
	if err != nil {
		return nil, err
	}
	return jpeg.Decode(bytes.NewReader(data))
}

// Bounds of the shelf: pictures kept in memory (about 0.3 MB each), pictures asked for but not begun, and how many
// are read at once.
const (
	shelfRoom  = 200
	shelfQueue = 80
	shelfHands = 2
	shelfSide  = 320 // pixels
)

// ThumbShelf holds the small pictures of works that were in sight lately, and fetches those that are, the latest
// first: who scrolls on does not wait for what is out of sight again. It may only be used on the UI thread.
type ThumbShelf struct {
	sh     kit.Shell
	office ThumbOffice
	came   func(id judging.WorkID)

	images map[string]image.Image // by the file's sum; nil for what can't be drawn
	recent []string               // of images, the latest last
	queue  []thumbWish            // the latest last
	busy   map[string]bool
	inside bool // get is asking, and sees itself what came at once
}

type thumbWish struct {
	sum  string
	work judging.WorkID
	n    int
}

// NewThumbShelf returns an empty shelf; came is called for each work whose picture came after Get was asked.
func NewThumbShelf(sh kit.Shell, o ThumbOffice, came func(judging.WorkID)) *ThumbShelf {
	return &ThumbShelf{sh: sh, office: o, came: came, images: map[string]image.Image{}, busy: map[string]bool{}}
}

// FrontFile is the file that stands for a work: its first that is judged and can be drawn, or else its first; -1
// without any.
func FrontFile(w judging.Work) int {
	if len(w.Files) == 0 {
		return -1
	}
	for _, kinds := range [][]string{{"picture", "video"}, {"document"}} {
		if i := slices.IndexFunc(w.Files, func(f judging.File) bool {
			return !f.Aside && slices.Contains(kinds, f.Kind)
		}); i >= 0 {
			return i
		}
	}
	return 0
}

// Get returns the picture that stands for w if it is there, and a shape for its kind; one that is not there is
// fetched.
func (s *ThumbShelf) Get(w judging.Work) (image.Image, fyne.Resource) {
	n := FrontFile(w)
	if n < 0 {
		return nil, theme.QuestionIcon()
	}
	f := w.Files[n]
	shape := gallery.FileShape(f.Kind)
	if f.Kind == "audio" || f.Kind == "text" || f.Kind == "other" {
		return nil, shape
	}
	if img, known := s.images[f.Sum]; known {
		s.touch(f.Sum)
		return img, shape
	}
	s.ask(thumbWish{f.Sum, w.ID, n})
	return s.images[f.Sum], shape
}

func (s *ThumbShelf) touch(sum string) {
	if i := slices.Index(s.recent, sum); i >= 0 {
		s.recent = append(slices.Delete(s.recent, i, i+1), sum)
	}
}

// ask puts a wish last, where it is begun first; the oldest wishes are forgotten.
func (s *ThumbShelf) ask(w thumbWish) {
	if s.busy[w.sum] {
		return
	}
	s.queue = slices.DeleteFunc(s.queue, func(q thumbWish) bool { return q.sum == w.sum })
	if s.queue = append(s.queue, w); len(s.queue) > shelfQueue {
		s.queue = slices.Delete(s.queue, 0, len(s.queue)-shelfQueue)
	}
	s.inside = true
	s.next()
	s.inside = false
}

// next begins the latest wishes while there are hands.
func (s *ThumbShelf) next() {
	for len(s.busy) < shelfHands && len(s.queue) > 0 {
		w := s.queue[len(s.queue)-1]
		s.queue = s.queue[:len(s.queue)-1]
		s.busy[w.sum] = true
		var img image.Image
		s.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
			img, err = KeptThumb(ctx, s.office, w.work, w.n, shelfSide)
			return err
		}, func(err error) {
			delete(s.busy, w.sum)
			if !errors.Is(err, context.Canceled) {
				s.put(w.sum, img)
			}
			if img != nil && !s.inside {
				s.came(w.work)
			}
			s.next()
		})
	}
}

// put keeps a picture, nil for one that can't be drawn, and lets go of those not seen for longest.
func (s *ThumbShelf) put(sum string, img image.Image) {
	s.images[sum] = img
	if s.recent = append(s.recent, sum); len(s.recent) > shelfRoom {
		delete(s.images, s.recent[0])
		s.recent = s.recent[1:]
	}
}
