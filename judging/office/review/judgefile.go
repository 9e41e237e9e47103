package review

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// JudgeFile opens what a judge gets of the n-th file that is judged, counting from 0: a copy that says nothing of
// its maker; never the file that was sent. With a side above 0 it is a small picture of that copy, where one can be
// drawn that takes less. Errors: NotFound, Closed "blind.not_clean" for a file that can neither be cleaned nor drawn
// again, and for a copy in which something is left until somebody has looked at it.
func JudgeFile(ctx context.Context, rec *records.Records, w judging.Work, n, side int) (judging.OpenFile, error) {
	o := Stage{rec}
	files := w.Judged()
	if n < 0 || n >= len(files) {
		return judging.OpenFile{}, judging.Fail(judging.NotFound, "works.no_file",
			judging.Args{"Work": w.Code, "N": n + 1})
	}
	f := files[n]
	c, err := o.blindCopyOf(ctx, f)
	if err != nil {
		return judging.OpenFile{}, err
	}
	looked := len(c.Left) == 0
	if !looked && c.Failed == "" {
		looked, err = records.View(ctx, rec.DB, func(tx store.Tx) (bool, error) { return hasLooked(tx, w.ID, f.Sum) })
		if err != nil {
			return judging.OpenFile{}, err
		}
	}
	if c.Failed != "" || !looked {
		return judging.OpenFile{}, judging.Fail(judging.Closed, "blind.not_clean",
			judging.Args{"Work": w.Code, "N": n + 1})
	}
	tag, err := records.View(ctx, rec.DB, func(tx store.Tx) (etag, error) {
		c, err := records.LoadContest(tx)
		return etag(c.Key), err
	})
	if err != nil {
		return judging.OpenFile{}, err
	}
	copied := judging.File{Sum: c.Sum, Bytes: c.Bytes, Kind: f.Kind}
	if side > 0 {
		if small, ok, err := o.smallOf(ctx, copied, side, tag); ok || err != nil {
			return small, err
		}
	}
	return o.openCopy(copied, tag)
}

// etag makes names of contents that only who holds the contest's key can make.
type etag []byte

func (key etag) of(sum string, side int) string {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "etag/%s/%d", sum, side)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (o Stage) openCopy(f judging.File, tag etag) (judging.OpenFile, error) {
	r, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return judging.OpenFile{}, err
	}
	head, err := workfiles.HeadOf(r, f)
	if err != nil {
		return judging.OpenFile{}, errors.Join(err, r.Close())
	}
	return judging.OpenFile{
		ReadSeekCloser: r, Type: filetype.Of(head, "").ContentType(), Size: f.Bytes, ETag: tag.of(f.Sum, 0),
	}, nil
}

// smallOf draws a small picture of a copy; ok is false where none can be drawn, or where it would take more than the
// copy itself.
func (o Stage) smallOf(ctx context.Context, f judging.File, side int, tag etag) (judging.OpenFile, bool, error) {
	data, err := workfiles.ThumbnailOf(ctx, o.rec, f, side)
	var why *judging.Error
	switch {
	case errors.As(err, &why) && (why.Code == judging.Invalid || why.Text == "media.no_ffmpeg"):
		return judging.OpenFile{}, false, nil
	case err != nil:
		return judging.OpenFile{}, false, err
	case int64(len(data)) >= f.Bytes:
		return judging.OpenFile{}, false, nil
	}
	return judging.OpenFile{
		ReadSeekCloser: inMemory{bytes.NewReader(data)}, Type: "image/jpeg", Size: int64(len(data)),
		ETag: tag.of(f.Sum, workfiles.ThumbSize(side)),
	}, true, nil
}

// inMemory is a file that needs no closing.
type inMemory struct{ *bytes.Reader }

// Close implements io.Closer.
func (inMemory) Close() error { return nil }
