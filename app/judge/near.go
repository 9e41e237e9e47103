package judge

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit/button"
	"fayi/app/kit/gallery"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// nearCount is how many works are shown below and above one's own total.
const nearCount = 2

// near shows the works to which the judge has given totals next to the one just typed: a look at them says whether
// the order is right.
type near struct {
	sheet   *sheet
	content *fyne.Container
	row     *fyne.Container
	shown   []judging.WorkCode
	total   string
	thumbs  map[viewer.Spot]*gallery.Thumb
}

func newNear(s *sheet) *near {
	n := &near{sheet: s, row: lay.Row(lay.Gap8)}
	n.content = lay.Stack(0, n.row)
	if n.tall() {
		n.content = lay.Stack(lay.Gap4, look.NewText(s.desk.sh.T("desk.near", nil), look.Note, look.Quiet), n.row)
	}
	return n
}

// tall reports whether the window has room for pictures that show something by themselves.
func (n *near) tall() bool { return n.sheet.desk.sh.Size().Height >= look.Em(60) }

// height is that of the row: a picture and a number below it.
func (n *near) height() float32 {
	if n.tall() {
		return look.Em(6) + look.Note.Size()*1.5
	}
	return look.Em(3) + look.Note.Size()*1.5
}

// refresh shows the neighbours of a total; ok is false while there is none.
func (n *near) refresh(total float64, ok bool) {
	s := n.sheet
	works := s.desk.duties.Works
	others := len(tally.Ranked(works, s.work.Category)) > 1 ||
		len(tally.Ranked(works, s.work.Category)) == 1 && s.ballot.State != judging.Scored
	hides := !others || !ok && !n.tall() // room is kept for it only where there is plenty
	n.content.Hidden = hides || s.desk.duties.Voting != nil
	if n.content.Hidden {
		return
	}
	var hits []judging.Duty
	if ok {
		hits = tally.Neighbours(works, s.work, total, nearCount)
	}
	var codes []judging.WorkCode
	for _, w := range hits {
		codes = append(codes, w.Code)
	}
	words := ""
	if ok {
		words = judging.Exact(total).String()
	}
	if n.thumbs != nil && slices.Equal(codes, n.shown) && words == n.total {
		return
	}
	n.shown, n.total = codes, words
	n.fill(hits, total, ok)
}

// fill builds the row: lower ones, one's own total, higher ones.
func (n *near) fill(hits []judging.Duty, total float64, ok bool) {
	sh := n.sheet.desk.sh
	n.thumbs = map[viewer.Spot]*gallery.Thumb{}
	n.row.RemoveAll()
	if !ok {
		n.row.Add(lay.Blank(0, n.height()))
		n.content.Refresh()
		return
	}
	placed := false
	mine := func() {
		n.row.Add(
			lay.Stack(
				0,
				look.NewText(sh.T("desk.near_mine", nil), look.Note, look.Quiet),
				look.NewStrong(n.total, look.Body, look.Info),
			),
		)
		placed = true
	}
	for _, w := range hits {
		if !placed && judging.Exact(w.Total) > judging.Exact(total) {
			mine()
		}
		n.row.Add(n.item(w))
	}
	if !placed {
		mine()
	}
	n.content.Refresh()
}

func (n *near) item(w judging.Duty) fyne.CanvasObject {
	at := viewer.Front(w.Code)
	h := n.height() - look.Note.Size()*1.5
	t := n.sheet.desk.shelf.ThumbOf(at, h*4/3, h)
	n.thumbs[at] = t
	return button.NewPress(
		lay.Stack(0, t, look.NewText(judging.Exact(w.Total).String(), look.Note, look.Plain)),
		func() { n.sheet.view.Compare(w) },
	)
}

// came shows a thumbnail that was not there yet.
func (n *near) came(at viewer.Spot, img image.Image) {
	if t := n.thumbs[at]; t != nil {
		t.Set(img)
	}
}
