package etcdlog

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"

	"fayi/judging"
	"fayi/judging/store/replica"
)

// greeting bounds how long a member is asked for its certificate.
const greeting = 300 * time.Millisecond

func away(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
}

// why is away where the engine itself says no more. The client only says that it gave up when a certificate was not
// taken: the members are greeted once more to see.
func (l *Log) why(err error) error {
	switch is := rpctypes.Error(err); {
	case err == nil || errors.Is(err, context.Canceled):
		return err
	case errors.Is(is, rpctypes.ErrAuthFailed), errors.Is(is, rpctypes.ErrUserEmpty):
		return replica.Refused(judging.Forbidden, "share.password", err)
	case errors.Is(is, rpctypes.ErrPermissionDenied):
		return replica.Refused(judging.Forbidden, "share.no_right", err)
	case l.config.TLS != nil:
		if told := l.greet(); told != nil {
			return told
		}
	}
	return away(err)
}

// greet returns why a member's certificate is not taken, or ours by it, nil where neither is so.
func (l *Log) greet() error {
	ctx, cancel := context.WithTimeout(context.Background(), greeting)
	defer cancel()
	dialer := tls.Dialer{Config: l.config.TLS}
	for _, at := range l.config.Endpoints {
		conn, err := dialer.DialContext(ctx, "tcp", strings.TrimPrefix(at, "https://"))
		if err == nil { // the member says whether it takes ours behind the greeting
			err = firstByte(ctx, conn)
		}
		if told := replica.Untrusted(err); told != nil {
			return told
		}
	}
	return nil
}

// firstByte waits for what a member says first.
func firstByte(ctx context.Context, conn net.Conn) error {
	defer conn.Close()
	end, _ := ctx.Deadline()
	if err := conn.SetReadDeadline(end); err != nil {
		return err
	}
	_, err := conn.Read(make([]byte, 1))
	return err
}
