// Package etcdlog keeps a replica.Log in etcd, a key an entry. Its promise rests on a transaction that compares when
// two keys were created.
package etcdlog

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store/replica"
)

const (
	// most is the longest entry in bytes; etcd takes requests of 1.5 MiB.
	most     = 1 << 20
	together = 4 << 20 // bytes that one Read returns, about
	fewest   = 4       // entries that it asks for
	greatest = 2000
	idle     = 2 * time.Second        // that a member may take to answer at all
	again    = 300 * time.Millisecond // before a connection is tried again
	alive    = 6 * time.Second        // before a quiet connection is checked; members turn away who asks within 5

	cutTogether = 5000 // entries

	mostTrust = 1 << 20 // bytes of a file of certificates
)

// Log is one log.
type Log struct {
	config clientv3.Config
	prefix string
	usual  atomic.Int64 // bytes of an entry, as last read

	patience atomic.Int64 // nanoseconds that a member has for its answer, see briefly
	silent   atomic.Int64 // questions in a row that had none
	renewals atomic.Int64 // of the connections since the last answer

	mu     sync.Mutex
	client *clientv3.Client // nil until the engine was asked first
	made   time.Time        // when client was
	closed bool
	wish   string // of the last Try
	laid   int64  // its revision, as far as it is known; 0
}

var _ replica.Log = (*Log)(nil)

// Open connects to the log that address names, as etcd://user:password@host:2379,host:2379/name, or etcds:// with TLS;
// ?ca=, ?cert= and ?key= name files. It does not ask whether the engine is there. Errors: Invalid for an address that
// can't be read, NotFound and others for its files.
func Open(address string) (*Log, error) {
	config, name, err := configOf(address)
	if err != nil {
		return nil, err
	}
	l := &Log{config: config, prefix: "fayi/" + name + "/"}
	l.usual.Store(together / fewest)
	l.patience.Store(int64(firstPatience))
	return l, nil
}

// asked returns the client. One with a password asks the engine as it is made, which may be away: then the next call
// tries again.
func (l *Log) asked(ctx context.Context) (*clientv3.Client, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return nil, away(errClosed)
	case l.client != nil:
		return l.client, nil
	}
	config := l.config
	if end, ends := ctx.Deadline(); ends {
		config.DialTimeout = max(1, min(config.DialTimeout, time.Until(end)))
	}
	client, err := clientv3.New(config)
	if err != nil {
		return nil, l.why(err)
	}
	l.client, l.made = client, time.Now()
	return client, nil
}

// configOf reads an address. The standard parser of addresses knows one host only.
func configOf(address string) (c clientv3.Config, name string, err error) {
	scheme, rest, ok := strings.Cut(address, "://")
	rest, query, _ := strings.Cut(rest, "?")
	place, name, named := strings.Cut(rest, "/")
	if !ok || !named || name == "" || scheme != "etcd" && scheme != "etcds" {
		return c, "", bad()
	}
	if at := strings.LastIndex(place, "@"); at >= 0 {
		user, password, _ := strings.Cut(place[:at], ":")
		place = place[at+1:]
		var errs [2]error
		c.Username, errs[0] = url.PathUnescape(user)
		c.Password, errs[1] = url.PathUnescape(password)
		if errors.Join(errs[:]...) != nil {
			return c, "", bad()
		}
	}
	for _, host := range strings.Split(place, ",") {
		if host == "" {
			return c, "", bad()
		}
		c.Endpoints = append(c.Endpoints, map[string]string{"etcd": "http", "etcds": "https"}[scheme]+"://"+host)
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return c, "", bad()
	}
	if scheme == "etcds" {
		if c.TLS, err = trust(q.Get("ca"), q.Get("cert"), q.Get("key")); err != nil {
			return c, "", err
		}
	}
	c.DialTimeout, c.DialKeepAliveTime, c.DialKeepAliveTimeout = idle, alive, idle
	c.PermitWithoutStream = true
	// without it, a member that was away for some seconds is asked again seconds after it is back
	c.DialOptions = []grpc.DialOption{grpc.WithConnectParams(grpc.ConnectParams{
		Backoff:           backoff.Config{BaseDelay: again, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * again},
		MinConnectTimeout: idle,
	})}
	c.Logger = zap.NewNop()
	return c, name, nil
}

// trust reads the files that say whom to trust and who asks; without a file the system's authorities are trusted.
func trust(ca, cert, key string) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if ca != "" {
		raw, err := regular.ReadFile(ca, mostTrust)
		if err != nil {
			return nil, noFile(err)
		}
		if c.RootCAs = x509.NewCertPool(); !c.RootCAs.AppendCertsFromPEM(raw) {
			return nil, bad()
		}
	}
	if cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, noFile(err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// key is where the entry at a position stands. Their order is that of the positions.
func (l *Log) key(at uint64) string { return fmt.Sprintf("%s%016x", l.prefix, at) }

// end is behind the keys of all entries, and before those of all notes.
func (l *Log) end() string { return l.prefix + "g" }

// shelf begins the keys of notes.
func (l *Log) shelf() string { return l.prefix + "note/" }

// free is what holds where an entry may be appended at a position.
func (l *Log) free(at uint64) []clientv3.Cmp {
	key := clientv3.Compare(clientv3.CreateRevision(l.key(at)), "=", 0)
	if at > 1 {
		return []clientv3.Cmp{key, clientv3.Compare(clientv3.CreateRevision(l.key(at-1)), ">", 0)}
	}
	return []clientv3.Cmp{key.WithRange(l.end())} // the first of all, not of those that were cut off
}

// Append implements replica.Log.
func (l *Log) Append(ctx context.Context, at uint64, entry []byte) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	ctx, answered := l.briefly(ctx, client, tryPatience)
	key := l.key(at)
	done, err := client.Txn(ctx).If(l.free(at)...).Then(clientv3.OpPut(key, string(entry))).
		Else(clientv3.OpGet(key, clientv3.WithRange(l.end()), clientv3.WithCountOnly())).Commit()
	switch err = answered(err); {
	case err != nil:
		return err
	case done.Succeeded:
		return nil
	case done.Responses[0].GetResponseRange().Count > 0:
		return replica.ErrTaken
	}
	return replica.ErrGap
}

