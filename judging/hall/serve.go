package hall

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/room"
)

// routes lists all that can be asked at the hall's address. What is not here is not there, for everybody alike.
func (h *Hall) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", h.healthy)
	mux.HandleFunc("GET /readyz", h.ready)
	mux.HandleFunc("GET /hall", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/hall/", http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /hall/{$}", guarded(room.Shell(web.Hall)))
	mux.HandleFunc("GET /hall/a/{name}", guarded(room.Asset))
	mux.Handle("GET /hall/contests", h.forOrganiser(h.list))
	mux.Handle("POST /hall/contests/{name}/{act}", h.forOrganiser(h.openOrClose))
	mux.HandleFunc("GET /c/{slug}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, prefix(r.PathValue("slug"))+"/", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/c/{slug}/", h.contest)
	return mux
}

// guarded is for the page of who runs the hall. It holds nothing: what it shows it asks for by the token.
func guarded(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		room.Guard(w.Header())
		next(w, r)
	}
}

// Handler answers at the hall's address.
func (h *Hall) Handler() http.Handler {
	next := h.routes()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		said := &status{ResponseWriter: w}
		h.metrics.inFlight.Add(1)
		defer func() {
			h.metrics.inFlight.Add(-1)
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				h.Log.Error("a request ended in a fault of the program", "route", routeOf(r), "stack", stack())
				if said.code == 0 {
					h.refuse(said, r, judging.Fail(judging.Internal, "room.fault", nil))
				}
			}
			h.metrics.requests.add(class(said.code))
		}()
		r.RemoteAddr = h.from(r)
		if h.cert != nil {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !h.clients.allow(r.RemoteAddr) {
			h.refuse(said, r, judging.Fail(judging.Busy, "room.too_many", nil))
			return
		}
		next.ServeHTTP(said, r)
	})
}

// stack says where the program was; it holds no values.
func stack() []string {
	var out []string
	for line := range strings.Lines(string(debug.Stack())) {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), "("); ok && strings.HasPrefix(name, "fayi/") {
			out = append(out, name)
		}
	}
	return out
}

// routeOf names what was asked, without what tells of whom.
func routeOf(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return r.Pattern
}

// contest answers for one contest. The pages themselves are the same for all, so that nothing is opened for them.
func (h *Hall) contest(w http.ResponseWriter, r *http.Request) {
	slug := r.PathValue("slug")
	own := strings.TrimPrefix(r.URL.Path, prefix(slug))
	c := h.at(slug)
	if below, is := strings.CutPrefix(own, sendPath); is && (below == "" || below[0] == '/') {
		h.send(w, r, c, below)
		return
	}
	if c == nil || !strings.HasPrefix(own, "/api/") && !strings.HasPrefix(own, "/media/") {
		h.nobody.serve(w, r, slug)
		return
	}
	o, done, err := c.use(r.Context())
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	defer done()
	o.room.ServeHTTP(w, r)
}

// refuse answers with why something is not done, in the words of a judge. All of it passes: pages try again.
func (h *Hall) refuse(w http.ResponseWriter, r *http.Request, err error) {
	f := room.Failure{Code: judging.CodeOf(err), Key: keyOf(err)}
	words := h.Text(r.Header.Get("Accept-Language"), nil)
	if f.Code == judging.Internal || r.Context().Err() != nil {
		f.Code, f.Key, err = judging.Unavailable, "room.fault", judging.Fail(judging.Unavailable, "room.fault", nil)
	}
	f.Text = words.Err(err)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Retry-After", "5")
	w.WriteHeader(http.StatusServiceUnavailable)
	_ = json.NewEncoder(w).Encode(f) // a device that has gone asks again
}

// from is where a request comes from: what a trusted proxy says, else who is at the other end.
func (h *Hall) from(r *http.Request) string {
	at := r.RemoteAddr
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for len(said) > 0 && h.trusts(at) { // each proxy adds who came to it at the end
		last := strings.TrimSpace(said[len(said)-1])
		if _, ok := addrOf(last); !ok {
			break
		}
		at, said = last, said[:len(said)-1]
	}
	return at
}

func addrOf(s string) (netip.Addr, bool) {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(s)
	return a.Unmap(), err == nil
}

func (h *Hall) trusts(at string) bool {
	a, ok := addrOf(at)
	return ok && slices.ContainsFunc(h.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// status notes what was answered.
type status struct {
	http.ResponseWriter

	code int
}

// WriteHeader implements http.ResponseWriter.
func (s *status) WriteHeader(code int) {
	if s.code == 0 {
		s.code = code
	}
	s.ResponseWriter.WriteHeader(code)
}

// Write implements http.ResponseWriter.
func (s *status) Write(p []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find what it needs.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// clients bounds how often one address asks, whatever it asks: all judges of a county may come through one.
type clients struct {
	now func() time.Time

	mu  sync.Mutex
	all map[string]*rate.Limiter
}

const (
	clientRate, clientBurst = 1000, 5000
	mostClients             = 1 << 16
)

func newClients(now func() time.Time) *clients {
	return &clients{now: now, all: map[string]*rate.Limiter{}}
}

func (c *clients) allow(from string) bool {
	who := from
	if a, ok := addrOf(from); ok {
		who = a.String()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	one := c.all[who]
	if one == nil {
		if len(c.all) >= mostClients {
			clear(c.all) // each begins with a full burst again, and memory is bounded
		}
		one = rate.NewLimiter(clientRate, clientBurst)
		c.all[who] = one
	}
	return one.AllowN(c.now(), 1)
}

// ServeInside answers for who runs the host on l until ctx ends.
func (h *Hall) ServeInside(ctx context.Context, l net.Listener) {
	srv := &http.Server{Handler: h.Inside(), ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet()}
	defer context.AfterFunc(ctx, func() { _ = srv.Close() })() // nobody's answer is of worth then
	if err := srv.Serve(l); err != nil && ctx.Err() == nil {
		h.Log.Error("metrics are not served any more")
	}
}

// Serve serves the hall on l, over TLS where it has a certificate, until ctx ends; then what is under way is answered.
// Errors: those of the listener.
func (h *Hall) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: h.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: quiet(),
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		h.Stop()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopFor)
		defer cancel()
		if srv.Shutdown(last) != nil {
			_ = srv.Close() // films that are still being sent
		}
	}()
	var err error
	if h.cert != nil {
		srv.TLSConfig = h.cert.config()
		err = srv.ServeTLS(l, "", "")
	} else {
		err = srv.Serve(l)
	}
	if ctx.Err() != nil {
		<-done
		return nil
	}
	return judging.Fail(judging.Unavailable, "hall.stopped", nil).Because(err)
}
