package packet

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"fayi/internal/atomicfile"
	"fayi/judging"
)

// fileName names the n-th file of the work-th work: no name in a packet ever becomes a path.
func fileName(work, n int) string { return fmt.Sprintf("%05d-%05d", work, n) }

// unpack writes the media into a folder that gets its name when all of them are there.
func (p *Packet) unpack(ctx context.Context, sealed io.Reader, progress func(done, total int)) error {
	id, err := age.ParseX25519Identity(p.list.Media)
	if err != nil {
		return damaged(err)
	}
	r, err := age.Decrypt(sealed, id)
	if err != nil {
		return damaged(err)
	}
	whole := filepath.Join(p.dir, filesName)
	if err := os.RemoveAll(whole); err != nil {
		return fault(whole, err)
	}
	// Only one program has the packet open, so the temporary name can be a fixed one: what a killed program left
	// goes.
	d, err := atomicfile.NewFolderAt(whole, whole+".part", 0o700)
	if err != nil {
		return fault(whole, err)
	}
	u := &unpacking{r: r, to: d, buf: make([]byte, 4+chunk), left: usual.total}
	if err := u.all(ctx, p.list.Duties.Works, progress); err != nil {
		return errors.Join(err, d.Discard())
	}
	if err := d.Commit(); err != nil {
		return errors.Join(fault(whole, err), d.Discard())
	}
	return nil
}

// unpacking is the way of media from the packet to a folder.
type unpacking struct {
	r    io.Reader
	to   *atomicfile.Folder
	buf  []byte
	left int64 // bytes that may still come
}

func (u *unpacking) all(ctx context.Context, works []judging.Duty, progress func(done, total int)) error {
	total, done := 0, 0
	for _, w := range works {
		total += len(w.Files)
	}
	for i, w := range works {
		for n := range w.Files {
			if err := u.one(ctx, fileName(i, n)); err != nil {
				return err
			}
			if done++; progress != nil {
				progress(done, total)
			}
		}
	}
	if n, err := io.ReadFull(u.r, u.buf[:1]); n != 0 || err != io.EOF { // also proves that the end was not cut off
		return damaged(errors.Join(err, errors.New("no end")))
	}
	return nil
}

func (u *unpacking) one(ctx context.Context, name string) error {
	return fault(name, u.to.WriteFile(name, 0o600, func(w io.Writer) error {
		for left := min(u.left, usual.file); ; {
			n, err := u.piece()
			if err != nil || n == 0 {
				return err
			}
			if left, u.left = left-int64(n), u.left-int64(n); left < 0 {
				return tooLarge(nil)
			}
			if _, err := w.Write(u.buf[:n]); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}))
}

// piece reads the next piece of a file into buf.
func (u *unpacking) piece() (int, error) {
	if _, err := io.ReadFull(u.r, u.buf[:4]); err != nil {
		return 0, damaged(err)
	}
	n := binary.BigEndian.Uint32(u.buf)
	if n > chunk {
		return 0, damaged(errors.New("piece"))
	}
	if _, err := io.ReadFull(u.r, u.buf[:n]); err != nil {
		return 0, damaged(err)
	}
	return int(n), nil
}

// findFiles lists the unpacked media and notes their true sizes.
func (p *Packet) findFiles() error {
	p.files = map[judging.WorkCode][]string{}
	for i, w := range p.list.Duties.Works {
		for n := range w.Files {
			path := filepath.Join(p.dir, filesName, fileName(i, n))
			info, err := os.Stat(path)
			if err != nil {
				return fault(path, err)
			}
			if info.Size() > 0 { // one that was not fit to be seen keeps the size that tells it from an empty one
				w.Files[n].Bytes = info.Size()
			}
			p.files[w.Code] = append(p.files[w.Code], path)
		}
	}
	return nil
}

// writeWhole writes a file whole or not at all.
func writeWhole(path string, data []byte) error {
	return fault(path, atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}))
}
