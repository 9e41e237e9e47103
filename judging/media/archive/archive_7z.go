package archive

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"

	"github.com/bodgit/sevenzip"
)

// sevenZip reads a 7z archive. Its files lie in streams of several; read in order, each stream is unpacked once.
type sevenZip struct {
	*packed

	files []*sevenzip.File
}

func (z *sevenZip) list() ([]member, error) {
	if err := z.checkHeader(); err != nil {
		return nil, err
	}
	boundWindows()
	r, err := sevenzip.NewReader(z.packed, z.size)
	if err != nil {
		return nil, err
	}
	z.files = r.File
	out := make([]member, len(r.File))
	for i, f := range r.File {
		out[i] = member{
			name: plainName(f.Name),
			size: int64(min(f.UncompressedSize, 1<<62)),
			dir:  f.FileInfo().IsDir(),
			link: f.Mode()&fs.ModeSymlink != 0,
		}
	}
	return out, nil
}

// checkHeader refuses a directory that is longer than any honest one, or lies outside the file, before it is read
// into memory.
func (z *sevenZip) checkHeader() error {
	var head [32]byte
	if _, err := z.ReadAt(head[:], 0); err != nil {
		return err
	}
	at, size := binary.LittleEndian.Uint64(head[12:]), binary.LittleEndian.Uint64(head[20:])
	if size > maxSevenHeader || at > uint64(z.size) || at+size > uint64(z.size) {
		return errors.New("directory outside the file")
	}
	return nil
}

func (z *sevenZip) each(fn func(i int, open func() (io.ReadCloser, error)) error) error {
	for i, f := range z.files {
		if err := fn(i, f.Open); err != nil {
			return err
		}
	}
	return nil
}
