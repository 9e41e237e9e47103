package faults

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
)

// Environment variables by which the test's own program is to be one that writes into its copy.
const (
	dirVar, addressVar = "FAYI_FAULT_DIR", "FAYI_FAULT_ADDRESS"
	nameVar, fromVar   = "FAYI_FAULT_NAME", "FAYI_FAULT_FROM"
	clockVar           = "FAYI_FAULT_CLOCK" // its clock jumps
)

func TestMain(m *testing.M) {
	if os.Getenv(dirVar) != "" {
		if err := write(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// write saves one thing after the other until it is killed, says each that was acknowledged, and how long it took.
func write() error {
	db, err := follow(context.Background(), os.Getenv(dirVar), os.Getenv(addressVar))
	if err != nil {
		return err
	}
	if os.Getenv(clockVar) != "" {
		jump(db)
	}
	from, _ := strconv.Atoi(os.Getenv(fromVar))
	for n := from; ; n++ {
		key, began := fmt.Sprintf("%s/%d", os.Getenv(nameVar), n), time.Now()
		for {
			err := db.Update(context.Background(), func(tx store.Tx) error { return save(tx, key) })
			if err == nil {
				break
			}
			if judging.CodeOf(err) != judging.Unavailable {
				return err
			}
			fmt.Fprintf(os.Stderr, "%d after %v: %v\n", n, time.Since(began).Round(time.Millisecond), err)
			time.Sleep(20 * time.Millisecond)
		}
		fmt.Println(n, time.Since(began).Milliseconds())
		time.Sleep(5 * time.Millisecond)
	}
}

// jump tends the log by a clock that jumps by up to twelve days, forward and back: again and again snapshots are made
// and entries cut off as that clock has it.
func jump(db *replica.DB) {
	now := func() time.Time {
		return time.Now().Add(time.Duration(rand.Int64N(int64(24*24*time.Hour))) - 12*24*time.Hour)
	}
	db.Tend(now)
	go func() {
		for ; ; time.Sleep(time.Duration(100+rand.IntN(400)) * time.Millisecond) {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			_, made := db.Condense(ctx, now)
			_, cut := db.Cut(ctx, now, false)
			cancel()
			for _, err := range []error{made, cut} {
				if c := judging.CodeOf(err); err != nil && c != judging.Busy && c != judging.Unavailable {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
			}
		}
	}()
}

// follow opens the copy in dir on the log at address.
func follow(ctx context.Context, dir, address string) (*replica.DB, error) {
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	if err != nil {
		return nil, err
	}
	log, err := etcdlog.Open(address)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return replica.Open(ctx, db, log, nil)
}

const countKey = "count"

// save writes a score once, however often it is asked to, and an entry of a journal whose every entry holds the sum of
// the one before.
func save(tx store.Tx, key string) error {
	if _, err := tx.Get([]byte(key)); !errors.Is(err, judging.ErrNotFound) {
		return err
	}
	n, last := 0, ""
	if raw, err := tx.Get([]byte(countKey)); err == nil {
		if n, err = strconv.Atoi(string(raw)); err != nil {
			return err
		}
		before, err := tx.Get(journalKey(n))
		if err != nil {
			return err
		}
		last = string(before)
	} else if !errors.Is(err, judging.ErrNotFound) {
		return err
	}
	return errors.Join(
		tx.Put([]byte(key), []byte(strconv.Itoa(n+1))), tx.Put(journalKey(n+1), chained(last, key)),
		tx.Put([]byte(countKey), []byte(strconv.Itoa(n+1))),
	)
}

func journalKey(n int) []byte { return fmt.Appendf(nil, "journal/%09d", n) }

func chained(last, key string) []byte {
	sum := sha256.Sum256([]byte(last + "\n" + key))
	return []byte(hex.EncodeToString(sum[:]) + " " + key)
}

// program is a copy, and the process that writes into it.
type program struct {
	t       *testing.T
	name    string
	dir     string
	address string
	clock   string // not "": one that jumps

	mu    sync.Mutex
	cmd   *exec.Cmd
	ended chan struct{}
	told  *tail
	next  int
	saved bool            // since it was started last
	times []int           // ms
	again []time.Duration // from each start to the first save after it
}

// tail keeps the last of what is written.
type tail struct {
	mu   sync.Mutex
	last []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, p...)
	t.last = t.last[max(0, len(t.last)-2000):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.last)
}

// start has it write from where it was.
func (p *program) start() {
	p.t.Helper()
	cmd := exec.Command(os.Args[0])
	p.mu.Lock()
	p.saved = false
	cmd.Env = append(os.Environ(), dirVar+"="+p.dir, addressVar+"="+p.address, nameVar+"="+p.name,
		fromVar+"="+strconv.Itoa(p.next), clockVar+"="+p.clock)
	p.mu.Unlock()
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	var told tail
	cmd.Stderr = &told
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.cmd, p.ended, p.told = cmd, make(chan struct{}), &told
	began := time.Now()
	p.t.Cleanup(func() { cmd.Process.Kill() }) // a test that fails leaves it running
	go func() {
		defer close(p.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var n, ms int
			if k, _ := fmt.Sscan(lines.Text(), &n, &ms); k == 2 {
				p.mu.Lock()
				if p.next, p.saved, p.times = n+1, true, append(p.times, ms); !began.IsZero() {
					p.again, began = append(p.again, time.Since(began)), time.Time{}
				}
				p.mu.Unlock()
			}
		}
		if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() >= 0 { // not killed
			p.t.Errorf("%s ended by itself: %v\n%s", p.name, err, told.String())
		}
	}()
}

// kill ends it as a power cut does.
func (p *program) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// savedOnce waits until it has acknowledged a save since it was started last.
func (p *program) savedOnce(within time.Duration) {
	p.t.Helper()
	has := func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.saved
	}
	for began := time.Now(); !has(); time.Sleep(time.Millisecond) {
		if time.Since(began) > within {
			p.t.Fatalf("%s saved nothing for %v after its start; told: %s", p.name, within, p.told.String())
		}
	}
}

// recovered is how long it took each time until it saved again.
func (p *program) recovered() []time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.again)
}

// acknowledged is how many saves were.
func (p *program) acknowledged() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next
}
