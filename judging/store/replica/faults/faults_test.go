package faults

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/logtest"
)

// times is how often something is broken: FAYI_FAULTS, else some times.
func times(t *testing.T) int {
	t.Helper()
	if testing.Short() {
		t.Skip("make faults")
	}
	if n, err := strconv.Atoi(os.Getenv("FAYI_FAULTS")); err == nil && n > 0 {
		return n
	}
	return 8
}

// world is a contest that programs share over engines.
type world struct {
	t        *testing.T
	cluster  *logtest.Cluster
	address  string
	programs []*program
	recovery []time.Duration // after each fault
	share    replica.Share
}

// shared has n programs share an empty contest on three members of etcd.
func shared(t *testing.T, n int) *world {
	t.Helper()
	c := logtest.Start(t, "etcd")
	return sharedAt(t, c, c.Addrs[0]+"/contest", n)
}

func sharedAt(t *testing.T, c *logtest.Cluster, address string, n int) *world {
	t.Helper()
	w := &world{t: t, cluster: c, address: address}
	for i := range n {
		p := &program{t: t, name: fmt.Sprintf("w%d", i), dir: t.TempDir(), address: w.address}
		db, err := bolt.Open(filepath.Join(p.dir, "contest.db"), bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		log, err := etcdlog.Open(w.address)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			s := replica.Share{Address: w.address, Writer: p.name}
			w.share, err = replica.Begin(t.Context(), db, log, s, nil, nil)
		} else {
			err = join(t, db, log, w.share, p.name)
		}
		if err != nil {
			t.Fatal(err)
		}
		log.Close()
		db.Close()
		w.programs = append(w.programs, p)
	}
	return w
}

func join(t *testing.T, db *bolt.DB, log replica.Log, s replica.Share, name string) error {
	t.Helper()
	invited, err := replica.Invited(s.Invitation(), name)
	if err != nil {
		t.Fatal(err)
	}
	return replica.Join(t.Context(), db, log, invited, nil)
}

// run has all programs write while fault breaks something, and looks at the end.
func (w *world) run(what string, fault func()) {
	w.t.Helper()
	w.runOf("", 0, what, fault)
}

// runOf is run of so many faults of a kind, whose outcome is one line of a table.
func (w *world) runOf(kind string, faults int, what string, fault func()) {
	w.t.Helper()
	for _, p := range w.programs {
		p.start()
	}
	w.saves(60*time.Second, 3)
	fault()
	w.saves(120*time.Second, 3)
	for _, p := range w.programs {
		p.kill()
	}
	acknowledged, lost := w.look(what)
	if kind != "" {
		w.note(kind, faults, acknowledged, lost)
	}
}

// saves waits until every program has saved n more, and returns how long that took.
func (w *world) saves(within time.Duration, n int) time.Duration {
	w.t.Helper()
	began := time.Now()
	var want []int
	for _, p := range w.programs {
		want = append(want, p.acknowledged()+n)
	}
	for i, p := range w.programs {
		for ; p.acknowledged() < want[i]; time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > within {
				for _, p := range w.programs {
					w.t.Logf("%s has saved %d; told: %s", p.name, p.acknowledged(), p.told.String())
				}
				w.members()
				w.t.Fatalf("%s saved nothing for %v", p.name, time.Since(began))
			}
		}
	}
	took := time.Since(began)
	for _, p := range w.programs {
		if told := p.told.String(); took > 5*time.Second && told != "" {
			w.t.Logf("%v: %s was told: %s", took, p.name, told)
		}
	}
	return took
}

