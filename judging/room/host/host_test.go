package host_test

import (
	"crypto/rand"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/host"
	"fayi/judging/room/lan"
	"fayi/judging/room/roomtest"
)

func open(t *testing.T, h *roomtest.House, addr string) (*host.Host, assets.Text, error) {
	t.Helper()
	return openAmong(t, h, addr, nil)
}

// openAmong opens a room on a computer that has addresses of its own.
func openAmong(
	t *testing.T, h *roomtest.House, addr string, addresses func() ([]lan.Address, error),
) (*host.Host, assets.Text, error) {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	room, err := host.Open(t.Context(), h.Office, host.Config{Addr: addr, Random: rand.Reader, Now: time.Now,
		Cache: os.TempDir(), Addresses: addresses, Beat: 10 * time.Millisecond,
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		}})
	return room, texts.In("zh-Hans"), err
}

// heard waits for a ring; false when the room has ended.
func heard(t *testing.T, rings <-chan struct{}) bool {
	t.Helper()
	select {
	case _, open := <-rings:
		return open
	case <-time.After(10 * time.Second):
		t.Fatal("nothing rang")
		return false
	}
}

func TestTheOrganiserHearsWhoComesAndThatTheAddressWent(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	own := make(chan []lan.Address, 1)
	own <- []lan.Address{{IP: "127.0.0.1"}}
	r, _, err := openAmong(t, h, "127.0.0.1:0", func() ([]lan.Address, error) {
		all := <-own
		own <- all
		return all, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	rings := r.Subscribe()
	if err := r.Reach(t.Context()); err != nil {
		t.Errorf("the room can't be reached: %v", err)
	}
	select {
	case <-rings:
		t.Error("its own page made it ring")
	case <-time.After(100 * time.Millisecond):
	}
	c, err := client.Open(http.DefaultClient, r.Link(h.Tokens["j002"]), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	heard(t, rings)
	if _, err := c.Duties(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-rings:
		t.Error("a judge who asks again is news")
	case <-time.After(200 * time.Millisecond):
	}
	if r.Gone() {
		t.Error("the address is said to have gone")
	}
	<-own
	own <- []lan.Address{{IP: "192.0.2.7"}}
	heard(t, rings)
	if err := r.Reach(t.Context()); !r.Gone() || judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("gone %v, %v", r.Gone(), err)
	}
	<-own
	own <- []lan.Address{{IP: "127.0.0.1"}}
	heard(t, rings)
	if r.Gone() || r.Reach(t.Context()) != nil {
		t.Error("the address has come back, and this is not seen")
	}
	if _, err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for heard(t, rings) {
	}
	if heard(t, r.Subscribe()) {
		t.Error("a closed room rings")
	}
}

func TestWhatAnswersInThePlaceOfTheRoomIsTold(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	r, text, err := open(t, h, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Reach(t.Context()); !strings.Contains(text.Err(err), "防火墙") {
		t.Errorf("nobody answers: %v", err)
	}
	l, err := net.Listen("tcp", strings.TrimPrefix(r.Address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	other := &http.Server{Handler: http.RedirectHandler("http://192.0.2.1/<html", http.StatusFound),
		ReadHeaderTimeout: time.Second}
	ended := make(chan error, 1)
	go func() { ended <- other.Serve(l) }()
	if err := r.Reach(t.Context()); !strings.Contains(text.Err(err), "别的程序") {
		t.Errorf("another program answers: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended
	again, _, err := open(t, h, strings.TrimPrefix(r.Address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := r.Reach(t.Context()); !strings.Contains(text.Err(err), "别的程序") {
		t.Errorf("another room answers: %v", err)
	}
}

func TestTheOrganiserSeesWhoIsHere(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 6, Judges: 3})
	r, text, err := open(t, h, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	issued, err := h.Office.Passes().IssuePasses(t.Context(), []judging.JudgeID{"j001", "j002"})
	if err != nil {
		t.Fatal(err)
	}
	slips := filepath.Join(t.TempDir(), "slips.pdf")
	if err := r.WriteSlips(t.Context(), slips, issued, text.T); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(slips); err != nil || info.Size() < 5000 {
		t.Errorf("slips: %v, %v", info, err)
	}
	c, err := client.Open(http.DefaultClient, r.Link(issued[0].Token), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := in.Works[0]
	if _, err := c.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
	rows, err := r.Rows(t.Context())
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if one := rows[0]; one.Kind != "program" || one.Done != 1 || one.Total != len(in.Works) || one.Seen.IsZero() {
		t.Errorf("the judge who is here: %+v", one)
	}
	if two := rows[1]; !two.Bound.IsZero() || !two.Seen.IsZero() || two.Issued.IsZero() {
		t.Errorf("the judge who is not: %+v", two)
	}
	if r.Ended() {
		t.Error("it has ended by itself")
	}
	left, err := r.Close()
	if err != nil || len(left) != 0 {
		t.Errorf("closed with %v, %v", left, err)
	}
	if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("after it was closed: %v", err)
	}
}

func TestAPortThatIsTakenIsSaid(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	one, text, err := open(t, h, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	_, _, err = open(t, h, strings.TrimPrefix(one.Address, "http://"))
	if judging.CodeOf(err) != judging.Busy || !strings.Contains(text.Err(err), "占用") {
		t.Errorf("the port is taken: %v", err)
	}
	_, _, err = open(t, h, "203.0.113.250:0")
	if judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("an address of another computer: %v", err)
	}
}
