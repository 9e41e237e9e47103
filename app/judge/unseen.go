package judge

import (
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// looked counts the files of a work that were shown, played or opened elsewhere, and those that were not. Of a work
// with a ballot of which nobody knows what was looked at, a file counts as not looked at only where it was met again
// and could not be shown.
func (d *Desk) looked(w judging.BlindWork) (seen, unseen int) {
	for i := range w.Files {
		at := viewer.Spot{Code: w.Code, N: i}
		switch {
		case d.shelf.Saw(at):
			seen++
		case d.shelf.Unseen(at) || !d.looks.unknown[w.Code]:
			unseen++
		}
	}
	return seen, unseen
}

// lookedCell says in a list how much of a work was looked at.
func (d *Desk) lookedCell(w judging.BlindWork) table.Cell {
	seen, unseen := d.looked(w)
	switch {
	case len(w.Files) == 0, seen == 0 && unseen == 0:
		return table.Cell{}
	case unseen == 0:
		return table.Cell{Text: d.sh.T("desk.looked_all", nil), Tone: look.Quiet}
	case seen == 0:
		return table.Cell{Text: d.sh.T("desk.looked_none", nil), Tone: look.Info}
	}
	return table.Cell{
		Text: d.sh.T("desk.looked_some", map[string]any{"N": seen, "Total": seen + unseen}), Tone: look.Waiting,
	}
}

// askUnseen asks once before a work is scored of which a file was not seen, and reports whether it did.
func (s *sheet) askUnseen() bool {
	d := s.desk
	_, n := d.looked(s.work.BlindWork)
	if n == 0 || d.looks.asked[s.work.Code] {
		return false
	}
	d.looks.asked[s.work.Code] = true
	d.sh.Ask(kit.Question{
		Title:  d.sh.T("desk.unseen_title", nil),
		Text:   d.sh.T("desk.unseen_text", map[string]any{"Code": s.work.Code, "Count": n}),
		Action: d.sh.T("desk.unseen_save", nil),
		Do:     func() error { s.saveNext(); return nil },
	})
	return true
}
