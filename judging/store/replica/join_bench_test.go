package replica_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging/store"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/logtest"
	"fayi/judging/store/replica/pglog"
)

// BenchmarkJoin100000Works shares what 100,000 works and their index take, appends 500,000 records like scores, a
// hundred to an entry as waiting saves are merged, and joins: by the log, and by a snapshot. Limit of a join: 30 s.
func BenchmarkJoin100000Works(b *testing.B) {
	const works, scores, together = 100_000, 500_000, 100
	for _, k := range []struct {
		name string
		open func(address string) (replica.Log, error)
	}{
		{"etcd", func(at string) (replica.Log, error) { return etcdlog.Open(at + "/bench") }},
		{"postgres", func(at string) (replica.Log, error) { return pglog.Open(at + "&log=bench") }},
	} {
		b.Run(k.name, func(b *testing.B) {
			cluster := logtest.Start(b, k.name)
			at := cluster.Addrs[0]
			for b.Loop() {
				log := openLog(b, k.open, at)
				first := filledWith(b, works)
				began := time.Now()
				s, err := replica.Begin(b.Context(), first, log, replica.Share{Address: at}, nil, nil)
				mustB(b, err)
				b.Logf("shared in %.1f s", time.Since(began).Seconds())
				db, err := replica.Open(b.Context(), first, log, nil)
				mustB(b, err)
				began = time.Now()
				for i := 0; i < scores; i += together {
					mustB(b, db.Update(b.Context(), func(tx store.Tx) error {
						for n := i; n < i+together; n++ {
							key := fmt.Appendf(nil, "score\x00w%06d\x00j%03d", n%works, n/works)
							if err := tx.Put(key, fmt.Appendf(nil, scoreLike, n%100, n, n)); err != nil {
								return err
							}
						}
						return nil
					}))
				}
				b.ReportMetric(logBytes(b, k.open, at)/1e6, "MB-log")
				b.ReportMetric(engineBytes(b, k.name, cluster)/1e6, "MB-engine")
				b.Logf("%d entries of scores in %.1f s", scores/together, time.Since(began).Seconds())
				b.ReportMetric(joinTime(b, k.open, at, s), "s/join-by-log")
				began = time.Now()
				snap, err := db.Condense(b.Context(), time.Now)
				mustB(b, err)
				b.Logf("snapshot of %d records, %.1f MB, in %.1f s", snap.Records, float64(snap.Bytes)/1e6,
					time.Since(began).Seconds())
				b.ReportMetric(float64(db.Status().Position), "entries")
				b.ReportMetric(float64(snap.Bytes)/1e6, "MB-snapshot")
				b.ReportMetric(joinTime(b, k.open, at, s), "s/join-by-snapshot")
				mustB(b, db.Close())
			}
		})
	}
}

// logBytes is how much all entries are.
func logBytes(b *testing.B, open func(string) (replica.Log, error), at string) (n float64) {
	b.Helper()
	log := openLog(b, open, at)
	defer log.Close()
	for from := uint64(1); ; {
		entries, err := log.Read(b.Context(), from)
		mustB(b, err)
		if len(entries) == 0 {
			return n
		}
		for _, e := range entries {
			n += float64(len(e))
		}
		from += uint64(len(entries))
	}
}

// engineBytes is what an engine keeps for them: the database of one member of etcd, or PostgreSQL's tables with their
// indexes. What either writes ahead is not in it: it comes to an end by itself.
func engineBytes(b *testing.B, kind string, c *logtest.Cluster) float64 {
	b.Helper()
	if kind == "etcd" {
		info, err := os.Stat(filepath.Join(c.Dir(), "m1/member/snap/db"))
		mustB(b, err)
		return float64(info.Size())
	}
	out, err := exec.Command("psql", c.Addrs[0], "-Atc",
		"SELECT pg_total_relation_size('fayi_log') + pg_total_relation_size('fayi_note')").Output()
	mustB(b, err)
	n, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	mustB(b, err)
	return n
}

const scoreLike = `{"work":"w","judge":"j","total":%d,"items":[20,21,22,23],"at":"2026-05-12T09:30:00Z",` +
	`"mark":"%d","n":%d}`

const workLike = `{"id":"w%06d","code":"SF-%06d","title":"法治之光照%x","unit":"示例县第%d中学","category":"书法",` +
	`"group":"学生组","authors":[{"name":"王%x","phone":"138%08d"}],"files":[{"name":"%x.jpg","sum":"%x%x",` +
	`"size":%d}]}`

func openLog(b *testing.B, open func(string) (replica.Log, error), at string) replica.Log {
	b.Helper()
	log, err := open(at)
	mustB(b, err)
	return log
}

func joinTime(b *testing.B, open func(string) (replica.Log, error), at string, s replica.Share) float64 {
	b.Helper()
	log := openLog(b, open, at)
	defer log.Close()
	db := localOf(b)
	defer db.Close()
	s.Position, s.Sum, s.Whole = 0, nil, false
	began := time.Now()
	mustB(b, replica.Join(b.Context(), db, log, s, nil))
	return time.Since(began).Seconds()
}

func mustB(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// filledWith is a store with as many records as so many works take, of a length like theirs.
func filledWith(b *testing.B, works int) replica.Local {
	b.Helper()
	db := localOf(b)
	r := rand.New(rand.NewPCG(1, 1))
	cost := func(int) (int, int) { return 3, 1500 }
	mustB(b, store.Bulk(b.Context(), db, works, cost, func(tx store.Tx, i int) error {
		work := fmt.Sprintf(workLike, i, i, r.Uint32(), r.IntN(300), r.Uint32(), r.IntN(1e8), r.Uint64(), r.Uint64(),
			r.Uint64(), r.IntN(1e7))
		for key, value := range map[string]string{
			fmt.Sprintf("work\x00w%06d", i): work, fmt.Sprintf("work\x01code\x00SF-%06d\x00w%06d", i, i): "",
			fmt.Sprintf("work\x01unit\x00%03d\x00w%06d", r.IntN(300), i): "",
		} {
			if err := tx.Put([]byte(key), []byte(value)); err != nil {
				return err
			}
		}
		return nil
	}, nil))
	return db
}
