package hall

import (
	"context"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/room"
	"fayi/judging/sealing"
)

// Config is what a hall needs from outside.
type Config struct {
	Folder  string        // holds the contests' folders
	Address string        // "https://hall.example.cn", as links say it
	Door    *sealing.Door // to contests
	Text    func(lang string, called func(id string) (string, bool)) room.Words
	Random  io.Reader // from many goroutines
	Now     func() time.Time
	Cache   string // folder of caches of PDF pages, "" for one below Folder
	Log     *slog.Logger

	Passwords string         // folder with a file for each sealed contest, named as its folder; "" for none
	Typed     Typed          // passwords that were typed when the hall was started, by folder
	Cert, Key string         // PEM files; "" behind a proxy
	Proxies   []netip.Prefix // whose word is taken for where a request comes from
	Most      int            // contests that are open at a time; 0: 300
	Idle      time.Duration  // after which a contest that nobody asks for is closed; 0: 10 min
	Limits    Limits         // of each contest
}

// Typed are passwords by the names of folders.
type Typed map[string]string

const (
	mostOpen   = 300
	idleFor    = 10 * time.Minute
	lookEvery  = 5 * time.Second // at the folder, at idle contests and at the certificate
	freeEvery  = time.Minute
	againAfter = 10 * time.Second // a contest that can't be opened is tried again
	stopFor    = 20 * time.Second // what is under way may take when the hall stops
)

// Hall is open from New to Close. Its methods may be called from many goroutines.
type Hall struct {
	Config
	address *url.URL
	state   *state
	limits  Limits
	papers  *pdf.Engine
	stills  *room.Stills
	clients *clients
	metrics *metrics
	cert    *certificate // nil behind a proxy
	places  *semaphore.Weighted
	nobody  *strangers

	lastFreed time.Time   // when memory was given back
	toFree    atomic.Bool // contests were closed since

	stopping atomic.Bool
	missing  atomic.Bool // the folder can't be read

	mu     sync.Mutex
	byName map[string]*contest
	bySlug map[string]*contest
}

// stillsKept and stillsAtOnce are of all contests together.
const (
	stillsKept   = 256 << 20
	stillsAtOnce = 4
)

// New takes the folder and looks at what is in it; no contest is opened. Errors: Busy when another hall has the folder,
// NotFound, Invalid, Unavailable; those of the certificate.
func New(c Config) (*Hall, error) {
	if c.Most <= 0 {
		c.Most = mostOpen
	}
	if c.Idle <= 0 {
		c.Idle = idleFor
	}
	u, err := url.Parse(c.Address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" ||
		u.Fragment != "" || u.RawQuery != "" {
		return nil, judging.Fail(judging.Invalid, "hall.bad_address", judging.Args{"Address": c.Address})
	}
	h := &Hall{
		Config: c, address: u, limits: c.Limits.orUsual(), clients: newClients(c.Now), metrics: newMetrics(),
		stills: room.NewStills(stillsKept, stillsAtOnce), places: semaphore.NewWeighted(int64(c.Most)),
		byName: map[string]*contest{}, bySlug: map[string]*contest{},
	}
	h.Address = u.Scheme + "://" + u.Host
	if c.Cert != "" || c.Key != "" {
		if h.cert, err = newCertificate(c.Cert, c.Key, u.Hostname(), c.Now()); err != nil {
			return nil, err
		}
	} else if len(c.Proxies) == 0 {
		return nil, judging.Fail(judging.Invalid, "hall.no_tls", nil)
	}
	if c.Passwords != "" {
		if info, err := os.Stat(c.Passwords); err != nil || !info.IsDir() {
			return nil, judging.Fail(judging.NotFound, "hall.no_folder", judging.Args{"Dir": c.Passwords}).Because(err)
		}
	}
	if h.state, err = openState(c.Folder, c.Random); err != nil {
		return nil, err
	}
	h.nobody = newStrangers(h)
	if err := h.scan(); err != nil {
		return nil, firstError(err, h.state.close())
	}
	h.papers = pdf.NewEngine(pdf.Config{Cache: h.cacheDir(), Fonts: pdf.SystemFonts()})
	return h, nil
}

func (h *Hall) cacheDir() string {
	if h.Cache != "" {
		return h.Cache
	}
	return h.state.path("pdf")
}

// Token is what the organiser of the hall shows; it stands in the file at TokenFile.
func (h *Hall) Token() string { return h.state.token }

// TokenFile is where the organiser's token is kept.
func (h *Hall) TokenFile() string { return h.state.path(tokenFile) }

// Run looks at the folder, at idle contests and at the certificate until ctx ends. First it looks into each contest
// once, so that the organiser sees what is wrong before judges do.
func (h *Hall) Run(ctx context.Context) {
	surveyed := make(chan struct{})
	go func() {
		defer close(surveyed)
		h.survey(ctx)
	}()
	beat := time.NewTicker(lookEvery)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			<-surveyed
			return
		case <-beat.C:
			h.Look(ctx)
		}
	}
}

