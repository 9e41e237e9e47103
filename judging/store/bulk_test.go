package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
)

func TestBulkSplitsByTheLimit(t *testing.T) {
	db, table := judgetest.OpenStrict(t), pieceTable()
	var pieces []piece
	for i := range 90 {
		pieces = append(pieces, piece{
			ID:    fmt.Sprint(i),
			Group: "g",
			Tags:  []string{"a"},
			Text:  strings.Repeat("x", i%10*20_000),
		})
	}
	var told []int
	err := store.Bulk(t.Context(), db, len(pieces),
		func(i int) (int, int) { return table.Cost(pieces[i]) },
		func(tx store.Tx, i int) error { return table.Insert(tx, pieces[i]) },
		func(done, total int) {
			if total != 90 {
				t.Errorf("total %d", total)
			}
			told = append(told, done)
		})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(told) || told[len(told)-1] != 90 || len(told) < 8 || len(told) > 12 {
		t.Errorf("told %v", told)
	}
	if got := by(t, db, "group", "g"); len(got) != 90 {
		t.Errorf("%d stored", len(got))
	}
}

func TestBulkRefusesAnItemOverTheLimitByItself(t *testing.T) {
	db := judgetest.OpenStrict(t)
	limit := db.Limit()
	for _, big := range [][2]int{{limit.Writes + 1, 0}, {0, limit.Bytes + 1}} {
		var wrote []int
		err := store.Bulk(t.Context(), db, 3,
			func(i int) (int, int) {
				if i == 1 {
					return big[0], big[1]
				}
				return 1, 1
			},
			func(store.Tx, int) error { return nil },
			func(done, _ int) { wrote = append(wrote, done) })
		if judging.CodeOf(err) != judging.Invalid || !slices.Equal(wrote, []int{1}) {
			t.Errorf("%v: told %v, got %v", big, wrote, err)
		}
	}
}

func TestBulkKeepsWhatWasTold(t *testing.T) {
	db := judgetest.OpenStrict(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := store.Bulk(ctx, db, 250,
		func(int) (int, int) { return 1, 4 },
		func(tx store.Tx, i int) error { return tx.Put(fmt.Appendf(nil, "%04d", i), nil) },
		func(done, _ int) {
			if done == 200 {
				cancel()
			}
		})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n := keyCount(t, db); n != 200 {
		t.Errorf("%d keys", n)
	}
	if err := store.Bulk(t.Context(), db, 0, nil, nil, nil); err != nil {
		t.Error(err)
	}
}
