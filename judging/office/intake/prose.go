package intake

import (
	"context"
	"io"
	"strings"

	"fayi/judging/filetype"
	"fayi/judging/media/prose"
	"fayi/judging/office/internal/records"
)

// What is read of one PDF to compare it.
const (
	prosePages = 300
	proseBytes = 2 << 20
)

// proseFile is a file of which the words are wanted.
type proseFile interface {
	io.ReadSeeker
	io.ReaderAt
}

// prose returns the words of a text, Word or PDF file. Of a PDF it reads at most 300 pages and 2 MiB of words; a
// scanned one has none. Errors: those of media.Prose and of package pdf.
func (o Stage) prose(ctx context.Context, f proseFile, size int64) (string, error) {
	head := make([]byte, filetype.HeadSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF || !IsPDF(head[:n]) {
		return prose.Read(f, size)
	}
	pages, err := PDFWords(ctx, o.rec, f, size)
	if err != nil {
		return "", err
	}
	text := strings.Join(pages, "\n")
	return strings.ToValidUTF8(text[:min(len(text), proseBytes)], ""), nil
}

// pdfWords returns the words of a PDF, page by page, of its first pages.
func PDFWords(ctx context.Context, rec *records.Records, r io.ReadSeeker, size int64) ([]string, error) {
	o := Stage{rec}
	d, err := o.rec.Papers.Open(ctx, r, size)
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
