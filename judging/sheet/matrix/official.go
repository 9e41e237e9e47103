package matrix

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// official computes the official score; the billionth puts halves that a binary fraction falls short of where they
// belong.
func (b book) official(w Row, r int, count, offset string) string {
	if b.Combine.Method == judging.RankSum {
		return fmt.Sprintf("ROUND(%s+0.000000001,%d)", b.ranks(r), b.Combine.Decimals)
	}
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
	return fmt.Sprintf("ROUND(MAX(0,%s+%s)+0.000000001,%d)", b.heard(sums, r), offset, b.Combine.Decimals)
}

// made combines the scores of the judges from one column on up to another.
func (b book) made(w Row, r, from, to int, count string) string {
	if w.Marks == nil {
		return b.kept(b.scoresOf(r, from, to), count, w.ByMean)
	}
	if w.partial() {
		return b.scaled(w, r, from, to)
	}
	var sums []string
	for k := range w.Marks {
		sums = append(sums, b.kept(b.marksOf(k, r, from, to), count, w.ByMean))
	}
	return strings.Join(sums, "+")
}

// scaled combines each criterion by the marks that it has, and brings the sum of those that have some to the full mark.
func (b book) scaled(w Row, r, from, to int) string {
	var sums, of []string
	var full judging.Points
	for k, c := range w.Criteria {
		area := b.marksOf(k, r, from, to)
		own := "COUNT(" + area + ")"
		weight := judging.Exact(c.Weight)
		sums = append(sums, fmt.Sprintf("IF(%s=0,0,%s)", own, b.kept(area, own, w.ByMean)))
		of = append(of, fmt.Sprintf("IF(%s=0,0,%s)", own, weight))
		full += weight
	}
	return fmt.Sprintf("(%s)*%s/(%s)", strings.Join(sums, "+"), full, strings.Join(of, "+"))
}

// ranks adds up the ranks that the judges gave the work in row r within its list, by totals with what the office added
// or took off; works of equal totals share the mean of their ranks.
func (b book) ranks(r int) string {
	list := fmt.Sprintf("(%s=$C%d)*(%s=$D%d)", b.all("C", false), r, b.all("D", false), r)
	offsets, own := b.all(b.letter(colOffset), false), fmt.Sprintf("%s%d", b.letter(colOffset), r)
	var sum []string
	for j := range b.Judges {
		column := grid.ColumnLetters(firstJudge + j)
		cell, given := fmt.Sprintf("%s%d", column, r), b.all(column, false)
		count := func(compare string) string {
			return fmt.Sprintf(
				"SUMPRODUCT(%s*ISNUMBER(%s)*(ROUND(%s+%s,9)%sROUND(%s+%s,9)))",
				list, given, given, offsets, compare, cell, own,
			)
		}
		sum = append(sum, fmt.Sprintf("IF(ISNUMBER(%s),%s+(%s+1)/2,0)", cell, count(">"), count("=")))
	}
	return strings.Join(sum, "+")
}

// unplaced says of the work in row r that it has too few scores for a place, or none of a panel, or is out.
func (b book) unplaced(w Row, r int, count string) string {
	if w.Out {
		return "TRUE"
	}
	out := fmt.Sprintf("%s<%d", count, max(1, b.Least))
	if b.Audience != nil {
		out = fmt.Sprintf("OR(%s,COUNT(%s%d)=0)", out, b.letter(colVotes), r)
	}
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
	case b.Combine.Method == terms.InFavour:
		return fmt.Sprintf("100*COUNTIF(%s,%v)/%s", area, voting.For, count)
	case b.Combine.Method == terms.Sum:
		return "SUM(" + area + ")"
	case b.Combine.Method == terms.Places:
		return fmt.Sprintf("%d*COUNTIF(%s,\">%v\")-SUM(%s)", b.Combine.Best+1, area, voting.Against, area)
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
