package store

import (
	"bytes"
	"context"
)

// Place names a record, or an index entry, by its key.
type Place struct {
	Table string `json:"table"`
	ID    string `json:"id"` // of the record; that of an index entry holds the index and the value, too
}

// PlaceOf reads a key. One that no table wrote is an identity without a table.
func PlaceOf(key []byte) Place {
	if at := bytes.IndexAny(key, recordMark+indexMark); at > 0 && plainName(string(key[:at])) {
		return Place{string(key[:at]), string(bytes.ToValidUTF8(key[at+1:], []byte("?")))}
	}
	return Place{"", string(bytes.ToValidUTF8(key, []byte("?")))}
}

// Auditor is a DB that knows whether its records are as they were written.
type Auditor interface {
	// Altered lists the records that are not what was written under their key. whole is false, too, when records
	// are gone or came from nowhere, which no single one tells. A file from before records had sums is whole.
	Altered(ctx context.Context) (places []Place, whole bool, err error)
}
