//go:build unix

package regular_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"fayi/internal/regular"
)

func TestNothingWaitsForAPipe(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	ended := make(chan error, 3)
	go func() {
		_, err := regular.Open(pipe)
		ended <- err
		_, err = regular.OpenIn(root, "pipe")
		ended <- err
		_, err = regular.Writer(pipe)
		ended <- err
	}()
	for _, want := range []error{regular.ErrIrregular, regular.ErrIrregular, syscall.ENXIO} {
		select {
		case err := <-ended:
			if !errors.Is(err, want) {
				t.Errorf("%v, not %v", err, want)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("it waits")
		}
	}
}

func TestAPipeThatIsReadIsWrittenTo(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 1)
	go func() {
		time.Sleep(300 * time.Millisecond)
		f, err := os.Open(pipe)
		if err != nil {
			got <- err.Error()
			return
		}
		defer f.Close()
		text, _ := io.ReadAll(f)
		got <- string(text)
	}()
	f, err := regular.Writer(pipe)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("all of it"); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if text := <-got; text != "all of it" {
		t.Errorf("%q", text)
	}
}
