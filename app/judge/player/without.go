package player

import (
	"context"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/media/play"
)

// sleeve stands where a film has its picture.
func (p *Panel) sleeve() fyne.CanvasObject {
	icon := widget.NewIcon(theme.MediaMusicIcon())
	return container.NewCenter(lay.Stack(
		lay.Gap16,
		container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(look.Em(6)), icon)),
		container.NewCenter(look.NewText(p.spec.Title, look.Section, look.Plain)),
	))
}

// without says why nothing here plays the file, and what is left.
func (p *Panel) without() fyne.CanvasObject {
	browser := play.InBrowser(p.media.Type.Format)
	key := "desk.play_unknown"
	switch {
	case judging.CodeOf(p.media.Why) == judging.Invalid:
		key, browser = "desk.play_broken", false
	case p.media.Why != nil && browser:
		key = "desk.play_no_ffmpeg_browser"
	case p.media.Why != nil:
		key = "desk.play_no_ffmpeg"
	}
	title := p.spec.Title
	if p.media.Length > 0 {
		title += " · " + clock(p.media.Length)
	}
	buttons := lay.Row(lay.Gap8)
	if browser {
		buttons.Add(button.New(p.sh.T("desk.play_browser", nil), p.browse))
	}
	buttons.Add(button.New(p.sh.T("desk.open_outside", nil), p.spec.Outside))
	return p.card(title, p.sh.T(key, nil), buttons)
}

// fail says that the file could not be opened at all.
func (p *Panel) fail(why string) {
	if !p.closed {
		outside := button.New(p.sh.T("desk.open_outside", nil), p.spec.Outside)
		p.put(p.card(p.spec.Title, why, lay.Row(lay.Gap8, outside)))
	}
}

func (p *Panel) card(title, text string, buttons fyne.CanvasObject) fyne.CanvasObject {
	return container.NewCenter(lay.Stack(
		lay.Gap8,
		container.NewCenter(look.NewText(title, look.Section, look.Plain)),
		container.NewCenter(look.NewPara(text, look.Body, look.Quiet, 34)),
		lay.Blank(0, lay.Gap8),
		container.NewCenter(buttons),
	))
}

// browse has a browser play the file, from this computer and as long as it is shown here.
func (p *Panel) browse() {
	sh, m, spec := p.sh, p.media, p.spec
	sh.Run(sh.T("desk.opening", nil), func(context.Context, kit.Progress) error {
		local, err := m.Local(play.Page{
			Title: spec.Code, Video: spec.Film, Sorry: sh.T("desk.browser_sorry", nil),
		})
		if err != nil {
			return err
		}
		at, err := url.Parse(local.Page())
		if err != nil || spec.Browse(at) != nil {
			return judging.Fail(judging.Unavailable, "desk.no_program", judging.Args{
				"Program": sh.T("desk.program_browser", nil),
			})
		}
		return nil
	}, func(err error) {
		if err == nil {
			spec.Seen()
		}
		sh.ShowError(err)
	})
}

// clock writes a length of time as “3:05” or “1:02:03”.
func clock(d time.Duration) string {
	s := int64(d.Seconds())
	if s >= 3600 {
		return number(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
	}
	return number(s/60) + ":" + two(s%60)
}
