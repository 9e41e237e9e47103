package works

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/zoom"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/workfiles"
)

type viewOffice interface {
	page.FileOpener
	page.ThumbOffice
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	WorkText(ctx context.Context, id judging.WorkID, n int) (string, error)
	WorkPage(ctx context.Context, id judging.WorkID, n, page, width int) (workfiles.PagePicture, error)
	FileFacts(ctx context.Context, id judging.WorkID) ([]judging.FileFacts, error)
}

// viewPage shows the files of a work as large as the window is, one at a time; keys lead to the next file and the
// next work.
type viewPage struct {
	sh     kit.Shell
	office viewOffice
	filter kit.Filter
	place  viewPlace
	works  []judging.Work
	facts  []judging.FileFacts
	head   *header.Header
	body   *fyne.Container
	bar    viewBar
	zoom   *zoom.Zoom // nil while no picture or page is shown
	asked  int        // counts what was asked for, so that what comes late is not shown
}

// viewPlace is where one is: a work, a file and a page of it, both from 0.
type viewPlace struct {
	work       judging.WorkID
	file, page int
	pages      int // of the document shown; 0 for other files
	opened     bool
}

// viewBar is what stands below the file.
type viewBar struct {
	files, pages *canvas.Text
	facts        *look.CutText
	scale        *button.Button
	turn         *fyne.Container // through pages
	step         *fyne.Container // through files
	works        [2]*button.Button
}

func newViewPage(sh kit.Shell, o viewOffice, r kit.Route) *viewPage {
	return &viewPage{sh: sh, office: o, filter: r.Filter, place: viewPlace{work: judging.WorkID(r.ID)}}
}

// Keep keeps the place.
func (p *viewPage) Keep() any { return p.place }

// Restore takes it back.
func (p *viewPage) Restore(state any) {
	if s, ok := state.(viewPlace); ok {
		p.place = s
		p.place.opened = false
	}
}

// Title is the page's name.
func (p *viewPage) Title() string { return p.sh.T("viewer.title", nil) }

// Content builds the room for a file and the bar below it.
func (p *viewPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(), button.New(p.sh.T("viewer.open_outside", nil), p.onOutside),
	).WithBack(p.sh.Back)
	p.body = container.NewStack()
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	ground.CornerRadius = 6
	return header.Page(p.head, lay.Fill(nil, container.NewStack(ground, p.body), p.newBar()))
}

func (p *viewPage) newBar() fyne.CanvasObject {
	b := &p.bar
	b.files, b.pages = look.NewText("", look.Body, look.Plain), look.NewText("", look.Body, look.Plain)
	b.facts = look.NewCutText("", look.Note, look.Quiet)
	b.scale = button.New("", p.onScale)
	b.step = lay.Row(lay.Gap4, button.NewIcon(theme.NavigateBackIcon(), func() { p.stepFile(-1) }), b.files,
		button.NewIcon(theme.NavigateNextIcon(), func() { p.stepFile(1) }))
	b.turn = lay.Row(lay.Gap4, button.NewIcon(theme.MoveUpIcon(), func() { p.stepPage(-1) }), b.pages,
		button.NewIcon(theme.MoveDownIcon(), func() { p.stepPage(1) }))
	b.works[0] = button.New(p.sh.T("viewer.prev_work", nil), func() { p.stepWork(-1) })
	b.works[1] = button.New(p.sh.T("viewer.next_work", nil), func() { p.stepWork(1) })
	tools := container.NewCenter(lay.Row(lay.Gap16, b.step, b.turn, b.scale))
	return lay.Stack(
		lay.Gap4, tools, container.NewBorder(nil, nil, b.works[0], b.works[1], lay.Inset(lay.Gap8, b.facts)),
	)
}

