package hall

import (
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// metrics are counts of the whole hall. They name no contest.
type metrics struct {
	requests, saves, openings, closings counts

	inFlight    atomic.Int64
	mediaBytes  atomic.Int64
	saveSeconds histogram
}

func newMetrics() *metrics { return &metrics{} }

// counts counts by a word.
type counts struct {
	mu sync.Mutex
	by map[string]int64
}

func (c *counts) add(word string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by == nil {
		c.by = map[string]int64{}
	}
	c.by[word]++
}

func (c *counts) write(w io.Writer, name, label, help string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	head(w, name, "counter", help)
	for _, word := range slices.Sorted(maps.Keys(c.by)) {
		fmt.Fprintf(w, "%s{%s=%q} %d\n", name, label, word, c.by[word])
	}
}

// steps of the histogram, in seconds.
var steps = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5}

type histogram struct {
	mu  sync.Mutex
	n   []int64
	all int64
	sum float64
}

func (g *histogram) add(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.n == nil {
		g.n = make([]int64, len(steps))
	}
	for i, most := range steps {
		if d.Seconds() <= most {
			g.n[i]++
		}
	}
	g.all++
	g.sum += d.Seconds()
}

func (g *histogram) write(w io.Writer, name, help string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	head(w, name, "histogram", help)
	for i, most := range steps {
		n := int64(0)
		if g.n != nil {
			n = g.n[i]
		}
		fmt.Fprintf(w, "%s_bucket{le=\"%s\"} %d\n", name, strconv.FormatFloat(most, 'g', -1, 64), n)
	}
	fmt.Fprintf(w, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %g\n%s_count %d\n", name, g.all, name, g.sum, name, g.all)
}

func head(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func gauge(w io.Writer, name, help string, value float64) {
	head(w, name, "gauge", help)
	fmt.Fprintf(w, "%s %s\n", name, strconv.FormatFloat(value, 'f', -1, 64))
}

// Inside answers at an address of its own, for who runs the host: how the hall is, and its counts.
func (h *Hall) Inside() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", h.healthy)
	mux.HandleFunc("GET /readyz", h.ready)
	mux.HandleFunc("GET /metrics", h.measures)
	return mux
}

func (h *Hall) measures(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	states := map[string]int{"open": 0, "closed": 0, "shut": 0, "broken": 0}
	for _, c := range h.all() {
		states[c.state()]++
	}
	head(w, "fayi_hall_contests", "gauge", "Contests in the folder by state.")
	for _, s := range slices.Sorted(maps.Keys(states)) {
		fmt.Fprintf(w, "fayi_hall_contests{state=%q} %d\n", s, states[s])
	}
	m := h.metrics
	m.requests.write(w, "fayi_hall_requests_total", "class", "Requests by class of the answer.")
	m.saves.write(w, "fayi_hall_saves_total", "result", "Saves by what became of them.")
	m.openings.write(w, "fayi_hall_openings_total", "result", "Openings of contests.")
	m.closings.write(w, "fayi_hall_closings_total", "why", "Closings of contests.")
	m.saveSeconds.write(w, "fayi_hall_save_seconds", "Seconds until a save was kept.")
	gauge(w, "fayi_hall_requests_in_flight", "Requests under way.", float64(m.inFlight.Load()))
	head(w, "fayi_hall_media_bytes_total", "counter", "Bytes read of works' files.")
	fmt.Fprintf(w, "fayi_hall_media_bytes_total %d\n", m.mediaBytes.Load())
	gauge(w, "fayi_hall_ready", "1 while judges are let in.", boolean(h.trouble() == ""))
	if h.cert != nil {
		until, bad := h.cert.standing()
		gauge(w, "fayi_hall_certificate_until_seconds", "When the certificate ends, as Unix time.",
			float64(until.Unix()))
		gauge(w, "fayi_hall_certificate_refused", "1 while a newer certificate can't be used.", boolean(bad != nil))
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	gauge(w, "fayi_hall_heap_bytes", "Bytes of memory in use.", float64(mem.HeapInuse))
	gauge(w, "fayi_hall_goroutines", "Goroutines.", float64(runtime.NumGoroutine()))
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// healthy answers as long as the program does.
func (h *Hall) healthy(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") }

// ready answers whether judges are let in.
func (h *Hall) ready(w http.ResponseWriter, _ *http.Request) {
	if t := h.trouble(); t != "" {
		say(w, http.StatusServiceUnavailable, t)
		return
	}
	say(w, http.StatusOK, "ok")
}

// trouble says in a word what is wrong with the hall as a whole, "" for nothing.
func (h *Hall) trouble() string {
	switch {
	case h.stopping.Load():
		return "stopping"
	case h.missing.Load():
		return "folder"
	case h.cert != nil && h.cert.over(h.Now()):
		return "certificate"
	}
	return ""
}

func say(w http.ResponseWriter, code int, word string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_, _ = io.WriteString(w, word+"\n") // who asked may have gone
}

// class is the class of a status, as 2xx.
func class(code int) string {
	if code == 0 {
		code = http.StatusOK
	}
	return strconv.Itoa(code/100) + "xx"
}

// quiet is a log for what the web server says of single connections: it holds addresses of people's devices.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
