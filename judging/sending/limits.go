package sending

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often may be asked. All units of a county may come through one address.
const (
	clientRate, clientBurst = 200, 1000
	beginRate, beginBurst   = 0.2, 20 // of one unit: files that are begun
	mostKnown               = 4096    // addresses or units that are remembered
)

// limits bounds how often is asked.
type limits struct {
	now func() time.Time

	mu      sync.Mutex
	clients map[string]*rate.Limiter
	units   map[string]*rate.Limiter
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, clients: map[string]*rate.Limiter{}, units: map[string]*rate.Limiter{}}
}

func (l *limits) anybody(client string) bool {
	return l.allow(l.clients, client, clientRate, clientBurst)
}

func (l *limits) begins(unit string) bool { return l.allow(l.units, unit, beginRate, beginBurst) }

func (l *limits) allow(all map[string]*rate.Limiter, who string, perSecond rate.Limit, burst int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := all[who]
	if one == nil {
		if len(all) >= mostKnown {
			clear(all) // each begins with a full burst again, and memory is bounded
		}
		one = rate.NewLimiter(perSecond, burst)
		all[who] = one
	}
	return one.AllowN(l.now(), 1)
}
