// Package client is one judge's desk over the room: the maker of judging.Ballots that speaks to its server.
//
// It promises what judging.Ballots does. It keeps nothing and retries nothing, but for opening a session again when the
// server was started again: nothing was done then.
package client

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/sign"
)

// Client is one judge's desk on one device. Its methods may be called from many goroutines.
type Client struct {
	http   *http.Client
	base   string // "http://192.168.1.5:8790", or "https://hall.example.cn/c/abc"
	key    sign.Key
	device string
	random io.Reader

	mu      sync.Mutex
	session string
	count   uint64
}

var _ judging.Ballots = (*Client)(nil)

// Open returns the desk that an address with a token in its fragment stands for, as it is in a judge's QR code. device
// is 16 to 64 characters that this device keeps for itself; random gives one where it is "". Nothing is asked yet.
// Errors: Invalid for an address without a token.
func Open(via *http.Client, address, device string, random io.Reader) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, judging.Fail(judging.Invalid, "room.no_token", nil)
	}
	key, err := sign.KeyOf(u.Fragment)
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "room.no_token", nil)
	}
	if device == "" {
		if device, err = newDevice(random); err != nil {
			return nil, err
		}
	}
	base := u.Scheme + "://" + u.Host + strings.TrimSuffix(u.Path, "/")
	return &Client{http: via, base: base, key: key, device: device, random: random}, nil
}

// newDevice draws what a device calls itself.
func newDevice(random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return hex.EncodeToString(b[:]), nil
}

// Duties implements judging.Ballots.
func (c *Client) Duties(ctx context.Context) (judging.Duties, error) {
	var out struct {
		Duties judging.Duties `json:"duties"`
	}
	err := c.ask(ctx, http.MethodGet, "/api/duties", nil, &out)
	return out.Duties, err
}

// OpenFile implements judging.Ballots. The file is read into memory, and always the file itself: small pictures have
// addresses of their own.
func (c *Client) OpenFile(ctx context.Context, code judging.WorkCode, n, _ int) (judging.OpenFile, error) {
	var got received
	path := fmt.Sprintf("/api/works/%s/files/%d", escape(code), n)
	if err := c.ask(ctx, http.MethodGet, path, nil, &got); err != nil {
		return judging.OpenFile{}, err
	}
	return judging.OpenFile{
		ReadSeekCloser: file{bytes.NewReader(got.data)}, Size: int64(len(got.data)),
		Type: got.header.Get("Content-Type"), ETag: strings.Trim(got.header.Get("ETag"), `"`),
	}, nil
}

// received is an answer that is not JSON.
type received struct {
	data   []byte
	header http.Header
}

type file struct{ *bytes.Reader }

// Close implements io.Closer.
func (file) Close() error { return nil }

// Load implements judging.Ballots.
func (c *Client) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	var out judging.Ballot
	err := c.ask(ctx, http.MethodGet, "/api/ballots/"+escape(code), nil, &out)
	return out, err
}

// Save implements judging.Ballots.
func (c *Client) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	var out judging.Ballot
	err := c.ask(ctx, http.MethodPut, "/api/ballots/"+escape(b.Code), b, &out)
	if o := (overtaken{}); errors.As(err, &o) {
		return o.holds, o.error
	}
	if err != nil {
		return b, err
	}
	return out, nil
}

// overtaken is the error of a ballot in whose place another holds.
type overtaken struct {
	error

	holds judging.Ballot
}

// Pledge implements judging.Ballots.
func (c *Client) Pledge(ctx context.Context, sum string) error {
	return c.ask(ctx, http.MethodPost, "/api/pledge", map[string]string{"sum": sum}, nil)
}

// Look implements judging.Ballots.
func (c *Client) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	return c.ask(ctx, http.MethodPut, "/api/looks/"+escape(code), l, nil)
}

// History implements judging.Ballots.
func (c *Client) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	var out []judging.ScoreVersion
	err := c.ask(ctx, http.MethodGet, "/api/ballots/"+escape(code)+"/history", nil, &out)
	return out, err
}

