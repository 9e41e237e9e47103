package pictures

import (
	"encoding/binary"

	"fayi/judging/media/trace"
)

// pngRun is a run of chunks that hold the pixels of one picture, and how large it is.
type pngRun struct {
	*trace.Job

	kind   string // of its chunks, "" between runs
	list   []span // their bodies
	pixels int64  // bytes that they may unpack to
	bits   int64  // of a pixel

	unpacked int64 // bytes, of all runs
}

// begin reads how large the next picture is, and copies the chunk that says so.
func (r *pngRun) begin(at, n int64, kind string) error {
	const most = 1 << 31
	body, err := r.BytesAt(at+8, int(n))
	if err != nil {
		return err
	}
	be := binary.BigEndian
	size := body
	if kind == "IHDR" {
		channels := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[body[9]]
		r.bits = channels * int64(body[8])
	} else {
		size = body[4:]
	}
	w, h := int64(be.Uint32(size)), int64(be.Uint32(size[4:]))
	if w <= 0 || h <= 0 || w >= most || h >= most || r.bits == 0 || r.bits > 64 {
		return trace.ErrBroken
	}
	row := 1 + (w*r.bits+7)/8
	r.pixels = (row + 8) * (h + 8) * 2 // interlaced pictures have more rows, none has twice as much
	if r.pixels/2/(h+8) != row+8 {
		return trace.ErrBroken
	}
	return r.CopyRange(at, 12+n)
}

func (r *pngRun) add(at, n int64, kind string) error {
	const number = 4 // of an fdAT
	r.kind = kind
	if kind == "fdAT" {
		if n < number {
			return trace.ErrBroken
		}
		at, n = at+number, n-number
	}
	r.list = append(r.list, span{at + 8, n})
	return nil
}

// end copies the chunks of a run, up to where the packed pixels end.
func (r *pngRun) end() error {
	if r.kind == "" {
		return nil
	}
	kind, list := r.kind, r.list
	r.kind, r.list = "", nil
	left, unpacked, err := packedLength(r.Ctx, r.Src, list, min(r.pixels, mostUnpacked-r.unpacked))
	r.unpacked += unpacked
	switch {
	case err != nil:
		return err
	case left < 0 && r.unpacked >= mostUnpacked: // too much to look at
		r.Left[trace.Unnamed] = true
		left = r.Size
	case left < 0:
		return trace.ErrBroken
	}
	for _, s := range list {
		n := min(left, s.n)
		if left -= n; n < s.n {
			r.Lost(trace.Unnamed)
		}
		if n == s.n { // as it was, with its sum
			head, whole := int64(8), 12+n
			if kind == "fdAT" {
				head, whole = 12, 16+n
			}
			if err := r.CopyRange(s.at-head, whole); err != nil {
				return err
			}
			continue
		}
		from, whole := s.at, n
		if kind == "fdAT" {
			from, whole = s.at-4, n+4
		}
		body, err := r.BytesAt(from, int(whole))
		if err != nil {
			return err
		}
		if err := pngChunk(r.Job, append([]byte(kind), body...)); err != nil {
			return err
		}
	}
	return nil
}
