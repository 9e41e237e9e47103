package office_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/logtest"
)

// on opens an office on a store and the files of a contest.
func on(t *testing.T, db store.DB, dir, owner string) *office.Office {
	t.Helper()
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	must(t, err)
	o, err := office.Open(t.Context(), office.Config{
		DB: db, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser", Owner: owner,
		Cache: os.TempDir(),
	})
	must(t, err)
	return o
}

// awardsOf is the award list of a contest that everybody scored, decided now.
func awardsOf(t *testing.T, o *office.Office) string {
	t.Helper()
	_, err := o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	raw, err := json.MarshalIndent(boardOf(t, o), "", " ")
	must(t, err)
	return string(raw)
}

// Three computers share a contest over three members of etcd; each seats two judges, who score at the same time. A
// member is killed, and one computer goes away in the midst of it; its judges go on at another. The awards that the
// third decides are those of the same contest on one computer, byte by byte, and what is left of the copies is equal.
func TestAContestOnThreeComputersGivesTheAwardsOfOne(t *testing.T) {
	base := filepath.Join(t.TempDir(), "甲.fayi")
	made, blobs, err := bolt.Create(base)
	must(t, err)
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	start, err := office.Create(t.Context(), office.Config{
		DB: made, Blobs: blobs, Dir: base, Now: clock(), Random: new(chance), Actor: "organiser", Cache: os.TempDir(),
	}, "法治文化作品征集", "示例县司法局", r)
	must(t, err)
	importAll(t, start, intake.ImportRequest{Sources: []string{worksFile(t, 60)}})
	addJudges(t, start, 6)
	publish(t, start)
	must(t, start.Close())
	copyOf := func() (string, *bolt.DB) {
		dir := filepath.Join(t.TempDir(), "甲.fayi")
		must(t, os.CopyFS(dir, os.DirFS(base)))
		db, blobs, err := bolt.OpenFolder(dir)
		must(t, err)
		must(t, blobs.Close())
		return dir, db
	}
	judges := []judging.JudgeID{"j001", "j002", "j003", "j004", "j005", "j006"}

	dir, db := copyOf()
	alone := on(t, db, dir, "")
	scoreBy(t, alone, judges, true)
	want := awardsOf(t, alone)
	must(t, alone.Close())

	c := logtest.Start(t, "etcd")
	address := c.Addrs[0] + "/contest"
	log := func() replica.Log {
		l, err := etcdlog.Open(address)
		must(t, err)
		return l
	}
	dir, db = copyOf()
	first := log()
	s, err := replica.Begin(t.Context(), db, first, replica.Share{Address: address, Writer: "甲"}, nil, nil)
	must(t, err)
	must(t, first.Close())
	var copies []*replica.DB
	var offices []*office.Office
	for i, name := range []string{"甲", "乙", "丙"} {
		if i > 0 {
			if db, err = bolt.Open(filepath.Join(t.TempDir(), "contest.db"), bolt.Options{}); err != nil {
				t.Fatal(err)
			}
			joining, err := replica.Invited(s.Invitation(), name)
			must(t, err)
			l := log()
			must(t, replica.Join(t.Context(), db, l, joining, nil))
			must(t, l.Close())
		}
		shared, err := replica.Open(t.Context(), db, log(), nil)
		must(t, err)
		copies = append(copies, shared)
		offices = append(offices, on(t, shared, dir, shared.Owner()))
	}
	defer offices[0].Close()
	defer offices[2].Close()

	var scoring sync.WaitGroup
	for i, j := range judges {
		scoring.Go(func() {
			if i == 5 { // sits at the computer that goes away, after one work, and goes on at the third
				scoreShared(t, offices[1], j, 1)
				must(t, offices[1].Close())
				scoreShared(t, offices[2], j, 0)
				return
			}
			scoreShared(t, offices[2*(i%2)], j, 0)
		})
	}
	time.Sleep(50 * time.Millisecond)
	c.Kill(2)
	scoring.Wait()
	c.Revive(2)
	level(t, copies[0], copies[2]) // else the third may not know yet who handed in at the first
	if got := awardsOf(t, offices[2]); got != want {
		t.Errorf("the awards differ:\n%s\n\nalone:\n%s", got, want)
	}
	level(t, copies[0], copies[2])
	one, err := judgetest.Dump(t.Context(), copies[0])
	must(t, err)
	two, err := judgetest.Dump(t.Context(), copies[2])
	must(t, err)
	if !maps.Equal(one, two) {
		t.Errorf("the copies differ: %d and %d records", len(one), len(two))
	}
	if r, err := offices[0].CheckContest(t.Context(), "", nil); err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

// level waits until two copies are at the same entry.
func level(t *testing.T, a, b *replica.DB) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); a.Status().Position != b.Status().Position; {
		if time.Now().After(until) {
			t.Fatalf("%+v and %+v", a.Status(), b.Status())
		}
		time.Sleep(time.Millisecond)
	}
}

// scoreShared has a judge score all works as scoreBy does, and hand in; or only the first most of them. What could not
// be written is tried again, as a person does who is asked to.
func scoreShared(t *testing.T, o *office.Office, j judging.JudgeID, most int) {
	t.Helper()
	again := func(do func() error) {
		t.Helper()
		err := do()
		for until := time.Now().Add(30 * time.Second); errors.Is(err, store.ErrAway) && time.Now().Before(until); {
			err = do()
		}
		if err != nil {
			t.Error(err)
		}
	}
	d := firstDuty(t, o, j)
	for i, w := range d.Works {
		if most > 0 && i == most {
			return
		}
		again(func() error {
			return reads(o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
				Code: w.Code, Marks: fill(d.Rubrics[w.Category], 0.6+0.01*float64(i)),
			}))
		})
	}
	again(func() error { return o.Scoring().Desk(j).Submit(t.Context(), "") })
}
