package pglog

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"fayi/judging/store/replica"
)

const (
	// wishes begins the names of notes that are wishes; what stands in one is when it was laid, and when again, by the
	// engine's clock.
	wishes  = "turn/"
	anyTurn = "*" // in the place of a wish: it matters to nobody whose turn it is
	oldest  = `SELECT note FROM fayi_note WHERE name = $1 AND note LIKE '` + wishes + `%' ORDER BY value, note LIMIT 1`
	forget  = `DELETE FROM fayi_note WHERE name = $1 AND note = $2`
)

// Try implements replica.Log.
func (l *Log) Try(ctx context.Context, at uint64, entry []byte, wish string) (a replica.Answer, err error) {
	if err := l.prepare(ctx); err != nil {
		return a, err
	}
	done, err := l.pool.Exec(ctx, added+`, gone AS (
			DELETE FROM fayi_note WHERE name = $1 AND note = $4 AND EXISTS (SELECT FROM added))
		SELECT pg_notify('`+channel+`', name) FROM added`, l.name, int64(at), entry, wishes+wish)
	switch {
	case err != nil && code(err) != taken:
		return a, away(err)
	case err == nil && done.RowsAffected() > 0:
		return a, nil
	}
	if wish != "" {
		if _, err := l.pool.Exec(ctx, `INSERT INTO fayi_note (name, note, value) VALUES ($1, $2,
			int8send((extract(epoch FROM clock_timestamp()) * 1e6)::bigint))
			ON CONFLICT (name, note) DO UPDATE SET value = substring(fayi_note.value FOR 8) || excluded.value`,
			l.name, wishes+wish); err != nil {
			return a, away(err)
		}
	}
	if a.Waiting, err = l.waiting(ctx); err != nil {
		return a, err
	}
	a.Next, err = l.Read(ctx, at)
	switch {
	case errors.Is(err, replica.ErrCut), err == nil && len(a.Next) > 0:
		return a, replica.ErrTaken
	case err != nil:
		return a, err
	}
	before, err := l.reaches(ctx, at-1)
	switch {
	case err != nil:
		return a, err
	case before || at == 1:
		return a, replica.ErrTurn
	}
	return a, replica.ErrGap
}

// waiting lists the wishes that stand.
func (l *Log) waiting(ctx context.Context) (all []replica.Wish, err error) {
	got, err := l.pool.Query(ctx, `SELECT substr(note, $2), encode(value, 'hex') FROM fayi_note
		WHERE name = $1 AND note LIKE '`+wishes+`%' ORDER BY value, note LIMIT $3`, l.name, len(wishes)+1,
		replica.MostWishes)
	if err != nil {
		return nil, away(err)
	}
	all, err = pgx.CollectRows(got, pgx.RowToStructByPos[replica.Wish])
	return all, away(err)
}

// Withdraw implements replica.Log.
func (l *Log) Withdraw(ctx context.Context, wish string) error { return l.Drop(ctx, wishes+wish) }
