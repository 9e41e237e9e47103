package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/tries"
)

// sealMagic is how a sealed archive begins.
const sealMagic = "age-encryption.org/v1"

// mostJSON bounds head and end, in bytes: a sum for each of 100,000 damaged files is 7 MB.
const mostJSON = 8 << 20

// Sealed tells whether the archive at the start of r is sealed. It consumes nothing.
func Sealed(r *bufio.Reader) bool {
	start, _ := r.Peek(len(sealMagic))
	return string(start) == sealMagic
}

// Read restores an archive from r as the folder dir, which must not exist or be empty. It works in a folder next to it,
// dir.unarchive, that becomes dir when all is there and whole; after a failure or a crash that folder stays, and the
// next Read into dir takes what is whole in it. check, if not nil, looks at the finished folder before it gets its
// name.
//
// Errors: Forbidden if the archive is sealed and phrase is "" or wrong; Invalid for what is no archive, or one of a
// later format; Corrupt for one that is cut off or altered; Clash when dir is taken; Unavailable; those of check and
// ctx.
func Read(
	ctx context.Context, r io.Reader, dir, phrase string, check func(dir string) error,
) (Report, error) {
	if err := free(dir); err != nil {
		return Report{}, err
	}
	buffered := bufio.NewReaderSize(r, 256<<10)
	in := &reader{ctx: ctx, report: Report{Sealed: Sealed(buffered)}}
	plain, err := in.unseal(buffered, phrase)
	if err != nil {
		return Report{}, err
	}
	in.plain, in.tar = plain, tar.NewReader(plain)
	work := dir + ".unarchive"
	if err := in.into(work); err != nil {
		return Report{}, in.reason(err)
	}
	if check != nil {
		if err := check(work); err != nil {
			return Report{}, err
		}
	}
	_ = os.Remove(dir) // an empty folder of that name; Windows renames onto none
	if err := os.Rename(work, dir); err != nil {
		return Report{}, store.Translate(dir, err)
	}
	atomicfile.SyncDir(filepath.Dir(dir))
	return in.report, nil
}

// Try counts with c a try of phrase at the archive at the start of r, before anything else is done with it; one that is
// not sealed asks for none, and "" is no try. Errors: Forbidden for a wrong phrase and tries.ErrWait.
func Try(c *tries.Counter, r io.Reader, phrase string) error {
	buffered := bufio.NewReader(r)
	if !Sealed(buffered) || plainPhrase(phrase) == "" {
		return nil // reading it will tell
	}
	start, _ := buffered.Peek(tries.PhraseBytes) // a file so short is wrong, whatever is typed
	return c.Try(tries.Phrase(start), "phrase", func() error {
		_, err := (&reader{report: Report{Sealed: true}}).unseal(buffered, phrase)
		return err
	})
}

// Database copies only the database of an archive to the file at path: what follows it is not read. Errors: those of
// Read.
func Database(ctx context.Context, r io.Reader, path, phrase string) error {
	buffered := bufio.NewReaderSize(r, 256<<10)
	in := &reader{ctx: ctx, report: Report{Sealed: Sealed(buffered)}}
	plain, err := in.unseal(buffered, phrase)
	if err != nil {
		return err
	}
	in.plain, in.tar = plain, tar.NewReader(plain)
	if err := in.head(); err != nil {
		return in.reason(err)
	}
	head, err := in.tar.Next()
	if err != nil {
		return in.reason(err)
	}
	if head.Name != databaseName || head.Typeflag != tar.TypeReg {
		return altered(errors.New("no database"))
	}
	if err := in.database(path); err != nil {
		return in.reason(err)
	}
	return nil
}

// free refuses a folder that holds something.
func free(dir string) error {
	names, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(names) == 0 {
		return nil
	}
	return judging.Fail(judging.Clash, "store.folder_taken", judging.Args{"File": filepath.Base(dir)}).Because(err)
}

// reader is the work of one Read.
type reader struct {
	ctx    context.Context
	plain  io.Reader // under tar
	tar    *tar.Reader
	report Report
	sum    string // of the database
}

func (in *reader) unseal(r *bufio.Reader, phrase string) (io.Reader, error) {
	if !in.report.Sealed {
		return r, nil
	}
	if phrase = plainPhrase(phrase); phrase == "" {
		return nil, judging.Fail(judging.Forbidden, "archive.sealed", nil)
	}
	id, err := age.NewScryptIdentity(phrase)
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(max(workFactor, 18))
	plain, err := age.Decrypt(r, id)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return nil, judging.Fail(judging.Forbidden, "archive.wrong_phrase", nil).Because(err)
	case err != nil:
		return nil, altered(err)
	}
	return plain, nil
}

