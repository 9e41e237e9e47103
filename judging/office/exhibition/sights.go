package exhibition

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/sync/errgroup"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/office/awards"
	"fayi/judging/office/workfiles"
	"fayi/judging/sheet/paper"
)

// Pictures are drawn in these sizes, in pixels of their longer side.
const (
	large     = 1280
	pageWidth = 1000 // of a page of a PDF
)

// How many workers draw: as many as small pictures are made by.
const drawers = 2

// sight is one picture of a work.
type sight struct {
	file    int         // from 0
	drawn   image.Image // until it is written as jpeg
	jpeg    []byte
	w, h    int
	film    bool
	seconds int // of a film, where known
}

// seen is all of a work that can be shown.
type seen struct {
	sights   []sight
	words    []string // texts of its files, paragraphs parted by line feeds
	sounds   []int    // files that are only heard
	troubles []Trouble
	played   bool // its films and sounds go along
}

// limits bound what is drawn of a work.
type limits struct {
	pictures int // of a work
	bytes    int // of all of its pictures
}

// look draws the works that are shown, each as far as limits go, in their order. What can't be drawn is listed.
func (o Stage) look(ctx context.Context, b book, l limits, progress func(done, total int)) ([]seen, error) {
	out := make([]seen, len(b.works))
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(drawers)
	ready := make(chan struct{}, len(out))
	for i := range b.works {
		jobs.Go(func() error {
			s, err := o.see(ctx, b.rules, b.works[i], l)
			out[i] = s
			ready <- struct{}{}
			if progress != nil && err == nil {
				progress(len(ready), len(out))
			}
			return err
		})
	}
	return out, jobs.Wait()
}

// see draws one work.
func (o Stage) see(ctx context.Context, rules judging.Rules, e entry, l limits) (seen, error) {
	s := seen{}
	trouble := func(n int, err error) {
		s.troubles = append(s.troubles, e.trouble(n, err))
	}
	judged := 0
	for n, f := range e.work.Files {
		if f.Aside {
			continue
		}
		judged++
		kind := filetype.Kind(f.Kind)
		room := l.pictures - len(s.sights)
		var err error
		switch {
		case kind == filetype.Audio:
			s.sounds = append(s.sounds, n)
		case kind == filetype.Text:
			err = o.read(ctx, rules, e, n, &s)
		case kind == filetype.Document:
			err = o.document(ctx, rules, e, n, room, &s)
		case room < 1:
			err = judging.Fail(judging.Invalid, "exhibition.more_pictures", judging.Args{"N": l.pictures})
		default:
			err = o.picture(ctx, e, n, &s)
		}
		if ctx.Err() != nil {
			return s, ctx.Err()
		}
		if err != nil {
			trouble(n+1, err)
		}
	}
	if judged == 0 {
		trouble(0, judging.Fail(judging.Invalid, "exhibition.no_files", nil))
	}
	for i := range s.sights {
		if err := s.sights[i].shrink(l.bytes / max(1, len(s.sights))); err != nil {
			return s, err
		}
	}
	return s, nil
}

// trouble tells what became of a file; the texts of errors of media name no file.
func (e entry) trouble(n int, err error) Trouble {
	t := Trouble{Work: e.work.ID, Title: e.work.Title, File: n, Text: "media.unreadable"}
	var told *judging.Error
	if errors.As(err, &told) {
		t.Text, t.Args = told.Text, told.Args
	}
	return t
}

// read takes the words of a text.
func (o Stage) read(ctx context.Context, rules judging.Rules, e entry, n int, s *seen) error {
	text, err := workfiles.Of(o.rec).WorkText(ctx, e.work.ID, n)
	if text = strings.TrimSpace(text); err == nil && text != "" {
		s.words = append(s.words, awards.PublicWords(rules, e.work, text))
	} else if err == nil {
		err = judging.Fail(judging.Invalid, "exhibition.empty_text", nil)
	}
	return err
}

