package review

import (
	"context"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/prose"
)

// reviewSide shows one work as large as there is room, with what is known of it and the buttons that review it.
type reviewSide struct {
	widget.BaseWidget

	sh     kit.Shell
	office reviewOffice
	decide func(judging.WorkStatus)
	title  *look.CutText
	facts  *fyne.Container
	stage  *fyne.Container
	many   *look.CutText
	acts   [3]*button.Button
	work   judging.Work
}

func newReviewSide(sh kit.Shell, o reviewOffice, decide func(judging.WorkStatus)) *reviewSide {
	s := &reviewSide{
		sh: sh, office: o, decide: decide, title: look.NewCutText("", look.Section, look.Plain),
		facts: lay.Stack(lay.Gap4), stage: container.NewStack(),
	}
	s.many = look.NewCutText(sh.T("review.keys", nil), look.Note, look.Quiet)
	act := func(status judging.WorkStatus) func() { return func() { decide(status) } }
	s.acts = [3]*button.Button{
		button.NewPrimary(sh.T("review.accept", nil), act(judging.Accepted)),
		button.New(sh.T("review.return", nil), act(judging.Returned)),
		button.NewDanger(sh.T("review.reject", nil), act(judging.Rejected)),
	}
	s.ExtendBaseWidget(s)
	s.Hide()
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *reviewSide) CreateRenderer() fyne.WidgetRenderer {
	buttons := lay.Row(lay.Gap8, s.acts[0], s.acts[1], s.acts[2])
	foot := lay.Stack(lay.Gap4, s.many, buttons)
	return widget.NewSimpleRenderer(lay.Fill(
		nil,
		lay.Sheet(
			lay.Gap16,
			container.NewBorder(s.title, nil, nil, nil, lay.Split(lay.Gap16, []float32{2, 3}, s.facts, s.stage)),
		),
		foot,
	))
}

// ticked says that the buttons are for n works.
func (s *reviewSide) ticked(n int) {
	if n == 0 {
		s.many.Set(s.sh.T("review.keys", nil), look.Quiet)
		return
	}
	s.many.Set(s.sh.T("review.ask_many", judging.Args{"N": n}), look.Accent)
}

func (s *reviewSide) clear() {
	s.work = judging.Work{}
	s.Hide()
}

// exhibit is what can be seen of a work's first file that can be seen.
type exhibit struct {
	picture image.Image
	text    string
	why     string // why nothing can be seen
}

// show shows w; its picture or text comes in the background.
func (s *reviewSide) show(w judging.Work) {
	same := s.work.ID == w.ID && s.Visible()
	s.work = w
	s.Show()
	s.showFacts()
	if same {
		return
	}
	s.stage.RemoveAll()
	var seen exhibit
	s.sh.Run(s.sh.T("app.picture_loading", nil), func(ctx context.Context, _ kit.Progress) error {
		seen = readExhibit(ctx, s.office, w, s.sh)
		return ctx.Err()
	}, func(err error) {
		if err == nil && s.work.ID == w.ID {
			s.stage.Objects = []fyne.CanvasObject{seen.object()}
			s.stage.Refresh()
		}
	})
}

func (s *reviewSide) showFacts() {
	w := s.work
	s.facts.RemoveAll()
	s.title.Set(w.Title, look.Plain)
	for i, f := range page.WorkFacts(s.sh, w) {
		if i >= 5 {
			break
		}
		s.facts.Add(look.NewPara(f.Name+"  "+f.Value, look.Note, look.Quiet, 40).Fluid())
	}
	if w.Status != judging.Accepted {
		s.facts.Add(lay.Row(
			lay.Gap8, status.NewChip(page.StatusWord(s.sh, w.Status), page.StatusTone(w.Status)),
			look.NewText(s.sh.T("review.changed", nil), look.Note, look.Waiting),
		))
	}
}

// readExhibit opens the files of a work until one can be seen.
func readExhibit(ctx context.Context, o page.FileOpener, w judging.Work, t kit.Texter) exhibit {
	out := exhibit{why: t.T("app.detail_no_files", nil)}
	for i, f := range w.Files {
		var err error
		switch filetype.Kind(f.Kind) {
		case filetype.Picture:
			out.picture, err = page.ReadThumb(ctx, o, w.ID, i)
		case filetype.Text, filetype.Document:
			out.text, err = readWords(ctx, o, w.ID, i)
		default:
			out.why = t.T("duplicates.not_shown", nil)
			continue
		}
		if err == nil {
			return out
		}
		out.why = t.Err(err)
	}
	return out
}

// readWords reads the words of the n-th file of a work.
func readWords(ctx context.Context, o page.FileOpener, id judging.WorkID, n int) (string, error) {
	f, err := o.OpenWorkFile(ctx, id, n)
	if err != nil {
		return "", err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err
	}
	return prose.Read(seekReader{f}, size)
}

// seekReader reads at any place of what can only be read from where it stands; it serves one goroutine.
type seekReader struct{ io.ReadSeeker }

// ReadAt reads from off.
func (r seekReader) ReadAt(p []byte, off int64) (int, error) {
	if _, err := r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(r, p)
}

func (e exhibit) object() fyne.CanvasObject {
	switch {
	case e.picture != nil:
		c := canvas.NewImageFromImage(e.picture)
		c.FillMode = canvas.ImageFillContain
		return c
	case e.text != "":
		return page.MarkedText(e.text, nil, 0)
	}
	return container.NewCenter(look.NewPara(e.why, look.Note, look.Quiet, 20))
}
