package room

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/office/passes"
	"fayi/judging/room/sign"
)

// policy forbids the page all that it does not need; there is nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; " +
	"connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Guard says what a browser must not do with an answer, or let a page do.
func Guard(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
}

// guarded is what holds for every request: whose names the room has, how often a device may ask, what a browser must
// not do with an answer.
func (s *Server) guarded(next http.Handler) http.Handler {
	same := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Guard(w.Header())
		if !s.hosts[strings.ToLower(r.Host)] {
			http.Error(w, "", http.StatusMisdirectedRequest)
			return
		}
		if !s.limits.anybody(clientOf(r)) {
			s.tooMany(w, r)
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

// credentials are what a request says of itself.
type credentials struct {
	pass, session, device, signature string
	count                            uint64
	path                             string // as it was signed
}

// A device's name for itself has so many characters.
const deviceLeast, deviceMost = 16, 64

func isDevice(s string) bool { return len(s) >= deviceLeast && len(s) <= deviceMost }

// credentialsOf reads the header, or where a browser can't set one, the last part of the query.
func credentialsOf(r *http.Request) (credentials, error) {
	c := credentials{path: r.URL.RequestURI()}
	said, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Fayi ")
	if !ok {
		i := strings.LastIndexAny(c.path, "?&")
		if i < 0 || !strings.HasPrefix(c.path[i+1:], "auth=") {
			return c, errNoCredentials
		}
		said, c.path = c.path[i+1+len("auth="):], c.path[:i]
	}
	f := strings.Split(said, ",")
	if len(f) != 5 {
		return c, errNoCredentials
	}
	c.pass, c.session, c.device, c.signature = f[0], f[1], f[3], f[4]
	var err error
	if c.count, err = strconv.ParseUint(f[2], 10, 64); err != nil || !isDevice(c.device) {
		return c, errNoCredentials
	}
	return c, nil
}

var errNoCredentials = judging.Fail(judging.Forbidden, "room.no_pass", nil)

// errSession asks the device to open another session and to sign again: nothing was done.
var errSession = judging.Fail(judging.Busy, "room.session", nil)

// signed lets through what a judge's device signed.
func (s *Server) signed(do answer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visitor(w, r)
		if err == nil {
			err = do(w, r, v)
		}
		if err != nil {
			s.fail(w, r, v.Guest, err)
		}
	})
}

// visitor says who asks. The order matters: the signature first, so that a stranger changes nothing; then the count,
// so that what was sent before changes nothing; then the device.
func (s *Server) visitor(w http.ResponseWriter, r *http.Request) (visit, error) {
	body, err := readBody(w, r)
	if err != nil {
		return visit{}, err
	}
	c, err := credentialsOf(r)
	if err != nil {
		return visit{}, err
	}
	guest, err := s.Door.Find(r.Context(), c.pass)
	if err != nil {
		return visit{}, err
	}
	of := sign.Request{Method: r.Method, Path: c.path, Session: c.session, Count: c.count, Device: c.device, Body: body}
	if !guest.Key.Signed(of, c.signature) {
		return visit{}, errNoCredentials
	}
	if !s.limits.device(c.pass) {
		return visit{}, errTooMany
	}
	if s.sessions.Use(c.pass, c.session, c.count) != nil {
		return visit{}, errSession
	}
	kind := kindOf(r.UserAgent())
	if err := s.Door.Admit(r.Context(), c.pass, c.device, kind); err != nil {
		s.knock(guest.Judge, c.device, kind, err)
		return visit{}, err
	}
	s.presence.saw(guest.Judge, c.device, kind, r.Header.Get("Fayi-Waiting"))
	return visit{Guest: guest, pass: c.pass, device: c.device, desk: s.Desk(guest.Judge), body: body}, nil
}

// kindOf names the kind of device that a browser says it runs on, a word of sign.Kinds.
func kindOf(agent string) string {
	for _, k := range [][2]string{
		{"fayi", "program"}, {"iPad", "ipad"}, {"iPhone", "iphone"}, {"Android", "android"}, {"OpenHarmony", "android"},
		{"Windows", "windows"}, {"Macintosh", "mac"}, {"Linux", "linux"},
	} {
		if strings.Contains(agent, k[0]) {
			return k[1]
		}
	}
	return "other"
}

var errTooMany = judging.Fail(judging.Busy, "room.too_many", nil)

func (s *Server) tooMany(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, passes.Guest{}, errTooMany)
}

// statuses maps what went wrong to what a browser understands. What is absent and what is another's are the same.
var statuses = map[judging.Code]int{
	judging.Invalid: http.StatusBadRequest, judging.Clash: http.StatusConflict, judging.NotFound: http.StatusForbidden,
	judging.Forbidden: http.StatusForbidden, judging.Closed: http.StatusLocked,
	judging.Busy: http.StatusServiceUnavailable, judging.Unavailable: http.StatusServiceUnavailable,
}

// Failure is how an error travels.
type Failure struct {
	Code judging.Code `json:"code"`
	Key  string       `json:"key"`
	Args judging.Args `json:"args,omitempty"`
	Text string       `json:"text"` // for the judge, in the language asked for

	Holds *judging.Ballot `json:"holds,omitempty"` // what holds, where a ballot was overtaken
}

// overtaken is the error of a ballot in whose place another holds.
type overtaken struct {
	error

	holds judging.Ballot
}

// Unwrap returns the error itself.
func (o overtaken) Unwrap() error { return o.error }

// fail answers with an error in the judge's words. What went wrong inside stays inside.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, g passes.Guest, err error) {
	if r.Context().Err() != nil {
		return // nobody listens
	}
	status, known := statuses[judging.CodeOf(err)]
	f := Failure{Code: judging.CodeOf(err), Key: "error.internal"}
	if e := (*judging.Error)(nil); errors.As(err, &e) && known {
		f.Key, f.Args = e.Text, e.Args
	}
	if o := (overtaken{}); errors.As(err, &o) {
		f.Holds = &o.holds
	}
	words := s.Text(r.Header.Get("Accept-Language"), func(id string) (string, bool) {
		return g.Name, id != "" && id == string(g.Judge)
	})
	switch {
	case !known:
		status, f.Code, f.Text = http.StatusInternalServerError, judging.Internal, words.T("room.fault", nil)
	default:
		f.Text = words.Err(judging.Fail(f.Code, f.Key, f.Args))
	}
	switch {
	case errors.Is(err, errSession):
		status = http.StatusUnauthorized
	case errors.Is(err, errTooMany):
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", "2")
	}
	w.Header().Set("Cache-Control", "no-store")
	write(w, status, f)
}

// deadline gives a long answer its time.
func deadline(w http.ResponseWriter, d time.Duration) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(d)) // not of every writer
}

// gone reports whether an error only says that the caller has left.
func gone(ctx context.Context, err error) bool { return err != nil && ctx.Err() != nil }
