package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// startRounds is how often each program is started; the quickest start of each is reported, as other programs may
// be using the computer.
const startRounds = 5

// rest is how long the picture must stand still to be the last one.
const rest = 1200 * time.Millisecond

// BenchmarkStart measures, in real windows with software drawing and in turns, the time from the start of a process
// until its window stands still, the processor's time until then, and the memory at rest: of a program of the same
// toolkit with one label and the same fonts, of the product's first window, and of the product opening a contest of
// 640 works.
func BenchmarkStart(b *testing.B) {
	s := newScreen(b)
	dir := prepared(b)
	// both as programs are packed
	exe := must[string](b)(build(".", "migrated_fynedo"))
	label := must[string](b)(build("./testdata/label", "migrated_fynedo"))
	s.stand()
	var bare, first, opened []started
	for round := range startRounds {
		last := round == startRounds-1
		bare = append(bare, s.timeStart(last, label))
		first = append(first, s.timeStart(last, exe))
		opened = append(opened, s.timeStart(last, exe, dir))
	}
	l, f, o := best(bare), best(first), best(opened)
	b.Logf("a label: %v\nfirst window: %v\nopening 640 works: %v", l, f, o)
	b.ReportMetric(l.drawn.Seconds()*1000, "label-ms")
	b.ReportMetric(f.drawn.Seconds()*1000, "first-window-ms")
	b.ReportMetric(f.drawn.Seconds()/l.drawn.Seconds(), "first-window/label")
	b.ReportMetric(f.cpu.Seconds()/l.cpu.Seconds(), "first-window/label-cpu")
	b.ReportMetric((o.drawn-f.drawn).Seconds()*1000, "opening-640-more-ms")
	b.ReportMetric((o.cpu-f.cpu).Seconds()*1000, "opening-640-more-cpu-ms")
	b.ReportMetric(l.pss, "label-MB")
	b.ReportMetric(f.pss/l.pss, "memory/label")
	b.ReportMetric(o.pss/l.pss, "memory-640/label")
	b.ReportMetric(0, "ns/op")
}

// started is what a start took.
type started struct {
	drawn, cpu time.Duration
	pss        float64 // MB at rest, pages shared with other programs counted by their share; 0: not looked at
}

func (s started) String() string {
	return fmt.Sprintf("%v, processor %v, %.0f MB", s.drawn, s.cpu, s.pss)
}

// best takes the least of each, and the one look at the memory.
func best(all []started) started {
	out := all[0]
	for _, s := range all[1:] {
		out = started{min(out.drawn, s.drawn), min(out.cpu, s.cpu), max(out.pss, s.pss)}
	}
	return out
}

// timeStart runs a program until its window stands still, or until it is at rest, then ends it and waits until it
// is gone from the screen.
func (s *screen) timeStart(atRest bool, exe string, args ...string) started {
	s.t.Helper()
	blank := s.lines(wholeScreen)
	p := &program{s: s, cmd: s.command(exe, args...), stderr: new(bytes.Buffer)}
	p.cmd.Stderr = p.stderr
	start := time.Now()
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	out := started{}
	out.drawn = s.lastChange(start, blank, func() { out.cpu = p.processor() }).Round(time.Millisecond)
	if atRest {
		time.Sleep(5 * time.Second) // by then it has looked through its memory
		out.pss = p.pss()
	}
	p.kill()
	s.wait("the window to go", func() bool { return bytes.Equal(s.lines(wholeScreen), blank) })
	return out
}

var wholeScreen = image.Rect(0, 0, 1280, 720)

// lastChange returns the time from start until the screen shows something other than before and stands still; seen
// is called at each change.
func (s *screen) lastChange(start time.Time, before []byte, seen func()) time.Duration {
	s.t.Helper()
	last, at, changed := before, start, false
	for now := start; now.Sub(at) < rest || !changed; now = time.Now() {
		if now.Sub(start) > time.Minute {
			s.t.Fatalf("the screen did not change; picture %s", s.shot())
		}
		if frame := s.lines(wholeScreen); !bytes.Equal(frame, last) {
			last, at, changed = frame, time.Now(), true
			seen()
		}
		time.Sleep(3 * time.Millisecond)
	}
	return at.Sub(start)
}

// lines is what is drawn in a place on the screen: every eighth line of it, so that looking costs the program little.
func (s *screen) lines(place image.Rectangle) []byte {
	s.t.Helper()
	f, err := os.Open(s.memory)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	head := make([]byte, 100)
	read := func(into []byte, at int) {
		if _, err := f.ReadAt(into, int64(at)); err != nil {
			s.t.Fatal(err)
		}
	}
	read(head, 0)
	// after the header and its colours
	pixels := int(binary.BigEndian.Uint32(head)) + 12*int(binary.BigEndian.Uint32(head[76:]))
	line := int(binary.BigEndian.Uint32(head[48:]))
	wide := 4 * place.Dx()
	out := make([]byte, 0, wide*place.Dy()/8+wide)
	for y := place.Min.Y; y < place.Max.Y; y += 8 {
		out = out[:len(out)+wide]
		read(out[len(out)-wide:], pixels+y*line+4*place.Min.X)
	}
	return out
}

// processor is the time that the program has used the processor, in steps of 10 ms.
func (p *program) processor() time.Duration {
	fields := strings.Fields(p.account("stat"))
	ticks := 0
	for _, f := range fields[13:15] {
		n, err := strconv.Atoi(f)
		if err != nil {
			p.s.t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// pss is the memory of the program in MB, pages that it shares counted by their share.
func (p *program) pss() float64 {
	lines := strings.Split(p.account("smaps_rollup"), "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "Pss:") })
	kb, err := strconv.ParseFloat(strings.Fields(lines[i])[1], 64)
	if err != nil {
		p.s.t.Fatal(err)
	}
	return kb / 1024
}

// account reads one of the system's files about the program.
func (p *program) account(name string) string {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, name))
	if err != nil {
		p.s.t.Fatal(err)
	}
	return string(data)
}
