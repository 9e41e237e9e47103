package office

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Create makes a new contest in an empty store by the rules and opens it. Errors: Invalid for rules or a name that won't do, Clash when the store holds a
// contest already.
func Create(ctx context.Context, c records.Config, name, host string, rules judging.Rules) (*Office, error) {
	o := newOffice(c)
	if err := o.create(ctx, name, host, rules); err != nil {
		return nil, err
	}
	return o, nil
}

// Open opens the contest in the store and clears away what an interrupted job left. Errors: NotFound when the store holds no contest, Corrupt.
func Open(ctx context.Context, c records.Config) (*Office, error) {
	o := newOffice(c)
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		_, err := records.LoadContest(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := intake.Of(o.rec).Sweep(ctx); err != nil {
		return nil, err
	}
	return o, nil
}

func newOffice(c records.Config) *Office {
	return &Office{DB: c.DB, Blobs: c.Blobs, Dir: c.Dir, Now: c.Now, Random: c.Random, Actor: c.Actor, Changes: records.NewBell(), Papers: records.NewPapers(c), Thumbs: intake.NewThumbs(c.Dir)}
}

// Close closes the store.
func (o *Office) Close() error {
	return errors.Join(o.rec.Papers.Close(), o.rec.Blobs.Close(), o.rec.DB.Close())
}

// Dir returns the contest's folder.
func (o *Office) Dir() string { return o.rec.Dir }

// Changes is signalled after each commit; signals that nobody took yet become one.
func (o *Office) Changes() <-chan struct{} { return o.rec.Changes.C }
