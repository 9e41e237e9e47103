package trace

import (
	"cmp"
	"slices"
)

// Patch is a run of bytes that gets other content in the copy: With first, then zeros up to Size bytes. Files that
// point into themselves keep their pointers, since nothing moves.
type Patch struct {
	At, Size int64
	With     []byte
}

// zeros is what patches are filled with.
var zeros [64 << 10]byte

// CopyPatched copies the file with patches laid over it; where two overlap, the earlier and longer one holds.
func (j *Job) CopyPatched(patches []Patch) error {
	slices.SortStableFunc(patches, func(a, b Patch) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(b.Size, a.Size))
	})
	at := int64(0)
	for _, p := range patches {
		if p.At < at {
			continue
		}
		if p.At+p.Size > j.Size || int64(len(p.With)) > p.Size {
			return ErrBroken
		}
		if err := j.CopyRange(at, p.At-at); err != nil {
			return err
		}
		if err := j.fill(p); err != nil {
			return err
		}
		at = p.At + p.Size
	}
	return j.CopyRange(at, j.Size-at)
}

func (j *Job) fill(p Patch) error {
	if err := j.Write(p.With); err != nil {
		return err
	}
	for left := p.Size - int64(len(p.With)); left > 0; {
		n := min(left, int64(len(zeros)))
		if err := j.Write(zeros[:n]); err != nil {
			return err
		}
		left -= n
		if err := j.Ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
