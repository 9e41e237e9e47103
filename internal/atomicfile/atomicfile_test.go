package atomicfile_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"fayi/internal/atomicfile"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// names lists all that is below dir.
func names(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && path != dir {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func wantContent(t *testing.T, path, want string) {
	t.Helper()
	if data, err := os.ReadFile(path); err != nil || string(data) != want {
		t.Errorf("%q, %v, want %q", data, err, want)
	}
}

func TestAFileIsReplacedWithItsPermissions(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "名单.csv")
	for name, write := range map[string]func(string, fs.FileMode, func(io.Writer) error) error{
		"synced": atomicfile.Write, "unsynced": atomicfile.WriteUnsynced,
	} {
		for _, mode := range []fs.FileMode{0o600, 0o644} {
			if err := write(path, mode, text(name)); err != nil {
				t.Fatal(err)
			}
			wantContent(t, path, name)
			if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != mode {
				t.Errorf("%s: %v, %v, want %v", name, info.Mode(), err, mode)
			}
		}
	}
	wantNames(t, dir, "名单.csv")
}

func TestAPathWithoutFolderIsTheFolderOfTheProgram(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := atomicfile.Write("a", 0o600, text("x")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, "a", "x")
}

func TestAWriterThatFailsOrPanicsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := atomicfile.Write(path, 0o644, text("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := atomicfile.Write(path, 0o644, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken })
	if err != broken {
		t.Errorf("%v is not the writer's own error", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = atomicfile.Write(path, 0o644, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); panic("lost") })
		t.Error("no panic")
	}()
	wantContent(t, path, "old")
	wantNames(t, dir, "a")
}

func TestAPlaceThatCannotBeTakenIsAnErrorAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(filepath.Join(dir, "a"), 0o644, text("x")); err == nil {
		t.Error("a file took the place of a folder")
	}
	if err := atomicfile.Write(filepath.Join(dir, "no", "x"), 0o644, text("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in no folder: %v", err)
	}
	wantNames(t, dir, "a", "a/b")
	if listen, err := net.Listen("unix", filepath.Join(dir, "s")); err == nil { // some systems have none
		defer listen.Close()
		if err := atomicfile.Write(filepath.Join(dir, "s"), 0o644, text("x")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a file took the place of a socket: %v", err)
		}
	}
}

func TestAFileWithinARootIsNamedAtItsEnd(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := root.Mkdir("ab", 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := atomicfile.CreateIn(root, "tmp-")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := f.CommitAs("../out"); err == nil {
		t.Error("left its root")
	}
	if err := f.CommitAs("ab/abc"); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	wantNames(t, dir, "ab", "ab/abc")
}

func TestAFolderGetsItsNameWhenAllIsThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "上报")
	if err := os.Mkdir(path, 0o700); err != nil { // an empty one gives way
		t.Fatal(err)
	}
	d, err := atomicfile.NewFolder(path, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(d.Path("作品"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteFile("作品/1", 0o644, text("x")); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteFile("作品/1", 0o644, text("y")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	if err := d.WriteFile("../2", 0o644, text("x")); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("written outside: %v", err)
	}
	if entries, _ := os.ReadDir(path); len(entries) != 0 {
		t.Error("seen before its end")
	}
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir, "上报", "上报/作品", "上报/作品/1")
}

func TestAFolderTakesNobodysPlace(t *testing.T) {
	dir := t.TempDir()
	full, file, late := filepath.Join(dir, "full"), filepath.Join(dir, "file"), filepath.Join(dir, "late")
	d, err := atomicfile.NewFolder(late, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{full, late} {
		if err := os.MkdirAll(filepath.Join(path, "mine"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{full, file} {
		if _, err := atomicfile.NewFolder(path, 0o700); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if err := d.Commit(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("taken meanwhile: %v", err)
	}
	if err := d.Discard(); err != nil {
		t.Error(err)
	}
	wantNames(t, dir, "file", "full", "full/mine", "late", "late/mine")
}

func TestWhatAKilledRunLeftOfAFolderGoes(t *testing.T) {
	dir := t.TempDir()
	path, temp := filepath.Join(dir, "files"), filepath.Join(dir, "files.part")
	if err := os.MkdirAll(filepath.Join(temp, "left"), 0o700); err != nil {
		t.Fatal(err)
	}
	d, err := atomicfile.NewFolderAt(path, temp, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir, "files")
}
