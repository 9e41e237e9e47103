package room

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often may be asked. A page that shows a list of 200 works asks for 200 small pictures at once, and all judges may
// come through one address.
const (
	strangerRate, strangerBurst = 400, 2000 // of one address, whoever asks
	deviceRate, deviceBurst     = 30, 120   // of one pass
	mediaAtOnce                 = 4         // of one pass
	mostKept                    = 4096      // addresses that are remembered
)

// limits bounds how often is asked.
type limits struct {
	now func() time.Time

	mu      sync.Mutex
	clients map[string]*rate.Limiter
	devices map[string]*rate.Limiter
	media   map[string]chan struct{}
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, clients: map[string]*rate.Limiter{}, devices: map[string]*rate.Limiter{},
		media: map[string]chan struct{}{}}
}

func (l *limits) anybody(client string) bool {
	return l.of(l.clients, client, strangerRate, strangerBurst).AllowN(l.now(), 1)
}

func (l *limits) device(pass string) bool {
	return l.of(l.devices, pass, deviceRate, deviceBurst).AllowN(l.now(), 1)
}

func (l *limits) of(all map[string]*rate.Limiter, who string, perSecond rate.Limit, burst int) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := all[who]
	if one == nil {
		if len(all) >= mostKept {
			clear(all) // each begins with a full burst again, and memory is bounded
		}
		one = rate.NewLimiter(perSecond, burst)
		all[who] = one
	}
	return one
}

// slots returns what bounds the media that one pass is sent at once.
func (l *limits) slots(pass string) chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.media[pass]
	if c == nil {
		c = make(chan struct{}, mediaAtOnce)
		l.media[pass] = c
	}
	return c
}
