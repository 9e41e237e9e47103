package sending

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"

	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/office/sending"
	"fayi/judging/parcel"
)

// filesPath is below what files are sent.
const filesPath = "/api/files/"

// routes is the list of all that can be asked.
func (s *Server) routes(tus *handler.UnroutedHandler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", Shell)
	mux.HandleFunc("GET /api/call", s.call)
	mux.Handle("GET /api/sent", s.forUnit(s.sent))
	mux.Handle("GET /api/sent/{id}", s.forUnit(s.one))
	of := func(h http.HandlerFunc) http.Handler { return s.inUnit(tus.Middleware(h)) }
	mux.Handle("OPTIONS "+filesPath, tus.Middleware(http.NotFoundHandler()))
	mux.Handle("POST "+filesPath+"{$}", of(tus.PostFile))
	mux.Handle("HEAD "+filesPath+"{id}", of(tus.HeadFile))
	mux.Handle("PATCH "+filesPath+"{id}", of(s.finishing(tus.PatchFile)))
	mux.Handle("DELETE "+filesPath+"{id}", of(tus.DelFile))
	return mux
}

// Shell sends the page itself: the same for all contests and units, so that it says nothing of any.
func Shell(w http.ResponseWriter, _ *http.Request) {
	page, policy := parcel.OnlinePage()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "private, no-cache")
	_, _ = w.Write(page) // a device that has gone asks again
}

// Call is what the page has to know.
type Call struct {
	Rules json.RawMessage `json:"rules"` // as a page that works without a network has them
	Unit  string          `json:"unit"`  // whose link it is; "" for what is published
	Open  bool            `json:"open"`
	Until time.Time       `json:"until,omitzero"`
	Most  int64           `json:"most"` // bytes of one file
	To    string          `json:"to,omitempty"`
}

// call tells a unit what it has to know, and who has no link what is published.
func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	doc, err := s.callFor(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	reply(w, http.StatusOK, doc)
}

func (s *Server) callFor(r *http.Request) (Call, error) {
	opening, err := s.Door.Opening(r.Context())
	if err != nil {
		return Call{}, err
	}
	token := tokenOf(r)
	unit := ""
	if token != "" || !opening.Public {
		if unit, err = s.Door.Unit(r.Context(), token); err != nil {
			return Call{}, err
		}
	}
	asked, err := s.Door.Asked(r.Context())
	if err != nil {
		return Call{}, err
	}
	req := parcel.Request{Unit: unit, Mark: kitmark.Of(asked.Rules, asked.Terms.Deadline, s.Now())}
	if day, err := time.Parse(time.DateOnly, asked.Terms.Deadline); err == nil {
		req.Deadline = s.words(r).T("call.day",
			judging.Args{"Year": day.Year(), "Month": int(day.Month()), "Day": day.Day()})
	}
	rules, err := parcel.Rules(asked.Contest, asked.Rules, req)
	c := Call{Rules: rules, Unit: unit, Open: opening.Now(s.Now()), Most: opening.Most, To: asked.Terms.To}
	if opening.Open {
		c.Until = opening.Until
	}
	return c, err
}

// Sent is one file as its unit sees it.
type Sent struct {
	ID      string    `json:"id"`               // of what is under way; "" for what the contest has
	Number  string    `json:"number,omitempty"` // of what has arrived
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes"`
	Offset  int64     `json:"offset"`
	Sum     string    `json:"sha256"`
	At      time.Time `json:"at"` // when it began, or arrived
	State   string    `json:"state"`
	Works   int       `json:"works"`
	Files   int       `json:"files"`
	Edition int       `json:"edition,omitempty"`
	Text    string    `json:"text,omitempty"` // why it was refused
}

// sent lists what a unit has sent: what is under way, then what has arrived, the newest first.
func (s *Server) sent(w http.ResponseWriter, r *http.Request, unit string) error {
	all, err := s.Door.Deliveries(r.Context(), unit)
	if err != nil {
		return err
	}
	out := []Sent{}
	for _, n := range s.shelf.all() {
		if n.Unit == unit && n.State != kept {
			out = append(out, s.asSent(r, n))
		}
	}
	slices.SortFunc(out, func(a, b Sent) int { return b.At.Compare(a.At) })
	for _, d := range all {
		out = append(out, arrived(d))
	}
	reply(w, http.StatusOK, out)
	return nil
}

// one says how it stands with one file.
func (s *Server) one(w http.ResponseWriter, r *http.Request, unit string) error {
	n, there := s.shelf.get(r.PathValue("id"), unit)
	if !there {
		return judging.Fail(judging.NotFound, "sending.gone", nil)
	}
	if n.State == checking {
		s.toCheck(n.ID)
	}
	out := s.asSent(r, n)
	if n.State == kept {
		all, err := s.Door.Deliveries(r.Context(), unit)
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.ID == n.Delivery {
				out = arrived(d)
			}
		}
	}
	reply(w, http.StatusOK, out)
	return nil
}

func (s *Server) asSent(r *http.Request, n note) Sent {
	out := Sent{ID: n.ID, Name: n.Name, Bytes: n.Size, Offset: n.offset, Sum: n.Sum, At: n.Began, State: n.State}
	if n.State == refused {
		out.Text = s.words(r).Err(judging.Fail(n.Code, n.Key, n.Args))
	}
	return out
}

func arrived(d sending.Delivery) Sent {
	return Sent{Number: d.ID, Name: d.Name, Bytes: d.Bytes, Offset: d.Bytes, Sum: d.Sum, At: d.At, State: d.State,
		Works: d.Works, Files: d.Files, Edition: d.Edition, Text: d.Why}
}

// finishing queues what is complete once its last piece was answered.
func (s *Server) finishing(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next(w, r)
		if n, there := s.shelf.get(r.PathValue("id"), ""); there && n.State == checking {
			s.toCheck(n.ID)
		}
	}
}

// inUnit lets through who has a link, with its unit in the context, to where only the identity is left of the path.
func (s *Server) inUnit(next http.Handler) http.Handler {
	return s.forUnit(func(w http.ResponseWriter, r *http.Request, unit string) error {
		r = r.WithContext(context.WithValue(r.Context(), unitKey{}, unit))
		at := *r.URL
		at.Path, at.RawPath = "/"+cmp.Or(r.PathValue("id"), ""), ""
		r.URL = &at
		next.ServeHTTP(&inWords{ResponseWriter: w, server: s, r: r}, r)
		return nil
	})
}
