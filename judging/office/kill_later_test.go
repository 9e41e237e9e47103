package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/store/bolt"
	"fayi/judging/superior"
)

// The acts of later stages, and those that keep copies, are killed at any moment, too. Each role repeats its act until
// it is killed; what must hold then stands next to it.
func init() {
	for role, a := range laterActs {
		roles[role] = a.role
	}
}

// laterAct is an act that a second program repeats, and what must hold after it was killed.
type laterAct struct {
	role func(dir, file string) error
	// holds looks at the folder of the contest, which is whole, and at what the act made below aside, and returns how
	// much there was to look at
	holds func(t *testing.T, dir, aside string) int
}

var laterActs = map[string]laterAct{
	"decide":    {decideForEver, holdsNothingMore},
	"pack":      {packForEver, holdsBatches},
	"back up":   {backUpForEver, holdsBackups},
	"restore":   {restoreForEver, holdsNothingMore},
	"mirror":    {mirrorForEver, holdsMirror},
	"archive":   {archiveForEver, holdsArchives},
	"unarchive": {unarchiveForEver, holdsFolders},
}

// awarded makes a contest on disk with files, scores and awards.
func awarded(t *testing.T) string {
	t.Helper()
	dir := emptyContest(t)
	o := open(t, dir)
	rows, media := [][]any{header}, t.TempDir()
	for i := range 12 {
		title := string([]rune("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏")[2*i : 2*i+2])
		rows = append(rows, []any{title, "征文", "小学组", "赵" + title, "示例小学", "乙老师", fmt.Sprintf("1380000%04d", i)})
		must(t, os.WriteFile(filepath.Join(media, title+".txt"), bytes.Repeat([]byte(title), 20_000), 0o600))
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "作品.xlsx", rows...)}, Media: []string{media}})
	addJudges(t, o, 6)
	publish(t, o)
	scoreAll(t, o)
	decideNow(t, o)
	must(t, o.Close())
	return dir
}

// repeated opens the contest and repeats an act with a count until it fails.
func repeated(dir string, act func(ctx context.Context, o *office.Office, n int) error) error {
	ctx := office.Ticking(context.Background(), "notice_not_over", "no_files")
	o, err := openDir(ctx, dir)
	fmt.Println("open")
	for n := 0; err == nil; n++ {
		err = act(ctx, o, n)
	}
	return err
}

// decideForEver disqualifies a work and takes that back, and decides again each time.
func decideForEver(dir, _ string) error {
	return repeated(dir, func(ctx context.Context, o *office.Office, n int) error {
		works, err := o.Works(ctx, office.WorkFilter{})
		if err != nil {
			return err
		}
		u := award.Ruling{Work: works[n%len(works)].ID, Kind: award.RuleDisqualify, Reason: "抄袭"}
		if u, err = o.Awards().RuleAward(ctx, u); err != nil {
			return err
		}
		if _, err := o.Awards().DecideAwards(ctx, false); err != nil {
			return err
		}
		if err := o.Awards().RecallRuling(ctx, u.ID, "查无实据"); err != nil {
			return err
		}
		_, err = o.Awards().DecideAwards(ctx, false)
		return err
	})
}

// holdsNothingMore: the contest is whole, and that is all there is.
func holdsNothingMore(*testing.T, string, string) int { return 1 }

// packForEver packs each batch into a folder of its own, after it withdrew those before.
func packForEver(dir, aside string) error {
	return repeated(dir, func(ctx context.Context, o *office.Office, n int) error {
		all, err := o.Report().Batches(ctx)
		if err != nil {
			return err
		}
		for _, b := range all {
			if b.Withdrawn == nil {
				if _, err := o.Report().WithdrawBatch(ctx, b.ID, "没有送出"); err != nil {
					return err
				}
			}
		}
		out := filepath.Join(aside, fmt.Sprintf("%d-%d", os.Getpid(), n))
		_, err = o.Report().PackBatch(ctx, report.BatchRequest{To: superior.City, Dir: out}, keyWords, nil)
		return err
	})
}

// holdsBatches: a packed batch that has its name is whole.
func holdsBatches(t *testing.T, _, aside string) int {
	zips := ending(t, aside, ".zip")
	for _, zip := range zips {
		if faults, err := report.CheckBatch(t.Context(), zip); err != nil || len(faults) > 0 {
			t.Errorf("%s: %v %v", filepath.Base(zip), faults, err)
		}
	}
	return len(zips)
}

func backUpForEver(dir, _ string) error {
	return repeated(dir, func(ctx context.Context, o *office.Office, n int) error {
		if n%8 == 7 {
			if err := os.RemoveAll(filepath.Join(dir, "backups")); err != nil {
				return err
			}
		}
		_, err := o.BackupContest(ctx)
		return err
	})
}

// holdsBackups: each copy of the database is whole.
func holdsBackups(t *testing.T, dir, _ string) int {
	copies := ending(t, filepath.Join(dir, "backups"), ".db")
	for _, path := range copies {
		db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
			continue
		}
		if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	return len(copies)
}

