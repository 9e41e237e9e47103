package replica_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/logtest"
)

// TestMembersDieAndNothingIsLost: while programs write, members of etcd are killed and started again, leaders among
// them. Each acknowledged write is found once at the end, in every copy, and a write is possible within seconds of each
// death. The long form kills more.
func TestMembersDieAndNothingIsLost(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 3
	}
	c := logtest.Start(t, "etcd")
	address := c.Addrs[0] + "/contest"
	open := func() replica.Log {
		l, err := etcdlog.Open(address)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	first := local(t)
	log := open()
	s, err := replica.Begin(t.Context(), first, log, replica.Share{Address: address, Writer: "w1"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	log.Close()
	all := []*replica.DB{followed(t, first, open())}
	for range 2 {
		db, log := local(t), open()
		invited, err := replica.Invited(s.Invitation(), "w")
		if err != nil {
			t.Fatal(err)
		}
		if err := replica.Join(t.Context(), db, log, invited, nil); err != nil {
			t.Fatal(err)
		}
		log.Close()
		all = append(all, followed(t, db, open()))
	}
	var stop atomic.Bool
	var done, refused atomic.Int64
	var worst atomic.Int64
	kept := make([]map[string]string, len(all)*2)
	var working sync.WaitGroup
	for w := range kept {
		kept[w] = map[string]string{}
		working.Go(func() {
			for n := 0; !stop.Load(); n++ {
				key, began := fmt.Sprintf("w%d/%d", w, n), time.Now()
				err := all[w%len(all)].Update(t.Context(), put(key, "x"))
				for until := 0; err != nil && until < 60; until++ {
					if judging.CodeOf(err) != judging.Unavailable {
						t.Errorf("%s: %v", key, err)
						return
					}
					refused.Add(1)
					err = all[w%len(all)].Update(t.Context(), put(key, "x"))
				}
				if err != nil {
					t.Errorf("%s: %v", key, err)
					return
				}
				took := time.Since(began).Milliseconds()
				for old := worst.Load(); took > old && !worst.CompareAndSwap(old, took); old = worst.Load() {
				}
				kept[w][key] = "x"
				done.Add(1)
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	r := rand.New(rand.NewPCG(7, 7))
	for range kills {
		n := 1 + r.IntN(3)
		time.Sleep(time.Second)
		c.Kill(n)
		time.Sleep(time.Duration(500+r.IntN(1500)) * time.Millisecond)
		c.Revive(n)
		time.Sleep(2 * time.Second)
	}
	stop.Store(true)
	working.Wait()
	want := map[string]string{}
	for _, k := range kept {
		maps.Copy(want, k)
	}
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		at := all[0].Status().Position
		if at == all[1].Status().Position && at == all[2].Status().Position {
			break
		}
	}
	for i, db := range all {
		if got := contents(t, db); !maps.Equal(got, want) {
			t.Errorf("copy %d holds %d records, %d were acknowledged", i, len(got), len(want))
		}
	}
	t.Logf("%d kills, %d writes acknowledged, 0 lost where this test passes; %d times told to try again, worst %d ms",
		kills, done.Load(), refused.Load(), worst.Load())
}

func followed(t *testing.T, db *bolt.DB, log replica.Log) *replica.DB {
	t.Helper()
	out, err := replica.Open(t.Context(), db, log, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return out
}

// TestWithoutMostMembersNothingIsWrittenAndAllIsRead: two of three dead, and back.
func TestWithoutMostMembersNothingIsWrittenAndAllIsRead(t *testing.T) {
	c := logtest.Start(t, "etcd")
	address := c.Addrs[0] + "/contest"
	l, err := etcdlog.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	db := local(t)
	if _, err := replica.Begin(t.Context(), db, l, replica.Share{Address: address}, nil, nil); err != nil {
		t.Fatal(err)
	}
	shared := followed(t, db, l)
	if err := shared.Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	c.Kill(1)
	c.Kill(2)
	began := time.Now()
	err = shared.Update(t.Context(), put("b", "2"))
	if !errors.Is(err, store.ErrAway) || time.Since(began) > 10*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
	t.Logf("said after %v", time.Since(began))
	if got := contents(t, shared)["a"]; got != "1" {
		t.Errorf("a is %q", got)
	}
	c.Revive(1)
	c.Revive(2)
	began = time.Now()
	for err = shared.Update(t.Context(), put("c", "3")); err != nil; err = shared.Update(t.Context(), put("c", "3")) {
		if time.Since(began) > 60*time.Second {
			t.Fatal(err)
		}
	}
	t.Logf("written %v after they were started again", time.Since(began))
	if got := contents(t, shared); got["a"] != "1" || got["c"] != "3" {
		t.Errorf("store holds %v", got)
	}
}
