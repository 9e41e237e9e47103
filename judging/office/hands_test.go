package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// hands is a store that several programs share, each with an Office of its own.
type hands struct {
	t     *testing.T
	db    *judgetest.Between
	base  office.Config
	first *office.Office
}

// narrow is a store that takes little in one transaction, so that a small import needs many.
type narrow struct{ *bolt.DB }

func (narrow) Limit() store.Limit { return store.Limit{Writes: 150, Bytes: 1 << 20} }

// shared makes a contest that several programs share; "甲" has it open.
func shared(t *testing.T) *hands {
	t.Helper()
	dir := t.TempDir()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	must(t, err)
	t.Cleanup(func() { blobs.Close() })
	h := &hands{t: t, db: judgetest.NewBetween(narrow{db}), base: office.Config{
		Blobs: blobs, Dir: dir, Now: time.Now, Random: new(chance), Actor: "organiser", Cache: os.TempDir(),
	}}
	c := h.config("甲")
	rules, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	h.first, err = office.Create(t.Context(), c, "两台电脑", "示例县司法局", rules)
	must(t, err)
	return h
}

func (h *hands) config(owner string) office.Config {
	c := h.base
	c.DB, c.Owner = h.db, owner
	return c
}

// open opens the contest in another program.
func (h *hands) open(owner string) *office.Office {
	h.t.Helper()
	o, err := office.Open(h.t.Context(), h.config(owner))
	must(h.t, err)
	return o
}

// named writes a table of n works that bear a name.
func named(t *testing.T, name string, n int) string {
	t.Helper()
	rows := [][]any{header}
	for i := range n {
		rows = append(rows, []any{
			fmt.Sprintf("%s%d号作品", name, i+1), []string{"书法", "绘画", "征文"}[i%3], "小学组",
			fmt.Sprintf("%s某%d", name, i), fmt.Sprintf("%s校%d", name, i%7), "", "",
		})
	}
	return table(t, name+".xlsx", rows...)
}

func (h *hands) whole(want int) {
	h.t.Helper()
	all, err := h.first.Works(h.t.Context(), office.WorkFilter{})
	must(h.t, err)
	codes := map[judging.WorkCode]bool{}
	for _, w := range all {
		codes[w.Code] = true
	}
	if len(all) != want || len(codes) != want {
		h.t.Errorf("%d works under %d codes, want %d", len(all), len(codes), want)
	}
	if r, err := h.first.CheckContest(h.t.Context(), "", nil); err != nil || !r.OK {
		h.t.Errorf("%+v %v", r, err)
	}
}

// tried runs imports until one that was refused since another program imports has its turn, and counts refusals.
func tried(t *testing.T, o *office.Office, path string) (busy int) {
	t.Helper()
	for {
		r, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
		switch {
		case judging.CodeOf(err) == judging.Busy:
			busy++
			time.Sleep(5 * time.Millisecond)
		case err != nil:
			t.Error(err)
			return busy
		default:
			if r.Accepted == 0 {
				t.Errorf("nothing of %s came in: %+v", filepath.Base(path), r.RowTally)
			}
			return busy
		}
	}
}

func TestTwoProgramsImportAtOnceAndNoWorkIsLost(t *testing.T) {
	h := shared(t)
	second := h.open("乙")
	const n = 500
	one, two := named(t, "甲", n), named(t, "乙", n)
	var both sync.WaitGroup
	both.Go(func() { tried(t, h.first, one) })
	both.Go(func() { tried(t, second, two) })
	both.Wait()
	h.whole(2 * n)
}

// interleavings is how many random moments a test tries: FAYI_TOGETHER=200 says more.
func interleavings() int {
	if n, err := strconv.Atoi(os.Getenv("FAYI_TOGETHER")); err == nil {
		return n
	}
	return 12
}

