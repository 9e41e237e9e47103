package office

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"fayi/internal/measure"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// tallied is scoredStore with a published plan that gives each judge the works they scored.
func tallied(tb testing.TB, n, judgeCount int) *Office {
	tb.Helper()
	o := scoredStore(tb, n, judgeCount)
	lists := map[judging.JudgeID][]judging.WorkID{}
	err := o.rec.DB.View(tb.Context(), func(tx store.Tx) error {
		clear(lists)
		return records.EachScore(tx, 1, func(s judging.Score) error {
			lists[s.Judge] = append(lists[s.Judge], s.Work)
			return nil
		})
	})
	if err != nil {
		tb.Fatal(err)
	}
	for j, works := range lists {
		err := o.rec.DB.Update(tb.Context(), func(tx store.Tx) error {
			return records.Rosters.Put(tx, judging.Roster{Plan: "p001", Judge: j, Works: works})
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	err = o.rec.DB.Update(tb.Context(), func(tx store.Tx) error {
		return records.Plans.Put(tx, judging.Plan{ID: "p001", Round: 1, State: judging.Published, Pairs: 5 * n})
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := tally.Distrust(tb.Context(), o.rec.DB); err != nil { // all this was written past the tallies
		tb.Fatal(err)
	}
	return o
}

// What an older program wrote has no tallies, or tallies that stopped: they are not read, and built at the next
// opening. What is shown is the same with them and without.
func TestAContestOfAnOlderProgramIsTalliedWhenItIsOpened(t *testing.T) {
	o := tallied(t, 60, 7)
	look := func() (Summary, any) {
		t.Helper()
		s, err := o.ShowContest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Scoring().Progress(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s, p
	}
	sum, progress := look()
	if sum.Scored < 200 || sum.Works[judging.Accepted] != 60 {
		t.Fatalf("%+v", sum)
	}
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	tallies := func() (n int) {
		err := o.rec.DB.View(t.Context(), func(tx store.Tx) error {
			kept, ok, err := tally.JudgesOf(tx, judging.Plan{ID: "p001", Round: 1})
			if n = len(kept); !ok {
				n = 0
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if tallies() != 7 {
		t.Fatalf("%d judges are tallied", tallies())
	}
	again, progressAgain := look()
	if !reflect.DeepEqual(sum, again) || !reflect.DeepEqual(progress, progressAgain) {
		t.Errorf("counted\n%+v %+v\ntallied\n%+v %+v", sum, progress, again, progressAgain)
	}
	// an older program goes on with the contest
	err := o.rec.DB.Update(t.Context(), func(tx store.Tx) error {
		all, err := records.Scores.List(tx, "")
		if err != nil {
			return err
		}
		return records.FirstError(
			records.Scores.Delete(tx, records.ScoreID(&all[0])), o.rec.Log(tx, "scores.save", "", nil, nil),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if now, _ := look(); tallies() != 0 || now.Scored != sum.Scored-1 {
		t.Errorf("%d tallies are trusted, %d scores", tallies(), now.Scored)
	}
	cfg := Config{DB: o.rec.DB, Blobs: o.rec.Blobs, Dir: o.rec.Dir, Now: time.Now}
	if _, err := Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	if now, _ := look(); tallies() != 7 || now.Scored != sum.Scored-1 {
		t.Errorf("%d tallies after the opening, %d scores", tallies(), now.Scored)
	}
}

// A check counts again, names the difference, and sees to it that nobody reads what is wrong.
func TestACheckNamesATallyThatIsWrong(t *testing.T) {
	o := tallied(t, 40, 5)
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	before, err := o.ShowContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = o.rec.DB.Update(t.Context(), func(tx store.Tx) error { // a score that is written past the tallies
		all, err := records.Scores.List(tx, "")
		if err != nil {
			return err
		}
		return records.Scores.Delete(tx, records.ScoreID(&all[7]))
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := o.CheckContest(t.Context(), "", nil)
	if err != nil || r.OK || len(r.WrongTallies) != 3 || r.WrongTallies[0][:9] != "judge/r01" ||
		r.WrongTallies[1] != "round/r01" || r.WrongTallies[2] != "work/r01/w0000" {
		t.Fatalf("%+v, %v", r.WrongTallies, err)
	}
	if s, err := o.ShowContest(t.Context()); err != nil || s.Scored != before.Scored-1 {
		t.Errorf("%d scores, %v", s.Scored, err)
	}
}

// Every test of this package looks at lists that are kept, those that do things at random and count for themselves too.
func init() { worthKeeping = 0 }

// TestAListOfOpenPointsOfFewWorksIsKeptInMemoryAndNeverOld asks again and again, as the window does, and
// compares with what a gate finds by itself.
func TestAListOfOpenPointsOfFewWorksIsKeptInMemoryAndNeverOld(t *testing.T) {
	worthKeeping = 1000
	t.Cleanup(func() { worthKeeping = 0 })
	o := tallied(t, 40, 5)
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	look := func() {
		t.Helper()
		for range 2 {
			list, err := o.OpenPoints(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if want, err := o.OpenPointsAt(t.Context(), ""); err != nil || !reflect.DeepEqual(list, want) {
				t.Fatalf("listed %+v, found %+v, %v", list, want, err)
			}
			for i := range list { // whoever asked may do with it what they like
				list[i].Count = -1
				clear(list[i].Works)
			}
		}
	}
	look()
	then := o.open.Load()
	if look(); then == nil || o.open.Load() != then {
		t.Error("it is found again though nothing was written")
	}
	if err := o.rec.Change(t.Context(), records.Settings, func(tx store.Tx) error {
		return o.rec.Log(tx, "contest.note", "", nil, nil)
	}); err != nil {
		t.Fatal(err)
	}
	if look(); o.open.Load() == then {
		t.Error("what was kept before a write is told after it")
	}
}

// TestAListOfOpenPointsIsKeptAndNeverOld forges what is kept of works: it is shown until a work changes, whatever
// judges do meanwhile, a gate does not look at it, and a check finds that it is wrong.
func TestAListOfOpenPointsIsKeptAndNeverOld(t *testing.T) {
	o := tallied(t, 40, 5)
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	look := func() []Point {
		t.Helper()
		list, err := o.OpenPoints(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := look()
	if again := look(); !reflect.DeepEqual(again, first) || len(first) == 0 {
		t.Fatalf("again %+v, first %+v", again, first)
	}
	const extra = 7
	forge := func() {
		t.Helper()
		var kept points.Steady
		var state int
		err := o.rec.DB.View(t.Context(), func(tx store.Tx) (err error) {
			_, state, err = tally.Recall(tx, "points_works", &kept)
			return err
		})
		if err != nil || len(kept.Found) == 0 {
			t.Fatalf("kept are %+v, %v", kept, err)
		}
		kept.Found[0].Count += extra
		if err := tally.Remember(t.Context(), o.rec.DB, "points_works", state, kept); err != nil {
			t.Fatal(err)
		}
	}
	forge()
	if again := look(); again[0].Count != first[0].Count+extra {
		t.Error("it is found again though nothing was written")
	}
	save(t, o)
	if again := look(); again[0].Count != first[0].Count+extra {
		t.Error("it is found again though a judge saved, and no work changed")
	}
	if at, err := o.OpenPointsAt(t.Context(), ""); err != nil || at[0].Count != first[0].Count {
		t.Errorf("a gate looks at what is kept: %v", err)
	}
	r, err := o.CheckContest(t.Context(), "", nil)
	if err != nil || r.OK || !slices.Contains(r.WrongTallies, wrongPoints) {
		t.Errorf("a check finds %v, %v", r.WrongTallies, err)
	}
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	first = look()
	if at, err := o.OpenPointsAt(t.Context(), ""); err != nil || !reflect.DeepEqual(at, first) {
		t.Errorf("after the check %+v, want %+v, %v", first, at, err)
	}
	forge()
	if err := o.rec.Change(t.Context(), records.Settings, func(tx store.Tx) error {
		w, err := records.Works.Get(tx, "w000001")
		if err != nil {
			return err
		}
		w.Versions[0].Work.Title = "另一个题目"
		return records.FirstError(records.Works.Put(tx, w), o.rec.Log(tx, "contest.note", "", nil, nil))
	}); err != nil {
		t.Fatal(err)
	}
	if again := look(); !reflect.DeepEqual(again, first) {
		t.Error("what was kept before a work changed is told after it")
	}
}

// TestWhatHangsOnAwardsIsKeptUntilTheyAreDecidedAgain forges what is kept of decided awards: it is shown whatever
// judges and the office do meanwhile, a gate does not look at it, and it goes with the next deciding.
func TestWhatHangsOnAwardsIsKeptUntilTheyAreDecidedAgain(t *testing.T) {
	o := tallied(t, 40, 5)
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	ctx := Ticking(t.Context(), PointKinds()...)
	done := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	held := func(list []Point, err error) int {
		t.Helper()
		done(nil, err)
		for _, p := range list {
			if p.Kind == "ties_held" {
				return p.Count
			}
		}
		return 0
	}
	done(o.Awards().DecideAwards(ctx, true))
	if n := held(o.OpenPoints(ctx)); n != 0 {
		t.Fatalf("%d ties are held", n)
	}
	kept := map[string]any{}
	var state int
	done(nil, o.rec.DB.View(ctx, func(tx store.Tx) (err error) {
		_, state, err = tally.Recall(tx, "points_awards", &kept)
		return err
	}))
	if kept["won"] == nil {
		t.Fatalf("kept are %v", kept)
	}
	kept["held"] = "w000001\nw000002\nw000003"
	done(nil, tally.Remember(ctx, o.rec.DB, "points_awards", state, kept))
	done(o.Awards().SettleDispute(ctx, "w000007", judging.Rescore, "", "请重评"))
	save(t, o)
	done(o.Awards().RuleAward(ctx, award.Ruling{Kind: award.RuleWithhold, Work: "w000005", Reason: "材料不全"}))
	if n := held(o.OpenPoints(ctx)); n != 3 {
		t.Errorf("it is found again: %d", n)
	}
	if n := held(o.OpenPointsAt(ctx, "")); n != 0 {
		t.Errorf("a gate looks at what is kept: %d", n)
	}
	done(o.Awards().DecideAwards(ctx, true))
	list, err := o.OpenPoints(ctx)
	if n := held(list, err); n != 0 {
		t.Errorf("what was kept of an earlier deciding is told: %d", n)
	}
	if whole, err := o.OpenPointsAt(ctx, ""); err != nil || !reflect.DeepEqual(list, whole) {
		t.Errorf("told %+v, found %+v, %v", list, whole, err)
	}
}

// save lets a judge save a score.
func save(tb testing.TB, o *Office) {
	tb.Helper()
	d := o.Scoring().Desk("j001").InRoom()
	list, err := d.Duties(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	b, err := d.Load(tb.Context(), list.Works[0].Code)
	if err != nil {
		tb.Fatal(err)
	}
	b.Marks, b.Mark = map[string]float64{"总评": 33 + float64(len(b.Mark)%5)}, b.Mark+"x"
	if _, err := d.Save(tb.Context(), b); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkOverview100000 reads the overview and the progress of 100,000 works with 500,000 scores of 20 judges, by
// tallies and without, and saves between. The aim is 50 ms for each.
func BenchmarkOverview100000(b *testing.B) {
	o := tallied(b, measure.Works(100_000), 20)
	timed := func(name string, read func() error) {
		start, used := time.Now(), processorTime()
		if err := read(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "ms/"+name)
		b.ReportMetric(float64((processorTime()-used).Microseconds())/1000, "processor-ms/"+name)
	}
	overview := func() error { _, err := o.ShowContest(b.Context()); return err }
	progress := func() error { _, err := o.Scoring().Progress(b.Context()); return err }
	openPoints := func() error { _, err := o.OpenPoints(b.Context()); return err }
	for b.Loop() {
		if err := tally.Distrust(b.Context(), o.rec.DB); err != nil {
			b.Fatal(err)
		}
		timed("overview-counted", overview)
		timed("progress-counted", progress)
		timed("build", func() error { return tally.Build(b.Context(), o.rec.DB) })
		timed("overview-first", overview)
		timed("overview", overview)
		timed("progress", progress)
		timed("points-found", openPoints)
		timed("points", openPoints)
		save(b, o)
		timed("points-after-save", openPoints)
		timed("overview-after-save", overview)
		timed("progress-after-save", progress)
	}
}

// BenchmarkPointsDecided100000 asks what is open of 100,000 works once awards are decided, after each of some deeds.
// The aim is 50 ms for each.
func BenchmarkPointsDecided100000(b *testing.B) {
	o := tallied(b, 100_000, 20)
	if err := tally.Build(b.Context(), o.rec.DB); err != nil {
		b.Fatal(err)
	}
	ask := func(name string) {
		start, used := time.Now(), processorTime()
		if _, err := o.OpenPoints(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "ms/"+name)
		b.ReportMetric(float64((processorTime()-used).Microseconds())/1000, "processor-ms/"+name)
	}
	ctx := Ticking(b.Context(), PointKinds()...)
	for b.Loop() {
		ask("first")
		if _, err := o.Awards().DecideAwards(ctx, true); err != nil {
			b.Fatal(err)
		}
		ask("decided")
		ask("again")
		_, err := o.Awards().RuleAward(ctx, award.Ruling{Kind: award.RuleWithhold, Work: "w000005", Reason: "材料不全"})
		if err != nil {
			b.Fatal(err)
		}
		ask("ruled")
		if _, err := o.Awards().DecideAwards(ctx, true); err != nil {
			b.Fatal(err)
		}
		ask("decided-again")
		if _, err := o.Awards().SettleDispute(ctx, "w000007", judging.Rescore, "", "请重评"); err != nil {
			b.Fatal(err)
		}
		ask("opened-again")
		save(b, o)
		ask("saved")
		ask("saved-again")
	}
}

// BenchmarkJudges200 lets 200 judges save without a pause, with commits that are shared and with one for each.
func BenchmarkJudges200(b *testing.B) {
	for _, shared := range []bool{false, true} {
		b.Run(fmt.Sprintf("shared=%v", shared), func(b *testing.B) {
			o := tallied(b, 1280, 200)
			if err := tally.Build(b.Context(), o.rec.DB); err != nil {
				b.Fatal(err)
			}
			if !shared {
				o.rec.DB = &oneByOne{DB: o.rec.DB}
			}
			var mu sync.Mutex
			var took []time.Duration
			var all sync.WaitGroup
			each := max(1, b.N/200)
			start := time.Now()
			for j := range 200 {
				all.Go(func() {
					d := o.Scoring().Desk(judging.JudgeID(judging.Serial("j", 3, j+1))).InRoom()
					list, err := d.Duties(b.Context())
					if err != nil {
						b.Error(err)
						return
					}
					for k := range each {
						w := list.Works[k%len(list.Works)]
						at := time.Now()
						was, err := d.Load(b.Context(), w.Code)
						if err == nil {
							was.Marks = map[string]float64{"总评": float64(50 + (j+k)%50)}
							was.Mark = fmt.Sprintf("bench-%d-%d", j, k)
							_, err = d.Save(b.Context(), was)
						}
						if err != nil {
							b.Error(err)
							return
						}
						mu.Lock()
						took = append(took, time.Since(at))
						mu.Unlock()
					}
				})
			}
			all.Wait()
			slices.Sort(took)
			if len(took) == 0 {
				return
			}
			b.ReportMetric(float64(len(took))/time.Since(start).Seconds(), "saves/s")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms-p95")
		})
	}
}

// oneByOne lets one Update through at a time, as the store did before commits were shared.
type oneByOne struct {
	store.DB
	mu sync.Mutex
}

func (s *oneByOne) Update(ctx context.Context, fn func(store.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.DB.Update(ctx, fn)
}

// What is counted of few works is kept in memory until one of them changes; a caller may do with it what it wants.
func TestFewWorksAreCountedOnceForEachStateOfThem(t *testing.T) {
	o := tallied(t, 40, 5)
	if err := tally.Build(t.Context(), o.rec.DB); err != nil {
		t.Fatal(err)
	}
	look := func() Summary {
		t.Helper()
		s, err := o.ShowContest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := look()
	kept := o.counted.Load()
	if kept == nil || first.Works[judging.Accepted] != 40 {
		t.Fatalf("kept %v of %v", kept, first.Works)
	}
	first.Works[judging.Accepted] = 1
	if second := look(); second.Works[judging.Accepted] != 40 || o.counted.Load() != kept {
		t.Errorf("%v, counted again: %v", second.Works, o.counted.Load() != kept)
	}
	err := o.rec.Change(t.Context(), records.Reviewing, func(tx store.Tx) error {
		w, err := records.LoadWork(tx, "w000003")
		if err != nil {
			return err
		}
		w.Status = judging.Returned
		return records.FirstError(
			records.PutWork(tx, w), o.rec.Log(tx, "works.status", "w000003", nil, map[string]any{"to": w.Status}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if now := look(); now.Works[judging.Accepted] != 39 || now.Works[judging.Returned] != 1 {
		t.Errorf("after a change: %v", now.Works)
	}
}