// look wants all copies to hold the same: every acknowledged save once, and a journal that is whole. It returns how
// many were acknowledged, and how many of those it did not find.
func (w *world) look(what string) (acknowledged, lost int) {
	w.t.Helper()
	var first map[string]string
	var took []int
	for i, p := range w.programs {
		acknowledged += p.acknowledged()
		took = append(took, p.times...)
		held := w.copyOf(p)
		if i == 0 {
			first = held
			w.journal(held)
		} else if differ := difference(first, held); differ != "" {
			w.t.Errorf("%s: copy %d is another: %s", what, i, differ)
		}
		for n := range p.acknowledged() {
			if _, there := held[fmt.Sprintf("%s/%d", p.name, n)]; !there {
				lost++
				w.t.Errorf("%s: %s/%d was acknowledged and is lost", what, p.name, n)
			}
		}
	}
	slices.Sort(took)
	w.t.Logf("%s: %d saves acknowledged, %s in the store, %d lost; p50 %d p95 %d worst %d ms", what, acknowledged,
		first[countKey], lost, took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
	return acknowledged, lost
}

func difference(a, b map[string]string) string {
	for key, value := range a {
		if b[key] != value {
			return fmt.Sprintf("%q is %q and %q", key, value, b[key])
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("%d and %d records", len(a), len(b))
	}
	return ""
}

// copyOf opens the copy, has it catch up, and reads it. What catches up is what the log answers when it is asked.
func (w *world) copyOf(p *program) map[string]string {
	w.t.Helper()
	var db *replica.DB
	var err error
	for tries := 0; ; tries++ {
		if db, err = follow(w.t.Context(), p.dir, w.address); err != nil {
			w.t.Fatal(err)
		}
		s := db.Status()
		if s.Err != nil {
			w.t.Fatalf("%s: %v", p.name, s.Err)
		}
		if !s.Away {
			break
		}
		if db.Close(); tries == 20 {
			w.t.Fatalf("%s does not catch up", p.name)
		}
		time.Sleep(time.Second)
	}
	defer db.Close()
	held := map[string]string{}
	if err := db.View(w.t.Context(), func(tx store.Tx) error {
		return tx.Scan(nil, func(key, value []byte) error { held[string(key)] = string(value); return nil })
	}); err != nil {
		w.t.Fatal(err)
	}
	return held
}

// journal wants every save to stand in the journal once, in the place that it has kept, each entry on the one before.
func (w *world) journal(held map[string]string) {
	w.t.Helper()
	count, _ := strconv.Atoi(held[countKey])
	last, seen := "", map[string]bool{}
	for n := 1; n <= count; n++ {
		entry := held[string(journalKey(n))]
		_, key, _ := strings.Cut(entry, " ")
		if entry != string(chained(last, key)) || seen[key] || held[key] != strconv.Itoa(n) {
			w.t.Fatalf("the journal is not whole at %d: %q", n, entry)
		}
		seen[key], last = true, entry
	}
	if len(held) != 2*count+1 {
		w.t.Errorf("%d records of %d saves", len(held), count)
	}
}

// leader is the number of the member that leads, 0 where none does.
func (w *world) leader() int {
	hosts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(w.address, "etcd://"), "/contest"), ",")
	for i, host := range hosts {
		cmd := exec.Command("etcdctl", "--endpoints", host, "--command-timeout=1s", "endpoint", "status", "-w", "json")
		cmd.Env = append(os.Environ(), "ETCDCTL_API=3")
		raw, err := cmd.Output()
		var status []struct {
			Status struct {
				Header struct {
					Member uint64 `json:"member_id"`
				} `json:"header"`
				Leader uint64 `json:"leader"`
			}
		}
		if err != nil || json.Unmarshal(raw, &status) != nil || len(status) == 0 {
			continue
		}
		if s := status[0].Status; s.Leader != 0 && s.Leader == s.Header.Member {
			return i + 1
		}
	}
	return 0
}

// TestMembersAreKilled: leaders and others, one at a time; a save is possible soon after each.
func TestMembersAreKilled(t *testing.T) {
	kills, w, r := times(t), shared(t, 3), rand.New(rand.NewPCG(1, 2))
	leaders, late, worst := 0, 0, time.Duration(0)
	w.runOf("members", kills, fmt.Sprintf("%d kills of members", kills), func() {
		for i := range kills {
			n := w.leader()
			if i%2 == 1 || n == 0 {
				n = 1 + r.IntN(3)
			}
			if n == w.leader() {
				leaders++
			}
			w.cluster.Kill(n)
			took := w.saves(60*time.Second, 1)
			worst, w.recovery = max(worst, took), append(w.recovery, took)
			if took > 5*time.Second {
				late++
			}
			w.cluster.Revive(n)
			time.Sleep(time.Duration(300+r.IntN(1200)) * time.Millisecond)
		}
	})
	t.Logf("%d of them leaders; all three programs saved at the latest %v after a kill, %d times later than 5 s",
		leaders, worst, late)
	// An election that has to be held twice takes longer than 5 s: of few kills it says nothing about how often.
	if kills >= 20 && late*20 > kills || worst > 30*time.Second {
		t.Errorf("%d of %d times no save within 5 s, at the latest after %v", late, kills, worst)
	}
}

// TestProgramsAreKilled: in the midst of whatever they do, each after it has saved at least once since it started. Of
// four one is killed once more while it opens and catches up; that is not counted.
func TestProgramsAreKilled(t *testing.T) {
	kills, w, r := times(t), shared(t, 3), rand.New(rand.NewPCG(3, 4))
	opening := 0
	w.runOf("programs", kills, fmt.Sprintf("%d kills of programs", kills), func() {
		for range kills {
			p := w.programs[r.IntN(len(w.programs))]
			p.savedOnce(60 * time.Second)
			time.Sleep(time.Duration(r.IntN(300)+r.IntN(2)*r.IntN(1500)) * time.Millisecond)
			p.kill()
			p.start()
			if r.IntN(4) == 0 {
				time.Sleep(time.Duration(r.IntN(300)) * time.Millisecond)
				p.kill()
				p.start()
				opening++
			}
		}
		for _, p := range w.programs {
			p.savedOnce(60 * time.Second)
			w.recovery = append(w.recovery, p.recovered()...)
		}
	})
	t.Logf("and %d kills of programs that were opening", opening)
}

