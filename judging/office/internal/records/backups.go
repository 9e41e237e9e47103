package records

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/store"
)

// Backup is one copy of the database below backups/.
type Backup struct {
	Path  string    `json:"path"`
	At    time.Time `json:"at"`
	Bytes int64     `json:"bytes"`
	// "manual", or before what it was made by itself: open, import, publish, collect, awards, round, notice, restore
	Why string `json:"why"`
}

const (
	manualPrefix = "contest-"
	autoPrefix   = "auto-"
	oldPrefix    = "before-restore-"
	backupStamp  = "20060102-150405-000"
)

// BackupContest writes a copy of the database (not of the media, which never change once stored) below backups/ and
// returns its path. It is never thinned out.
func (o *Records) BackupContest(ctx context.Context) (string, error) {
	if _, ok := o.DB.(store.Snapshotter); !ok {
		return "", judging.Fail(judging.Invalid, "contest.no_backup", nil)
	}
	return o.snapshot(ctx, manualPrefix+o.stamp()+".db")
}

func (o *Records) stamp() string {
	return strings.ReplaceAll(o.Now().UTC().Format("20060102-150405.000"), ".", "-")
}

func (o *Records) snapshot(ctx context.Context, name string) (string, error) {
	path := filepath.Join(o.Dir, "backups", name)
	if err := store.MakeWithin(filepath.Dir(path)); err != nil { // somebody may have tidied it away
		return "", err
	}
	s := o.DB.(store.Snapshotter)
	return path, WriteFile(path, func(w io.Writer) error { return s.Snapshot(ctx, w) })
}

// ReadOnly reports whether the store was opened to be looked at only.
func (o *Records) ReadOnly() bool {
	db, ok := o.DB.(interface{ ReadOnly() bool })
	return ok && db.ReadOnly()
}

// occasions are what copies are made before.
var occasions = []string{"open", "import", "publish", "collect", "awards", "round", "notice"}

// AutoBackup makes a copy before something big, why, unless nothing was changed since the last one this program
// made, and thins out old copies. On a store that can't be copied it does nothing. Errors: Invalid for an unknown
// why, Unavailable when the disk is full or can't be written: what was to come should not begin.
func (o *Records) AutoBackup(ctx context.Context, why string) error {
	if !slices.Contains(occasions, why) {
		return judging.Fail(judging.Invalid, "contest.no_backup", nil)
	}
	if _, ok := o.DB.(store.Snapshotter); !ok || o.ReadOnly() {
		return nil
	}
	entries, err := View(ctx, o.DB, func(tx store.Tx) (int, error) { return Last(tx, "journal") })
	if err != nil || entries == int(o.BackedUp.Load()) {
		return err
	}
	if _, err := o.snapshot(ctx, autoPrefix+o.stamp()+"-"+why+".db"); err != nil {
		return err
	}
	o.BackedUp.Store(int64(entries))
	all, err := o.Backups(ctx)
	if err != nil {
		return err
	}
	for _, b := range Thinned(all, o.Now()) {
		_ = os.Remove(b.Path) // a copy too many does no harm
	}
	return nil
}

// Backups lists the copies of the database, newest first.
func (o *Records) Backups(ctx context.Context) ([]Backup, error) {
	dir := filepath.Join(o.Dir, "backups")
	files, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return []Backup{}, ctx.Err()
	}
	if err != nil {
		return nil, store.Translate(dir, err)
	}
	out := []Backup{}
	for _, f := range files {
		if b, ok := backupOf(dir, f); ok {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b Backup) int { return b.At.Compare(a.At) })
	return out, ctx.Err()
}

// backupOf reads what the name of a copy says.
func backupOf(dir string, f os.DirEntry) (Backup, bool) {
	name, is := strings.CutSuffix(f.Name(), ".db")
	info, err := f.Info()
	if !is || err != nil || !info.Mode().IsRegular() {
		return Backup{}, false
	}
	b := Backup{Path: filepath.Join(dir, f.Name()), Bytes: info.Size(), At: info.ModTime(), Why: "manual"}
	rest, auto := strings.CutPrefix(name, autoPrefix)
	if !auto {
		if strings.HasPrefix(name, oldPrefix) {
			b.Why = "restore"
		}
		rest = strings.TrimPrefix(strings.TrimPrefix(name, manualPrefix), oldPrefix)
	}
	if len(rest) >= len(backupStamp) {
		if at, err := time.Parse("20060102-150405.000", rest[:15]+"."+rest[16:19]); err == nil {
			b.At = at
		}
		if auto && len(rest) > len(backupStamp)+1 {
			b.Why = rest[len(backupStamp)+1:]
		}
	}
	return b, true
}

const (
	newestKept = 10
	daysKept   = 14
	weeksKept  = 8
)

// Thinned picks the copies that may go: of those made by themselves, the ten newest stay, the newest of each day
// for two weeks, the newest of each week for eight.
func Thinned(newestFirst []Backup, now time.Time) (out []Backup) {
	count := 0
	days, weeks := map[string]bool{}, map[string]bool{}
	for _, b := range newestFirst {
		if b.Why == "manual" || b.Why == "restore" {
			continue
		}
		year, week := b.At.ISOWeek()
		day, inWeek := b.At.Format(day.Form), judging.Serial("", 4, year)+judging.Serial("w", 2, week)
		age := now.Sub(b.At)
		keep := count < newestKept || age < daysKept*24*time.Hour && !days[day] ||
			age < weeksKept*7*24*time.Hour && !weeks[inWeek]
		count++
		days[day], weeks[inWeek] = true, true
		if !keep {
			out = append(out, b)
		}
	}
	return out
}
