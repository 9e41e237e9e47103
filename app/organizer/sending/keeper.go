// Package sending is the page of what units send over a network (网上报送): it is opened and closed here, links are
// drawn, and what arrived is taken or refused. Keeper holds the server of a window, whichever page is shown.
//
// It promises: nothing is open that was not opened here; the link of a unit is shown only in the window that drew it,
// as long as that has the contest open, and is kept nowhere.
package sending

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"fayi/assets"
	"fayi/internal/awake"
	"fayi/judging/office"
	deliveries "fayi/judging/office/sending"
	"fayi/judging/sending"
	"fayi/judging/sending/host"
)

// Config is what the server of a window needs from outside.
type Config struct {
	Texts *assets.Catalogue
	Now   func() time.Time

	// Awake keeps the computer awake until release; nil: awake.Hold. Errors: it can't.
	Awake func(ctx context.Context, why string) (release func(), err error)
}

// Keeper holds the server of a window and the tokens that it drew. Its methods may be called from many goroutines.
type Keeper struct {
	Config

	mu     sync.Mutex
	office *office.Office // whose tokens these are
	tokens map[string]string
	at     string // the address of a hall, "" for none
	host   *host.Host
	end    func() // of keeping the computer awake
}

// NewKeeper returns a keeper without a server.
func NewKeeper(c Config) *Keeper {
	if c.Awake == nil {
		c.Awake = awake.Hold
	}
	return &Keeper{Config: c, tokens: map[string]string{}}
}

// of makes sure that what is held belongs to a contest.
func (k *Keeper) of(o *office.Office) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.office != o {
		k.office, k.tokens, k.at = o, map[string]string{}, ""
	}
}

// serve opens the server on the local network, where it is not open. Errors: those of host.Open.
func (k *Keeper) serve(ctx context.Context, o *office.Office, why string) error {
	k.of(o)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.host != nil {
		return nil
	}
	h, err := host.Open(ctx, o, host.Config{Random: rand.Reader, Now: k.Now,
		Text: func(lang string) sending.Words { return k.Texts.In(lang) }})
	if err != nil {
		return err
	}
	k.host = h
	if k.end, err = k.Awake(ctx, why); err != nil {
		k.end = nil // the page says that the computer must not go to sleep
	}
	return nil
}

// Close closes the server, where it is open. What is under way goes on when it is opened again. Errors: it had stopped.
func (k *Keeper) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.host
	k.host = nil
	if h == nil {
		return nil
	}
	if k.end != nil {
		k.end()
	}
	return h.Close()
}

// address is where units send, "" where nobody knows; local says that it is this computer.
func (k *Keeper) address() (at string, local bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.host != nil && !k.host.Ended() {
		return k.host.Address, true
	}
	return k.at, false
}

// setAt says at which address of a hall units send.
func (k *Keeper) setAt(at string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at = at
}

// know remembers links that were just drawn.
func (k *Keeper) know(issued []deliveries.Issued) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, i := range issued {
		k.tokens[i.Unit] = i.Token
	}
}

// link is the link of a unit, "" where its token or the address is not known.
func (k *Keeper) link(unit string) string {
	at, _ := k.address()
	k.mu.Lock()
	defer k.mu.Unlock()
	token := k.tokens[unit]
	if at == "" || token == "" {
		return ""
	}
	return host.LinkAt(at, token)
}

// knows reports whether the token of a unit is known.
func (k *Keeper) knows(unit string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.tokens[unit] != ""
}
