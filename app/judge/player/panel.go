package player

import (
	"context"
	"image"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
	"fayi/judging/media/play"
)

// tick is the time between two drawings while something plays.
const tick = 33 * time.Millisecond

// skip is how far a key goes back or on.
const skip = 10 * time.Second

// Spec says what a panel plays and for whom.
type Spec struct {
	Setup  play.Setup
	File   play.Opener
	Film   bool   // rather than a sound
	Title  string // kind and size
	Code   string // of the work, for a browser's page
	Room   image.Point
	Volume *float64 // 0 to 1: it is kept from work to work

	Seen    func()               // it was played, or opened elsewhere
	Outside func()               // opens it with the system's own program
	Browse  func(*url.URL) error // opens a page; it may wait, and is not called on the UI thread
	Turned  func()               // it plays now, or no longer does
}

// Panel plays one file.
type Panel struct {
	widget.BaseWidget

	sh    kit.Shell
	spec  Spec
	body  *fyne.Container
	media *play.Media // nil before it was opened
	look  *screen     // of a film, nil for a sound
	bar   *bar
	note  *look.Para

	timer   kit.Timer
	sizing  kit.Timer
	working int            // acts under way
	want    *time.Duration // the place to go to next, while it is on its way to another
	seeking bool
	playing bool // as last drawn
	closed  bool
}

// New returns a panel and begins to open the file.
func New(sh kit.Shell, spec Spec) *Panel {
	p := &Panel{sh: sh, spec: spec, body: container.NewStack()}
	p.ExtendBaseWidget(p)
	p.put(status.NewEmpty(sh.T("desk.opening", nil), "", nil))
	var m *play.Media
	sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		m, err = play.Open(ctx, spec.Setup, spec.File, spec.Room)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			p.fail(sh.Err(err))
		case p.closed:
			p.drop(m)
		default:
			p.opened(m)
		}
	})
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.body) }

func (p *Panel) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// opened shows what can be done with the file.
func (p *Panel) opened(m *play.Media) {
	p.media = m
	if m.Player == nil {
		p.put(p.without())
		return
	}
	m.Player.SetVolume(*p.spec.Volume)
	p.bar = newBar(p)
	p.note = look.NewPara("", look.Body, look.Waiting, 60).Fluid()
	p.note.Hide()
	below := lay.Inset(lay.Gap8, lay.Stack(lay.Gap4, p.note, p.bar.content))
	if m.Poster == nil && !p.spec.Film {
		p.put(lay.Fill(nil, p.sleeve(), below))
	} else {
		p.look = newScreen(m.Poster, p.Toggle, p.resize)
		p.put(lay.Fill(nil, p.look, below))
	}
	p.draw()
}

// Toggle plays or pauses.
func (p *Panel) Toggle() {
	if !p.plays() {
		return
	}
	pl := p.media.Player
	if pl.State().Playing {
		p.act(func() error { pl.Pause(); return nil })
		return
	}
	p.act(pl.Play)
}

// plays reports whether there is something to play.
func (p *Panel) plays() bool { return !p.closed && p.media != nil && p.media.Player != nil }

// Playing reports whether it plays.
func (p *Panel) Playing() bool { return p.plays() && p.media.Player.State().Playing }

// Sounds reports whether it is a sound without pictures, and plays.
func (p *Panel) Sounds() bool { return p.look == nil && p.Playing() }

// Skip goes back or on.
func (p *Panel) Skip(by time.Duration) {
	if !p.plays() {
		return
	}
	at := p.media.Player.State().Position
	if p.want != nil {
		at = *p.want
	}
	p.goTo(at + by)
}

