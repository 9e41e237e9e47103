package stats

import "gonum.org/v1/gonum/stat/distuv"

// ICC is an intraclass correlation (Shrout and Fleiss 1979) with its 95 % interval and its F test against 0.
type ICC struct {
	Form     string // "1,1", "2,1", "3,1" for one judge; "1,k", "2,k", "3,k" for the mean of all
	Value    float64
	Lo, Hi   float64
	F        float64
	DF1, DF2 float64
	P        float64
}

// anova is the two-way analysis of variance of a complete table: n works, k judges, mean squares.
type anova struct {
	n, k                          float64
	works, within, judges, errors float64
}

// analyse returns the mean squares of d, in which every judge scored every work.
func (d *data) analyse() anova {
	a := anova{n: float64(d.Works), k: float64(d.Judges)}
	y := d.counted(Mean)
	grand, total := moments(y, d.everyScore())
	works, judges := 0.0, 0.0
	for i := range d.Works {
		m, _ := moments(y, d.byWork.of(i))
		works += a.k * (m - grand) * (m - grand)
	}
	for j := range d.Judges {
		m, _ := moments(y, d.byJudge.of(j))
		judges += a.n * (m - grand) * (m - grand)
	}
	a.works, a.judges = works/(a.n-1), judges/(a.k-1)
	a.within, a.errors = (total-works)/(a.n*(a.k-1)), (total-works-judges)/((a.n-1)*(a.k-1))
	return a
}

// icc returns the six forms, or none where the table has gaps, fewer than two works or judges, or scores that leave
// no error.
func (d *data) icc() []ICC {
	if !d.complete() || d.Works < 2 || d.Judges < 2 {
		return nil
	}
	a := d.analyse()
	if !(a.within > 0) || !(a.errors > 0) {
		return nil
	}
	one, two, three := a.oneWay(), a.random(), a.fixed()
	return []ICC{one, two, three, a.average(one), a.average(two), a.average(three)}
}

// oneWay is form 1,1: each work has judges of its own.
func (a anova) oneWay() ICC {
	c := test("1,1", a.works/a.within, a.n-1, a.n*(a.k-1))
	return a.fill(c)
}

// fixed is form 3,1: these judges are the only ones of interest, and their severity does not count as error.
func (a anova) fixed() ICC {
	c := test("3,1", a.works/a.errors, a.n-1, (a.n-1)*(a.k-1))
	return a.fill(c)
}

// fill derives value and interval from an F ratio.
func (a anova) fill(c ICC) ICC {
	of := func(f float64) float64 { return (f - 1) / (f + a.k - 1) }
	c.Value, c.Lo, c.Hi = of(c.F), of(c.F/quantileF(c.DF1, c.DF2)), of(c.F*quantileF(c.DF2, c.DF1))
	return c
}

// random is form 2,1: the judges are a sample, and their severity counts as error. The interval is Satterthwaite's.
func (a anova) random() ICC {
	n, k := a.n, a.k
	c := test("2,1", a.works/a.errors, n-1, (n-1)*(k-1))
	c.Value = (a.works - a.errors) / (a.works + (k-1)*a.errors + k*(a.judges-a.errors)/n)
	fj, r := a.judges/a.errors, c.Value
	spread := k*r*fj + n*(1+(k-1)*r) - k*r
	rest := n*(1+(k-1)*r) - k*r
	v := (k - 1) * (n - 1) * spread * spread / ((n-1)*k*k*r*r*fj*fj + rest*rest)
	up, down := quantileF(n-1, v), quantileF(v, n-1)
	noise := k*a.judges + (k*n-k-n)*a.errors
	c.Lo = n * (a.works - up*a.errors) / (up*noise + n*a.works)
	c.Hi = n * (down*a.works - a.errors) / (noise + n*down*a.works)
	return c
}

// average turns a form for one judge into that for the mean of k (Spearman-Brown).
func (a anova) average(c ICC) ICC {
	up := func(r float64) float64 { return r * a.k / (1 + r*(a.k-1)) }
	c.Form = c.Form[:2] + "k"
	c.Value, c.Lo, c.Hi = up(c.Value), up(c.Lo), up(c.Hi)
	return c
}

func test(form string, f, df1, df2 float64) ICC {
	return ICC{Form: form, F: f, DF1: df1, DF2: df2, P: distuv.F{D1: df1, D2: df2}.Survival(f)}
}

func quantileF(df1, df2 float64) float64 { return distuv.F{D1: df1, D2: df2}.Quantile(.975) }

// complete reports whether every judge scored every work.
func (d *data) complete() bool { return len(d.Scores) == d.Works*d.Judges }

// OneWay returns the intraclass correlation 1,1 of any table, with gaps too: each work has judges of its own, and
// their severity counts as error. For works with different numbers of scores k0 = (N - Σk²/N)/(n - 1) stands for k
// (Donner, Koval 1980); the interval is then near. It is the zero ICC where t fails Check, fewer than two works
// have scores, no work has two, or the scores leave no error.
func OneWay(t Table) ICC {
	if t.Check() != nil {
		return ICC{}
	}
	sum, count, grand := make([]float64, t.Works), make([]float64, t.Works), 0.0
	for _, s := range t.Scores {
		sum[s.Work] += s.Value
		count[s.Work]++
		grand += s.Value
	}
	all := float64(len(t.Scores))
	grand /= max(all, 1)
	n, squares, between, within := 0.0, 0.0, 0.0, 0.0
	for i, k := range count {
		if k == 0 {
			continue
		}
		n++
		squares += k * k
		between += k * (sum[i]/k - grand) * (sum[i]/k - grand)
	}
	for _, s := range t.Scores {
		d := s.Value - sum[s.Work]/count[s.Work]
		within += d * d
	}
	if n < 2 || all <= n || !(within > 0) {
		return ICC{}
	}
	a := anova{n: n, k: (all - squares/all) / (n - 1)}
	return a.fill(test("1,1", between/(n-1)/(within/(all-n)), n-1, all-n))
}
