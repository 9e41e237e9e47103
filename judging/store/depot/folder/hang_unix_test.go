//go:build !windows

package folder_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestAFolderThatHangs: a read that never ends, as from a server that is gone, ends for whoever waits. A pipe hangs
// like that; that it is refused by itself is tried where it is opened.
func TestAFolderThatHangs(t *testing.T) {
	dir := t.TempDir()
	e := opened(t, dir)
	if err := e.Prepare(t.Context(), "c1"); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "c1", "x"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := e.Get(ctx, "c1/x"); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
	body, never := make(chan struct{}), waiting{}
	defer close(body)
	never.until = body
	if err := e.Put(ctx, "c1/y", 1, never); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
}

type waiting struct{ until chan struct{} }

func (w waiting) Read([]byte) (int, error) { <-w.until; return 0, os.ErrClosed }
