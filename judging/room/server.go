package room

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/office/live"
	"fayi/judging/office/passes"
	"fayi/judging/room/sign"
	"fayi/judging/room/watch"
)

// Desk is what the room needs of one judge's place.
type Desk interface {
	judging.Ballots
	// Standing changes when the list does by what others do.
	Standing(ctx context.Context) (string, error)
}

// Door is how the room knows who comes; passes.Door is the one of a contest.
type Door interface {
	Secret(purpose string) []byte
	Find(ctx context.Context, pass string) (passes.Guest, error)
	Admit(ctx context.Context, pass, device, kind string) error
	Stays(ctx context.Context, pass, device string) error
	Judges(ctx context.Context) ([]judging.JudgeID, error)
	Names(ctx context.Context) ([]string, error)
	Enter(ctx context.Context, name, pin, device, kind string) (passes.Guest, error)
	Screen(ctx context.Context, token string) error
}

// Words says texts in one language.
type Words interface {
	T(key string, args map[string]any) string
	Err(err error) string
}

// Config is what a room needs from outside.
type Config struct {
	Door   Door
	Desk   func(judging.JudgeID) Desk
	Pairs  func(judging.JudgeID) Pairs // where works are compared in pairs; nil: nowhere
	Papers *pdf.Engine                 // opens PDF files; the caller closes it
	// Text returns the texts of a language; called names the identities that errors speak of.
	Text   func(lang string, called func(id string) (string, bool)) Words
	Random io.Reader // from many goroutines
	Now    func() time.Time
	// Hosts are the addresses under which the room may be asked, as "192.168.1.5:8790"; others are refused, so that no
	// foreign page can reach it by a name of its own.
	Hosts []string
	// Prefix is the path below which the room is asked, as "/c/abc"; "" where it has its hosts to itself.
	Prefix string
	Stills *Stills       // that several rooms share; nil: its own
	Beat   time.Duration // between news for judges, unless the stage changed; 0: 2 s
	Names  bool          // judges may come in by name and PIN, without a token
	// Board reads what the big screen may show; Subscribe signals that something was written.
	Board     func(ctx context.Context) (live.Board, error)
	Subscribe func() (rings <-chan struct{}, leave func())
}

// Server is an open room. Its methods may be called from many goroutines.
type Server struct {
	Config
	hosts    map[string]bool
	run      string // of this program's run: tells a page that the server was started again
	sessions *sign.Sessions
	agree    sign.Private // on keys with devices that come in by name
	once     once
	media    []byte // signs addresses of media
	tags     []byte // marks content
	limits   *limits
	stills   *Stills
	presence *presence
	watch    *watch.Watch
	screens  chan struct{} // one for each big screen that listens
	files    http.Handler
	ended    chan struct{}
	end      sync.Once
}

// New returns a room that is open until End. Errors: Unavailable without randomness.
func New(c Config) (*Server, error) {
	key := make([]byte, sha256.Size)
	if _, err := io.ReadFull(c.Random, key); err != nil {
		return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	agree, err := sign.NewPrivate(c.Random)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	if c.Beat <= 0 {
		c.Beat = 2 * time.Second
	}
	if c.Stills == nil {
		c.Stills = NewStills(stillsKept, stillsAtOnce)
	}
	s := &Server{
		Config: c, hosts: map[string]bool{}, run: hex.EncodeToString(sign.Derive(key, "run")[:8]),
		sessions: sign.NewSessions(sign.Derive(key, "sessions")), agree: agree,
		media: c.Door.Secret("media"), tags: c.Door.Secret("tags"),
		limits: newLimits(c.Now), stills: c.Stills, presence: newPresence(c.Now), ended: make(chan struct{}),
		watch:   watch.New(watch.Config{Board: c.Board, Subscribe: c.Subscribe, Now: c.Now, Beat: c.Beat}),
		screens: make(chan struct{}, mostScreens),
	}
	for _, h := range c.Hosts {
		s.hosts[strings.ToLower(h)] = true
	}
	s.files = http.StripPrefix(c.Prefix, s.routes())
	return s, nil
}

// Run names this opening of the room among all rooms; it is no secret.
func (s *Server) Run() string { return s.run }

// Watch looks at the contest and wakes pages until ctx ends. Serve does it, too: it is for who serves the room by
// ServeHTTP.
func (s *Server) Watch(ctx context.Context) { s.watch.Run(ctx) }

// End tells the pages that the room closes, and ends their waiting.
func (s *Server) End() { s.end.Do(func() { close(s.ended) }) }

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.files.ServeHTTP(w, r) }

// HTTP returns a server with timeouts that serves the room on listeners.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
}

// Serve serves the room on l until ctx ends, then closes it within 3 s. Errors: those of the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := s.HTTP()
	go s.watch.Run(ctx)
	go s.warm(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		s.End()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		if h.Shutdown(last) != nil {
			_ = h.Close() // films that are still being sent
		}
	}()
	err := h.Serve(l)
	if ctx.Err() != nil {
		<-done
		return nil
	}
	return judging.Fail(judging.Unavailable, "room.stopped", nil).Because(err)
}
