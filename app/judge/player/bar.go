package player

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// bar is what stands below a sound or film: its place and loudness.
type bar struct {
	panel   *Panel
	content fyne.CanvasObject
	toggle  *button.Button
	time    *canvas.Text
	place   *track
	volume  *track
	playing bool
}

func newBar(p *Panel) *bar {
	b := &bar{panel: p, time: look.NewText("", look.Body, look.Plain)}
	b.toggle = button.New(p.sh.T("desk.play", nil), p.Toggle)
	b.toggle.Icon = theme.MediaPlayIcon()
	b.place = newTrack(p.sh, func(v float64) {
		b.say(time.Duration(v * float64(p.media.Length)))
	}, func(v float64) {
		p.goTo(time.Duration(v * float64(p.media.Length)))
	})
	b.place.step = 0.02
	if p.media.Length > 0 {
		b.place.step = min(float64(5*time.Second)/float64(p.media.Length), 0.1)
	}
	b.place.Hidden = p.media.Length == 0 // nobody knows where a press would lead
	b.volume = newTrack(p.sh, p.loud, p.loud)
	b.volume.step = 0.1
	b.volume.show(*p.spec.Volume)
	left := lay.Row(lay.Gap8,
		b.toggle,
		button.NewIcon(theme.MediaFastRewindIcon(), func() { p.Skip(-skip) }),
		button.NewIcon(theme.MediaFastForwardIcon(), func() { p.Skip(skip) }),
		container.NewCenter(container.NewStack(lay.Blank(b.wide(), 0), container.NewCenter(b.time))),
	)
	right := lay.Row(lay.Gap4,
		container.NewCenter(
			container.NewGridWrap(fyne.NewSquareSize(look.Em(1.4)), widget.NewIcon(theme.VolumeUpIcon())),
		),
		container.NewStack(lay.Blank(look.Em(5), 0), b.volume),
	)
	middle := container.NewBorder(nil, nil, lay.Blank(lay.Gap8, 0), lay.Blank(lay.Gap8, 0), b.place)
	b.content = container.NewBorder(nil, nil, left, right, middle)
	return b
}

// wide is the room that the time takes at the end: what stands next to it must not move.
func (b *bar) wide() float32 {
	return look.NewText(b.words(b.panel.media.Length), look.Body, look.Plain).MinSize().Width
}

func (b *bar) words(at time.Duration) string {
	if total := b.panel.media.Length; total > 0 {
		return clock(at) + " / " + clock(total)
	}
	return clock(at)
}

func (b *bar) say(at time.Duration) {
	if text := b.words(at); b.time.Text != text {
		b.time.Text = text
		b.time.Refresh()
	}
}

// show draws the place that is heard and whether it plays.
func (b *bar) show(at time.Duration, playing bool) {
	if !b.place.dragged {
		b.say(at)
		if total := b.panel.media.Length; total > 0 {
			b.place.show(float64(at) / float64(total))
		}
	}
	if b.playing == playing {
		return
	}
	b.playing = playing
	b.toggle.Icon = theme.MediaPlayIcon()
	key := "desk.play"
	if playing {
		b.toggle.Icon = theme.MediaPauseIcon()
		key = "desk.pause"
	}
	b.toggle.SetText(b.panel.sh.T(key, nil))
}

func number(n int64) string { return fmt.Sprint(n) }

func two(n int64) string { return fmt.Sprintf("%02d", n) }
