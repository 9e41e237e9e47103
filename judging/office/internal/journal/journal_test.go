package journal_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

type book struct {
	*testing.T
	db *bolt.DB
}

func newBook(t *testing.T) book {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return book{t, db}
}

func (b book) update(fn func(tx store.Tx) error) {
	b.Helper()
	if err := b.db.Update(b.Context(), fn); err != nil {
		b.Fatal(err)
	}
}

// write writes records of a table, as an operation does: seen by a witness, with an entry if so wanted.
func (b book) write(entry bool, table, value string, from, to int) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		w, err := journal.Watch(tx)
		if err != nil {
			return err
		}
		for i := from; i < to; i++ {
			if err := w.Put(key(table, i), []byte(value)); err != nil {
				return err
			}
		}
		if entry {
			if err := journal.Append(w, judging.Entry{By: "organiser", Verb: "test"}); err != nil {
				return err
			}
		}
		return w.Seal()
	})
}

func key(table string, i int) []byte { return fmt.Appendf(nil, "%s\x00r%05d", table, i) }

func (b book) testify() journal.Testimony {
	b.Helper()
	var out journal.Testimony
	err := b.db.View(b.Context(), func(tx store.Tx) (err error) {
		out, err = journal.Testify(tx, func(string) (string, error) { return "", nil })
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// wants compares a testimony: how many records are vouched for, pages among them, and what is wrong.
func (b book) wants(what string, named int, altered, gone []string) {
	b.Helper()
	t := b.testify()
	if t.Named != named || !slices.Equal(t.Altered, altered) || !slices.Equal(t.Gone, gone) {
		b.Errorf("%s: %+v, want %d, %v, %v", what, t, named, altered, gone)
	}
}

func (b book) pages() (n int) {
	b.Helper()
	err := b.db.View(b.Context(), func(tx store.Tx) error {
		return tx.Scan([]byte("page\x00"), func(_, _ []byte) error { n++; return nil })
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func TestManySumsGoToAPage(t *testing.T) {
	for _, c := range []struct {
		entry        bool
		count, pages int
	}{{true, 1, 0}, {true, 199, 0}, {true, 200, 1}, {false, 9, 0}, {false, 10, 1}, {false, 500, 1}} {
		b := newBook(t)
		b.write(true, "contest", "1", 0, 1)
		b.write(c.entry, "work", "a", 0, c.count)
		if n := b.pages(); n != c.pages {
			t.Errorf("%d records, entry %v: %d pages, want %d", c.count, c.entry, n, c.pages)
		}
		b.wants(fmt.Sprint(c), 1+c.count+c.pages, []string{}, []string{})
		b.update(func(tx store.Tx) error { return tx.Put(key("work", 0), []byte("forged")) })
		b.wants(fmt.Sprint(c, " forged"), c.count+c.pages, []string{"work/r00000"}, []string{})
		b.update(func(tx store.Tx) error { return tx.Delete(key("work", 0)) })
		b.wants(fmt.Sprint(c, " gone"), c.count+c.pages, []string{}, []string{"work/r00000"})
	}
}

// TestTheLastWordHolds: in whatever order long and short lists of sums follow one another, with entries between or not,
// it is the last value that is vouched for.
func TestTheLastWordHolds(t *testing.T) {
	for orders := range 1 << 6 {
		b := newBook(t)
		b.write(true, "contest", "1", 0, 1)
		last, pages := "", 0
		for step := range 3 {
			long, entry := orders>>(2*step)&1 == 1, orders>>(2*step+1)&1 == 1
			last = fmt.Sprint("value ", step)
			count := 1
			if long {
				count, pages = 250, pages+1
			}
			b.write(entry, "work", last, 0, count)
		}
		b.write(true, "seat", "1", 0, 1) // takes up what waits
		want := b.testify()
		if len(want.Altered)+len(want.Gone) > 0 {
			t.Errorf("order %06b: %+v", orders, want)
		}
		if n := b.pages(); n != pages {
			t.Errorf("order %06b: %d pages, want %d", orders, n, pages)
		}
	}
}

// TestWhatWaitsVouchesForNewRecordsOnly: who writes sums next to the journal can't make it vouch for another value of a
// record that it knows.
func TestWhatWaitsVouchesForNewRecordsOnly(t *testing.T) {
	b := newBook(t)
	b.write(true, "work", "a", 0, 2)
	b.write(false, "work", "b", 1, 3)
	b.wants("waiting", 2, []string{"work/r00001"}, []string{})
	b.write(true, "seat", "1", 0, 1)
	b.wants("taken up", 4, []string{}, []string{})
}

// TestAForgedPageIsNamed: so is one that is gone, and what only it named.
func TestAForgedPageIsNamed(t *testing.T) {
	b := newBook(t)
	b.write(true, "work", "a", 0, 300)
	page := []byte("page\x00000000001")
	var was []byte
	b.update(func(tx store.Tx) error {
		v, err := tx.Get(page)
		was = slices.Clone(v)
		return errors.Join(err, tx.Put(page, append(slices.Clone(v), ' ')))
	})
	b.wants("altered", 300, []string{"page/000000001"}, []string{})
	b.update(func(tx store.Tx) error { return tx.Delete(page) })
	if r := b.testify(); len(r.Altered) != 300 || !slices.Equal(r.Gone, []string{"page/000000001"}) {
		t.Errorf("gone: %d altered, gone %v", len(r.Altered), r.Gone)
	}
	b.update(func(tx store.Tx) error { return tx.Put(page, was) })
	b.wants("whole again", 301, []string{}, []string{})
}

// TestAdoptNamesWhatNobodyNamed, in as many transactions as it takes, and once.
func TestAdoptNamesWhatNobodyNamed(t *testing.T) {
	defer journal.Adopting(7)()
	for _, count := range []int{0, 1, 6, 7, 8, 14, 15} {
		b := newBook(t)
		// an entry as programs wrote it that knew of no sums
		b.update(func(tx store.Tx) error {
			for i := range count {
				if err := tx.Put(key("work", i), []byte("a")); err != nil {
					return err
				}
			}
			return journal.Append(tx, judging.Entry{By: "organiser", Verb: "test"})
		})
		b.wants("before", 0, []string{}, []string{})
		logged := 0
		adopt := func() error {
			in := func(run func(fn func(store.Tx) error) error) func(func(store.Tx) error) error { return run }
			update := in(func(fn func(store.Tx) error) error { return b.db.Update(t.Context(), fn) })
			view := in(func(fn func(store.Tx) error) error { return b.db.View(t.Context(), fn) })
			return journal.Adopt(update, view, func(tx store.Tx) error {
				logged++
				return journal.Append(tx, judging.Entry{By: "organiser", Verb: "adopt"})
			})
		}
		for range 2 {
			if err := adopt(); err != nil || logged != 1 {
				t.Fatalf("%d records: %v, logged %d times", count, err, logged)
			}
		}
		// the counter is only a shortcut: the journal itself knows
		b.update(func(tx store.Tx) error { return tx.Delete([]byte("counter\x00generation")) })
		if err := adopt(); err != nil || logged != 1 {
			t.Errorf("%d records, without the counter: %v, logged %d times", count, err, logged)
		}
		if r := b.testify(); len(r.Altered)+len(r.Gone) > 0 || r.Named < count {
			t.Errorf("%d records: %+v", count, r)
		}
		b.update(func(tx store.Tx) error { return tx.Put(key("work", count), []byte("forged")) })
		if r := b.testify(); !slices.Equal(r.Altered, []string{"work/" + string(key("", count)[1:])}) {
			t.Errorf("%d records, one more: %+v", count, r)
		}
	}
}

func TestMarks(t *testing.T) {
	for text, want := range map[string]journal.Mark{
		"1-12345678":         {Position: 1, Hash: "12345678"},
		" 128-3FA9C01Bdead ": {Position: 128, Hash: "3fa9c01bdead"},
		"１２-３fa9c01b":        {Position: 12, Hash: "3fa9c01b"},
		"0-12345678":         {}, "-1-12345678": {}, "1-1234567": {}, "1-1234567g": {}, "12345678": {}, "": {},
	} {
		m, ok := journal.ParseMark(text)
		if ok != (want.Position > 0) || ok && m != want {
			t.Errorf("%q: %+v %v", text, m, ok)
		}
	}
	b := newBook(t)
	b.update(func(tx store.Tx) error {
		m, err := journal.MarkOf(tx)
		if m.String() != "" {
			t.Errorf("of an empty journal: %q", m)
		}
		return err
	})
	b.write(true, "seat", "1", 0, 1)
	b.write(true, "seat", "2", 0, 1)
	b.update(func(tx store.Tx) error {
		m, err := journal.MarkOf(tx)
		if err != nil || m.Position != 2 || len(m.Hash) != 64 || m.Short() != fmt.Sprintf("2-%.8s", m.Hash) {
			t.Errorf("%+v %q %v", m, m.Short(), err)
		}
		short, _ := journal.ParseMark(m.Short())
		for mark, want := range map[journal.Mark]journal.Relation{
			m: journal.Continues, short: journal.Continues, {Position: 1, Hash: m.Hash}: journal.Differs,
			{Position: 2, Hash: "00000000"}: journal.Differs, {Position: 3, Hash: m.Hash}: journal.Ends,
		} {
			if is, err := mark.Relation(tx); err != nil || is != want {
				t.Errorf("%v: %s %v, want %s", mark, is, err, want)
			}
		}
		return nil
	})
}
