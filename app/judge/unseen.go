package judge

import (
	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// rememberBefore notes which works had a ballot when the desk was opened: what was looked at then is not known now.
func (d *Desk) rememberBefore() {
	for _, w := range d.duties.Works {
		if tally.State(w) != judging.Open {
			d.before[w.Code] = true
		}
	}
}

// looked counts the files of a work that were shown, played or opened elsewhere, and those that were not. Of a work
// with a ballot from before, a file counts as not looked at only where it was met again and could not be shown.
func (d *Desk) looked(w judging.BlindWork) (seen, unseen int) {
	for i := range w.Files {
		at := viewer.Spot{Code: w.Code, N: i}
		switch {
		case d.shelf.Saw(at):
			seen++
		case d.shelf.Unseen(at) || !d.before[w.Code]:
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
