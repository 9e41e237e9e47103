package hall

import "net/http"

// From is where a request comes from.
func (h *Hall) From(r *http.Request) string { return h.from(r) }
