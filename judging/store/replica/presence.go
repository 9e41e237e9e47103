package replica

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// Who has the contest open says so now and then, in a note of its own next to the log: others know of it before it
// writes. It stands in no journal, and ends by itself.

const (
	presentName = "here/"

	presentEvery = 20 * time.Second
	presentFor   = time.Minute      // whose note stays as it is for longer has gone
	presentKept  = 10 * time.Minute // and then anybody removes it
	presentAsks  = 5 * time.Second  // that one round may take
	mostPresent  = 100              // whose notes are read
)

var presentPlace = []byte("fayi log presence")

// Present is a program that has the contest open.
type Present struct {
	Writer string    `json:"writer"`
	At     time.Time `json:"at"` // when it said so last, by its own clock
}

// sighting is a note of another, and since when it stays as it is.
type sighting struct {
	Present
	raw   []byte
	since time.Time
}

// presence is what this program knows of the others, and they of it.
type presence struct {
	name string // of its own note; "" before the first
	own  []byte // what stands in it
	seen map[string]sighting
}

// announce says that this program is here, and looks who else is, until ctx ends; then it says that it goes.
func (db *DB) announce(ctx context.Context, now func() time.Time) {
	p := presence{seen: map[string]sighting{}}
	for ctx.Err() == nil {
		asking, cancel := context.WithTimeout(ctx, presentAsks)
		at := now()
		if !db.Status().Away {
			_ = db.sayPresent(asking, &p, at) // that the log is away is said elsewhere
			_ = db.lookAround(asking, &p, at)
		}
		cancel()
		if db.setPresent(p.here(at)) {
			db.Ring()
		}
		select {
		case <-ctx.Done():
		case <-time.After(presentEvery):
		}
	}
	if p.name != "" && !db.Status().Away {
		going, cancel := context.WithTimeout(context.Background(), lastPatience)
		defer cancel()
		_ = db.log.Drop(going, p.name) // else it ends by itself
	}
}

// sayPresent puts the note.
func (db *DB) sayPresent(ctx context.Context, p *presence, at time.Time) error {
	if p.name == "" {
		id, err := newID(db.random)
		if err != nil {
			return err
		}
		p.name = presentName + hex.EncodeToString(id[:])
	}
	plain, err := json.Marshal(Present{db.name, at})
	if err != nil {
		return err
	}
	value := db.key.Seal(nil, plain, presentPlace)
	err = db.log.Note(ctx, p.name, p.own, value)
	switch {
	case err == nil:
		p.own = value
	case errors.Is(err, ErrTaken): // an answer got lost, or another took it for gone
		p.own, err = db.log.Noted(ctx, p.name)
	}
	return err
}

// lookAround reads the notes of others, and removes those of who has gone without a word.
func (db *DB) lookAround(ctx context.Context, p *presence, now time.Time) error {
	found, err := db.sightings(ctx, p.name)
	if err != nil {
		return err
	}
	for name, is := range found {
		was, known := p.seen[name]
		switch {
		case known && bytes.Equal(was.raw, is.raw):
			is.since = was.since
		case known || now.Sub(is.At).Abs() < presentFor:
			is.since = now
		default: // long ago, or by another clock: it shows when it says so again
			is.since = now.Add(-presentFor)
		}
		if found[name] = is; now.Sub(is.since) >= presentKept {
			_ = db.log.Drop(ctx, name) // the next one tries again
		}
	}
	p.seen = found
	return nil
}

// sightings are the notes that stand, but for the one called own.
func (db *DB) sightings(ctx context.Context, own string) (map[string]sighting, error) {
	names, err := db.log.Names(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string]sighting{}
	for _, name := range names {
		if !strings.HasPrefix(name, presentName) || name == own || len(found) >= mostPresent {
			continue
		}
		raw, err := db.log.Noted(ctx, name)
		if err != nil {
			return nil, err
		}
		is := sighting{raw: raw}
		plain, whole := db.key.Open(nil, raw, presentPlace)
		if whole && json.Unmarshal(plain, &is.Present) == nil {
			found[name] = is
		}
	}
	return found, nil
}

// here are those who said something of late.
func (p *presence) here(now time.Time) (all []Present) {
	for _, s := range p.seen {
		if now.Sub(s.since) < presentFor {
			all = append(all, s.Present)
		}
	}
	return sorted(all)
}

func sorted(all []Present) []Present {
	slices.SortFunc(all, func(a, b Present) int { return cmp.Or(cmp.Compare(a.Writer, b.Writer), a.At.Compare(b.At)) })
	return all
}

// setPresent keeps who is here, and reports whether others are than before.
func (db *DB) setPresent(all []Present) (changed bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	changed = !slices.EqualFunc(db.present, all, func(a, b Present) bool { return a.Writer == b.Writer })
	db.present = all
	return changed
}

// Here lists who else has the contest open, as far as this program knows that tends it.
func (db *DB) Here() []Present {
	db.mu.Lock()
	defer db.mu.Unlock()
	return slices.Clone(db.present)
}

// AskHere asks the log who has the contest open, and when each said so last: by a program that only looks in. Those who
// have said nothing for some minutes by now are left out. Errors: those of the log.
func (db *DB) AskHere(ctx context.Context, now time.Time) (all []Present, err error) {
	found, err := db.sightings(ctx, "")
	for _, s := range found {
		if now.Sub(s.At) < presentKept {
			all = append(all, s.Present)
		}
	}
	return sorted(all), err
}