// document draws the pages of a PDF; of any other it reads the words.
func (o Stage) document(ctx context.Context, rules judging.Rules, e entry, n, room int, s *seen) error {
	src, err := o.rec.Blobs.Open(e.work.Files[n].Sum)
	if err != nil {
		return err
	}
	defer src.Close()
	head, err := workfiles.HeadOf(src, e.work.Files[n])
	if err != nil {
		return err
	}
	if !workfiles.IsPDF(head) {
		return o.read(ctx, rules, e, n, s)
	}
	for page := 0; ; page++ {
		if page == room {
			return judging.Fail(judging.Invalid, "exhibition.more_pages", judging.Args{"N": page})
		}
		p, err := workfiles.Of(o.rec).WorkPage(ctx, e.work.ID, n, page, pageWidth)
		if err != nil {
			return err
		}
		s.sights = append(s.sights, sight{file: n, drawn: e.covered(p.Image, n, page)})
		if page+1 == p.Pages {
			return nil
		}
	}
}

// picture draws a picture, or the still of a film.
func (o Stage) picture(ctx context.Context, e entry, n int, s *seen) error {
	f := e.work.Files[n]
	p, err := workfiles.Still(ctx, o.rec, f, large)
	if err != nil {
		return err
	}
	one := sight{file: n, drawn: e.covered(p, n, 0), film: filetype.Kind(f.Kind) == filetype.Video}
	if one.film {
		one.seconds = o.seconds(f)
	}
	s.sights = append(s.sights, one)
	return nil
}

// seconds is how long a film is, 0 where that is not known.
func (o Stage) seconds(f judging.File) int {
	r, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return 0
	}
	defer r.Close()
	facts, err := media.Measured(r, f.Bytes, f.Name)
	if err != nil {
		return 0
	}
	return int(facts.Seconds)
}

// covered lays what was covered for judges over a picture, where the rules hide a child's name.
func (e entry) covered(p image.Image, n, page int) image.Image {
	if !e.hides {
		return p
	}
	var out *image.RGBA
	for _, m := range e.work.Files[n].Masks {
		if m.Page != page {
			continue
		}
		if out == nil {
			out = image.NewRGBA(image.Rect(0, 0, p.Bounds().Dx(), p.Bounds().Dy()))
			draw.Draw(out, out.Bounds(), p, p.Bounds().Min, draw.Src)
		}
		at := m.Pixels(out.Rect.Dx(), out.Rect.Dy())
		draw.Draw(out, at, image.NewUniform(color.Gray{0x80}), image.Point{}, draw.Src)
	}
	if out == nil {
		return p
	}
	return out
}

// shrink writes a picture in so many bytes, and in the size in which pictures are shown.
func (s *sight) shrink(most int) error {
	p := s.drawn
	s.drawn = nil
	to := min(max(p.Bounds().Dx(), p.Bounds().Dy()), large)
	for quality := 82; ; quality -= 12 {
		if quality < 46 { // smaller is better to look at than coarser
			quality, to = 70, to*3/4
		}
		q := scaled(p, to)
		data, err := encode(q, quality)
		if err != nil {
			return err
		}
		if len(data) <= most || to <= 480 {
			s.jpeg, s.w, s.h = data, q.Bounds().Dx(), q.Bounds().Dy()
			return nil
		}
	}
}

// scaled draws a picture with its longer side as long as side, if it is longer.
func scaled(p image.Image, side int) image.Image {
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	if max(w, h) <= side {
		return p
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, w*side/max(w, h)), max(1, h*side/max(w, h))))
	draw.ApproxBiLinear.Scale(out, out.Rect, p, p.Bounds(), draw.Src, nil)
	return out
}

func encode(p image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, workfiles.OnWhite(p), &jpeg.Options{Quality: quality}); err != nil {
		return nil, judging.Fail(judging.Internal, "media.bad_picture", nil).Because(err)
	}
	return out.Bytes(), nil
}

// stateNote says of which moment a paper is.
func (b book) stateNote(words paper.Words) string { return b.state.Note(nil, words) }