// Submit implements judging.Ballots.
func (c *Client) Submit(ctx context.Context, secret string) error {
	sealed, err := c.key.Seal(c.random, "submit", []byte(secret))
	if err != nil {
		return judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return c.ask(ctx, http.MethodPost, "/api/submit", map[string]string{"sealed": sealed}, nil)
}

// Pair tells which two works the judge is asked to compare now, and how to show them.
func (c *Client) Pair(ctx context.Context) (room.Pair, error) {
	var out room.Pair
	err := c.ask(ctx, http.MethodGet, "/api/pairs", nil, &out)
	return out, err
}

// Compare says which of two works is better. Sent again with the same mark it counts once. Errors: as
// comparisons.Desk.AnswerOnce; Unavailable where nobody answered, and it may be kept or not.
func (c *Client) Compare(ctx context.Context, a room.PairSaid) error {
	return c.ask(ctx, http.MethodPost, "/api/pairs", a, nil)
}

// TakeBack takes the judge's answer of this name back. Errors: as comparisons.Desk.Back.
func (c *Client) TakeBack(ctx context.Context, answer string) error {
	return c.ask(ctx, http.MethodPost, "/api/pairs/back", map[string]string{"answer": answer}, nil)
}

// escape writes a code as one segment of a path; no code must change the path.
func escape(code judging.WorkCode) string {
	if code == "" || strings.Trim(string(code), ".") == "" {
		return "%20"
	}
	return url.PathEscape(string(code))
}

// ask sends one request and reads its answer into out: JSON, or bytes. A session that the server doesn't know is
// opened again, once.
func (c *Client) ask(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return judging.Fail(judging.Invalid, "room.bad_request", nil).Because(err)
		}
	}
	for try := 0; ; try++ {
		session, count, err := c.next(ctx, try > 0)
		if err != nil {
			return err
		}
		of := sign.Request{Method: method, Path: path, Session: session, Count: count, Device: c.device, Body: body}
		said := []string{c.key.ID(), session, strconv.FormatUint(count, 10), c.device, c.key.Sign(of)}
		status, err := c.send(ctx, method, path, "Fayi "+strings.Join(said, ","), body, out)
		if status != http.StatusUnauthorized || try > 0 {
			return err
		}
	}
}

// next returns the session and the count of the next request.
func (c *Client) next(ctx context.Context, fresh bool) (string, uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session == "" || fresh {
		body, _ := json.Marshal(map[string]string{"pass": c.key.ID()}) // strings always marshal
		var out struct {
			Session string `json:"session"`
		}
		if _, err := c.send(ctx, http.MethodPost, "/api/hello", "", body, &out); err != nil {
			return "", 0, err
		}
		c.session, c.count = out.Session, 0
	}
	c.count++
	return c.session, c.count, nil
}

// send makes one request. Errors: what the server answers; Unavailable where it can't be reached.
func (c *Client) send(ctx context.Context, method, path, auth string, body []byte, out any) (int, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, judging.Fail(judging.Invalid, "room.bad_request", nil).Because(err)
	}
	r.Header.Set("User-Agent", "fayi")
	r.Header.Set("Accept-Language", "zh-Hans")
	if auth != "" {
		r.Header.Set("Authorization", auth)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return 0, judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	if resp.StatusCode != http.StatusOK {
		return resp.StatusCode, failure(data)
	}
	if raw, ok := out.(*received); ok {
		*raw = received{data, resp.Header}
		return resp.StatusCode, nil
	}
	if out == nil {
		return resp.StatusCode, nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return resp.StatusCode, judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	return resp.StatusCode, nil
}

// failure is the error that the server answered with.
func failure(data []byte) error {
	var f room.Failure
	if err := json.Unmarshal(data, &f); err != nil || f.Code == "" {
		return judging.Fail(judging.Unavailable, "room.unreachable", nil).Because(err)
	}
	if f.Holds != nil {
		return overtaken{judging.Fail(f.Code, f.Key, f.Args), *f.Holds}
	}
	return judging.Fail(f.Code, f.Key, f.Args)
}
