package room

import (
	"net/http"
	"strings"

	"fayi/assets/web"
)

// pageVersion tells a page that was kept from that which the server has now.
func pageVersion() string { return web.Version() }

// shell is the page itself. A browser opens it again without asking, for a day: with the server gone it still boots.
func (s *Server) shell(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, max-age=86400, stale-while-revalidate=604800")
	_, _ = w.Write(web.Shell()) // a device that has gone asks again
}

// asset is a file of the page. Its name has the content's sum, so it never changes.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	data, mime := web.Asset(r.PathValue("name"))
	if data == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	if web.Packed(r.PathValue("name")) != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		data = web.Packed(r.PathValue("name"))
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
	}
	_, _ = w.Write(data) // a device that has gone asks again
}
