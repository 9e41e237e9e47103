package bolt

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"

	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// A value is stored as a mark, the start of its SHA-256 together with its key, and the value, so that a changed bit in
// either is found whenever the value is read. Two kinds stand bare: empty values (index entries), and what was written
// before there were sums, a record that begins with the digits of its schema version. A tally of all keys and values,
// kept in a bucket of its own and written with each transaction, finds in a check what a sum of one value can't: a
// bare value that changed, and one that is gone or came from nowhere.
const (
	sumMark = 1 // one changed bit makes no digit of it
	sumSize = 8 // bytes
	sumHead = 1 + sumSize
)

var (
	tallyBucket = []byte("tally")
	tallyKey    = []byte("all")
)

// sumOf is the start of the hash of a key and a value.
func sumOf(key, value []byte) [sumSize]byte {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(key)))
	h.Write(n[:])
	h.Write(key)
	h.Write(value)
	var all [sha256.Size]byte
	h.Sum(all[:0])
	return [sumSize]byte(all[:sumSize])
}

// frame is the stored form of a value.
func frame(key, value []byte) []byte {
	if len(value) == 0 {
		return []byte{}
	}
	sum := sumOf(key, value)
	raw := make([]byte, 0, sumHead+len(value))
	raw = append(raw, sumMark)
	raw = append(raw, sum[:]...)
	return append(raw, value...)
}

// unframe returns the value within raw, and whether it is as it was written, as far as one value can tell.
func unframe(key, raw []byte) ([]byte, bool) {
	switch {
	case len(raw) == 0 || (raw[0] >= '1' && raw[0] <= '9'):
		return raw, true
	case raw[0] != sumMark || len(raw) <= sumHead:
		return nil, false
	}
	value := raw[sumHead:]
	return value, sumOf(key, value) == [sumSize]byte(raw[1:sumHead])
}

// tally is the number of keys and the sum of the sums of all keys and values, modulo 2^64.
type tally struct{ keys, sum uint64 }

func (t *tally) add(key, raw []byte)    { t.keys++; t.sum += term(key, raw) }
func (t *tally) remove(key, raw []byte) { t.keys--; t.sum -= term(key, raw) }

// term is what a key and its stored value count for. The sum that a value carries is already one of both; a check
// proves it apart.
func term(key, raw []byte) uint64 {
	if len(raw) > sumHead && raw[0] == sumMark {
		return binary.BigEndian.Uint64(raw[1:sumHead])
	}
	if len(raw) > seal.Overhead && raw[0] == sealMark {
		return binary.BigEndian.Uint64(raw[len(raw)-sumSize:]) // of the seal's own tag
	}
	sum := sumOf(key, raw)
	return binary.BigEndian.Uint64(sum[:])
}

// count tallies the whole file.
func count(b *bbolt.Bucket) (t tally) {
	c := b.Cursor()
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		t.add(k, raw)
	}
	return t
}

// Altered implements store.Auditor. Updates wait for it.
func (db *DB) Altered(ctx context.Context) (places []store.Place, whole bool, err error) {
	if err := db.lock(ctx); err != nil {
		return nil, false, err
	}
	defer db.unlock()
	whole = true
	err = db.view(ctx, func(btx *bbolt.Tx) error {
		b := btx.Bucket(db.form.bucket())
		if b == nil {
			return errors.New("no records")
		}
		c, n := b.Cursor(), 0
		var s scratch
		for k, raw := c.First(); k != nil; k, raw = c.Next() {
			if n++; n%scanCheck == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if _, ok := db.form.unframe(k, raw, &s); !ok || !db.form.wholeName(k) {
				places = append(places, db.form.placeOf(k))
			}
		}
		if kept, ok := db.form.loadTally(btx); ok {
			whole = kept == count(b)
		} else {
			whole = db.form.key == nil // a sealed file has one
		}
		return nil
	})
	return places, whole && len(places) == 0, err
}
