package stats_test

import (
	"context"
	"math"
	"testing"

	"fayi/judging/stats"
)

// matrix builds a table from a file with a row per work and a column per judge; byJudge turns it round. Empty cells
// are gaps.
func (f *frame) matrix(columns []string, byJudge bool) stats.Table {
	var t stats.Table
	for r := range f.rows {
		for c, name := range columns {
			s := stats.Score{Work: r, Judge: c, Value: f.number(r, name)}
			if byJudge {
				s.Work, s.Judge = s.Judge, s.Work
			}
			if math.IsNaN(s.Value) {
				continue
			}
			t.Scores = append(t.Scores, s)
			t.Works, t.Judges = max(t.Works, s.Work+1), max(t.Judges, s.Judge+1)
		}
	}
	return t
}

// columns returns the names of the columns but the first skip.
func (f *frame) columns(skip int) []string {
	names := make([]string, len(f.head))
	for name, i := range f.head {
		names[i] = name
	}
	return names[skip:]
}

func agree(tb testing.TB, t stats.Table) stats.Agreement {
	tb.Helper()
	a, err := stats.Agree(context.Background(), t)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: %.9g, want %.9g", what, got, want)
	}
}

func TestICCMatchesShroutAndFleiss(t *testing.T) {
	f, want := must(t, "shrout_fleiss_1979.csv"), must(t, "shrout_fleiss_1979.expected.csv")
	got := agree(t, f.matrix(f.columns(1), false)).ICC
	for r, name := range []string{"1,1", "2,1", "3,1", "1,k", "2,k", "3,k"} {
		c := got[r]
		if c.Form != name {
			t.Fatalf("form %q, want %q", c.Form, name)
		}
		for col, x := range map[string]float64{
			"ICC":     c.Value,
			"F":       c.F,
			"df1":     c.DF1,
			"df2":     c.DF2,
			"p":       c.P,
			"lower95": c.Lo,
			"upper95": c.Hi,
		} {
			near(t, name+" "+col, x, want.number(r, col), 1e-6)
		}
	}
}

func TestOneWayOfACompleteTableIsItsFirstForm(t *testing.T) {
	f := must(t, "shrout_fleiss_1979.csv")
	table := f.matrix(f.columns(1), false)
	want, got := agree(t, table).ICC[0], stats.OneWay(table)
	near(t, "ICC", got.Value, want.Value, 1e-9)
	near(t, "lower95", got.Lo, want.Lo, 1e-9)
	near(t, "upper95", got.Hi, want.Hi, 1e-9)
	table.Scores = table.Scores[2:] // a gap
	if gap := stats.OneWay(table); !(gap.Lo < gap.Value && gap.Value < gap.Hi) {
		t.Errorf("with a gap: %+v", gap)
	}
	if none := stats.OneWay(stats.Table{
		Works:  3,
		Judges: 1,
		Scores: []stats.Score{{Value: 1}, {Work: 1, Value: 2}},
	}); none != (stats.ICC{}) {
		t.Errorf("one score a work: %+v", none)
	}
}

func TestAlphaMatchesKrippendorff(t *testing.T) {
	for _, name := range []string{"krippendorff_4x12", "krippendorff_3x15"} {
		f, want := must(t, name+".csv"), must(t, name+".expected.csv").column("alpha")
		a := agree(t, f.matrix(f.columns(1), true)).Alpha
		for i, x := range []float64{a.Nominal, a.Ordinal, a.Interval, a.Ratio} {
			near(t, name, x, want[i], 1e-9)
		}
	}
}

