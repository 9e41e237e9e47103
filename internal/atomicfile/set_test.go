package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fayi/internal/atomicfile"
)

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// listed lists what is in dir, temporary files too; nil if it is not there.
func listed(t *testing.T, dir string) (out []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		out = append(out, e.Name())
	}
	return out
}

func TestASetIsThereWholeOrNotAtAll(t *testing.T) {
	full := errors.New("no space left")
	for _, there := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "证书", "一批")
		if there {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "甲"), []byte("旧"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		before := listed(t, dir)
		s, err := atomicfile.NewSet(dir, 0o755)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write("甲", 0o644, says("新")); err != nil {
			t.Fatal(err)
		}
		err = s.Write("乙", 0o644, func(io.Writer) error { return full })
		if !errors.Is(err, full) {
			t.Errorf("said %v", err)
		}
		s.Discard()
		if after := listed(t, dir); !slices.Equal(before, after) {
			t.Errorf("there before %v: left %q", there, after)
		}

		if s, err = atomicfile.NewSet(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"甲", "乙"} {
			if err := s.Write(name, 0o644, says("新")); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(filepath.Join(dir, "甲")); there && string(got) != "旧" {
			t.Errorf("replaced before all were written: %q", got)
		}
		if err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		s.Discard()
		got, err := os.ReadFile(filepath.Join(dir, "甲"))
		if list := listed(t, dir); err != nil || string(got) != "新" || len(list) != 2 {
			t.Errorf("%q in %q, %v", got, list, err)
		}
	}
}
