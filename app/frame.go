package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

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
	notice  *fyne.Container // stands in the place of what is saved, so that nothing moves when it comes or goes
	page    *fyne.Container
	stop    func()
	status  Status // as last drawn
	asked   int    // how often the status was asked for
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
		f.untell()
		f.draw()
		f.page.Objects = nil
		f.page.Add(content)
		canvas.Refresh(f.page)
		a.setMenu(a.menu())
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
	f.notice, f.page = container.NewStack(), container.NewStack(content)
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
	whole := fyne.CanvasObject(container.New(frameLayout{}, f.page, f.bar(), f.foot(), side))
	if a.framed.handedOver {
		a.win.SetMainMenu(nil)
		whole = container.NewStack(newPresence(a.cfg.Guard.Seen), whole)
	} else {
		a.win.SetMainMenu(a.menu())
	}
	a.win.SetContent(whole)
}

// bar is the line above: where I am at the left; search, type size, language and help at the right.
func (f *frame) bar() fyne.CanvasObject {
	line := container.New(inset{lay.Gap8, lay.Gap16}, container.NewBorder(nil, nil, f.brand(), f.tools(), f.subject))
	return lay.Stack(0, container.NewStack(canvas.NewRectangle(theme.Color(look.ColorSurface)), line), lay.Line())
}

// brand is the seal and the program's name.
func (f *frame) brand() fyne.CanvasObject {
	seal := canvas.NewRectangle(look.Accent.Color())
	seal.CornerRadius = 4
	mark := look.NewStrong(f.app.T("shell.seal", nil), look.Body, look.Plain)
	mark.Color = theme.Color(look.ColorOnAccent)
	stamp := container.NewStack(seal, lay.Blank(look.Em(2), look.Em(2)), container.NewCenter(mark))
	return lay.Row(
		lay.Gap8, stamp, look.NewStrong(f.app.T("shell.name", nil), look.Body, look.Plain), lay.Blank(lay.Gap8, 0),
	)
}

func (f *frame) tools() fyne.CanvasObject {
	a := f.app
	row := lay.Row(lay.Gap8)
	if a.searchable() {
		search := button.NewPlain(a.T("shell.search", nil), a.search)
		search.Icon = theme.SearchIcon()
		row.Add(search)
	}
	var sizes []choice.Option
	for _, s := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		sizes = append(sizes, choice.Option{Key: string(s), Title: a.T("shell.size_short_"+string(s), nil)})
	}
	row.Add(look.NewText(a.T("shell.size", nil), look.Note, look.Quiet))
	row.Add(choice.NewSegments(sizes, string(a.look.Size), func(key string) { a.SetTextSize(look.TextSize(key)) }))
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

// dark reports whether the window is drawn in dark colours.
func (a *App) dark() bool {
	mode, system := a.look.Mode, a.fyne.Settings().ThemeVariant()
	return mode == look.Dark || mode != look.Light && system == theme.VariantDark
}

// side is the rail on its own ground.
func (f *frame) side() fyne.CanvasObject {
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	scroll := lay.VScroll(container.NewStack(lay.Blank(look.Em(12), 0), lay.Inset(lay.Gap8, f.rail)))
	return container.NewStack(ground, scroll)
}

// foot is the line below: what is saved, what is under way.
func (f *frame) foot() fyne.CanvasObject {
	room := container.NewStack(lay.Blank(0, look.RowHeight()+lay.Gap8), f.saved, f.notice)
	line := container.New(inset{2, lay.Gap16}, container.NewBorder(nil, nil, nil, f.task, room))
	return lay.Stack(0, lay.Line(), container.NewStack(canvas.NewRectangle(theme.Color(look.ColorSurface)), line))
}

// show draws status, or the error of asking for it.
func (f *frame) show(s Status, err error) {
	if err != nil {
		f.saved.Set(f.app.Err(err), look.Problem)
		return
	}
	f.status = s
	f.draw()
}

// draw draws the status last known.
func (f *frame) draw() {
	f.subject.Set(f.status.Subject, look.Quiet)
	f.saved.Set(f.status.Saved, look.Quiet)
	f.rail.SetStages(f.status.Stages, f.app.trail.here.Kind)
	f.app.win.SetTitle(f.app.windowTitle())
}

func (f *frame) busy(name string, t *task) {
	f.stop = t.cancel
	f.line.Set(name, t.done, t.total)
	f.line.SetLeft(t.left)
	f.task.Show()
}

func (f *frame) idle() { f.task.Hide() }

// tell shows n at the foot of the page.
func (f *frame) tell(n kit.Notice) {
	if n.Text == "" {
		f.untell()
		return
	}
	do := n.Do
	n.Do = func() {
		f.untell()
		if do != nil {
			do()
		}
	}
	f.notice.Objects = []fyne.CanvasObject{status.NewNotice(n, f.untell)}
	f.saved.Hide()
	f.notice.Refresh()
}

func (f *frame) untell() {
	f.notice.Objects = nil
	f.saved.Show()
	f.notice.Refresh()
}

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

// frameLayout sets page, bar, foot and side edge to edge.
type frameLayout struct{}

// MinSize is what all four need.
func (frameLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	page, bar, foot, side := o[0].MinSize(), o[1].MinSize(), o[2].MinSize(), o[3].MinSize()
	return fyne.NewSize(
		max(bar.Width, foot.Width, side.Width+page.Width), bar.Height+foot.Height+max(side.Height, page.Height),
	)
}

// Layout gives the page what the others leave.
func (frameLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top, bottom, left := o[1].MinSize().Height, o[2].MinSize().Height, o[3].MinSize().Width
	middle := size.Height - top - bottom
	set := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	set(o[0], left, top, size.Width-left, middle)
	set(o[1], 0, 0, size.Width, top)
	set(o[2], 0, size.Height-bottom, size.Width, bottom)
	set(o[3], 0, top, left, middle)
}

// inset keeps v free above and below and h at both sides.
type inset struct{ v, h float32 }

// MinSize is that of the object and the room around it.
func (l inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*l.h, 2*l.v)
}

// Layout fills what is left.
func (l inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size.SubtractWidthHeight(2*l.h, 2*l.v))
	objects[0].Move(fyne.NewPos(l.h, l.v))
}
