package atomicfile_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"fayi/internal/atomicfile"
)

// A program that ends in the middle of its writing leaves nothing but what it has finished, and what goes on writing
// hears of it.
func TestNothingHalfStaysBehindAProgramThatEnds(t *testing.T) {
	dir := t.TempDir()
	done := filepath.Join(dir, "done.pdf")
	if err := atomicfile.Write(done, 0o644, text("whole")); err != nil {
		t.Fatal(err)
	}
	file, err := atomicfile.Create(filepath.Join(dir, "half.pdf"), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := atomicfile.NewFolder(filepath.Join(dir, "papers"), 0o755)
	if err != nil {
		t.Fatal(err)
	}
	set, err := atomicfile.NewSet(filepath.Join(dir, "set"), 0o755)
	if err != nil {
		t.Fatal(err)
	}
	for _, begin := range []error{
		folder.WriteFile("a.pdf", 0o644, text("one of two")), set.Write("b.pdf", 0o644, text("one of two")),
	} {
		if begin != nil {
			t.Fatal(begin)
		}
	}
	kept, err := atomicfile.NewFolder(filepath.Join(dir, "kept"), 0o755)
	if err = errors.Join(err, kept.WriteFile("c.pdf", 0o644, text("whole")), kept.Commit()); err != nil {
		t.Fatal(err)
	}
	atomicfile.Abandon()
	wantNames(t, dir, "done.pdf", "kept", "kept/c.pdf", "set")
	wantContent(t, done, "whole")
	for _, late := range []error{file.Commit(), folder.Commit(), set.Commit()} {
		if !errors.Is(late, fs.ErrNotExist) {
			t.Errorf("what was taken away is committed with %v", late)
		}
	}
	file.Discard()
	set.Discard()
	if err := folder.Discard(); err != nil {
		t.Error(err)
	}
	wantNames(t, dir, "done.pdf", "kept", "kept/c.pdf")
}
