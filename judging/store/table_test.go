package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
)

type piece struct {
	ID    string   `json:"id"`
	Group string   `json:"group"`
	Tags  []string `json:"tags,omitempty"`
	Text  string   `json:"text,omitempty"`
}

func pieceTable() *store.Table[piece] {
	return store.NewTable("piece", 1, func(p *piece) string { return p.ID },
		store.Index[piece]{Name: "group", Values: func(p *piece) []string { return []string{p.Group} }},
		store.Index[piece]{Name: "tag", Values: func(p *piece) []string { return p.Tags }})
}

func update(t *testing.T, db store.DB, fn func(store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, db store.DB, fn func(store.Tx) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// ids collects the ids that a query of the table yields.
func ids(t *testing.T, query func(fn func(piece) error) error) []string {
	t.Helper()
	var all []string
	if err := query(func(p piece) error { all = append(all, p.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func by(t *testing.T, db store.DB, index, value string) (found []string) {
	t.Helper()
	table := pieceTable()
	view(t, db, func(tx store.Tx) error {
		found = ids(t, func(fn func(piece) error) error { return table.By(tx, index, value, fn) })
		only, err := table.IDsBy(tx, index, value)
		if !slices.Equal(found, only) {
			t.Errorf("By finds %q, IDsBy %q", found, only)
		}
		return err
	})
	return found
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func keyCount(t *testing.T, db store.DB) (n int) {
	t.Helper()
	view(t, db, func(tx store.Tx) error {
		n = 0
		return tx.Scan(nil, func(_, _ []byte) error { n++; return nil })
	})
	return n
}

func TestTableGivesBackWhatWasPut(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	want := piece{ID: "甲-1", Group: "小学", Tags: []string{"a", "b"}, Text: "<法>&\u2028\x00"}
	update(t, db, func(tx store.Tx) error { return table.Put(tx, want) })
	view(t, db, func(tx store.Tx) error {
		got, err := table.Get(tx, "甲-1")
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %+v", got)
		}
		if _, err := table.Get(tx, "甲"); !errors.Is(err, judging.ErrNotFound) {
			t.Errorf("absent: %v", err)
		}
		return err
	})
}

func TestPutReplacesStaleIndexEntries(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	update(t, db, func(tx store.Tx) error {
		return errors.Join(table.Insert(tx, piece{
			ID:    "1",
			Group: "g",
			Tags:  []string{"a", "b", "a"},
		}), table.Insert(tx, piece{
			ID:    "2",
			Group: "g",
			Tags:  []string{"b"},
		}))
	})
	same(t, by(t, db, "tag", "a"), "1")
	same(t, by(t, db, "tag", "b"), "1", "2")
	update(t, db, func(tx store.Tx) error {
		return table.Put(tx, piece{
			ID:    "1",
			Group: "h",
			Tags:  []string{"a", "c"},
		})
	})
	same(t, by(t, db, "tag", "a"), "1")
	same(t, by(t, db, "tag", "b"), "2")
	same(t, by(t, db, "tag", "c"), "1")
	same(t, by(t, db, "group", "g"), "2")
	update(t, db, func(tx store.Tx) error {
		return errors.Join(table.Delete(tx, "1"), table.Delete(tx, "2"), table.Delete(tx, "3"))
	})
	if n := keyCount(t, db); n != 0 {
		t.Errorf("%d keys left", n)
	}
}

func TestTablesDoNotMix(t *testing.T) {
	db := judgetest.OpenStrict(t)
	id := func(p *piece) string { return p.ID }
	short, long := store.NewTable("work", 1, id), store.NewTable("works", 1, id)
	update(t, db, func(tx store.Tx) error {
		return errors.Join(short.Put(tx, piece{
			ID: "a",
		}), short.Put(tx, piece{
			ID: "s\x00a",
		}), long.Put(tx, piece{
			ID: "b",
		}), long.Put(tx, piece{
			ID: "ab",
		}))
	})
	view(t, db, func(tx store.Tx) error {
		same(t, ids(t, func(fn func(piece) error) error { return short.Each(tx, fn) }), "a", "s\x00a")
		same(t, ids(t, func(fn func(piece) error) error { return long.Each(tx, fn) }), "ab", "b")
		same(t, ids(t, func(fn func(piece) error) error { return long.EachPrefix(tx, "a", fn) }), "ab")
		n, err := short.Count(tx)
		if n != 2 {
			t.Errorf("count %d", n)
		}
		return err
	})
}

func TestListsAreWholeAndInOrder(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	const many = 4001 // more than two lots
	name := func(i int) piece { return piece{ID: fmt.Sprintf("a%05d", i)} }
	cost := func(i int) (int, int) { return table.Cost(name(i)) }
	if err := store.Bulk(t.Context(), db, many, cost, func(tx store.Tx, i int) error {
		return table.Put(tx, name(i))
	}, nil); err != nil {
		t.Fatal(err)
	}
	view(t, db, func(tx store.Tx) error {
		all, err := table.List(tx, "a")
		if err != nil || len(all) != many {
			t.Fatalf("%d of %d, %v", len(all), many, err)
		}
		for i, p := range all {
			if p.ID != name(i).ID {
				t.Fatalf("%s at %d", p.ID, i)
			}
		}
		none, err := table.List(tx, "b")
		if none != nil {
			t.Errorf("%d of nothing", len(none))
		}
		return err
	})
}

func TestOddIDsAndIndexValues(t *testing.T) {
	odd := []string{
		" ",
		"\x00",
		"\x00\x01",
		"\x00\x00",
		"\x00\xc3\xbf",
		"\x01",
		"a",
		"a\x00",
		"a\x00\x01b",
		"a\x00b",
		"书法",
		"\U00020164",
	}
	db, table := judgetest.OpenStrict(t), pieceTable()
	for _, id := range odd {
		for _, value := range odd {
			update(t, db, func(tx store.Tx) error {
				return table.Put(tx, piece{ID: id + "|" + value, Group: value, Tags: []string{id, ""}})
			})
		}
	}
	for _, value := range odd {
		if got := by(t, db, "group", value); len(got) != len(odd) || !slices.IsSorted(got) {
			t.Errorf("%q finds %q", value, got)
		}
		if got := by(t, db, "tag", value); len(got) != len(odd) {
			t.Errorf("%q finds %q", value, got)
		}
	}
	if got := by(t, db, "tag", ""); len(got) != len(odd)*len(odd) {
		t.Errorf("empty value finds %d", len(got))
	}
	same(t, by(t, db, "group", ""))
}

func TestTextThatJSONWouldChangeIsRefusedAsKey(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	for _, p := range []piece{{ID: "\xff"}, {ID: "1", Group: "\xc3"}, {ID: ""}} {
		err := db.Update(t.Context(), func(tx store.Tx) error { return table.Put(tx, p) })
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", p, err)
		}
	}
	type raw struct{ Key []byte }
	rawTable := store.NewTable("raw", 1, func(r *raw) string { return string(r.Key) })
	update(t, db, func(tx store.Tx) error { return rawTable.Put(tx, raw{Key: []byte("\xff\x00\xfe")}) })
	view(t, db, func(tx store.Tx) error {
		got, err := rawTable.Get(tx, "\xff\x00\xfe")
		if string(got.Key) != "\xff\x00\xfe" {
			t.Errorf("got %q", got.Key)
		}
		return err
	})
}

func TestQueriesStopEarly(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	update(t, db, func(tx store.Tx) error {
		return errors.Join(table.Put(tx, piece{ID: "1", Group: "g"}), table.Put(tx, piece{ID: "2", Group: "g"}))
	})
	boom := errors.New("boom")
	view(t, db, func(tx store.Tx) error {
		for _, query := range []func(func(piece) error) error{
			func(fn func(piece) error) error { return table.Each(tx, fn) },
			func(fn func(piece) error) error { return table.EachPrefix(tx, "", fn) },
			func(fn func(piece) error) error { return table.By(tx, "group", "g", fn) },
		} {
			n := 0
			if err := query(func(piece) error { n++; return store.ErrStop }); err != nil || n != 1 {
				t.Errorf("stop: %d calls, %v", n, err)
			}
			if err := query(func(piece) error { return boom }); err != boom {
				t.Errorf("got %v", err)
			}
		}
		_, err := table.IDsBy(tx, "colour", "red")
		if judging.CodeOf(err) != judging.Internal {
			t.Errorf("unknown index: %v", err)
		}
		return nil
	})
}

func TestByAllowsWritesToItsTable(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	update(t, db, func(tx store.Tx) error {
		return errors.Join(table.Put(tx, piece{ID: "1", Group: "g"}), table.Put(tx, piece{ID: "2", Group: "g"}))
	})
	update(t, db, func(tx store.Tx) error {
		return table.By(tx, "group", "g", func(p piece) error {
			p.Group = "h"
			return table.Put(tx, p)
		})
	})
	same(t, by(t, db, "group", "g"))
	same(t, by(t, db, "group", "h"), "1", "2")
}

// counter counts the writes of a Put.
type counter struct {
	store.Tx
	writes, bytes int
}

func (c *counter) Put(k, v []byte) error {
	c.writes, c.bytes = c.writes+1, c.bytes+len(k)+len(v)
	return c.Tx.Put(k, v)
}

func (c *counter) Delete(k []byte) error {
	c.writes, c.bytes = c.writes+1, c.bytes+len(k)
	return c.Tx.Delete(k)
}

func TestCostIsAnUpperBound(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	steps := []struct {
		p    piece
		want int
	}{
		{piece{ID: "1", Group: "g", Tags: []string{"a", "b"}}, 4},
		{piece{ID: "1", Group: "g", Tags: []string{"a", "b"}}, 0},
		{piece{ID: "1", Group: "h", Tags: []string{"c", "d"}}, 7},
		{piece{ID: "1", Group: "h", Tags: []string{"c", "d"}, Text: "new"}, 1},
	}
	for _, step := range steps {
		update(t, db, func(tx store.Tx) error {
			c := &counter{Tx: tx}
			err := table.Put(c, step.p)
			writes, bytes := table.Cost(step.p)
			if c.writes != step.want || c.writes > writes || c.bytes > bytes {
				t.Errorf("%+v: %d writes of %d bytes, cost says %d of %d", step.p, c.writes, c.bytes, writes, bytes)
			}
			return err
		})
	}
}

func TestNewTableRefusesBadNames(t *testing.T) {
	id := func(p *piece) string { return p.ID }
	index := store.Index[piece]{Name: "x", Values: func(*piece) []string { return nil }}
	for name, make := range map[string]func(){
		"empty":     func() { store.NewTable("", 1, id) },
		"separator": func() { store.NewTable("a\x00b", 1, id) },
		"version":   func() { store.NewTable("a", 0, id) },
		"twice":     func() { store.NewTable("a", 1, id, index, index) },
		"index":     func() { store.NewTable("a", 1, id, store.Index[piece]{Name: "作"}) },
		"long":      func() { store.NewTable(strings.Repeat("a", 65), 1, id) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			make()
		}()
	}
}

func TestOldRecordsAreUpgradedWhenRead(t *testing.T) {
	db := judgetest.OpenStrict(t)
	id := func(p *piece) string { return p.ID }
	type first struct{ Number int }
	old := store.NewTable("piece", 1, func(*first) string { return "7" })
	update(t, db, func(tx store.Tx) error { return old.Put(tx, first{7}) })
	next := store.NewTable("piece", 3, id, store.Index[piece]{
		Name:   "group",
		Values: func(p *piece) []string { return []string{p.Group} },
	}).
		Upgrade(1, func(b []byte) ([]byte, error) {
			return bytes.ReplaceAll(b, []byte(`"Number":7`), []byte(`"id":"7"`)), nil
		}).
		Upgrade(2, func(b []byte) ([]byte, error) {
			return append(bytes.TrimSuffix(b, []byte("}")), `,"group":"g"}`...), nil
		})
	view(t, db, func(tx store.Tx) error {
		got, err := next.Get(tx, "7")
		if got.ID != "7" || got.Group != "g" {
			t.Errorf("got %+v", got)
		}
		return err
	})
	same(t, by(t, db, "group", "g"))
	if err := next.Rebuild(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	view(t, db, func(tx store.Tx) error {
		found, err := next.IDsBy(tx, "group", "g")
		same(t, found, "7")
		if _, err := old.Get(tx, "7"); !errors.Is(err, &judging.Error{
			Code: judging.Corrupt,
			Text: "store.newer_format",
		}) {
			t.Errorf("an old program reads a new record: %v", err)
		}
		return err
	})
}
