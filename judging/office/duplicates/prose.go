package duplicates

import (
	"context"
	"io"
	"strings"

	"fayi/judging/filetype"
	"fayi/judging/media/prose"
	"fayi/judging/office/workfiles"
)

// proseBytes is what is compared of the words of one PDF.
const proseBytes = 2 << 20

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
	if err != nil && err != io.EOF || !workfiles.IsPDF(head[:n]) {
		return prose.Read(f, size)
	}
	pages, err := workfiles.PDFWords(ctx, o.rec, f, size)
	if err != nil {
		return "", err
	}
	text := strings.Join(pages, "\n")
	return strings.ToValidUTF8(text[:min(len(text), proseBytes)], ""), nil
}
