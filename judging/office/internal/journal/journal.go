// Package journal keeps the journal of a contest, and with it the sums of what was written: the journal vouches for
// records, so that its hash, printed on papers, stands for all of them.
//
// An entry carries the sums of the records that its transaction wrote; long lists of sums stand in a page, whose own
// sum the entry carries. The last word on a record says what it must be. It can't tell who wrote an entry: somebody who
// can write the file can add entries to its end, but can't change what was before a mark that is known elsewhere.
package journal

import (
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

// Counter is the last number given out under a name.
type Counter struct {
	Name string `json:"name"`
	Last int    `json:"last"`
}

var (
	// Entries is the journal.
	Entries = store.NewTable("journal", 1, func(e *judging.Entry) string { return entryID(e.Seq) })
	// Counters number what is new; that of the journal says where it ends.
	Counters = store.NewTable("counter", 1, func(c *Counter) string { return c.Name })
)

func entryID(seq int) string { return judging.Serial("", 9, seq) }

// Last returns the last number a counter gave out, 0 before the first.
func Last(tx store.Tx, name string) (int, error) {
	c, err := Counters.Get(tx, name)
	if errors.Is(err, judging.ErrNotFound) {
		return 0, nil
	}
	return c.Last, err
}

// Take gives out the next n numbers of a counter and returns the first, counting from 1.
func Take(tx store.Tx, name string, n int) (int, error) {
	before, err := Last(tx, name)
	if err != nil {
		return 0, err
	}
	return before + 1, Counters.Put(tx, Counter{Name: name, Last: before + n})
}

// Append seals an entry as the last one.
func Append(tx store.Tx, e judging.Entry) error {
	n, err := Last(tx, "journal")
	if err != nil {
		return err
	}
	var prev judging.Entry
	if n > 0 {
		if prev, err = Entries.Get(tx, entryID(n)); err != nil {
			return err
		}
	}
	e = e.Seal(prev)
	if err := Counters.Put(tx, Counter{Name: "journal", Last: e.Seq}); err != nil {
		return err
	}
	return Entries.Insert(tx, e)
}
