package packet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/packet"
)

// childEnv makes this test binary a second program: its value is a packet, a working folder, and a number to begin
// from or “full”, set apart by line feeds.
const childEnv = "FAYI_PACKET_CHILD"

// killsEnv says how often programs are killed; without it, 20 times.
const killsEnv = "FAYI_KILLS"

// onFull is the role of the second program on a full disk, where the system can simulate one.
var onFull func(file, dir string) error

func TestMain(m *testing.M) {
	args := strings.Split(os.Getenv(childEnv), "\n")
	if len(args) != 3 {
		os.Exit(m.Run())
	}
	role := func(file, dir string) error { return scoreForEver(file, dir, args[2]) }
	if args[2] == "full" {
		role = onFull
	}
	if err := role(args[0], args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// scoreForEver acts as a judge: it opens the packet and saves ballots without end, each numbered in its comment,
// and prints those that were saved.
func scoreForEver(file, dir, from string) error {
	ctx := context.Background()
	p, err := packet.Open(ctx, packet.Place{File: file, Dir: dir, Now: time.Now}, phrase, nil)
	if err != nil {
		return err
	}
	d, err := p.Duties(ctx)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(from)
	for ; err == nil; n++ {
		w := d.Works[n%len(d.Works)]
		b := judging.Ballot{
			Code:    w.Code,
			Marks:   map[string]float64{"内容": float64(n % 60), "形式": 40},
			Comment: strconv.Itoa(n),
		}
		if _, err = p.Save(ctx, b); err == nil {
			fmt.Println(n, w.Code)
		}
	}
	return err
}

// killedAfter starts the second program, kills it after a time, and returns the whole lines that it wrote.
func killedAfter(t *testing.T, d time.Duration, at packet.Place, from int) []string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%s\n%d", childEnv, at.File, at.Dir, from))
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(d, func() { cmd.Process.Kill() })
	defer stop.Stop()
	all, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if told.Len() > 0 {
		t.Fatalf("the program ended by itself: %s", &told)
	}
	lines := strings.Split(string(all), "\n")
	return lines[:len(lines)-1]
}

func kills(t *testing.T) int {
	if s := os.Getenv(killsEnv); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return 20
}

// said returns the numbers of the ballots in a packet.
func said(t *testing.T, p *packet.Packet) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, w := range []judging.WorkCode{"SF-0001", "SF-0003"} {
		all, err := p.History(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range all {
			out[fmt.Sprint(v.Comment, " ", w)] = true
		}
	}
	return out
}

func TestEveryScoreAcknowledgedInAPacketOutlivesItsProgram(t *testing.T) {
	at, data, _ := cheapPacket(t)
	put(t, at.File, data)
	chance := rand.New(rand.NewPCG(7, 8))
	saved, scores := 0, 0
	for i := range kills(t) {
		if i%10 == 0 { // afresh from time to time, so that unpacking is hit too
			at.Dir, saved = filepath.Join(t.TempDir(), "work"), 0
		}
		lines := killedAfter(t, time.Duration(chance.Int64N(int64(150*time.Millisecond))), at, saved)
		p, err := packet.Open(t.Context(), at, phrase, nil)
		if err != nil {
			t.Fatal(err)
		}
		there := said(t, p)
		for _, line := range lines {
			if !there[line] {
				t.Errorf("kill %d: lost: %s", i, line)
			}
		}
		if more := len(there) - saved - len(lines); more < 0 || more > 1 || p.Lost() > 0 {
			t.Errorf(
				"kill %d: %d kept, %d known before, %d acknowledged, %d damaged",
				i,
				len(there),
				saved,
				len(lines),
				p.Lost(),
			)
		}
		scores += len(lines)
		saved = len(there)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d kills, %d scores acknowledged, each one there", kills(t), scores)
	if scores < kills(t) {
		t.Errorf("only %d scores in all", scores)
	}
}