// Load reads the works one steps through.
func (p *viewPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]judging.Work, error) {
		return p.office.Works(ctx, office.WorkFilter{})
	}, func(all []judging.Work) {
		before, known := p.work()
		p.works = page.WorkRows(all, p.filter)
		w, ok := p.work()
		if !ok { // the filter no longer lets it through: it was accepted meanwhile, or came by another way
			if i := slices.IndexFunc(all, func(w judging.Work) bool { return w.ID == p.place.work }); i >= 0 {
				p.works = append(p.works, all[i])
				w, ok = all[i], true
			}
		}
		switch {
		case !ok:
			p.put(status.NewEmpty(p.sh.T("viewer.gone", nil), "", nil))
		case !known || !p.place.opened ||
			!slices.EqualFunc(before.Files, w.Files, func(a, b judging.File) bool { return a.Sum == b.Sum }):
			p.open(p.place.file, p.place.page)
		}
	})
}

// work returns the work shown.
func (p *viewPage) work() (judging.Work, bool) {
	i := p.at()
	if i < 0 {
		return judging.Work{}, false
	}
	return p.works[i], true
}

func (p *viewPage) at() int {
	return slices.IndexFunc(p.works, func(w judging.Work) bool { return w.ID == p.place.work })
}

// stepWork goes on to another work of the list.
func (p *viewPage) stepWork(by int) {
	if i := p.at() + by; p.at() >= 0 && i >= 0 && i < len(p.works) {
		p.place = viewPlace{work: p.works[i].ID}
		p.open(0, 0)
	}
}

// stepFile goes on to another file of the work.
func (p *viewPage) stepFile(by int) {
	if w, _ := p.work(); p.place.file+by >= 0 && p.place.file+by < len(w.Files) {
		p.open(p.place.file+by, 0)
	}
}

// stepPage goes on to another page of the document.
func (p *viewPage) stepPage(by int) {
	if n := p.place.page + by; n >= 0 && n < p.place.pages {
		p.open(p.place.file, n)
	}
}

// TypedKey leads through files, pages and works, and enlarges.
func (p *viewPage) TypedKey(key *fyne.KeyEvent) bool {
	if p.zoom != nil && p.zoom.TypedKey(key) {
		return true
	}
	switch key.Name {
	case fyne.KeyRight:
		p.stepFile(1)
	case fyne.KeyLeft:
		p.stepFile(-1)
	case fyne.KeyDown:
		p.stepPage(1)
	case fyne.KeyUp:
		p.stepPage(-1)
	case fyne.KeyPageDown:
		p.stepWork(1)
	case fyne.KeyPageUp:
		p.stepWork(-1)
	case fyne.KeySpace:
		p.onScale()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.onOutside()
	case fyne.KeyEscape:
		p.sh.Back()
	default:
		return false
	}
	return true
}

func (p *viewPage) onScale() {
	if p.zoom != nil {
		p.zoom.Toggle()
	}
}

func (p *viewPage) onOutside() {
	if w, ok := p.work(); ok && p.place.file < len(w.Files) {
		page.OpenOutside(p.sh, p.office, w, p.place.file)
	}
}

// tell brings header and bar up to date with the place.
func (p *viewPage) tell(w judging.Work) {
	p.head.SetTitle(w.Title)
	p.head.SetCount(string(w.Code))
	b := &p.bar
	b.files.Text = p.sh.T("viewer.file_of", judging.Args{"N": p.place.file + 1, "Of": len(w.Files)})
	b.pages.Text = p.sh.T("viewer.page_of", judging.Args{"N": p.place.page + 1, "Of": p.place.pages})
	b.step.Hidden, b.turn.Hidden = len(w.Files) < 2, p.place.pages < 2
	b.files.Refresh()
	b.pages.Refresh()
	b.facts.Set(p.factsText(w), look.Quiet)
	for i, disabled := range []bool{p.at() <= 0, p.at() >= len(p.works)-1} {
		b.works[i].Enable()
		if disabled {
			b.works[i].Disable()
		}
	}
	p.tellScale()
}

func (p *viewPage) tellScale() {
	b := &p.bar
	b.scale.Hidden = p.zoom == nil
	if p.zoom != nil && p.zoom.Fitted() {
		b.scale.SetText(p.sh.T("viewer.enlarge", nil))
	} else if p.zoom != nil {
		b.scale.SetText(p.sh.T("viewer.fit", judging.Args{"Percent": p.zoom.Percent()}))
	}
	b.scale.Refresh()
}
