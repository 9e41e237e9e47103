package judge

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
)

// sheetFoot is what stands below the rubric, the works near in total above it, and the bar that says a work was put
// aside.
type sheetFoot struct {
	sheet  *sheet
	aside  *fyne.Container
	wrong  *look.Para
	sum    *fyne.Container // the total
	acts   *fyne.Container // the other ways to be done with a work
	next   *button.Button
	others []*button.Button
	near   *near
}

func newSheetFoot(s *sheet) *sheetFoot {
	sh := s.desk.sh
	f := &sheetFoot{sheet: s, aside: lay.Stack(lay.Gap8), wrong: look.NewPara("", look.Body, look.Problem, 40).Fluid()}
	f.wrong.Hide()
	f.near = newNear(s)
	f.next = button.NewPrimary(sh.T("desk.save_next", nil), s.saveNext)
	f.others = []*button.Button{
		button.NewPlain(sh.T("desk.skip", nil), func() { s.setAside(judging.Skipped, "") }),
		button.NewPlain(sh.T("desk.abstain", nil), func() { s.askAside(judging.Abstained) }),
		button.NewPlain(sh.T("desk.recuse", nil), func() { s.askAside(judging.Recused) }),
		button.NewPlain(sh.T("desk.flag", nil), s.raiseHand),
	}
	more := button.NewPlain(sh.T("desk.more", nil), nil)
	more.OnTapped = func() { s.more(more) }
	f.sum = s.form.Foot
	if look.Em(1) >= 20 { // sum and button stand in one line in the largest type too
		s.form.Sum.TextSize = look.Body.Size()
	}
	f.acts = lay.Flow(0, f.others[0], f.others[1], f.others[2], f.others[3], more)
	return f
}

// split returns what always stays below the fields, total and Save before all, and what scrolls at their end where
// the window leaves little room.
func (f *sheetFoot) split() (below, end *fyne.Container) {
	last := container.NewBorder(nil, nil, nil, container.NewCenter(f.next), f.sum)
	if f.near.tall() {
		return lay.Stack(lay.Gap8, lay.Line(), f.wrong, f.near.content, f.acts, last), lay.Stack(0)
	}
	return lay.Stack(lay.Gap8, lay.Line(), f.wrong, last), lay.Stack(lay.Gap8, f.acts, f.near.content)
}

func (f *sheetFoot) refresh() {
	s := f.sheet
	sh := s.desk.sh
	for _, o := range f.others {
		o.Hidden = !s.writable()
	}
	f.next.SetText(sh.T("desk.save_next", nil))
	if !s.writable() {
		f.next.SetText(sh.T("desk.next", nil))
	}
	f.aside.RemoveAll()
	if st := s.ballot.State; st == judging.Abstained || st == judging.Recused || st == judging.Skipped {
		n := kit.Notice{
			Tone: look.Info, Text: sh.T("desk.aside_"+string(st), map[string]any{"Reason": s.ballot.Reason}),
		}
		if st != judging.Skipped && !s.locked() {
			n.Action, n.Do = sh.T("desk.take_back", nil), s.takeBack
		}
		f.aside.Add(status.NewNotice(n, nil))
	}
	if s.work.Reopened {
		f.aside.Add(status.NewNotice(kit.Notice{Tone: look.Waiting, Text: sh.T("desk.again_text", nil)}, nil))
	}
	if s.work.Calibration {
		f.aside.Add(status.NewNotice(kit.Notice{
			Tone: look.Info,
			Text: sh.T("desk.trial_text", nil) + s.desk.panelWords(s.work.Code),
		}, nil))
	}
	if len(s.ballot.Flags) > 0 || s.ballot.FlagNote != "" {
		f.aside.Add(status.NewNotice(kit.Notice{
			Tone:   look.Waiting,
			Text:   sh.T("desk.flagged", map[string]any{"Flags": flagWords(sh, s.ballot)}),
			Action: sh.T("desk.flag_change", nil),
			Do:     s.raiseHand,
		}, nil))
	}
	f.aside.Hidden = len(f.aside.Objects) == 0
	f.aside.Refresh()
	f.near.refresh(s.form.Whole())
	f.acts.Refresh()
}

func (f *sheetFoot) tellWrong(wrong string) {
	if f.wrong.Text() == wrong && f.wrong.Hidden == (wrong == "") {
		return
	}
	f.wrong.SetText(wrong)
	f.wrong.Hidden = wrong == ""
	f.sheet.content.Refresh()
}
