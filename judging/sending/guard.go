package sending

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/exp/slog"

	"github.com/tus/tusd/v2/pkg/memorylocker"

	"fayi/judging"
)

const (
	jsonType = "application/json; charset=utf-8"
	answerIn = 30 * time.Second
)

// guarded is what holds for every request: under which names it may be asked, how often, and what a browser must not do
// with an answer.
func (s *Server) guarded(next http.Handler) http.Handler {
	same := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex")
		if !s.hosts[strings.ToLower(r.Host)] {
			http.Error(w, "", http.StatusMisdirectedRequest)
			return
		}
		if !s.limits.anybody(clientOf(r)) {
			s.fail(w, r, judging.Fail(judging.Busy, "sending.too_many", nil))
			return
		}
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerIn)) // not of every writer
		same.ServeHTTP(w, r)
	})
}

func clientOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// tokenOf is the token of a link that a request has; "" for none.
func tokenOf(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return token
}

// forUnit lets through who has a link.
func (s *Server) forUnit(do func(w http.ResponseWriter, r *http.Request, unit string) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		unit, err := s.Door.Unit(r.Context(), tokenOf(r))
		if err == nil {
			err = do(w, r, unit)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// Failure is how an error travels.
type Failure struct {
	Code judging.Code `json:"code"`
	Key  string       `json:"key"`
	Text string       `json:"text"` // for the unit, in the language asked for
}

// statuses maps what went wrong to what a browser understands.
var statuses = map[judging.Code]int{
	judging.Invalid: http.StatusBadRequest, judging.Clash: http.StatusConflict, judging.NotFound: http.StatusNotFound,
	judging.Forbidden: http.StatusForbidden, judging.Closed: http.StatusForbidden,
	judging.Busy: http.StatusServiceUnavailable, judging.Unavailable: http.StatusServiceUnavailable,
}

// failure says an error in the words of a unit. What went wrong inside stays inside.
func (s *Server) failure(lang string, err error) (int, Failure) {
	code := judging.CodeOf(err)
	status, known := statuses[code]
	e := (*judging.Error)(nil)
	if !known || !errors.As(err, &e) {
		e = judging.Fail(judging.Unavailable, "sending.fault", nil)
		code, status = e.Code, http.StatusInternalServerError
	}
	if e.Text == "sending.too_many" || e.Text == "sending.halves" || e.Text == "sending.waiting" {
		status = http.StatusTooManyRequests
	}
	if e.Text == "sending.no_room" {
		status = http.StatusInsufficientStorage
	}
	return status, Failure{code, e.Text, s.Text(lang).Err(judging.Fail(code, e.Text, e.Args))}
}

func (s *Server) words(r *http.Request) Words { return s.Text(r.Header.Get("Accept-Language")) }

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		panic(http.ErrAbortHandler) // no answer is better than an empty one that says all is well
	}
	status, f := s.failure(r.Header.Get("Accept-Language"), err)
	reply(w, status, f)
}

// Refuse answers for a server that is not open, with an error in words.
func Refuse(w http.ResponseWriter, r *http.Request, words Words, err error) {
	s := &Server{Config: Config{Text: func(string) Words { return words }}}
	s.fail(w, r, err)
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", jsonType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a device that has gone asks again
}

// inWords says in words what the protocol refuses, and addresses without a host: what stands before this server may
// know it by another.
type inWords struct {
	http.ResponseWriter

	server *Server
	r      *http.Request
	ours   bool // the body was written here
	begun  bool
}

// WriteHeader implements http.ResponseWriter.
func (w *inWords) WriteHeader(status int) {
	if w.begun {
		return
	}
	w.begun = true
	h := w.Header()
	if at, err := url.Parse(h.Get("Location")); err == nil && at.Path != "" {
		h.Set("Location", at.Path)
	}
	if status < http.StatusBadRequest || h.Get("Content-Type") == jsonType || w.r.Method == http.MethodHead {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	key, code := "sending.broke", judging.Unavailable
	switch status {
	case http.StatusNotFound, http.StatusGone:
		key, code = "sending.gone", judging.NotFound
	case http.StatusConflict, http.StatusLocked:
		key, code = "sending.elsewhere", judging.Busy
	case http.StatusInsufficientStorage:
		key = "sending.no_room"
	case http.StatusRequestEntityTooLarge:
		key, code = "sending.too_long", judging.Invalid
	}
	w.ours = true
	h.Del("Content-Length")
	_, f := w.server.failure(w.r.Header.Get("Accept-Language"), judging.Fail(code, key, nil))
	reply(w.ResponseWriter, status, f)
}

// Write implements http.ResponseWriter.
func (w *inWords) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	if w.ours {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find what it needs.
func (w *inWords) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// silent logs nothing: what is sent is nobody's but the unit's.
func silent() *slog.Logger {
	return slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.Level(100)}))
}

// newLocks makes the locks by which a device takes over what a broken connection of another still holds.
func newLocks() *memorylocker.MemoryLocker { return memorylocker.New() }
