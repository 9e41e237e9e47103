package room

import (
	"encoding/json"
	"errors"
	"net/http"
	"sync"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/office/passes"
)

// How judges come in by one address for all: they choose their name and type their PIN. Neither the PIN nor the key of
// the pass travels as it is: page and room agree on a key before.

// enterPurpose is what is sealed.
const enterPurpose = "enter"

var errNamesOff = judging.Fail(judging.Forbidden, "room.no_token", nil)

// names lists who can come in by name, and nothing else.
func (s *Server) names(w http.ResponseWriter, r *http.Request) {
	if !s.Names {
		s.fail(w, r, passes.Guest{}, errNamesOff)
		return
	}
	all, err := s.Door.Names(r.Context())
	if err != nil {
		s.fail(w, r, passes.Guest{}, err)
		return
	}
	s.reply(w, map[string]any{"names": all, "public": s.agree.Public(), "page": web.Room().Version})
}

// entering is what a device says to come in by name.
type entering struct {
	Name   string `json:"name"`
	PIN    string `json:"pin"`
	Device string `json:"device"`
}

// enter gives the key of a judge's pass to who proves to be that judge.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	guest, sealed, err := s.entered(w, r)
	if err != nil {
		s.fail(w, r, guest, err)
		return
	}
	s.reply(w, map[string]string{"sealed": sealed})
}

func (s *Server) entered(w http.ResponseWriter, r *http.Request) (guest passes.Guest, sealed string, err error) {
	if !s.Names {
		return guest, "", errNamesOff
	}
	body, err := readBody(w, r)
	if err != nil {
		return guest, "", err
	}
	var in struct {
		Public string `json:"public"`
		Sealed string `json:"sealed"`
	}
	if err := decode(body, &in); err != nil {
		return guest, "", err
	}
	key, err := s.agree.Agree(in.Public, in.Public, s.agree.Public())
	if err != nil {
		return guest, "", badRequest(err)
	}
	plain, err := key.Unseal(enterPurpose, in.Sealed)
	if err != nil {
		return guest, "", errStale // the room was opened again since the page read the names
	}
	var who entering
	if err := decode(plain, &who); err != nil {
		return guest, "", err
	}
	if !isDevice(who.Device) {
		return guest, "", badRequest(nil)
	}
	if !s.once.take(in.Public) {
		return guest, "", errStale
	}
	kind := kindOf(r.UserAgent())
	guest, err = s.Door.Enter(r.Context(), who.Name, who.PIN, who.Device, kind)
	if guest.Judge == "" { // the PIN was not right: whoever sends it again gains nothing
		s.once.drop(in.Public)
	}
	if err != nil {
		s.knock(guest.Judge, who.Device, kind, err)
		return guest, "", err
	}
	answer, _ := json.Marshal(map[string][]byte{"key": guest.Key[:]}) // bytes always marshal
	sealed, err = key.Seal(s.Random, enterPurpose, answer)
	if err != nil {
		err = judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return guest, sealed, err
}

// once refuses what proved a PIN to be right and comes again: it would end the wait after wrong tries of another.
type once struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (o *once) take(what string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen[what] {
		return false
	}
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	o.seen[what] = true
	return true
}

func (o *once) drop(what string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.seen, what)
}

// errStale asks the page to read the names again.
var errStale = judging.Fail(judging.Clash, "room.names_stale", nil)

var errOtherDevice = judging.Fail(judging.Forbidden, "room.other_device", nil)

// knock tells the judge whose device is here that another one wanted to come in as them, and was refused.
func (s *Server) knock(judge judging.JudgeID, device, kind string, err error) {
	if judge != "" && errors.Is(err, errOtherDevice) && s.presence.knocked(judge, device, kind) {
		s.watch.Wake()
	}
}

// refusal is what a judge hears of a device that was refused.
type refusal struct {
	N    int    `json:"n"` // counts on, so that one that was read is not shown again
	Text string `json:"text"`
}

// knockFor returns what a judge hears, nil where no device was refused but the one that asks, before it was let in.
func (s *Server) knockFor(r *http.Request, v visit) *refusal {
	k := s.presence.knockOf(v.Judge)
	if k.n == 0 || k.device == v.device {
		return nil
	}
	words := s.Text(r.Header.Get("Accept-Language"), nil)
	return &refusal{k.n, words.T("room.knock", map[string]any{"Device": words.T("room.kind_"+k.kind, nil)})}
}
