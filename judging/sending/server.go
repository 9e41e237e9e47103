// Package sending lets units send works over a network: a page, and a server that takes files in parts by the protocol
// tus 1.0.0 (https://tus.io), so that a connection which breaks costs what was under way and nothing else.
//
// It promises: who has no link learns nothing but what the organiser published; a unit sees only what is its own; what
// has arrived is checked to the last byte before it is said to have arrived, and is then kept for the organiser, who
// alone makes works of it; whatever is not taken is refused in words; no unit fills the disk.
//
// It knows nothing of judges: their room is another server with other addresses. What reads foreign bytes here is
// bounded, and holds them against what the parcel itself says (package parcel); it does not look into works.
package sending

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"

	"fayi/internal/diskspace"
	"fayi/judging"
	"fayi/judging/office/sending"
)

// Door is how the server knows the contest; sending.Door is the one of an open contest.
type Door interface {
	Opening(ctx context.Context) (sending.Opening, error)
	Unit(ctx context.Context, token string) (string, error)
	Asked(ctx context.Context) (sending.Asked, error)
	Deliveries(ctx context.Context, unit string) ([]sending.Delivery, error)
	Known(ctx context.Context, unit, sum string) (sending.Delivery, bool, error)
	Refuse(ctx context.Context, d sending.Delivery, why error) error
	Keep(ctx context.Context, d sending.Delivery, r io.Reader) (sending.Delivery, error)
}

// Words says texts in one language.
type Words interface {
	T(key string, args map[string]any) string
	Err(err error) string
}

// Config is what a server needs from outside.
type Config struct {
	Door   Door
	Dir    string // of what is not whole yet; it is made
	Text   func(lang string) Words
	Random io.Reader // from many goroutines
	Now    func() time.Time
	// Hosts are the addresses under which it may be asked, as "192.168.1.5:8792"; others are refused, so that no
	// foreign page can reach it by a name of its own.
	Hosts  []string
	Prefix string // the path below which it is asked, as "/c/abc/send"; "" where it has its hosts to itself

	Free func(dir string) (int64, error) // bytes left on the disk; nil: diskspace.Free
}

// What holds for all units.
const (
	spare      = 4 << 30             // bytes that stay free on the disk
	mostHalves = 4                   // of a unit, at once
	mostKept   = 20                  // deliveries of a unit that wait for the organiser
	keptHalf   = 14 * 24 * time.Hour // without a byte more
	sweepEvery = time.Hour
)

// Server takes what units send, from New until its Run ends. Its methods may be called from many goroutines.
type Server struct {
	Config
	hosts  map[string]bool
	shelf  *shelf
	limits *limits
	files  http.Handler
	checks chan string // identities of what is complete

	mu    sync.Mutex
	queue map[string]bool // identities that are checked or wait for it
}

// New takes the folder of what is not whole yet, and goes on with what lies in it. Errors: Unavailable.
func New(c Config) (*Server, error) {
	if c.Free == nil {
		c.Free = diskspace.Free
	}
	s := &Server{Config: c, hosts: map[string]bool{}, limits: newLimits(c.Now), queue: map[string]bool{},
		checks: make(chan string, 1024)}
	for _, h := range c.Hosts {
		s.hosts[strings.ToLower(h)] = true
	}
	var err error
	if s.shelf, err = openShelf(c.Dir, c.Now, c.Random, c.Free); err != nil {
		return nil, err
	}
	tus, err := s.protocol()
	if err != nil {
		return nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": ""}).Because(err)
	}
	s.files = http.StripPrefix(c.Prefix, s.guarded(s.routes(tus)))
	for _, n := range s.shelf.all() {
		if n.State == checking {
			s.toCheck(n.ID)
		}
	}
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.files.ServeHTTP(w, r) }

// Run checks what has arrived and removes what nobody goes on with, until ctx ends.
func (s *Server) Run(ctx context.Context) {
	beat := time.NewTicker(sweepEvery)
	defer beat.Stop()
	s.shelf.sweep()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			s.shelf.sweep()
		case id := <-s.checks:
			again := s.check(ctx, id)
			s.mu.Lock()
			delete(s.queue, id)
			s.mu.Unlock()
			if again && ctx.Err() == nil {
				time.AfterFunc(5*time.Second, func() { s.toCheck(id) })
			}
		}
	}
}

// toCheck queues what is complete, once. Where the queue is full, the page that asks how it stands queues it again.
func (s *Server) toCheck(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue[id] {
		return
	}
	select {
	case s.checks <- id:
		s.queue[id] = true
	default:
	}
}

// HTTP returns a server with timeouts that serves this one on listeners. How long a body may take is seen to by the
// protocol, which waits for each piece of it.
func (s *Server) HTTP() *http.Server {
	return &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
}

// protocol returns the handler of the protocol over the shelf.
func (s *Server) protocol() (*handler.UnroutedHandler, error) {
	with := handler.NewStoreComposer()
	with.UseCore(s.shelf)
	with.UseTerminater(s.shelf)
	with.UseLocker(newLocks())
	return handler.NewUnroutedHandler(handler.Config{
		StoreComposer: with, BasePath: s.Prefix + filesPath, DisableDownload: true, DisableConcatenation: true,
		Cors: &handler.CorsConfig{Disable: true}, Logger: silent(), NetworkTimeout: 45 * time.Second,
		MaxSize: sending.MostMost, PreUploadCreateCallback: s.mayBegin, PreUploadTerminateCallback: s.mayEnd,
	})
}
