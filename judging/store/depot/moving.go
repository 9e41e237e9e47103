package depot

import (
	"context"
	"errors"
	"io"
	"time"
)

const (
	// stall is how long nothing may move before an engine is called too slow.
	stall = 8 * time.Second

	// perSecond is how much an engine is expected to put in order in a second, after it has all of a file.
	perSecond = 20 << 20 // bytes
)

// moving bounds how long an act may stand still, not how long it takes.
type moving struct {
	ctx   context.Context
	end   context.CancelCauseFunc
	timer *time.Timer
	span  time.Duration
}

type movingKey struct{}

var errStill = errors.New("depot: nothing moves")

// moving begins an act with size bytes.
func (d *Depot) moving(ctx context.Context, size int64) *moving {
	m := &moving{span: d.stall + time.Duration(size/perSecond)*time.Second}
	ctx, m.end = context.WithCancelCause(ctx)
	m.ctx = context.WithValue(ctx, movingKey{}, m)
	m.timer = time.AfterFunc(m.span, func() { m.end(errStill) })
	return m
}

// Moved hears from an engine, with the context of an act, that a part of it was done.
func Moved(ctx context.Context) {
	if m, ok := ctx.Value(movingKey{}).(*moving); ok {
		m.timer.Reset(m.span)
	}
}

func (m *moving) stop() {
	m.timer.Stop()
	m.end(nil)
}

// answer is the error of an act: slow where it stood still.
func (m *moving) answer(err error) error {
	if err != nil && errors.Is(context.Cause(m.ctx), errStill) {
		return slow()
	}
	return Away(err)
}

// moved is what an act reads.
type moved struct {
	m *moving
	r io.Reader
}

func (r *moved) Read(p []byte) (int, error) {
	if err := r.m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	Moved(r.m.ctx)
	return n, err
}
