package app

import (
	"context"
	"errors"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/room"
	"fayi/app/rescue"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store/archive"
)

// Kinds of routes that bring a contest back. The ID is the contest's folder, or the archive's path.
const (
	lostKind    = "lost"
	archiveKind = "archive"
)

// rescuePages adds the pages that bring a contest back.
func (s *Session) rescuePages(out map[string]Maker) {
	host := rescueHost{s}
	out[lostKind] = func(sh kit.Shell, r kit.Route) kit.Page { return rescue.NewLost(sh, host, r.ID) }
	out[archiveKind] = func(sh kit.Shell, r kit.Route) kit.Page { return rescue.NewArchive(sh, host, r.ID) }
}

// rescueHost is what those pages see of the session.
type rescueHost struct{ *Session }

var _ rescue.Host = rescueHost{}

// Whole reads what a backup holds, every page of it.
func (h rescueHost) Whole(ctx context.Context, path, typed string) (office.Peek, error) {
	return h.files.Whole(ctx, path, typed)
}

// Prove compares a password with the one that a backup carries.
func (h rescueHost) Prove(ctx context.Context, path, password string) error {
	return h.files.Door.Prove(ctx, path, password, nil)
}

// Unarchive restores an archive as the folder dir.
func (h rescueHost) Unarchive(
	ctx context.Context, path, dir, phrase string, progress archive.Progress,
) (archive.Report, error) {
	return h.files.Unarchive(ctx, path, dir, phrase, progress)
}

// Free returns the path of a folder that is not there.
func (rescueHost) Free(base, ext string) string { return page.FreeName(base, ext) }

// BringBack puts a backup in the place of data that can't be read. Nobody can be asked for the organiser's password
// of a contest that can't be read: the page asked for the backup's own. The journal says that it was restored.
func (h rescueHost) BringBack(dir, backup string) {
	h.bringBack(dir, backup, office.State{}, func() error { return nil })
}

// AskArchive asks for the archive of a contest.
func (s *Session) AskArchive() { s.app.OpenFile([]string{archive.Ending}, s.Open) }

// AskJoin asks for an invitation to a contest that others share.
func (s *Session) AskJoin() { s.settings.Sharing().AskJoin(s.Home()) }

// lost shows the backups of the contest in dir if its data can't be read and there are some; any other error is only
// shown.
func (s *Session) lost(dir string, err error) {
	if judging.CodeOf(err) == judging.Corrupt {
		if all, none := office.BackupsIn(context.Background(), dir); none == nil && len(all) > 0 {
			s.app.Navigate(kit.Route{Kind: lostKind, ID: dir})
			return
		}
	}
	s.app.ShowError(err)
}

// restore closes the contest, puts the copy in its place and opens it again.
func (s *Session) restore(copy string, was office.State) {
	s.room.AskClose(s.app, room.Changing, func() {
		o := s.now()
		s.swap(nil)
		s.app.Restart(kit.Route{Kind: page.Start})
		s.bringBack(o.Dir(), copy, was, o.Close)
	})
}

// bringBack puts the copy in the place of the data in dir and opens them. The data as they were stay as a copy of their
// own, and the journal says what was replaced. First close ends what has them open.
func (s *Session) bringBack(dir, copy string, was office.State, close func() error) {
	kit.Fetch(
		s.app, s.app.T("settings.restoring", nil), func(ctx context.Context, _ kit.Progress) (*office.Office, error) {
			if err := close(); err != nil {
				return nil, err
			}
			if err := s.files.Restore(ctx, dir, copy); err != nil {
				return nil, err
			}
			again, err := s.files.Open(ctx, dir)
			if err != nil {
				return nil, err
			}
			if err := again.NoteRestored(ctx, was); err != nil {
				return nil, errors.Join(err, again.Close())
			}
			return again, nil
		},
		func(again *office.Office) {
			s.enter(again)
			s.app.Tell(kit.Notice{Tone: look.Done, Text: s.app.T("settings.restored", nil)})
		},
	)
}
