package recordings

import (
	"math/bits"

	"fayi/judging/media/trace"
)

// Elements of Matroska (RFC 9559) that are looked into, and those that tell of a maker.
const (
	mkEBML, mkSegment, mkInfo = 0x1A45DFA3, 0x18538067, 0x1549A966
	mkTracks, mkTrack         = 0x1654AE6B, 0xAE
	mkCluster                 = 0x1F43B675
)

var (
	mkVoid = map[uint32]trace.Trace{
		0x1254C367: trace.Author,
		0x1941A469: trace.Attached,
		0x7BA9:     trace.Title,
		0x4461:     trace.Date,
		0x7384:     trace.Title,
		0x536E:     trace.Title,
		0xBF:       "",
		0xEC:       "",
		0x1043A770: trace.Title,
	}
	mkText = map[uint32]trace.Trace{0x4D80: trace.Software, 0x5741: trace.Software} // must be there: blanked
)

// Matroska blanks in place the elements of Matroska and WebM that tell of a maker.
func Matroska(j *trace.Job) error {
	w := &mkWalker{Job: j}
	if err := w.elements(0, j.Size, 0); err != nil {
		return err
	}
	return j.CopyPatched(w.patches)
}

type mkWalker struct {
	*trace.Job
	patches []trace.Patch
	count   int
}

func (w *mkWalker) elements(at, end int64, depth int) error {
	for at < end {
		if w.count++; w.count > 1_000_000 {
			return trace.ErrBroken
		}
		if err := w.Ctx.Err(); err != nil {
			return err
		}
		h, err := w.BytesAt(at, int(min(12, end-at)))
		if err != nil {
			return err
		}
		id, n1 := vint(h, 4, false)
		size, n2 := vint(h[n1:], 8, true)
		if n1 == 0 || n2 == 0 {
			return trace.ErrBroken
		}
		body := at + int64(n1+n2)
		stop := body + int64(size)
		if unknown := size == 1<<(7*n2)-1; unknown || stop > end || stop < body {
			stop = end
			if unknown && id != mkSegment {
				w.Left[trace.Unnamed] = true // a film that was sent live: what follows can't be found
				return nil
			}
		}
		if err := w.element(uint32(id), [3]int64{at, body, stop}, depth); err != nil {
			return err
		}
		at = stop
	}
	return nil
}

func (w *mkWalker) element(id uint32, r [3]int64, depth int) error {
	at, body, stop := r[0], r[1], r[2]
	switch id {
	case mkSegment, mkInfo, mkTracks, mkTrack:
		if depth > 4 {
			return trace.ErrBroken
		}
		return w.elements(body, stop, depth+1)
	}
	if t, ok := mkText[id]; ok {
		w.Lost(t)
		w.patches = append(w.patches, trace.Patch{At: body, Size: stop - body})
	}
	if t, ok := mkVoid[id]; ok {
		if t != "" {
			w.Lost(t)
		}
		w.patches = append(w.patches, trace.Patch{At: at, Size: stop - at, With: void(stop - at)})
	}
	return nil
}

// void returns the head of an element that means nothing and is n bytes long, at least 2.
func void(n int64) []byte {
	if n < 2 {
		return nil
	}
	if n-2 < 127 {
		return []byte{0xEC, 0x80 | byte(n-2)}
	}
	if n < 9 {
		return nil
	}
	b := []byte{0xEC, 1, 0, 0, 0, 0, 0, 0, 0}
	for i, v := 8, n-9; i > 1; i-- {
		b[i] = byte(v)
		v >>= 8
	}
	return b
}

// vint reads a number of variable length, at most most bytes; drop takes its mark off. n is 0 for none.
func vint(b []byte, most int, drop bool) (v uint64, n int) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if n > most || n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if drop {
		v &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}
