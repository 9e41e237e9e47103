// Package copies keeps the contest as a whole in other places: in one file, or in a second folder on another disk that
// follows it, and puts files back that were damaged. Copies of the database alone, below backups/, are the office's.
package copies

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/office/internal/filelist"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/store/archive"
	"fayi/judging/store/mirror"
)

// Copies is the part of an open contest that keeps it in other places; package office hands it out. Its methods may
// be called from many goroutines.
type Copies struct {
	rec *records.Records
}

// Of returns the copies of a contest's records.
func Of(rec *records.Records) Copies { return Copies{rec} }

// Archive writes the whole contest into the file at path, which must not exist, sealed if phrase is not "". The
// ending is added if it is missing; the report's file is the one written. Errors: Clash for a file that exists,
// Invalid for a phrase that is too short, Unavailable.
func (c Copies) Archive(
	ctx context.Context, path, phrase string, progress archive.Progress,
) (archive.Report, error) {
	if !strings.EqualFold(filepath.Ext(path), archive.Ending) {
		path += archive.Ending
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return archive.Report{}, judging.Fail(judging.Clash, "archive.exists", judging.Args{
			"File": filepath.Base(path),
		}).Because(err)
	}
	db, err := c.snapshotter()
	if err != nil {
		return archive.Report{}, err
	}
	head := archive.Head{Made: c.rec.Now().UTC()}
	if err := c.rec.DB.View(ctx, func(tx store.Tx) error {
		contest, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		state, err := records.StateOf(tx)
		head.Contest, head.Mark = contest.Title(), state.Mark()
		return err
	}); err != nil {
		return archive.Report{}, err
	}
	var r archive.Report
	err = atomicfile.Write(path, 0o600, func(w io.Writer) error {
		src := archive.Source{DB: db, Blobs: c.rec.Blobs}
		r, err = archive.Write(ctx, w, src, head, phrase, filepath.Dir(path), progress)
		return err
	})
	r.File = path
	return r, store.Translate(path, err)
}

func (c Copies) snapshotter() (store.Snapshotter, error) {
	if db, ok := c.rec.DB.(store.Snapshotter); ok {
		return db, nil
	}
	return nil, judging.Fail(judging.Invalid, "contest.no_backup", nil)
}

// Mirror brings the second folder of this contest below parent, which has the name of the first, up to date, and
// makes it if there is none. With verify every file that is there already is read again. Errors: Clash when the folder
// is another contest's, or somebody has worked in it; Invalid when it is the contest's own folder; Unavailable.
func (c Copies) Mirror(
	ctx context.Context, parent string, verify bool, progress mirror.Progress,
) (mirror.Report, error) {
	own, err := filepath.Abs(c.rec.Dir)
	if err != nil {
		return mirror.Report{}, store.Translate(c.rec.Dir, err)
	}
	dir := filepath.Join(parent, filepath.Base(own))
	if within(own, dir) {
		return mirror.Report{}, judging.Fail(judging.Invalid, "mirror.own_folder", nil)
	}
	if err := c.follows(ctx, dir); err != nil {
		return mirror.Report{}, err
	}
	db, err := c.snapshotter()
	if err != nil {
		return mirror.Report{}, err
	}
	r, err := mirror.Copy(ctx, mirror.Source{DB: db, Blobs: c.rec.Blobs}, dir, verify, progress)
	if err != nil && store.IsReadOnly(err) { // it is the second place that can't be written, not this contest
		args := judging.Args{"File": filepath.Base(parent)}
		err = judging.Fail(judging.Unavailable, "store.protected", args).Because(err)
	}
	return r, err
}

// within tells whether dir is the folder own or lies in it, links followed.
func within(own, dir string) bool {
	there, err := os.Stat(own)
	if err != nil {
		return false
	}
	for at, last := dir, ""; at != last; at, last = filepath.Dir(at), at {
		if info, err := os.Stat(at); err == nil && os.SameFile(info, there) {
			return true
		}
	}
	return false
}

