package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/depot/depottest"
	"fayi/judging/store/replica/logtest"
)

// TestWhatNobodyNeedsGoesFromTheFileStore: an import that was cut off leaves a file in the place that all share. It
// stays as long as a copy of the contest on either computer refers to it, then it is shown, and goes when somebody says
// so, and does not come back. What another contest keeps in the same place stays, and so does all that this one needs,
// also for an import that was undone and may be redone.
func TestWhatNobodyNeedsGoesFromTheFileStore(t *testing.T) {
	j := newJourney(t)
	place := filepath.Join(j.dir, "place")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	j.sweeps(place, func() { // forty days pass
		then := time.Now().Add(-40 * 24 * time.Hour)
		if err := filepath.WalkDir(place, func(at string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				err = os.Chtimes(at, then, then)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestWhatNobodyNeedsGoesFromS3 is the same with a server of S3, whose clock nobody can turn on: nothing goes there
// that is young, and it says so.
func TestWhatNobodyNeedsGoesFromS3(t *testing.T) {
	server := depottest.S3(t)
	j := newJourney(t)
	t.Setenv(command.DepotVariable, server.Secret)
	j.sweeps(server.Address, nil)
}

func (j *journey) sweeps(place string, pass func()) {
	t := j.t
	j.material()
	j.file("wrong/错.txt", []byte(strings.Repeat("不该收的作品。", 40)))
	j.file("wrong.csv", []byte("作品名称,作者,类别,组别,单位,指导教师\n错,作者丙,征文,成人组,单位1,教师甲\n"))
	at := logtest.Start(t, "postgres").Addrs[0]
	j.run(0, "contest new one.fayi --name 示例征集 --host 示例县司法局 --rules rules.toml")
	j.run(0, "contest new beside.fayi --name 另一个征集 --host 示例县司法局 --rules rules.toml")
	j.run(4, "contest depot one.fayi --sweep") // it is not shared
	invitation := find(t, j.run(0, "contest share one.fayi --to "+at), "invitation")
	j.run(0, "contest share beside.fayi --to "+at)
	j.run(4, "contest depot one.fayi --sweep") // there is no place yet
	for _, dir := range []string{"one.fayi", "beside.fayi"} {
		j.run(0, "contest depot "+dir+" --to "+place)
	}
	j.run(0, "contest join "+invitation+" --out two.fayi --name 二号机")
	j.run(0, "works import beside.fayi wrong.csv --media wrong")
	j.run(0, "works import one.fayi list.csv --media files")
	j.run(0, "works import two.fayi wrong.csv --media wrong")
	j.run(0, "works undo-import two.fayi")
	left := j.cutOff("two.fayi")
	backup := find(t, j.run(0, "contest backup two.fayi"), "path")
	j.mentions(backup, left)
	j.run(3, "contest depot one.fayi --sweep --days 6")
	j.run(2, "contest depot one.fayi --sweep --fetch")
	j.run(2, "contest depot one.fayi --yes")
	j.run(2, "contest depot one.fayi --days 40")
	said := func(dir string) { // a day later
		if err := os.Remove(filepath.Join(dir, "depot-said")); err != nil {
			t.Fatal(err)
		}
		j.run(0, "contest show "+dir)
	}
	said("two.fayi")
	j.forgetCopies("one.fayi")
	want := func(doc any, what, n string) {
		t.Helper()
		if got := find(t, doc, what); got != n {
			t.Errorf("%s %s, want %s", got, what, n)
		}
	}
	if pass == nil {
		j.forgetCopies("two.fayi")
		said("two.fayi")
		doc := j.run(0, "contest depot one.fayi --sweep --yes")
		want(doc, "files", "0")
		want(doc, "young", "1")
		return
	}
	pass()
	doc := j.run(0, "contest depot one.fayi --sweep --yes")
	want(doc, "files", "0")
	want(doc, "others", "1")
	want(doc, "said", "2")

	j.forgetCopies("two.fayi")
	said("two.fayi")
	j.file("one.fayi/backups/副本.db", []byte("no copy of anything"))
	j.run(5, "contest depot one.fayi --sweep --yes")
	if err := os.Remove("one.fayi/backups/副本.db"); err != nil {
		t.Fatal(err)
	}
	j.run(0, "contest depot two.fayi")
	all := objects(t, place)
	half := filepath.Join(filepath.Dir(objectIn(t, place)), ".fayi-HALF") // as a writer leaves it that was killed
	then := time.Now().Add(-25 * time.Hour)
	if err := errors.Join(os.WriteFile(half, []byte("半"), 0o600), os.Chtimes(half, then, then)); err != nil {
		t.Fatal(err)
	}
	doc = j.run(0, "contest depot one.fayi --sweep")
	want(doc, "unfinished", "1")
	if _, err := os.Stat(half); err != nil {
		t.Errorf("looking removed it: %v", err)
	}
	want(doc, "files", "1")
	want(doc, "removed", "false")
	if got := objects(t, place); got != all {
		t.Errorf("looking made %d files of %d", got, all)
	}
	doc = j.run(0, "contest depot one.fayi --sweep --yes")
	want(doc, "files", "1")
	want(doc, "removed", "true")
	want(doc, "unfinished", "1")
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
	if got := objects(t, place); got != all-1 {
		t.Errorf("%d files are left of %d", got, all)
	}
	j.run(0, "contest depot two.fayi")
	if got := objects(t, place); got != all-1 {
		t.Errorf("it came back: %d files of %d", got, all)
	}
	want(j.run(0, "contest depot one.fayi --sweep --yes"), "files", "0")
	if n := strings.Count(string(j.raw("contest journal one.fayi --format json")), `"contest.sweep"`); n != 1 {
		t.Errorf("the journal tells of %d sweeps", n)
	}
	j.run(0, "contest join "+invitation+" --out three.fayi --name 三号机")
	want(j.run(0, "contest depot three.fayi --fetch"), "missing", "0")
	j.run(0, "contest check three.fayi")
	if err := os.RemoveAll("beside.fayi/media"); err != nil {
		t.Fatal(err)
	}
	want(j.run(0, "contest depot beside.fayi --fetch"), "missing", "0")
	j.run(0, "contest leave two.fayi")
	want(j.run(0, "contest depot one.fayi --sweep"), "said", "2") // one and three
}

// cutOff leaves in a contest what an import leaves that is cut off: a file that was put, on the list of what is to be
// sent, and no record of it. It returns its sum.
func (j *journey) cutOff(dir string) string {
	j.t.Helper()
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		j.t.Fatal(err)
	}
	defer blobs.Close()
	blob, err := blobs.Put(j.t.Context(), strings.NewReader("没有记下来的文件"))
	if err != nil {
		j.t.Fatal(err)
	}
	j.file(filepath.Join(dir, "unsent", blob.Sum), nil)
	if n := find(j.t, j.run(0, "contest depot "+dir), "unsent"); n != "0" {
		j.t.Errorf("%s unsent", n)
	}
	return blob.Sum
}

// mentions has a copy of a contest refer to a file.
func (j *journey) mentions(path, sum string) {
	j.t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		j.t.Fatal(err)
	}
	err = db.Update(j.t.Context(), func(tx store.Tx) error { return tx.Put([]byte("once"), []byte(sum)) })
	if err := errors.Join(err, db.Close()); err != nil {
		j.t.Fatal(err)
	}
}

// forgetCopies removes all copies of the database of a contest.
func (j *journey) forgetCopies(dir string) {
	j.t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, "backups")); err != nil {
		j.t.Fatal(err)
	}
}

// objectIn is the path of a file of the contest that has more of them in a place.
func objectIn(t *testing.T, place string) (at string) {
	t.Helper()
	most, contests := 0, map[string]int{}
	if err := filepath.WalkDir(place, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && len(filepath.Base(filepath.Dir(path))) == 2 {
			contest := filepath.Dir(filepath.Dir(path))
			if contests[contest]++; contests[contest] > most {
				most, at = contests[contest], path
			}
		}
		return err
	}); err != nil || at == "" {
		t.Fatal(at, err)
	}
	return at
}

// objects counts the files of works, of all contests, in a place.
func objects(t *testing.T, place string) (n int) {
	t.Helper()
	if err := filepath.WalkDir(place, func(at string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), ".") && len(filepath.Base(filepath.Dir(at))) == 2 {
			n++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// raw is what a command prints.
func (j *journey) raw(line string) []byte {
	j.t.Helper()
	code, out := runs(j.t, strings.Fields(line))
	if code != 0 {
		j.t.Fatalf("%s: exit %s: %s", line, strconv.Itoa(code), out)
	}
	return []byte(out)
}
