package store_test

import (
	"errors"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
)

func TestUnreadableRecordsAreCorrupt(t *testing.T) {
	table := store.NewTable("piece", 3, func(p *piece) string { return p.ID }).
		Upgrade(1, func([]byte) ([]byte, error) { return nil, errors.New("no") })
	for _, raw := range []string{"", "{}", "\n{}", "0\n{}", "03\n{}", "-1\n{}", "3", "3\n", "3\n{", "3\n[]", "3\n{} {}",
		"1\n{}", "2\n{}", "99999999999999999999\n{}"} {
		db := judgetest.OpenStrict(t)
		update(t, db, func(tx store.Tx) error { return tx.Put([]byte("piece\x00x"), []byte(raw)) })
		err := db.View(t.Context(), func(tx store.Tx) error {
			_, err := table.Get(tx, "x")
			return err
		})
		if judging.CodeOf(err) != judging.Corrupt {
			t.Errorf("%q: %v", raw, err)
		}
	}
}
