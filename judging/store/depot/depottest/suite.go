// Package depottest tests makers of depot.Engine against its promise, and has one in memory, with faults, for tests of
// what stands above.
package depottest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"fayi/judging"
	"fayi/judging/store/depot"
)

// Suite tests a maker of engines. fresh makes an empty place and returns how engines on it are opened.
func Suite(t *testing.T, fresh func(t *testing.T) (open func(t *testing.T) depot.Engine)) {
	for _, test := range []struct {
		name string
		test func(*testing.T, func(*testing.T) depot.Engine)
	}{
		{"what was put is read by every other, of every length", lengths},
		{"what is not there is told so", absent},
		{"a body that ends early or fails leaves what was there", broken},
		{"two that put one object leave one of both, whole", together},
		{"the list holds what is there, and nothing of another contest", lists},
		{"who has gone puts nothing", gone},
	} {
		t.Run(test.name, func(t *testing.T) { test.test(t, fresh(t)) })
	}
}

func opened(t *testing.T, open func(*testing.T) depot.Engine) depot.Engine {
	t.Helper()
	e := open(t)
	t.Cleanup(func() { e.Close() })
	must(t, e.Prepare(t.Context(), "c1"))
	return e
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, e depot.Engine, name string, content []byte) {
	t.Helper()
	must(t, e.Put(t.Context(), name, int64(len(content)), plain{bytes.NewReader(content)}))
}

// plain is a reader that can do nothing else.
type plain struct{ r io.Reader }

func (p plain) Read(b []byte) (int, error) { return p.r.Read(b) }

func got(t *testing.T, e depot.Engine, name string) []byte {
	t.Helper()
	in, err := e.Get(t.Context(), name)
	must(t, err)
	defer in.Close()
	out, err := io.ReadAll(in)
	must(t, err)
	return out
}

func lengths(t *testing.T, open func(*testing.T) depot.Engine) {
	a, b := opened(t, open), opened(t, open)
	for _, n := range []int{0, 1, 65_535, 65_536, 5 << 20, 16<<20 + 1, 33 << 20} {
		content := bytes.Repeat([]byte{byte(n), 0, 0xff}, n/3+1)[:n]
		name := fmt.Sprintf("c1/aa/%d", n)
		put(t, a, name, content)
		there, err := b.Stat(t.Context(), name)
		if err != nil || there.Size != int64(n) || there.Name != name {
			t.Errorf("%d bytes are %+v, %v", n, there, err)
		}
		if there := got(t, b, name); sha256.Sum256(there) != sha256.Sum256(content) {
			t.Errorf("%d bytes came back as %d others", n, len(there))
		}
		put(t, b, name, []byte("another"))
		if there := got(t, a, name); string(there) != "another" {
			t.Errorf("not replaced: %d bytes", len(there))
		}
	}
}

func absent(t *testing.T, open func(*testing.T) depot.Engine) {
	e := opened(t, open)
	_, err := e.Get(t.Context(), "c1/aa/none")
	wantCode(t, judging.NotFound, err)
	_, err = e.Stat(t.Context(), "c1/aa/none")
	wantCode(t, judging.NotFound, err)
	must(t, e.Remove(t.Context(), "c1/aa/none"))
	put(t, e, "c1/aa/one", []byte("1"))
	must(t, e.Remove(t.Context(), "c1/aa/one"))
	_, err = e.Get(t.Context(), "c1/aa/one")
	wantCode(t, judging.NotFound, err)
}

func wantCode(t *testing.T, code judging.Code, err error) {
	t.Helper()
	if judging.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

var errRead = errors.New("can't be read")

func broken(t *testing.T, open func(*testing.T) depot.Engine) {
	e := opened(t, open)
	for _, n := range []int{100, 40 << 20} {
		name := fmt.Sprintf("c1/aa/%d", n)
		half := bytes.NewReader(make([]byte, n/2))
		for what, r := range map[string]io.Reader{
			"ends early": plain{half}, "fails": io.MultiReader(plain{bytes.NewReader(make([]byte, n/2))}, failing{}),
		} {
			if err := e.Put(t.Context(), name, int64(n), r); err == nil {
				t.Errorf("a body of %d bytes that %s was put", n, what)
			}
			_, err := e.Stat(t.Context(), name)
			wantCode(t, judging.NotFound, err)
		}
		put(t, e, name, []byte("whole"))
		if err := e.Put(t.Context(), name, int64(n), failing{}); err == nil {
			t.Error("put")
		}
		if there := got(t, e, name); string(there) != "whole" {
			t.Errorf("half a body took the place: %d bytes", len(there))
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errRead }

func together(t *testing.T, open func(*testing.T) depot.Engine) {
	const handles = 4
	for round := range 5 {
		n, name := 3<<20+round, fmt.Sprintf("c1/aa/%d", round)
		var putting sync.WaitGroup
		for i := range handles {
			e := opened(t, open)
			putting.Go(func() {
				content := bytes.Repeat([]byte{byte(i)}, n)
				if err := e.Put(t.Context(), name, int64(n), plain{bytes.NewReader(content)}); err != nil {
					t.Error(err)
				}
			})
		}
		putting.Wait()
		there := got(t, opened(t, open), name)
		if len(there) != n || bytes.Count(there, there[:1]) != n || there[0] >= handles {
			t.Errorf("%d bytes, %d of one writer", len(there), bytes.Count(there, there[:1]))
		}
	}
}

func lists(t *testing.T, open func(*testing.T) depot.Engine) {
	e := opened(t, open)
	must(t, e.Prepare(t.Context(), "c10"))
	want := map[string]int64{}
	for i := range 30 {
		name := fmt.Sprintf("c1/%02x/%d", i%7, i)
		put(t, e, name, make([]byte, i))
		want[name] = int64(i)
	}
	put(t, e, "c10/aa/1", []byte("another contest's"))
	found := map[string]int64{}
	must(t, e.List(t.Context(), "c1", func(o depot.Object) error { found[o.Name] = o.Size; return nil }))
	if !maps.Equal(found, want) {
		t.Errorf("found %v", slices.Sorted(maps.Keys(found)))
	}
	must(t, e.List(t.Context(), "c1/none", func(o depot.Object) error { t.Error(o.Name); return nil }))
	err := e.List(t.Context(), "c1", func(depot.Object) error { return errRead })
	if !errors.Is(err, errRead) {
		t.Errorf("got %v", err)
	}
}

func gone(t *testing.T, open func(*testing.T) depot.Engine) {
	e := opened(t, open)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.Put(ended, "c1/aa/late", 4, strings.NewReader("late")); err == nil {
		t.Error("put for nobody")
	}
	if _, err := e.Get(ended, "c1/aa/late"); err == nil {
		t.Error("got for nobody")
	}
}
