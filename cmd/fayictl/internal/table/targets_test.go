package table

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
)

// instEvalHead names the columns of InstEval: students judge lecturers.
const instEvalHead = "judge,work,studage,lectage,service,dept,score"

// statsData holds the reference data that package stats is tested against.
const statsData = "../../../../judging/stats/testdata"

// BenchmarkTargets prints what the arithmetic is measured against next to what the program reaches, each line
// through the program's own verbs, files and all.
func BenchmarkTargets(b *testing.B) {
	for b.Loop() {
		t := &targets{B: b, dir: b.TempDir()}
		t.agreement()
		t.mixedModels()
		t.simulations()
		t.designs()
		t.halfMillion()
		t.print()
	}
}

// targets is the table being made.
type targets struct {
	*testing.B
	dir  string
	rows [][3]string
}

func (t *targets) row(what, target, ours string) {
	t.rows = append(t.rows, [3]string{what, target, ours})
}

func (t *targets) print() {
	fmt.Printf("\n%-62s %-22s %s\n", "measured", "target", "ours")
	for _, r := range t.rows {
		fmt.Printf("%-62s %-22s %s\n", r[0], r[1], r[2])
	}
}

// verb runs one verb in JSON form, decodes its answer into v, and returns how long it took.
func (t *targets) verb(v any, args ...string) time.Duration {
	t.Helper()
	var out, told bytes.Buffer
	begin := time.Now()
	code := command.Run(context.Background(), noun, append([]string{"--format", "json"}, args...),
		command.World{Out: &out, Err: &told, Lang: "en", Now: time.Now, Random: rand.Reader})
	took := time.Since(begin)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, told.String())
	}
	if err := json.Unmarshal(out.Bytes(), v); err != nil {
		t.Fatal(err)
	}
	return took
}

func (t *targets) agreement() {
	var a agreeJSON
	t.verb(&a, "table", "agree", "--matrix", filepath.Join(statsData, "shrout_fleiss_1979.csv"))
	worst := 0.0
	for form, want := range map[string]float64{"1,1": .165742, "2,1": .289764, "3,1": .714841, "1,4": .442797,
		"2,4": .620051, "3,4": .909316} {
		worst = max(worst, math.Abs(a.ICC[form]-want))
	}
	t.row("ICC, six forms (Shrout, Fleiss 1979): error", "1e-6", fmt.Sprintf("%.0e", worst))
	a = agreeJSON{}
	t.verb(&a, "table", "agree", "--matrix", filepath.Join(statsData, "krippendorff_4x12.csv"))
	worst = 0
	for metric, want := range map[string]float64{"nominal": .743421, "ordinal": .815388, "interval": .849107,
		"ratio": .797403} {
		worst = max(worst, math.Abs(a.Alpha[metric]-want))
	}
	t.row("Krippendorff's alpha, 4 x 12 with gaps: error", "1e-6", fmt.Sprintf("%.0e", worst))
	a = agreeJSON{}
	t.verb(&a, "table", "agree", "--matrix", filepath.Join(statsData, "USJudgeRatings.csv"))
	t.row("Kendall's W, 43 x 12: error", "1e-6", fmt.Sprintf("%.0e", math.Abs(*a.KendallW-.771136)))
}

