package judge

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
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
	thumbs  map[viewer.Spot]*kit.Thumb
}

func newNear(s *sheet) *near {
	n := &near{sheet: s, row: kit.Row(kit.Gap8)}
	n.content = kit.Stack(0, n.row)
	if n.tall() {
		n.content = kit.Stack(kit.Gap4, kit.NewText(s.desk.sh.T("desk.near", nil), kit.Note, kit.Quiet), n.row)
	}
	return n
}

// tall reports whether the window has room for pictures that show something by themselves.
func (n *near) tall() bool { return n.sheet.desk.sh.Size().Height >= kit.Em(60) }

// height is that of the row: a picture and a number below it.
func (n *near) height() float32 {
	if n.tall() {
		return kit.Em(6) + kit.Note.Size()*1.5
	}
	return kit.Em(3) + kit.Note.Size()*1.5
}

// refresh shows the neighbours of a total; ok is false while there is none.
func (n *near) refresh(total float64, ok bool) {
	s := n.sheet
	works := s.desk.duties.Works
	others := len(tally.Ranked(works, s.work.Category)) > 1 ||
		len(tally.Ranked(works, s.work.Category)) == 1 && s.ballot.State != judging.Scored
	n.content.Hidden = !others || !ok && !n.tall() // room is kept for it only where there is plenty
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
	n.thumbs = map[viewer.Spot]*kit.Thumb{}
	n.row.RemoveAll()
	if !ok {
		n.row.Add(kit.Blank(0, n.height()))
		n.content.Refresh()
		return
	}
	placed := false
	mine := func() {
		n.row.Add(
			kit.Stack(
				0,
				kit.NewText(sh.T("desk.near_mine", nil), kit.Note, kit.Quiet),
				kit.NewStrong(n.total, kit.Body, kit.Info),
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
	h := n.height() - kit.Note.Size()*1.5
	t := n.sheet.desk.shelf.ThumbOf(at, h*4/3, h)
	n.thumbs[at] = t
	return kit.NewPress(
		kit.Stack(0, t, kit.NewText(judging.Exact(w.Total).String(), kit.Note, kit.Plain)),
		func() { n.sheet.view.Compare(w) },
	)
}

// came shows a thumbnail that was not there yet.
func (n *near) came(at viewer.Spot, img image.Image) {
	if t := n.thumbs[at]; t != nil {
		t.Set(img)
	}
}
