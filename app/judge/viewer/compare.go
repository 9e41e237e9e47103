package viewer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/zoom"
	"fayi/judging"
)

// rival is another work of the judge's, shown next to the one being scored.
type rival struct {
	work  judging.Duty
	body  *fyne.Container
	marks *look.Para
}

// Compare shows another work next to this one, or puts it away if it is there.
func (v *Viewer) Compare(w judging.Duty) {
	if v.rival != nil && v.rival.work.Code == w.Code {
		v.EndCompare()
		return
	}
	sh := v.sh
	r := &rival{work: w, body: container.NewStack(), marks: look.NewPara("", look.Note, look.Quiet, 40).Fluid()}
	v.rival = r
	title := look.NewCutText(sh.T("desk.rival", map[string]any{
		"Total": judging.Exact(w.Total).String(),
		"Code":  w.Code,
		"Title": w.Title,
	}), look.Body, look.Info)
	head := container.NewBorder(nil, nil, nil, button.NewIcon(theme.CancelIcon(), v.EndCompare), title)
	pane := lay.Fill(lay.Stack(0, head, r.marks), r.body, nil)
	v.sides.Objects = []fyne.CanvasObject{lay.Split(lay.Gap8, []float32{1, 1}, v.body, lay.Sheet(lay.Gap8, pane))}
	v.sides.Refresh()
	v.tellScale()
	v.readRival(r)
}

// Comparing reports whether another work is shown next to this one.
func (v *Viewer) Comparing() bool { return v.rival != nil }

// EndCompare puts the other work away.
func (v *Viewer) EndCompare() {
	v.rival = nil
	v.sides.Objects = []fyne.CanvasObject{v.body}
	v.sides.Refresh()
}

// readRival fills in the other work and its marks.
func (v *Viewer) readRival(r *rival) {
	at := Front(r.work.Code)
	put := func(o fyne.CanvasObject) {
		r.body.Objects = []fyne.CanvasObject{o}
		r.body.Refresh()
	}
	if v.shelf.drawable(at) {
		put(status.NewEmpty(v.sh.T("desk.opening", nil), "", nil))
		v.shelf.show(at, func() bool { return v.rival == r }, func(l *leaf) {
			switch {
			case l.err != nil:
				put(status.NewEmpty("", v.sh.Err(l.err), nil))
			case l.picture != nil:
				put(zoom.New(l.picture, nil))
			case l.text != nil:
				put(newEssay(l.text))
			default:
				put(status.NewEmpty(v.sh.T("desk.rival_elsewhere", nil), "", nil))
			}
		})
	} else {
		put(status.NewEmpty(v.sh.T("desk.rival_elsewhere", nil), "", nil))
	}
	v.shelf.desk.Marks(r.work, func(words string) {
		r.marks.SetText(words)
		v.sides.Refresh()
	})
}
