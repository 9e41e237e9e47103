package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/fullscreen"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// frame is what stands around a page: bar above, rail at the left, notice and status line below. It is made again
// when language, look or the kind of page change.
type frame struct {
	app     *App
	subject *look.CutText
	rail    *status.Rail
	saved   *look.CutText
	task    *fyne.Container
	line    *status.Progress
	cancel  *button.Button
	notice  *status.Slot    // over what is saved, or in a short window over what the contest is called
	whole   *fyne.Container // all of it
	broad   float32         // the rail, when all was laid out
	page    *fyne.Container
	under   *look.CutText // what a notice covers: what is saved, or in a short window what the contest is called
	stop    func()
	status  Status // as last drawn
	asking  int    // 1 while the status is asked for, more where it is to be asked for again then
}

// shape is what a frame is made for. Pages of one shape stand in one frame, one after another: making it again
// costs more than most pages.
type shape struct {
	bare, handedOver, searchable bool
	lang                         string
	look                         look.Look
}

// shape is what the page needs now.
func (a *App) shape() shape {
	p, ok := a.page.(kit.Bare)
	return shape{ok && p.Bare(), a.handedOver(), a.searchable(), a.Lang(), a.look}
}

func (a *App) handedOver() bool { return a.cfg.Guard != nil && a.cfg.Guard.On() }

// build puts the page into the frame, or into a new one if it is of another shape.
func (a *App) build() {
	// A page that needs more room than there is scrolls; without this the window would grow beyond the screen.
	content := lay.Scroll(a.page.Content())
	if f, s := a.frame, a.shape(); s == a.framed && !s.bare {
		a.win.Canvas().Unfocus() // the cursor must not stay in the page before
		f.notice.Clear()
		f.draw()
		f.page.Objects = nil
		f.page.Add(content)
		canvas.Refresh(f.page)
		if !s.look.Short {
			a.setMenu(a.menu())
		}
		return
	}
	a.newFrame(content)
}

// newFrame sets the window's content: the page in a new frame.
func (a *App) newFrame(content fyne.CanvasObject) {
	a.framed = a.shape()
	f := &frame{
		app:     a,
		subject: look.NewCutText("", look.Body, look.Quiet),
		saved:   look.NewCutText("", look.Note, look.Quiet),
	}
	f.rail = status.NewRail(func(key string) { a.Navigate(kit.Route{Kind: key}) })
	f.line = status.NewProgress("", 10)
	f.cancel = button.NewPlain(a.T("kit.cancel", nil), func() { f.stop() })
	f.task = lay.Row(lay.Gap8, f.line, f.cancel)
	if f.under = f.saved; a.look.Short {
		f.under = f.subject
	}
	f.notice, f.page = status.NewSlot(f.under), container.NewStack(content)
	if a.frame != nil {
		f.status = a.frame.status
	}
	a.frame = f
	f.draw()
	a.tasks.show()

	side := lay.Blank(0, 0)
	if !a.framed.bare {
		side = f.side()
	}
	// the page comes first: that is where Tab begins
	page, bar, foot := a.Wrap(f.page, f.bar(), f.foot())
	f.whole, f.broad = lay.Frame(a.sized, page, bar, foot, side), f.rail.MinSize().Width
	whole := fyne.CanvasObject(f.whole)
	if a.framed.handedOver {
		whole = container.NewStack(fullscreen.NewPresence(a.cfg.Guard.Seen), whole)
	}
	a.hangMenu()
	a.win.SetContent(whole)
	a.drawing.Framed()
}

// bar is the line above: where I am at the left; search, type size, language and help at the right.
func (f *frame) bar() fyne.CanvasObject {
	if f.app.look.Short {
		return f.shortBar()
	}
	line := lay.Pad(lay.Gap8, lay.Gap16, container.NewBorder(nil, nil, f.brand(), f.tools(), f.subject))
	return lay.Stack(0, container.NewStack(canvas.NewRectangle(theme.Color(look.ColorSurface)), line), lay.Line())
}

// brand is the seal and the program's name.
func (f *frame) brand() fyne.CanvasObject {
	name := look.NewStrong(f.app.T("shell.name", nil), look.Body, look.Plain)
	return lay.Row(lay.Gap8, f.seal(), name, lay.Blank(lay.Gap8, 0))
}

// seal is the program's mark.
func (f *frame) seal() fyne.CanvasObject {
	seal := canvas.NewRectangle(look.Accent.Color())
	seal.CornerRadius = 4
	mark := look.NewStrong(f.app.T("shell.seal", nil), look.Body, look.Plain)
	mark.Color = theme.Color(look.ColorOnAccent)
	return container.NewStack(seal, lay.Blank(look.Em(2), look.Em(2)), container.NewCenter(mark))
}

