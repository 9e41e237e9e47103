package replica

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// Progress hears how many records are written.
type Progress func(records int)

// fillBytes bounds what one entry holds of a contest that is being shared, in bytes before it is compressed.
const fillBytes = 512 << 10

// Begin shares the contest in local: everything goes into the log, which must be empty and is probed first, and from
// then on local is a copy. Of s, Address, Writer and Sealed are given. Errors: Clash, "share.already" and
// "share.taken"; Unavailable, "share.engine_unfit"; those of the log and of the copy. On any error the contest is as it
// was, and the log is not to be used.
func Begin(
	ctx context.Context, local store.DB, log Log, s Share, random io.Reader, progress Progress,
) (Share, error) {
	if random == nil {
		random = rand.Reader
	}
	s.Key, s.Whole = make([]byte, seal.KeySize), true
	if _, err := io.ReadFull(random, s.Key); err != nil {
		return s, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	key, err := seal.KeyFrom(s.Key)
	if err != nil {
		return s, err
	}
	err = local.Update(ctx, func(t store.Tx) error {
		if _, shared, err := load(t); err != nil || shared {
			return errors.Join(err, judging.Fail(judging.Clash, "share.already", nil))
		}
		f := filler{ctx: ctx, log: log, key: key, random: random, writer: s.Writer, progress: progress}
		if err := f.all(t, limitOf(local, log)); err != nil {
			return err
		}
		s.Position, s.Sum = f.at, f.prev[:]
		return keep(t, s, f.at, f.prev)
	})
	return s, err
}

// filler writes a whole contest into a log.
type filler struct {
	ctx      context.Context
	log      Log
	key      *seal.Key
	random   io.Reader
	writer   string
	progress Progress

	at      uint64 // of the last entry
	prev    sum    // of it
	waiting []put  // for the next
	size    int
	records int
}

func (f *filler) all(t store.Tx, limit store.Limit) error {
	if err := f.begin(); err != nil {
		return err
	}
	limit.Writes, limit.Bytes = min(limit.Writes, mostTakers), min(limit.Bytes, fillBytes)
	err := t.Scan(nil, func(key, value []byte) error {
		n := len(key) + len(value)
		if len(f.waiting) >= limit.Writes || len(f.waiting) > 0 && f.size+n > limit.Bytes {
			if err := f.write(fills); err != nil {
				return err
			}
		}
		f.waiting = append(f.waiting, put{key: bytes.Clone(key), value: bytes.Clone(value)})
		f.size += n
		return nil
	})
	if err == nil && len(f.waiting) > 0 {
		err = f.write(fills)
	}
	if err != nil {
		return err
	}
	return f.write(ready)
}

// begin probes the log and leaves the first entry in it.
func (f *filler) begin() error {
	entries := make([][]byte, 4)
	for i := range entries {
		e := entry{kind: begins, writer: f.writer}
		var err error
		if e.id, err = newID(f.random); err != nil {
			return err
		}
		entries[i] = e.pack(f.key, 1)
	}
	first, err := Probe(f.ctx, f.log, entries)
	if err != nil {
		return err
	}
	f.at, f.prev = 1, sumOf(first)
	return nil
}

// write appends what waits as one entry.
func (f *filler) write(k kind) error {
	e := entry{kind: k, prev: f.prev, writer: f.writer, puts: f.waiting}
	var err error
	if e.id, err = newID(f.random); err != nil {
		return err
	}
	sealed := e.pack(f.key, f.at+1)
	ctx, cancel := context.WithTimeout(f.ctx, 10*patience)
	defer cancel()
	if _, err := add(ctx, f.log, f.at+1, sealed, nil); err != nil {
		if errors.Is(err, ErrTaken) {
			return judging.Fail(judging.Clash, "share.taken", nil)
		}
		return err
	}
	f.at, f.prev, f.records = f.at+1, sumOf(sealed), f.records+len(f.waiting)
	f.waiting, f.size = nil, 0
	if f.progress != nil {
		f.progress(f.records)
	}
	return nil
}

// Join fills the empty store local with what the log under the key of s holds, and makes it a copy. Errors: NotFound,
// "share.no_contest", for an empty log; Corrupt, "share.foreign_entry", also for a wrong key; Unavailable,
// "share.not_ready", while the contest is still being shared; those of the log and of the copy. On any error local is
// to be thrown away.
func Join(ctx context.Context, local store.DB, log Log, s Share, progress Progress) error {
	key, err := seal.KeyFrom(s.Key)
	if err != nil {
		return err
	}
	j := joiner{local: local, key: key, share: s, progress: progress}
	for {
		wait := patience // for a log that nobody has seen to answer
		if j.share.Position > 0 {
			wait = 10 * patience
		}
		asking, cancel := context.WithTimeout(ctx, wait)
		sealed, err := read(asking, log, j.share.Position+1)
		cancel()
		switch {
		case isBehind(err):
			if err := j.bySnapshot(ctx, log); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		case len(sealed) == 0 && j.share.Position == 0:
			return judging.Fail(judging.NotFound, "share.no_contest", nil)
		case len(sealed) == 0 && !j.share.Whole:
			return judging.Fail(judging.Unavailable, "share.not_ready", nil)
		case len(sealed) == 0:
			return nil
		}
		if j.share.Position == 0 { // it is there; a snapshot is shorter than all that led to it
			if err := j.bySnapshot(ctx, log); err != nil {
				return err
			} else if j.share.Position > 0 {
				continue
			}
		}
		for len(sealed) > 0 {
			n, err := j.some(ctx, sealed)
			if err != nil {
				return err
			}
			sealed = sealed[n:]
		}
	}
}

// bySnapshot goes on behind the newest snapshot; without one, nothing happens. Errors: Corrupt, "share.cut", where
// there is none that is newer than what was read; those of fetch and of the copy.
func (j *joiner) bySnapshot(ctx context.Context, log Log) error {
	asking, cancel := context.WithTimeout(ctx, tendPatience)
	defer cancel()
	s, pieces, there, err := fetch(asking, log, j.key)
	switch {
	case err != nil:
		return err
	case there && s.Position > j.share.Position:
		j.share, err = replace(ctx, j.local, j.key, j.share, s, pieces, j.progress)
		j.records = s.Records
		return err
	case j.share.Position > 0:
		return judging.Fail(judging.Corrupt, "share.cut", nil)
	}
	return nil
}

type joiner struct {
	local    store.DB
	key      *seal.Key
	share    Share
	records  int
	progress Progress
}

// some applies as many entries as one transaction takes.
func (j *joiner) some(ctx context.Context, sealed [][]byte) (n int, err error) {
	var next Share
	records := 0
	err = j.local.Update(ctx, func(t store.Tx) error {
		next, records = j.share, 0
		n, err = applyRun(t, j.key, &next, sealed, j.local.Limit(), func(e entry) {
			records += len(e.puts)
			next.Whole = next.Whole || e.kind == ready
		})
		if err != nil {
			return err
		}
		var at sum
		copy(at[:], next.Sum)
		return keep(t, next, next.Position, at)
	})
	if err != nil {
		return 0, err
	}
	j.share, j.records = next, j.records+records
	if j.progress != nil {
		j.progress(j.records)
	}
	return n, nil
}

// Leave makes the copy a contest of its own, which no other program writes in any more.
func Leave(ctx context.Context, local store.DB) error {
	return local.Update(ctx, func(t store.Tx) error {
		if _, shared, err := load(t); err != nil || !shared {
			return errors.Join(err, NotShared())
		}
		return t.Delete(stateKey)
	})
}

var code = base32.StdEncoding.WithPadding(base32.NoPadding)

// sealedMark begins the key of an invitation to a contest whose copies are to be sealed, too.
const sealedMark = "s-"

// Invitation is what another program joins by: the address and, behind #, the key of the log. Who has it can read all.
func (s Share) Invitation() string {
	mark := ""
	if s.Sealed {
		mark = sealedMark
	}
	return s.Address + "#" + mark + strings.ToLower(code.EncodeToString(s.Key))
}

// Invited reads what Invitation returned. Errors: Invalid, "share.invitation".
func Invited(text, writer string) (Share, error) {
	address, typed, _ := strings.Cut(strings.TrimSpace(text), "#")
	typed, sealed := strings.CutPrefix(typed, sealedMark)
	key, err := code.DecodeString(strings.ToUpper(typed))
	if err != nil || len(key) != seal.KeySize || address == "" {
		return Share{}, judging.Fail(judging.Invalid, "share.invitation", nil)
	}
	return Share{Address: address, Key: key, Writer: writer, Sealed: sealed}, nil
}
