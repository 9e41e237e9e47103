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
	"fayi/judging"
)

type ThumbOffice interface {
	Thumbnail(ctx context.Context, id judging.WorkID, n, size int) ([]byte, error)
}

// KeptThumb returns the n-th file of a work small and upright, no side over side pixels, out of what is kept. Errors: those of the office.
func KeptThumb(ctx context.Context, o ThumbOffice, id judging.WorkID, n, side int) (image.Image, error) {
	data, err := o.Thumbnail(ctx, id, n, side)
	if err != nil {
		return nil, err
	}
	return jpeg.Decode(bytes.NewReader(data))
}

// Bounds of the shelf: pictures kept in memory (about 0.3 MB each), pictures asked for but not begun, and how many are read at once.
const (
	ShelfRoom  = 200
	ShelfQueue = 80
	ShelfHands = 2
	shelfSide  = 320 // pixels
)

// ThumbShelf holds the small pictures of works that were in sight lately, and fetches those that are, the latest first: who scrolls on does not wait for what
// is out of sight again. It belongs to the drawing thread.
type ThumbShelf struct {
	sh     kit.Shell
	office ThumbOffice
	came   func(id judging.WorkID)

	Images map[string]image.Image // by the file's sum; nil for what can't be drawn
	Recent []string               // of images, the latest last
	Queue  []ThumbWish            // the latest last
	Busy   map[string]bool
	inside bool // get is asking, and sees itself what came at once
}

type ThumbWish struct {
	Sum  string
	work judging.WorkID
	n    int
}

func NewThumbShelf(sh kit.Shell, o ThumbOffice, came func(judging.WorkID)) *ThumbShelf {
	return &ThumbShelf{sh: sh, office: o, came: came, Images: map[string]image.Image{}, Busy: map[string]bool{}}
}

// FrontFile is the file that stands for a work: its first that is judged and can be drawn, or else its first; -1 without any.
func FrontFile(w judging.Work) int {
	if len(w.Files) == 0 {
		return -1
	}
	for _, kinds := range [][]string{{"picture", "video"}, {"document"}} {
		if i := slices.IndexFunc(w.Files, func(f judging.File) bool { return !f.Aside && slices.Contains(kinds, f.Kind) }); i >= 0 {
			return i
		}
	}
	return 0
}

// Get returns the picture that stands for w if it is there, and a shape for its kind; one that is not there is fetched.
func (s *ThumbShelf) Get(w judging.Work) (image.Image, fyne.Resource) {
	n := FrontFile(w)
	if n < 0 {
		return nil, theme.QuestionIcon()
	}
	f := w.Files[n]
	shape := kindShape(f.Kind)
	if f.Kind == "audio" || f.Kind == "text" || f.Kind == "other" {
		return nil, shape
	}
	if img, known := s.Images[f.Sum]; known {
		s.touch(f.Sum)
		return img, shape
	}
	s.Ask(ThumbWish{f.Sum, w.ID, n})
	return s.Images[f.Sum], shape
}

// kindShape stands for a file that is not drawn.
func kindShape(kind string) fyne.Resource {
	switch kind {
	case "picture":
		return theme.FileImageIcon()
	case "video":
		return theme.FileVideoIcon()
	case "audio":
		return theme.FileAudioIcon()
	case "text", "document":
		return theme.FileTextIcon()
	}
	return theme.FileIcon()
}

func (s *ThumbShelf) touch(sum string) {
	if i := slices.Index(s.Recent, sum); i >= 0 {
		s.Recent = append(slices.Delete(s.Recent, i, i+1), sum)
	}
}

// Ask puts a wish last, where it is begun first; the oldest wishes are forgotten.
func (s *ThumbShelf) Ask(w ThumbWish) {
	if s.Busy[w.Sum] {
		return
	}
	s.Queue = slices.DeleteFunc(s.Queue, func(q ThumbWish) bool { return q.Sum == w.Sum })
	if s.Queue = append(s.Queue, w); len(s.Queue) > ShelfQueue {
		s.Queue = slices.Delete(s.Queue, 0, len(s.Queue)-ShelfQueue)
	}
	s.inside = true
	s.next()
	s.inside = false
}

// next begins the latest wishes while there are hands.
func (s *ThumbShelf) next() {
	for len(s.Busy) < ShelfHands && len(s.Queue) > 0 {
		w := s.Queue[len(s.Queue)-1]
		s.Queue = s.Queue[:len(s.Queue)-1]
		s.Busy[w.Sum] = true
		var img image.Image
		s.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
			img, err = KeptThumb(ctx, s.office, w.work, w.n, shelfSide)
			return err
		}, func(err error) {
			delete(s.Busy, w.Sum)
			if !errors.Is(err, context.Canceled) {
				s.Put(w.Sum, img)
			}
			if img != nil && !s.inside {
				s.came(w.work)
			}
			s.next()
		})
	}
}

// Put keeps a picture, nil for one that can't be drawn, and lets go of those not seen for longest.
func (s *ThumbShelf) Put(sum string, img image.Image) {
	s.Images[sum] = img
	if s.Recent = append(s.Recent, sum); len(s.Recent) > ShelfRoom {
		delete(s.Images, s.Recent[0])
		s.Recent = s.Recent[1:]
	}
}
