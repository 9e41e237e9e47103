package play_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"image"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/media/play"
)

func get(t *testing.T, method, url string, head map[string]string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	mediatest.Must(t, err)
	for k, v := range head {
		r.Header.Set(k, v)
		if k == "Host" {
			r.Host = v
		}
	}
	resp, err := http.DefaultClient.Do(r)
	mediatest.Must(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	mediatest.Must(t, err)
	return resp.StatusCode, string(body), resp.Header
}

func TestOnlyWhoKnowsTheAddressGetsTheFile(t *testing.T) {
	opened := 0
	setup := play.Setup{Random: rand.Reader}
	m, err := play.Open(t.Context(), setup, func(context.Context) (io.ReadSeekCloser, error) {
		opened++
		return file{bytes.NewReader([]byte("\x00\x00\x00\x18ftypisom0123456789"))}, nil
	}, image.Pt(100, 100))
	mediatest.Must(t, err)
	if m.Player != nil || judging.CodeOf(m.Why) != judging.Unavailable {
		t.Errorf("without ffmpeg: %v %v", m.Player, m.Why)
	}
	l, err := m.Local(play.Page{Title: "SF-<1>", Video: true, Sorry: "看不了"})
	mediatest.Must(t, err)
	if host := strings.TrimPrefix(l.File(), "http://"); !strings.HasPrefix(host, "127.0.0.1:") || len(host) < 40 {
		t.Errorf("address %s", l.File())
	}
	code, body, head := get(t, "GET", l.File(), nil)
	if code != 200 || !strings.HasSuffix(body, "0123456789") || head.Get("Content-Type") != "video/mp4" ||
		head.Get("Cache-Control") != "no-store" || head.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %q %v", code, body, head)
	}
	code, body, _ = get(t, "GET", l.File(), map[string]string{"Range": "bytes=15-17"})
	if code != 206 || body != "345" {
		t.Errorf("a range: %d %q", code, body)
	}
	if code, body, _ = get(t, "GET", l.Page(), nil); code != 200 || !strings.Contains(body, "SF-&lt;1&gt;") ||
		!strings.Contains(body, "<video") || strings.Contains(body, "<1>") {
		t.Errorf("the page: %d %q", code, body)
	}
	was := opened
	base := l.File()[:strings.LastIndex(l.File()[:len(l.File())-5], "/")]
	for name, c := range map[string]struct {
		method, url string
		head        map[string]string
	}{
		"no secret":     {"GET", base + "/file", nil},
		"a wrong one":   {"GET", base + "/AAAAAAAAAAAAAAAAAAAAAAAA/file", nil},
		"another file":  {"GET", l.File() + "/../../etc/passwd", nil},
		"another name":  {"GET", l.Page() + "other", nil},
		"another host":  {"GET", l.File(), map[string]string{"Host": "evil.example"}},
		"a post":        {"POST", l.File(), nil},
		"a removal":     {"DELETE", l.File(), nil},
		"a rebound one": {"GET", l.Page(), map[string]string{"Host": "localhost"}},
	} {
		if code, body, _ := get(t, c.method, c.url, c.head); code < 400 || strings.Contains(body, "0123") {
			t.Errorf("%s: %d %q", name, code, body)
		}
	}
	if opened != was {
		t.Error("the file was opened for a stranger")
	}
	mediatest.Must(t, m.Close())
	if _, err := net.Dial("tcp", strings.Split(strings.TrimPrefix(l.File(), "http://"), "/")[0]); err == nil {
		t.Error("a closed address still answers")
	}
}

func TestAFileThatIsGoneAndNoChance(t *testing.T) {
	l, err := play.Serve(rand.Reader, func(context.Context) (io.ReadSeekCloser, error) {
		return nil, errors.New("gone")
	}, "video/mp4")
	mediatest.Must(t, err)
	defer l.Close()
	if code, _, _ := get(t, "GET", l.File(), nil); code != http.StatusGone {
		t.Errorf("%d", code)
	}
	if code, _, _ := get(t, "GET", l.Page(), nil); code != http.StatusNotFound {
		t.Errorf("a page where none was asked for: %d", code)
	}
	if _, err := play.Serve(bytes.NewReader(nil), nil, ""); err == nil {
		t.Error("an address without chance")
	}
}
