package stats_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fayi/judging/stats"
)

// frame is a csv file by column name.
type frame struct {
	head map[string]int
	rows [][]string
}

// read loads a csv file of testdata, or of the shared data next to the repository; nil where neither has it.
func read(tb testing.TB, name string) *frame {
	tb.Helper()
	for _, dir := range []string{"testdata", filepath.Join("..", "..", "..", "shared", "data")} {
		file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		defer file.Close()
		var r io.Reader = file
		if strings.HasSuffix(name, ".gz") {
			if r, err = gzip.NewReader(file); err != nil {
				tb.Fatal(err)
			}
		}
		rows, err := csv.NewReader(r).ReadAll()
		if err != nil {
			tb.Fatal(err)
		}
		f := &frame{map[string]int{}, rows[1:]}
		for i, h := range rows[0] {
			f.head[h] = i
		}
		return f
	}
	return nil
}

// must is read for data that the package includes.
func must(tb testing.TB, name string) *frame {
	tb.Helper()
	f := read(tb, name)
	if f == nil {
		tb.Fatalf("%s is missing", name)
	}
	return f
}

func (f *frame) text(row int, col string) string { return f.rows[row][f.head[col]] }

func (f *frame) number(row int, col string) float64 {
	x, err := strconv.ParseFloat(f.text(row, col), 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

func (f *frame) column(col string) []float64 {
	out := make([]float64, len(f.rows))
	for i := range out {
		out[i] = f.number(i, col)
	}
	return out
}

// table builds a table from two label columns and a value column, numbering labels in order of appearance; the
// labels come back.
func (f *frame) table(work, judge, value string) (t stats.Table, works, judges []string) {
	id := func(seen map[string]int, list *[]string, label string) int {
		i, ok := seen[label]
		if !ok {
			i = len(*list)
			seen[label] = i
			*list = append(*list, label)
		}
		return i
	}
	sw, sj := map[string]int{}, map[string]int{}
	for r := range f.rows {
		w, j := id(sw, &works, f.text(r, work)), id(sj, &judges, f.text(r, judge))
		t.Scores = append(t.Scores, stats.Score{Work: w, Judge: j, Value: f.number(r, value)})
	}
	t.Works, t.Judges = len(works), len(judges)
	return t, works, judges
}

// simulated loads one simulated contest; work and judge n of the files are n-1 here. With confidence, scores weigh
// by it.
func simulated(tb testing.TB, name string, confidence bool) stats.Table {
	f := must(tb, "sim/"+name+".scores.csv.gz")
	t := stats.Table{
		Works:  len(must(tb, "sim/"+name+".truth.csv.gz").rows),
		Judges: len(must(tb, "sim/"+name+".judges.csv.gz").rows),
	}
	for r := range f.rows {
		s := stats.Score{
			Work:  int(f.number(r, "work")) - 1,
			Judge: int(f.number(r, "judge")) - 1,
			Value: f.number(r, "score"),
		}
		if confidence {
			s.Weight = stats.ConfidenceWeight(int(f.number(r, "confidence")))
		}
		t.Scores = append(t.Scores, s)
	}
	return t
}

func rank(tb testing.TB, t stats.Table, m stats.Method, o stats.Options) stats.Result {
	tb.Helper()
	r, err := stats.Rank(context.Background(), t, m, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func values(r stats.Result) []float64 {
	out := make([]float64, len(r.Works))
	for i, w := range r.Works {
		out[i] = w.Value
	}
	return out
}

func everyWork(r stats.Result) []int {
	all := make([]int, len(r.Works))
	for i := range all {
		all[i] = i
	}
	return all
}
