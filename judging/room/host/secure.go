package host

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room/cert"
	"fayi/judging/room/plain"
)

// Secure asks for a room on HTTPS.
type Secure struct {
	// Cert and Key are PEM files of a certificate that the office has; "": the contest's own authority vouches for the
	// room, and devices have to be made to trust it.
	Cert, Key string
}

// secured is how a room is on HTTPS.
type secured struct {
	config    *tls.Config
	pool      *x509.CertPool
	authority *cert.Authority // nil with the office's own certificate
	host      string          // that stands in the address, "" for the computer's own
	more      []string        // hosts under which the room answers, too
}

// secure prepares HTTPS for these addresses of the computer. Errors: those of cert and of passes.
func (s Secure) secure(ctx context.Context, o *office.Office, c Config, ips []string) (*secured, error) {
	if s.Cert != "" || s.Key != "" {
		own, err := cert.Load(s.Cert, s.Key, c.Now())
		if err != nil {
			return nil, err
		}
		names := cert.Hosts(own)
		return &secured{config: configOf(own), pool: cert.PoolOf(own), host: names[0], more: names}, nil
	}
	a, err := o.Passes().Authority(ctx)
	if err != nil {
		return nil, err
	}
	own, err := a.Certificate(ips, c.Now(), c.Random)
	if err != nil {
		return nil, err
	}
	return &secured{config: configOf(own), pool: a.Pool(), authority: a}, nil
}

func configOf(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"}}
}

// Trust says how devices come to trust the room.
type Trust struct {
	Page  string    // "http://192.168.1.5:8790": tells what to do, and has the root
	Print string    // fingerprint of the root
	Root  []byte    // in DER
	Until time.Time // when the root ends
}

// begin serves HTTPS on l, and without it the page that says how to trust the room. It returns what the room serves.
func (s *secured) begin(ctx context.Context, h *Host, l net.Listener, c Config, hosts []string) net.Listener {
	inner, open := plain.Split(l, s.config)
	told := plain.Config{Secure: h.Address, Hosts: hosts,
		Text: func(lang string) plain.Words { return c.Text(lang, nil) }}
	if a := s.authority; a != nil {
		h.Trust = &Trust{Page: "http" + strings.TrimPrefix(h.Address, "https"), Print: a.Print(), Root: a.Root(),
			Until: a.Until()}
		told.Root, told.Print, told.Until = a.Root(), a.Print(), a.Until()
	}
	go plain.Serve(ctx, open, told)
	return inner
}

// hostsOf are the names and addresses of a room, with its port; IPs of a listener at all of them.
func hostsOf(ips, more []string, port string) []string {
	var out []string
	for _, h := range slices.Concat(ips, more) {
		if host := net.JoinHostPort(h, port); !slices.Contains(out, host) {
			out = append(out, host)
		}
	}
	return out
}

// WriteRoot writes what devices are made to trust to path, as systems import it. Errors: Unavailable.
func WriteRoot(path string, a *cert.Authority) error {
	err := atomicfile.Write(path, 0o644, func(w io.Writer) error {
		return pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: a.Root()})
	})
	if err != nil {
		return judging.Fail(judging.Unavailable, "room.root_failed", judging.Args{"Path": path}).Because(err)
	}
	return nil
}
