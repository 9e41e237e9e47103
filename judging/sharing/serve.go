package sharing

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/lanlog"
)

// Serve lets others on the network reach the log that this computer keeps for the contest in dir, at the port of its
// address, on all networks, until stop is called. It does nothing for a log that another engine keeps. Errors: Busy,
// "room.port_taken", Unavailable.
func Serve(ctx context.Context, dir string, log replica.Log, s replica.Share) (stop func() error, err error) {
	if !Keeps(dir) {
		return func() error { return nil }, nil
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.Address, "lan://"))
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "share.address", nil)
	}
	handler, err := lanlog.NewServer(log, s.Key)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", ":"+port)
	if err != nil {
		return nil, judging.Fail(judging.Busy, "share.port", judging.Args{"Port": port}).Because(err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: time.Minute,
		MaxHeaderBytes: 8 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return func() error {
		ending, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(ending) != nil { // those that wait for news
			_ = server.Close()
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
		}
		return nil
	}, nil
}
