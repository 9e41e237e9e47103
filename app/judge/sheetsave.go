package judge

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

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
	if wrong, _ := s.form.Fault(); wrong == "" {
		return true
	}
	b, old := s.form.Read(s.ballot), s.stored
	same := maps.Equal(b.Marks, old.Marks) && b.Comment == old.Comment && b.Confidence == old.Confidence &&
		b.State == old.State && b.Reason == old.Reason && slices.Equal(b.Flags, old.Flags) && b.FlagNote == old.FlagNote
	return !same || len(b.Marks) == 0 && b.Total != old.Total
}

// save saves the ballot as it is typed and calls then when it is kept and nothing was changed since.
func (s *sheet) save(then func()) {
	s.edits.stop()
	edit, b := s.edits.made, s.form.Read(s.ballot)
	s.head.tellSaving()
	s.desk.pen.save(b, func(kept judging.Ballot, err error) {
		switch {
		case errors.Is(err, errOvertaken):
		case err != nil:
			s.form.Release()
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
		s.form.Release() // the judge has gone on with this work
	})
}

// kept takes over what the ballot of an edit has become by saving it.
func (s *sheet) kept(b judging.Ballot, edit int) {
	s.edits.saved, s.stored = max(s.edits.saved, edit), b
	s.desk.acknowledged(b)
	if s.edits.failed { // the notice that says otherwise is still there
		s.edits.failed = false
		s.tell(look.Done, s.desk.sh.T("desk.saved_now", nil), nil)
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
	s.tell(look.Problem, s.desk.sh.Err(err), func() { s.save(nil) })
}

func (s *sheet) tell(tone look.Tone, text string, again func()) {
	n := kit.Notice{Tone: tone, Text: text}
	if again != nil {
		n.Action, n.Do = s.desk.sh.T("desk.again", nil), again
	}
	s.desk.tell(n)
}

// flush calls then once everything typed that is right is saved. Fields that are wrong never keep a judge here: what
// stood in them is said afterwards, with the way back.
func (s *sheet) flush(then func()) {
	s.form.Settle()
	after := then
	if lost := s.form.Faults(); len(lost) > 0 && s.writable() {
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
	n := kit.Notice{Tone: look.Waiting, Text: sh.T("desk.left_wrong", map[string]any{
		"Code": s.work.Code, "Fields": strings.Join(lost, sh.T("kit.semicolon", nil)),
	})}
	if d.page() {
		n.Action, n.Do = sh.T("desk.left_back", nil), func() { d.openWork(d.find(s.work.Code), left) }
	}
	d.tell(n)
}

// close releases what the sheet holds: a picture may be large.
func (s *sheet) close() {
	s.edits.stop()
	s.view.Close()
}

// putAway saves what is typed and right before the page goes. What can't be saved is handed on by unsaved.
func (s *sheet) putAway(ctx context.Context) {
	s.close()
	s.form.Settle()
	if !s.worthSaving() {
		return
	}
	edit := s.edits.made
	if kept, err := s.desk.pen.write(ctx, s.desk.pen.number(), s.form.Read(s.ballot)); err == nil {
		s.edits.saved, s.ballot, s.stored = edit, kept, kept
	}
}

// unsaved returns what is typed and not saved, nil if all is.
func (s *sheet) unsaved() *draft {
	if wrong, _ := s.form.Fault(); !s.ready || !s.edits.open() && wrong == "" {
		return nil
	}
	return &draft{ballot: s.form.Read(s.ballot), texts: s.form.Texts()}
}