// TestMembersAndProgramsAreKilled: a member and a program at once.
func TestMembersAndProgramsAreKilled(t *testing.T) {
	kills, w, r := times(t), shared(t, 3), rand.New(rand.NewPCG(5, 6))
	w.runOf("both", kills, fmt.Sprintf("%d kills of a member and a program", kills), func() {
		for range kills {
			n, p := 1+r.IntN(3), w.programs[r.IntN(len(w.programs))]
			w.cluster.Kill(n)
			p.kill()
			p.start()
			w.recovery = append(w.recovery, w.saves(60*time.Second, 1))
			w.cluster.Revive(n)
			time.Sleep(time.Duration(300+r.IntN(700)) * time.Millisecond)
		}
	})
}

// TestClocksJump: of two programs of three, while they make snapshots and cut off what is old by them; one of them is
// killed and starts again, behind what was cut off. Those of etcd's members: TestClocksOfMembersJump.
func TestClocksJump(t *testing.T) {
	rounds, w, r := times(t), shared(t, 3), rand.New(rand.NewPCG(11, 12))
	w.programs[0].clock, w.programs[1].clock = "jumps", "jumps"
	w.run(fmt.Sprintf("%d seconds of clocks that jump", rounds), func() {
		for range rounds {
			p := w.programs[r.IntN(len(w.programs))]
			p.kill()
			time.Sleep(time.Duration(500+r.IntN(500)) * time.Millisecond)
			p.start()
			w.saves(60*time.Second, 1)
		}
	})
	log, err := etcdlog.Open(w.address)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if _, err := log.Read(t.Context(), 1); !errors.Is(err, replica.ErrCut) {
		t.Errorf("nothing was cut off: %v", err)
	}
}

// TestTwoOfThreeMembersAreDead: for 16 s, and back.
func TestTwoOfThreeMembersAreDead(t *testing.T) {
	times(t)
	w := shared(t, 3)
	w.run("two of three dead for 16 s", func() {
		w.cluster.Kill(1)
		w.cluster.Kill(2)
		time.Sleep(time.Second) // what was under way has ended
		before := w.programs[0].acknowledged()
		time.Sleep(15 * time.Second)
		if after := w.programs[0].acknowledged(); after != before {
			t.Errorf("%d saves acknowledged by one member of three", after-before)
		}
		w.cluster.Revive(1)
		w.cluster.Revive(2)
		t.Logf("saved by all %v after they were started again", w.saves(120*time.Second, 1))
	})
}

// TestManyJoinAtOnce: while others write.
func TestManyJoinAtOnce(t *testing.T) {
	times(t)
	w := shared(t, 2)
	joined := make([]*program, 4)
	w.run("four that join at the same moment", func() {
		ended := make(chan error, len(joined))
		for i := range joined {
			p := &program{t: t, name: fmt.Sprintf("j%d", i), dir: t.TempDir(), address: w.address}
			joined[i] = p
			go func() {
				db, err := bolt.Open(filepath.Join(p.dir, "contest.db"), bolt.Options{})
				if err == nil {
					var log replica.Log
					if log, err = etcdlog.Open(w.address); err == nil {
						invited, _ := replica.Invited(w.share.Invitation(), p.name)
						err = replica.Join(t.Context(), db, log, invited, nil)
						log.Close()
					}
					db.Close()
				}
				ended <- err
			}()
		}
		for range joined {
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
		}
		w.programs = append(w.programs, joined...)
		for _, p := range joined {
			p.start()
		}
	})
}

// TestTheEngineIsPutBack: to what its members held some time ago. It is noticed, refused, and nothing is written.
func TestTheEngineIsPutBack(t *testing.T) {
	times(t)
	w := shared(t, 2)
	old := t.TempDir()
	for _, p := range w.programs {
		p.start()
	}
	w.saves(60*time.Second, 10)
	for n := 1; n <= 3; n++ {
		w.cluster.Kill(n)
	}
	if err := os.CopyFS(old, os.DirFS(w.cluster.Dir())); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 3; n++ {
		w.cluster.Revive(n)
	}
	w.saves(120*time.Second, 10)
	for _, p := range w.programs {
		p.kill()
	}
	for n := 1; n <= 3; n++ {
		w.cluster.Kill(n)
		member := filepath.Join(w.cluster.Dir(), fmt.Sprintf("m%d", n))
		if err := os.RemoveAll(member); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(member, os.DirFS(filepath.Join(old, fmt.Sprintf("m%d", n)))); err != nil {
			t.Fatal(err)
		}
		w.cluster.Revive(n)
	}
	for _, p := range w.programs {
		db, err := follow(t.Context(), p.dir, w.address)
		if err != nil {
			t.Fatal(err)
		}
		told := db.Status().Err
		for end := time.Now().Add(90 * time.Second); told == nil && time.Now().Before(end); told = db.Status().Err {
			time.Sleep(100 * time.Millisecond) // the members choose a leader first
		}
		if err := db.Update(t.Context(), func(tx store.Tx) error { return save(tx, "late") }); err == nil {
			t.Error("written into an engine that was put back")
		}
		db.Close()
		if judging.CodeOf(told) != judging.Corrupt || !strings.Contains(told.Error(), "share.rewound") {
			t.Errorf("%s: got %v", p.name, told)
		}
	}
}
