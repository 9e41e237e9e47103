package hall

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/room"
)

// Row is one contest of the organiser's list.
type Row struct {
	Name    string `json:"name"`    // of its folder
	Address string `json:"address"` // of its room, for slips
	State   string `json:"state"`   // open, closed, shut (by the organiser) or broken
	Problem string `json:"problem"` // what is wrong, in words; "" for nothing
	Log     string `json:"log"`     // stands for it in the log
	Bytes   int64  `json:"bytes"`   // of its database

	Standing
	Looked time.Time `json:"looked,omitzero"` // when that was read
}

// List is what the organiser of the hall sees.
type List struct {
	Contests []Row  `json:"contests"`
	Problem  string `json:"problem"` // of the hall itself, in words; "" for nothing
	Limits   Bounds `json:"limits"`
}

// Bounds are what the hall and each of its contests may take.
type Bounds struct {
	Most    int `json:"most"`    // contests that are open at once
	Idle    int `json:"idle"`    // minutes without use, after which one is closed
	Devices int `json:"devices"` // of a contest
	Saves   int `json:"saves"`   // of a contest, a second
	Media   int `json:"media"`   // of a contest, megabytes a second
}

// forOrganiser lets in who shows the hall's token. Everybody else hears that there is nothing.
func (h *Hall) forOrganiser(do func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || subtle.ConstantTimeCompare([]byte(shown), []byte(h.state.token)) != 1 {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		if err := do(w, r); err != nil {
			code := judging.CodeOf(err)
			status := http.StatusServiceUnavailable
			switch code {
			case judging.NotFound:
				status = http.StatusNotFound
			case judging.Busy:
				status = http.StatusConflict
			}
			w.WriteHeader(status)
			f := room.Failure{Code: code, Key: keyOf(err), Text: h.Text(r.Header.Get("Accept-Language"), nil).Err(err)}
			if e := (*judging.Error)(nil); errors.As(err, &e) {
				f.Args = e.Args
			}
			_ = json.NewEncoder(w).Encode(f) // who asked may have gone
		}
	}))
}

func (h *Hall) list(w http.ResponseWriter, r *http.Request) error {
	_ = json.NewEncoder(w).Encode(h.List(r.Context(), r.Header.Get("Accept-Language"))) // who asked may have gone
	return nil
}

// List lists the contests by name. Open ones are looked at now; what closed ones are like is from when they were open
// last.
func (h *Hall) List(ctx context.Context, lang string) List {
	words := h.Text(lang, nil)
	out := List{Contests: []Row{}, Limits: Bounds{
		h.Most, int(h.Idle.Minutes()), h.limits.Devices, h.limits.Saves, h.limits.Media,
	}}
	if h.cert != nil {
		if _, bad := h.cert.standing(); bad != nil {
			out.Problem = words.T("hall.old_certificate", map[string]any{"Why": words.Err(bad)})
		}
	}
	if h.missing.Load() {
		out.Problem = words.Err(judging.Fail(judging.NotFound, "hall.no_folder", judging.Args{"Dir": h.Folder}))
	}
	for _, c := range h.all() {
		if o, done := c.peek(); o != nil {
			c.read(ctx, o)
			done()
		}
		out.Contests = append(out.Contests, c.row(words))
	}
	return out
}

var errAbsent = judging.Fail(judging.NotFound, "hall.no_contest", nil)

// Count counts the contests in the folder.
func (h *Hall) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.byName)
}

// state says in a word how a contest is.
func (c *contest) state() string {
	shut := c.hall.state.isShut(c.name)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case shut:
		return "shut"
	case c.fault != nil || c.absent:
		return "broken"
	case c.open != nil:
		return "open"
	}
	return "closed"
}

func (c *contest) row(words room.Words) Row {
	r := Row{Name: c.name, Address: c.address(), State: c.state(), Log: c.tag}
	if info, err := os.Stat(database(c.dir())); err == nil {
		r.Bytes = info.Size()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	r.Standing, r.Looked = c.stands, c.looked
	switch {
	case c.absent:
		r.Problem = words.Err(errAbsent)
	case c.fault != nil:
		r.Problem = words.Err(c.fault)
	}
	return r
}

// address is where the contest's room is, without a slash at the end.
func (c *contest) address() string { return c.hall.Address + prefix(c.slug) }

func (h *Hall) openOrClose(w http.ResponseWriter, r *http.Request) error {
	c := h.named(r.PathValue("name"))
	act := r.PathValue("act")
	if c == nil || act != "open" && act != "close" {
		return judging.Fail(judging.NotFound, "hall.unknown", judging.Args{"Name": r.PathValue("name")})
	}
	if err := h.SetOpen(r.Context(), c.name, act == "open"); err != nil {
		return err
	}
	_ = json.NewEncoder(w).Encode(c.row(h.Text(r.Header.Get("Accept-Language"), nil))) // who asked may have gone
	return nil
}

// SetOpen lets judges into a contest's room, or closes it: their pages hear of it, scores that are under way are kept,
// and nothing is opened until it is let open again, also by another run. Errors: NotFound, Unavailable; Busy where
// something is under way for long: nobody is let in any more, and the contest is closed by and by.
func (h *Hall) SetOpen(ctx context.Context, name string, open bool) error {
	c := h.named(name)
	if c == nil {
		return judging.Fail(judging.NotFound, "hall.unknown", judging.Args{"Name": name})
	}
	if err := h.state.setShut(name, !open); err != nil {
		return err
	}
	h.Log.Info("room set", "contest", c.tag, "open", open)
	if open {
		c.mu.Lock()
		c.fault = nil // it is tried at once
		c.mu.Unlock()
		if c.ended() { // it was in use when it was to be closed
			if err := c.close(ctx, forShut); err != nil {
				return err
			}
		}
		c.look(ctx)
		return nil
	}
	return c.close(ctx, forShut)
}

// ended reports whether the contest is still open though its room was closed.
func (c *contest) ended() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open != nil && c.told
}
