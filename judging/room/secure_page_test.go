package room_test

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/host"
	"fayi/judging/room/roomtest"
)

// TestABrowserScoresOnHTTPS opens a room of the contest's own authority. The browser is given the key of the room's
// certificate, in place of a root that would have to be installed in the system.
func TestABrowserScoresOnHTTPS(t *testing.T) {
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := roomtest.NewContest(t, roomtest.Contest{Works: 6, Judges: 3, Names: true, PIN: "2048"})
	r, err := host.Open(t.Context(), h.Office, host.Config{
		Addr: networkAddress(t), Random: rand.Reader, Now: time.Now, Cache: t.TempDir(), Names: true,
		Secure: &host.Secure{},
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a, err := h.Office.Passes().Authority(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := tls.Dial("tcp", strings.TrimPrefix(r.Address, "https://"), &tls.Config{RootCAs: a.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	key := sha256.Sum256(conn.ConnectionState().PeerCertificates[0].RawSubjectPublicKeyInfo)
	conn.Close()
	b := newBrowser(t, laptop, chromedp.Flag("ignore-certificate-errors-spki-list",
		base64.StdEncoding.EncodeToString(key[:])))
	b.open(r.Trust.Page)
	b.sees("让这台设备信任评审室")
	b.sees(a.Print())
	b.shot("trust")
	b.open(r.Link(h.Tokens["j001"]))
	b.sees("评委A 的评分")
	if !value[bool](b, "isSecureContext") {
		t.Error("the browser does not take it for secure")
	}
	b.begin()
	code := b.total(criteria(b, 1))
	b.toList()
	b.until("received", allSent)
	for _, w := range listOf(t, h, "j001").Works {
		if string(w.Code) == code && w.State != judging.Scored {
			t.Errorf("%s is %s", code, w.State)
		}
	}
	b.pressWords("显示和帮助")
	b.js("document.querySelectorAll('details').forEach(d => d.open = true)")
	b.sees("传输是加密的")
	stranger := newBrowser(t, laptop)
	ctx := stranger.ctx
	if err := chromedp.Do(ctx, chromedp.Navigate(r.Address)); err == nil {
		t.Error("a browser that was told nothing comes in")
	}
}
