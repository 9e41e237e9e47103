//go:build unix

package hall_test

import (
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/hall"
)

// TestAFullDiskLosesNothingThatWasAnswered has a limit of the system stand in for the disk, while a judge scores.
func TestAFullDiskLosesNothingThatWasAnswered(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi")
	h := open(t, folder, nil)
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	first, err := score(t.Context(), c, 0, "m1")
	must(t, err)
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var before syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: before.Max}))
	_, full := score(t.Context(), c, 1, "m2")
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before))
	if judging.CodeOf(full) != judging.Unavailable {
		t.Errorf("on a full disk: %v", full)
	}
	second, err := score(t.Context(), c, 1, "m3")
	must(t, err)
	h.end()
	for _, b := range []judging.Ballot{first, second} {
		if !holds(t, filepath.Join(folder, "a.fayi"), "j001", b.Code, b.Base) {
			t.Errorf("%s: what was answered is not there", b.Code)
		}
	}
}

// TestWhateverHappensWhatWasAnsweredIsThere has judges save while contests are closed for idleness, for others, by the
// organiser and with their folders, at random. It says its seed.
func TestWhateverHappensWhatWasAnsweredIsThere(t *testing.T) {
	seed := mathrand.Uint64()
	t.Log("seed", seed)
	chance := mathrand.New(mathrand.NewPCG(seed, 1))
	folder, away := t.TempDir(), t.TempDir()
	names := []string{"a.fayi", "b.fayi", "c.fayi"}
	tokens := contests(t, folder, names...)
	h := open(t, folder, func(c *hall.Config) { c.Most, c.Idle = 2, time.Minute })
	type place struct {
		name  string
		judge judging.JudgeID
		code  judging.WorkCode
	}
	var mu sync.Mutex
	kept, answered, refused := map[place]string{}, 0, map[string]int{}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, name := range names {
		for _, judge := range []judging.JudgeID{"j001", "j002"} {
			c := h.desk(name, tokens[name][judge])
			all.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					b, err := score(t.Context(), c, i, fmt.Sprintf("k%d%s", i, judge))
					mu.Lock()
					if e := (*judging.Error)(nil); err == nil {
						kept[place{name, judge, b.Code}] = b.Base
						answered++
					} else if errors.As(err, &e) && (e.Code == judging.Unavailable || e.Code == judging.Busy) {
						refused[e.Text]++
					} else {
						t.Errorf("%s: %v", name, err)
					}
					mu.Unlock()
					if err != nil {
						time.Sleep(2 * time.Millisecond)
					}
				}
			})
		}
	}
	rounds := 200
	if testing.Short() {
		rounds = 25
	}
	for range rounds {
		name := names[chance.IntN(len(names))]
		at, other := filepath.Join(folder, name), filepath.Join(away, name)
		switch chance.IntN(5) {
		case 0:
			h.clock.move(time.Duration(chance.IntN(90)) * time.Second)
		case 1:
			must(t, h.SetOpen(t.Context(), name, chance.IntN(3) > 0))
		case 2:
			if os.Rename(at, other) == nil {
				time.Sleep(time.Duration(chance.IntN(30)) * time.Millisecond)
				h.Look(t.Context())
				if chance.IntN(2) == 0 {
					time.Sleep(50 * time.Millisecond)
					h.Look(t.Context())
				}
				must(t, os.Rename(other, at))
			}
		default:
			time.Sleep(time.Duration(chance.IntN(30)) * time.Millisecond)
		}
		h.Look(t.Context())
		opened := 3
		for range 3 { // a list looks at one after the other: a contest may be closed and another opened meanwhile
			n := 0
			for _, r := range h.List(t.Context(), "en").Contests {
				if r.State == "open" {
					n++
				}
			}
			opened = min(opened, n)
		}
		if opened > 2 {
			t.Errorf("%d are open, at most 2 may be", opened)
		}
	}
	close(stop)
	all.Wait()
	h.end()
	for p, base := range kept {
		if !holds(t, filepath.Join(folder, p.name), p.judge, p.code, base) {
			t.Errorf("%v: what was answered last is not there", p)
		}
	}
	if t.Logf("%d answered, refused %v", answered, refused); answered < 10 {
		t.Error("hardly anything was saved")
	}
}
