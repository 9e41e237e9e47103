package office

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fayi/internal/measure"
	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// scoredStore is a contest of n works in eight categories, each scored by five of the judges, written past all
// checks to save time.
func scoredStore(tb testing.TB, n, judgeCount int) *Office {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		tb.Fatal(err)
	}
	rules := judging.Rules{
		Title:    "甲",
		PerWork:  5,
		Combine:  judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2},
		TieAtCut: judging.TieShare,
		Ties:     []judging.TieStep{judging.TieAllScores, judging.TieTop, judging.TieRange},
		Awards: []judging.Award{{
			Name:  "一等奖",
			Share: judging.Share{Percent: 5},
		}, {
			Name:  "二等奖",
			Share: judging.Share{Percent: 10},
		}, {
			Name:  "三等奖",
			Share: judging.Share{Percent: 15},
		}},
		Rubrics: []judging.NamedRubric{{
			Name:   "通用",
			Rubric: judging.Rubric{Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总评", Weight: 100}}},
		}},
	}
	for i := range 8 {
		rules.Categories = append(rules.Categories, judging.Category{
			Name:   fmt.Sprint("类", i),
			Prefix: string(rune('A' + i)),
			Rubric: "通用",
		})
	}
	o, err := Create(tb.Context(), Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    time.Now,
		Random: zeroes{},
		Actor:  "bench",
	}, "甲", "", rules)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { o.Close() })
	bulk := func(total int, cost func(int) (int, int), write func(store.Tx, int) error) {
		if err := store.Bulk(tb.Context(), o.rec.DB, total, cost, write, nil); err != nil {
			tb.Fatal(err)
		}
	}
	seats := make([]judging.Judge, judgeCount)
	for j := range seats {
		seats[j] = judging.Judge{ID: judging.JudgeID(judging.Serial("j", 3, j+1)), Name: fmt.Sprint("评委", j)}
	}
	bulk(judgeCount, func(i int) (int, int) {
		return records.Judges.Cost(seats[i])
	}, func(tx store.Tx, i int) error { return records.Judges.Put(tx, seats[i]) })
	intake := judging.Intake{ID: "i001", State: judging.Live}
	bulk(1, func(int) (int, int) {
		return records.Intakes.Cost(intake)
	}, func(tx store.Tx, _ int) error { return records.Intakes.Put(tx, intake) })
	record := func(i int) records.WorkRecord {
		id := judging.WorkID(judging.Serial("w", 6, i+1))
		w := judging.Work{
			ID:       id,
			Code:     judging.WorkCode(fmt.Sprintf("A-%06d", i)),
			Title:    fmt.Sprint("作品", i),
			Category: fmt.Sprint("类", i%8),
			Unit:     fmt.Sprint("单位", i%60),
			Authors:  []string{fmt.Sprint("作者", i)},
			Status:   judging.Accepted,
		}
		return records.WorkRecord{ID: id, Versions: []records.WorkVersion{{Intake: "i001", Work: w}}}
	}
	bulk(n, func(i int) (int, int) {
		return records.Works.Cost(record(i))
	}, func(tx store.Tx, i int) error { return records.Works.Put(tx, record(i)) })
	score := func(i int) judging.Score {
		w, k := i/5, i%5
		total := float64(60 + (w*7919+k*31+w*k)%41)
		b := judging.Ballot{State: judging.Scored, Marks: map[string]float64{"总评": total}, Total: total}
		return judging.Score{
			Round:    1,
			Work:     judging.WorkID(judging.Serial("w", 6, w+1)),
			Judge:    seats[(w*3+k*(1+w%7))%judgeCount].ID,
			Versions: []judging.ScoreVersion{{Ballot: b, Source: judging.Sheet}},
		}
	}
	bulk(5*n, func(i int) (int, int) {
		return records.Scores.Cost(score(i))
	}, func(tx store.Tx, i int) error { return records.Scores.Put(tx, score(i)) })
	return o
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { return len(p), nil }

// processorTime is how long this process has used processors; 0 where the system does not tell.
var processorTime = func() time.Duration { return 0 }

// ProcessorTime is processorTime for tests from outside.
func ProcessorTime() time.Duration { return processorTime() }

// reportProcessor tells the time of processors per round at the end: on a computer with other work it says more
// than the clock.
func reportProcessor(b *testing.B) {
	start := processorTime()
	b.Cleanup(func() {
		b.ReportMetric(float64((processorTime()-start).Microseconds())/1000/float64(max(b.N, 1)), "processor-ms/op")
	})
}

// ReportProcessor is for the tests that see the package from outside.
var ReportProcessor = reportProcessor

// BenchmarkResults640 computes places and awards of 640 works with five scores each, then explains one work and
// leaves out each of 30 judges in turn. The aim is 200 ms for all together.
func BenchmarkResults640(b *testing.B) {
	o := scoredStore(b, 640, 30)
	reportProcessor(b)
	for b.Loop() {
		var rankTime, influenceTime, explainTime time.Duration
		clock := time.Now()
		if _, err := awards.Of(o.rec).AwardBoard(b.Context()); err != nil {
			b.Fatal(err)
		}
		rankTime, clock = time.Since(clock), time.Now()
		if _, err := awards.Of(o.rec).AwardInfluence(b.Context()); err != nil {
			b.Fatal(err)
		}
		influenceTime, clock = time.Since(clock), time.Now()
		if _, err := awards.Of(o.rec).ExplainWork(b.Context(), "w000007"); err != nil {
			b.Fatal(err)
		}
		explainTime = time.Since(clock)
		b.ReportMetric(float64(rankTime.Milliseconds()), "ms/places+awards")
		b.ReportMetric(float64(influenceTime.Milliseconds()), "ms/30-judges-left-out")
		b.ReportMetric(float64(explainTime.Milliseconds()), "ms/explanation")
	}
}

// BenchmarkResults100000 computes places and awards of 100,000 works with five scores each, from the store. The aim
// is 3 s.
func BenchmarkResults100000(b *testing.B) {
	n := measure.Works(100_000)
	o := scoredStore(b, n, max(30, n/100))
	reportProcessor(b)
	for b.Loop() {
		err := o.rec.DB.View(context.Background(), func(tx store.Tx) error {
			_, err := awards.Decide(context.Background(), records.ReadingOf(tx), 1)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind searches 100,000 works for a word; the aim is 16 ms for each key typed.
func BenchmarkFind(b *testing.B) {
	n := measure.Works(100_000)
	o := scoredStore(b, n, max(30, n/100))
	f, err := o.Finder(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	reportProcessor(b)
	for b.Loop() {
		if _, total := f.Find("作品99", 50); total == 0 {
			b.Fatal("nothing found")
		}
	}
}
