package command

import (
	"fmt"
	"io"
	"os"
)

// Bar shows how far a long job is, on a terminal; in a pipe it is silent.
type Bar struct {
	out  io.Writer // nil: silent
	name string
	last int
}

// Bar begins a bar with the text key before it.
func (c *Call) Bar(key string) *Bar {
	f, ok := c.err.(*os.File)
	if !ok {
		return &Bar{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &Bar{}
	}
	return &Bar{out: f, name: c.Text.T(key, nil), last: -1}
}

// Step draws the bar again when a whole percent, or without a total (0) 500 more, are done.
func (b *Bar) Step(done, total int) {
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

// Done wipes the bar off the line.
func (b *Bar) Done() {
	if b.out != nil && b.last >= 0 {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
