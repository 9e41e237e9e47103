package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
)

// Limits of memory that a packed file may ask for before it gives anything.
const (
	// bytes of the window of rar and 7z; WinRAR takes 32 MiB and 7-Zip at most 64 MiB unless set otherwise
	maxDictionary  = 256 << 20
	maxSevenHeader = 16 << 20 // bytes of a 7z's directory, packed
)

// member is one file of an archive that must be read from its beginning to its end.
type member struct {
	name      string
	size      int64 // bytes, or -1 where only unpacking tells
	dir, link bool
	encrypted bool
}

// stream is such an archive: 7z and rar, whose files may be packed as one.
type stream interface {
	// list gives all members in the order in which each must be passed to.
	list() ([]member, error)
	// each calls fn with the members in that order; the reader counts during the call only.
	each(fn func(i int, open func() (io.ReadCloser, error)) error) error
}

// streamOf returns the archive that begins with head, nil for a kind that can't be read.
func streamOf(head []byte, p *packed) stream {
	switch filetype.Of(head, "").Name {
	case "7z":
		return &sevenZip{packed: p}
	case "rar":
		return &rar{packed: p}
	}
	return nil
}

// streamed adds the files of an archive that lets nothing be read out of order: it is unpacked to disk, once,
// within the same limits as a zip.
func (t *Tree) streamed(ctx context.Context, s stream, p *packed, e Entry, at string, depth int) error {
	if err := p.hold(); err != nil {
		return t.skip(e.Path, err)
	}
	defer p.release()
	members, err := listed(s)
	if err != nil {
		return t.skip(e.Path, err)
	}
	sizes := make([]int64, len(members))
	for i, m := range members {
		sizes[i] = max(m.size, 0)
	}
	if err := t.weigh(sizes, p.size); err != nil {
		t.skip(e.Path, err)
		return err
	}
	files := make([]spooled, len(members))
	err = t.spoolAll(ctx, s, members, files)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && !isStream(err) {
		t.skip(e.Path, err)
		return fatal(err)
	}
	if err != nil {
		t.skip(e.Path, err) // what came before the damage is kept
	}
	return t.spooledFiles(ctx, members, files, at, depth)
}

// isStream reports whether an error is of the archive's own, so that what was read before it is good.
func isStream(err *judging.Error) bool {
	return err.Text == "media.bad_archive" || err.Text == "media.encrypted" || err.Text == "media.volumes"
}

// spooled is a member on disk, or why it is not there.
type spooled struct {
	file string
	size int64
	why  *judging.Error
}

// listed reads the directory; a panic of a decoder is a broken archive.
func listed(s stream) (members []member, err *judging.Error) {
	defer func() {
		if p := recover(); p != nil {
			members, err = nil, broken(fmt.Errorf("decoder: %v", p))
		}
	}()
	members, failed := s.list()
	if failed != nil {
		return nil, streamError(failed)
	}
	return members, nil
}

// spoolAll unpacks what is wanted. A member that is refused, encrypted or broken says so in its place and the rest
// goes on where the archive allows.
func (t *Tree) spoolAll(ctx context.Context, s stream, members []member, files []spooled) (told *judging.Error) {
	defer func() {
		if p := recover(); p != nil {
			told = broken(fmt.Errorf("decoder: %v", p))
		}
	}()
	err := s.each(func(i int, open func() (io.ReadCloser, error)) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i >= len(members) {
			return broken(errors.New("more files than listed"))
		}
		m := members[i]
		if m.dir || noisy(m.name) {
			return nil
		}
		if files[i].why = m.refuse(); files[i].why != nil {
			return nil
		}
		return t.spoolMember(ctx, m, &files[i], open)
	})
	if err != nil {
		return streamError(err)
	}
	return nil
}

func noisy(name string) bool { return slices.ContainsFunc(strings.Split(name, "/"), isNoise) }

