package workfiles

import (
	"context"
	"io"

	"fayi/judging/office/internal/records"
)

// prosePages is how many pages are read of one PDF.
const prosePages = 300

// PDFWords returns the words of a PDF, page by page, of its first 300 pages. Errors: those of package pdf.
func PDFWords(ctx context.Context, rec *records.Records, r io.ReadSeeker, size int64) ([]string, error) {
	d, err := rec.Papers.Open(ctx, r, size)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	var out []string
	for n := range min(d.Pages(), prosePages) {
		text, err := d.Text(ctx, n)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}
