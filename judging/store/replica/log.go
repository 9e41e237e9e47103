package replica

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"net"
	"sync"

	"fayi/judging"
	"fayi/judging/store"
)

// Log is a sequence of entries, numbered from 1, which programs agree on. It serves many goroutines.
//
// Everything rests on one promise: of all Appends at a position at most one ever succeeds, and once it did, every Read
// anywhere returns its entry. Probe puts it to the test.
type Log interface {
	// Append makes entry the one at the position at, and keeps it where it survives the death of the log's keeper.
	// Errors: ErrTaken where an entry stands there; ErrGap where none stands before it; any other error leaves open
	// whether the entry stands there, or will.
	Append(ctx context.Context, at uint64, entry []byte) error

	// Read returns the entries from the position from on, as many as fit into some megabytes, at least one if there is
	// one. It sees all whose Append had returned. Errors: ErrCut where the entry at from was cut off.
	Read(ctx context.Context, from uint64) ([][]byte, error)

	// Wait returns when an entry may stand at the position at, at the latest when ctx ends, with its error.
	Wait(ctx context.Context, at uint64) error

	// Cut removes the entries before a position at which one stands. None of the positions is ever free again: an
	// Append there is ErrTaken, a Read ErrCut. Errors: ErrGap where no entry stands at before.
	Cut(ctx context.Context, before uint64) error

	Shelf
	Turns

	// Most is the longest entry and the longest note, in bytes. It never changes.
	Most() int

	// Close gives back what the log holds; another call after it is Unavailable.
	Close() error
}

// Shelf keeps notes next to the entries of a log: the pieces of snapshots, and which of them count. A name is of small
// letters, digits, "/" and "-".
type Shelf interface {
	// Note puts value, which is not empty, under name, in the place of old; old is empty where none stands there yet.
	// Of all Notes that find the same old at most one succeeds. Errors: ErrTaken where another than old stands there;
	// any other leaves open whether value stands there.
	Note(ctx context.Context, name string, old, value []byte) error

	// Noted returns what stands under name; nothing where there is no such note.
	Noted(ctx context.Context, name string) ([]byte, error)

	// Names lists the notes that there are.
	Names(ctx context.Context) ([]string, error)

	// Drop removes a note; one that is not there is no error.
	Drop(ctx context.Context, name string) error
}

// Turns keep a program from losing one race after the other: who is farther from the log, or slower, than others that
// write all the time would always find its position taken. Who lost lays a wish; while wishes stand, only the program
// with the oldest of them comes in. They decide who is next, never what stands in the log.
type Turns interface {
	// Try is Append by a program that lets those go first whose wish is older than its own: ErrTurn. A wish is of small
	// letters and digits, and no other program ever uses it. It is laid in the same step where the Try does not
	// succeed, behind those that stand, and goes where it does; "" lays nothing. The answer belongs to ErrTaken and
	// ErrTurn.
	Try(ctx context.Context, at uint64, entry []byte, wish string) (Answer, error)

	// Withdraw takes a wish back: one's own, or that of a program which does not come. It may be laid again.
	Withdraw(ctx context.Context, wish string) error
}

// Answer is what a Try learns that does not succeed.
type Answer struct {
	Next    [][]byte // behind ErrTaken: what Read returns for its position, or nothing
	Waiting []Wish   // that stand, the oldest first, as many as MostWishes
}

// MostWishes is how many wishes an Answer lists.
const MostWishes = 200

// Wish is one that stands.
type Wish struct {
	Name string
	Mark string // another whenever its program tries again: one that stays as it is comes of a program that died
}

var (
	// ErrTurn is the answer to a Try while the wish of another is older.
	ErrTurn = errors.New("replica: another program's turn")
	// ErrTaken is the answer to an Append at a position that another entry has.
	ErrTaken = errors.New("replica: position taken")
	// ErrGap is the answer to an Append at a position before which none stands.
	ErrGap = errors.New("replica: nothing stands before this position")
	// ErrCut is the answer to a Read of an entry that a snapshot replaced.
	ErrCut = errors.New("replica: entry cut off")
)

// Probe puts the promise of an empty log to the test: of several that append at once at position 1, one may succeed,
// and its entry must be what is read then, also after one more try; and no entry may stand behind a gap. entries are
// two or more that differ. It returns the one that stands. Errors: Unavailable, "share.engine_unfit", for a log that
// breaks the promise; Clash, "share.taken", for one that is not empty; those of the log.
func Probe(ctx context.Context, log Log, entries [][]byte) ([]byte, error) {
	switch there, err := log.Read(ctx, 1); {
	case err != nil:
		return nil, away(err)
	case len(there) > 0:
		return nil, judging.Fail(judging.Clash, "share.taken", nil)
	}
	if err := log.Append(ctx, 3, entries[0]); !errors.Is(err, ErrGap) {
		return nil, unfit(err, ErrGap)
	}
	answers := make([]error, len(entries))
	var racing sync.WaitGroup
	for i, entry := range entries {
		racing.Go(func() { answers[i] = log.Append(ctx, 1, entry) })
	}
	racing.Wait()
	winner := -1
	for i, err := range answers {
		switch {
		case err == nil && winner < 0:
			winner = i
		case !errors.Is(err, ErrTaken):
			return nil, unfit(err, ErrTaken)
		}
	}
	if winner < 0 { // another program was first
		return nil, judging.Fail(judging.Clash, "share.taken", nil)
	}
	late := entries[(winner+1)%len(entries)]
	if err := log.Append(ctx, 1, late); !errors.Is(err, ErrTaken) {
		return nil, unfit(err, ErrTaken)
	}
	there, err := log.Read(ctx, 1)
	if err != nil {
		return nil, away(err)
	}
	if len(there) != 1 || !bytes.Equal(there[0], entries[winner]) {
		return nil, unfit(nil, ErrTaken)
	}
	return there[0], nil
}

// unfit is the answer to a log that answered got where its promise asks for want: an engine that can't be trusted, or
// one that is away.
func unfit(got, want error) error {
	if got != nil && !errors.Is(got, ErrTaken) && !errors.Is(got, ErrGap) {
		return away(got)
	}
	return judging.Fail(judging.Unavailable, "share.engine_unfit", nil).Because(want)
}

// away is the answer where the log can't be asked. Errors of the project and of contexts come back as they are.
func away(err error) error {
	var known *judging.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
}

// Refused says why a log can't be asked though it is there, by a text of its own: to who looks for ErrAway it is away.
func Refused(code judging.Code, text string, err error) error {
	return judging.Fail(code, text, nil).Because(errors.Join(err, store.ErrAway))
}

// Untrusted is Refused where err says that one side does not take the other's certificate, else nil.
func Untrusted(err error) error {
	var invalid x509.CertificateInvalidError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var op *net.OpError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return Refused(judging.Unavailable, "share.certificate_old", err)
	case errors.As(err, &invalid), errors.As(err, &authority), errors.As(err, &host):
		return Refused(judging.Unavailable, "share.certificate", err)
	case errors.As(err, &op) && op.Op == "remote error": // as crypto/tls names what the other side says
		return Refused(judging.Unavailable, "share.certificate_own", err)
	}
	return nil
}
