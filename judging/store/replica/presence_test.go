package replica_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
)

func writers(all []replica.Present) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Writer)
	}
	return strings.Join(names, " ")
}

// TestWhoIsHereIsKnownBeforeItWrites: each sees the others, who goes is gone at once, who dies soon, and its note
// later; nothing of it is written into the log, and no name can be read by who keeps it.
func TestWhoIsHereIsKnownBeforeItWrites(t *testing.T) {
	ownClock(t, func(t *testing.T) {
		m := &logtest.Memory{}
		all := shared(t, m, 4)
		entries := len(m.Entries())
		for i, db := range all[:3] {
			slow := time.Duration(i) * 24 * time.Hour // clocks that are wrong
			db.Tend(func() time.Time { return time.Now().Add(slow) })
		}
		here := func(i int, want string) {
			t.Helper()
			if got := writers(all[i].Here()); got != want {
				t.Errorf("program %d sees %q here, want %q", i, got, want)
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		here(0, "w2 w3")
		here(1, "w1 w3")
		here(2, "w1 w2")
		here(3, "") // it only looks in
		looked, err := all[3].AskHere(t.Context(), time.Now())
		if got := writers(looked); err != nil || got != "w1 w2 w3" {
			t.Errorf("who looks in sees %q, %v", got, err)
		}
		if got := len(m.Entries()); got != entries {
			t.Errorf("%d entries were written", got-entries)
		}
		h := m.Open()
		names, _ := h.Names(t.Context())
		for _, name := range names {
			note, _ := h.Noted(t.Context(), name)
			if strings.Contains(name+string(note), "w1") {
				t.Errorf("%s shows a name: %q", name, note)
			}
		}
		rung := 0
		all[0].OnForeign(func() { rung++ })
		if err := all[1].Close(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(25 * time.Second)
		here(0, "w3")
		if rung == 0 {
			t.Error("that one went is no news")
		}
		m.Before = func(op string) error { return errors.New("cut off") } // as w3 dies
		if err := all[2].Close(); err != nil {
			t.Fatal(err)
		}
		m.Before = nil
		time.Sleep(90 * time.Second)
		here(0, "")
		if names, _ := m.Open().Names(context.Background()); len(names) != 2 {
			t.Errorf("notes %q", names)
		}
		time.Sleep(11 * time.Minute)
		if names, _ := m.Open().Names(context.Background()); len(names) != 1 {
			t.Errorf("the note of the dead stays: %q", names)
		}
		for _, db := range all {
			db.Close()
		}
	})
}
