package lanlog

import (
	"bytes"
	"context"
	"crypto/hmac"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"fayi/judging"
	"fayi/judging/store/replica"
)

// longest bounds how long the server lets a request wait for news.
const longest = 25 * time.Second

// Server answers for a log to those who have its key.
type Server struct {
	log replica.Log
	key []byte
	mux *http.ServeMux
}

// NewServer serves log, whose entries are sealed by key, which stays the caller's to close. Errors: Internal.
func NewServer(log replica.Log, key []byte) (*Server, error) {
	signing, err := signing(key)
	if err != nil {
		return nil, err
	}
	s := &Server{log: log, key: signing, mux: http.NewServeMux()}
	s.mux.HandleFunc("POST /log/{at}", s.signed(s.append))
	s.mux.HandleFunc("GET /log/{at}", s.signed(s.read))
	s.mux.HandleFunc("GET /news/{at}", s.signed(s.wait))
	s.mux.HandleFunc("POST /cut/{at}", s.signed(s.cut))
	s.mux.HandleFunc("DELETE /turn/{wish}", s.trusted(s.withdraw))
	s.mux.HandleFunc("GET /notes", s.trusted(s.names))
	s.mux.HandleFunc("GET /notes/{name...}", s.trusted(s.noted))
	s.mux.HandleFunc("PUT /notes/{name...}", s.trusted(s.note))
	s.mux.HandleFunc("DELETE /notes/{name...}", s.trusted(s.drop))
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	s.mux.ServeHTTP(w, r)
}

// signed lets a request through that was signed, with its position and its body.
func (s *Server) signed(
	serve func(w http.ResponseWriter, r *http.Request, at uint64, body []byte),
) http.HandlerFunc {
	return s.trusted(func(w http.ResponseWriter, r *http.Request, body []byte) {
		at, err := strconv.ParseUint(r.PathValue("at"), 10, 64)
		if err != nil || at == 0 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		serve(w, r, at, body)
	})
}

// trusted lets a request through that was signed, with its body.
func (s *Server) trusted(serve func(w http.ResponseWriter, r *http.Request, body []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		want := sign(s.key, r.Method, r.URL.RequestURI(), body)
		if !hmac.Equal([]byte(want), []byte(r.Header.Get(signature))) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		serve(w, r, body)
	}
}

func (s *Server) append(w http.ResponseWriter, r *http.Request, at uint64, body []byte) {
	// an answer that nobody waits for any more must not undo what is being written
	ctx := context.WithoutCancel(r.Context())
	if !r.URL.Query().Has(wishParam) {
		answer(w, s.log.Append(ctx, at, body))
		return
	}
	a, err := s.log.Try(ctx, at, body, r.URL.Query().Get(wishParam))
	for _, wish := range a.Waiting {
		w.Header().Add(waitingHeader, wish.Name+" "+wish.Mark)
	}
	answer(w, err)
	if len(a.Next) > 0 {
		_ = writeEntries(w, a.Next) // whoever is gone reads it again
	}
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request, _ []byte) {
	answer(w, s.log.Withdraw(context.WithoutCancel(r.Context()), r.PathValue("wish")))
}

// answer says how something ended that has no other answer.
func answer(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, replica.ErrTaken):
		w.WriteHeader(http.StatusConflict)
	case errors.Is(err, replica.ErrGap):
		w.WriteHeader(http.StatusPreconditionFailed)
	case errors.Is(err, replica.ErrTurn):
		w.WriteHeader(http.StatusTooEarly)
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func (s *Server) read(w http.ResponseWriter, r *http.Request, at uint64, _ []byte) {
	entries, err := s.log.Read(r.Context(), at)
	switch {
	case errors.Is(err, replica.ErrCut):
		w.WriteHeader(http.StatusGone)
	case err != nil:
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		_ = writeEntries(w, entries) // whoever is gone reads it again
	}
}

// wait answers when there may be news, or when it waited long enough.
func (s *Server) wait(w http.ResponseWriter, r *http.Request, at uint64, _ []byte) {
	ctx, cancel := context.WithTimeout(r.Context(), longest)
	defer cancel()
	if err := s.log.Wait(ctx, at); err != nil && ctx.Err() == nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) cut(w http.ResponseWriter, r *http.Request, at uint64, _ []byte) {
	answer(w, s.log.Cut(context.WithoutCancel(r.Context()), at))
}

func (s *Server) names(w http.ResponseWriter, r *http.Request, _ []byte) {
	names, err := s.log.Names(r.Context())
	if err != nil {
		answer(w, err)
		return
	}
	for _, name := range names {
		_, _ = io.WriteString(w, name+"\n")
	}
}

func (s *Server) noted(w http.ResponseWriter, r *http.Request, _ []byte) {
	value, err := s.log.Noted(r.Context(), r.PathValue("name"))
	if err != nil {
		answer(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(value)
}

// note takes what stood there and what is to stand there, as two entries.
func (s *Server) note(w http.ResponseWriter, r *http.Request, body []byte) {
	both, err := readEntries(bytes.NewReader(body))
	if err != nil || len(both) != 2 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	answer(w, s.log.Note(context.WithoutCancel(r.Context()), r.PathValue("name"), both[0], both[1]))
}

func (s *Server) drop(w http.ResponseWriter, r *http.Request, _ []byte) {
	answer(w, s.log.Drop(context.WithoutCancel(r.Context()), r.PathValue("name")))
}

// Listen serves log, whose entries are sealed by key, at a port on all networks until stop is called. Errors: Busy,
// "share.port"; Internal.
func Listen(ctx context.Context, port string, log replica.Log, key []byte) (stop func() error, err error) {
	handler, err := NewServer(log, key)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", ":"+port)
	if err != nil {
		return nil, judging.Fail(judging.Busy, "share.port", judging.Args{"Port": port}).Because(err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: time.Minute,
		MaxHeaderBytes: 8 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return func() error {
		ending, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(ending) != nil { // those that wait for news
			_ = server.Close()
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			return away(err)
		}
		return nil
	}, nil
}