// restoreForEver puts the copy of the database at file in place again and again, and notes it.
func restoreForEver(dir, file string) error {
	ctx := context.Background()
	fmt.Println("open")
	for n := 0; ; n++ {
		kept := fmt.Sprintf("before-restore-%d.db", n)
		if err := os.RemoveAll(filepath.Join(dir, "backups", kept)); err != nil {
			return err
		}
		if _, err := bolt.Restore(ctx, dir, filepath.Join(file, "copy.db"), kept, office.SameContest); err != nil {
			return err
		}
		o, err := openDir(ctx, dir)
		if err != nil {
			return err
		}
		if err := errors.Join(o.NoteRestored(ctx, office.State{}), o.Close()); err != nil {
			return err
		}
	}
}

func mirrorForEver(dir, aside string) error {
	return repeated(dir, func(ctx context.Context, o *office.Office, n int) error {
		if n%5 == 4 {
			if err := vanish(filepath.Join(aside, filepath.Base(dir))); err != nil {
				return err
			}
		}
		_, err := o.Copies().Mirror(ctx, aside, n%2 == 0, nil)
		return err
	})
}

// holdsMirror: the second folder is not a contest yet, or a whole one.
func holdsMirror(t *testing.T, dir, aside string) int {
	second := filepath.Join(aside, filepath.Base(dir))
	if _, err := os.Stat(filepath.Join(second, "contest.db")); errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	isWhole(t, second, "")
	return 1
}

func archiveForEver(dir, aside string) error {
	return repeated(dir, func(ctx context.Context, o *office.Office, n int) error {
		path := filepath.Join(aside, fmt.Sprintf("%d.fayiarchive", n%4))
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		_, err := o.Copies().Archive(ctx, path, "", nil)
		return err
	})
}

// holdsArchives: an archive that has its name gives back a whole contest.
func holdsArchives(t *testing.T, _, aside string) int {
	archives := ending(t, aside, ".fayiarchive")
	for i, path := range archives {
		again := filepath.Join(t.TempDir(), fmt.Sprintf("%d.fayi", i))
		if _, err := bolt.Unarchive(t.Context(), path, again, "", office.HoldsContest, nil); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
			continue
		}
		isWhole(t, again, "")
	}
	return len(archives)
}

func unarchiveForEver(_, aside string) error {
	fmt.Println("open")
	for n := 0; ; n++ {
		dir := filepath.Join(aside, fmt.Sprintf("%d.fayi", n%4))
		if err := vanish(dir); err != nil {
			return err
		}
		_, err := bolt.Unarchive(context.Background(), filepath.Join(aside, "one.fayiarchive"), dir, "", nil, nil)
		if err != nil {
			return err
		}
	}
}

// holdsFolders: a folder that has its name is a whole contest; what was cut off goes on.
func holdsFolders(t *testing.T, _, aside string) int {
	seen := 0
	for n := range 4 {
		dir := filepath.Join(aside, fmt.Sprintf("%d.fayi", n))
		if _, err := os.Stat(filepath.Join(dir, "contest.db")); err == nil {
			isWhole(t, dir, "")
			seen++
		}
	}
	again := filepath.Join(aside, "9.fayi")
	if left, err := filepath.Glob(filepath.Join(aside, "*.unarchive")); err != nil {
		t.Error(err)
	} else if len(left) > 0 {
		again = strings.TrimSuffix(left[0], ".unarchive")
	}
	must(t, os.RemoveAll(again))
	_, err := bolt.Unarchive(t.Context(), filepath.Join(aside, "one.fayiarchive"), again, "", office.HoldsContest, nil)
	must(t, err)
	isWhole(t, again, "")
	return seen
}

// vanish removes a folder so that it is never seen half removed.
func vanish(dir string) error {
	gone := fmt.Sprintf("%s.gone-%d", dir, os.Getpid())
	if err := os.Rename(dir, gone); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return os.RemoveAll(gone)
}

func ending(t *testing.T, dir, ext string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*"+ext))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoActKilledAtAnyMomentLeavesHalfOfIt(t *testing.T) {
	fresh := awarded(t)
	seen := rand.New(rand.NewPCG(7, 8))
	for role, act := range laterActs {
		t.Run(role, func(t *testing.T) {
			dir, aside := filepath.Join(t.TempDir(), "甲.fayi"), t.TempDir()
			must(t, os.CopyFS(dir, os.DirFS(fresh)))
			o := open(t, dir)
			path, err := o.BackupContest(t.Context())
			must(t, err)
			must(t, os.Rename(path, filepath.Join(aside, "copy.db")))
			if role == "unarchive" {
				_, err := o.Copies().Archive(t.Context(), filepath.Join(aside, "one"), "", nil)
				must(t, err)
			}
			must(t, o.Close())
			looked := 0
			for try, want := 0, (kills(t)+3)/4; try < want || looked == 0 && try < want+4; try++ {
				most := 400 * time.Millisecond
				if looked == 0 { // on a busy computer nothing may be done by then
					most = time.Duration(4*(try+1)) * time.Second
				}
				killed(t, seen, most, role, dir, aside)
				o := open(t, dir)
				if n := wantWhole(t, o); n != 12 {
					t.Errorf("%d works", n)
				}
				if found, err := o.Awards().ListAwards(t.Context()); err != nil || len(found) == 0 {
					t.Errorf("%d awards, %v", len(found), err)
				}
				must(t, o.Close())
				looked += act.holds(t, dir, aside)
			}
			if looked == 0 {
				t.Error("nothing was ever made")
			}
		})
	}
}
