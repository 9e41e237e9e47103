package judge

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge/form"
	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// How long after the last change a ballot is saved by itself: soon for marks, later for a comment still being
// written.
const (
	soon  = 700 * time.Millisecond
	later = 5 * time.Second
)

// sheet is one work next to its ballot.
type sheet struct {
	desk   *Desk
	work   judging.Duty
	form   *form.Form
	view   *viewer.Viewer
	head   *sheetHead
	foot   *sheetFoot
	ballot judging.Ballot // as last kept or, for what is not in a field, as chosen since
	ready  bool           // the ballot was read, or taken over from a desk before
	edits  edits
	past   *past
	stored judging.Ballot // as last acknowledged

	sides   *fyne.Container // the work and its ballot
	fields  *container.Scroll
	content fyne.CanvasObject
}

func newSheet(d *Desk, w judging.Duty) *sheet {
	s := &sheet{desk: d, work: w, ballot: judging.Ballot{Code: w.Code}}
	s.view = viewer.New(d.shelf, w.BlindWork)
	s.head = newSheetHead(s)
	spec := form.Spec{
		Rubric:    s.rubric(),
		TotalOnly: d.duties.TotalOnly,
		AskSure:   d.duties.AskConfidence,
		Voting:    d.duties.Voting,
		Phrases:   d.duties.Phrases[w.Category],
	}
	s.form = form.New(d.sh, spec, form.Events{
		Marked: s.onMarked, Said: s.onSaid, Left: s.commit, Last: s.saveNext,
		Zoom: s.view.Toggle, Help: d.showKeys, Turn: s.view.Turn, Undo: s.undo, Redo: s.redo, Reveal: s.reveal,
	})
	s.foot = newSheetFoot(s)
	title := container.New(
		&titleLayout{},
		look.NewPara(w.Title, look.Section, look.Plain, 40).Fluid(),
		look.NewText(string(w.Code)+"  "+kind(w.BlindWork), look.Note, look.Quiet),
	)
	wide := panelWidth(d.sh.Size().Width)
	below, end := s.foot.split()
	lines := lay.Stack(lay.Gap8, title, s.foot.aside, s.form.Content, end, lay.Blank(0, lay.Gap8))
	// the bar of the scroll takes the gap
	s.fields = lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap8, 0), lines))
	panel := lay.Surface(lay.Fill(nil, container.NewStack(lay.Blank(wide, 0), s.fields), below))
	s.sides = lay.Split(lay.Gap16, []float32{2, 1}, s.view.Content, panel)
	s.content = lay.Inset(
		lay.Gap16,
		lay.Fill(s.head.content, s.sides, nil),
	)
	return s
}

// rubric is the one that the work is marked by.
func (s *sheet) rubric() judging.Rubric { return s.desk.duties.Rubrics[s.work.Category] }

// reveal scrolls the fields so that o is in sight.
func (s *sheet) reveal(o fyne.CanvasObject) {
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	top, room := place(o).Y-place(s.fields).Y, s.fields.Size().Height
	by := max(top+o.Size().Height-room, 0)
	if top-by < 0 {
		by = top
	}
	if by != 0 {
		s.fields.ScrollToOffset(s.fields.Offset.AddXY(0, by))
	}
}

// panelWidth is the width the rubric asks for beyond its third of the window: enough to set input and bands of each
// mark in one line, while it leaves the work three fifths.
func panelWidth(window float32) float32 {
	return min(look.Em(25)+7*lay.Gap8, window*0.4)
}

// load reads the ballot, or takes over a draft.
func (s *sheet) load(unsaved *draft) {
	s.view.Open(0)
	if unsaved != nil {
		s.took(unsaved.ballot)
		s.past.held = true
		s.form.WriteTexts(unsaved.texts)
		s.past.held = false
		s.past.now = s.moment()
		s.changed(soon)
		return
	}
	if tally.State(s.work) == judging.Open && !s.locked() {
		s.took(s.ballot) // there is nothing to wait for: keys typed at once are not lost
		return
	}
	s.form.Disable()
	s.refresh()
	var b judging.Ballot
	sh := s.desk.sh
	sh.Run(sh.T("desk.loading_ballot", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		b, err = s.desk.pen.book.Load(ctx, s.work.Code)
		return err
	}, func(err error) {
		if !s.shown() {
			return
		}
		if err != nil {
			s.tell(look.Problem, sh.Err(err), func() { s.load(nil) })
			return
		}
		s.took(b)
	})
}

