package logtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging/store/replica"
)

// Suite tests a maker of logs. fresh makes an empty log and returns how handles to it are opened.
func Suite(t *testing.T, fresh func(t *testing.T) (open func(t *testing.T) replica.Log)) {
	for _, test := range []struct {
		name string
		test func(*testing.T, func(*testing.T) replica.Log)
	}{
		{"an empty log passes the probe, and no other does", probe},
		{"what was appended is read by every handle, in order", order},
		{"no entry behind a gap, none in another's place", refusals},
		{"of many that append at once one is first", races},
		{"who waits hears of the next entry, and of its own end", waits},
		{"entries of every length up to the longest", lengths},
		{"what is long is read in parts", parts},
		{"what was cut off is told, and no position of it is free again", cuts},
		{"a note takes the place of the one that was read, and of no other", notes},
		{"of many that note at once one is first", noteRaces},
		{"who waits for its turn comes in before who does not", turns},
		{"a wish shows that its program asks again", marks},
		{"of many that try at once each comes in, in turn", manyTurns},
	} {
		t.Run(test.name, func(t *testing.T) { test.test(t, fresh(t)) })
	}
}

func handleOf(t *testing.T, open func(*testing.T) replica.Log) replica.Log {
	t.Helper()
	l := open(t)
	t.Cleanup(func() { l.Close() })
	return l
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func probe(t *testing.T, open func(*testing.T) replica.Log) {
	l := handleOf(t, open)
	first, err := replica.Probe(t.Context(), l, [][]byte{[]byte("a"), []byte("b"), []byte("c")})
	must(t, err)
	if len(first) != 1 {
		t.Errorf("first %q", first)
	}
	if _, err := replica.Probe(t.Context(), l, [][]byte{[]byte("d"), []byte("e")}); err == nil {
		t.Error("a log that is not empty passed")
	}
	must(t, l.Append(t.Context(), 2, []byte("f")))
}

// all reads the whole log.
func all(t *testing.T, l replica.Log) (entries [][]byte) {
	t.Helper()
	for {
		some, err := l.Read(t.Context(), uint64(len(entries))+1)
		must(t, err)
		if len(some) == 0 {
			return entries
		}
		entries = append(entries, some...)
	}
}

func order(t *testing.T, open func(*testing.T) replica.Log) {
	a, b := handleOf(t, open), handleOf(t, open)
	for i := range 20 {
		l := a
		if i%3 == 0 {
			l = b
		}
		must(t, l.Append(t.Context(), uint64(i)+1, fmt.Appendf(nil, "entry %d", i)))
		for _, l := range []replica.Log{a, b} {
			there, err := l.Read(t.Context(), uint64(i)+1)
			must(t, err)
			if len(there) != 1 || string(there[0]) != fmt.Sprintf("entry %d", i) {
				t.Fatalf("entry %d: %q", i, there)
			}
		}
	}
	if got := all(t, handleOf(t, open)); len(got) != 20 {
		t.Errorf("%d entries", len(got))
	}
	if past, err := a.Read(t.Context(), 21); err != nil || len(past) != 0 {
		t.Errorf("behind the end: %q, %v", past, err)
	}
}

func refusals(t *testing.T, open func(*testing.T) replica.Log) {
	l := handleOf(t, open)
	for _, c := range []struct {
		at   uint64
		want error
	}{
		{2, replica.ErrGap}, {9, replica.ErrGap}, {1, nil}, {1, replica.ErrTaken}, {3, replica.ErrGap}, {2, nil},
		{1, replica.ErrTaken}, {2, replica.ErrTaken},
	} {
		if err := l.Append(t.Context(), c.at, fmt.Appendf(nil, "%d", c.at)); !errors.Is(err, c.want) {
			t.Errorf("at %d: %v, want %v", c.at, err, c.want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Append(ended, 3, []byte("late")); err == nil {
		t.Error("appended for nobody")
	}
}

func races(t *testing.T, open func(*testing.T) replica.Log) {
	const handles, rounds = 4, 10
	logs := make([]replica.Log, handles)
	for i := range logs {
		logs[i] = handleOf(t, open)
	}
	for at := uint64(1); at <= rounds; at++ {
		var first atomic.Int32
		var won atomic.Value
		var racing sync.WaitGroup
		for i, l := range logs {
			racing.Go(func() {
				entry := fmt.Appendf(nil, "%d by %d", at, i)
				switch err := l.Append(t.Context(), at, entry); {
				case err == nil:
					first.Add(1)
					won.Store(string(entry))
				case !errors.Is(err, replica.ErrTaken):
					t.Errorf("at %d: %v", at, err)
				}
			})
		}
		racing.Wait()
		if first.Load() != 1 {
			t.Fatalf("at %d: %d were first", at, first.Load())
		}
		for _, l := range logs {
			if there, err := l.Read(t.Context(), at); err != nil || string(there[0]) != won.Load() {
				t.Fatalf("at %d: %q, %v, want %q", at, there, err, won.Load())
			}
		}
	}
}

func waits(t *testing.T, open func(*testing.T) replica.Log) {
	a, b := handleOf(t, open), handleOf(t, open)
	must(t, a.Append(t.Context(), 1, []byte("1")))
	must(t, b.Wait(t.Context(), 1))
	heard := make(chan error, 1)
	go func() {
		for {
			err := b.Wait(t.Context(), 2)
			if err == nil { // it may be woken for nothing
				if there, _ := b.Read(t.Context(), 2); len(there) == 0 {
					continue
				}
			}
			heard <- err
			return
		}
	}()
	time.Sleep(20 * time.Millisecond)
	must(t, a.Append(t.Context(), 2, []byte("2")))
	select {
	case err := <-heard:
		must(t, err)
	case <-time.After(20 * time.Second):
		t.Fatal("not heard of")
	}
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	for {
		if err := b.Wait(short, 3); err != nil {
			if short.Err() == nil {
				t.Errorf("wait: %v", err)
			}
			return
		}
	}
}

func lengths(t *testing.T, open func(*testing.T) replica.Log) {
	l := handleOf(t, open)
	var sent [][]byte
	for i, n := range []int{1, 2, 255, 256, 65_535, 65_536, l.Most()} {
		entry := bytes.Repeat([]byte{byte(i), 0, 0xff}, n/3+1)[:n]
		must(t, l.Append(t.Context(), uint64(i)+1, entry))
		sent = append(sent, entry)
	}
	for i, got := range all(t, l) {
		if !bytes.Equal(got, sent[i]) {
			t.Errorf("entry %d of %d bytes came back as one of %d", i+1, len(sent[i]), len(got))
		}
	}
}

func parts(t *testing.T, open func(*testing.T) replica.Log) {
	l := handleOf(t, open)
	n := min(l.Most(), 1<<20)
	for i := range 12 {
		must(t, l.Append(t.Context(), uint64(i)+1, bytes.Repeat([]byte{byte(i)}, n)))
	}
	got := all(t, l)
	if len(got) != 12 {
		t.Fatalf("%d of 12 entries", len(got))
	}
	for i, e := range got {
		if len(e) != n || e[0] != byte(i) {
			t.Errorf("entry %d is another", i+1)
		}
	}
}

func cuts(t *testing.T, open func(*testing.T) replica.Log) {
	a, b := handleOf(t, open), handleOf(t, open)
	for i := range 10 {
		must(t, a.Append(t.Context(), uint64(i)+1, fmt.Appendf(nil, "entry %d", i+1)))
	}
	must(t, a.Note(t.Context(), "piece/a/1", nil, []byte("x")))
	wantErr(t, "behind the end", a.Cut(t.Context(), 12), replica.ErrGap)
	must(t, a.Cut(t.Context(), 4))
	must(t, b.Cut(t.Context(), 4)) // twice is once
	must(t, a.Cut(t.Context(), 1+6))
	wantErr(t, "before what was cut", a.Cut(t.Context(), 3), replica.ErrGap)
	for _, l := range []replica.Log{a, b, handleOf(t, open)} {
		for at := uint64(1); at < 7; at++ {
			_, err := l.Read(t.Context(), at)
			wantErr(t, fmt.Sprint("read ", at), err, replica.ErrCut)
			wantErr(t, fmt.Sprint("append ", at), l.Append(t.Context(), at, []byte("other")), replica.ErrTaken)
		}
		there, err := l.Read(t.Context(), 7)
		must(t, err)
		if len(there) != 4 || string(there[0]) != "entry 7" {
			t.Errorf("from 7 on: %q", there)
		}
		must(t, l.Wait(t.Context(), 10))
		wantErr(t, "behind the end", l.Append(t.Context(), 12, []byte("other")), replica.ErrGap)
		past, err := l.Read(t.Context(), 11)
		must(t, err)
		if len(past) != 0 {
			t.Errorf("past the end: %q", past)
		}
	}
	must(t, a.Append(t.Context(), 11, []byte("entry 11")))
	must(t, b.Cut(t.Context(), 11))
	must(t, b.Append(t.Context(), 12, []byte("entry 12")))
	if there, err := a.Read(t.Context(), 11); err != nil || len(there) != 2 {
		t.Errorf("from 11 on: %q, %v", there, err)
	}
}

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func notes(t *testing.T, open func(*testing.T) replica.Log) {
	a, b := handleOf(t, open), handleOf(t, open)
	holds := func(name, want string) {
		t.Helper()
		for _, l := range []replica.Log{a, b} {
			got, err := l.Noted(t.Context(), name)
			must(t, err)
			if string(got) != want {
				t.Errorf("%s holds %.20q, want %.20q", name, got, want)
			}
		}
	}
	holds("snapshot", "")
	must(t, a.Note(t.Context(), "snapshot", nil, []byte("1")))
	wantErr(t, "over what was not read", b.Note(t.Context(), "snapshot", nil, []byte("2")), replica.ErrTaken)
	wantErr(t, "over what is gone", b.Note(t.Context(), "snapshot", []byte("0"), []byte("2")), replica.ErrTaken)
	must(t, b.Note(t.Context(), "snapshot", []byte("1"), []byte("2")))
	wantErr(t, "over what was", a.Note(t.Context(), "snapshot", []byte("1"), []byte("3")), replica.ErrTaken)
	wantErr(t, "over nothing", a.Note(t.Context(), "none", []byte("1"), []byte("3")), replica.ErrTaken)
	long := string(bytes.Repeat([]byte{0, 0xff, 'x'}, a.Most()/3+1)[:a.Most()])
	must(t, a.Note(t.Context(), "piece/ab/0001", nil, []byte(long)))
	must(t, a.Append(t.Context(), 1, []byte("entry"))) // notes and entries are apart
	holds("snapshot", "2")
	holds("piece/ab/0001", long)
	if there, err := b.Read(t.Context(), 1); err != nil || len(there) != 1 {
		t.Errorf("the log reads as %d entries, %v", len(there), err)
	}
	names, err := b.Names(t.Context())
	must(t, err)
	if fmt.Sprint(names) != "[piece/ab/0001 snapshot]" {
		t.Errorf("notes %q", names)
	}
	must(t, b.Drop(t.Context(), "piece/ab/0001"))
	must(t, b.Drop(t.Context(), "piece/ab/0001"))
	holds("piece/ab/0001", "")
	holds("snapshot", "2")
}

func noteRaces(t *testing.T, open func(*testing.T) replica.Log) {
	logs := make([]replica.Log, 4)
	for i := range logs {
		logs[i] = handleOf(t, open)
	}
	old := []byte(nil)
	for round := range 5 {
		var first atomic.Int32
		var racing sync.WaitGroup
		for i, l := range logs {
			racing.Go(func() {
				switch err := l.Note(t.Context(), "snapshot", old, fmt.Appendf(nil, "%d by %d", round, i)); {
				case err == nil:
					first.Add(1)
				case !errors.Is(err, replica.ErrTaken):
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		racing.Wait()
		if first.Load() != 1 {
			t.Fatalf("round %d: %d were first", round, first.Load())
		}
		var err error
		old, err = logs[round%len(logs)].Noted(t.Context(), "snapshot")
		must(t, err)
	}
}
