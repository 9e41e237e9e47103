package judgetest

import (
	"context"
	"testing"

	"fayi/judging/store/bolt"
)

// CheckFile fails the test if the bolt file at path, which no one holds open, does not pass bbolt's own consistency
// check.
func CheckFile(t testing.TB, path string) {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Error(err)
		return
	}
	defer db.Close()
	if err := db.Check(context.Background()); err != nil {
		t.Error(err)
	}
}
