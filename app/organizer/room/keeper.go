package room

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"sync"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/assets"
	"fayi/internal/awake"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/office/passes"
	"fayi/judging/room"
	"fayi/judging/room/host"
	"fayi/judging/room/lan"
)

// Config is what the room of a window needs from outside.
type Config struct {
	Texts  *assets.Catalogue
	Now    func() time.Time
	Follow func(listening func()) // runs what lasts as long as the room, off the UI thread
	News   func()                 // somebody came or went; from any goroutine

	// Awake keeps the computer awake until release; nil: awake.Hold. Errors: it can't.
	Awake func(ctx context.Context, why string) (release func(), err error)
	// Addresses finds the computer's own addresses; nil: lan.Addresses.
	Addresses func() ([]lan.Address, error)
}

// Keeper holds the open room of a window. Its methods may be called from many goroutines.
type Keeper struct {
	Config

	mu   sync.Mutex
	busy bool    // a room is being opened
	now  *opened // nil while no room is open
	// codes are those of the contest in which a room was opened last: a room that is opened again shows them again.
	codes *codes
}

// opened is an open room.
type opened struct {
	*host.Host

	office *office.Office
	asleep error  // why the computer may go to sleep
	end    func() // of keeping it awake

	codes *codes

	mu     sync.Mutex
	reach  error // what the last look found
	looked bool
}

// NewKeeper returns a keeper without a room.
func NewKeeper(c Config) *Keeper {
	if c.Awake == nil {
		c.Awake = awake.Hold
	}
	if c.Addresses == nil {
		c.Addresses = lan.Addresses
	}
	return &Keeper{Config: c}
}

// of returns the open room of a contest, nil where there is none.
func (k *Keeper) of(o *office.Office) *opened {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now == nil || k.now.office != o {
		return nil
	}
	return k.now
}

// how is how a room is opened: at "192.168.1.5:8790", whether judges may come in by name, and whether on HTTPS.
type how struct {
	at    string
	names bool

	secure *host.Secure // nil: on HTTP
}

// open opens the room and gives a pass to every judge who has none. Errors: those of
// host.Open and of passes; Busy where a room is open already.
func (k *Keeper) open(ctx context.Context, o *office.Office, h how, why string) error {
	if !k.begin() {
		return judging.Fail(judging.Busy, "roompage.open_already", nil)
	}
	r, err := k.openAt(ctx, o, h)
	if err == nil {
		r.end, r.asleep = k.Awake(ctx, why)
	}
	k.mu.Lock()
	k.busy, k.now = false, r
	k.mu.Unlock()
	if err != nil {
		return err
	}
	rings := r.Subscribe()
	k.Follow(func() {
		for range rings {
			k.News()
		}
		k.News()
	})
	return nil
}

// begin reports whether a room may be opened, and keeps others from it.
func (k *Keeper) begin() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now != nil || k.busy {
		return false
	}
	k.busy = true
	return true
}

// openAt opens the room, and issues passes only then: their tokens can't be had again.
func (k *Keeper) openAt(ctx context.Context, o *office.Office, as how) (*opened, error) {
	cache, _ := os.UserCacheDir() // "" without a home
	h, err := host.Open(ctx, o, host.Config{
		Addr: as.at, Random: rand.Reader, Now: k.Now, Cache: cache, Addresses: k.Addresses, Names: as.names,
		Secure: as.secure,
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return k.Texts.In(lang).Calling(called)
		},
	})
	if err != nil {
		return nil, err
	}
	r := &opened{Host: h, office: o, codes: k.codesOf(o)}
	issued, err := o.Passes().IssuePasses(ctx, nil)
	if err != nil {
		_, closing := h.Close()
		return nil, errors.Join(err, closing)
	}
	r.codes.know(issued)
	return r, nil
}

// Close closes the open room, if there is one, and returns how many judges have scores that are on their devices only.
// Errors: those of host.Close.
func (k *Keeper) Close() (left int, err error) {
	k.mu.Lock()
	r := k.now
	k.now = nil
	k.mu.Unlock()
	if r == nil {
		return 0, nil
	}
	if r.end != nil {
		r.end()
	}
	here, err := r.Host.Close()
	return len(here), err
}

// IsOpen reports whether a room is open.
func (k *Keeper) IsOpen() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now != nil
}

// Mark puts the sign that the room is open below the stage of scoring, where it is seen on every page.
func (k *Keeper) Mark(t kit.Texter, stages []status.Stage) []status.Stage {
	k.mu.Lock()
	r := k.now
	k.mu.Unlock()
	if r == nil {
		return stages
	}
	sign := status.Open{Key: page.Room, Title: t.T("roompage.sign", nil),
		Note: t.T("roompage.sign_here", judging.Args{"N": r.Here()})}
	if r.Ended() || r.Gone() {
		sign.Title, sign.Note = t.T("roompage.sign_broken", nil), ""
	}
	for i := range stages {
		if stages[i].Key == page.Progress {
			stages[i].Below = append([]status.Open{sign}, stages[i].Below...)
		}
	}
	return stages
}

// link is a judge's address, "" where their code is not known.
func (r *opened) link(judge judging.JudgeID) string {
	if token := r.codes.of(judge); token != "" {
		return r.Link(token)
	}
	return ""
}

// look opens the room's own page by the address that judges use.
func (r *opened) look(ctx context.Context) {
	err := r.Reach(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reach, r.looked = err, true
}

// seen returns what the last look found, false before the first.
func (r *opened) seen() (error, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.reach, r.looked
}

// slips writes the slips of the judges whose codes are known, or only of one, and returns how many.
func (r *opened) slips(ctx context.Context, path string, only judging.JudgeID, words diploma.Words) (int, error) {
	rows, err := r.Rows(ctx)
	if err != nil {
		return 0, err
	}
	var out []passes.Issued
	for _, row := range rows {
		if token := r.codes.of(row.Judge); token != "" && (only == "" || only == row.Judge) {
			out = append(out, passes.Issued{Judge: row.Judge, Name: row.Name, Token: token})
		}
	}
	return len(out), r.WriteSlips(ctx, path, out, words)
}
