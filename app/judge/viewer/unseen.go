package viewer

import (
	"archive/zip"
	"bytes"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// picturesIn counts the pictures of a Word document, which are not shown with its words; 0 for anything else. Only
// the archive's table of contents is read.
func picturesIn(raw []byte) int {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return 0
	}
	n := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "word/media/") && !strings.HasSuffix(f.Name, "/") {
			n++
		}
	}
	return n
}

// showText shows a text, and says what of it is not shown.
func (v *Viewer) showText(l *leaf) {
	e := newEssay(l.paras)
	v.put(e)
	if l.pictures == 0 {
		return
	}
	sh := v.sh
	v.markUnseen()
	v.body.Objects = append(v.body.Objects[:0], lay.Fill(status.NewNotice(kit.Notice{
		Tone:   look.Waiting,
		Text:   sh.T("desk.pictures_left", map[string]any{"Count": l.pictures}),
		Action: sh.T("desk.open_outside", nil),
		Do:     v.openOutside,
	}, nil), e, nil))
	v.body.Refresh()
}

// markUnseen notes that a file of the work can't be seen here: it counts as seen once another program opened it.
func (v *Viewer) markUnseen() { v.shelf.missed[Spot{Code: v.work.Code, N: v.n}] = true }

// Unseen reports whether a file was met here that could not be seen, and was not opened by another program since.
func (s *Shelf) Unseen(at Spot) bool { return s.missed[at] }
