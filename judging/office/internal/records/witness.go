package records

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// witnessed are the tables whose every record the journal vouches for: what was scored, planned, decided, printed and
// reported. An entry carries the sums of the records that its transaction wrote, so that the last entry that names a
// record says what it must be, and the journal's hash, printed on papers, stands for all of them. Works are left out:
// an import would fill the journal, and their corrections are entries of their own. A record written behind the journal
// (Table.Rebuild) would be found altered.
var witnessed = map[string]bool{
	"contest": true, "score": true, "trial": true, "seat": true, "closing": true, "second_total": true, "clash": true,
	"kept_score": true, "plan": true, "roster": true, "conflict": true, "entry": true, "ruling": true,
	"decision": true, "notice": true, "objection": true, "certificate": true, "batch": true, "rules": true,
	"reply_file": true,
}

// unsaid holds the sums of what transactions without an entry wrote, as the chunks of a large job do, until the next
// entry takes them up. It vouches for new records only.
type unsaid struct {
	Sums map[string]string `json:"sums"`
}

var unsaids = store.NewTable("unsaid", 1, func(*unsaid) string { return "unsaid" })

// witnessBytes is what a record takes in the entry that vouches for it, at most: name, sum, signs of JSON.
const witnessBytes = 100

// gone is the sum of a record that was deleted.
const gone = "-"

// recordSum is what the journal keeps of a record.
func recordSum(key, value []byte) string {
	sum := sha256.Sum256(slices.Concat(key, []byte{0}, value))
	return hex.EncodeToString(sum[:8])
}

// recordName is how the journal names a witnessed record, "" for all others.
func recordName(key []byte) string {
	if at := bytes.IndexByte(key, 0); at > 0 && witnessed[string(key[:at])] {
		return string(key[:at]) + "/" + string(key[at+1:])
	}
	return ""
}

// witness notes what a transaction writes.
type witness struct {
	store.Tx
	sums  map[string]string
	watch tally.Watch
}

// Put implements store.Tx.
func (w *witness) Put(key, value []byte) error {
	if err := w.watch.Note(w.Tx, key); err != nil {
		return err
	}
	if name := recordName(key); name != "" {
		w.sums[name] = recordSum(key, value)
	}
	return w.Tx.Put(key, value)
}

// Delete implements store.Tx.
func (w *witness) Delete(key []byte) error {
	if err := w.watch.Note(w.Tx, key); err != nil {
		return err
	}
	if name := recordName(key); name != "" {
		w.sums[name] = gone
	}
	return w.Tx.Delete(key)
}

// seal puts the sums into the entry that the transaction wrote last; before is where the journal stood at its begin.
// The entry has no follower yet, so it is sealed again.
func (w *witness) seal(before int) error {
	n, err := Last(w.Tx, "journal")
	if err != nil || len(w.sums) == 0 && n == before {
		return err
	}
	kept, err := unsaids.Get(w.Tx, "unsaid")
	if err != nil && !errors.Is(err, judging.ErrNotFound) {
		return err
	}
	if kept.Sums == nil {
		kept.Sums = map[string]string{}
	}
	waiting := len(kept.Sums) > 0
	maps.Copy(kept.Sums, w.sums)
	if n == before {
		return unsaids.Put(w.Tx, kept)
	}
	if len(kept.Sums) == 0 {
		return nil
	}
	if waiting {
		if err := unsaids.Delete(w.Tx, "unsaid"); err != nil {
			return err
		}
	}
	return sealAgain(w.Tx, n, kept.Sums)
}

// sealAgain puts sums into the journal's last entry, n.
func sealAgain(tx store.Tx, n int, sums map[string]string) error {
	entry, err := Journal.Get(tx, judging.Serial("", 9, n))
	if err != nil {
		return err
	}
	var prev judging.Entry
	if n > 1 {
		if prev, err = Journal.Get(tx, judging.Serial("", 9, n-1)); err != nil {
			return err
		}
	}
	entry.Sums = sums
	return Journal.Put(tx, entry.Seal(prev))
}

// Testimony compares the witnessed records with the journal's last word on each.
type Testimony struct {
	Altered []string // records that are not what the journal says, or that it never named; sorted
	Gone    []string // records that the journal says are there; sorted
	Named   int      // records that the journal vouches for
}

// Testify compares every witnessed record with the journal. Records from before the journal vouched for them are
// passed over. Errors: those of reading.
func Testify(tx store.Tx) (Testimony, error) {
	last, all := map[string]string{}, false
	err := Journal.Each(tx, func(e judging.Entry) error {
		all = all || e.Seq == 1 && len(e.Sums) > 0
		maps.Copy(last, e.Sums)
		return nil
	})
	if err != nil {
		return Testimony{}, err
	}
	kept, err := unsaids.Get(tx, "unsaid")
	if err != nil && !errors.Is(err, judging.ErrNotFound) {
		return Testimony{}, err
	}
	for name, sum := range kept.Sums {
		if was, known := last[name]; !known || was == gone {
			last[name] = sum
		}
	}
	t := Testimony{Altered: []string{}, Gone: []string{}}
	for _, table := range slices.Sorted(maps.Keys(witnessed)) {
		err := tx.Scan([]byte(table+"\x00"), func(key, value []byte) error {
			name := recordName(key)
			want, known := last[name]
			delete(last, name)
			switch {
			case known && want == recordSum(key, value):
				t.Named++
			case known || all:
				t.Altered = append(t.Altered, name)
			}
			return nil
		})
		if err != nil {
			return t, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(last)) {
		if last[name] != gone {
			t.Gone = append(t.Gone, name)
		}
	}
	return t, nil
}
