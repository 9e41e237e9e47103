package plain

import (
	"context"
	"crypto/sha256"
	_ "embed" // the page
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net"
	"net/http"
	"strings"
	"time"
)

//go:embed trust.html
var source string

//go:embed trust.css
var style string

var page = template.Must(template.New("trust").Parse(source))

// Words says texts in one language.
type Words interface {
	T(key string, args map[string]any) string
}

// Config is what is said.
type Config struct {
	Secure string   // "https://192.168.1.5:8790"
	Hosts  []string // under which may be asked, as "192.168.1.5:8790"
	Root   []byte   // in DER; nil where devices trust the certificate already
	Print  string   // of the root
	Until  time.Time
	Text   func(lang string) Words
}

// policy allows the page its own style and nothing else.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// steps are what to do on each kind of device.
var steps = []string{"iphone", "android", "windows", "mac"}

// Handler answers with the page that says how to trust the room, or leads to the room.
func Handler(c Config) http.Handler {
	hosts := map[string]bool{}
	for _, h := range c.Hosts {
		hosts[strings.ToLower(h)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy())
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		switch {
		case !hosts[strings.ToLower(r.Host)]:
			http.Error(w, "", http.StatusMisdirectedRequest)
		case strings.HasPrefix(r.URL.Path, "/api/"): // a judges' page that was opened before the room was on HTTPS
			h.Set("Content-Type", "application/json; charset=utf-8")
			w.WriteHeader(http.StatusGone)
			words := c.Text(r.Header.Get("Accept-Language"))
			_ = json.NewEncoder(w).Encode(map[string]string{ // a device that has gone asks again
				"code": "unavailable", "key": "room.moved", "text": words.T("room.moved", nil)})
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			http.Error(w, "", http.StatusMethodNotAllowed)
		case c.Root == nil:
			h.Set("Location", c.Secure+r.URL.EscapedPath()) // the browser takes the fragment along
			w.WriteHeader(http.StatusTemporaryRedirect)
		case r.URL.Path == "/fayi-root.crt":
			h.Set("Content-Type", "application/x-x509-ca-cert")
			_, _ = w.Write(c.Root) // a device that has gone asks again
		default:
			h.Set("Content-Type", "text/html; charset=utf-8")
			_ = page.Execute(w, c.content(r.Header.Get("Accept-Language"))) // likewise
		}
	})
}

// content is what stands in the page.
func (c Config) content(lang string) map[string]any {
	words := c.Text(lang)
	tongue := "zh-Hans"
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		tongue = "en"
	}
	t := func(key string) string { return words.T("room.trust_"+key, nil) }
	var all [][2]string
	for _, s := range steps {
		all = append(all, [2]string{words.T("room.trust_on_"+s, nil), t("how_" + s)})
	}
	return map[string]any{
		"Lang": tongue, "Title": t("title"), "Why": t("why"), "Get": t("get"), "Steps": all,
		"Compare": t("compare"), "Print": c.Print, "Go": t("go"), "Secure": c.Secure,
		"Limits": words.T("room.trust_limits", map[string]any{"Day": c.Until.Local().Format(time.DateOnly)}),
		"Style":  template.CSS(style),
	}
}

// Serve answers on l until ctx ends.
func Serve(ctx context.Context, l net.Listener, c Config) {
	s := &http.Server{Handler: Handler(c), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	_ = s.Serve(l) // it ends with the room
}