// goTo goes to a place. Of several asked for while it is on its way, only the last counts.
func (p *Panel) goTo(to time.Duration) {
	to = max(to, 0)
	if p.media.Length > 0 {
		to = min(to, p.media.Length)
	}
	p.want = &to
	if p.seeking {
		return
	}
	p.seeking = true
	pl := p.media.Player
	p.work(func() error { return pl.Seek(to) }, func() {
		p.seeking = false
		if next := p.want; next != nil && *next != to {
			p.goTo(*next)
			return
		}
		p.want = nil
	})
}

// Louder makes it louder or softer, by a share of 1.
func (p *Panel) Louder(by float64) {
	if p.plays() {
		p.loud(*p.spec.Volume + by)
	}
}

func (p *Panel) loud(v float64) {
	v = min(max(v, 0), 1)
	*p.spec.Volume = v
	p.media.Player.SetVolume(v)
	p.bar.volume.show(v)
}

// TypedKey takes the keys of playing.
func (p *Panel) TypedKey(key *fyne.KeyEvent) bool {
	if !p.plays() {
		return false
	}
	switch key.Name {
	case fyne.KeySpace:
		p.Toggle()
	case fyne.KeyF3:
		p.Skip(-skip)
	case fyne.KeyF4:
		p.Skip(skip)
	case fyne.KeyF8:
		p.Louder(-0.1)
	case fyne.KeyF9:
		p.Louder(0.1)
	default:
		return false
	}
	return true
}

// act does what may take a moment.
func (p *Panel) act(do func() error) { p.work(do, func() {}) }

func (p *Panel) work(do func() error, then func()) {
	p.working++
	p.sh.Quietly(func(context.Context, kit.Progress) error { return do() }, func(error) {
		p.working-- // State says what went wrong
		if !p.closed {
			then()
			p.draw()
		}
	})
	p.draw()
}

// draw shows what is played now, and again soon while that changes.
func (p *Panel) draw() {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	if p.closed {
		return
	}
	s := p.media.Player.State()
	at := s.Position
	if p.want != nil {
		at = *p.want
	}
	p.bar.show(at, s.Playing)
	if p.look != nil {
		p.look.show(p.media.Player.Picture(), s.Playing || p.working > 0)
	}
	p.tell(s)
	if p.playing != s.Playing {
		p.playing = s.Playing
		if s.Playing {
			p.spec.Seen()
		}
		p.spec.Turned()
	}
	if s.Playing || s.Busy {
		p.timer = p.sh.After(tick, p.draw)
	}
}

// tell says why nothing is heard.
func (p *Panel) tell(s play.State) {
	text := ""
	switch {
	case s.Busy:
		return
	case s.Err != nil && judging.CodeOf(s.Err) == judging.Invalid:
		text = p.sh.T("desk.play_broken", nil)
	case s.Err != nil:
		text = p.sh.Err(s.Err)
	case p.look != nil && p.media.Player.Mute():
		text = p.sh.T("desk.play_mute", nil)
	}
	if p.note.Text() != text {
		p.note.SetText(text)
		p.note.Hidden = text == ""
		p.body.Refresh()
	}
}

// settleSize is how long the room must stay as it is before pictures are made for it.
const settleSize = 200 * time.Millisecond

// resize has pictures made for the room there is. It is called while the window is drawn.
func (p *Panel) resize(to image.Point) {
	if p.sizing != nil {
		p.sizing.Stop()
	}
	p.sizing = p.sh.After(settleSize, func() {
		if p.plays() {
			p.act(func() error { return p.media.Player.Resize(to) })
		}
	})
}

// Close stops and lets go of the file.
func (p *Panel) Close() {
	if p.closed {
		return
	}
	p.closed = true
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.sizing != nil {
		p.sizing.Stop()
	}
	if p.look != nil {
		p.look.close()
	}
	if p.media != nil {
		p.drop(p.media)
	}
}

// drop closes what was opened, off the UI thread: ffmpeg is waited for.
func (p *Panel) drop(m *play.Media) {
	p.sh.Quietly(func(context.Context, kit.Progress) error { return m.Close() }, func(error) {})
}
