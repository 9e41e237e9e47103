package room_test

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// receipts are what one judge's device heard that the room keeps.
type receipts struct {
	said, back int
	refused    error // what is no failure of the network
}

// TestNoReceivedAnswerIsLostWhenTheServerIsKilled has judges compare pairs without pause, and take every answer back
// when nothing is left to ask, while the server is killed at random moments. Each answer is sent until it is
// acknowledged; at the end the contest holds as many of each judge as were acknowledged: none is lost, none counts
// twice. That is 200 times, in the short form 20; FAYI_KILLS sets another number.
func TestNoReceivedAnswerIsLostWhenTheServerIsKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	if n, err := strconv.Atoi(os.Getenv("FAYI_KILLS")); err == nil {
		kills = n
	}
	addr := roomtest.Address(t, "127.0.0.1")
	h := roomtest.NewContest(t, roomtest.Contest{Works: 12, Judges: 3, PerWork: 3})
	s := tied(t, h.Office)
	must(t, h.Office.Close())
	h.At = "http://" + addr
	p := newProgram(t, h.Dir, addr)
	ctx, end := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var answered atomic.Int64 // since the last kill
	heard := map[judging.JudgeID]*receipts{}
	for judge := range h.Tokens {
		c, err := client.Open(&http.Client{Timeout: 5 * time.Second}, h.Address(judge), "", rand.Reader)
		must(t, err)
		r := &receipts{}
		heard[judge] = r
		all.Go(func() { r.compareOn(ctx, c, func() { answered.Add(1) }) })
	}
	for range kills {
		answered.Store(0)
		time.Sleep(time.Duration(50+mathrand.IntN(400)) * time.Millisecond)
		for end := time.Now().Add(patience); answered.Load() == 0 && time.Now().Before(end); {
			time.Sleep(5 * time.Millisecond) // a busy computer: there must be something to lose
		}
		p.kill()
		p.start()
	}
	end()
	all.Wait()
	p.kill()
	o, err := roomtest.Reopen(t.Context(), h.Dir)
	must(t, err)
	defer o.Close()
	said, back := inJournal(t, o)
	total := 0
	for judge, r := range heard {
		if r.refused != nil {
			t.Errorf("%s was refused: %v", judge, r.refused)
		}
		// one more of each may be kept whose receipt the end of the test cut off
		if more := said[judge] - r.said; more < 0 || more > 1 {
			t.Errorf("%s: %d answers are kept, %d were acknowledged", judge, said[judge], r.said)
		}
		if more := back[judge] - r.back; more < 0 || more > 1 {
			t.Errorf("%s: %d are taken back, %d were acknowledged", judge, back[judge], r.back)
		}
		total += r.said
	}
	now := stands(t, o, s.ID)
	for _, j := range now.Panel {
		if want := said[j.Judge] - back[j.Judge]; j.N != want {
			t.Errorf("%d answers of %s count, want %d", j.N, j.Judge, want)
		}
	}
	if total < kills {
		t.Errorf("only %d answers were acknowledged over %d kills", total, kills)
	}
	t.Logf("%d answers acknowledged, %d kills", total, kills)
}

// inJournal counts by judge the answers that the journal tells of, and those that it says were taken back.
func inJournal(t *testing.T, o *office.Office) (said, back map[judging.JudgeID]int) {
	t.Helper()
	entries, err := o.Journal(t.Context())
	must(t, err)
	said, back = map[judging.JudgeID]int{}, map[judging.JudgeID]int{}
	for _, e := range entries {
		switch e.Verb {
		case "compare.answer":
			said[office.ReadDeed(e).By]++
		case "compare.take_back":
			back[office.ReadDeed(e).By]++
		}
	}
	return said, back
}

// compareOn compares until ctx ends, as a page does.
func (r *receipts) compareOn(ctx context.Context, c *client.Client, heard func()) {
	until := func(do func() error) bool {
		for ctx.Err() == nil {
			err := do()
			if err == nil {
				return true
			}
			if code := judging.CodeOf(err); code != judging.Unavailable && code != judging.Busy && ctx.Err() == nil {
				r.refused = err
				return false
			}
			time.Sleep(5 * time.Millisecond)
		}
		return false
	}
	for i := 0; ctx.Err() == nil && r.refused == nil; i++ {
		var p room.Pair
		if !until(func() (err error) { p, err = c.Pair(ctx); return err }) {
			return
		}
		if !p.Asks() {
			for p.Last != "" {
				done := until(func() error {
					err := c.TakeBack(ctx, p.Last)
					if judging.CodeOf(err) == judging.NotFound {
						return nil // it was: only the receipt was lost
					}
					return err
				})
				if !done || !until(func() (err error) { p, err = c.Pair(ctx); return err }) {
					return
				}
				r.back++
				heard()
			}
			continue
		}
		a := room.PairSaid{Comparison: p.Comparison, Left: p.Left.Code, Right: p.Right.Code,
			Better: []judging.WorkCode{p.Left.Code, p.Right.Code, ""}[i%3], Mark: fmt.Sprintf("p%d", i)}
		if until(func() error { return c.Compare(ctx, a) }) {
			r.said++
			heard()
		}
	}
}
