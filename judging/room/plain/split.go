// Package plain is what a room on HTTPS answers to who asks without it: how to come to trust it, or where it is. One
// port serves both, so that a firewall is opened once and an address without the s still leads somewhere.
//
// It promises that nothing of the contest is said there.
package plain

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

const (
	sortIn   = 10 * time.Second // for a device to say how it speaks
	pause    = 50 * time.Millisecond
	tlsHello = 0x16 // the first byte of TLS
)

// Split returns what comes to l over TLS, and what comes without. Closing either closes l.
func Split(l net.Listener, config *tls.Config) (secure, open net.Listener) {
	s := &split{l: l, done: make(chan struct{}), secure: make(chan net.Conn), open: make(chan net.Conn)}
	go s.run()
	return tls.NewListener(side{s, s.secure}, config), side{s, s.open}
}

type split struct {
	l            net.Listener
	done         chan struct{} // closed with l
	end          sync.Once
	secure, open chan net.Conn
}

func (s *split) close() (err error) {
	s.end.Do(func() {
		close(s.done)
		err = s.l.Close()
	})
	return err
}

func (s *split) run() {
	defer func() { _ = s.close() }() // it is closed already
	for {
		c, err := s.l.Accept()
		switch {
		case err == nil:
			go s.sort(c)
		case errors.Is(err, net.ErrClosed):
			return
		default:
			time.Sleep(pause) // too many open files: it passes
		}
	}
}

// sort looks at the first byte of a connection and hands it on.
func (s *split) sort(c net.Conn) {
	first := make([]byte, 1)
	err := c.SetReadDeadline(time.Now().Add(sortIn))
	if err == nil {
		_, err = io.ReadFull(c, first)
	}
	if err == nil {
		err = c.SetReadDeadline(time.Time{})
	}
	if err != nil {
		_ = c.Close() // it never spoke
		return
	}
	to := s.open
	if first[0] == tlsHello {
		to = s.secure
	}
	select {
	case to <- &begun{Conn: c, first: first}:
	case <-s.done:
		_ = c.Close() // the room has closed
	}
}

// begun is a connection whose first byte was read.
type begun struct {
	net.Conn

	first []byte
}

// Read implements net.Conn.
func (b *begun) Read(p []byte) (int, error) {
	if len(b.first) > 0 && len(p) > 0 {
		n := copy(p, b.first)
		b.first = b.first[n:]
		return n, nil
	}
	return b.Conn.Read(p)
}

// side is one of the two listeners.
type side struct {
	s     *split
	conns chan net.Conn
}

// Accept implements net.Listener.
func (d side) Accept() (net.Conn, error) {
	select {
	case c := <-d.conns:
		return c, nil
	case <-d.s.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (d side) Close() error { return d.s.close() }

// Addr implements net.Listener.
func (d side) Addr() net.Addr { return d.s.l.Addr() }