// took shows a ballot and starts the keyboard in the first empty mark.
func (s *sheet) took(b judging.Ballot) {
	s.ballot, s.stored, s.ready = b, b, true
	s.form.Fill(b)
	s.past = s.desk.pastOf(s.work.Code, s.moment())
	s.refresh()
	if s.writable() {
		s.form.FocusEmpty()
		s.retype(s.form.Release())
	}
}

func (s *sheet) shown() bool { return s.desk.sheet == s }

// writable reports whether the fields may be changed.
func (s *sheet) writable() bool {
	return s.ready && !s.locked() && s.ballot.State != judging.Abstained && s.ballot.State != judging.Recused
}

// locked reports whether this work can't be scored any more: the list is handed in, and the work was not opened
// again.
func (s *sheet) locked() bool { return s.desk.duties.Submitted && !s.work.Reopened }

// refresh shows counts, state and locks as they are now. The fields' texts are left alone.
func (s *sheet) refresh() {
	if s.writable() {
		s.form.Enable()
	} else {
		s.form.Disable()
	}
	s.head.refresh()
	s.foot.refresh()
	s.tellVotes()
}

func (s *sheet) onMarked() {
	if s.ballot.State == judging.Skipped {
		s.ballot.State = judging.Open
	}
	s.form.TellSum()
	s.tellVotes()
	s.foot.near.refresh(s.form.Whole())
	s.note()
	s.changed(soon)
}

// onSaid takes certainty and comment. Certainty has no way to be disabled, so where nothing may be changed it is
// set back.
func (s *sheet) onSaid() {
	if !s.writable() {
		s.form.ChooseSure(s.ballot.Confidence)
		return
	}
	s.form.TellSum() // a comment may be compulsory
	s.note()
	s.changed(later)
}

// saveNext saves a complete ballot and goes on to the next open work; of an incomplete one it shows what is missing.
func (s *sheet) saveNext() {
	if s.locked() || !s.writable() {
		s.step(1)
		return
	}
	s.form.Settle()
	if wrong, focus := s.form.Fault(); wrong != "" {
		s.commit()
		s.foot.tellWrong(wrong)
		focus()
		return
	}
	if s.ballot.State == judging.Skipped {
		s.ballot.State = judging.Open
		s.edits.made++
	}
	if words, what := s.form.Lacks(s.ballot); what != "" {
		s.commit()
		s.foot.tellWrong(words)
		if what == judging.LacksNote {
			s.raiseHand()
		}
		return
	}
	if _, whole := s.form.Whole(); !whole {
		s.foot.tellWrong(s.desk.sh.T("desk.incomplete", nil))
		s.form.FocusEmpty()
		return
	}
	if s.askUnseen() {
		return
	}
	if s.work.Reopened {
		s.edits.made++ // to stay by a score is an answer too
	}
	s.form.Hold()
	s.flush(s.goNext)
}

// goNext shows the next work to score, or the list when there is none.
func (s *sheet) goNext() {
	if i := tally.NextToScore(s.desk.duties.Works, s.desk.find(s.work.Code)); i >= 0 {
		s.desk.openWork(i, nil)
		s.desk.sheet.retype(s.form.Release())
		return
	}
	s.desk.showQueue()
}

// step shows the work before or after this one in the list.
func (s *sheet) step(by int) {
	at := s.desk.find(s.work.Code) + by
	if at < 0 || at >= len(s.desk.duties.Works) {
		return
	}
	s.flush(func() { s.desk.openWork(at, nil) })
}

// outside ends a comparison, or goes back to the list.
func (s *sheet) outside() {
	if s.view.Comparing() {
		s.view.EndCompare()
		return
	}
	s.back()
}

func (s *sheet) back() { s.flush(s.desk.showQueue) }

// typedKey handles the keys that no field has handled.
func (s *sheet) typedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyF11:
		s.toggleFull()
		return true
	case fyne.KeyF12:
		s.desk.sh.Edges()
		return true
	case fyne.KeyEscape:
		if s.desk.full {
			s.toggleFull()
			return true
		}
	}
	words := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}
	if s.writable() && s.form.SpeakNth(slices.Index(words, key.Name)+1) {
		return true
	}
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp, fyne.KeyPageUp:
		s.step(-1)
	case fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown:
		s.step(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.saveNext()
	case fyne.KeyEscape:
		s.outside()
	default:
		return s.view.TypedKey(key)
	}
	return true
}
