package sets_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"fayi/judging"
	"fayi/judging/office/internal/sets"
)

func TestOfSheetsThatDontFitOnTheDiskNoneIsLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "评分表")
	said := func(w io.Writer) error {
		_, err := io.WriteString(w, "表")
		return err
	}
	full := func(io.Writer) error { return &fs.PathError{Op: "write", Err: syscall.ENOSPC} }
	err := sets.Write(t.Context(), dir, func(put sets.Put) error {
		return errors.Join(put("一.xlsx", said), put("二.xlsx", full))
	})
	if err == nil {
		t.Fatal("the disk was full")
	}
	if list, err := os.ReadDir(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left %v, %v", list, err)
	}
	if err := sets.Write(t.Context(), dir, func(put sets.Put) error { return put("一.xlsx", said) }); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "三.xlsx"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, where := range map[string]string{
		"over a folder": dir, "into a file": filepath.Join(dir, "一.xlsx"),
	} {
		err := sets.Write(t.Context(), where, func(put sets.Put) error { return put("三.xlsx", said) })
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
