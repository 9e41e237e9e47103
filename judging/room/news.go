package room

import (
	"fmt"
	"net/http"
	"time"
)

const (
	heartbeat = 15 * time.Second // without news, so that a dead connection is noticed
	longWait  = 25 * time.Second // of a page that can't listen
)

// news tells a page when to ask for its list again. A judge's own saving is no news.
func (s *Server) news(w http.ResponseWriter, r *http.Request, v visit) error {
	standing, err := v.desk.Standing(r.Context())
	if err != nil {
		return err
	}
	defer s.presence.listens(v.Judge)()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	deadline(w, 24*time.Hour)
	send := func(event, data string) bool {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		return err == nil && http.NewResponseController(w).Flush() == nil
	}
	look, beat := time.NewTicker(s.Beat), time.NewTicker(heartbeat)
	defer look.Stop()
	defer beat.Stop()
	for ok := send("standing", standing); ok; {
		select {
		case <-r.Context().Done():
			return nil
		case <-s.ended:
			send("closing", "")
			return nil
		case <-beat.C:
			ok = send("beat", "")
		case <-look.C:
			now, err := s.still(r, v)
			if err != nil {
				send("lost", "") // the page asks, and hears why
				return nil
			}
			if now != standing {
				standing, ok = now, send("standing", now)
			}
		}
	}
	return nil
}

// still reads the standing of a judge whose pass still holds.
func (s *Server) still(r *http.Request, v visit) (string, error) {
	if _, err := s.Door.Find(r.Context(), v.pass); err != nil {
		return "", err
	}
	return v.desk.Standing(r.Context())
}

// wait answers when the standing is not what the page knows, at the latest after a while.
func (s *Server) wait(w http.ResponseWriter, r *http.Request, v visit) error {
	defer s.presence.listens(v.Judge)()
	deadline(w, 2*longWait)
	known := r.URL.Query().Get("standing")
	end, look := time.After(longWait), time.NewTicker(s.Beat)
	defer look.Stop()
	for {
		now, err := s.still(r, v)
		if err != nil {
			return err
		}
		if now != known {
			s.reply(w, map[string]string{"standing": now})
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-end:
			s.reply(w, map[string]string{"standing": now})
			return nil
		case <-s.ended:
			s.reply(w, map[string]string{"closing": "yes"})
			return nil
		case <-look.C:
		}
	}
}
