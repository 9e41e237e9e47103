package room

import (
	"net/http"
	"strings"

	"fayi/assets/web"
)

// Shell is a page itself. A browser opens it again without asking, for a day: with the server gone it still boots.
func Shell(page func() *web.Page) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "private, max-age=86400, stale-while-revalidate=604800")
		_, _ = w.Write(page().Shell) // a device that has gone asks again
	}
}

// Asset is a file of a page, by the name in the path. Its name has the content's sum, so it never changes.
func Asset(w http.ResponseWriter, r *http.Request) {
	f := web.Find(r.PathValue("name"))
	if f == nil {
		http.NotFound(w, r)
		return
	}
	data := f.Data
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		data = f.Packed
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
	}
	_, _ = w.Write(data) // a device that has gone asks again
}
