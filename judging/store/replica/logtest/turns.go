package logtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"fayi/judging/store/replica"
)

// tried is one Try with what it is to answer: the oldest wish, how many entries follow, and the error.
func tried(t *testing.T, l replica.Log, at uint64, wish, first string, next int, want error) {
	t.Helper()
	got, err := l.Try(t.Context(), at, fmt.Appendf(nil, "%d", at), wish)
	stands := ""
	if len(got.Waiting) > 0 {
		stands = got.Waiting[0].Name
	}
	wrong := !errors.Is(err, want) || want == nil && err != nil
	if wrong || err != nil && (stands != first || len(got.Next) != next) {
		t.Fatalf("at %d by %q: %q, %d entries, %v; want %q, %d, %v", at, wish, stands, len(got.Next), err, first, next,
			want)
	}
}

func turns(t *testing.T, open func(*testing.T) replica.Log) {
	a, b, c := handleOf(t, open), handleOf(t, open), handleOf(t, open)
	tried(t, a, 1, "", "", 0, nil)
	tried(t, a, 2, "", "", 0, nil)
	tried(t, b, 1, "", "", 2, replica.ErrTaken)
	tried(t, b, 2, "b1", "b1", 1, replica.ErrTaken) // the wish is laid
	tried(t, a, 3, "", "b1", 0, replica.ErrTurn)
	tried(t, c, 3, "c1", "b1", 0, replica.ErrTurn)
	tried(t, c, 2, "c1", "b1", 1, replica.ErrTaken)
	tried(t, b, 1, "b1", "b1", 2, replica.ErrTaken)
	names, err := a.Names(t.Context())
	must(t, err)
	if len(names) > 0 {
		t.Errorf("wishes are listed as notes: %q", names)
	}
	tried(t, b, 3, "b1", "", 0, nil)
	tried(t, a, 4, "", "c1", 0, replica.ErrTurn)
	if _, err := a.Try(t.Context(), 6, []byte("6"), ""); !errors.Is(err, replica.ErrGap) {
		t.Errorf("behind a gap: %v", err)
	}
	must(t, a.Append(t.Context(), 4, []byte("4"))) // by who takes no turns
	tried(t, b, 4, "b2", "c1", 1, replica.ErrTaken)
	must(t, a.Withdraw(t.Context(), "c1"))
	must(t, a.Withdraw(t.Context(), "c1"))
	tried(t, a, 5, "a1", "b2", 0, replica.ErrTurn)
	tried(t, b, 5, "b2", "", 0, nil)
	tried(t, a, 6, "a1", "", 0, nil)
	tried(t, c, 7, "", "", 0, nil)
	must(t, c.Cut(t.Context(), 5))
	tried(t, b, 2, "", "", 0, replica.ErrTaken)
	tried(t, b, 9, "", "", 0, replica.ErrGap)
	if got := from5(t, b); got != 3 {
		t.Errorf("%d entries from 5 on", got)
	}
}

// marks: a wish shows that its program asks again, and only then.
func marks(t *testing.T, open func(*testing.T) replica.Log) {
	a, b, c := handleOf(t, open), handleOf(t, open), handleOf(t, open)
	tried(t, a, 1, "", "", 0, nil)
	tried(t, b, 1, "b1", "b1", 1, replica.ErrTaken)
	tried(t, c, 1, "c1", "b1", 1, replica.ErrTaken)
	stand := func() [2]replica.Wish {
		t.Helper()
		got, err := a.Try(t.Context(), 2, []byte("2"), "")
		if !errors.Is(err, replica.ErrTurn) || len(got.Waiting) != 2 || got.Waiting[1].Name != "c1" {
			t.Fatalf("%v, %v wait", err, got.Waiting)
		}
		return [2]replica.Wish(got.Waiting)
	}
	was := stand()
	tried(t, c, 2, "c1", "b1", 0, replica.ErrTurn)
	if is := stand(); is[0] != was[0] || is[1].Mark == was[1].Mark {
		t.Errorf("c asked again, the wishes were %v and are %v", was, is)
	}
}

func from5(t *testing.T, l replica.Log) int {
	t.Helper()
	there, err := l.Read(t.Context(), 5)
	must(t, err)
	return len(there)
}

func manyTurns(t *testing.T, open func(*testing.T) replica.Log) {
	const writers, each = 4, 8
	var mu sync.Mutex
	won := map[string]uint64{}
	var racing sync.WaitGroup
	for i := range writers {
		l := handleOf(t, open)
		racing.Go(func() {
			at, wish := uint64(1), ""
			for n := 0; n < each && !t.Failed(); {
				entry := fmt.Sprintf("%d of %d", n, i)
				a, err := l.Try(t.Context(), at, []byte(entry), wish)
				switch {
				case err == nil:
					mu.Lock()
					won[entry] = at
					mu.Unlock()
					at, n, wish = at+1, n+1, ""
				case errors.Is(err, replica.ErrTaken):
					at, wish = at+uint64(len(a.Next)), fmt.Sprintf("w%dx%d", i, n)
				case errors.Is(err, replica.ErrTurn):
					time.Sleep(time.Millisecond)
				default:
					t.Errorf("at %d: %v", at, err)
				}
			}
		})
	}
	racing.Wait()
	entries := all(t, handleOf(t, open))
	if len(entries) != writers*each {
		t.Errorf("%d entries of %d", len(entries), writers*each)
	}
	for entry, at := range won {
		if at > uint64(len(entries)) || string(entries[at-1]) != entry {
			t.Errorf("%q does not stand at %d", entry, at)
		}
	}
}
