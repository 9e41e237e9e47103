package office_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
)

// share has the trial's contest follow a log, and returns another computer's copy of it.
func (c *trial) share() (first, second *replica.DB, m *logtest.Memory) {
	c.Helper()
	m = &logtest.Memory{}
	db := c.disk.DB.(*bolt.DB)
	s, err := replica.Begin(c.Context(), db, m.Open(), replica.Share{Address: "test", Writer: "甲"}, nil, nil)
	must(c.T, err)
	first, err = replica.Open(c.Context(), db, m.Open(), nil)
	must(c.T, err)
	c.disk.DB = first
	other, err := bolt.Open(filepath.Join(c.TempDir(), "contest.db"), bolt.Options{})
	must(c.T, err)
	s.Position, s.Sum, s.Whole, s.Writer = 0, nil, false, "乙"
	must(c.T, replica.Join(c.Context(), other, m.Open(), s, nil))
	second, err = replica.Open(c.Context(), other, m.Open(), nil)
	must(c.T, err)
	c.Cleanup(func() { second.Close() })
	return first, second, m
}

// Each operation of the deeds is done on two computers that share the contest at once: as from two programs on one
// store, and both copies are the same and whole in the end.
func TestEveryOperationIsDoneOnTwoComputersAtOnce(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(deedsOf)) {
		t.Run(name, func(t *testing.T) {
			stage := stages(t, name)
			for i, d := range deedsOf[name] {
				if testing.Short() && i%20 != 3 {
					continue
				}
				t.Run(d.name, func(t *testing.T) {
					c := prepared(t, stage, d)
					first, second, m := c.share()
					o, err := office.Open(t.Context(), office.Config{
						DB: second, Blobs: c.blobs, Dir: c.o.Dir(), Now: clock(), Random: new(chance),
						Actor: "organiser", Owner: second.Owner(), Cache: os.TempDir(),
					})
					must(t, err)
					ended := c.twice(o, d)
					for _, err := range ended {
						var told *judging.Error
						if err != nil && (!errors.As(err, &told) || !slices.Contains(mayRefuse, told.Code)) {
							t.Errorf("ended with %v", err)
						}
					}
					if ended[0] != nil && ended[1] != nil {
						t.Errorf("neither did it: %v; %v", ended[0], ended[1])
					}
					together(t, m, first, second)
					for _, o := range []*office.Office{c.o, o} {
						if r, err := o.CheckContest(t.Context(), "", nil); err != nil || !r.OK {
							t.Errorf("%+v, %v", r, err)
						}
					}
				})
			}
		})
	}
}

// together waits until both copies have all of the log, and compares them.
func together(t *testing.T, m *logtest.Memory, first, second *replica.DB) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		end := uint64(len(m.Entries()))
		if first.Status().Position == end && second.Status().Position == end {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("%+v and %+v of %d", first.Status(), second.Status(), end)
		}
	}
	one, err := judgetest.Dump(t.Context(), first)
	must(t, err)
	two, err := judgetest.Dump(t.Context(), second)
	must(t, err)
	if !maps.Equal(one, two) {
		t.Errorf("the copies differ: %d and %d records", len(one), len(two))
	}
}
