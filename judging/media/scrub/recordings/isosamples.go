package recordings

import (
	"cmp"
	"encoding/binary"
	"slices"

	"fayi/judging/media/trace"
)

// span is a run of bytes of the file.
type span struct{ from, to int64 }

// Bounds on the tables of a film: a day of sound in frames of 1 ms would need more.
const maxISOTable, maxISOSpans = 128 << 20, 8_000_000

// blankGaps blanks what lies among the samples of a film and belongs to no picture or sound: samples of subtitles,
// chapters and places, and whatever else was put there. A film in fragments keeps its samples as they are, and is
// reported when a track of it was taken out.
func (w *isoWalker) blankGaps() {
	if w.fragments || len(w.mdat) == 0 {
		w.gapsLeft()
		return
	}
	var kept []span
	for _, trak := range w.tracks {
		more, err := w.samples(trak)
		if err != nil || len(kept)+len(more) > maxISOSpans {
			w.gapsLeft()
			return
		}
		kept = append(kept, more...)
	}
	if len(kept) == 0 {
		w.gapsLeft()
		return
	}
	slices.SortFunc(kept, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for _, m := range w.mdat {
		at := m.body
		for _, s := range kept {
			if s.to <= at {
				continue
			}
			if s.from >= m.end {
				break
			}
			w.blankGap(at, min(s.from, m.end))
			at = max(at, s.to)
		}
		w.blankGap(at, m.end)
	}
}

// gapsLeft reports that samples of what was taken out may be there still.
func (w *isoWalker) gapsLeft() {
	if w.dropped {
		w.Left[trace.Place], w.Left[trace.Title] = true, true
	}
}

func (w *isoWalker) blankGap(from, to int64) {
	if to > from {
		w.Lost(trace.Unnamed)
		w.blankBytes(from, to)
	}
}

// table finds the body of the first box at the end of a path of boxes below b.
func (w *isoWalker) table(b box, path ...string) (box, bool) {
	for at := b.body; at+8 <= b.end && len(path) > 0; {
		next, err := w.next(at, b.end)
		if err != nil {
			return box{}, false
		}
		if next.kind == path[0] {
			if len(path) == 1 {
				return next, true
			}
			return w.table(next, path[1:]...)
		}
		at = next.end
	}
	return box{}, false
}

// entries reads a table of the sample tables whole, past version and flags.
func (w *isoWalker) entries(stbl box, kind string) ([]byte, error) {
	b, ok := w.table(stbl, kind)
	if !ok || b.end-b.body < 8 || b.end-b.body > maxISOTable {
		return nil, trace.ErrBroken
	}
	data, err := w.BytesAt(b.body, int(b.end-b.body))
	if err != nil {
		return nil, err
	}
	return data[4:], nil
}

// sampleSizes returns the size of each sample, or one size for all and how many there are.
func (w *isoWalker) sampleSizes(stbl box) (each []byte, all, n int64, err error) {
	b, err := w.entries(stbl, "stsz")
	if err != nil || len(b) < 8 {
		return nil, 0, 0, trace.ErrBroken
	}
	all, n = int64(binary.BigEndian.Uint32(b)), int64(binary.BigEndian.Uint32(b[4:]))
	if all == 0 && n*4 > int64(len(b)-8) {
		return nil, 0, 0, trace.ErrBroken
	}
	return b[8:], all, n, nil
}

// samples returns where the samples of a track lie, chunk by chunk.
func (w *isoWalker) samples(trak box) ([]span, error) {
	stbl, ok := w.table(trak, "mdia", "minf", "stbl")
	if !ok {
		return nil, trace.ErrBroken
	}
	each, all, left, err := w.sampleSizes(stbl)
	if err != nil {
		return nil, err
	}
	runs, err := w.entries(stbl, "stsc")
	if err != nil {
		return nil, err
	}
	places, wide, err := w.chunks(stbl)
	if err != nil {
		return nil, err
	}
	be := binary.BigEndian
	nRuns := min(int(be.Uint32(runs)), (len(runs)-4)/12)
	if nRuns == 0 && len(places) > 0 {
		return nil, trace.ErrBroken
	}
	var out []span
	run, sample := 0, int64(0)
	for i := 0; (i+1)*wide <= len(places) && left > 0 && len(out) < maxISOSpans; i++ {
		for run+1 < nRuns && int64(i)+1 >= int64(be.Uint32(runs[4+(run+1)*12:])) {
			run++
		}
		n := min(int64(be.Uint32(runs[8+run*12:])), left)
		left -= n
		size := n * all
		if all == 0 {
			for range n {
				size += int64(be.Uint32(each[sample*4:]))
				sample++
			}
		}
		at := int64(be.Uint32(places[i*wide:]))
		if wide == 8 {
			at = int64(be.Uint64(places[i*wide:]))
		}
		if at < 0 || size < 0 || at > w.Size {
			return nil, trace.ErrBroken
		}
		out = append(out, span{at, at + size})
	}
	return out, nil
}

// chunks returns the places of a track's chunks, and how many bytes each place has.
func (w *isoWalker) chunks(stbl box) (places []byte, wide int, err error) {
	wide = 4
	b, err := w.entries(stbl, "stco")
	if err != nil {
		wide = 8
		b, err = w.entries(stbl, "co64")
	}
	if err != nil {
		return nil, 0, err
	}
	n := int(binary.BigEndian.Uint32(b))
	if n > (len(b)-4)/wide {
		return nil, 0, trace.ErrBroken
	}
	return b[4 : 4+n*wide], wide, nil
}
