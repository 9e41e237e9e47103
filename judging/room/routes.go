package room

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/passes"
)

const (
	mostBody = 64 << 10         // bytes of a request
	answerIn = 30 * time.Second // to write an answer
	filmIn   = 30 * time.Minute // to write a film to a slow device
)

// routes is the list of all that can be asked. Each is guarded in the same way, see guard.go.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", Shell(web.Room))
	mux.HandleFunc("GET /screen", Shell(web.Screen))
	mux.HandleFunc("GET /a/{name}", Asset)
	mux.HandleFunc("POST /api/hello", s.hello)
	mux.HandleFunc("GET /api/names", s.names)
	mux.HandleFunc("POST /api/enter", s.enter)
	mux.Handle("GET /api/duties", s.signed(s.duties))
	mux.Handle("GET /api/works/{code}", s.signed(s.work))
	mux.Handle("GET /api/works/{code}/files/{n}", s.signed(s.file))
	mux.Handle("GET /api/ballots/{code}", s.signed(s.ballot))
	mux.Handle("PUT /api/ballots/{code}", s.signed(s.save))
	mux.Handle("GET /api/ballots/{code}/history", s.signed(s.history))
	mux.Handle("PUT /api/looks/{code}", s.signed(s.keepLook))
	mux.Handle("POST /api/pledge", s.signed(s.pledge))
	mux.Handle("POST /api/submit", s.signed(s.submit))
	mux.Handle("GET /api/pairs", s.signed(s.askPair))
	mux.Handle("POST /api/pairs", s.signed(s.answerPair))
	mux.Handle("POST /api/pairs/back", s.signed(s.takePairBack))
	mux.Handle("GET /api/news", s.signed(s.news))
	mux.Handle("GET /api/wait", s.signed(s.wait))
	mux.HandleFunc("GET /media/{name}", s.medium)
	mux.HandleFunc("GET /api/screen/news", s.forScreen(s.screenNews))
	mux.HandleFunc("GET /api/screen/wait", s.forScreen(s.screenWait))
	return s.guarded(mux)
}

// visit is a request of which is known who it comes from.
type visit struct {
	passes.Guest
	pass string
	desk Desk

	device string
	body   []byte
}

// answer is a handler's way to fail.
type answer func(w http.ResponseWriter, r *http.Request, v visit) error

// hello opens a session for a pass. Anybody may ask: nothing is said of whether the pass exists.
func (s *Server) hello(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Pass string `json:"pass"`
	}
	body, err := readBody(w, r)
	if err == nil {
		err = decode(body, &in)
	}
	if err != nil {
		s.fail(w, r, passes.Guest{}, err)
		return
	}
	s.reply(w, map[string]any{"session": s.sessions.Open(in.Pass), "run": s.run, "page": web.Room().Version})
}

// pictured are the kinds of files of which there may be a small picture.
var pictured = map[string]bool{
	string(filetype.Picture): true, string(filetype.Video): true, string(filetype.Document): true,
}

func (s *Server) duties(w http.ResponseWriter, r *http.Request, v visit) error {
	in, err := v.desk.Duties(r.Context())
	if err != nil {
		return err
	}
	turn := s.watch.Turn(r.Context())
	standing, err := s.standing(r.Context(), v)
	if err != nil {
		return err
	}
	pairs, err := s.pairsStanding(r.Context(), v)
	if err != nil {
		return err
	}
	covers := map[judging.WorkCode]string{}
	for _, d := range in.Works {
		if len(d.Files) > 0 && pictured[d.Files[0].Kind] {
			covers[d.Code] = s.address(v.pass, part{Code: d.Code, Size: smallSize})
		}
	}
	return s.replyTagged(w, r, map[string]any{
		"duties": in, "standing": standing, "covers": covers, "page": web.Room().Version,
		"stage": turn, "knock": s.knockFor(r, v), "pairs": pairs,
	})
}

func (s *Server) work(w http.ResponseWriter, r *http.Request, v visit) error {
	code := judging.WorkCode(r.PathValue("code"))
	b, err := v.desk.Load(r.Context(), code)
	if err != nil {
		return err
	}
	files, err := s.looks(r.Context(), v, part{Code: code})
	if err != nil {
		return err
	}
	s.reply(w, map[string]any{"ballot": b, "files": files})
	return nil
}

