// Package host opens the room over a contest and tells the organiser what goes on in it.
//
// It promises: it listens before it says so; the address it shows is one that the room answers to; who has what on a
// device only is said before the room is closed.
package host

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/media/pdf"
	"fayi/judging/office"
	"fayi/judging/office/passes"
	"fayi/judging/room"
	"fayi/judging/room/lan"
)

// Port is the one that rooms are opened at, so that a firewall's rule can name it.
const Port = "8790"

// Config is what a host needs from outside.
type Config struct {
	// "192.168.1.5:8790"; without a host the likeliest is taken, without a port Port; at "0.0.0.0" the room answers at
	// all addresses of the computer
	Addr   string
	Text   func(lang string, called func(id string) (string, bool)) room.Words
	Random io.Reader
	Now    func() time.Time
	Cache  string  // the user's folder of caches, "" for none
	Names  bool    // judges may come in by name and PIN at one address for all
	Secure *Secure // on HTTPS; nil: on HTTP

	// Addresses finds the computer's own addresses; nil: lan.Addresses.
	Addresses func() ([]lan.Address, error)
	Beat      time.Duration // between two looks at who is here; 0: 1 s
}

// Host is an open room.
type Host struct {
	Address string        // "http://192.168.1.5:8790", as judges type it
	Trust   *Trust        // how devices come to trust it, nil where nothing is to be done
	Others  []lan.Address // more addresses at which the room listens, too
	Names   bool          // judges may come in by name and PIN at Address

	office *office.Office
	room   *room.Server
	papers *pdf.Engine
	now    func() time.Time
	end    context.CancelFunc
	ended  chan error
	watch  *watch
	pool   *x509.CertPool // of the room's certificate, nil on HTTP
}

// Open opens the room and returns when it listens. It is open until Close. Errors: Unavailable when there is no network
// or the address can't be had, Busy when the port is taken.
func Open(ctx context.Context, o *office.Office, c Config) (*Host, error) {
	if c.Addresses == nil {
		c.Addresses = lan.Addresses
	}
	all, err := c.Addresses()
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "room.no_network", nil).Because(err)
	}
	ip, port := place(c.Addr, all)
	h := &Host{Names: c.Names, office: o, now: c.Now, ended: make(chan error, 1)}
	ips := h.answerAt(ip, all)
	if len(ips) == 0 {
		return nil, judging.Fail(judging.Unavailable, "room.no_network", nil)
	}
	l, err := Listen(ctx, ip, port)
	if err != nil {
		return nil, err
	}
	_, port, _ = net.SplitHostPort(l.Addr().String()) // of a listener it always can be split
	door, err := o.Passes().Door(ctx)
	if err != nil {
		l.Close()
		return nil, err
	}
	secured, err := h.address(ctx, c, ips, port)
	if err != nil {
		l.Close()
		return nil, err
	}
	hosts := hostsOf(ips, secured.more, port)
	if everywhere(ip) {
		hosts = append(hosts, "localhost:"+port)
	}
	h.papers = pdf.NewEngine(pdf.Config{Cache: cacheFor(c.Cache, o.Dir()), Fonts: pdf.SystemFonts()})
	h.room, err = room.New(room.Config{
		Door: door, Desk: func(j judging.JudgeID) room.Desk { return o.Scoring().Desk(j).InRoom() }, Papers: h.papers,
		Pairs: func(j judging.JudgeID) room.Pairs { return o.Comparisons().Desk(j).InRoom() },
		Text:  c.Text, Random: c.Random, Now: c.Now, Hosts: hosts,
		Board: o.Live().Board, Subscribe: o.Subscribe, Names: c.Names,
	})
	if err != nil {
		l.Close()
		return nil, err
	}
	serving, end := context.WithCancel(context.WithoutCancel(ctx))
	h.end = end
	if secured.config != nil {
		l = secured.begin(serving, h, l, c, hosts)
	}
	go func() { h.ended <- h.room.Serve(serving, l) }()
	h.watch = newWatch(c, ips[0], all)
	go h.watch.run(serving, h)
	return h, nil
}

// everywhere reports whether ip stands for all addresses of the computer.
func everywhere(ip string) bool {
	a, err := netip.ParseAddr(ip)
	return err == nil && a.IsUnspecified()
}

// answerAt lists the addresses at which the room answers when it listens at ip, the likeliest first.
func (h *Host) answerAt(ip string, all []lan.Address) []string {
	switch {
	case ip == "":
		return nil
	case !everywhere(ip):
		return []string{ip}
	case len(all) == 0:
		return nil // nobody but this computer itself could come
	}
	var ips []string
	for _, a := range all {
		ips = append(ips, a.IP)
	}
	h.Others = all[1:]
	return append(ips, "127.0.0.1")
}

// address says how the room is reached, at the first of the computer's addresses unless a certificate names another.
func (h *Host) address(ctx context.Context, c Config, ips []string, port string) (secured, error) {
	if c.Secure == nil {
		h.Address = "http://" + net.JoinHostPort(ips[0], port)
		return secured{}, nil
	}
	s, err := c.Secure.secure(ctx, h.office, c, ips)
	if err != nil {
		return secured{}, err
	}
	host := ips[0]
	if s.host != "" {
		host = s.host
	}
	h.Address, h.pool = "https://"+net.JoinHostPort(host, port), s.pool
	return *s, nil
}

func cacheFor(user, contest string) string {
	if user != "" {
		return filepath.Join(user, "fayi", "pdf")
	}
	return filepath.Join(contest, "thumbs", "pdf")
}

// place splits what was asked for, and fills in what is missing.
func place(addr string, all []lan.Address) (ip, port string) {
	ip, port, err := net.SplitHostPort(addr)
	if err != nil {
		ip, port = addr, Port
	}
	if port == "" {
		port = Port
	}
	if ip == "" && len(all) > 0 {
		ip = all[0].IP
	}
	return ip, port
}

