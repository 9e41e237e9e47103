package match

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"
)

// tally is how well a noisy set was matched.
type tally struct {
	files, own     int // all; those that belong to a row
	taken, right   int // as certain; of these to the right row
	offered        int // own files whose row was taken or offered
	first          int // own files whose row was taken or offered first
	byKind, goodOf map[string]int
}

func score(m *noiseSet, pairs []Pair) tally {
	t := tally{byKind: map[string]int{}, goodOf: map[string]int{}}
	for i, p := range pairs {
		t.files++
		t.byKind[m.kinds[i]]++
		want := m.truth[i]
		if want >= 0 {
			t.own++
		}
		good := p.Fit == Matched && p.Row == want || p.Fit != Matched && want < 0
		if good {
			t.goodOf[m.kinds[i]]++
		}
		if p.Fit == Matched {
			t.taken++
			if p.Row == want {
				t.right++
			}
		}
		if want < 0 {
			continue
		}
		at := slices.IndexFunc(p.Offers, func(o Offer) bool { return o.Row == want })
		if p.Row == want || at >= 0 {
			t.offered++
		}
		if p.Row == want || at == 0 {
			t.first++
		}
	}
	return t
}

func (t tally) precision() float64 { return float64(t.right) / float64(max(t.taken, 1)) }

func (t tally) recall() float64 { return float64(t.right) / float64(max(t.own, 1)) }

func (t tally) String() string {
	s := fmt.Sprintf(
		"files %d, of a work %d, taken %d, precision %.4f, recall %.4f, right one taken or offered %.4f, first %.4f",
		t.files, t.own, t.taken,
		t.precision(),
		t.recall(),
		float64(t.offered)/float64(t.own),
		float64(t.first)/float64(t.own),
	)
	for _, k := range slices.Sorted(maps.Keys(t.byKind)) {
		s += fmt.Sprintf("; %s %d: %.3f", k, t.byKind[k], float64(t.goodOf[k])/float64(t.byKind[k]))
	}
	return s
}

func TestReconciliationKeepsItsPromiseOnTheNoiseModel(t *testing.T) {
	for seed := range uint64(3) {
		m := newNoiseSet(1500, seed)
		pairs := Match(m.rows, m.files)
		got := score(m, pairs)
		if got.precision() < 0.995 || got.recall() < 0.95 {
			t.Errorf("seed %d: %v", seed, got)
		}
		if os.Getenv("NOISE") != "" {
			report(t, m, pairs)
		}
	}
}

// report prints what went wrong, for tuning.
func report(t *testing.T, m *noiseSet, pairs []Pair) {
	for i, p := range pairs {
		if want := m.truth[i]; p.Fit == Matched && p.Row != want || p.Fit != Matched && want >= 0 {
			w := Row{}
			if want >= 0 {
				w = m.rows[want]
			}
			t.Logf(
				"%s\n   want %v %q %v\n   got %s %s row %d %.2f %+v", m.files[i].Path, w.Title, w.Authors, w.Number,
				p.Fit, p.Reason, p.Row, p.Score, p.Offers[:min(3, len(p.Offers))],
			)
			if p.Row >= 0 {
				t.Logf("      %+v", m.rows[p.Row])
			}
		}
	}
}

func BenchmarkReconcile10000(b *testing.B) {
	m := newNoiseSet(10_000, 1)
	var pairs []Pair
	start := time.Now()
	for b.Loop() {
		pairs = Match(m.rows, m.files)
	}
	took := time.Since(start).Seconds() / float64(b.N)
	t := score(m, pairs)
	b.Logf("%d rows × %d names in %.2f s: %v", len(m.rows), len(m.files), took, t)
	b.ReportMetric(t.precision(), "precision")
	b.ReportMetric(t.recall(), "recall")
}
