package archive

import (
	"context"
	"io"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/filetype"
)

// Limits bound what one source may hold. Bytes and Ratio count what comes out of archives only: a folder of long
// films is no bomb.
type Limits struct {
	Entries int   // most files in the source, in archives or not
	Bytes   int64 // most bytes that all archives together may unpack to
	Ratio   int64 // most bytes unpacked for each byte of an archive, once it unpacks to more than 64 MiB
	Depth   int   // archives within archives: 1 opens a zip, 2 a zip in a zip; deeper ones are skipped
}

// Usual are limits that no honest contest meets: 100,000 files, 64 GiB unpacked, 200 to 1, a zip in a zip.
var Usual = Limits{Entries: bomb.Archive.Parts, Bytes: bomb.Archive.Total, Ratio: bomb.Archive.Ratio, Depth: 2}

// Entry is one file of a source.
type Entry struct {
	// within the source, parts parted by /, an archive being a folder: "来稿.zip/书法/1.jpg"
	Path  string
	Name  string                        // last part of Path
	Size  int64                         // bytes; Open never gives more
	Local string                        // its real path when it lies on disk by itself, "" in an archive
	Open  func() (io.ReadCloser, error) // may be called more than once, until the tree is closed or the walk over
}

// Skipped is a file that was passed over, and why. Path is as in Entry.
type Skipped struct {
	Path   string
	Reason *judging.Error
}

// Kind sniffs the entry's content.
func (e Entry) Kind() (filetype.Kind, error) {
	head, err := e.head(filetype.HeadSize)
	if err != nil {
		return filetype.Other, err
	}
	return filetype.Of(head, e.Name).Kind, nil
}

// head reads the first n bytes, or all if there are fewer.
func (e Entry) head(n int) ([]byte, error) {
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, min(int64(n), e.Size))
	got, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:got], err
}

// Walk calls visit for each file of source (a file, a folder, or a zip, 7z or rar) in the order of paths, part by
// part. Archives are walked as if they were folders; 7z and rar, which can't be read out of order, are unpacked to
// temporary files first.
//
// Files of the system (__MACOSX, Thumbs.db, lock files …) are left out silently; links, encrypted or unsafely named
// entries, broken and foreign archives are left out and returned. A source over limits is Invalid "media.zip_bomb"
// or "media.too_many_files" before the first visit, and the archive in question is the last of the skipped. Entries
// can be opened during their visit only; see Open for longer.
func Walk(ctx context.Context, source string, limits Limits, visit func(Entry) error) ([]Skipped, error) {
	tree, err := Open(ctx, source, limits)
	if err != nil {
		return tree.Skipped, err
	}
	defer tree.Close()
	for _, e := range tree.Entries {
		if err := ctx.Err(); err != nil {
			return tree.Skipped, err
		}
		if err := visit(e); err != nil {
			return tree.Skipped, err
		}
	}
	return tree.Skipped, nil
}