// follows refuses a folder that this contest must not replace: one with something else in it, with another contest, or
// with one whose journal says more than this one, since somebody has worked there. A database there that can't be read
// is put aside below backups/.
func (c Copies) follows(ctx context.Context, dir string) error {
	path := filepath.Join(dir, "contest.db")
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return c.vacant(dir)
	}
	db, err := c.rec.OpenCopy(path, "")
	if judging.CodeOf(err) == judging.Corrupt {
		aside := filepath.Join(dir, "backups", "damaged-"+c.rec.Now().UTC().Format("20060102-150405")+".db")
		return store.Translate(aside, errors.Join(os.MkdirAll(filepath.Dir(aside), 0o700), os.Rename(path, aside)))
	} else if err != nil {
		return err
	}
	return errors.Join(c.continues(ctx, db, filepath.Base(dir)), db.Close())
}

// vacant admits a folder that is not there, is empty, or was begun by Mirror.
func (c Copies) vacant(dir string) error {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return store.Translate(dir, err)
	}
	for _, n := range names {
		if n.Name() != "media" && n.Name() != "backups" && !strings.HasPrefix(n.Name(), ".") {
			return judging.Fail(judging.Clash, "store.folder_taken", judging.Args{"File": filepath.Base(dir)})
		}
	}
	return nil
}

// continues compares the journal of a copy with ours: its last entry must be one of ours.
func (c Copies) continues(ctx context.Context, copied store.DB, name string) error {
	type moment struct {
		contest judging.Contest
		entries int
		last    judging.Entry
	}
	at := func(db store.DB, entry int) (moment, error) {
		return records.View(ctx, db, func(tx store.Tx) (m moment, err error) {
			if m.contest, err = records.LoadContest(tx); err != nil {
				return m, err
			}
			if m.entries, err = records.Last(tx, "journal"); err != nil {
				return m, err
			}
			if entry = min(max(entry, 0), m.entries); entry > 0 {
				m.last, err = records.Journal.Get(tx, judging.Serial("", 9, entry))
			}
			return m, err
		})
	}
	theirs, err := at(copied, int(^uint(0)>>1))
	if err != nil {
		return err
	}
	ours, err := at(c.rec.DB, theirs.entries)
	switch {
	case err != nil:
		return err
	case ours.contest.ID != theirs.contest.ID:
		return judging.Fail(judging.Clash, "mirror.other_contest",
			judging.Args{"File": name, "Name": theirs.contest.Name})
	case theirs.entries > ours.entries || ours.last.Hash != theirs.last.Hash:
		return judging.Fail(judging.Clash, "mirror.own_way", judging.Args{"File": name})
	}
	return nil
}

// Heal puts the contest's files that are damaged or gone back from a second folder of it, dir, which is only read.
// Every
// file of the contest is read to find them. Errors: Clash when dir is another contest's, NotFound, Unavailable.
func (c Copies) Heal(ctx context.Context, dir string, progress mirror.Progress) (mirror.Report, error) {
	db, err := c.rec.OpenCopy(filepath.Join(dir, "contest.db"), "")
	switch judging.CodeOf(err) {
	case "":
		if err := errors.Join(c.same(ctx, db, filepath.Base(dir)), db.Close()); err != nil {
			return mirror.Report{}, err
		}
	case judging.Corrupt, judging.NotFound: // its files are compared with our sums anyhow
	default:
		return mirror.Report{}, err
	}
	sums, err := c.broken(ctx)
	if err != nil {
		return mirror.Report{}, err
	}
	return mirror.Heal(ctx, c.rec.Blobs, dir, sums, progress)
}

func (c Copies) same(ctx context.Context, copied store.DB, name string) error {
	theirs, err := records.View(ctx, copied, records.LoadContest)
	if err != nil {
		return err
	}
	ours, err := records.View(ctx, c.rec.DB, records.LoadContest)
	if err == nil && ours.ID != theirs.ID {
		err = judging.Fail(judging.Clash, "mirror.other_contest", judging.Args{"File": name, "Name": theirs.Name})
	}
	return err
}

// broken returns the files to which the contest refers that are not whole.
func (c Copies) broken(ctx context.Context) ([]string, error) {
	sums, err := records.View(ctx, c.rec.DB, func(tx store.Tx) ([]string, error) {
		return filelist.Kept(tx, c.rec.Blobs.Has)
	})
	if err != nil {
		return nil, err
	}
	var broken []string
	for _, sum := range sums {
		switch err := c.rec.Blobs.Check(ctx, sum); judging.CodeOf(err) {
		case "":
		case judging.Corrupt, judging.NotFound:
			broken = append(broken, sum)
		default:
			return nil, err
		}
	}
	return broken, nil
}
