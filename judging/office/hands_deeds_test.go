package office_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
)

// mayRefuse are the codes by which one of two hands may be refused what the other has just done.
var mayRefuse = []judging.Code{
	judging.Clash, judging.Closed, judging.Busy, judging.NotFound, judging.Invalid, judging.Forbidden,
}

// twice does a deed from two programs that share the contest at once, and returns how both ended.
func (c *trial) twice(second *office.Office, d deed) [2]error {
	c.Helper()
	ctx, end := context.WithTimeout(c.Context(), 2*time.Minute)
	defer end()
	var out [2]error
	var both sync.WaitGroup
	for i, o := range []*office.Office{c.o, second} {
		papers, err := os.MkdirTemp(c.TempDir(), "")
		must(c.T, err)
		both.Go(func() { out[i] = d.do(attempt{c.T, o, ctx, papers, c.in}) })
	}
	both.Wait()
	if ctx.Err() != nil {
		c.Error("they wait for each other")
	}
	return out
}

// Each operation of the deeds is done from two programs on one contest at once: one of them at least does it, the other
// does it too or is refused in words, and the contest is whole, its tallies those of a recount, no identity given
// twice.
func TestEveryOperationIsDoneFromTwoProgramsAtOnce(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(deedsOf)) {
		t.Run(name, func(t *testing.T) {
			stage := stages(t, name)
			for i, d := range deedsOf[name] {
				if testing.Short() && i%16 != 0 {
					continue
				}
				t.Run(d.name, func(t *testing.T) {
					c := prepared(t, stage, d)
					second, err := office.Open(t.Context(), office.Config{
						DB: c.disk, Blobs: c.blobs, Dir: c.o.Dir(), Now: clock(), Random: new(chance),
						Actor: "organiser", Owner: "乙", Cache: os.TempDir(),
					})
					must(t, err)
					ended := c.twice(second, d)
					for _, err := range ended {
						var told *judging.Error
						if err != nil && (!errors.As(err, &told) || !slices.Contains(mayRefuse, told.Code)) {
							t.Errorf("ended with %v", err)
						}
					}
					if ended[0] != nil && ended[1] != nil {
						t.Errorf("neither did it: %v; %v", ended[0], ended[1])
					}
					r, err := c.o.CheckContest(t.Context(), "", nil)
					if err != nil || !r.OK {
						t.Errorf("%+v, %v", r, err)
					}
				})
			}
		})
	}
}
