package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"

	"fayi/judging"
	"fayi/judging/store"
)

// vouched are the tables whose every record the journal vouches for, each with the generation of the program that
// began with it: what was scored, planned, decided, printed and reported first, then works, units and judges. A record
// written behind the journal (Table.Rebuild) would be found altered. What can be made again from files is left out.
var vouched = map[string]int{
	"contest": 1, "score": 1, "trial": 1, "seat": 1, "closing": 1, "second_total": 1, "clash": 1,
	"kept_score": 1, "plan": 1, "roster": 1, "conflict": 1, "entry": 1, "ruling": 1,
	"decision": 1, "notice": 1, "objection": 1, "certificate": 1, "batch": 1, "rules": 1,
	"reply_file": 1,

	"work": 2, "intake": 2, "revision": 2, "review": 2, "verdict": 2, "settlement": 2, "unit_alias": 2,
	"listed_unit": 2, "unitslist": 2, "call_terms": 2, "parcel": 2, "aside": 2,
	"judge": 2, "judgelist": 2, "packet": 2, "reply_key": 2, "superior": 2,
	"reopening": 2, "handling": 2, "page": 2, "offset": 2, "turn": 2, "audience": 2,
	"sending": 2, "send_link": 2, "delivery": 2, "pledge": 2, "hint_note": 2,
	"comparison": 2, "pair_answer": 2,
}

// generation is that of this program. An entry that names it vouches for all records from there on: the first one, or
// the one by which the contest of an older program was taken over.
const (
	generation     = 2
	generationName = "generation"
)

// unsaid holds the sums of what transactions without an entry wrote, as the chunks of a large job do, until the next
// entry takes them up. It vouches for new records only.
type unsaid struct {
	Sums map[string]string `json:"sums"`
}

var unsaids = store.NewTable("unsaid", 1, func(*unsaid) string { return "unsaid" })

// page holds the sums of many records that one transaction wrote; its own sum stands in an entry.
type page struct {
	ID   string            `json:"id"`
	Sums map[string]string `json:"sums"`
}

var pages = store.NewTable("page", 1, func(p *page) string { return p.ID })

// manySums is how many records a transaction writes, at least, for their sums to go to a page. Without an entry fewer
// do: what waits for one is written again by each transaction until then.
const (
	manySums   = 200
	manyUnsaid = 10
)

// RecordBytes is what a record takes in the entry that vouches for it, or in its page, at most: name, sum, signs of
// JSON. SealWrites is how much Seal writes beyond that.
const (
	RecordBytes = 100
	SealWrites  = 6
)

// gone is the sum of a record that was deleted.
const gone = "-"

// recordSum is what the journal keeps of a record.
func recordSum(key, value []byte) string {
	h := sha256.New()
	h.Write(key)
	h.Write([]byte{0})
	h.Write(value)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// recordName is how the journal names a vouched record, "" for all others.
func recordName(key []byte) string {
	if at := bytes.IndexByte(key, 0); at > 0 && vouched[string(key[:at])] > 0 {
		return string(key[:at]) + "/" + string(key[at+1:])
	}
	return ""
}

// SumOf is what the journal would keep of a record.
func SumOf[T any](table *store.Table[T], v T) (string, error) {
	row, err := table.Row(v)
	if err != nil {
		return "", err
	}
	w := Witness{Tx: nowhere{}, sums: map[string]string{}}
	if err := row.Insert(&w); err != nil {
		return "", err
	}
	for _, sum := range w.sums {
		return sum, nil
	}
	return "", nil
}

// nowhere takes writes and keeps nothing.
type nowhere struct{ store.Tx }

// Put implements store.Tx.
func (nowhere) Put([]byte, []byte) error { return nil }

// Witness is a transaction that notes what is written.
type Witness struct {
	store.Tx
	sums   map[string]string
	before int  // where the journal stood at its begin
	all    bool // the entry vouches for all there is
}

// Watch begins to note what a transaction writes.
func Watch(tx store.Tx) (*Witness, error) {
	n, err := Last(tx, "journal")
	return &Witness{tx, map[string]string{}, n, n == 0}, err
}

// Put implements store.Tx.
func (w *Witness) Put(key, value []byte) error {
	if name := recordName(key); name != "" {
		w.sums[name] = recordSum(key, value)
	}
	return w.Tx.Put(key, value)
}

// Delete implements store.Tx.
func (w *Witness) Delete(key []byte) error {
	if name := recordName(key); name != "" {
		w.sums[name] = gone
	}
	return w.Tx.Delete(key)
}

// Seal puts the sums into the entry that the transaction wrote last. The entry has no follower yet, so it is sealed
// again. Without an entry the sums wait for the next one.
func (w *Witness) Seal() error {
	n, err := Last(w.Tx, "journal")
	if err != nil || len(w.sums) == 0 && n == w.before {
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
	if err := w.turnPage(n != w.before, kept.Sums); err != nil {
		return err
	}
	maps.Copy(kept.Sums, w.sums)
	if n == w.before {
		return unsaids.Put(w.Tx, kept)
	}
	if w.all {
		kept.Sums[generationName] = strconv.Itoa(generation)
		if err := Counters.Put(w.Tx, Counter{Name: generationName, Last: generation}); err != nil {
			return err
		}
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

// turnPage moves the sums of the transaction to a page if there are many. Within an entry pages are read first, so
// that what waits must say nothing of the same records.
func (w *Witness) turnPage(entry bool, waits map[string]string) error {
	if n := len(w.sums); n < manyUnsaid || entry && n < manySums {
		return nil
	}
	n, err := Take(w.Tx, "page", 1)
	if err != nil {
		return err
	}
	for name := range w.sums {
		delete(waits, name)
	}
	p := page{judging.Serial("", 9, n), w.sums}
	w.sums = map[string]string{}
	return pages.Insert(w, p)
}

// sealAgain puts sums into the journal's last entry, n.
func sealAgain(tx store.Tx, n int, sums map[string]string) error {
	entry, err := Entries.Get(tx, entryID(n))
	if err != nil {
		return err
	}
	var prev judging.Entry
	if n > 1 {
		if prev, err = Entries.Get(tx, entryID(n-1)); err != nil {
			return err
		}
	}
	entry.Sums = sums
	return Entries.Put(tx, entry.Seal(prev))
}

// words is the journal's last word on each record, as far as it was read.
type words struct {
	last map[string]string
	all  int // the generation whose tables it vouches for wholly
}

// hear takes the sums of an entry up. A page that is not there is found gone later.
func (w *words) hear(tx store.Tx, seq int, sums map[string]string) error {
	if seq == 1 && len(sums) > 0 {
		w.all = max(w.all, 1)
	}
	if g, err := strconv.Atoi(sums[generationName]); err == nil {
		w.all = max(w.all, g)
	}
	flat, err := flatten(tx, sums)
	maps.Copy(w.last, flat)
	return err
}

// flatten returns the sums with those of the pages that they name, of which the former hold.
func flatten(tx store.Tx, sums map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		id, is := bytes.CutPrefix([]byte(name), []byte("page/"))
		if !is || sums[name] == gone {
			continue
		}
		p, err := pages.Get(tx, string(id))
		if errors.Is(err, judging.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		maps.Copy(out, p.Sums)
	}
	maps.Copy(out, sums)
	delete(out, generationName)
	return out, nil
}

// listen reads the whole journal.
func listen(tx store.Tx) (*words, error) {
	w := &words{last: map[string]string{}}
	return w, Entries.Each(tx, func(e judging.Entry) error { return w.hear(tx, e.Seq, e.Sums) })
}
