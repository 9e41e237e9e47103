package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
)

const (
	tempPrefix = "tmp-"
	copyBuffer = 256 << 10 // bytes
	sumLength  = 2 * sha256.Size
)

// Blob names a stored file by its content.
type Blob struct {
	Sum  string // SHA-256, 64 lower-case hex digits
	Size int64  // in bytes
}

// Blobs is a folder of files named by their content: ab/<sum>, where ab is the start of sum. A file is there whole
// or not at all, never changes, and is stored once however often it is put. Nothing outside the folder can be
// reached through it. Behind it may lie a Depot. It serves many goroutines.
//
// Errors: a sum that is no sum is Invalid, one that is not there NotFound, a full disk or a folder that can't be
// used Unavailable.
type Blobs struct {
	root   *os.Root
	behind behind
}

// OpenBlobs opens the folder dir, and creates it, in a folder that is there, if there is none. It removes what a crash
// left half written; what another program, or another Blobs of this one, is writing stays.
func OpenBlobs(dir string) (*Blobs, error) {
	if err := MakeWithin(dir); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, Translate(dir, err)
	}
	b := &Blobs{root: root}
	if err := b.sweep(); err != nil {
		root.Close()
		return nil, err
	}
	return b, nil
}

// LookAtBlobs opens the folder dir to be read only, and changes nothing in it: on a medium that can't be written, or
// while another program uses it. Put and Remove fail then with Unavailable, or must not be called.
func LookAtBlobs(dir string) (*Blobs, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, Translate(dir, err)
	}
	return &Blobs{root: root}, nil
}

// Close gives the folder back. Files that were opened stay open.
func (b *Blobs) Close() error { return b.translate("", b.root.Close()) }

// Put stores what r holds until its end, and returns its name and size. When it returns nil the file is on disk. An
// error of r comes back as it is; after any error nothing is left behind.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (Blob, error) {
	f, err := atomicfile.CreateIn(b.root, tempPrefix)
	if err != nil {
		return Blob{}, b.translate("", err)
	}
	defer f.Discard()
	if err := f.Claim(); err != nil { // swept between the two: by an opening in this very moment
		return Blob{}, b.translate("", err)
	}
	src := &source{ctx: ctx, r: r, hash: sha256.New()}
	size, err := io.CopyBuffer(struct{ io.Writer }{f}, src, make([]byte, copyBuffer))
	if err == nil {
		err = f.Close()
	}
	if src.err != nil {
		return Blob{}, src.err
	}
	if err != nil {
		return Blob{}, b.translate("", err)
	}
	blob := Blob{Sum: hex.EncodeToString(src.hash.Sum(nil)), Size: size}
	if err := b.keep(f, blob); err != nil {
		return Blob{}, b.translate(blob.Sum, err)
	}
	if d := b.depot(); d != nil {
		if err := d.Kept(ctx, blob); err != nil {
			return Blob{}, err
		}
	}
	return blob, nil
}

// keep gives the finished file its name. A file that has it already is replaced: it may have been damaged since, and
// its size would not tell. On Windows one that somebody has open can't be replaced; it stays if it is whole.
func (b *Blobs) keep(f *atomicfile.File, blob Blob) error {
	name := place(blob.Sum)
	if info, err := b.root.Lstat(name); err == nil && info.Mode().IsRegular() && info.Size() == blob.Size {
		if err := f.CommitAs(name); err != nil && b.Check(context.Background(), blob.Sum) != nil {
			return err
		}
		return nil
	}
	return b.name(f, blob.Sum)
}

// Open opens the file of sum for reading; the caller closes it. Its content is not checked, see Check. One that is not
// there is fetched from the depot, if there is one. Errors besides: those of Bring.
func (b *Blobs) Open(sum string) (*os.File, error) {
	f, err := b.OpenHere(sum)
	if b.depot() == nil || !errors.Is(err, judging.ErrNotFound) {
		return f, err
	}
	if err := b.Bring(context.Background(), sum); err != nil {
		return nil, err
	}
	return b.OpenHere(sum)
}

