package room

import (
	"encoding/json"
	"net/http"
	"time"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/office/passes"
	"fayi/judging/room/watch"
)

const (
	screenBeat  = 5 * time.Second // of a screen without news, so that it soon says that it is not connected
	mostScreens = 16              // that listen at once
)

// sighted is what a big screen is sent.
type sighted struct {
	watch.Sight
	Run  string `json:"run"`  // of the program: with another one, what it says now holds
	Page string `json:"page"` // version of the page: a screen renews itself
}

func (s *Server) sighted(of watch.Sight) sighted { return sighted{of, s.run, web.Screen().Version} }

// forScreen lets a big screen in by its token, and not more of them than there are walls. What it is sent is on a wall
// anyway, so nothing is signed.
func (s *Server) forScreen(do func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := s.stillScreen(r); err != nil {
			s.fail(w, r, passes.Guest{}, err)
			return
		}
		select {
		case s.screens <- struct{}{}:
			defer func() { <-s.screens }()
		default:
			s.fail(w, r, passes.Guest{}, errTooMany)
			return
		}
		if err := do(w, r); err != nil {
			s.fail(w, r, passes.Guest{}, err)
		}
	}
}

// screenNews sends a big screen what it may show, and again whenever that is another.
func (s *Server) screenNews(w http.ResponseWriter, r *http.Request) error {
	send := stream(w)
	beat := time.NewTicker(screenBeat)
	defer beat.Stop()
	tell := func(of watch.Sight) bool {
		doc, err := json.Marshal(s.sighted(of))
		return err == nil && send("board", string(doc))
	}
	now, changed := s.watch.Screen(r.Context())
	for ok := tell(now); ok; {
		news := false
		select {
		case <-r.Context().Done():
			return nil
		case <-s.ended:
			send("closing", "")
			return nil
		case <-beat.C:
		case <-changed:
			news = true
		}
		if s.stillScreen(r) != nil {
			send("lost", "") // it asks, and hears why
			return nil
		}
		if !news {
			ok = send("beat", "")
			continue
		}
		now, changed = s.watch.Screen(r.Context())
		ok = tell(now)
	}
	return nil
}

// stillScreen asks again whether a screen's token holds.
func (s *Server) stillScreen(r *http.Request) error {
	return s.Door.Screen(r.Context(), r.URL.Query().Get("key"))
}

// screenWait answers when what may be shown is not what the screen knows, at the latest after a while.
func (s *Server) screenWait(w http.ResponseWriter, r *http.Request) error {
	deadline(w, 2*longWait)
	known := r.URL.Query().Get("known")
	now, changed := s.watch.Screen(r.Context())
	if now.Tag == known && known != "" {
		select {
		case <-r.Context().Done():
			return nil
		case <-s.ended:
			return judging.Fail(judging.Unavailable, "room.shut", nil)
		case <-time.After(screenBeat):
		case <-changed:
		}
		if err := s.stillScreen(r); err != nil {
			return err
		}
		now, _ = s.watch.Screen(r.Context())
	}
	s.reply(w, s.sighted(now))
	return nil
}
