package office

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/points"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/problems"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/review"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
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

// Lawfully returns a context under which a named act may pass a lock, with a reason that the journal keeps. Errors:
// Invalid.
func Lawfully(ctx context.Context, act, reason string) (context.Context, error) {
	return records.Lawfully(ctx, records.Lawful{Act: act, Reason: reason})
}

// Office works on one open contest: its own methods are about the contest as a whole, its stages hold the rest. Its
// methods may be called from many goroutines.
type Office struct {
	rec *records.Records
}

// Intake takes in works and their files.
func (o *Office) Intake() intake.Stage { return intake.Of(o.rec) }

// Problems keeps what is wrong with the rows that came in, until it is mended.
func (o *Office) Problems() problems.Stage { return problems.Of(o.rec) }

// Corrections puts data of works right, and takes that back.
func (o *Office) Corrections() correction.Stage { return correction.Of(o.rec) }

// Units keeps the names of units.
func (o *Office) Units() correction.Units { return correction.UnitsOf(o.rec) }

// Duplicates compares works with each other and with those of former years.
func (o *Office) Duplicates() intake.Duplicates { return intake.DuplicatesOf(o.rec) }

// Review accepts, returns or rejects works and prepares what judges see of them.
func (o *Office) Review() review.Stage { return review.Of(o.rec) }

// Assignment keeps judges and conflicts and decides who scores which work.
func (o *Office) Assignment() assignment.Stage { return assignment.Of(o.rec) }

// Scoring takes in scores from desks and sheets until the round is closed.
func (o *Office) Scoring() scoring.Stage { return scoring.Of(o.rec) }

// Packets seals works for judges who score on another computer and takes their replies in.
func (o *Office) Packets() scoring.Packets { return scoring.PacketsOf(o.rec) }

// DoubleEntry has a second person type totals again that came on sheets.
func (o *Office) DoubleEntry() scoring.DoubleEntry { return scoring.DoubleEntryOf(o.rec) }

// Comments lists what judges wrote on works.
func (o *Office) Comments() scoring.Comments { return scoring.CommentsOf(o.rec) }

// Calibration chooses works that all judges score first.
func (o *Office) Calibration() scoring.Calibration { return scoring.CalibrationOf(o.rec) }

// Results ranks the works and says how sure each place is.
func (o *Office) Results() results.Stage { return results.Of(o.rec) }

// Awards decides awards, hears rulings, disputes and objections, and opens later rounds.
func (o *Office) Awards() awards.Stage { return awards.Of(o.rec) }

// Notices makes awards public, hears objections and ends the contest.
func (o *Office) Notices() awards.Notices { return awards.NoticesOf(o.rec) }

// ScoredJudges strikes and merges judges together with their scores.
func (o *Office) ScoredJudges() scoring.Judges { return scoring.JudgesOf(o.rec) }

// RuleBook changes the contest's rules and weighs what a change would move.
func (o *Office) RuleBook() rules.Stage { return rules.Of(o.rec) }

// Report writes award lists, batches for superiors and certificates.
func (o *Office) Report() report.Stage { return report.Of(o.rec) }

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

// CheckPIN says whether the PIN is the judge's. Errors: Forbidden, Busy while wrong tries must wait.
func (o *Office) CheckPIN(ctx context.Context, judge judging.JudgeID, pin string) error {
	return o.rec.CheckPIN(ctx, judge, pin)
}

// Create makes a new contest in an empty store by the rules and opens it. Errors: Invalid for rules or a name that
// won't do, Clash when the store holds a contest already.
func Create(ctx context.Context, c Config, name, host string, rules judging.Rules) (*Office, error) {
	o := newOffice(c)
	if err := o.create(ctx, name, host, rules); err != nil {
		return nil, err
	}
	return o, nil
}

// Open opens the contest in the store and clears away what an interrupted job left. Errors: NotFound when the store
// holds no contest, Corrupt.
func Open(ctx context.Context, c Config) (*Office, error) {
	o := newOffice(c)
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		_, err := records.LoadContest(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := intake.Sweep(ctx, o.rec); err != nil {
		return nil, err
	}
	return o, nil
}

func newOffice(c Config) *Office {
	return &Office{rec: &records.Records{DB: c.DB, Blobs: c.Blobs, Dir: c.Dir, Now: c.Now, Random: c.Random,
		Actor:    c.Actor,
		OpenCopy: c.OpenCopy,
		Changes:  records.NewBell(), Papers: records.NewPapers(c), Thumbs: intake.NewThumbs(c.Dir),
		Points: points.Finder{Now: c.Now}.Open}}
}

// Close closes the store.
func (o *Office) Close() error {
	return errors.Join(o.rec.Papers.Close(), o.rec.Blobs.Close(), o.rec.DB.Close())
}

// Dir returns the contest's folder.
func (o *Office) Dir() string { return o.rec.Dir }

// Changes is signalled after each commit; signals that nobody took yet become one.
func (o *Office) Changes() <-chan struct{} { return o.rec.Changes.C }