func altered(err error) error {
	return judging.Fail(judging.Corrupt, "archive.altered", nil).Because(err)
}

// reason gives what went wrong with the bytes a name: those of a file that is no tar at all, cut off, or altered.
func (in *reader) reason(err error) error {
	var known *judging.Error
	switch {
	case in.ctx.Err() != nil:
		return in.ctx.Err()
	case errors.As(err, &known):
		return err
	case in.report.Format == 0 && !in.report.Sealed:
		return judging.Fail(judging.Invalid, "archive.not_one", nil).Because(err)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return judging.Fail(judging.Corrupt, "archive.cut", nil).Because(err)
	}
	return altered(err)
}

// into unpacks all into the folder work.
func (in *reader) into(work string) error {
	if err := in.head(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(work, "backups"), 0o700); err != nil {
		return store.Translate(work, err)
	}
	blobs, err := store.OpenBlobs(filepath.Join(work, "media"))
	if err != nil {
		return err
	}
	defer blobs.Close()
	for {
		if err := in.ctx.Err(); err != nil {
			return err
		}
		head, err := in.tar.Next()
		if err != nil {
			return err // the end of the file too, since end.json comes first
		}
		switch sum, isBlob := blobOf(head); {
		case head.Name == endName:
			return in.end()
		case head.Name == databaseName && in.sum == "" && head.Typeflag == tar.TypeReg:
			err = in.database(filepath.Join(work, databaseName))
		case isBlob:
			err = in.blob(blobs, sum)
		default:
			return altered(errors.New("a file that does not belong there"))
		}
		if err != nil {
			return err
		}
	}
}

// blobOf returns the sum that the name of a file of the contest stands for.
func blobOf(head *tar.Header) (sum string, ok bool) {
	for record := range head.PAXRecords {
		if strings.HasPrefix(record, "GNU.sparse.") { // bytes that are not there
			return "", false
		}
	}
	sum = head.Name[strings.LastIndexByte(head.Name, '/')+1:]
	return sum, head.Typeflag == tar.TypeReg && len(sum) == 2*sha256.Size && head.Name == mediaName(sum)
}

func (in *reader) head() error {
	head, err := in.tar.Next()
	if err != nil {
		return err
	}
	if head.Name != headName {
		return errors.New("no head")
	}
	if err := in.json(&in.report.Head); err != nil {
		return err
	}
	if f := in.report.Format; f > formatNow {
		return judging.Fail(judging.Invalid, "archive.newer", nil)
	} else if f < 1 {
		in.report.Format = 0
		return errors.New("no format")
	}
	return nil
}

func (in *reader) json(v any) error {
	text, err := io.ReadAll(io.LimitReader(in.tar, mostJSON+1))
	if err != nil {
		return err
	}
	if len(text) > mostJSON {
		return errors.New("too large")
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	return dec.Decode(v)
}

func (in *reader) database(path string) error {
	hash := sha256.New()
	err := atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, hash), source{in.ctx, in.tar})
		return err
	})
	in.sum = hex.EncodeToString(hash.Sum(nil))
	return in.writing(path, err)
}

// writing tells failures of the disk from those of the archive.
func (in *reader) writing(path string, err error) error {
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return store.Translate(path, err)
	}
	return err
}

func (in *reader) blob(blobs *store.Blobs, sum string) error {
	b, err := blobs.Put(in.ctx, in.tar)
	if err != nil {
		return err
	}
	if b.Sum != sum {
		return errors.Join(altered(errors.New("other content than its name says")), blobs.Remove(b.Sum))
	}
	in.report.Files, in.report.Bytes = in.report.Files+1, in.report.Bytes+b.Size
	return nil
}

func (in *reader) end() error {
	var e end
	if err := in.json(&e); err != nil {
		return err
	}
	if e.Database != in.sum || e.Files != in.report.Files || e.Bytes != in.report.Bytes {
		return altered(errors.New("not what was put in"))
	}
	in.report.Damaged = append([]string{}, e.Damaged...)
	if _, err := in.tar.Next(); err != io.EOF {
		return altered(errors.Join(errors.New("more than was put in"), err))
	}
	// Nothing follows; when sealed, only the last byte vouches that the end was not cut off.
	if n, err := io.Copy(io.Discard, source{in.ctx, in.plain}); n > 0 || err != nil {
		return altered(errors.Join(errors.New("more than was put in"), err))
	}
	return nil
}

// source stops reading when ctx ends.
type source struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (s source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
