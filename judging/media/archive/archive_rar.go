package archive

import (
	"io"
	"io/fs"
	"strings"

	"github.com/nwaples/rardecode/v2"

	"fayi/judging/text"
)

// rar reads a rar archive of one volume.
type rar struct{ *packed }

func (z *rar) reader() (*rardecode.Reader, error) {
	return rardecode.NewReader(io.NewSectionReader(z.packed, 0, z.size), rardecode.MaxDictionarySize(maxDictionary))
}

func (z *rar) list() ([]member, error) {
	var out []member
	err := z.walk(func(h *rardecode.FileHeader, _ *rardecode.Reader) error {
		m := member{
			name:      plainName(h.Name),
			size:      h.UnPackedSize,
			dir:       h.IsDir,
			encrypted: h.Encrypted || h.HeaderEncrypted,
			link:      h.LinkType != rardecode.LinkTypeNone || h.Mode()&fs.ModeSymlink != 0,
		}
		if h.UnKnownSize || m.size < 0 {
			m.size = -1
		}
		out = append(out, m)
		return nil
	})
	return out, err
}

func (z *rar) each(fn func(i int, open func() (io.ReadCloser, error)) error) error {
	i := 0
	return z.walk(func(_ *rardecode.FileHeader, r *rardecode.Reader) error {
		i++
		return fn(i-1, func() (io.ReadCloser, error) { return io.NopCloser(r), nil })
	})
}

// walk goes through the archive once.
func (z *rar) walk(fn func(*rardecode.FileHeader, *rardecode.Reader) error) error {
	r, err := z.reader()
	if err != nil {
		return err
	}
	for {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(h, r); err != nil {
			return err
		}
	}
}

// plainName is an archive's name for a file as text with slashes.
func plainName(raw string) string { return strings.ReplaceAll(text.FileName(raw), `\`, "/") }
