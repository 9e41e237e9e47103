package sets_test

import (
	"context"
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

func TestAFolderForPapersIsNew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "公示材料")
	folder, err := sets.NewFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "一.xlsx")
	err = errors.Join(folder.Commit(), os.WriteFile(file, nil, 0o644), os.Mkdir(filepath.Join(path, "书法"), 0o755))
	if err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]judging.Code{
		path: judging.Clash, file: judging.Invalid, filepath.Join(dir, "没有", "材料"): judging.NotFound,
	} {
		if folder, err := sets.NewFolder(path); folder != nil || judging.CodeOf(err) != code {
			t.Errorf("%s: %v, want %v", filepath.Base(path), err, code)
		}
	}
}

// What goes together is there together: a list of certificates says of 88 that are not there that they were made.
func TestAFileThatGoesWithOthersIsNotThereWithoutThem(t *testing.T) {
	list, all := filepath.Join(t.TempDir(), "名单.xlsx"), filepath.Join(t.TempDir(), "证书")
	text := func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }
	stopped, stop := context.WithCancel(t.Context())
	stop()
	err := sets.FileWith(stopped, list, text, func() error {
		return sets.Write(stopped, all, func(sets.Put) error { return stopped.Err() })
	})
	for _, path := range []string{list, all} {
		if _, there := os.Stat(path); !errors.Is(err, context.Canceled) || !errors.Is(there, fs.ErrNotExist) {
			t.Errorf("%s after %v: %v", path, err, there)
		}
	}
	// what a person has there is asked about before anything is written
	if err := os.WriteFile(list, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	called := false
	err = sets.FileWith(t.Context(), list, text, func() error { called = true; return nil })
	if judging.CodeOf(err) != judging.Clash || called {
		t.Errorf("%v, others written %v", err, called)
	}
}
