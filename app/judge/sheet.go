package judge

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
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
	form   *form
	view   *viewer
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

// edits says what was changed and what of it is kept.
type edits struct {
	made   int       // changes so far
	saved  int       // the change that was last acknowledged
	failed bool      // the last saving failed, and says so
	pause  kit.Timer // the saving that is to come, nil for none
}

func (e *edits) open() bool { return e.made != e.saved }

// after calls f when nothing was changed for a while.
func (e *edits) after(sh kit.Shell, wait time.Duration, f func()) {
	e.stop()
	e.pause = sh.After(wait, f)
}

func (e *edits) stop() {
	if e.pause != nil {
		e.pause.Stop()
		e.pause = nil
	}
}

// draft is what of a ballot is not saved.
type draft struct {
	ballot judging.Ballot
	texts  []string // of the fields, wrong ones too
}

func newSheet(d *Desk, w judging.Duty) *sheet {
	s := &sheet{desk: d, work: w, ballot: judging.Ballot{Code: w.Code}}
	s.view = newViewer(d, w.BlindWork)
	s.head = newSheetHead(s)
	spec := formSpec{
		d.duties.Rubrics[w.Category],
		d.duties.TotalOnly,
		d.duties.AskConfidence,
		d.duties.Phrases[w.Category],
	}
	s.form = newForm(d.sh, spec, formEvents{
		marked: s.onMarked, said: s.onSaid, left: s.commit, last: s.saveNext,
		zoom: s.view.toggle, help: d.showKeys, turn: s.view.turn, undo: s.undo, redo: s.redo, reveal: s.reveal,
	})
	s.foot = newSheetFoot(s)
	title := kit.Stack(
		kit.Gap4,
		kit.NewText(string(w.Code)+"  "+kind(w.BlindWork), kit.Note, kit.Quiet),
		kit.NewPara(w.Title, kit.Section, kit.Plain, 40).Fluid(),
	)
	wide := panelWidth(d.sh.Size().Width)
	below, end := s.foot.split()
	lines := kit.Stack(kit.Gap8, title, s.foot.aside, s.form.content, end, kit.Blank(0, kit.Gap8))
	// the bar of the scroll takes the gap
	s.fields = kit.VScroll(container.NewBorder(nil, nil, nil, kit.Blank(kit.Gap8, 0), lines))
	panel := kit.Surface(kit.Fill(nil, container.NewStack(kit.Blank(wide, 0), s.fields), below))
	s.sides = kit.Split(kit.Gap16, []float32{2, 1}, s.view.content, panel)
	s.content = kit.Inset(
		kit.Gap16,
		kit.Fill(s.head.content, s.sides, nil),
	)
	return s
}

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
	return min(kit.Em(25)+7*kit.Gap8, window*0.4)
}

// load reads the ballot, or takes over a draft.
func (s *sheet) load(unsaved *draft) {
	s.view.open(0)
	if unsaved != nil {
		s.took(unsaved.ballot)
		s.past.held = true
		s.form.writeTexts(unsaved.texts)
		s.past.held = false
		s.past.now = s.moment()
		s.changed(soon)
		return
	}
	if state(s.work) == judging.Open && !s.locked() {
		s.took(s.ballot) // there is nothing to wait for: keys typed at once are not lost
		return
	}
	s.form.disable()
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
			s.tell(kit.Problem, sh.Err(err), func() { s.load(nil) })
			return
		}
		s.took(b)
	})
}

// took shows a ballot and starts the keyboard in the first empty mark.
func (s *sheet) took(b judging.Ballot) {
	s.ballot, s.stored, s.ready = b, b, true
	s.form.fill(b)
	s.past = s.desk.pastOf(s.work.Code, s.moment())
	s.refresh()
	if s.writable() {
		s.form.focusEmpty()
		s.retype(s.form.ahead.release())
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
		s.form.enable()
	} else {
		s.form.disable()
	}
	s.head.refresh()
	s.foot.refresh()
}

func (s *sheet) onMarked() {
	if s.ballot.State == judging.Skipped {
		s.ballot.State = judging.Open
	}
	s.form.tellSum()
	s.foot.near.refresh(s.form.whole())
	s.note()
	s.changed(soon)
}

// onSaid takes certainty and comment. Certainty has no way to be disabled, so where nothing may be changed it is
// set back.
func (s *sheet) onSaid() {
	if !s.writable() {
		s.form.chooseSure(s.ballot.Confidence)
		return
	}
	s.note()
	s.changed(later)
}

// changed notes an edit and saves it when nothing more is typed for a while.
func (s *sheet) changed(wait time.Duration) {
	s.edits.made++
	s.foot.tellWrong("")
	s.head.tellState()
	s.edits.after(s.desk.sh, wait, s.commit)
}

// commit saves what is right of what is typed, whatever stands in other fields.
func (s *sheet) commit() {
	if s.worthSaving() {
		s.save(nil)
	}
}

// worthSaving reports whether there is something to save: a field that is wrong is no news by itself.
func (s *sheet) worthSaving() bool {
	if !s.edits.open() || !s.ready {
		return false
	}
	if wrong, _ := s.form.fault(); wrong == "" {
		return true
	}
	b, old := s.form.read(s.ballot), s.stored
	same := maps.Equal(b.Marks, old.Marks) && b.Comment == old.Comment && b.Confidence == old.Confidence &&
		b.State == old.State && b.Reason == old.Reason && slices.Equal(b.Flags, old.Flags) && b.FlagNote == old.FlagNote
	return !same || len(b.Marks) == 0 && b.Total != old.Total
}

