package records

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Stage names the part of a contest that a write belongs to. Locks are by stage: the helpers that begin a transaction
// refuse a write there, so that an operation can't forget to ask.
type Stage string

// The stages of writes.
const (
	Importing  Stage = "importing"  // works come in, or an import is taken back
	Correcting Stage = "correcting" // data of works are put right: never locked as a whole, each field has its own
	Sorting    Stage = "sorting"    // files, duplicates and references of works that are in
	Reviewing  Stage = "reviewing"  // a work is accepted or returned; masks
	Leaving    Stage = "leaving"    // a work leaves the contest: withdrawn or rejected
	Seating    Stage = "seating"    // who judges: judges and their data
	Declaring  Stage = "declaring"  // conflicts, and what becomes of scores given before one was known
	Assigning  Stage = "assigning"  // plans
	Scoring    Stage = "scoring"    // scores, lists, closings
	Ruling     Stage = "ruling"     // rules of the contest
	Advancing  Stage = "advancing"  // rounds and disputes
	Granting   Stage = "granting"   // awards are decided
	Judgement  Stage = "judgement"  // a person's rulings on awards
	Announcing Stage = "announcing" // notices and objections
	Reporting  Stage = "reporting"  // numbers of certificates, batches, answers from above
	Settings   Stage = "settings"   // PINs, passwords, what superiors want; what is derived from files
)

// Lock is how far a contest is locked; each lock keeps what the ones before it keep.
type Lock int

// The locks, loosest first.
const (
	Unlocked  Lock = iota
	Noticed        // a public notice of the awards stands
	Finalized      // the awards are final
)

// lockNames are the locks as the journal names them.
var lockNames = map[Lock]string{Noticed: "notice", Finalized: "final"}

// locked says from which lock on a stage is refused, and by which text; a stage that is not named is never locked.
var locked = map[Stage]struct {
	from Lock
	text map[Lock]string
}{
	Importing: {Finalized, nil}, // once a plan is published, each row is let in or refused by itself
	Sorting:   {Noticed, nil},
	Reviewing: {Noticed, nil},
	Leaving:   {Finalized, nil}, // an author may withdraw during the notice; the end then asks for a new one
	Seating:   {Noticed, nil},
	Declaring: {Finalized, nil},
	Assigning: {Noticed, nil},
	Scoring:   {Noticed, nil},
	Ruling:    {Noticed, nil},
	Advancing: {Noticed, nil},
	Granting:  {Finalized, nil}, // a list decided again during the notice asks for a new one
	Judgement: {Finalized, nil},
	// A notice may be answered, recalled and ended while it stands.
	Announcing: {Finalized, nil},
}

// refusals are the texts of locks that a stage has no text of its own for.
var refusals = map[Lock]string{Noticed: "lock.notice", Finalized: "notice.final"}

// LockOf tells how far the contest is locked.
func LockOf(tx store.Tx) (Lock, error) {
	n, err := Standing(tx)
	switch {
	case err != nil:
		return Unlocked, err
	case n != nil && n.State == judging.Final:
		return Finalized, nil
	case n != nil:
		return Noticed, nil
	}
	return Unlocked, nil
}

// MayWrite refuses a write of a stage that is locked, unless it is done lawfully under ctx. The helpers below call it;
// an operation that only previews a write calls it itself. Errors: Closed.
func MayWrite(ctx context.Context, tx store.Tx, stage Stage) error {
	rule, any := locked[stage]
	if !any {
		return nil
	}
	now, err := LockOf(tx)
	if err != nil || now < rule.from {
		return err
	}
	if l, ok := lawful(ctx); ok && l.passes(stage, now) {
		return nil
	}
	text := rule.text[now]
	if text == "" {
		text = refusals[now]
	}
	return judging.Fail(judging.Closed, text, nil)
}

// Lawful is the one way through a lock: named, with a reason, and kept in the journal by the operation that takes it.
type Lawful struct {
	Act    string // key of the ways below
	Reason string
}

// ways lists what is lawful through which lock. A new way is one row here.
var ways = map[string]struct {
	stage Stage
	lock  Lock
}{
	"revoke": {Judgement, Finalized}, // an award is revoked after the end; the list stands until it is decided again
	"recall": {Judgement, Finalized}, // a revocation is taken back before the awards were decided again
	"redo":   {Granting, Finalized},  // the award that was revoked goes to the next in line
}

type lawfulKey struct{}

// Lawfully returns a context under which the helpers let a named act through its lock. Errors: Invalid for an unknown
// act or without a reason.
func Lawfully(ctx context.Context, l Lawful) (context.Context, error) {
	if _, known := ways[l.Act]; !known || judging.Tidy(l.Reason) == "" {
		return ctx, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return context.WithValue(ctx, lawfulKey{}, l), nil
}

func lawful(ctx context.Context) (Lawful, bool) {
	l, ok := ctx.Value(lawfulKey{}).(Lawful)
	return l, ok
}

func (l Lawful) passes(stage Stage, lock Lock) bool {
	way := ways[l.Act]
	return way.stage == stage && way.lock == lock
}

// LogLawful tells the journal which lock an act passed and why.
func (o *Records) LogLawful(tx store.Tx, l Lawful, of string) error {
	return o.Log(tx, "lock."+l.Act, of, nil, map[string]any{"lock": lockNames[ways[l.Act].lock], "reason": l.Reason})
}

// Change runs fn in one transaction of a stage and rings after the commit. Errors: Closed when the stage is locked.
func (o *Records) Change(ctx context.Context, stage Stage, fn func(store.Tx) error) error {
	return o.ChangeIn(ctx, o.In(stage), fn)
}

// ChangeIn is Change in a store that In or Holding gave.
func (o *Records) ChangeIn(ctx context.Context, db store.DB, fn func(store.Tx) error) error {
	if err := db.Update(ctx, fn); err != nil {
		return err
	}
	o.Changes.Ring()
	return nil
}

// In is the store for writes of one stage: each transaction asks for the lock before it writes, and the journal vouches
// for what it wrote.
func (o *Records) In(stage Stage) store.DB { return guarded{o.DB, stage, o} }

// tallyWrites is room for the tallies that a transaction changes: those of the judges whose scores are in it.
const tallyWrites = 8

type guarded struct {
	store.DB
	stage Stage
	rec   *Records
}

// Limit implements store.DB. It leaves room for the entry that vouches for what is written.
func (g guarded) Limit() store.Limit {
	l := g.DB.Limit()
	return store.Limit{
		Writes: l.Writes - journal.SealWrites - tallyWrites, Bytes: l.Bytes - l.Writes*journal.RecordBytes,
	}
}

// Update implements store.DB.
func (g guarded) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := Ready(ctx, g.rec); err != nil {
		return err
	}
	return g.DB.Update(ctx, func(tx store.Tx) error {
		if err := MayWrite(ctx, tx, g.stage); err != nil {
			return err
		}
		w, err := journal.Watch(tx)
		if err != nil {
			return err
		}
		began, err := journal.Last(tx, "journal")
		if err != nil {
			return err
		}
		counts := tally.Over(w)
		if err := fn(counts); err != nil {
			return err
		}
		return FirstError(w.Seal(), counts.Settle(tx, began))
	})
}
