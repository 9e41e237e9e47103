package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"

	"go.etcd.io/bbolt"

	"fayi/judging/store"
)

// The layout of bbolt's pages, of its internal/common: a header of id 8, flags 2, count 2, overflow 4 bytes; then
// count elements of 16 bytes, a branch's pos 4, ksize 4, child 8, a leaf's flags 4, pos 4, ksize 4, vsize 4, with
// pos counted from the element. A free list's page holds count ids of 8 bytes. A meta page's content is magic 4,
// version 4, page size 4, flags 4, root page 8, sequence 8, free list's page 8, page count 8, transaction 8,
// checksum 8. Numbers are in the machine's order.
const (
	headerSize    = 16
	elementSize   = 16
	branchPage    = 1
	leafPage      = 2
	bucketElement = 1
	bucketHeader  = 16 // root page 8, sequence 8; root 0 means the page follows inline
	freelistPage  = 16
	manyFree      = 0xffff // as count: the first id is the count
	metaPages     = 2
	metaSize      = 64
)

// shape walks the pages of a file, which may be damaged.
type shape struct {
	file     io.ReaderAt
	pageSize int64
	pages    int64 // below the high-water mark
	seen     []bool
	deep     int      // how far down the page is that is looked at
	bufs     [][]byte // for each depth: a page is done with when the one next to it is read
}

// checkShape proves that bbolt can walk the file without leaving it, walking for ever, or writing over pages in
// use: every page it points to is inside the file, of the right kind, used once, its elements are inside the page,
// and no page listed as free is used. It costs one reading of the file.
func (db *DB) checkShape() error {
	return db.view(context.Background(), func(tx *bbolt.Tx) error {
		size := int64(db.bolt.Info().PageSize)
		info, err := db.file.Stat()
		if err != nil {
			return err
		}
		if tx.Size() > info.Size() || tx.Size() < 2*metaPages*size {
			return corrupt(db.path, errors.New("file cut short"))
		}
		s := &shape{file: db.file, pageSize: size, pages: tx.Size() / size}
		s.seen = make([]bool, s.pages)
		if err = s.page(uint64(tx.Cursor().Bucket().Root())); err == nil {
			err = s.freelist(uint64(tx.ID()))
		}
		if err != nil {
			return corrupt(db.path, err)
		}
		return nil
	})
}

// buffer returns size bytes, valid until the next page of the same depth is read.
func (s *shape) buffer(size int64) []byte {
	for len(s.bufs) <= s.deep {
		s.bufs = append(s.bufs, nil)
	}
	if int64(cap(s.bufs[s.deep])) < size {
		s.bufs[s.deep] = make([]byte, size)
	}
	return s.bufs[s.deep][:size]
}

// read returns page id with its overflow pages, and marks them used.
func (s *shape) read(id uint64) ([]byte, error) {
	if id < metaPages || id >= uint64(s.pages) {
		return nil, fmt.Errorf("page %d of %d", id, s.pages)
	}
	buf := s.buffer(s.pageSize)
	if _, err := s.file.ReadAt(buf, int64(id)*s.pageSize); err != nil {
		return nil, err
	}
	more := int64(binary.NativeEndian.Uint32(buf[12:]))
	if int64(id)+more >= s.pages || binary.NativeEndian.Uint64(buf) != id {
		return nil, fmt.Errorf("page %d misplaced", id)
	}
	for i := int64(id); i <= int64(id)+more; i++ {
		if s.seen[i] {
			return nil, fmt.Errorf("page %d used twice", i)
		}
		s.seen[i] = true
	}
	if more == 0 {
		return buf, nil
	}
	buf = s.buffer(s.pageSize * (more + 1))
	_, err := s.file.ReadAt(buf, int64(id)*s.pageSize)
	return buf, err
}

// freelist checks the free list that transaction txid left.
func (s *shape) freelist(txid uint64) error {
	meta := make([]byte, headerSize+metaSize)
	for i := range int64(metaPages) {
		if _, err := s.file.ReadAt(meta, i*s.pageSize); err != nil {
			return err
		}
		if binary.NativeEndian.Uint64(meta[headerSize+48:]) == txid {
			break
		}
	}
	id := binary.NativeEndian.Uint64(meta[headerSize+32:])
	if id == math.MaxUint64 {
		return nil // none kept: bbolt takes it from the tree
	}
	buf, err := s.read(id)
	if err != nil {
		return err
	}
	count, list := uint64(binary.NativeEndian.Uint16(buf[10:])), buf[headerSize:]
	if count == manyFree {
		count, list = binary.NativeEndian.Uint64(list), list[8:]
	}
	if binary.NativeEndian.Uint16(buf[8:]) != freelistPage || count > uint64(len(list)/8) {
		return errors.New("broken free list")
	}
	for i := range count {
		free := binary.NativeEndian.Uint64(list[8*i:])
		if free < metaPages || free >= uint64(s.pages) || s.seen[free] {
			return fmt.Errorf("page %d both free and used", free)
		}
		s.seen[free] = true
	}
	return nil
}

// checkHeads proves that both meta pages are whole. With one of them damaged bbolt takes the other, and shows the file
// as it was before the last commit.
func (db *DB) checkHeads() error {
	size := int64(db.bolt.Info().PageSize)
	meta := make([]byte, headerSize+metaSize)
	for i := range int64(metaPages) {
		if _, err := db.file.ReadAt(meta, i*size); err != nil {
			return store.Translate(db.path, err)
		}
		sum := fnv.New64a()
		sum.Write(meta[headerSize : headerSize+metaSize-8])
		if binary.NativeEndian.Uint64(meta[headerSize+metaSize-8:]) != sum.Sum64() ||
			binary.NativeEndian.Uint64(meta) != uint64(i) {
			return corrupt(db.path, fmt.Errorf("meta page %d", i))
		}
	}
	return nil
}

// page checks page id and all below it.
func (s *shape) page(id uint64) error {
	s.deep++
	defer func() { s.deep-- }()
	buf, err := s.read(id)
	if err != nil {
		return err
	}
	return s.elements(buf, id)
}

// elements checks the elements of a page and the pages they point to.
func (s *shape) elements(buf []byte, id uint64) error {
	flags, count := binary.NativeEndian.Uint16(buf[8:]), int(binary.NativeEndian.Uint16(buf[10:]))
	if (flags != branchPage && flags != leafPage) || headerSize+count*elementSize > len(buf) ||
		(flags == branchPage && count == 0) {
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
	pos := int64(binary.NativeEndian.Uint32(rest[4:]))
	key := int64(binary.NativeEndian.Uint32(rest[8:]))
	size := int64(binary.NativeEndian.Uint32(rest[12:]))
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
