package replica

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"strconv"

	"github.com/klauspost/compress/zstd"

	"fayi/judging"
	"fayi/judging/store/seal"
)

const (
	entryVersion = 1
	idSize       = 16

	// mostPlain bounds what an entry unpacks to, in bytes: the largest Limit, its keys and lengths, and air.
	mostPlain = 64 << 20
)

// kind says what an entry is.
type kind byte

const (
	begins kind = iota + 1 // the first of a log: nothing is written yet
	fills                  // part of the contest as it was when it was shared
	ready                  // the contest is whole: who joins before waits
	writes                 // what an Update wrote
	part                   // of a snapshot; it stands in no log
)

// sum is the SHA-256 of a sealed entry.
type sum [sha256.Size]byte

// entry is what is agreed on.
type entry struct {
	id     [idSize]byte // which Append this is
	kind   kind
	prev   sum    // of the entry before it; zero for the first
	writer string // the program that wrote it
	puts   []put
}

// put is one write; gone deletes the key.
type put struct {
	key, value []byte
	gone       bool
}

var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostPlain))
)

// pack returns the sealed form of e for the position at: bound to it, so that no entry stands in another's place.
func (e entry) pack(key *seal.Key, at uint64) []byte { return e.packFor(key, bound(at)) }

// packFor is pack for any place.
func (e entry) packFor(key *seal.Key, place []byte) []byte {
	n := 64 + len(e.writer)
	for _, p := range e.puts {
		n += len(p.key) + len(p.value) + 12
	}
	raw := append(make([]byte, 0, n), entryVersion)
	raw = append(append(append(raw, e.id[:]...), byte(e.kind)), e.prev[:]...)
	raw = append(binary.AppendUvarint(raw, uint64(len(e.writer))), e.writer...)
	raw = binary.AppendUvarint(raw, uint64(len(e.puts)))
	for _, p := range e.puts {
		raw = append(binary.AppendUvarint(raw, uint64(len(p.key))), p.key...)
		if p.gone {
			raw = append(raw, 0)
			continue
		}
		raw = append(binary.AppendUvarint(raw, uint64(len(p.value))+1), p.value...)
	}
	return key.Seal(nil, packer.EncodeAll(raw, nil), place)
}

// unpack reads what pack returned for the position at. Errors: Corrupt, "share.foreign_entry".
func unpack(key *seal.Key, at uint64, sealed []byte) (e entry, err error) {
	return unpackFrom(key, bound(at), sealed)
}

// unpackFrom is unpack for any place.
func unpackFrom(key *seal.Key, place, sealed []byte) (e entry, err error) {
	packed, whole := key.Open(nil, sealed, place)
	if !whole {
		return e, foreign(errors.New("not sealed by this key for this place"))
	}
	raw, err := unpacker.DecodeAll(packed, nil)
	if err != nil {
		return e, foreign(err)
	}
	r := reader{left: raw}
	if version := r.take(1); len(version) == 1 && version[0] > entryVersion {
		return e, judging.Fail(judging.Corrupt, "store.newer_format", judging.Args{
			"Table": "log", "Version": int(version[0]), "Known": entryVersion,
		})
	}
	copy(e.id[:], r.take(idSize))
	if k := r.take(1); len(k) == 1 {
		e.kind = kind(k[0])
	}
	copy(e.prev[:], r.take(len(e.prev)))
	e.writer = string(r.take(r.number()))
	for n := r.number(); n > 0 && r.err == nil; n-- {
		p := put{key: r.take(r.number())}
		if size := r.number(); size == 0 {
			p.gone = true
		} else {
			p.value = r.take(size - 1)
		}
		e.puts = append(e.puts, p)
	}
	if r.err == nil && len(r.left) > 0 {
		r.err = errors.New("bytes behind the end")
	}
	if r.err != nil {
		return e, foreign(r.err)
	}
	return e, nil
}

// newID draws an identity. Errors: Unavailable.
func newID(random io.Reader) (id [idSize]byte, err error) {
	if random == nil {
		random = rand.Reader
	}
	if _, err = io.ReadFull(random, id[:]); err != nil {
		err = judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return id, err
}

func bound(at uint64) []byte { return strconv.AppendUint([]byte("fayi log entry "), at, 10) }

func foreign(err error) error {
	return judging.Fail(judging.Corrupt, "share.foreign_entry", nil).Because(err)
}

// reader reads numbers and bytes; after the first that is not there it returns nothing more.
type reader struct {
	left []byte
	err  error
}

func (r *reader) take(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.left) {
		r.err = errors.Join(r.err, io.ErrUnexpectedEOF)
		return nil
	}
	out := r.left[:n:n]
	r.left = r.left[n:]
	return out
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.left)
	if r.err != nil || size <= 0 || n > mostPlain {
		r.err = errors.Join(r.err, io.ErrUnexpectedEOF)
		return 0
	}
	r.left = r.left[size:]
	return int(n)
}
