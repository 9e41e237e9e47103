package room

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"fayi/judging/room/sign"
)

const (
	heartbeat = 15 * time.Second // without news, so that a dead connection is noticed
	longWait  = 25 * time.Second // of a page that can't listen
)

// stream writes server-sent events; a false answer says that nobody listens any more.
func stream(w http.ResponseWriter) func(event, data string) bool {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	deadline(w, 24*time.Hour)
	return func(event, data string) bool {
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		return err == nil && http.NewResponseController(w).Flush() == nil
	}
}

// news tells a page when to ask for its list again. A judge's own saving is no news.
func (s *Server) news(w http.ResponseWriter, r *http.Request, v visit) error {
	rung := s.watch.Lists()
	standing, err := s.standing(r.Context(), v)
	if err != nil {
		return err
	}
	defer s.presence.listens(v.Judge)()
	send := stream(w)
	beat := time.NewTicker(heartbeat)
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
		case <-rung:
			rung = s.watch.Lists()
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

// standing changes when a judge's list does by what others do, or when the stage does.
func (s *Server) standing(ctx context.Context, v visit) (string, error) {
	own, err := v.desk.Standing(ctx)
	if err != nil {
		return "", err
	}
	pairs, err := s.pairsStanding(ctx, v)
	if err != nil {
		return "", err
	}
	doc, err := json.Marshal(s.watch.Turn(ctx))
	return own + "." + sign.Short(s.tags, string(doc), s.presence.knockOf(v.Judge).id(), pairs), err
}

// still reads the standing of a judge whose pass and device still hold.
func (s *Server) still(r *http.Request, v visit) (string, error) {
	if err := s.Door.Stays(r.Context(), v.pass, v.device); err != nil {
		return "", err
	}
	return s.standing(r.Context(), v)
}

// wait answers when the standing is not what the page knows, at the latest after a while.
func (s *Server) wait(w http.ResponseWriter, r *http.Request, v visit) error {
	defer s.presence.listens(v.Judge)()
	deadline(w, 2*longWait)
	known := r.URL.Query().Get("standing")
	end := time.After(longWait)
	for {
		rung := s.watch.Lists()
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
		case <-rung:
		}
	}
}
