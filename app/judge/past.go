package judge

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/judge/form"
	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// moment is what a judge says of a work at one time: the texts of the fields, and in the ballot all else.
type moment struct {
	texts []string
	said  judging.Ballot
}

// change is one step from a moment to another. part says what of it changed.
type change struct {
	before, after moment
	part          string
}

// past holds the changes of a work, the latest last, and those taken back.
type past struct {
	steps, undone []change
	now           moment
	whole         bool // the next change is a step of its own, also in the same field
	held          bool // the program fills in the fields: that is no change of the judge's
}

// The parts of a ballot besides the fields of marks, whose parts are their numbers.
const (
	partSure    = "sure"
	partComment = "comment"
	partFlags   = "flags"
	partAside   = "aside"
)

// differs names the part in which two moments differ, "" if they are the same.
func differs(a, b moment) string {
	x, y := a.said, b.said
	switch {
	case x.State != y.State && (aside(x.State) || aside(y.State)) || x.Reason != y.Reason:
		return partAside
	case x.Confidence != y.Confidence:
		return partSure
	case x.Comment != y.Comment:
		return partComment
	case !slices.Equal(x.Flags, y.Flags) || x.FlagNote != y.FlagNote:
		return partFlags
	}
	for i := range b.texts {
		if i >= len(a.texts) || a.texts[i] != b.texts[i] {
			return strconv.Itoa(i)
		}
	}
	return ""
}

func aside(s judging.BallotState) bool {
	return s == judging.Skipped || s == judging.Abstained || s == judging.Recused
}

// note takes what is said after a change. Several keys in one field are one step.
func (p *past) note(m moment) bool {
	part := differs(p.now, m)
	if part == "" || p.held {
		return false
	}
	last := len(p.steps) - 1
	if last >= 0 && p.steps[last].part == part && !p.whole {
		p.steps[last].after = m
	} else {
		p.steps = append(p.steps, change{p.now, m, part})
	}
	p.now, p.whole, p.undone = m, false, nil
	return true
}

// back takes the last change back, ahead does it again; ok is false when there is none.
func (p *past) back() (c change, ok bool) {
	c, ok = pop(&p.steps)
	if ok {
		p.undone = append(p.undone, c)
		p.now, p.whole = c.before, true
	}
	return c, ok
}

func (p *past) again() (c change, ok bool) {
	c, ok = pop(&p.undone)
	if ok {
		p.steps = append(p.steps, c)
		p.now, p.whole = c.after, true
	}
	return c, ok
}

func pop(from *[]change) (c change, ok bool) {
	last := len(*from) - 1
	if last < 0 {
		return c, false
	}
	c, *from = (*from)[last], (*from)[:last]
	return c, true
}

// pastOf returns what was done with a work since the desk was opened. It starts again where the work was changed
// elsewhere.
func (d *Desk) pastOf(code judging.WorkCode, now moment) *past {
	p := d.pasts[code]
	if p == nil || differs(p.now, now) != "" {
		p = &past{now: now}
		d.pasts[code] = p
	}
	p.whole = true
	return p
}

// moment is what is said now.
func (s *sheet) moment() moment {
	said, now := s.ballot, s.form.Said()
	said.Comment, said.Confidence = now.Comment, now.Confidence
	return moment{s.form.Texts(), said}
}

// note takes a change into the past.
func (s *sheet) note() {
	if s.ready && s.past.note(s.moment()) {
		s.desk.changedLast = s.work.Code
	}
}

// undo takes back what was done last, and says what.
func (s *sheet) undo() {
	sh := s.desk.sh
	if !s.ready || s.locked() {
		return
	}
	c, ok := s.past.back()
	if !ok {
		s.tellNoUndo()
		return
	}
	s.restore(c.before, c.part)
	s.desk.tell(kit.Notice{
		Tone:   look.Info,
		Text:   sh.T("desk.undone", map[string]any{"What": s.changeWords(c.part, c.after, c.before)}),
		Action: sh.T("desk.redo", nil), Do: s.redo,
	})
}

