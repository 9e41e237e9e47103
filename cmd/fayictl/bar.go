package main

import (
	"fmt"
	"io"
	"os"
)

// bar shows how far a long job is, on a terminal; in a pipe it is silent.
type bar struct {
	out  io.Writer // nil: silent
	name string
	last int
}

func (c *call) bar(key string) *bar {
	f, ok := c.err.(*os.File)
	if !ok {
		return &bar{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	return &bar{out: f, name: c.text.T(key, nil), last: -1}
}

// step draws the bar again when a whole percent, or without a total 500 more, are done.
func (b *bar) step(done, total int) {
	if b.out == nil {
		return
	}
	mark := done / 500
	if total > 0 {
		mark = done * 100 / total
	}
	if mark == b.last {
		return
	}
	b.last = mark
	if total > 0 {
		fmt.Fprintf(b.out, "\r%s %3d%% (%d/%d)", b.name, mark, done, total)
	} else {
		fmt.Fprintf(b.out, "\r%s %d", b.name, done)
	}
}

func (b *bar) done() {
	if b.out != nil && b.last >= 0 {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
