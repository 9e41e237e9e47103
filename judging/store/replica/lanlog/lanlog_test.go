package lanlog_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/lanlog"
	"fayi/judging/store/replica/logtest"
)

var key = bytes.Repeat([]byte{3}, 32)

func keep(t *testing.T) *lanlog.Keep {
	t.Helper()
	k, err := lanlog.OpenKeep(filepath.Join(t.TempDir(), "log.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	return k
}

// serve serves a log and returns its address.
func serve(t *testing.T, k replica.Log) string {
	t.Helper()
	s, err := lanlog.NewServer(k, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return "lan" + strings.TrimPrefix(server.URL, "http")
}

func dial(t *testing.T, address string, key []byte) *lanlog.Client {
	t.Helper()
	c, err := lanlog.Dial(address, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// one is a handle that others share: its Close is theirs.
type one struct{ replica.Log }

func (one) Close() error { return nil }

func TestAFileKeepsThePromise(t *testing.T) {
	logtest.Suite(t, func(t *testing.T) func(*testing.T) replica.Log {
		k := keep(t)
		return func(*testing.T) replica.Log { return one{k} }
	})
}

// TestTheNetworkKeepsThePromise: half of the handles are on the first computer, half reach it over the network.
func TestTheNetworkKeepsThePromise(t *testing.T) {
	logtest.Suite(t, func(t *testing.T) func(*testing.T) replica.Log {
		k, n := keep(t), 0
		address := serve(t, k)
		return func(t *testing.T) replica.Log {
			if n++; n%3 == 0 {
				return one{k}
			}
			return dial(t, address, key)
		}
	})
}

// TestOnlyWhoWasInvitedReadsAndWrites: another key, no signature, a signature of another request.
func TestOnlyWhoWasInvitedReadsAndWrites(t *testing.T) {
	k := keep(t)
	address := serve(t, k)
	if err := dial(t, address, key).Append(t.Context(), 1, []byte("sealed")); err != nil {
		t.Fatal(err)
	}
	foreign := dial(t, address, bytes.Repeat([]byte{4}, 32))
	_, err := foreign.Read(t.Context(), 1)
	for _, err := range []error{err, foreign.Append(t.Context(), 2, []byte("x")), foreign.Wait(t.Context(), 1)} {
		if judging.CodeOf(err) != judging.Forbidden {
			t.Errorf("got %v", err)
		}
	}
	base := "http" + strings.TrimPrefix(address, "lan")
	for _, c := range []struct{ method, path, signature string }{
		{"GET", "/log/1", ""}, {"GET", "/log/1", strings.Repeat("0", 64)}, {"POST", "/log/2", ""},
		{"GET", "/news/1", ""}, {"DELETE", "/log/1", ""}, {"GET", "/", ""}, {"GET", "/log/0", ""},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, base+c.path, strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Fayi-Signature", c.signature)
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode < 400 || bytes.Contains(body, []byte("sealed")) {
			t.Errorf("%s %s: %s %q", c.method, c.path, answer.Status, body)
		}
	}
	if got, _ := k.Read(t.Context(), 1); len(got) != 1 {
		t.Errorf("%d entries", len(got))
	}
}

// TestWhoIsGoneIsAway: no server, a server that answers nonsense, one that sends half.
func TestWhoIsGoneIsAway(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"error":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"nonsense": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>登录</html>") },
		"half":     func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte{0, 0, 1, 0, 'x'}) },
		"huge":     func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte{0xff, 0, 0, 0, 'x'}) },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
		},
	} {
		server := httptest.NewServer(handler)
		c := dial(t, "lan"+strings.TrimPrefix(server.URL, "http"), key)
		_, err := c.Read(t.Context(), 1)
		if judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("%s: read: %v", name, err)
		}
		if err := c.Append(t.Context(), 1, nil); judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("%s: append: %v", name, err)
		}
		server.Close()
		if err := c.Append(t.Context(), 1, nil); judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("%s: gone: %v", name, err)
		}
	}
	for _, address := range []string{"", "lan://", "lan://host", "http://host:1", "lan://host:1/x", "lan://a b:1"} {
		if _, err := lanlog.Dial(address, key); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestALogIsThereAfterAStart: the file keeps what was appended, and one program has it at a time.
func TestALogIsThereAfterAStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	k, err := lanlog.OpenKeep(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Append(t.Context(), 1, []byte("1")); err != nil {
		t.Fatal(err)
	}
	if _, err := lanlog.OpenKeep(path); judging.CodeOf(err) != judging.Busy {
		t.Errorf("opened twice: %v", err)
	}
	if err := errors.Join(k.Close(), k.Close()); err != nil {
		t.Fatal(err)
	}
	if k, err = lanlog.OpenKeep(path); err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.Wait(ctx, 1); err != nil {
		t.Errorf("what is there is waited for: %v", err)
	}
	if err := k.Append(t.Context(), 1, []byte("other")); !errors.Is(err, replica.ErrTaken) {
		t.Errorf("got %v", err)
	}
}
