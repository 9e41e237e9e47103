package office_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// deed is something an organiser or a judge does; it answers with what went wrong.
type deed struct {
	name string
	do   func(c attempt) error
	// leaves names tables in which a deed that failed may leave something: what it did before, of which no reader
	// sees anything, or what it found out and need not find out again.
	leaves string
}

// attempt is one time that a deed is done.
type attempt struct {
	t *testing.T
	*office.Office
	ctx context.Context
	out string // an empty folder for papers
	in  string // a folder of things to read; see stages
}

// trial is a contest of its own for one deed, on a disk that can be made to fail.
type trial struct {
	*testing.T
	disk *judgetest.Faulty
	o    *office.Office
	in   string

	blobs *store.Blobs
}

// newTrial copies a stage and opens it.
func newTrial(t *testing.T, stage string) *trial {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(stage, "甲.fayi"))); err != nil {
		t.Fatal(err)
	}
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	disk := judgetest.NewFaulty(db)
	o, err := office.Open(t.Context(), office.Config{
		DB:     disk,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",
		Cache:  os.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.Close()
		judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
	})
	return &trial{t, disk, o, filepath.Join(stage, "in"), blobs}
}

// prepared copies a stage and does what a deed needs to have been done.
func prepared(t *testing.T, stage string, d deed) *trial {
	t.Helper()
	c := newTrial(t, stage)
	if first := ready[d.name]; first != nil {
		first(attempt{t, c.o, t.Context(), t.TempDir(), c.in})
	}
	return c
}

// try does the deed once and returns the papers it left and its error.
func (c *trial) try(ctx context.Context, d deed) ([]string, error) {
	out, err := os.MkdirTemp(c.TempDir(), "")
	if err != nil {
		c.Fatal(err)
	}
	err = d.do(attempt{c.T, c.o, ctx, out, c.in})
	var left []string
	for _, dir := range []string{out, c.o.Dir()} {
		filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() && (dir == out || strings.HasPrefix(e.Name(), ".fayi-")) {
				left = append(left, e.Name())
			}
			return nil
		})
	}
	return left, err
}

func (c *trial) dump() map[string]string {
	c.Helper()
	all, err := judgetest.Dump(c.Context(), c.disk.DB)
	if err != nil {
		c.Fatal(err)
	}
	return all
}

// sites are the accesses of a deed to the store, learnt from a run that succeeds on a contest of its own.
func sites(t *testing.T, stage string, d deed) []judgetest.Site {
	t.Helper()
	c := prepared(t, stage, d)
	c.disk.Sites()
	if _, err := c.try(t.Context(), d); err != nil {
		t.Fatalf("on a good disk: %v", err)
	}
	return c.disk.Sites()
}

// wantUntouched expects that the store is as it was but for what the deed may leave, and reports whether it left
// nothing.
func (c *trial) wantUntouched(d deed, before map[string]string, at judgetest.Site) bool {
	c.Helper()
	var changed []string
	all := judgetest.Differences(before, c.dump())
	for _, key := range all {
		key = strings.NewReplacer("\x00", "/", "\x01", "/").Replace(key)
		if d.leaves != "" && (key == "unsaid/unsaid" || key == "tally_mark/mark") { // the sums of what it leaves
			continue
		}
		if !slices.ContainsFunc(strings.Fields(d.leaves), func(what string) bool {
			return strings.HasPrefix(key, what+"/") || key == what
		}) {
			changed = append(changed, key)
		}
	}
	if len(changed) > 0 {
		c.Errorf("%d values are not as they were, as %q, after %s", len(changed), changed[0], at)
	}
	return len(all) == 0
}

// Whatever access to the store fails, the deed says so, nothing is changed, no paper is left, and it can be done
// when the disk is well again. The short form tries every fourth access.
func TestADiskThatFailsAnywhereIsToldAndChangesNothing(t *testing.T) {
	for name, deeds := range deedsOf {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage, every := stages(t, name), 1
			if testing.Short() {
				every = 16
			}
			for _, d := range deeds {
				t.Run(d.name, func(t *testing.T) { failEverywhere(t, stage, d, every) })
			}
		})
	}
}

// slow are deeds of which only some accesses are tried: those whose Site begins so.
var slow = map[string]string{"seal": "commit"}

// failEverywhere lets every so many accesses fail, one after another.
func failEverywhere(t *testing.T, stage string, d deed, every int) {
	all := sites(t, stage, d)
	c := prepared(t, stage, d)
	before := c.dump()
	for i, at := range all {
		if !strings.HasPrefix(string(at), slow[d.name]) || i%every != 0 {
			continue
		}
		if strings.Contains(string(at), ".ForgetTries") {
			continue // a count that can't be forgotten now is at the next right try
		}
		c.disk.FailAt(at)
		left, err := c.try(t.Context(), d)
		switch {
		case c.disk.Missed():
			t.Errorf("not met again: %s", at)
			continue
		case err == nil:
			t.Errorf("the error is kept from the user: %s", at)
		case !errors.Is(err, judgetest.ErrFault) || judging.CodeOf(err) != judging.Unavailable:
			t.Errorf("%s: %v after %s", judging.CodeOf(err), err, at)
		case len(left) > 0:
			t.Errorf("left %q after %s", left, at)
		case strings.Contains(err.Error(), "甲某") || strings.Contains(err.Error(), "1380000"):
			t.Errorf("the error tells of a person: %v", err)
		}
		if !c.wantUntouched(d, before, at) {
			c = prepared(t, stage, d)
		}
	}
	if _, err := c.try(t.Context(), d); err != nil {
		t.Errorf("on a disk that is well again: %v", err)
	}
}
