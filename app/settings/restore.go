package settings

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// restored is what a copy holds and what would be lost by going back to it.
type restored struct {
	office.Peek
	now   int                 // journal entries of the contest
	proof bool                // its awards are final, and the organiser has a password
	all   *sealing.Difference // what would change on all computers that share it; nil where it is not shared
}

// lookAt reads the copy and the contest that it would replace.
func (s *Settings) lookAt(ctx context.Context, o *office.Office, copy string) (r restored, err error) {
	if r.Peek, err = s.host.Peek(ctx, copy); err != nil {
		return r, err
	}
	door := s.host.Seals().Door
	if f, shared := door.Standing(o.Dir()); shared {
		all, err := f.Differs(ctx, copy, door.Known(nil))
		if err != nil {
			return r, err
		}
		r.all = &all
	}
	entries, err := o.Journal(ctx)
	if err != nil {
		return r, err
	}
	r.now = len(entries)
	board, err := o.Notices().ListNotices(ctx)
	if err != nil || board.Notice == nil || board.Notice.State != judging.Final {
		return r, err
	}
	r.proof, err = o.Secrets().HasPassword(ctx)
	return r, err
}

// AskRestore shows what a copy holds, then puts it in the contest's place. Over awards that are final it asks for the
// organiser's password.
func (s *Settings) AskRestore(b office.Backup) {
	o := s.host.Office()
	var r restored
	s.host.Run(
		s.host.T("settings.looking", nil), func(ctx context.Context, _ kit.Progress) (err error) {
			r, err = s.lookAt(ctx, o, b.Path)
			return err
		},
		func(err error) {
			if sealing.Shut(err) { // under the password of another time
				s.host.Seals().AskCopy(b.Path, func(office.Peek) { s.AskRestore(b) })
				return
			}
			if err != nil {
				s.host.ShowError(err)
				return
			}
			holds := s.host.T("backup.holds", judging.Args{
				"Name":   r.Title(),
				"Works":  r.Works[judging.Accepted],
				"Judges": r.Judges,
				"Scored": r.Scored,
				"Last":   kit.DateTime(s.host, r.Last.Local()),
			})
			said := []string{holds, s.host.T("settings.restore_ask", judging.Args{"N": max(0, r.now-r.Entries)})}
			if d := r.all; d != nil {
				said = append(said, s.host.T("share.restore_all", nil), s.host.T("share.restore_counts",
					judging.Args{"Added": d.Added, "Changed": d.Changed, "Gone": d.Gone}))
			}
			text := strings.Join(said, "\n")
			s.confirmRestore(o, b.Path, text, r.proof)
		},
	)
}

// confirmRestore asks for the tick, and for the organiser's password where it must be proven that the organiser asks.
func (s *Settings) confirmRestore(o *office.Office, copy, text string, proof bool) {
	q := kit.Question{
		Title:  s.host.T("settings.restore_title", nil),
		Text:   text,
		Check:  s.host.T("settings.restore_check", nil),
		Action: s.host.T("settings.restore_do", nil),
		Danger: true,
	}
	word := field.NewPassword(s.host, s.host.T("guard.password", nil), s.host.T("settings.restore_proof", nil))
	if proof {
		q.Content = word
	}
	q.Do = func() error {
		if proof && word.Text() == "" { // it is not tried in vain: wrong ones are counted
			return judging.Fail(judging.Invalid, "kit.empty", nil)
		}
		was, err := o.MayRestore(context.Background(), word.Text())
		if err == nil {
			s.host.Restore(copy, was)
		}
		return err
	}
	s.host.Ask(q)
}
