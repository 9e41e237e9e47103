package scrub

import (
	"cmp"
	"slices"
)

// patch is a run of bytes that gets other content in the copy: with first, then zeros up to size bytes. Files that
// point into themselves keep their pointers, since nothing moves.
type patch struct {
	at, size int64
	with     []byte
}

// zeros is what patches are filled with.
var zeros [64 << 10]byte

// copyPatched copies the file with patches laid over it; where two overlap, the earlier and longer one holds.
func (j *job) copyPatched(patches []patch) error {
	slices.SortStableFunc(patches, func(a, b patch) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.size, a.size))
	})
	at := int64(0)
	for _, p := range patches {
		if p.at < at {
			continue
		}
		if p.at+p.size > j.size || int64(len(p.with)) > p.size {
			return errBroken
		}
		if err := j.copyRange(at, p.at-at); err != nil {
			return err
		}
		if err := j.fill(p); err != nil {
			return err
		}
		at = p.at + p.size
	}
	return j.copyRange(at, j.size-at)
}

func (j *job) fill(p patch) error {
	if err := j.write(p.with); err != nil {
		return err
	}
	for left := p.size - int64(len(p.with)); left > 0; {
		n := min(left, int64(len(zeros)))
		if err := j.write(zeros[:n]); err != nil {
			return err
		}
		left -= n
		if err := j.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
