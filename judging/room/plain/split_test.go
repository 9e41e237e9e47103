package plain

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fayi/judging/room/cert"
)

type words struct{}

func (words) T(key string, _ map[string]any) string { return "[" + key + "]" }

// both serves “secure” over TLS and what plain tells without it, on one port.
func both(t *testing.T, root bool) (addr string, pool *x509.CertPool, a *cert.Authority) {
	t.Helper()
	a, err := cert.NewAuthority("甲", time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.Certificate([]string{"127.0.0.1"}, time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	secure, open := Split(l, &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12})
	room := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "secure") })}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{}, 2)
	go func() { _ = room.Serve(secure); ended <- struct{}{} }()
	c := Config{Secure: "https://" + l.Addr().String(), Hosts: []string{l.Addr().String()},
		Text: func(string) Words { return words{} }}
	if root {
		c.Root, c.Print = a.Root(), a.Print()
	}
	go func() { Serve(ctx, open, c); ended <- struct{}{} }()
	t.Cleanup(func() {
		end()
		_ = room.Close()
		for range 2 {
			select {
			case <-ended:
			case <-time.After(2 * time.Minute):
				t.Error("it does not end")
			}
		}
	})
	return l.Addr().String(), a.Pool(), a
}

func get(t *testing.T, via *http.Client, address string) (*http.Response, string) {
	t.Helper()
	resp, err := via.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func pinned(pool *x509.CertPool) *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func TestOnePortSpeaksBothWays(t *testing.T) {
	addr, pool, a := both(t, true)
	silent, err := net.Dial("tcp", addr) // who says nothing holds nobody up
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	via := pinned(pool)
	for range 3 {
		resp, body := get(t, via, "https://"+addr+"/")
		if body != "secure" || resp.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("over TLS: %q", body)
		}
		resp, body = get(t, via, "http://"+addr+"/")
		if resp.StatusCode != 200 || !strings.Contains(body, a.Print()) ||
			!strings.Contains(body, "https://"+addr+"/") || !strings.Contains(body, "border-radius") ||
			!strings.Contains(body, "[room.trust_how_iphone]") {
			t.Errorf("without: %s %s", resp.Status, body)
		}
		p := resp.Header.Get("Content-Security-Policy")
		if strings.Contains(p, "unsafe") || !strings.Contains(p, "'sha256-") {
			t.Errorf("policy %q", p)
		}
	}
	resp, body := get(t, via, "http://"+addr+"/fayi-root.crt")
	root, err := x509.ParseCertificate([]byte(body))
	if err != nil || !root.IsCA || resp.Header.Get("Content-Type") != "application/x-x509-ca-cert" {
		t.Error(err, resp.Header)
	}
	if _, err := pinned(x509.NewCertPool()).Get("https://" + addr + "/"); err == nil {
		t.Error("who does not trust the root comes in")
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "evil.example"
	if resp, err := via.Do(r); err != nil || resp.StatusCode != http.StatusMisdirectedRequest {
		t.Error("another host", resp, err)
	} else {
		resp.Body.Close()
	}
	for path, status := range map[string]int{"/api/hello": http.StatusGone, "/x": http.StatusMethodNotAllowed} {
		resp, err := via.Post("http://"+addr+path, "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		said, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != status || status == http.StatusGone &&
			!strings.Contains(string(said), `"key":"room.moved","text":"[room.moved]"`) {
			t.Errorf("what a page sends without TLS to %s: %s %s, %v", path, resp.Status, said, err)
		}
	}
}

func TestWithACertificateThatDevicesTrustItLeadsToTheRoom(t *testing.T) {
	addr, pool, _ := both(t, false)
	resp, _ := get(t, pinned(pool), "http://"+addr+"/screen")
	if resp.StatusCode != http.StatusTemporaryRedirect || resp.Header.Get("Location") != "https://"+addr+"/screen" {
		t.Errorf("%s %v", resp.Status, resp.Header)
	}
}
