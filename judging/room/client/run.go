package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// patience is how long a room on the local network may take to answer.
const patience = 4 * time.Second

// Run opens the page at base, as "http://192.168.1.5:8790", as a browser does that uses no proxy, and returns which
// opening of a room it belongs to; "" where something else than a room answers. trusted are the only ones to vouch
// for a room on HTTPS. Errors: nobody answers.
func Run(ctx context.Context, base string, trusted *x509.CertPool) (string, error) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	way := &http.Transport{DisableKeepAlives: true, // and no Proxy
		TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	defer way.CloseIdleConnections()
	via := &http.Client{Transport: way, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a room never leads elsewhere
	}}
	if page, err := fetch(ctx, via, http.MethodGet, base+"/", ""); err != nil || !strings.Contains(page, "<html") {
		return "", err
	}
	said, err := fetch(ctx, via, http.MethodPost, base+"/api/hello", `{"pass":""}`)
	var out struct {
		Run string `json:"run"`
	}
	if err != nil || json.Unmarshal([]byte(said), &out) != nil {
		return "", err
	}
	return out.Run, nil
}

// fetch returns what is answered with status 200, "" for another one.
func fetch(ctx context.Context, via *http.Client, method, address, body string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	resp, err := via.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", address, err)
	}
	if resp.StatusCode != http.StatusOK {
		return "", nil
	}
	return string(text), nil
}
