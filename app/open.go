package app

import (
	"context"
	"os"
	"path/filepath"

	"fayi/app/kit"
	"fayi/app/organizer/room"
	"fayi/app/rescue"
	"fayi/app/seal"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/packet"
	"fayi/judging/sealing"
)

// contestFile is what makes a folder a contest's; systems whose programs open files only, not folders, hand its
// path to us.
const contestFile = "contest.db"

// Open opens what path names, as it is given on a command line or by a double click: a contest's folder, the
// contest.db in it, the folder around the only contest below it, or a judge's packet. Any other path is reported,
// not opened.
func (s *Session) Open(path string) {
	path, err := existing(path)
	if err != nil {
		s.app.ShowError(err)
		return
	}
	if rescue.IsArchive(path) || packet.IsNamed(path) { // before a passphrase is asked for in vain
		if err := regular.Check(path); err != nil {
			s.app.ShowError(judging.Fail(judging.Invalid, "app.no_file", judging.Args{
				"File": filepath.Base(path),
			}).Because(err))
			return
		}
	}
	if isPacket(path) {
		s.app.Navigate(kit.Route{Kind: packetKind, ID: path})
		return
	}
	if rescue.IsArchive(path) {
		s.app.Navigate(kit.Route{Kind: archiveKind, ID: path})
		return
	}
	dir := contestIn(path)
	if o := s.now(); o == nil || !sameFolder(o.Dir(), dir) {
		s.room.AskClose(s.app, room.Changing, func() { s.openContest(dir) })
		return
	}
	s.openContest(dir)
}

func (s *Session) openContest(dir string) {
	var o *office.Office
	s.app.Run(s.app.T("app.opening", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		if o = s.now(); o != nil && sameFolder(o.Dir(), dir) {
			return nil
		}
		o, err = opener{s}.OpenContest(ctx, dir, "")
		return err
	}, func(err error) {
		switch {
		case sealing.Shut(err):
			s.app.Navigate(kit.Route{Kind: seal.Kind, ID: dir})
		case err != nil:
			s.lost(dir, err)
		default:
			s.enter(o)
		}
	})
}

// existing makes path whole: what is remembered of it must mean the same when the program is next started elsewhere.
func existing(path string) (string, error) {
	whole, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(whole)
	}
	if err != nil {
		return "", judging.Fail(judging.NotFound, "app.nothing_there", judging.Args{"Path": path}).Because(err)
	}
	return whole, nil
}

func sameFolder(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// contestIn helps those who chose the file in the contest's folder, or the folder that this folder lies in.
func contestIn(path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() && filepath.Base(path) == contestFile {
		return filepath.Dir(path)
	}
	if _, err := os.Stat(filepath.Join(path, contestFile)); err == nil {
		return path
	}
	// A pattern sign in path finds nothing, which leaves path as it is.
	if found, err := filepath.Glob(filepath.Join(path, "*.fayi", contestFile)); err == nil && len(found) == 1 {
		return filepath.Dir(found[0])
	}
	return path
}
