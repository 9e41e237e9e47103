package atomicfile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/internal/atomicfile"
)

// childEnv makes this test binary a second program that writes without end into the folder it names.
const childEnv = "FAYI_ATOMICFILE_CHILD"

// killsEnv says how often programs are killed; without it, 40 times.
const killsEnv = "FAYI_KILLS"

func TestMain(m *testing.M) {
	dir, from, child := strings.Cut(os.Getenv(childEnv), "\n")
	if !child {
		os.Exit(m.Run())
	}
	n, err := strconv.Atoi(from)
	for ; err == nil; n++ {
		if err = writeBoth(dir, n); err == nil {
			fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

const filesOfFolder = 3

// writeBoth writes version n of a file and of a folder; of a folder there is only one.
func writeBoth(dir string, n int) error {
	if err := atomicfile.Write(filepath.Join(dir, "file"), 0o644, version(n)); err != nil {
		return err
	}
	path := filepath.Join(dir, "folder")
	if err := os.RemoveAll(path + ".old"); err != nil {
		return err
	}
	if err := os.Rename(path, path+".old"); err != nil && !errors.Is(err, fs.ErrNotExist) { // so that it goes at once
		return err
	}
	d, err := atomicfile.NewFolderAt(path, path+".part", 0o755)
	if err != nil {
		return err
	}
	for i := range filesOfFolder {
		if err := d.WriteFile(strconv.Itoa(i), 0o644, version(n)); err != nil {
			return err
		}
	}
	return d.Commit()
}

// version writes version n of a content in many pieces, its sum at the end: n decides how long it is.
func version(n int) func(io.Writer) error {
	return func(w io.Writer) error {
		sum := sha256.New()
		piece := binary.BigEndian.AppendUint64(nil, uint64(n))
		piece = append(piece, bytes.Repeat([]byte{byte(n)}, 4088)...)
		for range 1 + n%200 {
			sum.Write(piece)
			if _, err := w.Write(piece); err != nil {
				return err
			}
		}
		_, err := w.Write(sum.Sum(nil))
		return err
	}
}

// versionAt returns which version is whole at path, -1 if there is no file.
func versionAt(t *testing.T, path string) int {
	t.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return -1
	}
	if err != nil || len(data) < 4096+sha256.Size {
		t.Fatalf("%s: torn: %d bytes, %v", filepath.Base(path), len(data), err)
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if want := sha256.Sum256(body); !bytes.Equal(sum, want[:]) {
		t.Fatalf("%s: torn", filepath.Base(path))
	}
	return int(binary.BigEndian.Uint64(data))
}

// killed starts the second program at version from, kills it after d, and returns the last version that it
// acknowledged, or from-1.
func killed(t *testing.T, dir string, from int, d time.Duration) int {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%d", childEnv, dir, from))
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(d, func() { _ = cmd.Process.Kill() })
	defer stop.Stop()
	all, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if told.Len() > 0 {
		t.Fatalf("the program ended by itself: %s", &told)
	}
	lines := strings.Split(string(all), "\n") // after the last line feed: nothing, or what was not acknowledged
	if len(lines) < 2 {
		return from - 1
	}
	last, err := strconv.Atoi(lines[len(lines)-2])
	if err != nil {
		t.Fatal(err)
	}
	return last
}

func kills(t *testing.T) int {
	s := os.Getenv(killsEnv)
	if s == "" {
		return 40
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAKilledProgramLeavesOldOrNewWhole(t *testing.T) {
	dir := t.TempDir()
	chance := rand.New(rand.NewPCG(1, 2))
	next, acked, written, temps := 1, 0, 0, 0
	// A busy machine may need more of them, and later ones, until enough was written.
	for n := 0; n < kills(t) || written < kills(t)/2 && n < 20*kills(t); n++ {
		longest := time.Duration(1+n/kills(t)) * 60 * time.Millisecond
		last := killed(t, dir, next, time.Duration(chance.Int64N(int64(longest))))
		written += last - (next - 1)
		if last >= next {
			acked = last
		}
		file := versionAt(t, filepath.Join(dir, "file"))
		if file > last+1 || file < acked && acked > 0 {
			t.Fatalf("version %d, acknowledged was %d", file, acked)
		}
		folder(t, dir, acked, last+1)
		temps += clearTemps(t, dir)
		next = max(last, file) + 1
	}
	t.Logf("%d kills, %d versions acknowledged, %d kills in the midst of a file", kills(t), written, temps)
	if written < kills(t)/2 {
		t.Errorf("only %d versions were written", written)
	}
}

// folder expects that the folder is not there or is whole, in a version from least to most.
func folder(t *testing.T, dir string, least, most int) {
	t.Helper()
	at := filepath.Join(dir, "folder")
	entries, err := os.ReadDir(at)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil || len(entries) != filesOfFolder {
		t.Fatalf("a folder of %d files, %v", len(entries), err)
	}
	first := versionAt(t, filepath.Join(at, "0"))
	for i := range filesOfFolder {
		if v := versionAt(t, filepath.Join(at, strconv.Itoa(i))); v != first || v < least || v > most {
			t.Fatalf("file %d of the folder has version %d, the first %d, wanted %d to %d", i, v, first, least, most)
		}
	}
}

// clearTemps removes temporary files, which only a kill may leave, and counts them.
func clearTemps(t *testing.T, dir string) (n int) {
	t.Helper()
	known := []string{"file", "folder", "folder.old", "folder.part"}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), atomicfile.Prefix):
			n++
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				t.Fatal(err)
			}
		case !slices.Contains(known, e.Name()):
			t.Errorf("left behind: %s", e.Name())
		}
	}
	return n
}
