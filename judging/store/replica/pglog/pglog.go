// Package pglog keeps a replica.Log in a table of PostgreSQL. Its promise rests on the table's primary key.
package pglog

import (
	"context"
	"errors"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"fayi/judging"
	"fayi/judging/store/replica"
)

const (
	most     = 8 << 20 // bytes of an entry
	together = 4 << 20 // bytes that one Read returns, and rows:
	rows     = 1000
	poll     = 2 * time.Second // how long Wait trusts to be called
	taken    = "23505"         // unique_violation
	channel  = "fayi_log"
)

// Log is one log.
type Log struct {
	pool  *pgxpool.Pool
	name  string
	there atomic.Bool // the table
}

var _ replica.Log = (*Log)(nil)

// Open returns the log that address names, as postgres://user:password@host:5432/database?sslmode=verify-full&log=name.
// It does not ask whether the engine is there: what is asked first makes the table where there is none. Errors: Invalid
// for an address that can't be read.
func Open(address string) (*Log, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, bad() // the error of url tells the password
	}
	q := u.Query()
	l := &Log{name: q.Get("log")}
	q.Del("log")
	u.RawQuery = q.Encode()
	config, err := pgxpool.ParseConfig(u.String())
	if err != nil || l.name == "" {
		return nil, bad()
	}
	config.MaxConns = 4
	config.ConnConfig.ConnectTimeout = 3 * time.Second
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "on"
	config.ConnConfig.RuntimeParams["application_name"] = "fayi"
	if l.pool, err = pgxpool.NewWithConfig(context.Background(), config); err != nil {
		return nil, bad()
	}
	return l, nil
}

// prepare makes the table. It stays as it is where it may not be made, and there is one.
func (l *Log) prepare(ctx context.Context) error {
	if l.there.Load() {
		return nil
	}
	var there bool
	if err := l.pool.QueryRow(ctx, `SELECT to_regclass('fayi_log') IS NOT NULL`).Scan(&there); err != nil {
		return away(err)
	}
	if !there {
		_, err := l.pool.Exec(ctx, `CREATE TABLE IF NOT EXISTS fayi_log (
			name text NOT NULL, at bigint NOT NULL, entry bytea NOT NULL, PRIMARY KEY (name, at))`)
		if err != nil && code(err) != taken { // taken: two that make it at once
			return away(err)
		}
	}
	l.there.Store(true)
	return nil
}

// Append implements replica.Log.
func (l *Log) Append(ctx context.Context, at uint64, entry []byte) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	done, err := l.pool.Exec(ctx, `WITH added AS (
			INSERT INTO fayi_log (name, at, entry)
			SELECT $1, $2, $3
			WHERE $2 = 1::bigint OR EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at = $2 - 1)
			RETURNING name)
		SELECT pg_notify('`+channel+`', name) FROM added`, l.name, int64(at), entry)
	switch {
	case code(err) == taken:
		return replica.ErrTaken
	case err != nil:
		return away(err)
	case done.RowsAffected() == 0:
		return replica.ErrGap
	}
	return nil
}

// Read implements replica.Log.
func (l *Log) Read(ctx context.Context, from uint64) ([][]byte, error) {
	if err := l.prepare(ctx); err != nil {
		return nil, err
	}
	got, err := l.pool.Query(ctx, `SELECT entry FROM (
			SELECT at, entry, sum(length(entry)) OVER (ORDER BY at) AS total
			FROM fayi_log WHERE name = $1 AND at >= $2 ORDER BY at LIMIT $3) AS next
		WHERE total - length(entry) < $4 ORDER BY at`, l.name, int64(from), rows, together)
	if err != nil {
		return nil, away(err)
	}
	entries, err := pgx.CollectRows(got, pgx.RowTo[[]byte])
	return entries, away(err)
}

// Wait implements replica.Log: it listens, and looks by itself now and then.
func (l *Log) Wait(ctx context.Context, at uint64) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return away(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return away(err)
	}
	for {
		var there bool
		err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at = $2)`, l.name,
			int64(at)).Scan(&there)
		if err != nil || there {
			return away(err)
		}
		waiting, cancel := context.WithTimeout(ctx, poll)
		_, err = conn.Conn().WaitForNotification(waiting)
		cancel()
		if err != nil && waiting.Err() == nil || ctx.Err() != nil {
			return away(errors.Join(ctx.Err(), err))
		}
	}
}

// Most implements replica.Log.
func (l *Log) Most() int { return most }

// Close implements replica.Log.
func (l *Log) Close() error {
	l.pool.Close()
	return nil
}

// code is the error code of the engine's answer, "" for another error.
func code(err error) string {
	var told *pgconn.PgError
	if errors.As(err, &told) {
		return told.Code
	}
	return ""
}

func away(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
}

func bad() error { return judging.Fail(judging.Invalid, "share.address", nil) }
