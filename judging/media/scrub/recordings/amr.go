package recordings

import (
	"bufio"
	"bytes"

	"fayi/judging/media/trace"
)

// Bytes of a frame of AMR by its type, its head included (RFC 4867, 5.3): narrow and wide band.
var (
	amrNarrow = [16]int{13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1}
	amrWide   = [16]int{18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1}
)

// AMR copies the frames up to the first thing that is not one.
func AMR(j *trace.Job) error {
	in := &window{Job: j}
	head, err := in.bytes(0, 9)
	if err != nil {
		return err
	}
	sizes, at := &amrNarrow, int64(6)
	switch {
	case bytes.HasPrefix(head, []byte("#!AMR-WB\n")):
		sizes, at = &amrWide, 9
	case !bytes.HasPrefix(head, []byte("#!AMR\n")):
		return trace.ErrBroken
	}
	out := bufio.NewWriter(j.Out)
	out.Write(head[:at])
	for n := 0; at < j.Size; n++ {
		if n%1024 == 0 && j.Ctx.Err() != nil {
			return j.Ctx.Err()
		}
		h, err := in.bytes(at, 1)
		if err != nil {
			return err
		}
		size := sizes[h[0]>>3&15]
		if size == 0 || h[0]&0x83 != 0 || at+int64(size) > j.Size {
			j.Lost(trace.Unnamed)
			break
		}
		b, err := in.bytes(at, size)
		if err != nil {
			return err
		}
		out.Write(b)
		at += int64(size)
	}
	return out.Flush()
}
