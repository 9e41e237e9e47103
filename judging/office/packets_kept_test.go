package office_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// repliedIn is a contest in a folder, closed again, that has taken in two replies of a judge.
func repliedIn(t *testing.T) (dir string) {
	t.Helper()
	dir = scored(t)
	o := open(t, dir)
	a := sendAway(t, o)
	say(t, a, 0, 0.5)
	takeIn(t, o, a.reply(), scoring.TakeNone)
	say(t, a, 0, 0.75)
	say(t, a, 1, 0.6)
	path := a.reply()
	takeIn(t, o, path, scoring.TakeNone)
	takeIn(t, o, path, scoring.TakeNone)
	if r := checked(t, o, ""); !r.OK || r.Replies != 2 {
		t.Fatalf("%+v", r)
	}
	must(t, o.Close())
	return dir
}

// TestASignedReplyOutlivesAForgedJournal: even who writes a score as the program itself would, journal and all, is
// found by what the judge signed.
func TestASignedReplyOutlivesAForgedJournal(t *testing.T) {
	dir := repliedIn(t)
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	forger := &records.Records{DB: db, Now: clock(), Actor: "organiser", Changes: records.NewBell()}
	id := ""
	must(t, forger.Change(t.Context(), records.Scoring, func(tx store.Tx) error {
		all, err := records.Collect(func(fn func(judging.Score) error) error { return records.Scores.Each(tx, fn) })
		if err != nil {
			return err
		}
		s := all[slices.IndexFunc(all, func(s judging.Score) bool { return s.Now().Source == judging.Packet })]
		last := &s.Versions[len(s.Versions)-1]
		for name := range last.Marks {
			last.Marks[name]++
			last.Total++
			break
		}
		id = records.ScoreID(&s)
		if err := records.Scores.Put(tx, s); err != nil {
			return err
		}
		return forger.Log(tx, "scores.enter", id, nil, nil)
	}))
	must(t, db.Close())
	r := checked(t, open(t, dir), "")
	if r.OK || !slices.Equal(r.Disputed, []string{"score/" + id}) || !r.JournalOK {
		t.Errorf("%+v; want score/%s", r, id)
	}
}

func TestAReplyThatIsNotAsItWasSignedIsNamed(t *testing.T) {
	dir := repliedIn(t)
	var kept []records.ReplyFile
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{ReadOnly: true})
	must(t, err)
	must(t, db.View(t.Context(), func(tx store.Tx) error {
		kept, err = records.Collect(func(fn func(records.ReplyFile) error) error {
			return records.ReplyFiles.Each(tx, fn)
		})
		return err
	}))
	must(t, db.Close())
	path := blobPath(dir, kept[0].Sum)
	data, err := os.ReadFile(path)
	must(t, err)
	data[len(data)/2] ^= 1
	must(t, os.WriteFile(path, data, 0o600))
	r := checked(t, open(t, dir), "")
	if r.OK || !slices.Equal(r.Disputed, []string{"reply_file/" + kept[0].ID}) ||
		!slices.Equal(r.BlobsCorrupt, []string{kept[0].Sum}) {
		t.Errorf("%+v", r)
	}
}

// TestAReplyIsHealedFromASecondFolder: what vouches for scores is copied along with the works.
func TestAReplyIsHealedFromASecondFolder(t *testing.T) {
	dir := repliedIn(t)
	o := open(t, dir)
	second := t.TempDir()
	m, err := o.Copies().Mirror(t.Context(), second, false, nil)
	must(t, err)
	var gone []string
	must(t, filepath.WalkDir(filepath.Join(dir, "media"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), "tmp-") {
			gone = append(gone, d.Name())
			err = os.Remove(path)
		}
		return err
	}))
	if r := checked(t, o, ""); r.OK || len(r.BlobsMissing) != len(gone) || len(gone) != 2 {
		t.Errorf("%+v, removed %d", r, len(gone))
	}
	h, err := o.Copies().Heal(t.Context(), m.Dir, nil)
	must(t, err)
	if r := checked(t, o, ""); !r.OK || len(h.Repaired) != 2 {
		t.Errorf("%+v after %+v", r, h)
	}
}
