package workfiles

import (
	"context"
	"io"

	"fayi/judging"
)

// WorkText returns the words of the n-th file of a work, counting from 0, a text or Word document, for the
// organiser: paragraphs parted by line feeds. Errors: NotFound, those of media.Prose.
func (o Stage) WorkText(ctx context.Context, id judging.WorkID, n int) (string, error) {
	w, err := o.rec.Work(ctx, string(id))
	if err != nil {
		return "", err
	}
	if n < 0 || n >= len(w.Files) {
		return "", judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	f, err := o.rec.Blobs.Open(w.Files[n].Sum)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return Prose(ctx, f)
}

// OpenWorkFile opens the n-th file of a work, counting from 0, for the organiser.
func (o Stage) OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error) {
	w, err := o.rec.Work(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return o.openFile(w, n)
}

func (o Stage) openFile(w judging.Work, n int) (io.ReadSeekCloser, error) {
	if n < 0 || n >= len(w.Files) {
		return nil, judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	return o.rec.Blobs.Open(w.Files[n].Sum)
}
