package office_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

// childEnv makes this test binary a second program: its value is a role, a contest's folder and a file, set apart by line feeds.
const childEnv = "FAYI_OFFICE_CHILD"

// roles are what the second program may do with the folder and the file.
var roles = map[string]func(dir, file string) error{"import": importOnce, "measure": measure}

func TestMain(m *testing.M) {
	args := strings.Split(os.Getenv(childEnv), "\n")
	if len(args) != 3 {
		os.Exit(m.Run())
	}
	if err := roles[args[0]](args[1], args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child starts this binary in a role. It is killed at the latest at the end of the test.
func child(tb testing.TB, role, dir, file string) (*exec.Cmd, *bufio.Reader) {
	tb.Helper()
	exe, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+role+"\n"+dir+"\n"+file)
	cmd.Stderr = tb.Output()
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewReader(pipe)
}

// openDir opens a contest's folder.
func openDir(ctx context.Context, dir string) (*office.Office, error) {
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	o, err := office.Open(ctx, office.Config{DB: db, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser"})
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), db.Close())
	}
	return o, nil
}

func open(tb testing.TB, dir string) *office.Office {
	tb.Helper()
	o, err := openDir(tb.Context(), dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { o.Close() })
	return o
}

// emptyContest makes a contest without works in a real folder, closed again.
func emptyContest(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		tb.Fatal(err)
	}
	rules, err := office.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		tb.Fatal(err)
	}
	o, err := office.Create(tb.Context(), office.Config{DB: db, Blobs: blobs, Dir: dir, Now: clock(), Random: new(chance), Actor: "organiser"}, "甲", "", rules)
	if err != nil {
		tb.Fatal(err)
	}
	if err := o.Close(); err != nil {
		tb.Fatal(err)
	}
	return dir
}
