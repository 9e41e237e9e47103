package judge

import (
	"fayi/app/judge/viewer"
	"fayi/app/kit"
)

// unseenOf counts the files of a work that were not seen.
func (d *Desk) unseenOf(s *sheet) int {
	n := 0
	for i := range s.work.Files {
		if d.shelf.Unseen(viewer.Spot{Code: s.work.Code, N: i}) {
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