func (m member) refuse() *judging.Error {
	switch {
	case m.link:
		return judging.Fail(judging.Invalid, "media.link", nil)
	case !isSafe(m.name):
		return judging.Fail(judging.Invalid, "media.unsafe_name", nil)
	case m.encrypted:
		return judging.Fail(judging.Invalid, "media.encrypted", nil)
	}
	return nil
}

// spoolMember unpacks one member. Only errors that end the archive are returned.
func (t *Tree) spoolMember(ctx context.Context, m member, to *spooled, open func() (io.ReadCloser, error)) error {
	if err := t.tempDir(); err != nil {
		return err
	}
	if m.size > SpoolLimit {
		to.why = tooBigFile()
		return nil
	}
	allowed := m.size
	if allowed < 0 {
		allowed = t.meter.Left()
	}
	e := Entry{Name: path.Base(m.name), Size: m.size, Open: func() (io.ReadCloser, error) {
		r, err := open()
		if err != nil {
			return nil, streamError(err)
		}
		return limited{&exact{translating{r}, allowed}, r.Close}, nil
	}}
	file, n, err := spool(ctx, e, t.temp)
	if err != nil {
		var told *judging.Error
		if errors.As(err, &told) && told.Code == judging.Invalid {
			to.why = told
			return nil
		}
		return err
	}
	if m.size < 0 {
		t.meter.Count(n)
	}
	to.file, to.size = file, n
	return nil
}

// unwritable makes a judging error of a failure to write.
func unwritable(err error) *judging.Error {
	return judging.Fail(judging.Unavailable, "media.unwritable", nil).Because(fault.BareCause(err))
}

// translating makes the decoders' errors the product's own.
type translating struct{ io.Reader }

func (r translating) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = streamError(err)
	}
	return n, err
}

// spooledFiles adds what was unpacked, in the order of paths.
func (t *Tree) spooledFiles(ctx context.Context, members []member, files []spooled, below string, depth int) error {
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(
			strings.ReplaceAll(members[a].name, "/", "\x00"), strings.ReplaceAll(members[b].name, "/", "\x00"),
		)
	})
	for _, i := range order {
		at := path.Join(below, path.Join("/", members[i].name)[1:])
		switch f := files[i]; {
		case f.why != nil:
			t.skip(at, f.why)
		case f.file != "":
			if err := t.spooledFile(ctx, f, at, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

// spooledFile adds one file that was unpacked, or what is in it if it is an archive itself.
func (t *Tree) spooledFile(ctx context.Context, f spooled, at string, depth int) error {
	disk := onDisk{dir: t.temp, rel: path.Base(strings.ReplaceAll(f.file, `\`, "/"))}
	e := Entry{
		Path: at,
		Name: path.Base(at),
		Size: f.size,
		Open: func() (io.ReadCloser, error) { return disk.open(f.size) },
	}
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
	return t.opened(ctx, head, &packed{onDisk: disk, size: f.size, ration: -1}, e, at, depth+1)
}

// streamError brings an error of the decoders to one of the product's.
func streamError(err error) *judging.Error {
	var known *judging.Error
	var seven *sevenzip.ReadError
	var disk *fs.PathError
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted),
		errors.Is(err, rardecode.ErrBadPassword),
		errors.As(err, &seven) && seven.Encrypted:
		return judging.Fail(judging.Invalid, "media.encrypted", nil)
	case errors.Is(err, rardecode.ErrMultiVolume), errors.Is(err, rardecode.ErrBadVolumeNumber):
		return judging.Fail(judging.Invalid, "media.volumes", nil)
	case errors.Is(err, errWindow):
		return judging.Fail(judging.Invalid, "media.method_unsupported", judging.Args{"Method": "7z"})
	case errors.Is(err, rardecode.ErrDictionaryTooLarge), errors.Is(err, rardecode.ErrUnsupportedDecoder),
		errors.Is(err, rardecode.ErrUnknownDecoder):
		return judging.Fail(judging.Invalid, "media.method_unsupported", judging.Args{"Method": "rar"})
	case errors.As(err, &disk):
		return fault.Unreadable(err)
	}
	return broken(err)
}