func (s *Server) file(w http.ResponseWriter, r *http.Request, v visit) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return badRequest(err)
	}
	f, err := s.open(r.Context(), v.desk, part{Code: judging.WorkCode(r.PathValue("code")), File: n})
	if err != nil {
		return err
	}
	defer f.Close()
	s.serveFile(w, r, f)
	return nil
}

func (s *Server) ballot(w http.ResponseWriter, r *http.Request, v visit) error {
	b, err := v.desk.Load(r.Context(), judging.WorkCode(r.PathValue("code")))
	if err == nil {
		s.reply(w, b)
	}
	return err
}

func (s *Server) save(w http.ResponseWriter, r *http.Request, v visit) error {
	var b judging.Ballot
	if err := decode(v.body, &b); err != nil {
		return err
	}
	b.Code = judging.WorkCode(r.PathValue("code"))
	kept, err := v.desk.Save(r.Context(), b)
	switch {
	case err == nil:
		s.reply(w, kept)
	case judging.CodeOf(err) == judging.Clash:
		err = overtaken{err, kept}
	}
	return err
}

func (s *Server) keepLook(w http.ResponseWriter, r *http.Request, v visit) error {
	var l judging.Look
	if err := decode(v.body, &l); err != nil {
		return err
	}
	if err := v.desk.Look(r.Context(), judging.WorkCode(r.PathValue("code")), l); err != nil {
		return err
	}
	s.reply(w, map[string]bool{"kept": true})
	return nil
}

func (s *Server) history(w http.ResponseWriter, r *http.Request, v visit) error {
	all, err := v.desk.History(r.Context(), judging.WorkCode(r.PathValue("code")))
	if err != nil {
		return err
	}
	for i := range all {
		all[i].File = "" // how the organiser named a collected sheet is not for the network
	}
	s.reply(w, all)
	return nil
}

func (s *Server) pledge(w http.ResponseWriter, r *http.Request, v visit) error {
	var in struct {
		Sum string `json:"sum"`
	}
	err := decode(v.body, &in)
	if err == nil {
		err = v.desk.Pledge(r.Context(), in.Sum)
	}
	if err == nil {
		s.reply(w, map[string]bool{"pledged": true})
	}
	return err
}

// submitPurpose is what the PIN is sealed for with the key of the pass: it comes in by name, too.
const submitPurpose = "submit"

func (s *Server) submit(w http.ResponseWriter, r *http.Request, v visit) error {
	var in struct {
		Sealed string `json:"sealed"` // the judge's PIN, "" where none is asked for
	}
	if err := decode(v.body, &in); err != nil {
		return err
	}
	secret, err := v.Key.Unseal(submitPurpose, in.Sealed)
	if err != nil {
		return badRequest(err)
	}
	if err := v.desk.Submit(r.Context(), string(secret)); err != nil {
		return err
	}
	s.reply(w, map[string]bool{"submitted": true})
	return nil
}

// reply writes a value that is nobody else's and never kept.
func (s *Server) reply(w http.ResponseWriter, v any) {
	w.Header().Set("Cache-Control", "no-store")
	write(w, http.StatusOK, v)
}

// replyTagged answers “not changed” where it is.
func (s *Server) replyTagged(w http.ResponseWriter, r *http.Request, v any) error {
	doc, err := json.Marshal(v)
	if err != nil {
		return err
	}
	tag := s.tag(string(doc))
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("Vary", "Authorization")
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(doc) // a device that has gone asks again
	return nil
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a device that has gone asks again
}

func badRequest(err error) error {
	return judging.Fail(judging.Invalid, "room.bad_request", nil).Because(err)
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if long := (*http.MaxBytesError)(nil); errors.As(err, &long) {
		return nil, judging.Fail(judging.Invalid, "room.too_long", nil)
	}
	if err != nil {
		return nil, badRequest(err)
	}
	return body, nil
}

// decode reads one JSON value, and nothing after it.
func decode(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return badRequest(err)
	}
	return nil
}
