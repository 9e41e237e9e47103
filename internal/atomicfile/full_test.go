//go:build unix

package atomicfile_test

import (
	"errors"
	"io"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"fayi/internal/atomicfile"
)

// onFullDisk runs do while no file may grow beyond 1 MiB. The limit stands in for the full disk: the system refuses
// the write midway either way.
func onFullDisk(t *testing.T, do func()) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
	}()
	do()
}

func large(w io.Writer) error {
	_, err := w.Write(make([]byte, 3<<20))
	return err
}

func TestAFullDiskLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := atomicfile.Write(path, 0o644, text("old")); err != nil {
		t.Fatal(err)
	}
	onFullDisk(t, func() {
		whole, loose := atomicfile.Write(path, 0o644, large), atomicfile.WriteUnsynced(path, 0o644, large)
		for _, err := range []error{whole, loose} {
			if !errors.Is(err, syscall.EFBIG) {
				t.Errorf("the cause is lost: %v", err)
			}
		}
		d, err := atomicfile.NewFolder(filepath.Join(dir, "b"), 0o755)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.WriteFile("x", 0o644, large); !errors.Is(err, syscall.EFBIG) {
			t.Errorf("the cause is lost: %v", err)
		}
		if err := d.Discard(); err != nil {
			t.Error(err)
		}
	})
	wantContent(t, path, "old")
	wantNames(t, dir, "a")
}