// Has reports whether the file of sum is there. A folder that can't be read, and a sum that is no sum, have nothing.
func (b *Blobs) Has(sum string) bool {
	if checkSum(sum) != nil {
		return false
	}
	info, err := b.root.Lstat(place(sum))
	return err == nil && info.Mode().IsRegular()
}

// Each calls fn with every file in ascending order of sum, until fn returns an error; ErrStop ends it without
// error. Files that are not blobs are passed over.
func (b *Blobs) Each(fn func(Blob) error) error {
	folders, err := b.names(".")
	if err != nil {
		return b.translate("", err)
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		if err := b.eachIn(folder.Name(), fn); err == ErrStop {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (b *Blobs) eachIn(folder string, fn func(Blob) error) error {
	files, err := b.names(folder)
	if err != nil {
		return b.translate("", err)
	}
	for _, file := range files {
		info, err := file.Info()
		if errors.Is(err, fs.ErrNotExist) || checkSum(file.Name()) != nil || !strings.HasPrefix(file.Name(), folder) {
			continue
		}
		if err != nil {
			return b.translate(file.Name(), err)
		}
		if !info.Mode().IsRegular() {
			continue
		}
		if err := fn(Blob{Sum: file.Name(), Size: info.Size()}); err != nil {
			return err
		}
	}
	return nil
}

// Check reads the file of sum again; content that does not match its name is Corrupt.
func (b *Blobs) Check(ctx context.Context, sum string) error {
	f, err := b.Open(sum)
	if err != nil {
		return err
	}
	defer f.Close()
	src := &source{ctx: ctx, r: f, hash: sha256.New()}
	if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, src, make([]byte, copyBuffer)); err != nil {
		return b.translate(sum, err)
	}
	if hex.EncodeToString(src.hash.Sum(nil)) != sum {
		return judging.Fail(judging.Corrupt, "store.blob_corrupt", judging.Args{"Sum": sum})
	}
	return nil
}

// Remove deletes the file of sum; one that is not there is no error. On Windows a file that someone has open stays,
// and is Unavailable.
func (b *Blobs) Remove(sum string) error {
	if err := checkSum(sum); err != nil {
		return err
	}
	if err := b.root.Remove(place(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return b.translate(sum, err)
	}
	return nil
}

// sweep removes the temporary files of processes that ended while they wrote.
func (b *Blobs) sweep() error {
	names, err := b.names(".")
	if err != nil {
		return b.translate("", err)
	}
	for _, name := range names {
		if !strings.HasPrefix(name.Name(), tempPrefix) || name.IsDir() ||
			!atomicfile.Abandoned(b.root, name.Name()) {
			continue
		}
		if err := b.root.Remove(name.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return b.translate("", err)
		}
	}
	return nil
}

// names lists a folder in order of name.
func (b *Blobs) names(folder string) ([]fs.DirEntry, error) { return fs.ReadDir(b.root.FS(), folder) }

// translate is Translate, except that an absent blob is called so.
func (b *Blobs) translate(sum string, err error) error {
	if sum != "" && errors.Is(err, fs.ErrNotExist) {
		return judging.Fail(judging.NotFound, "store.no_blob", judging.Args{"Sum": sum}).Because(err)
	}
	return Translate(b.root.Name(), err)
}

// place is where the file of sum is, within the folder.
func place(sum string) string { return path.Join(sum[:2], sum) }

// checkSum admits 64 lower-case hex digits only, so that a sum is never a path.
func checkSum(sum string) error {
	if len(sum) != sumLength || strings.Trim(sum, "0123456789abcdef") != "" {
		return judging.Fail(judging.Invalid, "store.bad_sum", nil)
	}
	return nil
}

// source hashes what is read from r, stops when ctx ends, and keeps r's error apart from the writer's.
type source struct {
	ctx  context.Context
	r    io.Reader
	hash hash.Hash
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.hash.Write(p[:n])
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