// save saves the ballot as it is typed and calls then when it is kept and nothing was changed since.
func (s *sheet) save(then func()) {
	s.edits.stop()
	edit, b := s.edits.made, s.form.read(s.ballot)
	s.head.tellSaving()
	s.desk.pen.save(b, func(kept judging.Ballot, err error) {
		switch {
		case errors.Is(err, errOvertaken):
		case err != nil:
			s.form.ahead.release()
			s.notSaved(err)
			return
		default:
			s.kept(kept, edit)
		}
		if then == nil {
			return
		}
		if s.shown() && !s.edits.open() {
			then()
			return
		}
		s.form.ahead.release() // the judge has gone on with this work
	})
}

// kept takes over what the ballot of an edit has become by saving it.
func (s *sheet) kept(b judging.Ballot, edit int) {
	s.edits.saved, s.stored = max(s.edits.saved, edit), b
	s.desk.acknowledged(b)
	if s.edits.failed { // the notice that says otherwise is still there
		s.edits.failed = false
		s.tell(kit.Done, s.desk.sh.T("desk.saved_now", nil), nil)
	}
	if !s.edits.open() {
		s.ballot = b
	}
	s.refresh()
}

// notSaved says so immediately; what is typed stays on the screen.
func (s *sheet) notSaved(err error) {
	if !s.shown() {
		s.desk.sh.ShowError(err)
		return
	}
	s.edits.failed = true
	s.head.tellFailed()
	s.tell(kit.Problem, s.desk.sh.Err(err), func() { s.save(nil) })
}

func (s *sheet) tell(tone kit.Tone, text string, again func()) {
	n := kit.Notice{Tone: tone, Text: text}
	if again != nil {
		n.Action, n.Do = s.desk.sh.T("desk.again", nil), again
	}
	s.desk.sh.Tell(n)
}

// flush calls then once everything typed that is right is saved. Fields that are wrong never keep a judge here: what
// stood in them is said afterwards, with the way back.
func (s *sheet) flush(then func()) {
	s.form.settle()
	after := then
	if lost := s.form.faults(); len(lost) > 0 && s.writable() {
		left := s.unsaved()
		after = func() {
			then()
			s.tellLeft(lost, left)
		}
	}
	if !s.worthSaving() {
		s.edits.stop()
		after()
		return
	}
	s.save(after)
}

// tellLeft says which fields were wrong when the work was left.
func (s *sheet) tellLeft(lost []string, left *draft) {
	sh, d := s.desk.sh, s.desk
	n := kit.Notice{Tone: kit.Waiting, Text: sh.T("desk.left_wrong", map[string]any{
		"Code": s.work.Code, "Fields": strings.Join(lost, sh.T("kit.semicolon", nil)),
	})}
	if d.page() {
		n.Action, n.Do = sh.T("desk.left_back", nil), func() { d.openWork(d.find(s.work.Code), left) }
	}
	sh.Tell(n)
}

// saveNext saves a complete ballot and goes on to the next open work; of an incomplete one it shows what is missing.
func (s *sheet) saveNext() {
	if s.locked() || !s.writable() {
		s.step(1)
		return
	}
	s.form.settle()
	if wrong, focus := s.form.fault(); wrong != "" {
		s.commit()
		s.foot.tellWrong(wrong)
		focus()
		return
	}
	if s.ballot.State == judging.Skipped {
		s.ballot.State = judging.Open
		s.edits.made++
	}
	if _, whole := s.form.whole(); !whole {
		s.foot.tellWrong(s.desk.sh.T("desk.incomplete", nil))
		s.form.focusEmpty()
		return
	}
	if s.askUnseen() {
		return
	}
	if s.work.Reopened {
		s.edits.made++ // to stay by a score is an answer too
	}
	s.form.ahead.on = true
	s.flush(s.goNext)
}

// goNext shows the next work to score, or the list when there is none.
func (s *sheet) goNext() {
	if i := nextToScore(s.desk.duties.Works, s.desk.find(s.work.Code)); i >= 0 {
		s.desk.openWork(i, nil)
		s.desk.sheet.retype(s.form.ahead.release())
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
	if s.view.rival != nil {
		s.view.endCompare()
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
	case fyne.KeyEscape:
		if s.desk.full {
			s.toggleFull()
			return true
		}
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
		return s.view.typedKey(key)
	}
	return true
}

// close releases what the sheet holds: a picture may be large.
func (s *sheet) close() {
	s.edits.stop()
	s.view.close()
}

// putAway saves what is typed and right before the page goes. What can't be saved is handed on by unsaved.
func (s *sheet) putAway(ctx context.Context) {
	s.close()
	s.form.settle()
	if !s.worthSaving() {
		return
	}
	edit := s.edits.made
	if kept, err := s.desk.pen.write(ctx, s.desk.pen.number(), s.form.read(s.ballot)); err == nil {
		s.edits.saved, s.ballot, s.stored = edit, kept, kept
	}
}

// unsaved returns what is typed and not saved, nil if all is.
func (s *sheet) unsaved() *draft {
	if wrong, _ := s.form.fault(); !s.ready || !s.edits.open() && wrong == "" {
		return nil
	}
	return &draft{ballot: s.form.read(s.ballot), texts: s.form.texts()}
}