// Listen listens at the address asked for. Errors: Busy, Unavailable.
func Listen(ctx context.Context, ip, port string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(ip, port))
	switch {
	case err == nil:
		return l, nil
	case inUse(err):
		return nil, judging.Fail(judging.Busy, "room.port_taken", judging.Args{"Port": port}).Because(err)
	}
	return nil, judging.Fail(judging.Unavailable, "room.no_address", judging.Args{
		"Address": net.JoinHostPort(ip, port)}).Because(err)
}

// inUse reports whether another program listens there already.
func inUse(err error) bool {
	var call *os.SyscallError
	return errors.As(err, &call) && portTaken(call.Err)
}

// Link is the address for the judge who has this token.
func (h *Host) Link(token string) string { return JudgeLink(h.Address, token) }

// JudgeLink is the address for the judge who has this token, in the room at an address.
func JudgeLink(address, token string) string { return address + "/#" + token }

// Screen is the address of the big screen. Errors: Unavailable.
func (h *Host) Screen(ctx context.Context) (string, error) {
	token, err := h.office.Passes().ScreenPass(ctx, false)
	return ScreenLink(h.Address, token), err
}

// ScreenLink is the address of the big screen in the room at an address.
func ScreenLink(address, token string) string { return address + "/screen#" + token }

// Address is where a room would be opened, as Open chooses it. Errors: Unavailable when there is no network.
func Address(addr string) (string, error) {
	all, err := lan.Addresses()
	ip, port := place(addr, all)
	if everywhere(ip) {
		ip, _ = place("", all)
	}
	if err != nil || ip == "" {
		return "", judging.Fail(judging.Unavailable, "room.no_network", nil).Because(err)
	}
	return "http://" + net.JoinHostPort(ip, port), nil
}

// WriteSlips writes the slips of passes that were just issued to path as PDF, four to a page. Errors: Unavailable.
func (h *Host) WriteSlips(ctx context.Context, path string, issued []passes.Issued, words diploma.Words) error {
	return Slips{h.office, h.Address, h.now(), words}.Write(ctx, path, issued)
}

// Slips are slips for judges of a contest, whose room is or will be at an address.
type Slips struct {
	Office  *office.Office
	Address string
	Made    time.Time
	Words   diploma.Words
}

// Write writes the slips of passes that were just issued to path as PDF, four to a page; without one it leaves what is
// there. Errors: Unavailable.
func (s Slips) Write(ctx context.Context, path string, issued []passes.Issued) error {
	if len(issued) == 0 {
		return nil
	}
	c, err := s.Office.Contest(ctx)
	if err != nil {
		return err
	}
	var slips []diploma.RoomSlip
	for _, p := range issued {
		slips = append(slips, diploma.RoomSlip{
			Contest: c.Title(), Judge: p.Name, Address: JudgeLink(s.Address, p.Token), Made: s.Made, Words: s.Words,
		})
	}
	err = atomicfile.Write(path, 0o600, func(w io.Writer) error { return diploma.RoomSlips(w, slips...) })
	if err != nil {
		return judging.Fail(judging.Unavailable, "room.slips_failed", judging.Args{"Path": path}).Because(err)
	}
	return nil
}

// Row is one judge in the room, for the organiser.
type Row struct {
	passes.Pass
	Done      int       `json:"done"`
	Total     int       `json:"total"`
	Submitted bool      `json:"submitted"`
	Open      bool      `json:"open"`          // the page is open on the device now
	Seen      time.Time `json:"seen,omitzero"` // when the device asked last, since the room was opened
	Waiting   int       `json:"waiting"`       // scores that are on the device only, as it said last
	Knocks    int       `json:"knocks"`        // other devices that were refused since the room was opened
}

// Rows lists the judges of the published plan: who is here, on what device, how far. Errors: Closed when no plan is
// published.
func (h *Host) Rows(ctx context.Context) ([]Row, error) {
	all, err := h.office.Passes().Passes(ctx)
	if err != nil {
		return nil, err
	}
	status, err := h.office.Scoring().Progress(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Row, len(all))
	at := map[judging.JudgeID]*Row{}
	for i, p := range all {
		out[i] = Row{Pass: p}
		at[p.Judge] = &out[i]
	}
	for _, j := range status.Judges {
		if r := at[j.Judge]; r != nil {
			r.Name, r.Done, r.Total, r.Submitted = j.Call, j.Done, j.Total, j.Submitted
		}
	}
	for _, one := range h.room.Here() {
		if r := at[one.Judge]; r != nil {
			r.Open, r.Seen, r.Waiting, r.Knocks = one.Open, one.Seen, one.Waiting, one.Knocks
		}
	}
	return out, nil
}

// Close closes the room and returns what devices said last to have that was not received. Errors: the room had stopped
// before; Unavailable.
func (h *Host) Close() ([]room.Here, error) {
	h.end()
	err := <-h.ended
	return h.Left(), errors.Join(err, h.papers.Close())
}

// Left is what devices said last to have that was not received.
func (h *Host) Left() []room.Here {
	var left []room.Here
	for _, one := range h.room.Here() {
		if one.Waiting > 0 {
			left = append(left, one)
		}
	}
	return left
}

// Here counts the judges whose pages are open.
func (h *Host) Here() int {
	n := 0
	for _, one := range h.room.Here() {
		if one.Open {
			n++
		}
	}
	return n
}

// Ended says when the room has stopped by itself; Close is still to be called.
func (h *Host) Ended() bool {
	select {
	case err := <-h.ended:
		h.ended <- err
		return true
	default:
		return false
	}
}
