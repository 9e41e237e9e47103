package regular_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fayi/internal/regular"
)

func TestOnlyRegularFilesOpen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := regular.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := regular.Open(filepath.Join(dir, "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	bad := []string{dir}
	if runtime.GOOS != "windows" {
		link := filepath.Join(dir, "link")
		if err := os.Symlink(file, link); err != nil {
			t.Fatal(err)
		}
		bad = append(bad, link, "/dev/zero")
	}
	for _, path := range bad {
		if _, err := regular.Open(path); !errors.Is(err, regular.ErrIrregular) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestAFileIsReadWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(file, []byte("four"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := regular.ReadFile(file, 4); string(got) != "four" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := regular.ReadFile(file, 3); !errors.Is(err, regular.ErrTooLarge) {
		t.Errorf("one byte too many: %v", err)
	}
	if err := regular.Check(file); err != nil {
		t.Error(err)
	}
	if err := regular.Check(filepath.Dir(file)); !errors.Is(err, regular.ErrIrregular) {
		t.Errorf("a folder: %v", err)
	}
}