func (f *frame) tools() fyne.CanvasObject {
	a := f.app
	row := lay.Row(lay.Gap8)
	if a.searchable() {
		search := button.NewPlain(a.T("shell.search", nil), a.search)
		search.Icon = theme.SearchIcon()
		row.Add(search)
	}
	row.Add(look.NewText(a.T("shell.size", nil), look.Note, look.Quiet))
	row.Add(f.sizes())
	if a.handedOver() { // there is no menu for it
		mode, key := look.Dark, "shell.mode_dark"
		if a.dark() {
			mode, key = look.Light, "shell.mode_light"
		}
		row.Add(button.NewPlain(a.T(key, nil), func() { a.SetMode(mode) }))
	}
	row.Add(button.NewPlain(a.T("shell.other_language", nil), a.otherLang))
	row.Add(button.NewPlain(a.T("shell.help", nil), a.help))
	return row
}

// sizes is the choice of a type size.
func (f *frame) sizes() fyne.CanvasObject {
	var sizes []choice.Option
	for _, s := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		sizes = append(sizes, choice.Option{Key: string(s), Title: f.app.T("shell.size_short_"+string(s), nil)})
	}
	return choice.NewSegments(
		sizes, string(f.app.look.Size), func(key string) { f.app.SetTextSize(look.TextSize(key)) },
	)
}

// dark reports whether the window is drawn in dark colours.
func (a *App) dark() bool {
	mode, system := a.look.Mode, a.fyne.Settings().ThemeVariant()
	return mode == look.Dark || mode != look.Light && system == theme.VariantDark
}

// side is the rail on its own ground.
func (f *frame) side() fyne.CanvasObject {
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	width := look.Em(12)
	if f.app.look.Short {
		width = 0 // as wide as its words
	}
	scroll := lay.VScroll(container.NewStack(lay.Blank(width, 0), lay.Inset(lay.Gap8, f.rail)))
	return container.NewStack(ground, scroll)
}

// foot is the line below: what is saved, what is under way. A short window has none.
func (f *frame) foot() fyne.CanvasObject {
	if f.app.look.Short {
		return lay.Blank(0, 0)
	}
	room := container.NewStack(lay.Blank(0, look.RowHeight()+lay.Gap8), f.saved, f.notice.Box)
	line := lay.Pad(2, lay.Gap16, container.NewBorder(nil, nil, nil, f.task, room))
	return lay.Stack(0, lay.Line(), container.NewStack(canvas.NewRectangle(theme.Color(look.ColorSurface)), line))
}

// show draws status, or the error of asking for it.
func (f *frame) show(s Status, err error) {
	if err != nil {
		f.under.Set(f.app.Err(err), look.Problem)
		f.app.Speak()
		return
	}
	if s.Tone == look.Problem && f.status.Tone != s.Tone {
		f.notice.Clear() // it would cover what must be seen
		f.app.Speak()
	}
	f.status = s
	f.draw()
}

// draw draws the status last known.
func (f *frame) draw() {
	subject, tone := f.status.Subject, look.Quiet
	if f.app.look.Short && f.status.Saved != "" {
		subject, tone = strings.Trim(f.status.Subject+" · "+f.status.Saved, " ·"), f.status.Tone
	}
	f.subject.Say(subject, tone)
	f.saved.Say(f.status.Saved, f.status.Tone)
	f.rail.SetStages(f.status.Stages, f.app.trail.here.Kind)
	// A place that scrolls tells nobody that what is in it became broader.
	if broad := f.rail.MinSize().Width; f.whole != nil && broad != f.broad {
		f.broad = broad
		f.whole.Refresh()
	}
	f.app.win.SetTitle(f.app.windowTitle())
}

func (f *frame) busy(name string, t *task) {
	f.stop = t.cancel
	f.line.Set(name, t.done, t.total)
	f.line.SetLeft(t.left)
	f.task.Show()
}

// speaks reports whether bar or foot have something to say.
func (f *frame) speaks() bool { return f.notice.Shown() || f.status.Tone == look.Problem }

func (f *frame) idle() { f.task.Hide() }

// windowTitle is what the system's own title bar shows.
func (a *App) windowTitle() string {
	title := a.T("shell.name", nil)
	if s := a.frame.status.Subject; s != "" {
		title = s + " — " + title
	}
	if p := a.page.Title(); p != "" {
		title = p + " — " + title
	}
	return title
}
