package lanlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/store/replica"
)

// notes is where notes are asked for.
const notes = "/notes"

// Client reaches a log on another computer.
type Client struct {
	base string // http://host:port
	key  []byte
	http *http.Client
}

var _ replica.Log = (*Client)(nil)

// Check refuses what is no address of a log on a computer, as lan://host:port. Errors: Invalid.
func Check(address string) error {
	host, ok := strings.CutPrefix(address, "lan://")
	u, err := url.Parse("http://" + host)
	if !ok || err != nil || u.Hostname() == "" || u.Port() == "" || u.Host != host {
		return judging.Fail(judging.Invalid, "share.address", nil)
	}
	return nil
}

// Dial returns the log at address, as lan://host:port, whose entries are sealed by key. It asks nobody yet. Errors:
// Invalid for an address that can't be read.
func Dial(address string, key []byte) (*Client, error) {
	if err := Check(address); err != nil {
		return nil, err
	}
	signing, err := signing(key)
	if err != nil {
		return nil, err
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy, t.ResponseHeaderTimeout = nil, longest+5*time.Second
	return &Client{base: "http" + strings.TrimPrefix(address, "lan"), key: signing, http: &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// ask sends a signed request and returns its answer, whose body is the caller's to close.
func (c *Client) ask(ctx context.Context, method, target string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+target, bytes.NewReader(body))
	if err != nil {
		return nil, away(err)
	}
	req.Header.Set(signature, sign(c.key, method, target, body))
	answer, err := c.http.Do(req)
	if err != nil {
		return nil, away(err)
	}
	if answer.StatusCode == http.StatusForbidden {
		answer.Body.Close()
		return nil, judging.Fail(judging.Forbidden, "share.not_invited", nil)
	}
	return answer, nil
}

// tell sends what is answered by yes or no.
func (c *Client) tell(ctx context.Context, method, target string, body []byte) error {
	answer, err := c.ask(ctx, method, target, body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return ended(answer)
}

// ended is what the server says of what has no other answer.
func ended(answer *http.Response) error {
	switch answer.StatusCode {
	case http.StatusNoContent:
		return nil
	case http.StatusConflict:
		return replica.ErrTaken
	case http.StatusPreconditionFailed:
		return replica.ErrGap
	case http.StatusTooEarly:
		return replica.ErrTurn
	}
	return away(errors.New(answer.Status))
}

// Append implements replica.Log.
func (c *Client) Append(ctx context.Context, at uint64, entry []byte) error {
	return c.tell(ctx, http.MethodPost, fmt.Sprint("/log/", at), entry)
}

// Try implements replica.Log.
func (c *Client) Try(ctx context.Context, at uint64, entry []byte, wish string) (a replica.Answer, err error) {
	answer, err := c.ask(ctx, http.MethodPost, fmt.Sprint("/log/", at, "?", wishParam, "=", wish), entry)
	if err != nil {
		return a, err
	}
	defer answer.Body.Close()
	for _, line := range answer.Header.Values(waitingHeader) {
		name, mark, _ := strings.Cut(line, " ")
		a.Waiting = append(a.Waiting, replica.Wish{Name: name, Mark: mark})
	}
	if err = ended(answer); errors.Is(err, replica.ErrTaken) {
		var lost error
		if a.Next, lost = readEntries(io.LimitReader(answer.Body, together+2*most)); lost != nil {
			a.Next = nil // it is read again
		}
	}
	return a, err
}

// Withdraw implements replica.Log.
func (c *Client) Withdraw(ctx context.Context, wish string) error {
	return c.tell(ctx, http.MethodDelete, "/turn/"+wish, nil)
}

// Cut implements replica.Log.
func (c *Client) Cut(ctx context.Context, before uint64) error {
	return c.tell(ctx, http.MethodPost, fmt.Sprint("/cut/", before), nil)
}

// Note implements replica.Log.
func (c *Client) Note(ctx context.Context, name string, old, value []byte) error {
	var body bytes.Buffer
	_ = writeEntries(&body, [][]byte{old, value}) // a buffer takes all
	return c.tell(ctx, http.MethodPut, notes+"/"+name, body.Bytes())
}

// Drop implements replica.Log.
func (c *Client) Drop(ctx context.Context, name string) error {
	return c.tell(ctx, http.MethodDelete, notes+"/"+name, nil)
}

// Noted implements replica.Log.
func (c *Client) Noted(ctx context.Context, name string) ([]byte, error) {
	return c.get(ctx, notes+"/"+name)
}

// Names implements replica.Log.
func (c *Client) Names(ctx context.Context) ([]string, error) {
	list, err := c.get(ctx, notes)
	return strings.Fields(string(list)), err
}

// get fetches what is no longer than a note.
func (c *Client) get(ctx context.Context, target string) ([]byte, error) {
	answer, err := c.ask(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, away(errors.New(answer.Status))
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	if err != nil {
		return nil, away(err)
	}
	return body, nil
}

// Read implements replica.Log.
func (c *Client) Read(ctx context.Context, from uint64) ([][]byte, error) {
	answer, err := c.ask(ctx, http.MethodGet, fmt.Sprint("/log/", from), nil)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		entries, err := readEntries(io.LimitReader(answer.Body, together+2*most))
		if err != nil {
			return nil, away(err)
		}
		return entries, nil
	case http.StatusGone:
		return nil, replica.ErrCut
	}
	return nil, away(errors.New(answer.Status))
}

// Wait implements replica.Log.
func (c *Client) Wait(ctx context.Context, at uint64) error {
	answer, err := c.ask(ctx, http.MethodGet, fmt.Sprint("/news/", at), nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent {
		return away(errors.New(answer.Status))
	}
	return nil
}

// Most implements replica.Log.
func (c *Client) Most() int { return most }

// Close implements replica.Log.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

func away(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
}
