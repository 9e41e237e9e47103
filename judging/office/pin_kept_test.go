package office_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

// countingTries opens the contest in dir, with a clock that stands, as a program that counts tries in the folder own.
func countingTries(t *testing.T, dir, own string, clock *stopped) *office.Office {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	must(t, err)
	o, err := office.Open(t.Context(), office.Config{
		DB: db, Blobs: blobs, Dir: dir, Now: clock.now, Random: new(chance), Actor: "organiser", TriesDir: own,
	})
	must(t, err)
	return o
}

// TestAnOlderContestPutBackDoesNotCountAgain tries PINs between copies of an older contest.db.
func TestAnOlderContestPutBackDoesNotCountAgain(t *testing.T) {
	dir, own := emptyContest(t), t.TempDir()
	clock := &stopped{time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)}
	o := countingTries(t, dir, own, clock)
	addJudges(t, o, 2)
	_, err := o.Secrets().SetPIN(t.Context(), "j001", "2048")
	must(t, err)
	must(t, o.Close())
	file := filepath.Join(dir, "contest.db")
	old, err := os.ReadFile(file)
	must(t, err)
	for wait := time.Second; wait <= 8*time.Second; wait *= 2 {
		o := countingTries(t, dir, own, clock)
		wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "1111"), judging.Forbidden, "pin.wrong")
		must(t, o.Close())
		must(t, os.WriteFile(file, old, 0o600))
		o = countingTries(t, dir, own, clock)
		clock.at = clock.at.Add(wait - time.Millisecond)
		wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"), judging.Forbidden, "pin.wait")
		if err := o.Secrets().CheckPIN(t.Context(), "j002", "1"); err != nil {
			t.Errorf("another judge has to wait: %v", err)
		}
		clock.at = clock.at.Add(time.Millisecond)
		must(t, o.Close())
	}
	o = countingTries(t, dir, own, clock)
	must(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"))
	must(t, o.Close())
	must(t, os.WriteFile(file, old, 0o600))
	o = countingTries(t, dir, own, clock)
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "1111"), judging.Forbidden, "pin.wrong")
	clock.at = clock.at.Add(time.Second)
	must(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"))
	must(t, o.Close())
	wantNothingTold(t, own)
}

// wantNothingTold expects what is kept to be one small file, with no name or PIN in it.
func wantNothingTold(t *testing.T, own string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(own, "*.json")) // next to the lock, which is empty
	must(t, err)
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	raw, err := os.ReadFile(files[0])
	must(t, err)
	if string(raw) != "{}" {
		t.Errorf("after a right try: %s", raw)
	}
	must(t, os.WriteFile(files[0], []byte("{broken"), 0o600))
}

func TestADamagedCountOfTriesKeepsNobodyOut(t *testing.T) {
	dir, own := emptyContest(t), t.TempDir()
	clock := &stopped{time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)}
	o := countingTries(t, dir, own, clock)
	addJudges(t, o, 1)
	_, err := o.Secrets().SetPIN(t.Context(), "j001", "2048")
	must(t, err)
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "1111"), judging.Forbidden, "pin.wrong")
	must(t, o.Close())
	files, err := os.ReadDir(own)
	must(t, err)
	for _, f := range files {
		must(t, os.WriteFile(filepath.Join(own, f.Name()), []byte("{broken"), 0o600))
	}
	clock.at = clock.at.Add(time.Second)
	o = countingTries(t, dir, own, clock)
	defer o.Close()
	must(t, o.Secrets().CheckPIN(t.Context(), "j001", "2048"))
}
