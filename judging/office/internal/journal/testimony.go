package journal

import (
	"errors"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Testimony compares the vouched records with the journal's last word on each.
type Testimony struct {
	Altered []string // records that are not what the journal says, or that it never named; sorted
	Gone    []string // records that the journal says are there; sorted
	Named   int      // records that the journal vouches for
}

// Settled says what the journal must have kept of a record before a job began that is not finished, by the name of the
// record: its sum, "" for a record that no such job may have changed.
type Settled func(name string) (sum string, err error)

// Testify compares every vouched record with the journal. Records from before the journal vouched for them are passed
// over. Errors: those of reading and of settled.
func Testify(tx store.Tx, settled Settled) (Testimony, error) {
	w, err := listen(tx)
	if err != nil {
		return Testimony{}, err
	}
	kept, err := unsaids.Get(tx, "unsaid")
	if err != nil && !errors.Is(err, judging.ErrNotFound) {
		return Testimony{}, err
	}
	waits, err := flatten(tx, kept.Sums)
	if err != nil {
		return Testimony{}, err
	}
	for name, sum := range waits {
		if was, known := w.last[name]; !known || was == gone {
			w.last[name] = sum
		}
	}
	t := Testimony{Altered: []string{}, Gone: []string{}}
	for _, table := range slices.Sorted(maps.Keys(vouched)) {
		err := tx.Scan([]byte(table+"\x00"), func(key, value []byte) error {
			name := recordName(key)
			want, known := w.last[name]
			delete(w.last, name)
			now := recordSum(key, value)
			if known && want != now && waits[name] == now {
				if now, err = settled(name); err != nil {
					return err
				}
			}
			switch {
			case known && want == now:
				t.Named++
			case known || w.all >= vouched[table]:
				t.Altered = append(t.Altered, name)
			}
			return nil
		})
		if err != nil {
			return t, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.last)) {
		if w.last[name] != gone {
			t.Gone = append(t.Gone, name)
		}
	}
	return t, nil
}

// adopted is how many records one transaction of Adopt names.
const adopted = 20_000

// Adopt has the journal of a contest made by an older program vouch for all that is there: the records that it does not
// name yet get their sums in one entry more, which log writes. Where it vouches for all, nothing is written.
func Adopt(update, view func(func(store.Tx) error) error, log func(store.Tx) error) error {
	var fresh []string
	sums := map[string]string{}
	err := view(func(tx store.Tx) (err error) {
		fresh, err = unnamed(tx, sums)
		return err
	})
	if err != nil || fresh == nil {
		return err
	}
	for len(fresh) > adopted && err == nil {
		err = update(func(tx store.Tx) error { return adopt(tx, fresh[:adopted], sums, nil) })
		fresh = fresh[adopted:]
	}
	if err != nil {
		return err
	}
	return update(func(tx store.Tx) error { return adopt(tx, fresh, sums, log) })
}

// adopt notes records as if they were written now; log, if not nil, writes the entry that vouches for them.
func adopt(tx store.Tx, names []string, sums map[string]string, log func(store.Tx) error) error {
	w, err := Watch(tx)
	if err != nil {
		return err
	}
	for _, name := range names {
		w.sums[name] = sums[name]
	}
	if log != nil {
		w.all = true
		if err := log(w); err != nil {
			return err
		}
	}
	return w.Seal()
}

// unnamed lists the records that the journal does not name, with their sums; nil where it vouches for all, or is empty:
// then its first entry will.
func unnamed(tx store.Tx, sums map[string]string) ([]string, error) {
	done, err := Last(tx, generationName)
	if err != nil || done >= generation {
		return nil, err
	}
	if n, err := Last(tx, "journal"); err != nil || n == 0 {
		return nil, err
	}
	w, err := listen(tx)
	if err != nil || w.all >= generation {
		return nil, err
	}
	fresh := []string{}
	for _, table := range slices.Sorted(maps.Keys(vouched)) {
		err := tx.Scan([]byte(table+"\x00"), func(key, value []byte) error {
			name := recordName(key)
			if _, known := w.last[name]; !known {
				fresh, sums[name] = append(fresh, name), recordSum(key, value)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return fresh, nil
}
