package depot_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging/store"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/depottest"
	"fayi/judging/store/depot/folder"
	"fayi/judging/store/depot/s3"
)

// Environment variables by which the test's own program is to be a computer that is killed.
const (
	roleVar, placeVar, dirVar, fromVar = "FAYI_TEST_ROLE", "FAYI_TEST_PLACE", "FAYI_TEST_DIR", "FAYI_TEST_FROM"
)

func TestMain(m *testing.M) {
	if os.Getenv(roleVar) != "" {
		if err := victim(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// victim puts files, or fetches those that it is to fetch, and says each that it has done.
func victim() error {
	e, err := folder.Open(os.Getenv(placeVar))
	if err != nil {
		return err
	}
	dir := os.Getenv(dirVar)
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		return err
	}
	_, err = depot.Open(depot.Options{Engine: e, Key: contestKey, Blobs: blobs, List: filepath.Join(dir, "unsent")})
	if err != nil {
		return err
	}
	from, _ := strconv.Atoi(os.Getenv(fromVar))
	for n := from; ; n++ {
		content := random(killedSize(n))
		if os.Getenv(roleVar) == "put" {
			if _, err := blobs.Put(context.Background(), bytes.NewReader(content)); err != nil {
				return err
			}
		} else if err := blobs.Bring(context.Background(), sumOf(content)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// killedSize is how long the n-th file is: some have many chunks, and no two are alike.
func killedSize(n int) int { return 1000 + n + n%3*200_000 }

// TestKilledWhilePuttingAndFetching: whatever was said to be put is in the engine or on the list, no object is half
// there, and what was fetched is whole.
func TestKilledWhilePuttingAndFetching(t *testing.T) {
	kills := 60
	if testing.Short() {
		kills = 5
	}
	place, putter, fetcher := t.TempDir(), t.TempDir(), t.TempDir()
	e, err := folder.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	first := at(t, putter, e)
	if err := first.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.close(t)
	r := rand.New(rand.NewPCG(1, 1))
	next := 0
	for range kills {
		next = killed(t, "put", place, putter, next, time.Duration(20+r.IntN(150))*time.Millisecond)
	}
	if next == 0 {
		t.Fatal("nothing was put")
	}
	a := at(t, putter, e)
	late := a.depot.Status().Unsent
	if err := a.depot.Flush(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	fetched := 0
	for range kills {
		fetched = killed(t, "fetch", place, fetcher, fetched, time.Duration(20+r.IntN(150))*time.Millisecond)
		fetched = min(fetched, next-1)
	}
	b := at(t, fetcher, e)
	err = b.Each(func(f store.Blob) error { return b.Check(t.Context(), f.Sum) })
	if err != nil {
		t.Error(err)
	}
	for n := range next {
		b.wants(t, random(killedSize(n)))
	}
	for _, c := range []computer{a, b} {
		left, err := filepath.Glob(filepath.Join(c.dir, "media", "tmp-*"))
		if err != nil || len(left) > 1 {
			t.Errorf("left %d half files, %v", len(left), err)
		}
	}
	t.Logf("%d kills while putting, of %d files acknowledged %d were on the list; %d kills while fetching", kills, next,
		late, kills)
}

// killed runs a victim from a file on, kills it after a while, and returns behind which file it came.
func killed(t *testing.T, role, place, dir string, from int, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleVar+"="+role, placeVar+"="+place, dirVar+"="+dir,
		fromVar+"="+strconv.Itoa(from))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewScanner(out)
	for begun := false; lines.Scan(); begun = true {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			from = n + 1
		}
		if !begun {
			timer.Reset(after)
		}
	}
	cmd.Wait()
	return from
}

// TestALongFileStreams: a film of two gigabytes goes through either engine and back in little memory.
func TestALongFileStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("some minutes")
	}
	const size = 2 << 30
	server := depottest.S3(t)
	for what, open := range map[string]func() (depot.Engine, error){
		"folder": func() (depot.Engine, error) { return folder.Open(os.TempDir()) },
		"s3":     func() (depot.Engine, error) { return s3.Open(server.Address, server.Secret) },
	} {
		t.Run(what, func(t *testing.T) {
			place := t.TempDir()
			if what == "folder" {
				open = func() (depot.Engine, error) { return folder.Open(place) }
			}
			dir := t.TempDir()
			var most atomic.Uint64
			end := watchMemory(&most)
			sum := ""
			{
				e, err := open()
				if err != nil {
					t.Fatal(err)
				}
				a := at(t, filepath.Join(dir, "a"), e)
				if err := a.depot.Attach(t.Context()); err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				b, err := a.Put(t.Context(), io.LimitReader(rand.NewChaCha8([32]byte{9}), size))
				if s := a.depot.Status(); err != nil || s.Unsent > 0 {
					t.Fatal(err, s)
				}
				t.Logf("put in %v", time.Since(began))
				sum = b.Sum
				a.close(t)
				if err := os.RemoveAll(a.dir); err != nil {
					t.Fatal(err)
				}
			}
			e, err := open()
			if err != nil {
				t.Fatal(err)
			}
			b, began := at(t, filepath.Join(dir, "b"), e), time.Now()
			if err := errors.Join(b.Bring(t.Context(), sum), b.Check(t.Context(), sum)); err != nil {
				t.Error(err)
			}
			end()
			t.Logf("fetched and checked in %v, heap at most %d MB", time.Since(began), most.Load()>>20)
			if most.Load() > 200<<20 {
				t.Errorf("%d MB of memory", most.Load()>>20)
			}
		})
	}
}

func watchMemory(most *atomic.Uint64) (end func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() { close(stop); <-done }
}
