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
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// TestNoReceivedScoreIsLostWhenTheServerIsKilled has judges save without pause while the server is killed at random
// moments; each save that was answered is found at the end. That is 200 times, in the short form 20; FAYI_KILLS sets
// another number, as scripts/faults does.
func TestNoReceivedScoreIsLostWhenTheServerIsKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	if n, err := strconv.Atoi(os.Getenv("FAYI_KILLS")); err == nil {
		kills = n
	}
	h, p := away(t, roomtest.Contest{Works: 12, Judges: 3})
	ctx, end := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var mu sync.Mutex
	received := map[judging.JudgeID]map[judging.WorkCode]string{} // the mark that was answered last
	saves := 0
	var answered atomic.Int64 // since the last kill
	for judge := range h.Tokens {
		c, err := client.Open(&http.Client{Timeout: 5 * time.Second}, h.Address(judge), "", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		received[judge] = map[judging.WorkCode]string{}
		all.Add(1)
		go func() {
			defer all.Done()
			n := scoreOn(ctx, c, func(code judging.WorkCode, mark string) {
				mu.Lock()
				defer mu.Unlock()
				received[judge][code] = mark
				answered.Add(1)
			})
			mu.Lock()
			defer mu.Unlock()
			saves += n
		}()
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
	if saves < kills {
		t.Errorf("only %d saves were answered over %d kills", saves, kills)
	}
	t.Logf("%d saves answered, %d kills", saves, kills)
	o, err := roomtest.Reopen(t.Context(), h.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	for judge, works := range received {
		for code, mark := range works {
			said, err := o.Scoring().Desk(judge).History(t.Context(), code)
			found := false
			for _, v := range said {
				found = found || v.ID() == mark
			}
			if err != nil || !found {
				t.Errorf("%s of %s: the score that was answered last is not there: %v", code, judge, err)
			}
		}
	}
}

// scoreOn saves again and again until ctx ends, as a page does: each statement is sent until it is answered. It returns
// how many were.
func scoreOn(ctx context.Context, c *client.Client, answered func(judging.WorkCode, string)) int {
	var in judging.Duties
	var err error
	for ctx.Err() == nil {
		if in, err = c.Duties(ctx); err == nil {
			break
		}
	}
	base := map[judging.WorkCode]string{}
	n := 0
	for i := 0; ctx.Err() == nil; i++ {
		w := in.Works[i%len(in.Works)]
		b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Base: base[w.Code]}
		for k, criterion := range in.Rubrics[w.Category].Criteria {
			b.Marks[criterion.Name] = float64((i + k) % 10)
		}
		b.Mark = fmt.Sprintf("r%d%s", i, in.Judge)
		for ctx.Err() == nil {
			kept, err := c.Save(ctx, b)
			if err == nil {
				base[w.Code] = kept.Base
				answered(w.Code, kept.Base)
				n++
				break
			}
			if judging.CodeOf(err) != judging.Unavailable && judging.CodeOf(err) != judging.Busy && ctx.Err() == nil {
				return -1 << 20 // a refusal is not a failure of the network
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	return n
}
