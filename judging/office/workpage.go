package office

import (
	"context"
	"image"

	"fayi/judging"
	"fayi/judging/store"
)

// PagePicture is one page of a document as it looks, and how many pages there are.
type PagePicture struct {
	Image image.Image
	Page  int // from 0
	Pages int
}

// WorkPage draws a page of the n-th file of a work, both counting from 0, width pixels wide, for the organiser. Errors: NotFound, Invalid
// "blind.no_pages" for a file that is no PDF, those of package pdf.
func (o *Office) WorkPage(ctx context.Context, id judging.WorkID, n, page, width int) (PagePicture, error) {
	var out PagePicture
	f, err := view(ctx, o.db, func(tx store.Tx) (judging.File, error) {
		_, f, err := loadFile(tx, id, n)
		return f, err
	})
	if err != nil {
		return out, err
	}
	src, err := o.blobs.Open(f.Sum)
	if err != nil {
		return out, err
	}
	defer src.Close()
	head, err := headOf(src, f)
	if err != nil {
		return out, err
	}
	if !isPDF(head) {
		return out, judging.Fail(judging.Invalid, "blind.no_pages", nil)
	}
	d, err := o.papers.Open(ctx, src, f.Bytes)
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
