package matrix

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// official computes the official score; the billionth puts halves that a binary fraction falls short of where they
// belong.
func (b book) official(w Row, r int, count, offset string) string {
	sums := b.made(w, r, 0, len(b.Judges), count)
	if len(b.Panels) > 0 {
		var parts []string
		from := 0
		for _, p := range b.Panels {
			if p.Judges == 0 {
				continue // no work has a place then
			}
			own := fmt.Sprintf("COUNT(%s)", b.scoresOf(r, from, from+p.Judges))
			part := b.made(w, r, from, from+p.Judges, own)
			parts = append(parts, fmt.Sprintf("(%s)*%s/100", part, judging.Exact(p.Weight)))
			from += p.Judges
		}
		sums = strings.Join(parts, "+")
	}
	return fmt.Sprintf("ROUND(MAX(0,%s+%s)+0.000000001,%d)", sums, offset, b.Combine.Decimals)
}

// made combines the scores of the judges from one column on up to another.
func (b book) made(w Row, r, from, to int, count string) string {
	if w.Marks == nil {
		return b.kept(b.scoresOf(r, from, to), count, w.ByMean)
	}
	var sums []string
	for k := range w.Marks {
		sums = append(sums, b.kept(b.marksOf(k, r, from, to), count, w.ByMean))
	}
	return strings.Join(sums, "+")
}

// unplaced says of the work in row r that it has too few scores for a place, or none of a panel.
func (b book) unplaced(r int, count string) string {
	out := fmt.Sprintf("%s<%d", count, max(1, b.Least))
	if len(b.Panels) == 0 {
		return out
	}
	from := 0
	for _, p := range b.Panels {
		if p.Judges == 0 {
			return "TRUE"
		}
		out += fmt.Sprintf(",COUNT(%s)=0", b.scoresOf(r, from, from+p.Judges))
		from += p.Judges
	}
	return "OR(" + out + ")"
}

// heads are the judges' names, with their panels where there are some.
func (b book) heads() []string {
	if len(b.Panels) == 0 {
		return b.Judges
	}
	var out []string
	for _, p := range b.Panels {
		for range p.Judges {
			judge := b.Judges[len(out)]
			out = append(out, b.words("matrix.judge_of", map[string]any{"Judge": judge, "Panel": p.Name}))
		}
	}
	return out
}

// kept is the mean of what the way to combine keeps of the cells of an area, count of which have a number.
func (b book) kept(area, count string, byMean bool) string {
	mean := fmt.Sprintf("SUM(%s)/%s", area, count)
	switch low, high := b.Combine.Trims(); {
	case b.Combine.Method == judging.Median:
		return "MEDIAN(" + area + ")"
	case b.Combine.Method == judging.Best:
		return fmt.Sprintf(
			"IF(%s>%d,%s/%d,%s)", count, b.Combine.Best, outermost("LARGE", area, b.Combine.Best), b.Combine.Best, mean,
		)
	case b.Combine.Method == judging.Trimmed && !byMean:
		trimmed := "SUM(" + area + ")"
		for _, out := range []struct {
			f string
			n int
		}{{"LARGE", high}, {"SMALL", low}} {
			if out.n > 0 {
				trimmed += "-" + outermost(out.f, area, out.n)
			}
		}
		return fmt.Sprintf("IF(%s>=%d,(%s)/(%s-%d),%s)", count, b.Combine.From(), trimmed, count, low+high, mean)
	}
	return mean
}

// outermost is the sum of the n largest or smallest of an area.
func outermost(f, area string, n int) string {
	switch {
	case n == 1 && f == "LARGE":
		return "MAX(" + area + ")"
	case n == 1:
		return "MIN(" + area + ")"
	}
	places := make([]string, n)
	for i := range places {
		places[i] = fmt.Sprint(i + 1)
	}
	return fmt.Sprintf("SUMPRODUCT(%s(%s,{%s}))", f, area, strings.Join(places, ","))
}

// scoresOf are the totals of the work in row r by the judges from one on up to another.
func (b book) scoresOf(r, from, to int) string {
	first, last := grid.ColumnLetters(firstJudge+from), grid.ColumnLetters(firstJudge+to-1)
	return fmt.Sprintf("%s%d:%s%d", first, r, last, r)
}
