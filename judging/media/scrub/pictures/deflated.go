package pictures

import (
	"bufio"
	"compress/flate"
	"compress/zlib"
	"context"
	"errors"
	"io"
)

// mostUnpacked is how many bytes of pixels are unpacked of one file to see where they end, which takes some seconds.
const mostUnpacked = 2 << 30

// patient reads until the context of a copy ends.
type patient struct {
	ctx context.Context
	in  io.Reader
}

// Read implements io.Reader.
func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.in.Read(b)
}

// span is a run of bytes of a file.
type span struct{ at, n int64 }

// spans reads runs of bytes one behind the other, byte by byte, so that it is known how far a packer read.
type spans struct {
	src  io.ReaderAt
	list []span
	in   *bufio.Reader
	read int64
}

func (s *spans) fill() error {
	for s.in == nil {
		if len(s.list) == 0 {
			return io.EOF
		}
		s.in = bufio.NewReaderSize(io.NewSectionReader(s.src, s.list[0].at, s.list[0].n), 64<<10)
		s.list = s.list[1:]
	}
	return nil
}

// ReadByte implements io.ByteReader.
func (s *spans) ReadByte() (byte, error) {
	for {
		if err := s.fill(); err != nil {
			return 0, err
		}
		c, err := s.in.ReadByte()
		if err == nil {
			s.read++
			return c, nil
		}
		if err != io.EOF {
			return 0, err
		}
		s.in = nil
	}
}

// Read implements io.Reader.
func (s *spans) Read(p []byte) (int, error) {
	for {
		if err := s.fill(); err != nil {
			return 0, err
		}
		n, err := s.in.Read(p)
		s.read += int64(n)
		if n > 0 || err != io.EOF {
			return n, err
		}
		s.in = nil
	}
}

// packedLength returns how many of the bytes of runs belong to data packed by zlib that unpack to at most most bytes;
// all of them where the data are cut short, -1 where they are not packed so or unpack to more. unpacked is what it cost.
func packedLength(ctx context.Context, src io.ReaderAt, list []span, most int64) (n, unpacked int64, err error) {
	all := int64(0)
	for _, s := range list {
		all += s.n
	}
	in := &spans{src: src, list: list}
	z, err := zlib.NewReader(in)
	if err == nil {
		unpacked, err = io.Copy(io.Discard, io.LimitReader(patient{ctx, z}, most+1))
	}
	switch {
	case ctx.Err() != nil:
		return 0, unpacked, ctx.Err()
	case unpacked > most:
		return -1, unpacked, nil
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return all, unpacked, nil
	case errors.Is(err, zlib.ErrHeader), errors.Is(err, zlib.ErrChecksum), errors.As(err, new(flate.CorruptInputError)):
		return -1, unpacked, nil
	}
	return in.read, unpacked, err
}
