package main

import (
	"slices"
	"testing"
	"time"
)

// railWords are the rail's entries, from the one after that a contest opens with; pageRounds is how often the walk
// goes round.
var railWords = []string{"征集", "审核", "分配", "评审", "结果", "公示", "上报", "总览"}

const pageRounds = 3

// BenchmarkPages walks through all pages of the rail with 640 works, in a real window with software drawing, and
// tells what a page costs from the click until it stands still: the time, and the processor's time of the program,
// which says more on a computer that does other things. It is shown in parts: the toolkit's thread, which also lays out
// and builds pages; the threads that draw, which a graphics card would spare; and the rest, which reads the contest
// and frees memory. The program is built as it is packed.
func BenchmarkPages(b *testing.B) {
	s := newScreen(b)
	dir := prepared(b)
	app := s.run(must[string](b)(packed()), dir)
	app.press(railWords[0]) // 征集 makes small pictures of all files, once in a contest's life
	s.stand()
	var took []time.Duration
	var works []usage
	pages := map[string][]usage{}
	for range pageRounds {
		for _, page := range append(railWords[1:], railWords[0]) { // the first is where it begins
			app.look()
			// first, so that what lights up below the pointer is not counted
			app.point(first(says(page))(app.view).Seen)
			time.Sleep(rest)
			before, used, last := s.lines(wholeScreen), app.used(), usage{}
			start := time.Now()
			ended := s.begun("click", "1")
			took = append(took, s.lastChange(start, before, func() { last = app.used() }).Round(time.Millisecond))
			ended()
			works = append(works, last.minus(used))
			pages[page] = append(pages[page], last.minus(used))
		}
	}
	b.Logf("by the clock, in order: %v", took)
	for _, page := range railWords {
		b.Logf("%s: %s", page, middleOf(pages[page]))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
	b.ReportMetric(at(works, 50, usage.all), "p50-processor-ms")
	b.ReportMetric(at(works, 95, usage.all), "p95-processor-ms")
	b.ReportMetric(at(works, 50, func(u usage) time.Duration { return u.drawing }), "p50-drawing-ms")
	b.ReportMetric(app.pss(), "end-MB")
	b.ReportMetric(app.memory("VmHWM"), "peak-MB")
	b.ReportMetric(0, "ns/op")
	app.kill()
}
