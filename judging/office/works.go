package office

import (
	"context"
	"io"

	"fayi/judging"
)

// OpenWorkFile opens the n-th file of a work, counting from 0, for the organiser.
func (o *Office) OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error) {
	w, err := o.rec.Work(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return o.openFile(w, n)
}

func (o *Office) openFile(w judging.Work, n int) (io.ReadSeekCloser, error) {
	if n < 0 || n >= len(w.Files) {
		return nil, judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	return o.rec.Blobs.Open(w.Files[n].Sum)
}
