package folder_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/depottest"
	"fayi/judging/store/depot/folder"
)

func opened(t *testing.T, dir string) depot.Engine {
	t.Helper()
	e, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAFolderKeepsThePromise(t *testing.T) {
	depottest.Suite(t, func(t *testing.T) func(*testing.T) depot.Engine {
		dir := t.TempDir()
		return func(t *testing.T) depot.Engine { return opened(t, dir) }
	})
}

// TestAFolderThatIsNotConnected: an empty mount point, or none at all, takes nothing and is called away.
func TestAFolderThatIsNotConnected(t *testing.T) {
	if _, err := folder.Open("files"); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("a path that depends on where one is: %v", err)
	}
	empty := t.TempDir()
	for _, dir := range []string{empty, filepath.Join(empty, "none")} {
		e := opened(t, dir)
		_, got := e.Get(t.Context(), "c1/aa/1")
		_, size := e.Stat(t.Context(), "c1/aa/1")
		for what, err := range map[string]error{
			"put": e.Put(t.Context(), "c1/aa/1", 1, strings.NewReader("1")), "get": got, "size": size,
			"list": e.List(t.Context(), "c1", func(depot.Object) error { return nil }),
		} {
			if judging.CodeOf(err) != judging.Unavailable {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("kept %v, %v", left, err)
	}
	if err := opened(t, filepath.Join(empty, "none")).Prepare(t.Context(), "c1"); judging.CodeOf(err) !=
		judging.Unavailable {
		t.Errorf("prepared where nothing is: %v", err)
	}
}

// TestWhatAWriterLeftThatDied: it is no object, it is named when it is asked for, and nothing else can be discarded.
func TestWhatAWriterLeftThatDied(t *testing.T) {
	dir := t.TempDir()
	e := opened(t, dir)
	if err := e.Prepare(t.Context(), "c1"); err != nil {
		t.Fatal(err)
	}
	if err := e.Put(t.Context(), "c1/aa/1", 3, strings.NewReader("one")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"c1/.fayi-A", "c1/aa/.fayi-B", "c2/aa/.fayi-C"} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var left []string
	note := func(o depot.Object) error {
		if left = append(left, o.Name); o.Size != 4 || o.At.IsZero() {
			t.Errorf("got %+v", o)
		}
		return nil
	}
	if err := e.Unfinished(t.Context(), "c1", note); err != nil || !slices.Equal(left, []string{
		"c1/.fayi-A", "c1/aa/.fayi-B",
	}) {
		t.Fatalf("left %q, %v", left, err)
	}
	if err := e.Discard(t.Context(), "c1/aa/1"); err == nil {
		t.Error("an object was discarded")
	}
	for range 2 {
		if err := e.Discard(t.Context(), "c1/aa/.fayi-B"); err != nil {
			t.Error(err)
		}
	}
	left = nil
	if err := e.Unfinished(t.Context(), "c1", note); err != nil || !slices.Equal(left, []string{"c1/.fayi-A"}) {
		t.Errorf("left %q, %v", left, err)
	}
	if _, err := e.Stat(t.Context(), "c1/aa/1"); err != nil {
		t.Error(err)
	}
}