// Another program opens the contest at a random moment of an import, and imports too: it finds the first import
// whole, or not begun, or hears that it is under way.
func TestAnotherProgramOpensAndImportsAtAnyMomentOfAnImport(t *testing.T) {
	const n = 80 // several chunks and what is around them
	for seed := range interleavings() {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		h := shared(t)
		one, two := named(t, "甲", n+r.IntN(n)), named(t, "乙", 40)
		at, busy, got := 1+r.IntN(12), 0, 0
		h.db.BeforeUpdate(at, func() {
			second := h.open("乙")
			rep, err := second.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{two}}, nil)
			switch got = rep.Accepted; {
			case judging.CodeOf(err) == judging.Busy:
				busy++
			case err != nil:
				t.Error(err)
			}
		})
		rep, err := h.first.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{one}}, nil)
		if err != nil {
			t.Fatalf("seed %d, before write %d: %v", seed, at, err)
		}
		if missed := h.db.Missed(); !missed && busy == 0 && got != 40 {
			t.Errorf("seed %d, before write %d: busy %d, took %d", seed, at, busy, got)
		}
		h.whole(rep.Accepted + got)
	}
}

// A computer that slept through its lease finds another in its place: it says so and leaves nothing.
func TestAnImportWhoseLeaseRanOutIsTakenOverWhole(t *testing.T) {
	h := shared(t)
	var ahead time.Duration
	now := h.base.Now
	h.base.Now = func() time.Time { return now().Add(ahead) }
	one, two := named(t, "甲", 300), named(t, "乙", 40)
	h.db.BeforeUpdate(4, func() {
		ahead = time.Hour
		if busy := tried(t, h.open("乙"), two); busy != 0 {
			t.Error("a lease that ran out still holds")
		}
	})
	_, err := h.first.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{one}}, nil)
	if h.db.Missed() || judging.CodeOf(err) != judging.Clash {
		t.Fatalf("the import that slept ended with %v", err)
	}
	h.whole(40)
	if tried(t, h.first, one) != 0 {
		t.Error("the lease was not given back")
	}
	h.whole(340)
}

// dying is a store whose program is killed: from then on it writes nothing more.
type dying struct {
	store.DB
	dead atomic.Bool
}

func (d *dying) Update(ctx context.Context, fn func(store.Tx) error) error {
	if d.dead.Load() {
		return judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{"File": "contest.db"})
	}
	return d.DB.Update(ctx, fn)
}

// What a killed program left is cleared away at once by its own next opening, by another program when the lease has
// run out, and not before.
func TestOpeningClearsAwayOnlyWhatIsDead(t *testing.T) {
	for _, who := range []string{"甲", "乙"} {
		h := shared(t)
		var ahead time.Duration
		now := h.base.Now
		h.base.Now = func() time.Time { return now().Add(ahead) }
		own := &dying{DB: h.db}
		c := h.config("甲")
		c.DB = own
		killed, err := office.Open(t.Context(), c)
		must(t, err)
		h.db.BeforeUpdate(3, func() { own.dead.Store(true) })
		if _, err := killed.Intake().ImportWorks(t.Context(), intake.ImportRequest{
			Sources: []string{named(t, "甲", 300)},
		}, nil); err == nil {
			t.Fatal("the import was not interrupted")
		}
		left := func() int {
			all, err := h.first.Intake().Intakes(t.Context())
			must(t, err)
			return len(all)
		}
		if left() != 1 {
			t.Fatalf("%d intakes of a killed import", left())
		}
		other := h.open(who)
		if who != "甲" {
			again := intake.ImportRequest{Sources: []string{named(t, "乙", 4)}}
			_, err := other.Intake().ImportWorks(t.Context(), again, nil)
			if left() != 1 || judging.CodeOf(err) != judging.Busy {
				t.Errorf("%d intakes, and an import next to one under way: %v", left(), err)
			}
			ahead = time.Hour
			other = h.open(who)
		}
		if left() != 0 {
			t.Errorf("opened by %s, %d intakes are left", who, left())
		}
		if tried(t, other, named(t, "丙", 4)) != 0 {
			t.Error("the lease of a dead program holds")
		}
		h.whole(4)
	}
}

