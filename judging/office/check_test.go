package office_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// onDecided makes a contest in a folder whose awards are decided, closed again, and returns the state of its journal.
func onDecided(t *testing.T) (dir, mark string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	o := judgedIn(t, office.Config{
		DB: db, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser",
		OpenCopy: bolt.OpenCopy,
	}, 12)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := o.BackupContest(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := checked(t, o, "")
	if !r.OK || r.Vouched < 30 || r.Mark == "" {
		t.Fatalf("%+v", r)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, r.Mark
}

func checked(t *testing.T, o *office.Office, against string) office.CheckReport {
	t.Helper()
	r, err := o.CheckContest(t.Context(), against, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// forge writes into the database as somebody would who knows the store, sums and tally, but not the office. It changes
// old to new in the first record whose key starts with prefix and holds old, and returns its identity.
func forge(t *testing.T, dir, prefix, old, new string) (id string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(t.Context(), func(tx store.Tx) error {
		var key, value []byte
		err := tx.Scan([]byte(prefix), func(k, v []byte) error {
			if bytes.Contains(v, []byte(old)) {
				key, value = bytes.Clone(k), bytes.Clone(v)
				return store.ErrStop
			}
			return nil
		})
		if err != nil || key == nil {
			return fmt.Errorf("nothing under %q holds %q: %v", prefix, old, err)
		}
		id = string(key[len(prefix):])
		return tx.Put(key, bytes.ReplaceAll(value, []byte(old), []byte(new)))
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestAForgedRecordIsNamed: a record that is changed with sum and tally in order is still not what the journal says.
func TestAForgedRecordIsNamed(t *testing.T) {
	for _, c := range []struct{ table, old, new string }{
		{"score", `"total":`, `"total":1`},
		{"decision", `"work":"w0`, `"work":"x0`},
		{"roster", `"w0`, `"x0`},
		{"seat", `"submitted":true`, `"submitted":false`},
		{"rules", `"version"`, `"Version"`},
		{"work", `"title":"`, `"title":"假`},
		{"work", `"unit":"`, `"unit":"假`},
		{"work", `"authors":["`, `"authors":["假`},
		{"work", `"category":"`, `"category":"假`},
		{"intake", `"state":"live"`, `"state":"undone"`},
		{"judge", `"name":"`, `"name":"假`},
		{"page", `"work/w0`, `"work/x0`},
	} {
		dir, _ := onDecided(t)
		id := forge(t, dir, c.table+"\x00", c.old, c.new)
		r, err := reopenCopying(t, dir).CheckContest(t.Context(), "", nil)
		if err != nil || r.OK || !slices.Contains(r.Disputed, c.table+"/"+id) {
			t.Errorf("%s: %+v %v", c.table, r, err)
		}
		if filepath.Base(filepath.Dir(r.Backup)) != "backups" {
			t.Errorf("%s: backup %q", c.table, r.Backup)
		}
	}
}

func reopenCopying(t *testing.T, dir string) *office.Office {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Open(t.Context(), office.Config{
		DB: db, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser", OpenCopy: bolt.OpenCopy,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// TestAForgedJournalDoesNotContinueWhatWasPrinted: with every hash made again nothing within the file tells; the mark
// of a paper, and a copy of the database, do.
func TestAForgedJournalDoesNotContinueWhatWasPrinted(t *testing.T) {
	dir, mark := onDecided(t)
	o := reopenCopying(t, dir)
	if r := checked(t, o, mark); !r.OK {
		t.Fatalf("%+v", r)
	}
	backups, err := o.Backups(t.Context())
	if err != nil || len(backups) == 0 {
		t.Fatal(err)
	}
	if r := checked(t, o, backups[0].Path); !r.OK {
		t.Fatalf("%+v", r)
	}
	for _, bad := range []string{"x", "12", "0-12345678", "5-1234", "5-1234567g", "甲.zip"} {
		_, err := o.CheckContest(t.Context(), bad, nil)
		wantCode(t, err, judging.Invalid, "contest.bad_mark")
	}
	later := "9999" + mark[strings.Index(mark, "-"):]
	if r := checked(t, o, later); r.OK || r.Continues {
		t.Errorf("%+v", r)
	}
	o.Close()
	rehash(t, dir)
	o = reopenCopying(t, dir)
	if r := checked(t, o, ""); !r.OK {
		t.Fatalf("the forger left traces: %+v", r)
	}
	for _, against := range []string{mark, backups[0].Path} {
		if r := checked(t, o, against); r.OK || r.Continues {
			t.Errorf("%s: %+v", against, r)
		}
	}
}

// rehash changes who did the fifth entry, and seals the journal from there again.
func rehash(t *testing.T, dir string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(t.Context(), func(tx store.Tx) error {
		var prev judging.Entry
		fresh := map[string][]byte{}
		err := tx.Scan([]byte("journal\x00"), func(k, v []byte) error {
			var e judging.Entry
			version, body, _ := bytes.Cut(v, []byte("\n"))
			if err := json.Unmarshal(body, &e); err != nil {
				return err
			}
			if e.Seq == 5 {
				e.By = "nobody"
			}
			e = e.Seal(prev)
			prev = e
			data, err := json.Marshal(e)
			fresh[string(k)] = slices.Concat(version, []byte("\n"), data)
			return err
		})
		if err != nil {
			return err
		}
		for k, v := range fresh {
			if err := tx.Put([]byte(k), v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
