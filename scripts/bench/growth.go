package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"fayi/internal/measure"
)

// sizes are the contests that growth is measured in, in works.
var sizes = []int{600, 3000, 15_000, 100_000}

// growth is something whose time is measured for each size.
type growth struct {
	what   string
	pkg    string
	bench  string
	metric string
	scale  float64 // to milliseconds
}

var growths = []growth{
	{"a contest is opened and a category listed", "./judging/office", "OpenAndList100000", "processor-ms/op", 1},
	{"overview", "./judging/office", "Overview100000", "processor-ms/overview", 1},
	{"search, each key", "./judging/office", "Find", "processor-ms/op", 1},
	{"places and awards", "./judging/office", "Results100000", "processor-ms/op", 1},
	{"works are imported", "./judging/office", "ImportCost100000", "cpu-s", 1000},
	{"near-duplicates among pictures", "./judging/media/likeness", "AlikePictures", "processor-ms/op", 1},
	{"assignment in 8 categories", "./judging/assign", "SolveHugeCategories", "processor-ms/op", 1},
}

// chooseGrowths picks those that are about one of the words but "growth"; all where there is none.
func chooseGrowths(all []growth, words []string) []growth {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "growth" })
	return slices.DeleteFunc(slices.Clone(all), func(g growth) bool {
		return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
			return strings.Contains(g.what+" "+g.bench, w)
		})
	})
}

// measureGrowth returns for each growth its milliseconds by size; 0 where nothing was measured.
func measureGrowth(all []growth) [][]float64 {
	out := make([][]float64, len(all))
	for i, g := range all {
		for _, n := range sizes {
			got := map[string]map[string]float64{}
			err := run(g.pkg, g.bench, got, measure.SizeVariable+"="+strconv.Itoa(n))
			if err != nil {
				fmt.Printf("%s, %d works: %v\n", g.bench, n, err)
			}
			out[i] = append(out[i], got[g.bench][g.metric]*g.scale)
		}
	}
	return out
}

// growthTable is the part of docs/bench.md about growth.
func growthTable(all []growth, ms [][]float64) string {
	var b strings.Builder
	b.WriteString(`
## Growth

Milliseconds of processors by the number of works, and the power of that number with which they grow from the first
size to the last: 1 is as the works do.

![growth](bench.svg)

| What |`)
	for _, n := range sizes {
		fmt.Fprintf(&b, " %s |", grouped(n))
	}
	b.WriteString(" Power |\n|---|" + strings.Repeat("---|", len(sizes)+1) + "\n")
	for i, g := range all {
		fmt.Fprintf(&b, "| %s |", g.what)
		for _, v := range ms[i] {
			if v > 0 {
				fmt.Fprintf(&b, " %s |", number(v))
			} else {
				b.WriteString(" – |")
			}
		}
		fmt.Fprintf(&b, " %s |\n", power(ms[i]))
	}
	return b.String()
}

// power tells how times grow, "–" where too little was measured.
func power(ms []float64) string {
	first, last := ms[0], ms[len(ms)-1]
	if first <= 0 || last <= 0 {
		return "–"
	}
	return number(math.Log(last/first) / math.Log(float64(sizes[len(sizes)-1])/float64(sizes[0])))
}

// grouped writes 100000 as 100,000.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// Of the graph, in points.
const (
	graphWidth, graphHeight           = 930, 460
	graphLeft, graphTop, graphNames   = 95, 20, 310
	graphBottom                       = 40
	leastShown, mostShown             = .1, 1e5 // milliseconds
	plotWidth                         = graphWidth - graphLeft - graphNames
	plotHeight                        = graphHeight - graphTop - graphBottom
	nameHeight, nameGap, nameBaseline = 16, 8, 4
)

var colours = []string{"#1f6fb4", "#c0392b", "#2e8b57", "#8e44ad", "#d35400", "#16a085", "#34495e"}

// place is where a size and a time lie in the graph; both grow by their logarithms.
func place(n int, ms float64) (x, y float64) {
	first, last := math.Log(float64(sizes[0])), math.Log(float64(sizes[len(sizes)-1]))
	x = graphLeft + plotWidth*(math.Log(float64(n))-first)/(last-first)
	part := math.Log(min(mostShown, max(leastShown, ms))/leastShown) / math.Log(mostShown/leastShown)
	return x, graphTop + plotHeight*(1-part)
}

// drawGrowth writes the graph as SVG.
func drawGrowth(w io.Writer, all []growth, ms [][]float64) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"
 font-family="sans-serif" font-size="13">
<rect width="100%%" height="100%%" fill="#ffffff"/>
`, graphWidth, graphHeight)
	for v := leastShown; v <= mostShown*1.01; v *= 10 {
		_, y := place(sizes[0], v)
		fmt.Fprintf(&b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#dddddd"/>`+"\n",
			graphLeft, y, graphLeft+plotWidth, y)
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%s ms</text>`+"\n",
			graphLeft-nameGap, y+nameBaseline, number(v))
	}
	for _, n := range sizes {
		x, y := place(n, leastShown)
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n",
			x, y+2*nameGap+nameBaseline, grouped(n))
	}
	for i, y := range nameLines(ms) {
		colour := colours[i%len(colours)]
		var points []string
		for k, v := range ms[i] {
			if v > 0 {
				px, py := place(sizes[k], v)
				points = append(points, fmt.Sprintf("%.1f,%.1f", px, py))
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", px, py, colour)
			}
		}
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n",
			strings.Join(points, " "), colour)
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" fill="%s">%s</text>`+"\n",
			graphLeft+plotWidth+nameGap, y+nameBaseline, colour, all[i].what)
	}
	b.WriteString("</svg>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// nameLines is how far down each name stands: next to where its line ends, but below the name before.
func nameLines(ms [][]float64) []float64 {
	out, order := make([]float64, len(ms)), make([]int, len(ms))
	for i, of := range ms {
		_, out[i] = place(sizes[len(sizes)-1], of[len(of)-1])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(out[a], out[b]) })
	last := 0.0
	for _, i := range order {
		out[i] = max(out[i], last+nameHeight)
		last = out[i]
	}
	for k := len(order) - 1; k >= 0; k-- { // what was pushed out at the foot goes back up
		lowest := float64(graphTop + plotHeight - (len(order)-1-k)*nameHeight)
		out[order[k]] = min(out[order[k]], lowest)
	}
	return out
}

// writeGraph writes docs/bench.svg.
func writeGraph(all []growth, ms [][]float64) error {
	var b bytes.Buffer
	if err := drawGrowth(&b, all, ms); err != nil {
		return err
	}
	return os.WriteFile("docs/bench.svg", b.Bytes(), 0o644)
}
