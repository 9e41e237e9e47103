package main

import (
	"slices"
	"testing"
	"time"
)

// railWords are the rail's entries, from the one after that a contest opens with; pageRounds is how often the walk
// goes round.
var railWords = []string{"征集", "审核", "分配", "评审", "结果", "公示", "上报", "总览"}

const pageRounds = 2

// BenchmarkPages walks through all pages of the rail with 640 works, in a real window with software drawing, and
// tells the time from the click until the page stands still, the processor's time of the program in it (in steps of
// 10 ms, the software drawing of all frames within it), and the memory at the end.
func BenchmarkPages(b *testing.B) {
	s := newScreen(b)
	dir := prepared(b)
	app := s.start(dir)
	app.press(railWords[0]) // 征集 makes small pictures of all files, once in a contest's life
	s.stand()
	var took, work []time.Duration
	for range pageRounds {
		for _, page := range append(railWords[1:], railWords[0]) { // the first is where it begins
			app.look()
			// first, so that what lights up below the pointer is not counted
			app.point(first(says(page))(app.view).Seen)
			time.Sleep(rest)
			before, used, last := s.lines(wholeScreen), app.processor(), time.Duration(0)
			start := time.Now()
			s.xdotool("click", "1")
			took = append(took, s.lastChange(start, before, func() { last = app.processor() }).Round(time.Millisecond))
			work = append(work, last-used)
		}
	}
	b.Logf("in order: %v\nprocessor: %v", took, work)
	slices.Sort(took)
	slices.Sort(work)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "max-ms")
	b.ReportMetric(float64(work[len(work)/2].Milliseconds()), "p50-processor-ms")
	b.ReportMetric(float64(work[len(work)-1].Milliseconds()), "max-processor-ms")
	b.ReportMetric(app.pss(), "end-MB")
	b.ReportMetric(app.memory("VmHWM"), "peak-MB")
	b.ReportMetric(0, "ns/op")
	app.kill()
}
