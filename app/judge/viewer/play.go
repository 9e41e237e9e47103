package viewer

import (
	"context"
	"image"
	"io"
	"net/url"

	"fyne.io/fyne/v2"

	"fayi/app/judge/player"
)

// heard is a sound that goes on while another file of its work is looked at: a song next to its words.
type heard struct {
	at    Spot
	panel *player.Panel
}

// here is the file shown.
func (v *Viewer) here() Spot { return Spot{Code: v.work.Code, N: v.n} }

// plays shows a sound or a film, and reports whether the file at a spot is one.
func (v *Viewer) plays(at Spot) bool {
	kind := v.shelf.KindOf(at)
	if kind != "audio" && kind != "video" {
		return false
	}
	if h := v.heard; h != nil && h.at == at {
		v.heard = nil
		v.put(h.panel)
		v.panelAt = at
		v.tellHeard()
		return true
	}
	v.hush()
	desk, sh := v.shelf.desk, v.sh
	v.put(player.New(sh, player.Spec{
		Setup: desk.Play,
		File: func(ctx context.Context) (io.ReadSeekCloser, error) {
			return desk.Files.OpenFile(ctx, at.Code, at.N, 0)
		},
		Film:    kind == "video",
		Title:   sh.T("desk.file", map[string]any{"Kind": kindWord(sh, kind), "Size": size(v.work.Files[at.N].Bytes)}),
		Code:    string(at.Code),
		Room:    v.pixels(),
		Volume:  &v.shelf.volume,
		Seen:    func() { v.shelf.sawFile(at) },
		Outside: v.openOutside,
		Browse:  func(page *url.URL) error { return v.shelf.open(page) },
		Turned:  v.tellHeard,
	}))
	v.panelAt = at
	return true
}

// pixels is the room for a file, in pixels of the screen.
func (v *Viewer) pixels() image.Point {
	room, scale := v.body.Size(), float32(1)
	if c := v.shelf.desk.Canvas(); c != nil {
		scale = c.Scale()
	}
	if room.Width < 100 || room.Height < 100 {
		return image.Pt(960, 540) // not laid out yet
	}
	return image.Pt(int(room.Width*scale), int(room.Height*scale))
}

// putPanel closes the sound or film that was shown, unless it is a sound that plays: it goes on behind what comes.
func (v *Viewer) putPanel(next fyne.CanvasObject) {
	old := v.panel
	v.panel, _ = next.(*player.Panel)
	if old == nil || old == v.panel {
		return
	}
	if old.Sounds() && v.panel == nil {
		v.heard = &heard{v.panelAt, old}
	} else {
		old.Close()
	}
	v.tellHeard()
}

// hush ends what plays behind another file.
func (v *Viewer) hush() {
	if v.heard != nil {
		v.heard.panel.Close()
		v.heard = nil
		v.tellHeard()
	}
}

// toggleHeard holds what plays behind another file, or lets it go on.
func (v *Viewer) toggleHeard() {
	switch {
	case v.heard != nil:
		v.heard.panel.Toggle()
	case v.panel != nil:
		v.panel.Toggle()
	}
}

// Playing reports whether a sound or a film plays.
func (v *Viewer) Playing() bool {
	return v.panel != nil && v.panel.Playing() || v.heard != nil && v.heard.panel.Playing()
}

// tellHeard shows the button for what plays behind another file.
func (v *Viewer) tellHeard() {
	b := v.bar.sound
	b.Hidden = v.heard == nil
	if v.heard != nil {
		key := "desk.play_heard"
		if v.heard.panel.Playing() {
			key = "desk.pause_heard"
		}
		b.SetText(v.sh.T(key, nil))
	}
	v.bar.content.Refresh()
}
