package works

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/zoom"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/media/picture"
	"fayi/judging/office/workfiles"
)

// What is read for the screen: the longer side of pictures and the width of pages in pixels, and how many
// characters of a text.
const (
	screenSide = 1600
	pageWidth  = 1400
	textShown  = 30_000
)

// wholePicture lets one picture be decoded whole at a time, for its memory.
var wholePicture sync.Mutex

// open shows a file and a page of the work.
func (p *viewPage) open(file, page int) {
	w, ok := p.work()
	if !ok {
		return
	}
	if file != p.place.file {
		p.place.pages = 0
	}
	p.place.file, p.place.page, p.place.opened = min(max(file, 0), max(len(w.Files)-1, 0)), page, true
	p.readFacts(w)
	if len(w.Files) == 0 {
		p.put(status.NewEmpty(p.sh.T("viewer.no_file", nil), p.sh.T("viewer.no_file_text", nil), nil))
		return
	}
	switch f := w.Files[p.place.file]; f.Kind {
	case "picture":
		p.openPicture(w)
	case "text":
		p.openText(w)
	case "document":
		p.openDocument(w)
	default:
		p.openStill(w)
	}
}

// put shows o in place of what was shown, which is let go of.
func (p *viewPage) put(o fyne.CanvasObject) {
	p.asked++
	p.zoom, _ = o.(*zoom.Zoom)
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
	if w, ok := p.work(); ok {
		p.tell(w)
	}
}

// read does work off the UI thread and shows what comes of it, unless something else was asked for meanwhile.
func (p *viewPage) read(work func(ctx context.Context) (func() fyne.CanvasObject, error)) {
	p.put(status.NewEmpty(p.sh.T("viewer.opening", nil), "", nil))
	asked := p.asked
	var made func() fyne.CanvasObject
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		made, err = work(ctx)
		return err
	}, func(err error) {
		switch {
		case p.asked != asked:
		case err != nil:
			p.put(p.placeholder(p.sh.Err(err)))
		default:
			p.put(made())
		}
	})
}

// openPicture shows a picture at the size of the screen first; the whole is read when it is enlarged beyond that.
func (p *viewPage) openPicture(w judging.Work) {
	n := p.place.file
	p.read(func(ctx context.Context) (func() fyne.CanvasObject, error) {
		img, err := page.KeptThumb(ctx, p.office, w.ID, n, screenSide)
		if err != nil {
			return nil, err
		}
		size, err := p.pictureSize(ctx, w.ID, n)
		if err != nil {
			return nil, err
		}
		preview := zoom.NewPreview(img, size.Width, size.Height)
		return func() fyne.CanvasObject { return p.newZoom(preview, func() { p.sharpen(w, n) }) }, nil
	})
}

// pictureSize is how large the whole picture is: as it was measured, or else as its file says.
func (p *viewPage) pictureSize(ctx context.Context, id judging.WorkID, n int) (picture.Info, error) {
	facts, err := p.office.FileFacts(ctx, id)
	if err != nil {
		return picture.Info{}, err
	}
	if n < len(facts) && facts[n].Width > 0 {
		return picture.Info{Format: facts[n].Format, Width: facts[n].Width, Height: facts[n].Height}, nil
	}
	f, err := p.office.OpenWorkFile(ctx, id, n)
	if err != nil {
		return picture.Info{}, err
	}
	defer f.Close()
	return picture.Measure(f)
}

func (p *viewPage) newZoom(pic *zoom.Picture, coarse func()) *zoom.Zoom {
	z := zoom.New(pic, p.tellScale)
	z.OnCoarse = coarse
	return z
}

// sharpen reads the whole picture in place of its copy at the size of the screen.
func (p *viewPage) sharpen(w judging.Work, n int) {
	z := p.zoom
	var whole *zoom.Picture
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) error {
		f, err := p.office.OpenWorkFile(ctx, w.ID, n)
		if err != nil {
			return err
		}
		defer f.Close()
		wholePicture.Lock()
		defer wholePicture.Unlock()
		img, turn, err := picture.Decode(f)
		if err == nil {
			whole = zoom.NewPicture(img, turn)
		}
		return err
	}, func(err error) {
		if err == nil && p.zoom == z && z != nil {
			z.Sharpen(whole)
		}
	})
}

// openText shows the words of a text.
func (p *viewPage) openText(w judging.Work) {
	n := p.place.file
	p.read(func(ctx context.Context) (func() fyne.CanvasObject, error) {
		text, err := p.office.WorkText(ctx, w.ID, n)
		return func() fyne.CanvasObject { return p.prose(text) }, err
	})
}

// lineChars is the length of a line of text in Chinese characters.
const lineChars = 40

