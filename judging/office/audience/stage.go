// Package audience takes in votes of an audience as a platform counted them. They weigh what the rules say; no judge's
// mark changes by them. Each list is kept with the file it came in; one that stands in the place of another is shown
// first as what it changes, and withdrawing it brings the other back.
package audience

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/sheet/ledger"
	"fayi/judging/store"
)

// Stage keeps the votes of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the votes of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Request is a list of votes that is to come in.
type Request struct {
	Path string // csv or a workbook
	// who counted: a platform, an account; lists of one source replace each other, those of several add up
	Source string
	Period string // from when to when
	// the list of the source that was shown as the one to be replaced; "" where there was none
	Over string
}

// Change is a work whose votes a list changes; nil where a list does not tell of it.
type Change struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	Old   *int             `json:"old"`
	New   *int             `json:"new"`
}

// Report says what a list of votes brings.
type Report struct {
	ID      string `json:"id,omitempty"` // under which it is kept; "" when nothing was written
	File    string `json:"file"`
	Sum     string `json:"sha256,omitempty"` // of what is kept
	Source  string `json:"source"`
	Over    string `json:"over,omitempty"` // the list of the source that holds now
	Read    int    `json:"read"`           // works that it tells of
	Votes   int    `json:"votes"`          // of all of them
	Known   bool   `json:"known"`          // the source says the same now
	Unasked bool   `json:"unasked"`        // the rules make nothing of votes

	Changes  []Change           `json:"changes"` // against the list it replaces, by code
	Missing  []judging.WorkCode `json:"missing"` // works that take part and that it does not tell of
	Problems []judging.Problem  `json:"problems"`
	Sheets   ledger.Accounts    `json:"sheets"` // what became of every row with text
}

// List is a list of votes with whether it holds.
type List struct {
	votelists.List
	Holds bool `json:"holds"`
	Votes int  `json:"votes"` // of all works
}

// State names how the list stands, for the texts audience.…: it holds, another stands in its place, it was withdrawn.
func (l List) State() string {
	switch {
	case l.Withdrawn != "":
		return "withdrawn"
	case l.Holds:
		return "holds"
	}
	return "replaced"
}

// Lists returns all lists, those replaced and withdrawn too, oldest first.
func (o Stage) Lists(ctx context.Context) ([]List, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]List, error) {
		all, err := votelists.All(tx)
		if err != nil {
			return nil, err
		}
		holds := map[string]bool{}
		for _, l := range votelists.Holding(all) {
			holds[l.ID] = true
		}
		out := []List{}
		for _, l := range all {
			out = append(out, List{List: l, Holds: holds[l.ID], Votes: sumOf(l.Counts)})
		}
		return out, nil
	})
}

func sumOf(counts []votelists.Count) (sum int) {
	for _, c := range counts {
		sum += c.Votes
	}
	return sum
}

// Withdraw takes a list that holds back, with a reason; it is kept to be looked up, and the one before of its source
// holds again. Errors: NotFound for one that does not hold, Invalid without a reason, Closed under a notice.
func (o Stage) Withdraw(ctx context.Context, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "audience.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		all, err := votelists.All(tx)
		if err != nil {
			return err
		}
		for _, l := range votelists.Holding(all) {
			if l.ID == id {
				l.Withdrawn = reason
				return records.FirstError(votelists.Table.Put(tx, l), o.rec.Log(tx, "scores.withdraw_audience", id, nil,
					map[string]any{"source": l.Source, "reason": reason}))
			}
		}
		return judging.Fail(judging.NotFound, "audience.none", judging.Args{"List": id})
	})
}
