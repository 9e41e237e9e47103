package workfiles

import (
	"context"
	"image"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// PagePicture is one page of a document as it looks, and how many pages there are.
type PagePicture struct {
	Image image.Image
	Page  int // from 0
	Pages int
}

// WorkPage draws a page of the n-th file of a work, both counting from 0, width pixels wide, for the organiser.
// Errors: NotFound, Invalid "blind.no_pages" for a file that is no PDF, those of package pdf.
func (o Stage) WorkPage(ctx context.Context, id judging.WorkID, n, page, width int) (PagePicture, error) {
	var out PagePicture
	f, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.File, error) {
		_, f, err := LoadFile(tx, id, n)
		return f, err
	})
	if err != nil {
		return out, err
	}
	src, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return out, err
	}
	defer src.Close()
	head, err := HeadOf(src, f)
	if err != nil {
		return out, err
	}
	if !IsPDF(head) {
		return out, judging.Fail(judging.Invalid, "blind.no_pages", nil)
	}
	d, err := o.rec.Papers.Open(ctx, src, f.Bytes)
	if err != nil {
		return out, err
	}
	defer d.Close()
	out.Page, out.Pages = page, d.Pages()
	p, err := d.Picture(ctx, page, width)
	if err == nil {
		out.Image = p
	}
	return out, err
}
