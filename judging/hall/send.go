package hall

import (
	"net/http"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	deliveries "fayi/judging/office/sending"
	"fayi/judging/sending"
)

// sendPath is below what the units of a contest send, apart from all that judges ask for.
const sendPath = "/send"

// sendFolder is the folder of a contest in which lies what is not whole yet.
const sendFolder = "sending"

// sendingOf returns what takes deliveries of a contest.
func (h *Hall) sendingOf(c *contest, o *office.Office) (*sending.Server, error) {
	return sending.New(sending.Config{
		Door: deliveries.DoorOf(o.Sending()), Dir: filepath.Join(c.dir(), sendFolder),
		Text:   func(lang string) sending.Words { return h.Text(lang, nil) },
		Random: h.Random, Now: h.Now, Hosts: []string{h.address.Host}, Prefix: prefix(c.slug) + sendPath,
	})
}

// send answers units. The page is the same for all contests, so that nothing is opened for it; where there is no
// contest, it hears what everybody hears who has no link.
func (h *Hall) send(w http.ResponseWriter, r *http.Request, c *contest, below string) {
	switch {
	case below == "":
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
	case below == "/" && r.Method == http.MethodGet:
		sending.Shell(w, r)
	case c == nil:
		sending.Refuse(w, r, h.Text(r.Header.Get("Accept-Language"), nil), deliveries.ErrNoLink)
	default:
		o, done, err := c.use(r.Context())
		if err != nil {
			sending.Refuse(w, r, h.Text(r.Header.Get("Accept-Language"), nil),
				judging.Fail(judging.Unavailable, "sending.fault", nil).Because(err))
			return
		}
		defer done()
		o.sending.ServeHTTP(w, r)
	}
}
