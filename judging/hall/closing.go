package hall

import (
	"context"
	"errors"
	"os"
	"time"
)

// why a contest is closed.
type why string

const (
	forIdle  why = "idle"
	forPlace why = "place"    // another needs it
	forShut  why = "shut"     // by the organiser
	forGone  why = "gone"     // its folder is not there any more
	forStop  why = "stopping" // the hall ends
)

// close closes an open contest when nobody uses it. For who has not to make way, it waits until what is under way has
// ended. Errors: Busy while it is in use; those of closing.
func (c *contest) close(ctx context.Context, because why) error {
	if err := c.hold(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	defer func() { <-c.turn }()
	if because != forIdle && because != forPlace {
		c.tellClosing()
		c.wait()
	}
	c.mu.Lock()
	o := c.open
	if o == nil || c.uses > 0 {
		c.mu.Unlock()
		if o == nil {
			return nil
		}
		return errBusy
	}
	c.open = nil
	c.mu.Unlock()
	stands, err := standingOf(context.WithoutCancel(ctx), o)
	if stands.Here = 0; err == nil {
		c.keep(stands)
	}
	o.end()
	<-o.ended
	err = o.office.Close()
	c.hall.places.Release(1)
	c.hall.toFree.Store(true)
	c.hall.metrics.closings.add(string(because))
	c.hall.Log.Info("contest closed", "contest", c.tag, "why", string(because))
	return err
}

// tellClosing tells the pages that wait for news that their room closes.
func (c *contest) tellClosing() {
	c.mu.Lock()
	o := c.open
	c.told = true
	c.mu.Unlock()
	if o != nil {
		o.room.End()
	}
}

// wait waits until nobody uses the contest, for a while.
func (c *contest) wait() {
	for range int(stopFor / (20 * time.Millisecond)) {
		c.mu.Lock()
		n := c.uses
		c.mu.Unlock()
		if n == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// lookIn closes the contest where nobody has asked for it for a while, or its folder is not there any more.
func (c *contest) lookIn(ctx context.Context) {
	c.mu.Lock()
	o := c.open
	idle := o != nil && c.uses == 0 && c.hall.Now().Sub(c.used) >= c.hall.Idle
	c.mu.Unlock()
	switch {
	case o != nil && !o.there(c.dir()):
		c.vanished(ctx)
	case idle:
		_ = c.close(ctx, forIdle) // where somebody came meanwhile, the next look tries again
	}
}

// there reports whether the database that was opened still is the one in the folder.
func (o *opened) there(dir string) bool {
	now, err := os.Stat(database(dir))
	return err == nil && os.SameFile(now, o.file)
}

// vanished closes a contest whose folder is not there any more, and says so.
func (c *contest) vanished(ctx context.Context) {
	c.mu.Lock()
	first := !errors.Is(c.fault, errGone)
	c.fault, c.failed = errGone, c.hall.Now()
	c.mu.Unlock()
	if first {
		c.hall.Log.Error("folder of an open contest is gone", "contest", c.tag)
		go func() { _ = c.close(context.WithoutCancel(ctx), forGone) }() // what was not kept was not answered
	}
}
