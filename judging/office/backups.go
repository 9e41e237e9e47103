package office

import (
	"context"
	"time"

	"fayi/judging"
	"fayi/judging/office/access"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Peek is what a copy holds, to be looked at before it takes the place of the contest.
type Peek struct {
	Summary
	Entries int       `json:"journal_entries"`
	Last    time.Time `json:"last"` // of the last change
	// it carries an organiser's password, which must be given before it takes the place of what can't be read
	Guarded bool `json:"guarded"`
}

// PeekStore reads what a store holds without changing it. Errors: NotFound when it holds no contest, Corrupt.
func PeekStore(ctx context.Context, db store.DB) (Peek, error) {
	o := &Office{Stages: Stages{Outside{Seats{&records.Records{DB: db, Changes: records.NewBell()}}}}}
	sum, err := o.ShowContest(ctx)
	if err != nil {
		return Peek{}, err
	}
	p := Peek{Summary: sum}
	if p.Guarded, err = access.GuardsCopy(ctx, db); err != nil {
		return p, err
	}
	err = db.View(ctx, func(tx store.Tx) (err error) {
		if p.Entries, err = records.Last(tx, "journal"); err != nil || p.Entries == 0 {
			return err
		}
		e, err := records.Journal.Get(tx, judging.Serial("", 9, p.Entries))
		p.Last = e.At
		return err
	})
	return p, err
}

// HoldsContest refuses a store without a contest. Errors: NotFound, Corrupt.
func HoldsContest(ctx context.Context, db store.DB) error {
	_, err := records.View(ctx, db, records.LoadContest)
	return err
}

// BackupsIn lists the copies of the database of the contest in dir, newest first, also of one that can't be opened.
// Errors: Unavailable.
func BackupsIn(ctx context.Context, dir string) ([]Backup, error) {
	return (&records.Records{Dir: dir}).Backups(ctx)
}
