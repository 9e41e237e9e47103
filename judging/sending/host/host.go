// Package host opens the server to which units send, over a contest on this computer, on the local network.
//
// It promises: it listens before it says so, at an address of its own: judges' pages and units' are never served
// together.
package host

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	deliveries "fayi/judging/office/sending"
	"fayi/judging/room/cert"
	rooms "fayi/judging/room/host"
	"fayi/judging/sending"
)

// Port is the one at which units send, so that a firewall's rule can name it. It is not that of judges' rooms.
const Port = "8792"

// Folder is the name of the folder in a contest's in which lies what is not whole yet.
const Folder = "sending"

// Config is what a host needs from outside.
type Config struct {
	Addr      string // "192.168.1.5:8792"; without a host the likeliest is taken, without a port Port
	Cert, Key string // PEM files of a certificate that the office has; "": plain HTTP
	Text      func(lang string) sending.Words
	Random    io.Reader
	Now       func() time.Time
}

// Host is an open server.
type Host struct {
	Address string // "http://192.168.1.5:8792"

	end   context.CancelFunc
	mu    sync.Mutex
	ended chan struct{}
	fault error // of serving, once it has ended
}

// Open opens the server and returns when it listens. It is open until Close. That units may send is another matter:
// OpenSending. Errors: Unavailable when there is no network or the address can't be had, Busy when the port is taken;
// those of the certificate.
func Open(ctx context.Context, o *office.Office, c Config) (*Host, error) {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		c.Addr = net.JoinHostPort(c.Addr, Port)
	}
	at, err := rooms.Address(c.Addr)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(at)
	if err != nil {
		return nil, judging.Fail(judging.Unavailable, "room.no_network", nil).Because(err)
	}
	l, err := rooms.Listen(ctx, u.Hostname(), u.Port())
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // of a listener it always can be split
	h := &Host{Address: "http://" + net.JoinHostPort(u.Hostname(), port), ended: make(chan struct{})}
	hosts := []string{net.JoinHostPort(u.Hostname(), port)}
	if c.Cert != "" {
		own, err := cert.Load(c.Cert, c.Key, c.Now())
		if err != nil {
			l.Close()
			return nil, err
		}
		for _, name := range cert.Hosts(own) {
			hosts = append(hosts, net.JoinHostPort(name, port))
		}
		h.Address = "https://" + hosts[min(1, len(hosts)-1)]
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12,
			NextProtos: []string{"http/1.1"}})
	}
	s, err := sending.New(sending.Config{
		Door: deliveries.DoorOf(o.Sending()), Dir: filepath.Join(o.Dir(), Folder), Text: c.Text,
		Random: c.Random, Now: c.Now, Hosts: hosts,
	})
	if err != nil {
		l.Close()
		return nil, err
	}
	serving, end := context.WithCancel(context.WithoutCancel(ctx))
	h.end = end
	go h.serve(serving, s, l)
	return h, nil
}

func (h *Host) serve(ctx context.Context, s *sending.Server, l net.Listener) {
	srv := s.HTTP()
	checked := make(chan struct{})
	go func() {
		defer close(checked)
		s.Run(ctx)
	}()
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		if srv.Shutdown(last) != nil {
			_ = srv.Close() // who is sending goes on later where it broke off
		}
	})
	err := srv.Serve(l)
	if stop(); ctx.Err() != nil {
		err = nil
	} else {
		err = judging.Fail(judging.Unavailable, "sending.stopped", nil).Because(err)
	}
	h.end()
	<-checked
	h.mu.Lock()
	h.fault = err
	h.mu.Unlock()
	close(h.ended)
}

// Link is the address for the unit that has this token; "" for what is published. The part behind # is never sent over
// the network by itself.
func (h *Host) Link(token string) string { return LinkAt(h.Address, token) }

// LinkAt is the address for the unit that has this token, where sending is at an address.
func LinkAt(address, token string) string {
	address = strings.TrimSuffix(address, "/") + "/"
	if token == "" {
		return address
	}
	return address + "#" + token
}

// Ended says when the server has stopped by itself.
func (h *Host) Ended() bool {
	select {
	case <-h.ended:
		return true
	default:
		return false
	}
}

// Close closes the server. What is under way goes on where it broke off when it is opened again. Errors: it had stopped
// before.
func (h *Host) Close() error {
	h.end()
	<-h.ended
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.fault
}
