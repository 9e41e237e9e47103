package main

import (
	"bytes"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
)

// benchWorks is how many works with a photograph of 12 megapixels a judge goes through, and pace how long one is
// looked at: far shorter than any judge looks.
const (
	benchWorks = 36
	pace       = 1500 * time.Millisecond
)

// BenchmarkSaveAndNext measures, in a real window with software drawing, the time from the key that saves a work
// until the next one's photograph stands on the screen and nothing in its place changes any more, and the processor's
// time of the program in it. It tells the middle, the 95th percentile and the memory.
func BenchmarkSaveAndNext(b *testing.B) {
	s := newScreen(b)
	dir := photographs(b, benchWorks)
	app := s.run(must[string](b)(packed()), dir)
	app.openDesk("")
	s.stand()
	var took []time.Duration
	var works []usage
	for range benchWorks - 2 {
		s.xdotool("type", "--delay", "5", "1514181213") // five marks; 10 before 1 would be a slip of 101
		time.Sleep(pace)
		before, last := app.used(), usage{}
		var ended func()
		took = append(took, s.timeOf(
			func() { ended = s.begun("key", "Return") }, func() { last = app.used() },
		).Round(time.Millisecond))
		ended()
		works = append(works, last.minus(before))
	}
	b.Logf("by the clock, in order: %v\nprocessor: %s", took, middleOf(works))
	b.ReportMetric(at(works, 50, usage.all), "p50-processor-ms")
	b.ReportMetric(at(works, 95, usage.all), "p95-processor-ms")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
	b.ReportMetric(app.memory("VmHWM"), "peak-MB")
	b.ReportMetric(app.memory("VmRSS"), "end-MB")
	b.ReportMetric(0, "ns/op")
	app.kill()
	o := reopen(b, dir)
	defer o.Close()
	if d, err := o.Scoring().Desk("j001").Duties(b.Context()); err != nil ||
		d.Works[benchWorks-3].State != judging.Scored {
		b.Errorf("not all works were scored: %v", err)
	}
}

// timeOf returns the time from act until the place of the work has another colour in its middle and stands still; seen
// is called at each change.
func (s *screen) timeOf(act, seen func()) time.Duration {
	s.t.Helper()
	before := s.work()
	start := time.Now()
	act()
	last, at, changed := before, start, false
	for now := time.Now(); now.Sub(at) < 400*time.Millisecond || !changed; now = time.Now() {
		if now.Sub(start) > 20*time.Second {
			s.t.Fatalf("the next work did not come; picture %s", s.shot())
		}
		if frame := s.work(); !bytes.Equal(frame, last) {
			last, at = frame, time.Now()
			changed = !bytes.Equal(middle(frame), middle(before))
			seen()
		}
		time.Sleep(3 * time.Millisecond)
	}
	return at.Sub(start)
}

// The place of the work in a window of 1280×720 at normal type size.
var workPlace = image.Rect(24, 130, 780, 600)

// work is what is drawn in the place of the work.
func (s *screen) work() []byte { return s.lines(workPlace) }

func middle(work []byte) []byte {
	wide := 4 * workPlace.Dx()
	at := len(work)/wide/2*wide + wide/2
	return work[at : at+3]
}

// memory reads a line of the system's account of the program, in MB.
func (p *program) memory(name string) float64 {
	_, after, _ := strings.Cut(p.account("status"), name+":")
	var kb float64
	if _, err := fmt.Sscan(after, &kb); err != nil {
		p.s.t.Fatal(err)
	}
	return kb / 1024
}