func TestKendallIsCorrectedForTies(t *testing.T) {
	want := must(t, "kendall_W.expected.csv")
	wine, judges := must(t, "ordinal_wine.csv"), must(t, "USJudgeRatings.csv")
	table := func(value string) stats.Table { t, _, _ := wine.table("bottle", "judge", value); return t }
	tables := map[string]func() stats.Table{
		"ordinal_wine(rating)":   func() stats.Table { return table("rating") },
		"ordinal_wine(response)": func() stats.Table { return table("response") },
		"USJudgeRatings":         func() stats.Table { return judges.matrix(judges.columns(1), false) },
	}
	for r := range want.rows {
		name := want.text(r, "dataset")
		build, bundled := tables[name]
		if !bundled { // the irr tables are not ours to bundle
			f := read(t, name+".csv")
			if f == nil {
				t.Logf("%s is not beside the repository", name)
				continue
			}
			build = func() stats.Table { return f.matrix(f.columns(0), false) }
		}
		k := agree(t, build()).Kendall
		near(t, name+" W", k.W, want.number(r, "W_corrected"), 1e-9)
		near(t, name+" chi2", k.Chi2, want.number(r, "chisq"), 1e-9)
		near(t, name+" p", k.P/want.number(r, "p"), 1, 1e-6)
		near(t, name+" df", float64(k.DF), want.number(r, "df"), 0)
	}
}

func TestVariancesMatchLme4(t *testing.T) {
	instEval, _, _ := must(t, "InstEval.csv.gz").table("d", "s", "y")
	v, want := agree(t, instEval).Variance, must(t, "InstEval.expected.csv")
	near(t, "lecturers", v.Work/want.number(0, "var_d"), 1, 1e-5)
	near(t, "students", v.Judge/want.number(0, "var_s"), 1, 1e-5)
	near(t, "residual", v.Residual/want.number(0, "var_resid"), 1, 1e-5)
	near(t, "intercept", v.Mean, want.number(0, "intercept"), 1e-6)
	near(t, "criterion", v.Criterion, want.number(0, "criterion"), 1e-9)
}

// The table has no gaps, so REML is the analysis of variance: its mean squares give the truth to the last digit,
// and lme4's published figures stop 6e-5 short of it, at a criterion above ours.
func TestVariancesOfACompleteTableAreThoseOfAnova(t *testing.T) {
	penicillin, _, _ := must(t, "Penicillin.csv").table("plate", "sample", "diameter")
	a, want := agree(t, penicillin), must(t, "Penicillin.expected.csv").column("value")
	n, k := 24.0, 6.0
	three := a.ICC[2]
	error := a.Variance.Residual
	near(t, "plates by F", a.Variance.Work, (three.F-1)*error/k, 1e-9)
	near(t, "freedom", three.DF1, n-1, 0)
	for i, x := range []float64{a.Variance.Work, a.Variance.Judge, error, a.Variance.Mean, a.Variance.Criterion} {
		near(t, "lme4", x/want[i], 1, 1e-4)
	}
	if a.Variance.Criterion > want[4] {
		t.Errorf("criterion %.9f above lme4's %.9f", a.Variance.Criterion, want[4])
	}
}

func TestPredictorsMatchLme4(t *testing.T) {
	instEval, works, judges := must(t, "InstEval.csv.gz").table("d", "s", "y")
	r := rank(t, instEval, stats.BLUP, stats.Options{})
	wantWork := labelled(must(t, "InstEval.blup.d.csv.gz"), "blup")
	wantJudge := labelled(must(t, "InstEval.blup.s.csv.gz"), "blup")
	for i, label := range works {
		near(t, "lecturer "+label, r.Works[i].Value, wantWork[label], 1e-4)
	}
	for j, label := range judges {
		near(t, "student "+label, r.Judges[j].Severity, wantJudge[label], 1e-4)
	}
	penicillin, plates, _ := must(t, "Penicillin.csv").table("plate", "sample", "diameter")
	r, want := rank(t, penicillin, stats.BLUP, stats.Options{}), labelled(must(t, "Penicillin.blup.csv"), "blup")
	for i, label := range plates {
		near(t, "plate "+label, r.Works[i].Value, want[label], 1e-4)
	}
}

func labelled(f *frame, column string) map[string]float64 {
	m := map[string]float64{}
	for r := range f.rows {
		m[f.text(r, "id")] = f.number(r, column)
	}
	return m
}
