package bolt_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func TestRecordsThatComeInOrderFillTheirPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const records, each, lots = 10_000, 700, 10
	value := bytes.Repeat([]byte("x"), each)
	for lot := range lots {
		err := db.Update(t.Context(), func(tx store.Tx) error {
			for i := range records / lots {
				if err := tx.Put(fmt.Appendf(nil, "work/w%06d", lot*records/lots+i), value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if most := int64(records * each * 23 / 10); info.Size() > most {
		t.Errorf("%d bytes for records of %d: want at most %d", info.Size(), records*each, most)
	}
}
