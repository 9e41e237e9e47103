package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// usage is how long a program has used the processor.
type usage struct {
	main    time.Duration // the toolkit's thread, which is all that touches widgets
	drawing time.Duration // the threads that draw in software
	rest    time.Duration
}

// used is what the program has used until now. A thread that ended takes what it used with it; they hardly do.
func (p *program) used() usage {
	p.s.t.Helper()
	var out usage
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", p.cmd.Process.Pid))
	if err != nil {
		p.s.t.Fatal(err)
	}
	for _, t := range threads {
		name, _ := os.ReadFile(filepath.Join(t, "comm")) // it may have ended meanwhile
		stat, _ := os.ReadFile(filepath.Join(t, "schedstat"))
		first, _, _ := strings.Cut(string(stat), " ")
		ran, _ := strconv.ParseInt(first, 10, 64)
		switch {
		case filepath.Base(t) == strconv.Itoa(p.cmd.Process.Pid):
			out.main += time.Duration(ran)
		case strings.HasPrefix(string(name), "llvmpipe"):
			out.drawing += time.Duration(ran)
		default:
			out.rest += time.Duration(ran)
		}
	}
	return out
}

func (u usage) minus(v usage) usage {
	return usage{u.main - v.main, u.drawing - v.drawing, u.rest - v.rest}
}

func (u usage) all() time.Duration { return u.main + u.drawing + u.rest }

func (u usage) String() string {
	return fmt.Sprintf("%d ms: window %d, drawing %d, reading and memory %d", u.all().Milliseconds(),
		u.main.Milliseconds(), u.drawing.Milliseconds(), u.rest.Milliseconds())
}

// at is the part of some usages that so many of a hundred stay below, in milliseconds.
func at(all []usage, percent int, part func(usage) time.Duration) float64 {
	var parts []time.Duration
	for _, u := range all {
		parts = append(parts, part(u))
	}
	slices.Sort(parts)
	return float64(parts[min(len(parts)*percent/100, len(parts)-1)].Microseconds()) / 1000
}

// middleOf is the usage in the middle of some.
func middleOf(all []usage) usage {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b usage) int { return int(a.all() - b.all()) })
	return sorted[len(sorted)/2]
}