// What another program changes while an import runs is not hidden by what the import changes of the same work.
func TestAnImportDoesNotHideWhatAnotherProgramChanged(t *testing.T) {
	row := func(phone string) []any {
		return []any{"法治之光", "书法", "小学组", "甲某", "一校", "", phone}
	}
	for at := 1; ; at++ {
		h := shared(t)
		tried(t, h.first, table(t, "表.xlsx", header, row("13800000000")))
		second := h.open("乙")
		reviewed := false
		h.db.BeforeUpdate(at, func() {
			_, err := second.Review().ReviewWorks(t.Context(), []judging.WorkID{"w000001"},
				judging.Finding{Status: judging.Returned, Note: "缺页"})
			must(t, err)
			reviewed = true
		})
		_, err := h.first.Intake().ImportWorks(t.Context(), intake.ImportRequest{
			Sources: []string{table(t, "表.xlsx", header, row("1330000000"))},
		}, nil)
		if h.db.Missed() {
			break
		}
		w, lost := h.first.Work(t.Context(), "w000001")
		must(t, lost)
		if !reviewed || w.Status == judging.Accepted && err == nil {
			t.Errorf("before write %d: the review is hidden by an import that ended with %v", at, err)
		}
		if err != nil && judging.CodeOf(err) != judging.Clash {
			t.Errorf("before write %d: %v", at, err)
		}
	}
}

// However many guess at once from however many programs, no more are answered than could try one after the other.
func TestGuessersAtOnceGetNoMoreTriesThanOneByOne(t *testing.T) {
	h := shared(t)
	var ahead atomic.Int64
	start := time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	h.base.Now = func() time.Time { return start.Add(time.Duration(ahead.Load())) }
	addJudges(t, h.first, 1)
	_, err := h.first.Secrets().SetPIN(t.Context(), "j001", "2048")
	must(t, err)
	programs := []*office.Office{h.open("甲"), h.open("乙"), h.open("丙")}
	tried := 0
	for round, wait := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second} {
		ahead.Add(int64(wait))
		var answered atomic.Int64
		var all sync.WaitGroup
		for i := range 24 {
			all.Go(func() {
				err := programs[i%len(programs)].Secrets().CheckPIN(t.Context(), "j001", fmt.Sprintf("%04d", i))
				var told *judging.Error
				switch {
				case !errors.As(err, &told) || told.Code != judging.Forbidden:
					t.Errorf("a wrong PIN: %v", err)
				case told.Text == "pin.wrong":
					answered.Add(1)
				}
			})
		}
		all.Wait()
		if n := answered.Load(); n != 1 {
			t.Errorf("round %d: %d guesses were answered, one is allowed", round, n)
		}
		tried += int(answered.Load())
	}
	ahead.Add(int64(8 * time.Second))
	if err := programs[2].Secrets().CheckPIN(t.Context(), "j001", "2048"); err != nil {
		t.Errorf("the right PIN after %d wrong ones: %v", tried, err)
	}
	if err := programs[1].Secrets().CheckPIN(t.Context(), "j001", "2048"); err != nil {
		t.Errorf("the right PIN in another program: %v", err)
	}
}

// A PIN that is set while another is compared stands.
func TestAPINThatIsSetDuringATryStands(t *testing.T) {
	h := shared(t)
	addJudges(t, h.first, 1)
	_, err := h.first.Secrets().SetPIN(t.Context(), "j001", "2048")
	must(t, err)
	second := h.open("乙")
	h.db.BeforeUpdate(2, func() { // the first counts the try, the second writes how it ended
		_, err := second.Secrets().SetPIN(t.Context(), "j001", "4096")
		must(t, err)
	})
	if err := h.first.Secrets().CheckPIN(t.Context(), "j001", "2048"); judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("the PIN of before: %v", err)
	}
	must(t, h.open("丙").Secrets().CheckPIN(t.Context(), "j001", "4096"))
}
