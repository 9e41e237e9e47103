package workfiles

import (
	"io"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/store"
)

// HeadOf reads the first bytes of a file, enough to tell what it is.
func HeadOf(r io.ReaderAt, f judging.File) ([]byte, error) {
	head := make([]byte, filetype.HeadSize)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, store.Translate(f.Sum, err)
	}
	return head[:n], nil
}

// IsPDF reports whether a file that begins with head is a PDF.
func IsPDF(head []byte) bool { return filetype.Of(head, "").Show == filetype.AsPages }
