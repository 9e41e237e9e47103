package exhibition

import (
	"bytes"
	"cmp"
	"context"
	"image/jpeg"
	"io"
	"os"
	"slices"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
	show "fayi/judging/exhibition"
	"fayi/judging/filetype"
	"fayi/judging/media/scrub"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/sets"
	"fayi/judging/office/workfiles"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// How much an exhibition shows of a work.
const (
	shownPictures = 30
	shownBytes    = 12 << 20
	smallSide     = 480 // pixels
)

// WriteExhibition writes the awarded works into a new folder of pages that any browser shows without a network. Works
// whose authors did not agree are left out and listed. It is all there, or nothing. Equal contests give equal bytes.
// Errors: as WriteAlbum, and Clash for a folder that is there.
func (o Stage) WriteExhibition(
	ctx context.Context, req Request, words paper.Words, progress func(done, total int),
) (Report, error) {
	b, r, err := o.begin(ctx, req, words)
	if err != nil {
		return r, err
	}
	folder, err := sets.NewFolder(req.Out)
	if err != nil {
		return r, err
	}
	defer folder.Discard()
	all, err := o.look(ctx, b, limits{shownPictures, shownBytes}, progress)
	if err != nil {
		return r, err
	}
	x := exhibit{o, ctx, b, words, folder, &r}
	page := show.Book{
		Lang: cmp.Or(req.Lang, "zh-Hans"), Title: words("exhibition.title", judging.Args{"Contest": b.contest.Title()}),
		Host: b.contest.Host, Day: b.date(words), Note: b.stateNote(words), Words: show.Words(words),
	}
	for i, e := range b.works {
		w, err := x.work(e, &all[i], req.Media)
		if err != nil {
			return r, err
		}
		page.Works = append(page.Works, w)
	}
	r.add(all)
	if err := show.Write(page, x.file); err != nil {
		return r, err
	}
	return r, store.Translate(req.Out, folder.Commit())
}

// exhibit is an exhibition in the making.
type exhibit struct {
	Stage

	ctx    context.Context
	book   book
	words  paper.Words
	folder *atomicfile.Folder
	report *Report
}

// file writes one file, below a folder where its name has one.
func (x exhibit) file(name string, write func(io.Writer) error) error {
	if err := x.ctx.Err(); err != nil {
		return err
	}
	if dir, _, below := strings.Cut(name, "/"); below {
		if err := os.MkdirAll(x.folder.Path(dir), 0o755); err != nil {
			return store.Translate(x.report.Path, err)
		}
	}
	err := x.folder.WriteFile(name, 0o644, func(w io.Writer) error {
		return write(io.MultiWriter(w, counter{&x.report.Bytes}))
	})
	return store.Translate(x.report.Path, err)
}

// counter counts bytes.
type counter struct{ n *int64 }

// Write counts.
func (c counter) Write(p []byte) (int, error) {
	*c.n += int64(len(p))
	return len(p), nil
}

// work lays one work out. A sound or film that can't be cleaned does not go along, and the report says so.
func (x exhibit) work(e entry, s *seen, media bool) (show.Work, error) {
	w := show.Work{
		Chapter: chapter(e), Award: e.award.Honours(), Title: e.award.Title, By: by(e, x.words), Texts: s.words,
		Intro: awards.PublicWords(x.book.rules, e.work, strings.TrimSpace(e.work.Intro)),
	}
	for i, p := range s.sights {
		one := show.Picture{JPEG: p.jpeg, W: p.w, H: p.h, Film: p.film}
		if i == 0 {
			q, err := jpeg.Decode(bytes.NewReader(p.jpeg))
			if err != nil {
				return w, err
			}
			small := scaled(q, smallSide)
			if one.Small, err = encode(small, 80); err != nil {
				return w, err
			}
			one.SmallW, one.SmallH = small.Bounds().Dx(), small.Bounds().Dy()
		}
		w.Pictures = append(w.Pictures, one)
	}
	for n, f := range e.work.Files {
		kind := filetype.Kind(f.Kind)
		if !media || f.Aside || kind != filetype.Audio && kind != filetype.Video {
			continue
		}
		data, ending, err := x.clean(f)
		if x.ctx.Err() != nil {
			return w, x.ctx.Err()
		}
		if err != nil {
			s.troubles = append(s.troubles, e.trouble(n+1, err))
			continue
		}
		w.Media = append(w.Media, show.Media{Ending: ending, Film: kind == filetype.Video, Copy: data,
			Picture: slices.IndexFunc(s.sights, func(p sight) bool { return p.file == n }) + 1})
	}
	played := *s
	if len(w.Media) > 0 { // what can be heard and seen is no remark
		played.sounds, played.played = nil, true
	}
	w.Remarks = remarks(played, x.words)
	return w, nil
}

// clean tries to copy a sound or film without its traces, and returns what does so. The copy is made twice: what fails
// is to leave no half of a file behind.
func (x exhibit) clean(f judging.File) (func(io.Writer) error, string, error) {
	write := func(w io.Writer) error {
		r, err := x.rec.Blobs.Open(f.Sum)
		if err != nil {
			return err
		}
		defer r.Close()
		_, err = scrub.Copy(x.ctx, w, r, f.Bytes)
		return err
	}
	r, err := x.rec.Blobs.Open(f.Sum)
	if err != nil {
		return nil, "", err
	}
	head, err := workfiles.HeadOf(r, f)
	if e := r.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = write(io.Discard)
	}
	return write, filetype.Of(head, "").Ext, err
}
