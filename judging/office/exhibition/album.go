package exhibition

import (
	"context"
	"io"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// How much an album shows of a work, and how large it may become.
const (
	albumPictures = 6
	albumBytes    = 54 << 20 // of all pictures, where the works are few enough
	leastBytes    = 150 << 10
	mostBytes     = 1500 << 10 // of the pictures of one work
)

// WriteAlbum writes the awarded works as a book to a PDF: cover, contents, a page or more for each work. Works whose
// authors did not agree are left out and listed. Equal contests give equal bytes. Errors: Closed before the awards are
// final, where there are none, and where no work may be shown; *records.OpenError, Invalid for a folder's path,
// Unavailable.
func (o Stage) WriteAlbum(
	ctx context.Context, req Request, words paper.Words, progress func(done, total int),
) (Report, error) {
	b, r, err := o.begin(ctx, req, words)
	if err != nil {
		return r, err
	}
	if err := sets.FilePlace(req.Out); err != nil {
		return r, err
	}
	all, err := o.look(ctx, b, limits{
		albumPictures, min(mostBytes, max(leastBytes, albumBytes/len(b.works))),
	}, progress)
	if err != nil {
		return r, err
	}
	a := diploma.Album{
		Title: words("album.title", nil), Contest: b.contest.Title(), Host: b.contest.Host,
		Date: b.date(words), Note: b.stateNote(words), Made: b.day(), Words: diploma.Words(words),
	}
	for i, e := range b.works {
		a.Works = append(a.Works, b.albumWork(e, all[i], words))
	}
	r.add(all)
	var made diploma.AlbumReport
	err = records.WriteFile(req.Out, func(w io.Writer) (err error) {
		made, err = diploma.WriteAlbum(w, a)
		return err
	})
	r.Pages, r.Characters = made.Pages, made.Missing
	if info, e := os.Stat(req.Out); err == nil && e == nil {
		r.Bytes = info.Size()
	}
	return r, err
}

// begin gathers what is shown, and lists what is left out.
func (o Stage) begin(ctx context.Context, req Request, words paper.Words) (book, Report, error) {
	r := Report{Path: req.Out, Left: []Candidate{}, Troubles: []Trouble{}}
	b, err := o.gather(ctx)
	if err != nil {
		return b, r, err
	}
	r.State, r.Open = b.state, b.open
	r.Left, err = b.part(req)
	r.Shown = len(b.works)
	if len(r.Left) == 0 || req.Left == "" {
		return b, r, err
	}
	if e := writeLeft(req.Left, b.contest, r.Left, words); e != nil {
		return b, r, e
	}
	r.LeftFile = req.Left
	return b, r, err
}

// add counts what was drawn, and tells what was not.
func (r *Report) add(all []seen) {
	for _, s := range all {
		r.Pictures += len(s.sights)
		r.Troubles = append(r.Troubles, s.troubles...)
	}
}

// writeLeft writes the list of works that are left out, for the organiser.
func writeLeft(path string, c judging.Contest, left []Candidate, words paper.Words) error {
	p := paper.Paper{
		Name:  words("exhibition.left_name", nil),
		Title: words("exhibition.left_heading", judging.Args{"Contest": c.Title()}),
		Note:  words("exhibition.left_note", judging.Args{"N": len(left)}),
	}
	for _, c := range []struct {
		key         string
		least, most float64
	}{{"code", 10, 14}, {"unit", 14, 30}, {"title", 20, 40}, {"authors", 10, 20}, {"award", 8, 12}, {"why", 16, 30}} {
		p.Columns = append(p.Columns, paper.PaperColumn{
			Head: words("exhibition.left_"+c.key, nil), Least: c.least, Most: c.most, Across: "left",
		})
	}
	for _, c := range left {
		p.Rows = append(p.Rows, []any{
			string(c.Code), c.Unit, c.Title, strings.Join(c.Authors, "、"), c.Award,
			words("exhibition.consent_"+string(c.Consent), nil),
		})
	}
	return store.Translate(path, records.WriteFile(path, func(w io.Writer) error {
		return paper.WritePapers(w, p.Title, []paper.Paper{p}, words)
	}))
}

// albumWork lays one work out.
func (b book) albumWork(e entry, s seen, words paper.Words) diploma.AlbumWork {
	w := diploma.AlbumWork{
		Chapter: chapter(e), Award: e.award.Honours(), Title: e.award.Title, By: by(e, words), Texts: s.words,
	}
	for _, p := range s.sights {
		w.Pictures = append(w.Pictures, diploma.AlbumPicture{JPEG: p.jpeg, W: p.w, H: p.h, Film: p.film})
	}
	w.Remarks = append(w.Remarks, remarks(s, words)...)
	if intro := awards.PublicWords(b.rules, e.work, strings.TrimSpace(e.work.Intro)); intro != "" {
		w.Texts = append([]string{intro}, w.Texts...)
	}
	return w
}

func chapter(e entry) string {
	if e.award.Group == "" {
		return e.award.Category
	}
	return e.award.Category + "　" + e.award.Group
}

// by are the lines below a title: who made it, where, and who guided it.
func by(e entry, words paper.Words) []string {
	var out []string
	for _, l := range []struct{ key, said string }{
		{"authors", strings.Join(e.award.Authors, "、")}, {"unit", e.award.Unit},
		{"teachers", strings.Join(e.award.Teachers, "、")},
	} {
		if l.said != "" {
			out = append(out, words("exhibition.by_"+l.key, judging.Args{"Said": l.said}))
		}
	}
	return out
}

// remarks say what of a work can't be seen on paper.
func remarks(s seen, words paper.Words) []string {
	var out []string
	for _, p := range s.sights {
		if p.film && p.seconds > 0 && !s.played {
			out = append(out, words("exhibition.film_long", judging.Args{"Min": p.seconds / 60, "Sec": p.seconds % 60}))
		}
	}
	if len(s.sounds) > 0 {
		out = append(out, words("exhibition.sounds", judging.Args{"N": len(s.sounds)}))
	}
	for _, t := range s.troubles {
		switch t.Text {
		case "exhibition.more_pages", "exhibition.more_pictures":
			out = append(out, words(t.Text, t.Args))
		}
	}
	if len(s.sights)+len(s.words)+len(s.sounds) == 0 {
		out = append(out, words("exhibition.unseen", nil))
	}
	return out
}
