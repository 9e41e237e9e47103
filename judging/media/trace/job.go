package trace

import (
	"context"
	"io"
	"maps"
	"slices"
)

// Job is one copy in the making.
type Job struct {
	Ctx     context.Context
	Out     io.Writer
	Src     io.ReaderAt
	Size    int64 // of Src, in bytes
	removed map[Trace]bool
	Left    map[Trace]bool // what stays in the copy and may tell of a maker
	Format  string
	Depth   int // of files within files, from 0

	// Within copies a file that this one holds, as Copy does
	Within func(ctx context.Context, dst io.Writer, src io.ReaderAt, size int64, depth int) (Result, error)
}

// New begins a copy of src, size bytes long, to out.
func New(ctx context.Context, out io.Writer, src io.ReaderAt, size int64) *Job {
	return &Job{
		Ctx:     ctx,
		Out:     out,
		Src:     src,
		Size:    size,
		removed: map[Trace]bool{},
		Left:    map[Trace]bool{},
	}
}

// Result says what the copy lost.
func (j *Job) Result() Result {
	return Result{Format: j.Format, Removed: sorted(j.removed), Left: sorted(j.Left)}
}

// Lost notes what the copy goes without.
func (j *Job) Lost(t ...Trace) {
	for _, t := range t {
		j.removed[t] = true
	}
}

func sorted(m map[Trace]bool) []Trace { return slices.Sorted(maps.Keys(m)) }

// CopyRange copies n bytes from at.
func (j *Job) CopyRange(at, n int64) error {
	if at < 0 || n < 0 || at > j.Size || n > j.Size-at {
		return ErrBroken
	}
	r := io.NewSectionReader(j.Src, at, n)
	for r.Size() > 0 {
		if err := j.Ctx.Err(); err != nil {
			return err
		}
		done, err := io.CopyN(j.Out, r, 4<<20)
		n -= done
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if n != 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// BytesAt reads n bytes from at, which must all be there.
func (j *Job) BytesAt(at int64, n int) ([]byte, error) {
	if at < 0 || n < 0 || at > j.Size || int64(n) > j.Size-at {
		return nil, ErrBroken
	}
	b := make([]byte, n)
	if k, err := j.Src.ReadAt(b, at); k < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b, nil
}

// Whole reads the file into memory, up to limit bytes.
func (j *Job) Whole(limit int64) ([]byte, error) {
	if j.Size > limit {
		return nil, TooBig(limit)
	}
	return j.BytesAt(0, int(j.Size))
}

// Write writes to the copy.
func (j *Job) Write(b ...[]byte) error {
	for _, b := range b {
		if _, err := j.Out.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// MaxDeep bounds files within files: a document within a document within a document.
const MaxDeep = 2
