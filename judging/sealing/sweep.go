package sealing

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sharing"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/depot"
	"fayi/judging/store/seal"
)

const (
	// Once a day each computer says to the others which files it and its copies of the contest refer to.
	sayEvery = 24 * time.Hour
	sayLook  = time.Hour       // how often an open contest looks whether it is due
	sayAtEnd = 5 * time.Second // for telling it when the contest is closed
)

// How many days a file that nobody needs has been there before it goes: at least, and where nobody says otherwise.
const (
	LeastDays = int(depot.LeastGrace / sayEvery)
	UsualDays = 30
)

// Sweeping says what is to be swept.
type Sweeping struct {
	Days   int         // how long nobody needed to have put a file that goes; at least LeastDays
	Remove bool        // false looks only
	How    seal.Unlock // opens copies that are sealed otherwise than the contest; may be nil
	Step   func(done, total int)
}

// Swept says what a sweep removes or removed, and why all else stays.
type Swept = depot.Swept

// Sweep removes from where a shared contest keeps its files for all what nobody refers to any more: no record of
// the contest, no copy of it on this computer, and none of what other computers said to need. Without Remove it says
// what it would remove. Errors: NotFound, "depot.no_place"; Invalid, "depot.sweep_days"; Clash, "depot.sweep_copy", for
// a copy that can't be read, and those of depot.Survey; those of the engine and of the log.
func (s Sweeping) Sweep(ctx context.Context, d *Door, o *office.Office) (Swept, error) {
	f, there := d.Files(o.Dir())
	follows, shared := d.Standing(o.Dir())
	switch {
	case !there || !shared:
		return depot.Swept{}, judging.Fail(judging.NotFound, "depot.no_place", nil)
	case s.Days < LeastDays:
		return depot.Swept{}, judging.Fail(judging.Invalid, "depot.sweep_days", judging.Args{"Least": LeastDays})
	case f.Depot == nil:
		return depot.Swept{}, f.Trouble
	}
	sums := depot.Sums{}
	if unread, err := d.mentionCopies(ctx, o.Dir(), s.How, sums); err != nil {
		return depot.Swept{}, err
	} else if len(unread) > 0 {
		return depot.Swept{}, judging.Fail(judging.Clash, "depot.sweep_copy", judging.Args{"Name": unread[0]})
	}
	survey, err := f.Depot.Survey(ctx)
	if err != nil {
		return depot.Swept{}, err
	}
	defer survey.End()
	grace := time.Duration(s.Days) * sayEvery
	if !s.Remove {
		err := sums.Mention(ctx, follows.DB)
		return survey.Without(sums, grace), err
	}
	var chosen depot.Swept
	err = office.NoteSwept(ctx, follows.with(d.Config(o.Dir())), func(tx store.Tx) (files int, bytes int64, days int,
		err error) {
		err = sums.MentionIn(ctx, tx)
		chosen = survey.Without(sums, grace)
		return chosen.Objects, chosen.Bytes, s.Days, err
	})
	if err != nil {
		return depot.Swept{}, err
	}
	gone, err := survey.Remove(chosen, s.Step)
	chosen.Objects, chosen.Bytes, chosen.Halves, chosen.HalfSize = gone.Objects, gone.Bytes, gone.Halves, gone.HalfSize
	now := depot.Sums{}
	if err := errors.Join(err, now.Mention(context.WithoutCancel(ctx), follows.DB)); err != nil {
		return chosen, err
	}
	_, err = survey.Regret(gone, now)
	return chosen, err
}

// mentionCopies adds what the copies of the contest in dir refer to; unread are the names of those that can't be read.
func (d *Door) mentionCopies(
	ctx context.Context, dir string, how seal.Unlock, sums depot.Sums,
) (unread []string, err error) {
	all, err := office.BackupsIn(ctx, dir)
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		db, err := bolt.Open(b.Path, bolt.Options{ReadOnly: true, Unlock: d.Known(how)})
		if err == nil {
			err = errors.Join(sums.Mention(ctx, db), db.Close())
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && judging.CodeOf(err) != judging.NotFound { // it was thinned out meanwhile
			unread = append(unread, strings.TrimSuffix(filepath.Base(b.Path), ".db"))
		}
	}
	return unread, nil
}

// refers is what the contest in dir, whose store is db, and its copies refer to; unread are copies that can't be read.
func (d *Door) refers(
	ctx context.Context, dir string, db store.DB, how seal.Unlock,
) (sums depot.Sums, unread []string, err error) {
	sums = depot.Sums{}
	if unread, err = d.mentionCopies(ctx, dir, how, sums); err == nil {
		err = sums.Mention(ctx, db)
	}
	return sums, unread, err
}

// refers is that of the door, for the depot. Nobody is asked for a password meanwhile.
func (b *behind) refers(ctx context.Context) (depot.Sums, error) {
	sums, _, err := b.door.refers(ctx, b.dir, b.db, nil)
	return sums, err
}

// say tells the others, as long as the contest is open.
func (b *behind) say() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for {
		telling := make(chan struct{})
		go func() { defer close(telling); _ = b.sayIfDue(ctx) }() // again in an hour
		select {
		case <-b.stop:
			cancel()
			<-telling
			return
		case <-telling:
		}
		select {
		case <-b.stop:
			return
		case <-time.After(sayLook):
		}
	}
}

// sayIfDue tells the others which files this computer needs, if it has not for a day.
func (b *behind) sayIfDue(ctx context.Context) error {
	f, there := b.door.Files(b.dir)
	if !there || f.Depot == nil || f.Depot.Status().Trouble != nil {
		return nil
	}
	now := b.door.Config(b.dir).Now()
	place, at := sharing.Said(b.dir)
	if age := now.Sub(at); place == f.Address && age >= 0 && age < sayEvery {
		return nil
	}
	sums, unread, err := b.door.refers(ctx, b.dir, b.db, nil)
	if err == nil {
		err = f.Depot.Publish(ctx, sums, len(unread) == 0)
	}
	if err != nil {
		return err
	}
	return sharing.Say(b.dir, f.Address, now)
}

// unsay takes back what the closed contest in dir said to the others, before it leaves.
func (d *Door) unsay(ctx context.Context, dir string, how seal.Unlock) error {
	f, err := d.Follow(ctx, dir, how)
	if err != nil {
		return err
	}
	if files, there := d.Files(dir); there && files.Depot != nil {
		err = files.Depot.Withdraw(ctx)
	}
	err = errors.Join(err, f.DB.Close())
	if err == nil {
		err = sharing.Say(dir, "", time.Time{}) // if it does not leave after all, it is said again
	}
	return err
}
