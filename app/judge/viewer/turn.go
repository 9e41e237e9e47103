package viewer

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/look"
	"fayi/app/kit/zoom"
	"fayi/judging"
)

// Toggle goes between the whole picture and its own pixels, or on to the next page of a text.
func (v *Viewer) Toggle() {
	switch z := v.closeLook(); {
	case v.panel != nil:
		v.panel.Toggle()
	case v.paper != nil && z != nil && z.Wide():
		if !z.Read(1) {
			v.readPage(1)
		}
	case z != nil && z.Wide() && z.Read(1):
	case z != nil:
		z.Toggle()
	case v.essay != nil:
		v.essay.turn()
	}
}

// closeLook is what can be enlarged: the picture, or the page of a PDF; nil if neither is shown.
func (v *Viewer) closeLook() *zoom.Zoom {
	if v.paper != nil {
		return v.paper.zoom
	}
	return v.zoom
}

// Turn goes to another page, or past the last one to another file.
func (v *Viewer) Turn(by int) {
	if p := v.paper; p != nil && p.n+by >= 0 && p.n+by < p.pages {
		p.turn(p.n + by)
		return
	}
	if n := v.n + by; n >= 0 && n < len(v.work.Files) {
		v.Open(n)
	}
}

func (v *Viewer) tellScale() {
	text, sh := "", v.sh
	switch z := v.closeLook(); {
	case z != nil && z.Wide():
		text = sh.T("desk.read_on", nil)
	case z != nil && z.Fitted():
		text = sh.T("desk.enlarge", nil)
	case z != nil:
		text = sh.T("desk.fit", map[string]any{"Percent": z.Percent()})
	case v.essay != nil:
		text = sh.T("desk.read_on", nil)
	}
	v.bar.looks.Hidden = v.closeLook() == nil
	if v.bar.scale.Text != text {
		v.bar.scale.SetText(text)
		v.bar.scale.Hidden = text == ""
		v.bar.content.Refresh()
	}
}

// TellPlace disables the way back at the first work of the list and the way on at the last.
func (v *Viewer) TellPlace(at, total int) {
	for i, deaf := range []bool{at <= 0, at >= total-1} {
		v.bar.turns[i].Enable()
		if deaf {
			v.bar.turns[i].Disable()
		}
	}
}

func (v *Viewer) tellCount() {
	n := len(v.work.Files)
	v.bar.files.Hidden = n < 2
	for at, t := range v.bar.thumbs {
		tone := look.Plain
		if at.N == v.n {
			tone = look.Info
		}
		t.Mark(tone)
	}
	v.bar.count.Text = v.sh.T("desk.file_count", map[string]any{"N": v.n + 1, "Total": n})
	if p := v.paper; p != nil && p.pages > 0 {
		v.bar.files.Hidden = n < 2 && p.pages < 2
		v.bar.count.Text = v.sh.T("desk.page_count", map[string]any{"N": p.n + 1, "Total": p.pages})
	}
	v.bar.content.Refresh()
}

// TypedKey takes the keys of the viewer: blank zooms, reads on or plays, brackets turn over files.
func (v *Viewer) TypedKey(key *fyne.KeyEvent) bool {
	if v.panel != nil && v.panel.TypedKey(key) {
		return true
	}
	switch key.Name {
	case fyne.KeyF2:
		v.toggleHeard()
	case fyne.KeySpace:
		v.Toggle()
	case fyne.KeyF6:
		v.lookAt(zoom.View{})
	case fyne.KeyF7:
		v.lookAt(zoom.View{Wide: true})
	case fyne.KeyF8:
		v.lookAt(zoom.View{Scale: 0.5})
	case fyne.KeyF9:
		v.lookAt(zoom.View{Scale: 1})
	case fyne.KeyLeftBracket:
		v.Turn(-1)
	case fyne.KeyRightBracket:
		v.Turn(1)
	default:
		return false
	}
	return true
}

// size writes a number of bytes for people: “34 MB”.
func size(bytes int64) string {
	const k = 1 << 10
	switch {
	case bytes >= k*k*k:
		return judging.Points(bytes*10/(k*k*k)*1000).String() + " GB"
	case bytes >= k*k:
		return judging.Points(bytes*10/(k*k)*1000).String() + " MB"
	}
	return judging.Points((bytes+k-1)/k*10000).String() + " KB"
}
