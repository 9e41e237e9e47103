package hall_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/hall"
	"fayi/judging/room/roomtest"
)

// TestTheOrganisersListIsForWhoHasTheToken asks, opens and closes with and without it.
func TestTheOrganisersListIsForWhoHasTheToken(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi")
	h := open(t, folder, nil)
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	_, err := score(t.Context(), c, 0, "m1")
	must(t, err)
	_, _, none := h.get("GET", "/none", "")
	for _, shown := range []string{"", "Bearer ", "Bearer x", "Basic " + h.Token(), h.Token(), "bearer " + h.Token()} {
		status, _, text := h.get("GET", "/hall/contests", "", "Authorization", shown)
		if status != 404 || text != none {
			t.Errorf("%q: %d %s", shown, status, text)
		}
		if status, _, _ := h.get("POST", "/hall/contests/a.fayi/close", "", "Authorization", shown); status != 404 {
			t.Errorf("%q closes: %d", shown, status)
		}
	}
	as := "Bearer " + h.Token()
	heard := listens(t.Context(), t, h, "a.fayi", tokens["a.fayi"][theScreen])
	status, _, text := h.get("POST", "/hall/contests/a.fayi/close", "", "Authorization", as)
	if r := decoded[hall.Row](t, text); status != 200 || r.State != "shut" || r.Done != 1 {
		t.Errorf("closed: %d %s", status, text)
	}
	all := ""
	for text := range heard {
		all += text
	}
	if !strings.Contains(all, "event: closing") {
		t.Errorf("the page heard %q", all)
	}
	_, err = score(t.Context(), c, 1, "m2")
	if e := (*judging.Error)(nil); !errors.As(err, &e) || e.Text != "hall.shut" {
		t.Errorf("into a closed room: %v", err)
	}
	h.end() // it is closed also for the next run
	h = open(t, folder, nil)
	if r := h.row("a.fayi"); r.State != "shut" {
		t.Errorf("after a restart it is %s", r.State)
	}
	as = "Bearer " + h.Token()
	if status, _, text := h.get("POST", "/hall/contests/a.fayi/open", "", "Authorization", as); status != 200 {
		t.Errorf("open: %d %s", status, text)
	}
	_, err = score(t.Context(), h.desk("a.fayi", tokens["a.fayi"]["j001"]), 1, "m2")
	must(t, err)
	for _, path := range []string{"b.fayi/open", "a.fayi/burn", "../open"} {
		if status, _, _ := h.get("POST", "/hall/contests/"+path, "", "Authorization", as); status == 200 {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// TestASealedContestOpensByItsPasswordFile has one with a password, without a file, with one that others may read, with
// a wrong one, and with the right one.
func TestASealedContestOpensByItsPasswordFile(t *testing.T) {
	folder, passwords := t.TempDir(), t.TempDir()
	tokens := contests(t, folder, "a.fayi")
	clock := &clock{}
	_, err := door(clock.now).Set(t.Context(), filepath.Join(folder, "a.fayi"), "法治天下2020")
	must(t, err)
	file := filepath.Join(passwords, "a.fayi")
	h := open(t, folder, func(c *hall.Config) { c.Passwords = passwords })
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	if got := h.Sealed(); len(got) != 1 || got[0] != "a.fayi" {
		t.Errorf("without a password are %v", got)
	}
	for i, try := range []struct {
		text string
		mode os.FileMode
		key  string
	}{
		{"", 0, "hall.needs_password"}, {"法治天下2020\n", 0o644, "hall.password_open"},
		{"别的密码不是它\n", 0o600, ""}, {"", 0o600, "hall.needs_password"},
	} {
		if try.mode != 0 {
			must(t, os.WriteFile(file, []byte(try.text), try.mode))
			must(t, os.Chmod(file, try.mode))
		}
		if _, err := c.Duties(t.Context()); judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("try %d: %v", i, err)
		}
		r := h.row("a.fayi")
		if r.State != "broken" || r.Problem == "" || strings.Contains(r.Problem, "2020") {
			t.Errorf("try %d: the list says %+v", i, r)
		}
		if strings.Contains(try.key, "needs") && !strings.Contains(r.Problem, "密码文件夹") {
			t.Errorf("try %d: %s", i, r.Problem)
		}
		h.clock.move(time.Hour)
	}
	must(t, os.WriteFile(file, []byte("法治天下2020\r\n"), 0o600))
	_, err = score(t.Context(), c, 0, "m1")
	must(t, err)
	if strings.Contains(h.log.String(), "2020") {
		t.Error("the password stands in the log")
	}
}

// TestALogNamesNobody does all that is logged and counted, and looks for names in it.
func TestALogNamesNobody(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "甲县征集.fayi", "乙县征集.fayi")
	must(t, os.WriteFile(filepath.Join(folder, "乙县征集.fayi", "contest.db"), []byte("x"), 0o600))
	h := open(t, folder, nil)
	of := tokens["甲县征集.fayi"]
	c := h.desk("甲县征集.fayi", of["j001"])
	b, err := score(t.Context(), c, 0, "m1")
	must(t, err)
	_, err = h.desk("乙县征集.fayi", of["j001"]).Duties(t.Context())
	if err == nil {
		t.Error("a broken contest opens")
	}
	_ = c.Submit(t.Context(), "1234")
	must(t, h.SetOpen(t.Context(), "甲县征集.fayi", false))
	must(t, h.SetOpen(t.Context(), "甲县征集.fayi", true))
	must(t, os.RemoveAll(filepath.Join(folder, "乙县征集.fayi")))
	h.Look(t.Context())
	counts := measured(t, h)
	address := h.row("甲县征集.fayi").Address
	h.end()
	said := h.log.String() + counts
	for _, line := range strings.Split(strings.TrimSpace(h.log.String()), "\n") {
		decoded[map[string]any](t, line)
	}
	if strings.Count(said, "\n") < 40 {
		t.Errorf("little is said: %s", said)
	}
	secrets := append([]string{"甲县", "乙县", "征集", "评委", "乙协会", "法治", "j001", string(b.Code), folder,
		"127.0.0.1", strings.TrimPrefix(address, h.at), "法治天下", h.Token()}, roomtest.Secrets...)
	for _, token := range of {
		secrets = append(secrets, token)
	}
	for _, s := range secrets {
		if strings.Contains(said, s) {
			t.Errorf("%q stands in what is logged or counted", s)
		}
	}
}

// measured is what Prometheus reads.
func measured(t *testing.T, h *house) string {
	t.Helper()
	w := &written{}
	h.Inside().ServeHTTP(w, request(t, "/metrics"))
	return w.String()
}

// TestWhereARequestComesFromIsTheTrustedProxysToSay has headers that say more than is true.
func TestWhereARequestComesFromIsTheTrustedProxysToSay(t *testing.T) {
	h := open(t, t.TempDir(), func(c *hall.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	for _, c := range []struct{ at, said, want string }{
		{"192.0.2.7:99", "203.0.113.1", "192.0.2.7:99"}, // nobody who is trusted
		{"10.1.1.1:99", "", "10.1.1.1:99"},
		{"10.1.1.1:99", "203.0.113.1", "203.0.113.1"},
		{"10.1.1.1:99", "198.51.100.9, 203.0.113.1", "203.0.113.1"}, // the first one is the stranger's own word
		{"10.1.1.1:99", "198.51.100.9, 203.0.113.1, 10.2.2.2", "203.0.113.1"},
		{"[::1]:99", "203.0.113.1", "203.0.113.1"},
		{"10.1.1.1:99", "unknown", "10.1.1.1:99"},
		{"10.1.1.1:99", "<script>, 10.2.2.2", "10.2.2.2"},
	} {
		r := request(t, "/")
		r.RemoteAddr = c.at
		if c.said != "" {
			r.Header.Set("X-Forwarded-For", c.said)
		}
		if got := h.From(r); got != c.want {
			t.Errorf("%s saying %q: %s, want %s", c.at, c.said, got, c.want)
		}
	}
}

// TestARenewedCertificateIsTakenAndABrokenOneIsNot renews the files below a hall that is served over TLS.
func TestARenewedCertificateIsTakenAndABrokenOneIsNot(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "a.crt"), filepath.Join(dir, "a.key")
	own, key := certificate(t, "hall.example.cn", 1, 30*24*time.Hour)
	put := func(cert, key []byte) {
		must(t, os.WriteFile(certFile, cert, 0o600))
		must(t, os.WriteFile(keyFile, key, 0o600))
	}
	put(own, key)
	h := open(t, t.TempDir(), func(c *hall.Config) {
		c.Proxies, c.Cert, c.Key, c.Address = nil, certFile, keyFile, "https://hall.example.cn"
	})
	serial := func() int64 {
		conn, err := tls.Dial("tcp", strings.TrimPrefix(h.at, "http://"), &tls.Config{InsecureSkipVerify: true})
		must(t, err)
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if serial() != 1 {
		t.Error("the first certificate is not served")
	}
	other, otherKey := certificate(t, "other.example.cn", 2, 30*24*time.Hour)
	old, oldKey := certificate(t, "hall.example.cn", 3, -time.Hour)
	for i, bad := range [][2][]byte{{[]byte("x"), key}, {own, otherKey}, {other, otherKey}, {old, oldKey}, {nil, nil}} {
		put(bad[0], bad[1])
		h.Look(t.Context())
		if got := serial(); got != 1 {
			t.Errorf("bad certificate %d: number %d is served", i, got)
		}
		if l := h.List(t.Context(), "zh-Hans"); !strings.Contains(l.Problem, "证书") {
			t.Errorf("bad certificate %d: the list says %q", i, l.Problem)
		}
		if !strings.Contains(measured(t, h), "fayi_hall_certificate_refused 1") {
			t.Errorf("bad certificate %d is not counted", i)
		}
	}
	next, nextKey := certificate(t, "*.example.cn", 4, 30*24*time.Hour)
	put(next, nextKey)
	h.Look(t.Context())
	if got := serial(); got != 4 {
		t.Errorf("number %d is served after the renewal", got)
	}
	if l := h.List(t.Context(), "zh-Hans"); l.Problem != "" {
		t.Error(l.Problem)
	}
	h.clock.move(31 * 24 * time.Hour)
	w := &written{}
	h.Inside().ServeHTTP(w, request(t, "/readyz"))
	if w.code != 503 || !strings.Contains(w.String(), "certificate") {
		t.Errorf("out of date: %d %s", w.code, w)
	}
	put(other, otherKey)
	c := config(t, t.TempDir(), &clock{}, &lines{})
	c.Cert, c.Key, c.Address = certFile, keyFile, "https://hall.example.cn"
	if _, err := hall.New(c); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("a certificate of another host: %v", err)
	}
}

// certificate makes one of a host that is valid until from now on.
func certificate(t *testing.T, host string, number int64, until time.Duration) (cert, key []byte) {
	t.Helper()
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	of := &x509.Certificate{
		SerialNumber: big.NewInt(number), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(until),
	}
	raw, err := x509.CreateCertificate(rand.Reader, of, of, own.Public(), own)
	must(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(own)
	must(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// TestWhatAHallNeedsIsAskedForInWords leaves out what it can't do without.
func TestWhatAHallNeedsIsAskedForInWords(t *testing.T) {
	for what, change := range map[string]func(*hall.Config){
		"hall.no_tls":       func(c *hall.Config) { c.Proxies = nil },
		"hall.no_folder":    func(c *hall.Config) { c.Folder = filepath.Join(c.Folder, "none") },
		"room.no_cert_file": func(c *hall.Config) { c.Cert, c.Key = "none.crt", "none.key" },
		"hall.corrupt": func(c *hall.Config) {
			must(t, os.MkdirAll(filepath.Join(c.Folder, ".hall"), 0o700))
			must(t, os.WriteFile(filepath.Join(c.Folder, ".hall", "key"), []byte("abc"), 0o600))
		},
	} {
		c := config(t, t.TempDir(), &clock{}, &lines{})
		c.Address = "https://hall.example.cn"
		change(&c)
		_, err := hall.New(c)
		if e := (*judging.Error)(nil); !errors.As(err, &e) || e.Text != what {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, bad := range []string{
		"", "hall.example.cn", "ftp://a", "https://a/b", "https://a/#b", "https://", "https://a?b=1",
	} {
		c := config(t, t.TempDir(), &clock{}, &lines{})
		c.Address = bad
		if _, err := hall.New(c); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestAContestIsHeldToItsLimits saves too often, and comes with too many devices.
func TestAContestIsHeldToItsLimits(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi")
	h := open(t, folder, func(c *hall.Config) { c.Limits = hall.Limits{Devices: 1, Saves: 1} })
	a := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	_, err := h.desk("a.fayi", tokens["a.fayi"]["j001"]).Duties(t.Context())
	must(t, err)
	key := func(err error) string {
		if e := (*judging.Error)(nil); errors.As(err, &e) {
			return e.Text
		}
		return fmt.Sprint(err)
	}
	_, err = h.desk("a.fayi", tokens["a.fayi"]["j002"]).Duties(t.Context())
	if key(err) != "hall.too_many_devices" {
		t.Errorf("a second device: %v", err)
	}
	_, err = h.desk("b.fayi", tokens["b.fayi"]["j002"]).Duties(t.Context())
	must(t, err)
	for i := range 40 {
		if _, err = score(t.Context(), a, 0, fmt.Sprint("m", i)); err != nil {
			break
		}
	}
	if key(err) != "hall.too_many_saves" {
		t.Errorf("forty saves at once: %v", err)
	}
	_, err = score(t.Context(), h.desk("b.fayi", tokens["b.fayi"]["j002"]), 0, "m")
	must(t, err)
	h.clock.move(31 * time.Minute)
	_, err = h.desk("a.fayi", tokens["a.fayi"]["j002"]).Duties(t.Context())
	if err != nil {
		t.Errorf("the first device is gone for long, the second is not let in: %v", err)
	}
}

// written is an answer to a request that did not go over a network.
type written struct {
	bytes.Buffer

	head map[string][]string
	code int
}