func (t *targets) mixedModels() {
	for _, m := range []struct {
		file, head            string
		work, judge, residual float64
		criterion             float64
	}{
		{"Penicillin.csv", "score,work,judge", .716905, 3.731132, .302415, 330.86059},
		{"InstEval.csv.gz", instEvalHead, .2737348615, .1062145032, 1.387179707, 237783.8804},
	} {
		var a agreeJSON
		took := t.verb(&a, "table", "agree", t.reheaded(m.file, m.head))
		v := a.Variance
		worst := max(math.Abs(v.Work/m.work-1), math.Abs(v.Judge/m.judge-1), math.Abs(v.Residual/m.residual-1))
		t.row("REML variances of "+m.file+": relative error", "1e-5 (lme4)", fmt.Sprintf("%.0e", worst))
		t.row("REML criterion of "+m.file+": error", "", fmt.Sprintf("%.0e", math.Abs(v.Criterion-m.criterion)))
		t.row("table agree "+m.file+", with all measures", "", seconds(took))
	}
	var r rankJSON
	took := t.verb(&r, "table", "rank", t.reheaded("InstEval.csv.gz", instEvalHead), "--method", "blup", "--out",
		filepath.Join(t.dir, "blup.csv"))
	t.row("table rank --method blup, InstEval, 73,421 ratings", "0.5 s (lme4: 2.2 s)", seconds(took))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

// reheaded copies a csv of the reference data under other heads, keeping its first columns.
func (t *targets) reheaded(name, head string) string {
	rows := t.read(filepath.Join(statsData, name))
	columns := strings.Count(head, ",") + 1
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	_ = out.Write(strings.Split(head, ","))
	for _, row := range rows[1:] {
		_ = out.Write(row[:columns])
	}
	out.Flush()
	path := filepath.Join(t.dir, strings.TrimSuffix(name, ".gz"))
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func (t *targets) read(path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// simulations compares every estimate of the simulated contests with the reference's.
func (t *targets) simulations() {
	estimates, err := filepath.Glob(filepath.Join(statsData, "sim", "*.estimates.csv.gz"))
	if err != nil || len(estimates) == 0 {
		t.Fatalf("%d simulated contests: %v", len(estimates), err)
	}
	for _, m := range []struct {
		column, target string
		args           []string
	}{
		{"zscore", "1e-5", []string{"--method", "zscore"}}, {"additive_ls", "1e-5", []string{"--method", "additive"}},
		{"confidence_ls", "1e-5", []string{"--method", "confidence"}},
		{"lme4_blup", "1e-4", []string{"--method", "blup"}}, {"hier_ecm", "1e-5",
			[]string{"--method", "hier1", "--no-confidence"}}, {"hier_ecm_conf", "1e-5", []string{"--method", "hier1"}},
	} {
		worst, total := 0.0, time.Duration(0)
		for _, path := range estimates {
			var r rankJSON
			total += t.verb(&r, append([]string{"table", "rank", strings.Replace(path, ".estimates.", ".scores.", 1)},
				m.args...)...)
			want := t.estimates(path, m.column)
			for _, w := range r.Works {
				worst = max(worst, math.Abs(*w.Score-want[w.Work]))
			}
		}
		what := fmt.Sprintf("%s, %d simulated contests of 600 works: worst error", m.column, len(estimates))
		t.row(what, m.target, fmt.Sprintf("%.0e, %s each", worst, seconds(total/time.Duration(len(estimates)))))
	}
}

func (t *targets) estimates(path, column string) map[string]float64 {
	rows := t.read(path)
	out := map[string]float64{}
	for i, head := range rows[0] {
		if head != column {
			continue
		}
		for _, row := range rows[1:] {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			out[row[0]] = v
		}
	}
	return out
}

func (t *targets) designs() {
	works, judges := filepath.Join(t.dir, "works.csv"), filepath.Join(t.dir, "judges.csv")
	t.categories(works, "work", 600, 1)
	t.categories(judges, "judge", 30, 2)
	for _, d := range []struct {
		works, judges, perWork int
		more                   []string
		best                   string
	}{
		{3000, 125, 5, nil, "1.0000, A-eff .9999"},
		{600, 30, 3, nil, "1.0000, A-eff .9998"},
		{600, 30, 5, nil, "1.0000"},
		{600, 30, 3, []string{"--works-categories", works, "--judges-categories", judges}, "near 1, A-eff .952"},
		{100_000, 1000, 5, nil, "1.0430 in 4.0 s"},
	} {
		var p designJSON
		args := []string{"table", "design", "--works", fmt.Sprint(d.works), "--judges", fmt.Sprint(d.judges),
			"--per-work", fmt.Sprint(d.perWork),
			"--out", filepath.Join(t.dir, "design.csv")}
		took := t.verb(&p, append(args, d.more...)...)
		what := fmt.Sprintf("design %d x %d x %d: sum of squares / bound", d.works, d.judges, d.perWork)
		if d.more != nil {
			what = fmt.Sprintf("design %d x %d x %d, 5 categories, 2 a judge", d.works, d.judges, d.perWork)
		}
		t.row(what, d.best, fmt.Sprintf("%.4f (%d), A-eff %.4f, loads %d-%d, %s",
			float64(p.PairSumSquares)/float64(p.Bound), p.PairSumSquares, p.AEfficiency,
			p.Loads.Min, p.Loads.Max, seconds(took)))
	}
}

// categories writes n works or judges with each of them in so many of five categories.
func (t *targets) categories(path, kind string, n, each int) {
	var text strings.Builder
	fmt.Fprintf(&text, "%s,category\n", kind)
	for i := range n {
		for k := range each {
			fmt.Fprintf(&text, "%d,c%d\n", i+1, (i+k*(1+i/5%4))%5)
		}
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// halfMillion ranks 100,000 works by the plan just made, scored by a fixed rule.
func (t *targets) halfMillion() {
	var text bytes.Buffer
	text.WriteString("work,judge,score\n")
	for i, row := range t.read(filepath.Join(t.dir, "design.csv"))[1:] {
		w, _ := strconv.Atoi(row[0])
		j, _ := strconv.Atoi(row[1])
		fmt.Fprintf(&text, "%s,%s,%d\n", row[0], row[1], 50+w*7919%31+j%11+i*104729%13)
	}
	path := filepath.Join(t.dir, "half_million.csv")
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	text = bytes.Buffer{}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var r rankJSON
	took := t.verb(&r, "table", "rank", path, "--method", "hier", "--out", filepath.Join(t.dir, "ranks.csv"))
	runtime.ReadMemStats(&after)
	t.row("table rank --method hier, 500,000 scores, file to file", "1.5 s, 200 MB (16.7 s)",
		fmt.Sprintf("%s, %d MB allocated in all", seconds(took), (after.TotalAlloc-before.TotalAlloc)>>20))
}
