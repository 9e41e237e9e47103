package office

import (
	"context"
	"errors"
	"sync/atomic"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// What all stages share and callers name.
type (
	Config     = records.Config
	WorkFilter = records.WorkFilter
	Backup     = records.Backup
	Gate       = records.Gate
	Point      = records.Point
	OpenError  = records.OpenError
)

// Gates lists the acts that ask what is open, in the order of a contest.
var Gates = records.Gates

// Ticking returns a context under which gates that ask for a tick of these kinds of points let an act pass.
func Ticking(ctx context.Context, kinds ...string) context.Context {
	return records.Ticking(ctx, kinds...)
}

// Replacing returns a context under which papers may be written over files that are there: who says so asked for it.
func Replacing(ctx context.Context) context.Context { return sets.Replacing(ctx) }

// ByJudge returns a context under which what names a judge is done by that judge, who has proved to be there.
func ByJudge(ctx context.Context, judge judging.JudgeID) context.Context {
	return journal.WithActing(ctx, journal.Acting{Judge: judge})
}

// OnBehalf returns a context under which the organiser acts for a judge, with the reason that the journal keeps.
func OnBehalf(ctx context.Context, reason string) context.Context {
	return journal.WithActing(ctx, journal.Acting{Reason: judging.Tidy(reason)})
}

// Deed says who really did what an entry of the journal is about.
type Deed = journal.Deed

// ReadDeed reads from an entry who did it.
func ReadDeed(e judging.Entry) Deed { return journal.ReadDeed(e) }

// Lawfully returns a context under which a named act may pass a lock, with a reason that the journal keeps. Errors:
// Invalid.
func Lawfully(ctx context.Context, act, reason string) (context.Context, error) {
	return records.Lawfully(ctx, records.Lawful{Act: act, Reason: reason})
}

// Office works on one open contest: its own methods are about the contest as a whole, its stages hold the rest. Its
// methods may be called from many goroutines.
type Office struct {
	Stages

	open    atomic.Pointer[openThen]  // what was open when it was asked last
	counted atomic.Pointer[worksThen] // the works when they were counted last
}

// Contest returns the contest's own record.
func (o *Office) Contest(ctx context.Context) (judging.Contest, error) { return o.rec.Contest(ctx) }

// Rules returns the rules of the present round.
func (o *Office) Rules(ctx context.Context) (judging.Rules, error) { return o.rec.Rules(ctx) }

// Works lists the works that the filter lets through, by identity.
func (o *Office) Works(ctx context.Context, f WorkFilter) ([]judging.Work, error) {
	return o.rec.Works(ctx, f)
}

// Work returns a work by its identity or code. Errors: NotFound.
func (o *Office) Work(ctx context.Context, idOrCode string) (judging.Work, error) {
	return o.rec.Work(ctx, idOrCode)
}

// BackupContest writes a copy of the database (not of the media, which never change once stored) below backups/ and
// returns its path. It is never thinned out.
func (o *Office) BackupContest(ctx context.Context) (string, error) { return o.rec.BackupContest(ctx) }

// AutoBackup makes a copy before something big, why, unless nothing was changed since the last one this program
// made, and thins out old copies. Errors: Invalid for an unknown why, Unavailable when the disk is full or can't be
// written.
func (o *Office) AutoBackup(ctx context.Context, why string) error { return o.rec.AutoBackup(ctx, why) }

// Backups lists the copies of the database, newest first.
func (o *Office) Backups(ctx context.Context) ([]Backup, error) { return o.rec.Backups(ctx) }

// Create makes a new contest in an empty store by the rules and opens it. Errors: Invalid for rules or a name that
// won't do, Clash when the store holds a contest already.
func Create(ctx context.Context, c Config, name, host string, rules judging.Rules) (*Office, error) {
	return Begin(ctx, c, Beginning{Name: name, Host: host}, rules)
}

// Begin is Create with all that can be said of a contest when it is made.
func Begin(ctx context.Context, c Config, b Beginning, rules judging.Rules) (*Office, error) {
	o := newOffice(c)
	if err := o.create(ctx, b, rules, nil); err != nil {
		return nil, err
	}
	return o, nil
}

// Open opens the contest in the store, clears away what an interrupted job left, and counts what is tallied where that
// was not kept: once, for a contest of an older program. Errors: NotFound when the store holds no contest, Corrupt.
func Open(ctx context.Context, c Config) (*Office, error) {
	o := newOffice(c)
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		_, err := records.LoadContest(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = records.NoteFound(ctx, o.rec) // before anything else is written
	if err != nil && !errors.Is(err, store.ErrAway) {
		return nil, err
	}
	if o.ReadOnly() {
		return o, nil
	}
	err = records.FirstError(intake.Sweep(ctx, o.rec), tally.Build(ctx, o.rec.DB))
	if err != nil && !errors.Is(err, store.ErrAway) { // then it is done by the next opening, or by another program
		return nil, err
	}
	return o, nil
}

func newOffice(c Config) *Office {
	rec := records.New(c)
	if shared, ok := c.DB.(store.Follower); ok {
		shared.OnForeign(rec.Changes.Ring) // until the store is closed
	}
	rec.Thumbs, rec.Points = workfiles.NewThumbs(c.Dir), points.Finder{Now: c.Now}.Open
	return &Office{Stages: Stages{Outside{Seats{rec}}}}
}

// Close closes the store.
func (o *Office) Close() error {
	return errors.Join(o.rec.Papers.Close(), o.rec.Blobs.Close(), o.rec.DB.Close())
}

// ReadOnly reports whether the contest lies where nothing can be written: it can be looked at, and every change is
// refused.
func (o *Office) ReadOnly() bool { return o.rec.ReadOnly() }

// Found lists what opening the contest found wrong with its file; the journal keeps it where it can be written.
func (o *Office) Found() []store.Found { return o.rec.Found }

// Dir returns the contest's folder.
func (o *Office) Dir() string { return o.rec.Dir }

// Subscribe returns a channel of one's own that is signalled after each commit of this program; signals that were not
// taken yet become one, and the last is never lost. leave ends it; the channel is not closed.
func (o *Office) Subscribe() (rings <-chan struct{}, leave func()) { return o.rec.Changes.Subscribe() }
