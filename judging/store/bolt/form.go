package bolt

import (
	"bytes"
	"encoding/binary"

	"go.etcd.io/bbolt"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// A sealed file keeps its records in a bucket of its own, under names and in values that only the contest key shows,
// and its lock, which any reader may see, in another. The bucket of plain records holds one that programs from before
// there were seals refuse as that of a newer program.
//
// A sealed value is a mark and what seal.Key makes of the value, bound to bucket and name; empty values stand empty.
const sealMark = 2

var (
	sealedBucket = []byte("sealed")
	lockBucket   = []byte("lock")
	lockKey      = []byte("lock")
	decoyKey     = []byte("contest\x00contest")
	decoyValue   = []byte("999999\n{}")
)

// form is how a file holds names and values.
type form struct{ key *seal.Key } // nil: plain

func (f form) bucket() []byte {
	if f.key == nil {
		return bucketName
	}
	return sealedBucket
}

// name returns the stored form of a name.
func (f form) name(key []byte) []byte {
	if f.key == nil {
		return key
	}
	return f.key.Name(key)
}

// place is what a sealed value is bound to, in buf.
func place(buf, bucket, name []byte) []byte {
	return append(append(append(buf[:0], bucket...), 0), name...)
}

// frame returns the stored form of the value under a stored name.
func (f form) frame(name, value []byte) []byte {
	if f.key == nil || len(value) == 0 {
		return frame(name, value)
	}
	raw := make([]byte, 1, 1+len(value)+seal.Overhead)
	raw[0] = sealMark
	return f.key.Seal(raw, value, place(nil, sealedBucket, name))
}

// scratch is memory that one reading of many values uses again.
type scratch struct{ place, value []byte }

// unframe returns the value within raw, and whether it is as it was written, as far as one value can tell. A sealed one
// is in s until s is used again.
func (f form) unframe(name, raw []byte, s *scratch) (value []byte, whole bool) {
	switch {
	case f.key == nil:
		return unframe(name, raw)
	case len(raw) == 0:
		return raw, true
	case raw[0] != sealMark:
		return nil, false
	}
	s.place = place(s.place, sealedBucket, name)
	s.value, whole = f.key.Open(s.value[:0], raw[1:], s.place)
	return s.value, whole
}

// wholeName reports whether a stored name is one that was written.
func (f form) wholeName(name []byte) bool {
	if f.key == nil || !seal.Hidden(name) {
		return true
	}
	_, whole := f.key.Plain(name)
	return whole
}

// placeOf reads a stored name.
func (f form) placeOf(name []byte) store.Place {
	if f.key == nil {
		return store.PlaceOf(bytes.Clone(name))
	}
	plain, _ := f.key.Plain(name)
	return store.PlaceOf(plain)
}

// altered is the error for a value that is not what was written.
func (f form) altered(name []byte) error {
	p := f.placeOf(name)
	return judging.Fail(judging.Corrupt, "store.altered", judging.Args{"Table": p.Table, "ID": p.ID})
}

// loadTally reads the tally; a plain file written before there was one has none.
func (f form) loadTally(btx *bbolt.Tx) (t tally, ok bool) {
	b := btx.Bucket(tallyBucket)
	if b == nil {
		return t, false
	}
	raw := b.Get(tallyKey)
	if f.key != nil {
		var whole bool
		if len(raw) == 0 || raw[0] != sealMark {
			return t, false
		}
		if raw, whole = f.key.Open(nil, raw[1:], place(nil, tallyBucket, tallyKey)); !whole {
			return t, false
		}
	}
	if len(raw) != 16 {
		return t, false
	}
	return tally{binary.BigEndian.Uint64(raw), binary.BigEndian.Uint64(raw[8:])}, true
}

// storeTally writes the tally into the transaction it is of.
func (f form) storeTally(btx *bbolt.Tx, t tally) error {
	b, err := btx.CreateBucketIfNotExists(tallyBucket)
	if err != nil {
		return err
	}
	raw := binary.BigEndian.AppendUint64(nil, t.keys)
	raw = binary.BigEndian.AppendUint64(raw, t.sum)
	if f.key != nil {
		raw = f.key.Seal([]byte{sealMark}, raw, place(nil, tallyBucket, tallyKey))
	}
	return b.Put(tallyKey, raw)
}

// loadLock returns the lock of a sealed file, nil for a plain one. Errors: Corrupt.
func (db *DB) loadLock() (lock *seal.Lock, err error) {
	err = db.guard(func() error {
		return db.bolt.View(func(btx *bbolt.Tx) error {
			b := btx.Bucket(lockBucket)
			if b == nil {
				if btx.Bucket(sealedBucket) != nil {
					return corrupt(db.path, nil)
				}
				return nil
			}
			raw, whole := unframe(lockKey, b.Get(lockKey))
			if !whole || len(raw) == 0 || btx.Bucket(sealedBucket) == nil {
				return corrupt(db.path, nil)
			}
			l, err := seal.Decode(raw)
			lock = &l
			return err
		})
	})
	return lock, err
}

// storeLock writes the lock.
func storeLock(btx *bbolt.Tx, l seal.Lock) error {
	b, err := btx.CreateBucketIfNotExists(lockBucket)
	if err != nil {
		return err
	}
	return b.Put(lockKey, frame(lockKey, l.Encode()))
}
