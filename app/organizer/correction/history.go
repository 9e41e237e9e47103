package correction

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// historyChars is the width of a history in Chinese characters.
const historyChars = 22

// mostRevised is how many changes of a work its details show, the newest first.
const mostRevised = 30

// History shows what was changed of a work: by field, from what to what, when, by whom and why, with the way back
// for one field.
type History struct {
	Box *fyne.Container // to be put into a page

	sheet *Sheet
	work  judging.Work
}

// NewHistory returns a history that shows nothing yet; its changes go through s.
func NewHistory(s *Sheet) *History { return &History{sheet: s, Box: lay.Stack(lay.Gap8)} }

// Show reads the history of w.
func (h *History) Show(w judging.Work) {
	if h.work.ID != w.ID {
		h.Box.RemoveAll()
	}
	h.work = w
	var all []judging.Revision
	h.sheet.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		all, err = h.sheet.office.WorkHistory(ctx, string(w.ID))
		return err
	}, func(err error) {
		if err == nil && h.work.ID == w.ID {
			h.fill(all)
		}
	})
}

func (h *History) fill(all []judging.Revision) {
	t := h.sheet.sh
	h.Box.RemoveAll()
	n := 0
	for _, r := range slices.Backward(all) {
		for _, c := range r.Changes {
			if n++; n > mostRevised {
				continue
			}
			h.Box.Add(h.entry(r, c))
		}
	}
	if n > 0 {
		title := look.NewStrong(t.T("mend.history", judging.Args{"N": n}), look.Body, look.Plain)
		h.Box.Objects = append([]fyne.CanvasObject{title}, h.Box.Objects...)
	}
	if n > mostRevised {
		h.Box.Add(look.NewText(t.T("mend.history_more", judging.Args{"N": n - mostRevised}), look.Note, look.Quiet))
	}
	h.Box.Refresh()
}

// entry is one change of one field.
func (h *History) entry(r judging.Revision, c judging.WorkChange) fyne.CanvasObject {
	t := h.sheet.sh
	old, next := c.Old, c.New
	if c.Field == "status" {
		old, next = t.T("work.status_"+old, nil), t.T("work.status_"+next, nil)
	}
	what := t.T("mend.change", judging.Args{
		"Field": fieldName(t, c.Field), "Old": h.sheet.orNone(old), "New": h.sheet.orNone(next),
	})
	who := r.By
	if who == "" || who == "organiser" {
		who = t.T("history.organiser", nil)
	}
	note := kit.DateTime(t, r.At.Local()) + " · " + who
	switch {
	case r.Undoes != "":
		note += " · " + t.T("mend.was_undo", nil)
	case r.Undone != "":
		note += " · " + t.T("mend.was_undone", nil)
	case r.Redoes != "":
		note += " · " + t.T("mend.was_redo", nil)
	case r.Act[0] == 'i':
		note += " · " + t.T("mend.was_import", nil)
	}
	if r.Reason != "" {
		note += " · " + r.Reason
	}
	out := lay.Stack(
		0, look.NewPara(
			what, look.Body, look.Plain, historyChars,
		), look.NewPara(note, look.Note, look.Quiet, historyChars),
	)
	if h.revertible(c) {
		out.Add(lay.Row(0, button.NewPlain(t.T("mend.revert", nil), func() { h.onRevert(c) })))
	}
	return out
}

// revertible reports whether a field may be given back what it had: it still has what the change made of it.
func (h *History) revertible(c judging.WorkChange) bool {
	return slices.Contains(judging.CorrectableFields, c.Field) && h.work.Field(c.Field) == c.New &&
		(c.Old != "" || c.Field != "title" && c.Field != "authors")
}

// onRevert gives one field what it had before a change.
func (h *History) onRevert(c judging.WorkChange) {
	h.sheet.correct([]judging.Work{h.work}, c.Field, c.Old, func(k table.Kept) {
		if k.Wrong != "" {
			h.sheet.sh.Tell(kit.Notice{Tone: look.Waiting, Text: k.Wrong})
		}
	})
}