// Look looks once at the folder, at idle contests and at the certificate; one call at a time.
func (h *Hall) Look(ctx context.Context) {
	if err := h.scan(); err != nil && !h.missing.Swap(true) {
		h.Log.Error("folder can't be read", "code", judging.CodeOf(err))
	} else if err == nil && h.missing.Swap(false) {
		h.Log.Info("folder is back")
	}
	for _, c := range h.all() {
		c.lookIn(ctx)
	}
	h.lookAtCertificate()
	h.free()
}

// free gives back what closed contests have used, now and then: the runtime itself would wait for the next need.
func (h *Hall) free() {
	if now := h.Now(); now.Sub(h.lastFreed) >= freeEvery && h.toFree.Swap(false) {
		h.lastFreed = now
		debug.FreeOSMemory()
	}
}

// survey looks once into each contest that nobody looked into yet, one after the other.
func (h *Hall) survey(ctx context.Context) {
	for _, c := range h.all() {
		if ctx.Err() != nil || h.stopping.Load() {
			return
		}
		c.look(ctx)
	}
}

// scan finds the contests in the folder. One whose folder went stays known: a share of files that is away for a moment
// must not make judges' codes invalid.
func (h *Hall) scan() error {
	entries, err := os.ReadDir(h.Folder)
	if err != nil {
		return judging.Fail(judging.NotFound, "hall.no_folder", judging.Args{"Dir": h.Folder}).Because(err)
	}
	there := map[string]bool{}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && isContest(h.Folder, e.Name()) {
			there[e.Name()] = true
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for name := range there {
		if h.byName[name] == nil {
			c := newContest(h, name)
			h.byName[name], h.bySlug[c.slug] = c, c
		}
	}
	for name, c := range h.byName {
		c.setAbsent(!there[name])
	}
	return nil
}

// all lists the contests by name.
func (h *Hall) all() []*contest {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*contest, 0, len(h.byName))
	for _, c := range h.byName {
		out = append(out, c)
	}
	sortContests(out)
	return out
}

func (h *Hall) named(name string) *contest {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.byName[name]
}

func (h *Hall) at(slug string) *contest {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bySlug[slug]
}

// Stop takes no more scores and tells the pages that wait. What is under way goes on.
func (h *Hall) Stop() {
	h.stopping.Store(true)
	for _, c := range h.all() {
		c.tellClosing()
	}
}

// Close closes all contests and gives the folder back; nothing may be asked any more. Errors: those of closing.
func (h *Hall) Close(ctx context.Context) error {
	h.Stop()
	var errs []error
	for _, c := range h.all() {
		errs = append(errs, c.close(ctx, forStop))
	}
	return firstError(append(errs, h.papers.Close(), h.state.close())...)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
