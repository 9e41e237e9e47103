package judge

import (
	"archive/zip"
	"bytes"
	"strings"

	"fayi/app/kit"
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
func (v *viewer) showText(l *leaf) {
	e := newEssay(l.paras)
	v.put(e)
	if l.pictures == 0 {
		return
	}
	sh := v.desk.sh
	v.markUnseen()
	v.body.Objects = append(v.body.Objects[:0], kit.Fill(kit.NewNotice(kit.Notice{
		Tone:   kit.Waiting,
		Text:   sh.T("desk.pictures_left", map[string]any{"Count": l.pictures}),
		Action: sh.T("desk.open_outside", nil),
		Do:     v.openOutside,
	}, nil), e, nil))
	v.body.Refresh()
}

// markUnseen notes that a file of the work can't be seen here: it counts as seen once another program opened it.
func (v *viewer) markUnseen() { v.desk.unseen[spot{v.work.Code, v.n}] = true }

// unseenOf counts the files of a work that were not seen.
func (d *Desk) unseenOf(s *sheet) int {
	n := 0
	for i := range s.work.Files {
		if d.unseen[spot{s.work.Code, i}] {
			n++
		}
	}
	return n
}

// askUnseen asks once before a work is scored of which a file was not seen, and reports whether it did.
func (s *sheet) askUnseen() bool {
	d, n := s.desk, s.desk.unseenOf(s)
	if n == 0 || d.askedUnseen[s.work.Code] {
		return false
	}
	d.askedUnseen[s.work.Code] = true
	d.sh.Ask(kit.Question{
		Title:  d.sh.T("desk.unseen_title", nil),
		Text:   d.sh.T("desk.unseen_text", map[string]any{"Code": s.work.Code, "Count": n}),
		Action: d.sh.T("desk.unseen_save", nil),
		Do:     func() error { s.saveNext(); return nil },
	})
	return true
}
