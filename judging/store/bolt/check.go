package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"go.etcd.io/bbolt"

	"fayi/judging/store"
)

// Snapshot implements store.Snapshotter. An error of w comes back as it is. Updates that make the file grow wait for it.
func (db *DB) Snapshot(ctx context.Context, w io.Writer) error {
	out := &writer{ctx: ctx, w: w}
	err := db.view(ctx, func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(out)
		return err
	})
	if out.err != nil {
		return out.err
	}
	return err
}

// Check implements store.Checker. Updates wait for it.
func (db *DB) Check(ctx context.Context) error {
	if err := db.lock(ctx); err != nil {
		return err
	}
	defer db.unlock()
	if err := db.checkShape(); err != nil {
		return err
	}
	return db.view(ctx, func(tx *bbolt.Tx) error {
		var first error
		for err := range tx.Check() {
			if first == nil {
				first = corrupt(db.path, err)
			}
		}
		return first
	})
}

// view runs fn in a transaction of bbolt's own.
func (db *DB) view(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.guard(func() error { return db.bolt.View(fn) })
}

// writer stops a copy when ctx ends, and keeps the error that bbolt would hide.
type writer struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (w *writer) Write(p []byte) (n int, err error) {
	if w.err = w.ctx.Err(); w.err == nil {
		n, w.err = w.w.Write(p)
	}
	return n, w.err
}

// The layout of bbolt's pages, of its internal/common: a header of id 8, flags 2, count 2, overflow 4 bytes; then count elements of 16 bytes, a branch's
// pos 4, ksize 4, child 8, a leaf's flags 4, pos 4, ksize 4, vsize 4, with pos counted from the element. Numbers are in the machine's order.
const (
	headerSize    = 16
	elementSize   = 16
	branchPage    = 1
	leafPage      = 2
	bucketElement = 1
	bucketHeader  = 16 // root page 8, sequence 8; root 0 means the page follows inline
	maxOverflow   = 1 << 20
)

// shape walks the tree of a file, whose pages nobody vouches for.
type shape struct {
	file     io.ReaderAt
	pageSize int64
	pages    int64 // below the high-water mark
	seen     []bool
}

// checkShape proves that bbolt can walk the file without leaving it or walking for ever: every page it points to is inside the file, of the right kind, used
// once, and its elements are inside the page. It costs one reading of the file.
func (db *DB) checkShape() error {
	return db.view(context.Background(), func(tx *bbolt.Tx) error {
		size := int64(db.bolt.Info().PageSize)
		info, err := db.file.Stat()
		if err != nil {
			return store.Translate(db.path, err)
		}
		if tx.Size() > info.Size() || tx.Size() < 2*size {
			return corrupt(db.path, errors.New("file cut short"))
		}
		s := &shape{file: db.file, pageSize: size, pages: tx.Size() / size}
		s.seen = make([]bool, s.pages)
		if err := s.page(uint64(tx.Cursor().Bucket().Root())); err != nil {
			return corrupt(db.path, err)
		}
		return nil
	})
}

// page checks page id and all below it.
func (s *shape) page(id uint64) error {
	if id < 2 || id >= uint64(s.pages) {
		return fmt.Errorf("page %d of %d", id, s.pages)
	}
	buf := make([]byte, s.pageSize)
	if _, err := s.file.ReadAt(buf, int64(id)*s.pageSize); err != nil {
		return err
	}
	more := int64(binary.NativeEndian.Uint32(buf[12:]))
	if more > maxOverflow || int64(id)+more >= s.pages || binary.NativeEndian.Uint64(buf) != id {
		return fmt.Errorf("page %d misplaced", id)
	}
	for i := int64(id); i <= int64(id)+more; i++ {
		if s.seen[i] {
			return fmt.Errorf("page %d used twice", i)
		}
		s.seen[i] = true
	}
	if more > 0 {
		buf = make([]byte, s.pageSize*(more+1))
		if _, err := s.file.ReadAt(buf, int64(id)*s.pageSize); err != nil {
			return err
		}
	}
	return s.elements(buf, id)
}

// elements checks the elements of a page and the pages they point to.
func (s *shape) elements(buf []byte, id uint64) error {
	flags, count := binary.NativeEndian.Uint16(buf[8:]), int(binary.NativeEndian.Uint16(buf[10:]))
	if (flags != branchPage && flags != leafPage) || headerSize+count*elementSize > len(buf) || (flags == branchPage && count == 0) {
		return fmt.Errorf("page %d has flags %d and %d elements", id, flags, count)
	}
	for i := range count {
		at := headerSize + i*elementSize
		e := buf[at : at+elementSize]
		var err error
		if flags == branchPage {
			err = s.branch(e, int64(len(buf)-at))
		} else {
			err = s.leaf(buf[at:])
		}
		if err != nil {
			return fmt.Errorf("page %d element %d: %w", id, i, err)
		}
	}
	return nil
}

var errOutside = errors.New("outside its page")

func (s *shape) branch(e []byte, room int64) error {
	if int64(binary.NativeEndian.Uint32(e))+int64(binary.NativeEndian.Uint32(e[4:])) > room {
		return errOutside
	}
	return s.page(binary.NativeEndian.Uint64(e[8:]))
}

// leaf checks one element, given the page from it to its end.
func (s *shape) leaf(rest []byte) error {
	pos, key, size := int64(binary.NativeEndian.Uint32(rest[4:])), int64(binary.NativeEndian.Uint32(rest[8:])), int64(binary.NativeEndian.Uint32(rest[12:]))
	if pos+key+size > int64(len(rest)) {
		return errOutside
	}
	if binary.NativeEndian.Uint32(rest)&bucketElement == 0 {
		return nil
	}
	value := rest[pos+key : pos+key+size]
	if len(value) < bucketHeader {
		return errOutside
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return s.page(root)
	}
	if value = value[bucketHeader:]; len(value) < headerSize {
		return errOutside
	}
	return s.elements(value, 0)
}
