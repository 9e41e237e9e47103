package hall

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/room"
)

// Remote is a hall that another program serves, for its organiser.
type Remote struct {
	Address string // "https://hall.example.cn"
	Token   string
	Lang    string // of what it says
}

const (
	patience = 2 * time.Minute // of a list of thousands
	mostList = 64 << 20        // bytes
)

// List lists the contests. Errors: Unavailable where no hall answers, Forbidden for a wrong token.
func (r Remote) List(ctx context.Context) (out List, err error) {
	return out, r.ask(ctx, http.MethodGet, "/hall/contests", &out)
}

// SetOpen opens or closes the room of a contest. Errors: those of List and of Hall.SetOpen.
func (r Remote) SetOpen(ctx context.Context, name string, open bool) (out Row, err error) {
	act := "close"
	if open {
		act = "open"
	}
	return out, r.ask(ctx, http.MethodPost, "/hall/contests/"+url.PathEscape(name)+"/"+act, &out)
}

func (r Remote) ask(ctx context.Context, method, path string, out any) error {
	away := func(err error) error {
		return judging.Fail(judging.Unavailable, "hall.unreachable", judging.Args{"Address": r.Address}).Because(err)
	}
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	q, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(r.Address, "/")+path, nil)
	if err != nil {
		return away(err)
	}
	q.Header.Set("Authorization", "Bearer "+r.Token)
	q.Header.Set("Accept-Language", r.Lang)
	via := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the token is for this hall only
	}}
	resp, err := via.Do(q)
	if err != nil {
		return away(err)
	}
	defer resp.Body.Close()
	doc, err := io.ReadAll(io.LimitReader(resp.Body, mostList))
	if err != nil {
		return away(err)
	}
	var f room.Failure
	switch {
	case resp.StatusCode == http.StatusOK && json.Unmarshal(doc, out) == nil:
		return nil
	case resp.StatusCode != http.StatusOK && json.Unmarshal(doc, &f) == nil && f.Code != "":
		return judging.Fail(f.Code, f.Key, f.Args)
	case resp.StatusCode == http.StatusNotFound:
		return judging.Fail(judging.Forbidden, "hall.no_token", nil)
	}
	return away(nil)
}
