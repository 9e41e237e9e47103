package viewer

import (
	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
)

// showText shows a text, and says what of it is not shown.
func (v *Viewer) showText(l *leaf) {
	e := newEssay(l.text)
	v.put(e)
	if l.lost == 0 {
		v.shelf.sawFile(v.here())
		return
	}
	sh := v.sh
	v.markUnseen()
	v.body.Objects = append(v.body.Objects[:0], lay.Fill(status.NewNotice(kit.Notice{
		Tone:   look.Waiting,
		Text:   sh.T("desk.pictures_left", map[string]any{"Count": l.lost}),
		Action: sh.T("desk.open_outside", nil),
		Do:     v.openOutside,
	}, nil), e, nil))
	v.body.Refresh()
}

// markUnseen notes that a file of the work can't be seen here: it counts as seen once another program opened it.
func (v *Viewer) markUnseen() { v.shelf.missed[Spot{Code: v.work.Code, N: v.n}] = true }

// sawFile notes that a file was shown, played or opened by another program.
func (s *Shelf) sawFile(at Spot) {
	first := !s.saw[at]
	s.saw[at] = true
	delete(s.missed, at)
	if first {
		s.desk.Seen(at.Code)
	}
}

// Recall notes that files were looked at before the desk was opened.
func (s *Shelf) Recall(code judging.WorkCode, files []int) {
	for _, n := range files {
		s.saw[Spot{Code: code, N: n}] = true
	}
}

// Unseen reports whether a file was met here that could not be seen, and was not opened by another program since.
func (s *Shelf) Unseen(at Spot) bool { return s.missed[at] }

// Saw reports whether a file was shown, played or opened by another program, here or before the desk was opened.
func (s *Shelf) Saw(at Spot) bool { return s.saw[at] }
