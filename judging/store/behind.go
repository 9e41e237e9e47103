package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"sync"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
)

// Depot keeps the files of Blobs where other programs reach them, too.
type Depot interface {
	// Kept hears of each file that was put, when it is on this computer's disk and before Put returns. Its error is
	// the Put's.
	Kept(ctx context.Context, b Blob) error

	// Fetch writes the file of sum to w. What it wrote is checked by whoever asked.
	Fetch(ctx context.Context, sum string, w io.Writer) error
}

// behind is what lies behind the folder.
type behind struct {
	mu       sync.Mutex
	depot    Depot
	fetching map[string]chan struct{} // closed when the fetch of a sum ended
}

// Behind has d keep what is put from now on, and bring what is asked for and is not there; nil ends that.
func (b *Blobs) Behind(d Depot) {
	b.behind.mu.Lock()
	defer b.behind.mu.Unlock()
	b.behind.depot = d
}

func (b *Blobs) depot() Depot {
	b.behind.mu.Lock()
	defer b.behind.mu.Unlock()
	return b.behind.depot
}

// OpenHere is Open of what is in the folder already.
func (b *Blobs) OpenHere(sum string) (*os.File, error) {
	if err := checkSum(sum); err != nil {
		return nil, err
	}
	f, err := regular.OpenIn(b.root, place(sum))
	if err != nil {
		return nil, b.translate(sum, err)
	}
	return f, nil
}

// Bring has the file of sum in the folder, fetched from the depot where it was not. Of several that want one file at
// once, one fetches it. Errors: NotFound where nobody has it, Corrupt for what is not what the sum names, those of the
// depot.
func (b *Blobs) Bring(ctx context.Context, sum string) error {
	if err := checkSum(sum); err != nil {
		return err
	}
	for !b.Has(sum) {
		d := b.depot()
		if d == nil {
			return judging.Fail(judging.NotFound, "store.no_blob", judging.Args{"Sum": sum})
		}
		mine, done := b.claim(sum)
		if mine {
			err := b.fetch(ctx, d, sum)
			b.release(sum, done)
			return err
		}
		select {
		case <-done: // by somebody whose wish may have ended: looked at again
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// claim reports whether the caller is who fetches sum; if not, done is closed when the fetch ended.
func (b *Blobs) claim(sum string) (mine bool, done chan struct{}) {
	b.behind.mu.Lock()
	defer b.behind.mu.Unlock()
	if done, there := b.behind.fetching[sum]; there {
		return false, done
	}
	if b.behind.fetching == nil {
		b.behind.fetching = map[string]chan struct{}{}
	}
	done = make(chan struct{})
	b.behind.fetching[sum] = done
	return true, done
}

func (b *Blobs) release(sum string, done chan struct{}) {
	b.behind.mu.Lock()
	defer b.behind.mu.Unlock()
	delete(b.behind.fetching, sum)
	close(done)
}

// fetch writes what d has under a temporary name, and gives it its own when it is what the sum names.
func (b *Blobs) fetch(ctx context.Context, d Depot, sum string) error {
	f, err := atomicfile.CreateIn(b.root, tempPrefix)
	if err != nil {
		return b.translate("", err)
	}
	defer f.Discard()
	if err := f.Claim(); err != nil {
		return b.translate("", err)
	}
	hash := sha256.New()
	w := &sink{w: f}
	if err := d.Fetch(ctx, sum, io.MultiWriter(w, hash)); err != nil {
		if w.err != nil {
			return b.translate("", w.err) // this computer's disk, not the depot
		}
		return err
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return judging.Fail(judging.Corrupt, "store.blob_corrupt", judging.Args{"Sum": sum})
	}
	if err := f.Close(); err != nil {
		return b.translate("", err)
	}
	return b.translate("", b.name(f, sum))
}

// name gives a whole file its name in the folder.
func (b *Blobs) name(f *atomicfile.File, sum string) error {
	at := place(sum)
	if err := b.root.Mkdir(path.Dir(at), 0o700); err == nil {
		atomicfile.SyncDirIn(b.root, ".")
	} else if !errors.Is(err, os.ErrExist) {
		return err
	}
	return f.CommitAs(at)
}

// sink keeps the error of a writer apart.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(p []byte) (n int, err error) {
	n, s.err = s.w.Write(p)
	return n, s.err
}