// Read implements replica.Log.
func (l *Log) Read(ctx context.Context, from uint64) ([][]byte, error) {
	client, err := l.asked(ctx)
	if err != nil {
		return nil, err
	}
	ctx, answered := l.briefly(ctx, client, readPatience)
	got, err := client.Get(ctx, l.key(from), clientv3.WithRange(l.end()), clientv3.WithLimit(l.some()))
	if err = answered(err); err != nil {
		return nil, err
	}
	if len(got.Kvs) > 0 && string(got.Kvs[0].Key) != l.key(from) {
		return nil, replica.ErrCut
	}
	return l.entries(got.Kvs, from), nil
}

// some is how many entries are read at once.
func (l *Log) some() int64 { return min(max(together/l.usual.Load(), fewest), greatest) }

// entries are those that stand one behind the other from a position on.
func (l *Log) entries(kvs []*mvccpb.KeyValue, from uint64) (entries [][]byte) {
	size := 0
	for i, kv := range kvs {
		if string(kv.Key) != l.key(from+uint64(i)) {
			break // nothing is read behind a gap
		}
		entries = append(entries, kv.Value)
		size += len(kv.Value)
	}
	if len(entries) > 0 {
		l.usual.Store(max(1, int64(size/len(entries))))
	}
	return entries
}

// Wait implements replica.Log.
func (l *Log) Wait(ctx context.Context, at uint64) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(clientv3.WithRequireLeader(ctx))
	defer cancel()
	there, err := client.Get(ctx, l.key(at), clientv3.WithRange(l.end()), clientv3.WithCountOnly(),
		clientv3.WithLimit(1))
	if err != nil || there.Count > 0 {
		return l.why(err)
	}
	for news := range client.Watch(ctx, l.key(at), clientv3.WithRev(there.Header.Revision+1)) {
		if err := news.Err(); err != nil {
			return l.why(err)
		}
		if len(news.Events) > 0 {
			return nil
		}
	}
	return l.why(errors.Join(ctx.Err(), errEnded))
}

var (
	errEnded  = errors.New("the watch ended")
	errClosed = errors.New("the log is closed")
)

// Cut implements replica.Log. The oldest go first, so that what remains has no gap wherever it is interrupted.
func (l *Log) Cut(ctx context.Context, before uint64) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	for {
		first, err := client.Get(ctx, l.key(1), clientv3.WithRange(l.end()), clientv3.WithLimit(1),
			clientv3.WithKeysOnly())
		if err != nil {
			return l.why(err)
		}
		var from uint64
		if len(first.Kvs) > 0 {
			if _, err := fmt.Sscanf(strings.TrimPrefix(string(first.Kvs[0].Key), l.prefix), "%x", &from); err != nil {
				return l.why(err)
			}
		}
		if from == 0 || from > before {
			return replica.ErrGap
		}
		to := min(from+cutTogether, before)
		done, err := client.Txn(ctx).If(clientv3.Compare(clientv3.CreateRevision(l.key(before)), ">", 0)).
			Then(clientv3.OpDelete(l.key(from), clientv3.WithRange(l.key(to)))).Commit()
		switch {
		case err != nil:
			return l.why(err)
		case !done.Succeeded:
			return replica.ErrGap
		case to == before:
			return nil
		}
	}
}

// Note implements replica.Log.
func (l *Log) Note(ctx context.Context, name string, old, value []byte) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	key := l.shelf() + name
	when := clientv3.Compare(clientv3.CreateRevision(key), "=", 0)
	if len(old) > 0 {
		when = clientv3.Compare(clientv3.Value(key), "=", string(old))
	}
	done, err := client.Txn(ctx).If(when).Then(clientv3.OpPut(key, string(value))).Commit()
	if err == nil && !done.Succeeded {
		return replica.ErrTaken
	}
	return l.why(err)
}

// Noted implements replica.Log.
func (l *Log) Noted(ctx context.Context, name string) ([]byte, error) {
	client, err := l.asked(ctx)
	if err != nil {
		return nil, err
	}
	got, err := client.Get(ctx, l.shelf()+name)
	if err != nil || len(got.Kvs) == 0 {
		return nil, l.why(err)
	}
	return got.Kvs[0].Value, nil
}

// Names implements replica.Log.
func (l *Log) Names(ctx context.Context) (names []string, err error) {
	client, err := l.asked(ctx)
	if err != nil {
		return nil, err
	}
	got, err := client.Get(ctx, l.shelf(), clientv3.WithPrefix(), clientv3.WithKeysOnly())
	if err != nil {
		return nil, l.why(err)
	}
	for _, kv := range got.Kvs {
		names = append(names, strings.TrimPrefix(string(kv.Key), l.shelf()))
	}
	return names, nil
}

// Drop implements replica.Log.
func (l *Log) Drop(ctx context.Context, name string) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	_, err = client.Delete(ctx, l.shelf()+name)
	return l.why(err)
}

// Most implements replica.Log.
func (l *Log) Most() int { return most }

// Close implements replica.Log.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.client == nil {
		return nil
	}
	if err := l.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return away(err)
	}
	return nil
}

func bad() error { return judging.Fail(judging.Invalid, "share.address", nil) }

func noFile(err error) error {
	return judging.Fail(judging.NotFound, "share.trust_file", nil).Because(err)
}
