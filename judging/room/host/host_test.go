package host_test

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/cert"
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
	return openAs(t, h, host.Config{Addr: addr, Addresses: addresses})
}

func openAs(t *testing.T, h *roomtest.House, c host.Config) (*host.Host, assets.Text, error) {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Random, c.Now, c.Cache, c.Beat = rand.Reader, time.Now, os.TempDir(), 10*time.Millisecond
	c.Text = func(lang string, called func(string) (string, bool)) room.Words {
		return texts.In(lang).Calling(called)
	}
	room, err := host.Open(t.Context(), h.Office, c)
	return room, texts.In("zh-Hans"), err
}

// TestARoomOnHTTPSIsKnownByTheContestsOwnAuthority scores by a client that trusts the root and nobody else.
func TestARoomOnHTTPSIsKnownByTheContestsOwnAuthority(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	a, err := h.Office.Passes().Authority(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := openAs(t, h, host.Config{Addr: "127.0.0.1:0", Secure: &host.Secure{}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Trust == nil || r.Trust.Print != a.Print() || !strings.HasPrefix(r.Address, "https://") {
		t.Fatalf("%s, %+v", r.Address, r.Trust)
	}
	if err := r.Reach(t.Context()); err != nil {
		t.Errorf("the room can't be reached: %v", err)
	}
	scores(t, r.Link(h.Tokens["j001"]), a.Pool())
	c, err := client.Open(http.DefaultClient, r.Link(h.Tokens["j002"]), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("who does not trust the root: %v", err)
	}
	resp, err := http.Get(r.Trust.Page)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !bytes.Contains(page, []byte(a.Print())) || !bytes.Contains(page, []byte("让这台设备信任评审室")) {
		t.Errorf("%s, %v", page, err)
	}
	for _, secret := range append([]string{"评委A", h.Tokens["j001"]}, roomtest.Secrets...) {
		if bytes.Contains(page, []byte(secret)) {
			t.Errorf("who asks without HTTPS is told %s", secret)
		}
	}
	root := filepath.Join(t.TempDir(), "root.crt")
	if err := host.WriteRoot(root, a); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(root)
	if pool := x509.NewCertPool(); err != nil || !pool.AppendCertsFromPEM(data) {
		t.Errorf("the root is written as %s, %v", data, err)
	}
	if _, err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if conn, err := net.Dial("tcp", strings.TrimPrefix(r.Address, "https://")); err == nil {
		conn.Close()
		t.Error("after it was closed, somebody listens")
	}
	if again, err := h.Office.Passes().Authority(t.Context()); err != nil || again.Print() != a.Print() {
		t.Error("the authority is another one:", err)
	}
}

// scores saves a score by a client that trusts pool only.
func scores(t *testing.T, link string, pool *x509.CertPool) {
	t.Helper()
	way := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	defer way.CloseIdleConnections()
	c, err := client.Open(&http.Client{Transport: way}, link, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Save(t.Context(), judging.Ballot{Code: in.Works[0].Code, Total: 80}); err != nil {
		t.Fatal(err)
	}
}

func TestARoomUsesACertificateThatTheOfficeHas(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	other, err := cert.NewAuthority("机关", time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own, err := other.Certificate([]string{"127.0.0.1"}, time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(own.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	files := host.Secure{Cert: filepath.Join(t.TempDir(), "a.pem"), Key: filepath.Join(t.TempDir(), "a.key")}
	for path, b := range map[string]*pem.Block{
		files.Cert: {Type: "CERTIFICATE", Bytes: own.Certificate[0]}, files.Key: {Type: "PRIVATE KEY", Bytes: key},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, _, err := openAs(t, h, host.Config{Addr: "127.0.0.1:0", Secure: &files})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.Trust != nil || r.Reach(t.Context()) != nil {
		t.Errorf("%+v, %v", r.Trust, r.Reach(t.Context()))
	}
	scores(t, r.Link(h.Tokens["j001"]), other.Pool())
	files.Key = files.Cert
	if _, text, err := openAs(t, h, host.Config{Addr: "127.0.0.1:0", Secure: &files}); err == nil ||
		!strings.Contains(text.Err(err), "私钥") {
		t.Errorf("a certificate without its key: %v", err)
	}
}

// heard waits for a ring; false when the room has ended.
func heard(t *testing.T, rings <-chan struct{}) bool {
	t.Helper()
	select {
	case _, open := <-rings:
		return open
	case <-time.After(2 * time.Minute):
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

// TestOnlyAddressesAtWhichTheRoomListensAreSaid knocks at each address of the computer: a room says those that answer,
// whether it was opened at one, at none in particular or at all.
func TestOnlyAddressesAtWhichTheRoomListensAreSaid(t *testing.T) {
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	two := []lan.Address{{IP: "127.0.0.2", Name: "wlan0"}, {IP: "127.0.0.3", Name: "eth0"}}
	all := func() ([]lan.Address, error) { return two, nil }
	for _, x := range []struct {
		asked  string
		answer []string
	}{
		{"127.0.0.3:0", []string{"127.0.0.3"}},
		{":0", []string{"127.0.0.2"}},
		{"0.0.0.0:0", []string{"127.0.0.2", "127.0.0.3"}},
	} {
		r, _, err := openAmong(t, h, x.asked, all)
		if err != nil {
			t.Fatal(x.asked, err)
		}
		address := strings.TrimPrefix(r.Address, "http://")
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			t.Fatal(r.Address, err)
		}
		said := []string{host}
		for _, a := range r.Others {
			said = append(said, a.IP)
		}
		if !slices.Equal(said, x.answer) {
			t.Errorf("opened at %s it says %v", x.asked, said)
		}
		if err := r.Reach(t.Context()); err != nil || r.Gone() {
			t.Errorf("opened at %s: %v, gone %v", x.asked, err, r.Gone())
		}
		for _, a := range two {
			resp, err := http.Get("http://" + net.JoinHostPort(a.IP, port) + "/")
			answers := err == nil && resp.StatusCode == http.StatusOK
			if err == nil {
				resp.Body.Close()
			}
			if answers != slices.Contains(said, a.IP) {
				t.Errorf("opened at %s it says %v, and at %s answers: %v (%v)", x.asked, said, a.IP, answers, err)
			}
		}
		if _, err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	none := func() ([]lan.Address, error) { return nil, nil }
	for _, asked := range []string{"", "0.0.0.0"} {
		if _, _, err := openAmong(t, h, asked, none); judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("without a network, at %q: %v", asked, err)
		}
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
