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
	err := l.pool.QueryRow(ctx,
		`SELECT to_regclass('fayi_log') IS NOT NULL AND to_regclass('fayi_note') IS NOT NULL`).Scan(&there)
	if err != nil {
		return away(err)
	}
	if !there {
		for _, table := range []string{
			`CREATE TABLE IF NOT EXISTS fayi_log (
				name text NOT NULL, at bigint NOT NULL, entry bytea NOT NULL, PRIMARY KEY (name, at))`,
			`CREATE TABLE IF NOT EXISTS fayi_note (
				name text NOT NULL, note text NOT NULL, value bytea NOT NULL, PRIMARY KEY (name, note))`,
		} {
			// taken: two that make it at once
			if _, err := l.pool.Exec(ctx, table); err != nil && code(err) != taken {
				return away(err)
			}
		}
	}
	l.there.Store(true)
	return nil
}

// added inserts an entry where the wish $4 is the oldest, or none stands, or it is anyTurn. The entry before is locked:
// one that is being cut off, with the place that this one asks for, is seen as gone. Wishes are not: of two that come
// in at once one finds its position taken.
const added = `WITH added AS (
		INSERT INTO fayi_log (name, at, entry)
		SELECT $1, $2, $3
		WHERE CASE WHEN $2 = 1::bigint THEN NOT EXISTS (SELECT FROM fayi_log WHERE name = $1)
			ELSE EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at = $2 - 1 FOR KEY SHARE) END
			AND ($4::text = '` + anyTurn + `' OR $4 = coalesce((` + oldest + `), $4))
		RETURNING name)`

// Append implements replica.Log.
func (l *Log) Append(ctx context.Context, at uint64, entry []byte) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	done, err := l.pool.Exec(ctx, added+` SELECT pg_notify('`+channel+`', name) FROM added`, l.name, int64(at), entry,
		anyTurn)
	switch {
	case code(err) == taken:
		return replica.ErrTaken
	case err != nil:
		return away(err)
	case done.RowsAffected() > 0:
		return nil
	}
	beyond, err := l.reaches(ctx, at)
	switch {
	case err != nil:
		return err
	case beyond:
		return replica.ErrTaken
	}
	return replica.ErrGap
}

// reaches reports whether an entry stands at a position or behind it.
func (l *Log) reaches(ctx context.Context, at uint64) (there bool, err error) {
	err = l.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at >= $2)`, l.name,
		int64(at)).Scan(&there)
	return there, away(err)
}

// Read implements replica.Log.
func (l *Log) Read(ctx context.Context, from uint64) ([][]byte, error) {
	if err := l.prepare(ctx); err != nil {
		return nil, err
	}
	got, err := l.pool.Query(ctx, `SELECT at, entry FROM (
			SELECT at, entry, sum(length(entry)) OVER (ORDER BY at) AS total
			FROM fayi_log WHERE name = $1 AND at >= $2 ORDER BY at LIMIT $3) AS next
		WHERE total - length(entry) < $4 ORDER BY at`, l.name, int64(from), rows, together)
	if err != nil {
		return nil, away(err)
	}
	var entries [][]byte
	var at int64
	var entry []byte
	cut := false
	_, err = pgx.ForEachRow(got, []any{&at, &entry}, func() error {
		cut = cut || len(entries) == 0 && at > int64(from)
		entries = append(entries, entry)
		return nil
	})
	switch {
	case err != nil:
		return nil, away(err)
	case cut:
		return nil, replica.ErrCut
	}
	return entries, nil
}

// Cut implements replica.Log.
func (l *Log) Cut(ctx context.Context, before uint64) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	_, err := l.pool.Exec(ctx, `DELETE FROM fayi_log WHERE name = $1 AND at < $2
		AND EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at = $2)`, l.name, int64(before))
	if err != nil {
		return away(err)
	}
	var there bool
	err = l.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at = $2)`, l.name,
		int64(before)).Scan(&there)
	if err == nil && !there {
		return replica.ErrGap
	}
	return away(err)
}

// Note implements replica.Log.
func (l *Log) Note(ctx context.Context, name string, old, value []byte) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	ask, with := `INSERT INTO fayi_note (name, note, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		[]any{l.name, name, value}
	if len(old) > 0 {
		ask, with = `UPDATE fayi_note SET value = $3 WHERE name = $1 AND note = $2 AND value = $4`, append(with, old)
	}
	done, err := l.pool.Exec(ctx, ask, with...)
	if err == nil && done.RowsAffected() == 0 {
		return replica.ErrTaken
	}
	return away(err)
}

// Noted implements replica.Log.
func (l *Log) Noted(ctx context.Context, name string) (value []byte, err error) {
	if err := l.prepare(ctx); err != nil {
		return nil, err
	}
	err = l.pool.QueryRow(ctx, `SELECT value FROM fayi_note WHERE name = $1 AND note = $2`, l.name, name).Scan(&value)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return value, away(err)
}

// Names implements replica.Log.
func (l *Log) Names(ctx context.Context) ([]string, error) {
	if err := l.prepare(ctx); err != nil {
		return nil, err
	}
	got, err := l.pool.Query(ctx, `SELECT note FROM fayi_note WHERE name = $1
		AND note NOT LIKE '`+wishes+`%' ORDER BY note COLLATE "C"`, l.name)
	if err != nil {
		return nil, away(err)
	}
	names, err := pgx.CollectRows(got, pgx.RowTo[string])
	return names, away(err)
}

// Drop implements replica.Log.
func (l *Log) Drop(ctx context.Context, name string) error {
	if err := l.prepare(ctx); err != nil {
		return err
	}
	_, err := l.pool.Exec(ctx, forget, l.name, name)
	return away(err)
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
		err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM fayi_log WHERE name = $1 AND at >= $2)`, l.name,
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
	switch class := code(err); {
	case err == nil:
		return nil
	case class == "28P01", class == "28000": // invalid_password, invalid_authorization_specification
		return replica.Refused(judging.Forbidden, "share.password", err)
	case class == "42501": // insufficient_privilege
		return replica.Refused(judging.Forbidden, "share.no_right", err)
	}
	if told := replica.Untrusted(err); told != nil {
		return told
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
}

func bad() error { return judging.Fail(judging.Invalid, "share.address", nil) }
