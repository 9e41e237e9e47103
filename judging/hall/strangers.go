package hall

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"io"
	"net/http"

	lru "github.com/hashicorp/golang-lru/v2"

	"fayi/judging"
	"fayi/judging/office/live"
	"fayi/judging/office/passes"
	"fayi/judging/room"
)

// strangers answers where there is no contest, as a room does to who has no pass there. It also sends the pages
// themselves, which are the same for all contests, so that no contest is opened for them.
type strangers struct {
	hall *Hall
	key  []byte // of this run, as a room's is
	kept *lru.Cache[string, *room.Server]
}

// strangersKept is how many addresses without a contest are remembered.
const strangersKept = 256

func newStrangers(h *Hall) *strangers {
	own := make([]byte, sha256.Size)
	if _, err := io.ReadFull(h.Random, own); err != nil {
		own = nil // what follows is secret by the hall's key
	}
	s := &strangers{hall: h, key: append(own, h.state.key...)}
	s.kept, _ = lru.New[string, *room.Server](strangersKept) // the number is positive
	return s
}

func (s *strangers) serve(w http.ResponseWriter, r *http.Request, slug string) {
	empty, known := s.kept.Get(slug)
	if !known {
		var err error
		if empty, err = s.room(slug); err != nil {
			s.hall.refuse(w, r, err)
			return
		}
		s.kept.Add(slug, empty)
	}
	empty.ServeHTTP(w, r)
}

// room returns a room of no contest. What it says of itself is the same each time for one address, as it is for a room.
func (s *strangers) room(slug string) (*room.Server, error) {
	seed, err := hkdf.Key(sha256.New, s.key, nil, slug, 4*sha256.Size)
	if err != nil {
		return nil, err
	}
	return room.New(room.Config{
		Door: passes.Nobody{Key: seed[:sha256.Size]}, Text: s.hall.Text,
		Random: bytes.NewReader(seed[sha256.Size:]), Now: s.hall.Now, Hosts: []string{s.hall.address.Host},
		Prefix: prefix(slug), Stills: s.hall.stills, Desk: func(judging.JudgeID) room.Desk { return nil },
		Board: func(context.Context) (live.Board, error) {
			return live.Board{}, judging.Fail(judging.Closed, "scores.no_plan", nil)
		},
		Subscribe: func() (<-chan struct{}, func()) { return nil, func() {} },
	})
}