// tellNoUndo says that nothing was done here, and offers the way to the work where something was done last.
func (s *sheet) tellNoUndo() {
	sh, d, last := s.desk.sh, s.desk, s.desk.changedLast
	n := kit.Notice{Tone: look.Info, Text: sh.T("desk.undo_none", nil)}
	if i := d.find(last); i >= 0 && last != s.work.Code {
		n.Action = sh.T("desk.undo_there", map[string]any{"Code": last})
		n.Do = func() { s.flush(func() { d.openWork(i, nil) }) }
	}
	d.tell(n)
}

// redo does again what was taken back last.
func (s *sheet) redo() {
	sh := s.desk.sh
	if !s.ready || s.locked() {
		return
	}
	c, ok := s.past.again()
	if !ok {
		s.tell(look.Info, sh.T("desk.redo_none", nil), nil)
		return
	}
	s.restore(c.after, c.part)
	s.tell(look.Info, sh.T("desk.redone", map[string]any{"What": s.changeWords(c.part, c.before, c.after)}), nil)
}

// restore makes the work say m again and shows where.
func (s *sheet) restore(m moment, part string) {
	b := &s.ballot
	b.State, b.Reason, b.Flags, b.FlagNote = m.said.State, m.said.Reason, m.said.Flags, m.said.FlagNote
	if !aside(b.State) {
		b.State = judging.Open
	}
	s.past.held = true
	s.form.Rewrite(m.said, m.texts)
	s.past.held = false
	s.form.TellSum()
	s.edits.made++
	s.refresh()
	if i, err := strconv.Atoi(part); err == nil && s.writable() {
		s.form.FocusField(i)
	}
	s.commit()
}

// changeWords says what became of a part: “主题内容 15 → 没有填”.
func (s *sheet) changeWords(part string, from, to moment) string {
	sh := s.desk.sh
	i, err := strconv.Atoi(part)
	if err != nil {
		return sh.T("desk.part_"+part, nil)
	}
	value := func(m moment) string {
		if i >= len(m.texts) || m.texts[i] == "" {
			return sh.T("desk.part_empty", nil)
		}
		return form.Short(m.texts[i])
	}
	return sh.T("desk.mark_changed", map[string]any{"Name": s.form.Name(i), "From": value(from), "To": value(to)})
}

// showHistory lists what this judge said of the work, the latest first.
func (s *sheet) showHistory() {
	sh := s.desk.sh
	kit.Fetch(sh, sh.T("desk.history", nil), func(ctx context.Context, _ kit.Progress) ([]judging.ScoreVersion, error) {
		return s.desk.pen.book.History(ctx, s.work.Code)
	}, func(all []judging.ScoreVersion) {
		lines := lay.Stack(lay.Gap8)
		for _, v := range slices.Backward(all) {
			lines.Add(look.NewText(kit.DateTime(sh, v.At), look.Note, look.Quiet))
			lines.Add(look.NewPara(s.versionWords(v), look.Body, look.Plain, 34))
		}
		text := ""
		if len(all) == 0 {
			text = sh.T("desk.history_none", nil)
		}
		room := lay.VScroll(lines)
		room.SetMinSize(fyne.NewSize(look.Em(34), min(lines.MinSize().Height, sh.Size().Height*0.5)))
		sh.Ask(kit.Question{Title: sh.T("desk.history", nil), Text: text, Content: room})
	})
}

// versionWords describes one version of a score in a line: “已评 84：主题 26、笔法 33”.
func (s *sheet) versionWords(v judging.ScoreVersion) string {
	sh := s.desk.sh
	words := sh.T("ballot.state_"+string(v.State), nil)
	if v.Total > 0 {
		words += " " + judging.Exact(v.Total).String()
	}
	parts := []string{markWords(sh, s.rubric(), v.Ballot)}
	parts = append(parts, v.Reason, v.Comment, flagWords(sh, v.Ballot))
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	if len(parts) > 0 {
		words += "　" + strings.Join(parts, sh.T("kit.comma", nil))
	}
	return words
}
