//go:build unix

package packet_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/packet"
)

// A file-size limit stands in for the full disk, as for contests. It holds for a whole process, so a child runs
// under it.

func init() { onFull = scoreOnFull }

// scoreOnFull opens a packet and saves until the disk is full; it prints the ballots saved and the code of the
// failure, then saves a shorter one.
func scoreOnFull(file, dir string) error {
	ctx := context.Background()
	p, err := packet.Open(ctx, packet.Place{File: file, Dir: dir, Now: time.Now}, phrase, nil)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4000, Max: 1 << 30}); err != nil {
		return err
	}
	for n := 0; err == nil; n++ {
		if _, err = p.Save(ctx, judging.Ballot{
			Code:    "SF-0001",
			Comment: fmt.Sprint(n, strings.Repeat("好", 50)),
		}); err == nil {
			fmt.Println(n)
		}
	}
	fmt.Println(judging.CodeOf(err), strings.Contains(err.Error(), "store.disk_full"))
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 30, Max: 1 << 30}); err != nil {
		return err
	}
	_, err = p.Save(ctx, judging.Ballot{Code: "SF-0003", Comment: "有地方了"})
	return err
}

func TestAFullDiskIsToldAtOnceAndTakesNothing(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+at.File+"\n"+at.Dir+"\nfull")
	out, err := cmd.Output()
	lines := strings.Fields(string(out))
	if err != nil || len(lines) < 5 || lines[len(lines)-2] != string(judging.Unavailable) ||
		lines[len(lines)-1] != "true" {
		t.Fatalf("%q, %v", out, err)
	}
	p := open(t, at)
	all, err := p.History(t.Context(), "SF-0001")
	if err != nil || len(all) != len(lines)-2 || p.Lost() != 0 {
		t.Errorf("%d versions of %d, %d lost, %v", len(all), len(lines)-2, p.Lost(), err)
	}
	if b, err := p.Load(t.Context(), "SF-0003"); err != nil || b.Comment != "有地方了" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestAFullDiskWhileUnpackingLeavesNothingHalf(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	if err := os.MkdirAll(at.Dir, 0o500); err != nil { // nothing can be written: as on a write-protected memory stick
		t.Fatal(err)
	}
	if os.Geteuid() != 0 { // root writes anywhere
		_, err := packet.Open(t.Context(), at, phrase, nil)
		wantText(t, err, judging.Unavailable, "store.no_permission")
	}
	if err := os.Chmod(at.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	open(t, at)
	if left, _ := filepath.Glob(filepath.Join(at.Dir, "*", "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
