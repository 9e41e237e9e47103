package play

import (
	"context"
	"encoding/base64"
	"html"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"fayi/judging"
)

// Local hands one file to the programs of this computer, and to nothing else: it listens on the loopback only, under
// an address nobody can guess, until it is closed.
type Local struct {
	server *http.Server
	host   string
	token  string
	file   Opener
	page   atomic.Pointer[Page] // nil for none
	done   chan struct{}
}

// Opener opens the file once more: a browser asks for several parts of it at a time.
type Opener func(ctx context.Context) (io.ReadSeekCloser, error)

// Page is what a browser shows around the file.
type Page struct {
	Title string
	Video bool   // a film, not a sound
	Sorry string // what a browser that can't play it says
}

// maxOpen is how many parts are read at a time.
const maxOpen = 16

// Serve begins to hand out a file. mime is its type; random makes the address. Errors: Unavailable "media.no_local"
// where the computer lets nothing listen.
func Serve(random io.Reader, file Opener, mime string) (*Local, error) {
	secret := make([]byte, 18)
	if _, err := io.ReadFull(random, secret); err != nil {
		return nil, judging.Fail(judging.Unavailable, "media.no_local", nil).Because(err)
	}
	ear, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "media.no_local", nil).Because(err)
	}
	l := &Local{
		host: ear.Addr().String(), token: base64.RawURLEncoding.EncodeToString(secret),
		file: file, done: make(chan struct{}),
	}
	slots := make(chan struct{}, maxOpen)
	mux := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			l.answer(w, r, mime)
		default:
			http.Error(w, "", http.StatusServiceUnavailable)
		}
	})
	l.server = &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		defer close(l.done)
		_ = l.server.Serve(ear) // it ends when it is closed
	}()
	return l, nil
}

// File is the address of the file.
func (l *Local) File() string { return "http://" + l.host + "/" + l.token + "/file" }

// show gives the file a page.
func (l *Local) show(p Page) { l.page.Store(&p) }

// Page is the address of the page around it.
func (l *Local) Page() string { return "http://" + l.host + "/" + l.token + "/" }

// answer lets through who knows the address. A page of another site that had its name point here does not.
func (l *Local) answer(w http.ResponseWriter, r *http.Request, mime string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'")
	path, known := strings.CutPrefix(r.URL.Path, "/"+l.token+"/")
	switch {
	case r.Host != l.host || !known:
		http.NotFound(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "", http.StatusMethodNotAllowed)
	case path == "file":
		l.give(w, r, mime)
	case path == "" && l.page.Load() != nil:
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, l.page.Load().html()) // the browser may have gone
	default:
		http.NotFound(w, r)
	}
}

func (l *Local) give(w http.ResponseWriter, r *http.Request, mime string) {
	f, err := l.file(r.Context())
	if err != nil {
		http.Error(w, "", http.StatusGone)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", mime)
	http.ServeContent(w, r, "", time.Time{}, f)
}

// html is a page with the file and nothing else.
func (p Page) html() string {
	element := "audio"
	if p.Video {
		element = "video"
	}
	title, sorry := html.EscapeString(p.Title), html.EscapeString(p.Sorry)
	return `<!doctype html><html><head><meta charset="utf-8"><title>` + title + `</title><style>` +
		`body{margin:0;background:#111;color:#eee;font:20px sans-serif;display:flex;flex-direction:column;` +
		`height:100vh}h1{font-size:20px;margin:12px 20px}video{flex:1;min-height:0;width:100%}` +
		`audio{width:90%;margin:auto 5%}p{margin:12px 20px}</style></head><body><h1>` + title + `</h1>` +
		`<` + element + ` controls autoplay src="file">` + sorry + `</` + element + `><p>` + sorry +
		`</p></body></html>`
}

// Close hands out nothing more, and ends what is being handed out.
func (l *Local) Close() error {
	err := l.server.Close()
	<-l.done
	return err
}