// prose lays a text out for reading.
func (p *viewPage) prose(text string) fyne.CanvasObject {
	cut := false
	if utf8.RuneCountInString(text) > textShown {
		text, cut = string([]rune(text)[:textShown]), true
	}
	lines := lay.Stack(lay.Gap8)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines.Add(look.NewPara("\u3000\u3000"+line, look.Section, look.Plain, lineChars))
		}
	}
	if cut {
		lines.Add(look.NewPara(
			p.sh.T("viewer.text_cut", judging.Args{"N": textShown}), look.Note, look.Waiting, lineChars,
		))
	}
	return lay.Surface(lay.VScroll(container.NewHBox(lay.Blank(look.Em(4), 0), lines)))
}

// openDocument shows a page of a PDF, or the words of a Word document.
func (p *viewPage) openDocument(w judging.Work) {
	n, page := p.place.file, p.place.page
	p.read(func(ctx context.Context) (func() fyne.CanvasObject, error) {
		got, err := p.office.WorkPage(ctx, w.ID, n, page, pageWidth)
		if err == nil {
			pic := zoom.NewPicture(got.Image, 1)
			return func() fyne.CanvasObject { return p.showPage(got, pic) }, nil
		}
		text, proseErr := p.office.WorkText(ctx, w.ID, n)
		if proseErr != nil {
			return nil, proseErr
		}
		return func() fyne.CanvasObject { return p.prose(text) }, nil
	})
}

func (p *viewPage) showPage(got workfiles.PagePicture, pic *zoom.Picture) fyne.CanvasObject {
	p.place.page, p.place.pages = got.Page, got.Pages
	return p.newZoom(pic, nil)
}

// openStill shows a picture out of a film, if there is one, and the way to open it.
func (p *viewPage) openStill(w judging.Work) {
	n, f := p.place.file, w.Files[p.place.file]
	if f.Kind != "video" {
		p.put(p.placeholder(""))
		return
	}
	p.read(func(ctx context.Context) (func() fyne.CanvasObject, error) {
		img, err := page.KeptThumb(ctx, p.office, w.ID, n, page.ThumbEdge)
		if err != nil {
			return nil, err
		}
		still := zoom.NewPicture(img, 1)
		play := container.NewCenter(button.NewPrimary(p.sh.T("viewer.play", nil), p.onOutside))
		return func() fyne.CanvasObject {
			return lay.Fill(nil, zoom.New(still, nil), lay.Inset(lay.Gap16, play))
		}, nil
	})
}

// placeholder stands for a file that is not drawn here; why says the reason, if there is one.
func (p *viewPage) placeholder(why string) fyne.CanvasObject {
	w, ok := p.work()
	if !ok || p.place.file >= len(w.Files) {
		return status.NewEmpty(why, "", nil)
	}
	if why == "" {
		why = p.sh.T("viewer.elsewhere", nil)
	}
	return status.NewEmpty(kindWord(p.sh, w.Files[p.place.file].Kind)+"  "+w.Files[p.place.file].Name, why,
		button.NewPrimary(p.sh.T("viewer.open_outside", nil), p.onOutside))
}

// readFacts asks what was found in the work's files.
func (p *viewPage) readFacts(w judging.Work) {
	p.facts = nil
	var facts []judging.FileFacts
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		facts, err = p.office.FileFacts(ctx, w.ID)
		return err
	}, func(err error) {
		if now, ok := p.work(); err == nil && ok && now.ID == w.ID {
			p.facts = facts
			p.bar.facts.Set(p.factsText(now), look.Quiet)
		}
	})
}

// factsText is one line about the work and the file shown: whose it is, name, size, pixels, length, words.
func (p *viewPage) factsText(w judging.Work) string {
	parts := slices.DeleteFunc(
		[]string{w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit}, func(s string) bool { return s == "" },
	)
	if p.place.file >= len(w.Files) {
		return strings.Join(parts, " · ")
	}
	f := w.Files[p.place.file]
	parts = append(parts, f.Name, kit.Bytes(f.Bytes))
	if p.place.file < len(p.facts) {
		x := p.facts[p.place.file]
		if x.Width > 0 {
			parts = append(parts, fmt.Sprintf("%d × %d", x.Width, x.Height))
		}
		if x.Seconds > 0 {
			parts = append(
				parts, p.sh.T("viewer.seconds", judging.Args{"Min": int(x.Seconds) / 60, "Sec": int(x.Seconds) % 60}),
			)
		}
		if x.Words > 0 {
			parts = append(parts, p.sh.T("viewer.words", judging.Args{"N": x.Words}))
		}
	}
	return strings.Join(parts, " · ")
}

// kindWord is the word for a kind of file.
func kindWord(t kit.Texter, kind string) string {
	switch kind {
	case "picture", "video", "audio", "document", "text":
		return t.T("viewer.kind_"+kind, nil)
	}
	return t.T("viewer.kind_other", nil)
}
