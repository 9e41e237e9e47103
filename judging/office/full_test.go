//go:build unix

package office_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// A file-size limit stands in for the full disk: the system refuses the write midway either way. It holds for a
// whole process, so a child runs under it.

func init() {
	roles["import on a full disk"], roles["score on a full disk"] = importOnFull, scoreOnFull
}

// fillDisk lets no file grow beyond the size that the contest's database has now and room bytes more.
func fillDisk(dir string, room int64) error {
	info, err := os.Stat(filepath.Join(dir, "contest.db"))
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	size := uint64(info.Size() + room)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size})
}

// importOnFull imports a source twice, each time until the disk is full, then prints the two codes and how many
// works a reader sees.
func importOnFull(dir, source string) error {
	ctx := context.Background()
	o, err := openDir(ctx, dir)
	if err != nil {
		return err
	}
	if err := fillDisk(dir, 1<<20); err != nil {
		return err
	}
	_, first := o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{source}}, nil)
	_, again := o.Intake().ImportWorks(ctx, intake.ImportRequest{Sources: []string{source}}, nil)
	works, err := o.Works(ctx, office.WorkFilter{})
	fmt.Println(judging.CodeOf(first), judging.CodeOf(again), len(works))
	o.Close()
	return err
}

func TestAnImportOntoAFullDiskLeavesTheContestAsItWas(t *testing.T) {
	media := filepath.Dir(manyWorks(t, 10))
	if err := os.WriteFile(filepath.Join(media, "000003.jpg"), make([]byte, 8<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, source := range map[string]struct {
		path string
		rows int
	}{
		"rows":  {manyWorks(t, 5000), 5000},
		"media": {media, 10},
	} {
		t.Run(name, func(t *testing.T) {
			dir := onDisk(t) // with nine works
			cmd, out := child(t, "import on a full disk", dir, source.path)
			line, _ := out.ReadString('\n')
			if err := cmd.Wait(); err != nil || line != "unavailable unavailable 9\n" {
				t.Fatalf("%q, %v", line, err)
			}
			judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
			o := open(t, dir)
			if n := wantWhole(t, o); n != 9 {
				t.Errorf("%d works", n)
			}
			wantNoScraps(t, dir)
			r := importAll(t, o, intake.ImportRequest{Sources: []string{source.path}}) // now that there is room
			if r.Accepted != source.rows || wantWhole(t, o) != 9+source.rows {
				t.Errorf("%+v", r.RowTally)
			}
		})
	}
}

// wantNoScraps expects no temporary file below a contest's folder.
func wantNoScraps(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "media"), func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && len(e.Name()) != 64 {
			t.Errorf("left behind: %s", e.Name())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// scoreOnFull saves ballots until the disk is full; it prints those that were saved, as scoreForEver does, and the
// code of the failure.
func scoreOnFull(dir, from string) error {
	if err := fillDisk(dir, 0); err != nil {
		return err
	}
	err := scoreForEver(dir, from)
	fmt.Println(judging.CodeOf(err))
	return nil
}

func TestScoresSavedBeforeTheDiskWasFullAreKept(t *testing.T) {
	dir := scored(t)
	cmd, out := child(t, "score on a full disk", dir, "0")
	all, err := io.ReadAll(out)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(all), "\n"), "\n")
	n := len(lines) - 2
	if err != nil || n < 2 || lines[0] != "open" || lines[n+1] != string(judging.Unavailable) {
		t.Fatalf("%q, %v", lines, err)
	}
	judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
	o := open(t, dir)
	wantWhole(t, o)
	there := kept(t, o)
	for _, line := range lines[1 : n+1] {
		if !there[line] {
			t.Errorf("lost: %s", line)
		}
	}
	if len(there) != n {
		t.Errorf("%d kept, %d acknowledged", len(there), n)
	}
	d := firstDuty(t, o, "j001") // with room again, the judge goes on
	w := d.Works[0]
	if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
		Code:  w.Code,
		Marks: fill(d.Rubrics[w.Category], 0.9),
	}); err != nil {
		t.Error(err)
	}
}

func TestAPipeIsNoTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "甲.xlsx")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := newOffice(t).Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	wantCode(t, err, judging.Invalid, "media.not_a_file")
}

// filling is a store whose disk is full after so many commits.
type filling struct {
	store.DB
	commits int
}

func (f *filling) Update(ctx context.Context, fn func(store.Tx) error) error {
	if f.commits == 0 {
		return judging.Fail(judging.Unavailable, "store.disk_full", judging.Args{"File": "contest.db"})
	}
	f.commits--
	return f.DB.Update(ctx, fn)
}

// A full disk can keep an import from clearing away what it wrote. The next import numbers its works from the same
// counters, and may fail too.
func TestWhatAFailedImportLeftIsClearedBeforeTheNext(t *testing.T) {
	good, bad := manyWorks(t, 5000), rawBook(t, strings.NewReader(goodRows(5000)+`<row r="7000"><c`))
	for commits := range 4 {
		dir := emptyContest(t)
		db, blobs, err := bolt.OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		disk := &filling{db, commits}
		o, err := office.Open(t.Context(), office.Config{
			DB:     disk,
			Blobs:  blobs,
			Dir:    dir,
			Now:    clock(),
			Random: new(chance),
			Actor:  "organiser",
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{good}}, nil)
		wantCode(t, err, judging.Unavailable, "store.disk_full")
		disk.commits = 1000
		_, err = o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{bad}}, nil)
		wantCode(t, err, judging.Invalid, "sheet.broken")
		for _, category := range tenCategories {
			if list, err := o.Works(t.Context(), office.WorkFilter{Category: category}); err != nil || len(list) != 0 {
				t.Errorf("after %d commits: %d works, %v", commits, len(list), err)
			}
		}
		o.Close()
		if n := wantWhole(t, open(t, dir)); n != 0 {
			t.Errorf("after %d commits: %d works", commits, n)
		}
	}
}
