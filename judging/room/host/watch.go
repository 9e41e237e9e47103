package host

import (
	"context"
	"slices"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/lan"
)

// watch looks now and then at who is here and whether the computer still has the room's address, and rings when
// something is otherwise than before. It asks nothing over the network and reads no record.
type watch struct {
	addresses func() ([]lan.Address, error)
	beat      time.Duration
	ip        string
	own       bool // the address was one of those of the local network when the room was opened

	mu    sync.Mutex
	gone  bool
	over  bool
	rings map[chan struct{}]bool
}

func newWatch(c Config, ip string, all []lan.Address) *watch {
	w := &watch{addresses: c.Addresses, beat: c.Beat, ip: ip, rings: map[chan struct{}]bool{}}
	if w.beat <= 0 {
		w.beat = time.Second
	}
	w.own = w.among(all)
	return w
}

func (w *watch) among(all []lan.Address) bool {
	return slices.ContainsFunc(all, func(a lan.Address) bool { return a.IP == w.ip })
}

// run rings until the room is closed, or has ended by itself.
func (w *watch) run(ctx context.Context, h *Host) {
	look := time.NewTicker(w.beat)
	defer look.Stop()
	defer w.finish()
	var last []room.Here
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		now := h.room.Here()
		for i := range now {
			now[i].Seen = time.Time{} // each request changes it: that is no news
		}
		changed := !slices.Equal(now, last)
		last = now
		if w.look() || changed {
			w.ring()
		}
		if h.Ended() {
			return
		}
	}
}

// look reports whether the address came or went since the last look.
func (w *watch) look() bool {
	if !w.own {
		return false
	}
	all, err := w.addresses()
	if err != nil {
		return false // the next look tells
	}
	gone := !w.among(all)
	w.mu.Lock()
	defer w.mu.Unlock()
	changed := gone != w.gone
	w.gone = gone
	return changed
}

func (w *watch) ring() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for r := range w.rings {
		select {
		case r <- struct{}{}:
		default: // it has not heard the last one yet
		}
	}
}

// finish rings for the last time.
func (w *watch) finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	for r := range w.rings {
		close(r)
	}
	clear(w.rings)
}

// Subscribe returns what rings when somebody came or went, when what is on a device only is more or less than before,
// and when the computer's address went or came back: at most once a second. It is closed when the room has ended.
func (h *Host) Subscribe() <-chan struct{} {
	w := h.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	ring := make(chan struct{}, 1)
	if w.over {
		close(ring)
		return ring
	}
	w.rings[ring] = true
	return ring
}

// Gone reports whether the computer no longer has the address at which the room was opened: it joined another network.
func (h *Host) Gone() bool {
	h.watch.mu.Lock()
	defer h.watch.mu.Unlock()
	return h.watch.gone
}

// Reach asks the room for its page by the address that judges use, and returns nil where this very room answers. What a
// firewall does with requests from other computers it can't tell. Errors: Unavailable, in words that say what to do.
func (h *Host) Reach(ctx context.Context) error {
	if h.Gone() {
		return judging.Fail(judging.Unavailable, "room.reach_gone", nil)
	}
	run, err := client.Run(ctx, h.Address, h.pool)
	switch {
	case err != nil:
		return judging.Fail(judging.Unavailable, "room.reach_none", nil).Because(err)
	case run != h.room.Run():
		return judging.Fail(judging.Unavailable, "room.reach_other", nil)
	}
	return nil
}
