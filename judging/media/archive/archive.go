package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
)

// archive adds the files of an archive, or notes why it can't. at is the path its files stand below; depth counts
// from 1 for an archive on disk. e is the archive itself, and is kept as a file when it turns out to be an office
// document.
func (t *Tree) archive(ctx context.Context, p *packed, e Entry, at string, depth int) error {
	if err := p.hold(); err != nil {
		return t.skip(e.Path, err)
	}
	defer p.release()
	files, err := p.directory(t.limits.Entries)
	if err == nil && isOffice(files) {
		return t.add(e)
	}
	if err == nil {
		sizes := make([]int64, len(files))
		for i, f := range files {
			sizes[i] = int64(f.UncompressedSize64)
		}
		err = t.weigh(sizes, p.size)
	}
	if err != nil {
		t.skip(e.Path, err)
		return fatal(err)
	}
	for _, f := range sorted(files) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.packedFile(ctx, p, f, at, depth); err != nil {
			return err
		}
	}
	return nil
}

// fatal returns err when it must end the walk, nil when the rest may go on.
func fatal(err *judging.Error) error {
	if err.Text == "media.bad_archive" {
		return nil
	}
	return err
}

// weigh counts what the archive says it unpacks to, before any of it is unpacked.
func (t *Tree) weigh(sizes []int64, size int64) *judging.Error {
	if len(t.Entries)+len(sizes) > t.limits.Entries {
		return tooMany(t.limits.Entries)
	}
	sum := bomb.Sum(sizes)
	if err := t.meter.Admit(sum, size); err != nil {
		return judging.Fail(judging.Invalid, "media.zip_bomb", judging.Args{"MaxGB": t.limits.Bytes >> 30}).Because(err)
	}
	t.meter.Count(sum)
	return nil
}

// isOffice reports whether a zip is a document of an office program.
func isOffice(files []*zip.File) bool {
	types, parts := false, false
	for _, f := range files {
		types = types || f.Name == "[Content_Types].xml" || f.Name == "mimetype"
		parts = parts || filetype.PartKind(f.Name) != filetype.Other || f.Name == "content.xml" ||
			strings.HasPrefix(f.Name, "META-INF/")
	}
	return types && parts
}

// named is an archive's file with its name made plain.
type named struct {
	*zip.File
	name string
}

// sorted orders an archive's files by path, part by part, as folders are.
func sorted(files []*zip.File) []named {
	out := make([]named, 0, len(files))
	for _, f := range files {
		name := plainName(f.Name)
		if !strings.HasSuffix(name, "/") && !f.FileInfo().IsDir() {
			out = append(out, named{f, name})
		}
	}
	slices.SortStableFunc(out, func(a, b named) int {
		return cmp.Compare(strings.ReplaceAll(a.name, "/", "\x00"), strings.ReplaceAll(b.name, "/", "\x00"))
	})
	return out
}

// packedFile adds one file of an archive.
func (t *Tree) packedFile(ctx context.Context, p *packed, f named, below string, depth int) error {
	if noisy(f.name) {
		return nil
	}
	at := path.Join(below, path.Join("/", f.name)[1:])
	if why := refuse(f); why != nil {
		return t.skip(at, why)
	}
	e := Entry{Path: at, Name: path.Base(at), Size: int64(f.UncompressedSize64)}
	e.Open = func() (io.ReadCloser, error) { return p.openPacked(f.File) }
	head, err := e.head(filetype.HeadSize)
	if err != nil {
		return t.skip(at, fault.Unreadable(err))
	}
	if filetype.Of(head, e.Name).Kind != filetype.Archive {
		return t.add(e)
	}
	if depth >= t.limits.Depth {
		return t.skip(at, tooDeep(t.limits.Depth))
	}
	inner, why := t.unpack(ctx, e)
	if why != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return t.skip(at, why)
	}
	return t.opened(ctx, head, inner, e, at, depth+1)
}

// opened goes on into an archive of any kind, by how it begins.
func (t *Tree) opened(ctx context.Context, head []byte, p *packed, e Entry, at string, depth int) error {
	if filetype.Of(head, "").Name == "zip" {
		return t.archive(ctx, p, e, at, depth)
	}
	if s := streamOf(head, p); s != nil {
		return t.streamed(ctx, s, p, e, at, depth)
	}
	return t.skip(e.Path, foreign())
}

func tooDeep(most int) *judging.Error {
	return judging.Fail(judging.Invalid, "media.too_deep", judging.Args{"Max": most})
}

// refuse says why a packed file can't be taken; nil when it can.
func refuse(f named) *judging.Error {
	switch {
	case f.Mode()&fs.ModeSymlink != 0:
		return judging.Fail(judging.Invalid, "media.link", nil)
	case !isSafe(f.name):
		return judging.Fail(judging.Invalid, "media.unsafe_name", nil)
	case f.Flags&1 != 0:
		return judging.Fail(judging.Invalid, "media.encrypted", nil)
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return judging.Fail(judging.Invalid, "media.method_unsupported", judging.Args{"Method": f.Method})
	}
	return nil
}

func foreign() *judging.Error { return judging.Fail(judging.Invalid, "media.archive_unsupported", nil) }

// unpack copies an archive that lies in an archive to disk, where it can be read at any place.
func (t *Tree) unpack(ctx context.Context, e Entry) (*packed, *judging.Error) {
	if err := t.tempDir(); err != nil {
		return nil, err
	}
	file, err := Spool(ctx, e, t.temp)
	if err != nil {
		return nil, fault.Unreadable(err)
	}
	return &packed{onDisk: onDisk{dir: filepath.Dir(file), rel: filepath.Base(file)}, size: e.Size, ration: -1}, nil
}

// tempDir makes the folder for what must be unpacked before it can be read.
func (t *Tree) tempDir() *judging.Error {
	if t.temp != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "fayi-")
	if err != nil {
		return unwritable(err)
	}
	t.temp = dir
	return nil
}
