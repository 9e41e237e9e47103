// Package votelists keeps the lists of votes of an audience as they came in, and says how many a work has. Nothing is
// written over: a later list of a source stands in the place of the one before until it is withdrawn.
package votelists

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// List is one list of votes, with what it rests on.
type List struct {
	ID     string `json:"id"`
	Source string `json:"source"` // who counted: a platform, an account
	Period string `json:"period"` // from when to when, in the organiser's words
	File   string `json:"file"`   // as it was called
	Sum    string `json:"sha256"` // of its bytes, which are kept
	// one for each work that it tells of, by work
	Counts    []Count   `json:"counts"`
	Over      string    `json:"over,omitempty"` // the list of the source in whose place it came
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Withdrawn string    `json:"withdrawn,omitempty"` // why it was taken back; then the one before holds again
}

// Count is how many votes a work has in a list.
type Count struct {
	Work  judging.WorkID `json:"work"`
	Votes int            `json:"votes"`
}

// Table holds all lists, those withdrawn too, by the order in which they came.
var Table = store.NewTable("audience", 1, func(l *List) string { return l.ID })

// All returns all lists, oldest first.
func All(tx store.Tx) ([]List, error) { return Table.List(tx, "") }

// Holding picks of lists, oldest first, those that hold: the last one of each source that was not withdrawn.
func Holding(all []List) (out []List) {
	last := map[string]int{}
	for i, l := range all {
		if l.Withdrawn == "" {
			last[judging.Fold(l.Source)] = i
		}
	}
	for i, l := range all {
		if at, some := last[judging.Fold(l.Source)]; some && at == i {
			out = append(out, l)
		}
	}
	return out
}

// Votes are the votes of works in the lists that hold.
type Votes map[judging.WorkID]*int

// Of is how many votes a work has; nil where a list that holds does not tell of it, or there is none.
func (v Votes) Of(work judging.WorkID) *int { return v[work] }

// Counts adds up the lists that hold. A work has votes if each of them tells of it: a count that one source lacks is
// not known.
func Counts(tx store.Tx) (Votes, error) {
	all, err := All(tx)
	if err != nil {
		return nil, err
	}
	held := Holding(all)
	sums, told := Votes{}, map[judging.WorkID]int{}
	for _, l := range held {
		for _, c := range l.Counts {
			if sums[c.Work] == nil {
				sums[c.Work] = new(int)
			}
			*sums[c.Work] += c.Votes
			told[c.Work]++
		}
	}
	for work, n := range told {
		if n < len(held) {
			delete(sums, work)
		}
	}
	return sums, nil
}

// Sums returns the sums of the files that lists came in.
func Sums(tx store.Tx) (sums []string, err error) {
	err = Table.Each(tx, func(l List) error { sums = append(sums, l.Sum); return nil })
	return sums, err
}
