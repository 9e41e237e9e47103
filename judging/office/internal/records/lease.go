package records

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Lease says who alone does something in a contest, and until when. It stands in the store, so that it holds between
// all programs that share it, where a lock in memory holds in one. Each transaction of the work asks for it and renews
// it; who stops renewing, because the program died or the computer slept, loses it to the next who asks.
type Lease struct {
	Name  string    `json:"name"`  // what is done
	Owner string    `json:"owner"` // as in Config
	Life  int64     `json:"life"`  // which of that owner's open contests
	Until time.Time `json:"until"`
}

// Leases holds one record for each thing that is being done.
var Leases = store.NewTable("lease", 1, func(l *Lease) string { return l.Name })

// Numbers is the lease of whoever gives new works their numbers over more than one transaction: an import.
const Numbers = "numbers"

const (
	leaseTerm  = 5 * time.Minute
	leaseBytes = 256 // of a lease and its key, at most
)

// lives counts the contests opened by this program.
var lives atomic.Int64

// maxOwner keeps a lease within leaseBytes.
const maxOwner = 64

// mine reports whether this opening of the contest holds the lease.
func (o *Records) mine(l Lease) bool { return l.Owner == o.owner() && l.Life == o.Life }

// dead reports whether nobody holds the lease any more: it ran out, or it is of an earlier life of this owner. A
// program that opens a contest knows that its own former one is gone.
func (o *Records) dead(l Lease) bool {
	return l.Name == "" || !o.Now().Before(l.Until) || l.Owner == o.owner() && l.Life != o.Life
}

func (o *Records) owner() string { return o.Owner[:min(len(o.Owner), maxOwner)] }

// loadLease returns an empty lease where nobody has one.
func loadLease(tx store.Tx, name string) (Lease, error) {
	l, err := Leases.Get(tx, name)
	if errors.Is(err, judging.ErrNotFound) {
		return Lease{}, nil
	}
	return l, err
}

// Vacant reports whether no other program holds the lease.
func (o *Records) Vacant(tx store.Tx, name string) (bool, error) {
	l, err := loadLease(tx, name)
	return err == nil && (o.mine(l) || o.dead(l)), err
}

// Acquire takes the lease in a transaction. Errors: Busy while another program holds it.
func (o *Records) Acquire(tx store.Tx, name string) error {
	free, err := o.Vacant(tx, name)
	if err != nil {
		return err
	}
	if !free {
		return judging.Fail(judging.Busy, "import.busy", nil)
	}
	return o.putLease(tx, name)
}

func (o *Records) putLease(tx store.Tx, name string) error {
	return Leases.Put(tx, Lease{Name: name, Owner: o.owner(), Life: o.Life, Until: o.Now().UTC().Add(leaseTerm)})
}

// renew lengthens the lease in a transaction of the work that it is for. One that ran out is still held while nobody
// took it. Errors: Clash when another program did.
func (o *Records) renew(tx store.Tx, name string) error {
	l, err := loadLease(tx, name)
	if err != nil {
		return err
	}
	if !o.mine(l) {
		return judging.Fail(judging.Clash, "import.taken_over", nil)
	}
	return o.putLease(tx, name)
}

// Release gives the lease back in a transaction. One that another program took meanwhile stays with it.
func (o *Records) Release(tx store.Tx, name string) error {
	l, err := loadLease(tx, name)
	if err != nil || !o.mine(l) {
		return err
	}
	return Leases.Delete(tx, name)
}

// Holding is the store for the transactions of a work of one stage that the lease is for: each renews it, and writes
// nothing once it is lost. Errors of Update: also Clash.
func (o *Records) Holding(stage Stage, name string) store.DB { return holding{o.In(stage), o, name} }

type holding struct {
	store.DB
	rec  *Records
	name string
}

// Limit implements store.DB. It leaves room for the lease.
func (h holding) Limit() store.Limit {
	l := h.DB.Limit()
	return store.Limit{Writes: l.Writes - 1, Bytes: l.Bytes - leaseBytes}
}

// Update implements store.DB.
func (h holding) Update(ctx context.Context, fn func(store.Tx) error) error {
	return h.DB.Update(ctx, func(tx store.Tx) error {
		if err := h.rec.renew(tx, h.name); err != nil {
			return err
		}
		return fn(tx)
	})
}
