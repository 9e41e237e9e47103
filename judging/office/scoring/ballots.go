package scoring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/review"
	"fayi/judging/store"
)

// Desk is one judge's place at this machine, or in a room that it serves: the maker of judging.Ballots over the
// contest's own store.
type Desk struct {
	office Stage
	judge  judging.JudgeID
	source judging.Source

	mu   sync.Mutex
	last map[judging.WorkCode]string // mark of what this desk saved last of a work
}

var _ judging.Ballots = (*Desk)(nil)

// Desk seats a judge. Nothing is checked until a method is called.
func (o Stage) Desk(judge judging.JudgeID) *Desk {
	return &Desk{office: o, judge: judge, source: judging.Desk, last: map[judging.WorkCode]string{}}
}

// InRoom has the desk say that its judge scores from another device over the network.
func (d *Desk) InRoom() *Desk {
	d.source = judging.Room
	return d
}

// Duties implements judging.Ballots.
func (d *Desk) Duties(ctx context.Context) (judging.Duties, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Duties, error) {
		in, err := LoadDeskDuty(tx, d.judge)
		if err != nil {
			return judging.Duties{}, err
		}
		return in.Duties(tx)
	})
}

// OpenFile implements judging.Ballots.
func (d *Desk) OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error) {
	w, err := records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Work, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return judging.Work{}, err
		}
		return in.Find(code)
	})
	if err != nil {
		return judging.OpenFile{}, err
	}
	return review.JudgeFile(ctx, d.office.rec, w, n, side)
}

// Load implements judging.Ballots.
func (d *Desk) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Ballot, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return judging.Ballot{}, err
		}
		w, err := in.Find(code)
		if err != nil {
			return judging.Ballot{}, err
		}
		s, err := in.LoadScore(tx, w)
		b := s.Editable()
		b.Code = code
		return b, err
	})
}

// History implements judging.Ballots.
func (d *Desk) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) ([]judging.ScoreVersion, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return nil, err
		}
		w, err := in.Find(code)
		if err != nil {
			return nil, err
		}
		s, err := in.LoadScore(tx, w)
		return s.Versions, err
	})
}

// Save implements judging.Ballots. What is kept already is not written again. A ballot on an older base than the
// score that holds is kept next to it, until the judge says the same again on the score that holds, or the organiser
// decides: Clash says so. A ballot without a mark of its own counts as made on what this very desk saved last.
func (d *Desk) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	draw, err := d.office.draw()
	if err != nil {
		return b, err
	}
	d.mu.Lock()
	last := d.last[b.Code]
	d.mu.Unlock()
	if b.Mark != "" && b.Base != "" { // its maker keeps account by itself, and may be several devices
		last = ""
	}
	var out Outcome
	err = d.office.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := d.office.loadDutyOf(tx, d.judge, b.Code)
		if err != nil {
			return err
		}
		out, err = Accept(d.office.rec, tx, in, Incoming{Ballot: b, Source: d.source, Last: last, Draw: draw})
		if err == nil && out.Fate == Refused {
			err = out.Reason
		}
		return err
	})
	switch {
	case err != nil:
		return b, err
	case out.Fate == Clashing:
		return out.Kept, out.asked()
	case out.Fate == Taken:
		d.mu.Lock()
		d.last[b.Code] = out.Kept.Base
		d.mu.Unlock()
	}
	return out.Kept, nil
}

// Pledge implements judging.Ballots.
func (d *Desk) Pledge(ctx context.Context, sum string) error {
	return pledged.Accept(ctx, d.office.rec, d.judge, d.source, sum)
}

// Submit implements judging.Ballots. The secret is the judge's PIN.
func (d *Desk) Submit(ctx context.Context, secret string) error {
	if err := d.office.rec.CheckPIN(ctx, d.judge, secret); err != nil {
		return err
	}
	return d.office.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDeskDuty(tx, d.judge)
		if err != nil {
			return err
		}
		return Submit(d.office.rec, tx, in, journal.DeedOf(d.judge, d.source, journal.Acting{}))
	})
}

// Standing is a short text that changes when the judge's list does by what others do: another plan, a work opened
// again, called to the stage or taken out, the list handed in or given back, the round closed. Reading it costs little.
// Errors: as Duties.
func (d *Desk) Standing(ctx context.Context) (string, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) (string, error) {
		in, err := loadSeating(tx, d.judge)
		if err != nil {
			return "", err
		}
		list, err := in.roster(tx)
		if err != nil {
			return "", err
		}
		open, err := records.OpenAgain(tx, in.Plan.Round)
		if err != nil {
			return "", err
		}
		turns, err := turnsOf(tx, in.Plan.Round)
		if err != nil {
			return "", err
		}
		works, err := stillIn(tx, list)
		if err != nil {
			return "", err
		}
		pledge, err := pledged.Of(tx, in.Rules, d.judge)
		if err != nil {
			return "", err
		}
		sum := sha256.New()
		fmt.Fprintln(sum, in.Rules.Pledge.Sum(), pledge.At.UnixNano())
		fmt.Fprintln(sum, in.Plan.ID, in.Plan.Round, in.Seat.Submitted, in.Closed, in.Contest.Title())
		for _, w := range works {
			fmt.Fprintln(sum, w.ID, w.Code, w.Title, len(w.Judged()), open[w.ID], turns[w.ID].Number,
				turns[w.ID].State)
		}
		return hex.EncodeToString(sum.Sum(nil)[:8]), nil
	})
}
