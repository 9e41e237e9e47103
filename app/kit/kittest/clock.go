package kittest

import (
	"slices"
	"time"
)

// Clock is the time of a test: it stands until it is advanced.
type Clock struct {
	now   time.Duration // since the clock was made
	calls []*call       // still to come, the soonest first
}

// call is one call of Shell.After.
type call struct {
	at   time.Duration
	f    func()
	over bool // made or stopped
}

// Stop takes the call back.
func (c *call) Stop() { c.over = true }

func (c *Clock) after(wait time.Duration, f func()) *call {
	made := &call{at: c.now + wait, f: f}
	at, _ := slices.BinarySearchFunc(c.calls, made.at, func(x *call, at time.Duration) int {
		if x.at <= at {
			return -1 // calls of one moment come in the order they were asked for
		}
		return 1
	})
	c.calls = slices.Insert(c.calls, at, made)
	return made
}

// Advance lets time pass and makes each call that is due, at its moment: calls that a call asks for as well, if they
// are due by then.
func (c *Clock) Advance(by time.Duration) {
	end := c.now + by
	for len(c.calls) > 0 && c.calls[0].at <= end {
		next := c.calls[0]
		c.calls, c.now = c.calls[1:], next.at
		if !next.over {
			next.over = true
			next.f()
		}
	}
	c.now = end
}

// Waiting counts the calls still to come.
func (c *Clock) Waiting() int {
	n := 0
	for _, x := range c.calls {
		if !x.over {
			n++
		}
	}
	return n
}
