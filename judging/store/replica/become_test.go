package replica_test

import (
	"fmt"
	"maps"
	"testing"

	"fayi/judging/store"
	"fayi/judging/store/replica"
)

// TestBecomingAnotherStateIsWhatAllCopiesHold: from any state to any other, small ones in one entry, large ones in as
// many as it takes.
func TestBecomingAnotherStateIsWhatAllCopiesHold(t *testing.T) {
	w := newWorld(t, 12)
	w.join()
	for range 20 {
		other := newWorld(t, w.r.Uint64())
		for range w.r.IntN(20) {
			other.write(other.all[0])
		}
		d, err := replica.Differs(t.Context(), w.all[0].db, other.all[0].db.Local)
		must(t, err)
		if d != difference(w.model, other.model) {
			t.Errorf("%+v, want %+v", d, difference(w.model, other.model))
		}
		before := len(w.m.Entries())
		must(t, replica.Become(t.Context(), w.all[0].db, other.all[0].db.Local))
		w.model = maps.Clone(other.model)
		if n := len(w.m.Entries()) - before; n > 1 {
			t.Errorf("%d entries", n)
		}
		settled(t, w.m, []*replica.DB{w.all[0].db, w.all[1].db})
		for i, p := range w.all {
			if got := contents(t, p.db); !maps.Equal(got, w.model) {
				t.Errorf("copy %d holds %d records, %d are right", i, len(got), len(w.model))
			}
		}
	}
	large := local(t)
	defer large.Close()
	w.model = map[string]string{}
	for i := range 12_000 {
		w.model[fmt.Sprintf("k%05d", i)] = fmt.Sprint("value ", i)
	}
	must(t, large.Update(t.Context(), func(tx store.Tx) error {
		for key, value := range w.model {
			if err := tx.Put([]byte(key), []byte(value)); err != nil {
				return err
			}
		}
		return nil
	}))
	must(t, replica.Become(t.Context(), w.all[1].db, large))
	w.same()
}

func difference(have, want map[string]string) (d replica.Difference) {
	for key, value := range want {
		if was, there := have[key]; !there {
			d.Added++
		} else if was != value {
			d.Changed++
		}
	}
	for key := range have {
		if _, there := want[key]; !there {
			d.Gone++
		}
	}
	return d
}
