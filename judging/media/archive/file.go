package archive

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"sync"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/media/internal/fault"
)

// onDisk is a file at rel below dir. It is opened through os.Root, so that a link put in its place later leads
// nowhere, and as a regular file, so that a pipe doesn't wait.
type onDisk struct{ dir, rel string }

func (f onDisk) file() (*os.File, error) {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return regular.OpenIn(root, f.rel)
}

// open gives at most size bytes, so that a file that grows meanwhile can't grow past what was counted.
func (f onDisk) open(size int64) (io.ReadCloser, error) {
	file, err := f.file()
	if err != nil {
		return nil, fault.Unreadable(err)
	}
	return limited{io.LimitReader(file, size), file.Close}, nil
}

type limited struct {
	io.Reader
	close func() error
}

func (l limited) Close() error { return l.close() }

// packed is an archive that keeps its file open only while something in it is read: a folder may hold a thousand
// archives.
type packed struct {
	onDisk
	size   int64
	ration int64 // bytes that may still be read while the directory is parsed; negative when all may

	mu     sync.Mutex
	handle *os.File
	users  int
}

// hold opens the file, or keeps it open, until release.
func (p *packed) hold() *judging.Error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.users == 0 {
		f, err := p.onDisk.file()
		if err != nil {
			return fault.Unreadable(err)
		}
		p.handle = f
	}
	p.users++
	return nil
}

func (p *packed) release() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.users--
	if p.users > 0 {
		return nil
	}
	return p.handle.Close()
}

// ReadAt reads the archive; it must be held.
func (p *packed) ReadAt(b []byte, at int64) (int, error) {
	if p.ration >= 0 {
		if int64(len(b)) > p.ration {
			return 0, errRation
		}
		p.ration -= int64(len(b))
	}
	return p.handle.ReadAt(b, at)
}

var errRation = errors.New("directory too long")

// directory lists the archive's files. A directory of millions of files is refused before it fills the memory.
func (p *packed) directory(entries int) ([]*zip.File, *judging.Error) {
	const each = 256 // bytes: a header of 46, times, and a name of 50 Chinese characters
	p.ration = 1<<20 + int64(entries)*each
	z, err := zip.NewReader(p, p.size)
	p.ration = -1
	switch {
	case errors.Is(err, errRation):
		return nil, tooMany(entries)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, broken(err)
	}
	return z.File, nil
}

func tooMany(entries int) *judging.Error {
	return judging.Fail(judging.Invalid, "media.too_many_files", judging.Args{"Max": entries})
}

// openPacked opens one file of the archive. More bytes than it declares are an error, not data.
func (p *packed) openPacked(f *zip.File) (io.ReadCloser, error) {
	if err := p.hold(); err != nil {
		return nil, err
	}
	r, err := f.Open()
	if err != nil {
		p.release()
		return nil, broken(err)
	}
	return limited{&exact{r, int64(f.UncompressedSize64)}, func() error {
		r.Close()
		return p.release()
	}}, nil
}

// exact reads n bytes and calls anything after them broken.
type exact struct {
	r    io.Reader
	left int64
}

func (e *exact) Read(b []byte) (int, error) {
	if int64(len(b)) > e.left+1 {
		b = b[:e.left+1]
	}
	n, err := e.r.Read(b)
	if int64(n) > e.left {
		n, err = int(e.left), zip.ErrFormat
	}
	e.left -= int64(n)
	var known *judging.Error
	if err != nil && err != io.EOF && !errors.As(err, &known) {
		err = broken(err)
	}
	return n, err
}

func broken(err error) *judging.Error {
	return judging.Fail(judging.Invalid, "media.bad_archive", nil).Because(err)
}
