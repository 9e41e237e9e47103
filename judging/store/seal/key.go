package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"io"

	"fayi/judging"
)

// KeySize is the length of a key's root, in bytes.
const KeySize = keySize

const (
	keySize   = 32 // bytes, of AES-256 and of the contest key
	checkSize = 16
	nonceSize = 12
	tagSize   = 16

	// Overhead is how much longer a sealed value is, in bytes.
	Overhead = nonceSize + tagSize
)

// Key seals and opens what one contest stores. It serves many goroutines.
type Key struct {
	root   []byte
	check  []byte // names the key without telling it
	values cipher.AEAD
	names  cipher.Block
	macs   []byte
}

// NewKey draws a contest key from random. Errors: Unavailable.
func NewKey(random io.Reader) (*Key, error) {
	root := make([]byte, keySize)
	if _, err := io.ReadFull(random, root); err != nil {
		return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return keyOf(root)
}

// KeyFrom returns the key of KeySize random bytes that are kept elsewhere. Errors: Corrupt for another length.
func KeyFrom(root []byte) (*Key, error) {
	if len(root) != keySize {
		return nil, damaged()
	}
	return keyOf(bytes.Clone(root))
}

// keyOf derives what is used from the contest key: one key for each use.
func keyOf(root []byte) (*Key, error) {
	k := &Key{root: root}
	for _, use := range []struct {
		name string
		size int
		into func(key []byte) error
	}{
		{"fayi check 1", checkSize, func(key []byte) error { k.check = key; return nil }},
		{"fayi values 1", keySize, func(key []byte) (err error) { k.values, err = sealer(key); return err }},
		{"fayi names 1", keySize, func(key []byte) (err error) { k.names, err = aes.NewCipher(key); return err }},
		{"fayi name sums 1", keySize, func(key []byte) error { k.macs = key; return nil }},
	} {
		key, err := hkdf.Key(sha256.New, root, nil, use.name, use.size)
		if err == nil {
			err = use.into(key)
		}
		if err != nil {
			return nil, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
		}
	}
	return k, nil
}

// sealer draws its nonces itself. 2^32 values under one key are safe; a contest writes some millions.
func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal appends the sealed form of value to dst; place is what it is bound to.
func (k *Key) Seal(dst, value, place []byte) []byte { return k.values.Seal(dst, nil, value, place) }

// Open appends the value within sealed to dst, and reports whether it is as it was sealed at this place.
func (k *Key) Open(dst, sealed, place []byte) ([]byte, bool) {
	value, err := k.values.Open(dst, nil, sealed, place)
	return value, err == nil
}

// Opens reports whether the lock is one of this key.
func (k *Key) Opens(l Lock) bool { return subtle.ConstantTimeCompare(k.check, l.Check) == 1 }
