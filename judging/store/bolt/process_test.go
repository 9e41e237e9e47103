package bolt_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// childEnv makes this test binary a second program: "hold path" holds the file until its input ends, "write path"
// commits for ever, "turn path" seals and unseals for ever, all else is for underLimit.
const childEnv = "FAYI_STORE_CHILD"

func TestMain(m *testing.M) {
	role, path, isChild := strings.Cut(os.Getenv(childEnv), " ")
	if !isChild {
		os.Exit(m.Run())
	}
	if err := play(role, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func play(role, path string) error {
	if role == "turn" {
		return turn(path)
	}
	if role != "hold" && role != "write" {
		return underLimit(role, path)
	}
	db, err := bolt.Open(path, bolt.Options{})
	if err == nil && role == "hold" {
		fmt.Println("open")
		_, err = io.Copy(io.Discard, os.Stdin)
	}
	for n := uint64(0); err == nil && role == "write"; n++ {
		if err = db.Update(context.Background(), func(tx store.Tx) error { return writeRound(tx, n) }); err == nil {
			fmt.Println(n)
		}
	}
	return err
}

// writeRound writes several pages' worth under round n, and removes an old round, so that pages are freed and used
// again.
func writeRound(tx store.Tx, n uint64) error {
	for part := range byte(20) {
		if err := tx.Put(roundKey(n, part), roundValue(n)); err != nil {
			return err
		}
		if n >= 50 {
			if err := tx.Delete(roundKey(n-50, part)); err != nil {
				return err
			}
		}
	}
	return tx.Put([]byte("last"), binary.BigEndian.AppendUint64(nil, n))
}

func roundKey(n uint64, part byte) []byte {
	return append(binary.BigEndian.AppendUint64([]byte("round"), n), part)
}

func roundValue(n uint64) []byte { return []byte(strings.Repeat(strconv.FormatUint(n, 10), 300)) }

// child starts this binary in a role. It is killed at the latest at the end of the test.
func child(t *testing.T, role, path string) (cmd *exec.Cmd, out *bufio.Reader) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+role+" "+path)
	cmd.Stderr = t.Output()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewReader(pipe)
}

func TestASecondProgramIsBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	holder, out := child(t, "hold", path)
	if line, err := out.ReadString('\n'); line != "open\n" {
		t.Fatal(line, err)
	}
	for _, opt := range []bolt.Options{{}, {ReadOnly: true}, {NoCreate: true}} {
		_, err := bolt.Open(path, opt)
		expectCode(t, judging.Busy, err)
	}
	holder.Process.Kill()
	holder.Wait()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal("still held after its holder died:", err)
	}
	expectCode(t, "", db.Close())
}

func TestKilledProgramKeepsWhatItAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	chance := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		cmd, out := child(t, "write", path)
		last := -1
		for range 1 + chance.IntN(80) {
			last = readNumber(t, out, last)
		}
		for range chance.IntN(1 << 20) { // a moment within the commit that now runs
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(out) // what was acknowledged before the kill
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(string(rest), "\n"); len(lines) > 1 {
			last, _ = strconv.Atoi(lines[len(lines)-2])
		}
		cmd.Wait()
		judgetest.CheckFile(t, path)
		checkRounds(t, path, uint64(last))
	}
}

func readNumber(t *testing.T, out *bufio.Reader, before int) int {
	t.Helper()
	line, err := out.ReadString('\n')
	n, bad := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || bad != nil || n != before+1 {
		t.Fatalf("after %d came %q, %v", before, line, err)
	}
	return n
}

// checkRounds expects all rounds to last, and at most one more: whole, with the old ones gone.
func checkRounds(t *testing.T, path string, last uint64) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	view(t, db, func(tx store.Tx) error {
		raw, err := tx.Get([]byte("last"))
		if err != nil {
			return err
		}
		stored := binary.BigEndian.Uint64(raw)
		if stored != last && stored != last+1 {
			t.Errorf("acknowledged %d, stored %d", last, stored)
		}
		next := uint64(0)
		if stored >= 50 {
			next = stored - 49
		}
		part := byte(0)
		err = tx.Scan([]byte("round"), func(k, v []byte) error {
			if string(k) != string(roundKey(next, part)) || string(v) != string(roundValue(next)) {
				t.Errorf("round %d part %d is not there or not whole", next, part)
				return store.ErrStop
			}
			if part++; part == 20 {
				next, part = next+1, 0
			}
			return nil
		})
		if next != stored+1 || part != 0 {
			t.Errorf("rounds end at %d part %d, want %d", next, part, stored+1)
		}
		return err
	})
}

func TestReadersShareAFileAndKeepWritersOut(t *testing.T) {
	path := sample(t)
	first, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	_, err = bolt.Open(path, bolt.Options{})
	expectCode(t, judging.Busy, err)
	expectCode(t, judging.Forbidden, first.Update(t.Context(), func(store.Tx) error { return nil }))
}
