package hall

import (
	"crypto/tls"
	"io/fs"
	"os"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/room/cert"
)

// certificate is the hall's certificate, read again when its files change. One that can't be used leaves the old one.
type certificate struct {
	certFile, keyFile, host string

	mu    sync.Mutex
	now   *tls.Certificate
	files [2]fs.FileInfo // as they were when they were read last
	bad   error          // why what lies there now is not used
}

// newCertificate reads the certificate for a host. Errors: those of cert.Read, Invalid for one of another host.
func newCertificate(certFile, keyFile, host string, now time.Time) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, host: host}
	c.files = c.stat()
	own, err := c.read(now)
	if err != nil {
		return nil, err
	}
	c.now = own
	return c, nil
}

func (c *certificate) stat() (out [2]fs.FileInfo) {
	for i, path := range []string{c.certFile, c.keyFile} {
		out[i], _ = os.Stat(path) // nil where there is none: reading it says why
	}
	return out
}

func (c *certificate) read(now time.Time) (*tls.Certificate, error) {
	own, err := cert.Read(c.certFile, c.keyFile, now)
	if err == nil && own.Leaf.VerifyHostname(c.host) != nil {
		err = judging.Fail(judging.Invalid, "hall.cert_other_host", judging.Args{"Address": c.host})
	}
	return &own, err
}

// look reads the files again where they are not what was read last, or could not be used. changed says that something
// is otherwise than before.
func (c *certificate) look(now time.Time) (changed bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	files := c.stat()
	if same(files[0], c.files[0]) && same(files[1], c.files[1]) && c.bad == nil {
		return false, nil
	}
	c.files = files
	own, err := c.read(now)
	changed = keyOf(err) != keyOf(c.bad) || err == nil
	if c.bad = err; err == nil {
		c.now = own
	}
	return changed, err
}

func same(a, b fs.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

// standing says when the certificate that is used ends, and why a newer one is not used.
func (c *certificate) standing() (until time.Time, bad error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now.Leaf.NotAfter, c.bad
}

func (c *certificate) over(now time.Time) bool {
	until, _ := c.standing()
	return now.After(until)
}

func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.now, nil
		}}
}

// lookAtCertificate takes a renewed certificate, and says when it can't.
func (h *Hall) lookAtCertificate() {
	if h.cert == nil {
		return
	}
	changed, err := h.cert.look(h.Now())
	if !changed {
		return
	}
	until, _ := h.cert.standing()
	if err != nil {
		h.Log.Error("new certificate can't be used, the old one stays", "key", keyOf(err), "until", until)
		return
	}
	h.Log.Info("certificate read", "until", until)
}
