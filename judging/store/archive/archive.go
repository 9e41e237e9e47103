// Package archive keeps a whole contest, database and files, in one file that can be carried to another computer and
// restored there.
//
// The file is a tar, which other programs read as well: head.json, contest.db, media/ab/<sha256>, and end.json, which
// says that nothing is missing. With a phrase all of it is sealed by age (https://age-encryption.org/v1); the program
// age opens it, too. Every file is compared with its sum when it is written and when it is read, so that a damaged one
// is named and never passed on. It does not know what a database holds, and a plain archive proves no origin.
package archive

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"fayi/judging"
	"fayi/judging/store"
)

// Ending is that of an archive's name.
const Ending = ".fayiarchive"

// The names within an archive.
const (
	headName     = "head.json"
	databaseName = "contest.db"
	mediaFolder  = "media/"
	endName      = "end.json"
)

// formatNow is the format that is written; older ones stay readable.
const formatNow = 1

// least is the fewest characters of a phrase that seals.
const least = 8

// Head says what an archive holds. It is sealed along with the rest.
type Head struct {
	Format  int       `json:"format"`
	Contest string    `json:"contest"` // its name
	Mark    string    `json:"mark"`    // of the journal, as papers print it; "" if it has no entries
	Made    time.Time `json:"made"`
}

// end closes an archive.
type end struct {
	Database string   `json:"database"` // its SHA-256
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"` // of the files
	Damaged  []string `json:"damaged"`
}

// Report says what was put into an archive or came out of it.
type Report struct {
	Head
	File    string   `json:"file"`    // where the archive is
	Files   int      `json:"files"`   // without the database
	Bytes   int64    `json:"bytes"`   // of these files
	Damaged []string `json:"damaged"` // sums of files that were damaged in the contest already, and are left out
	Sealed  bool     `json:"sealed"`
}

// Source is a contest that is open. Its database is copied as it stands at one moment.
type Source struct {
	DB    store.Snapshotter
	Blobs *store.Blobs
}

// Progress is called with how many of all bytes are done.
type Progress func(done, total int64)

// Write writes an archive of src to w, sealed if phrase is not "". temp is a folder for the copy of the database,
// which is removed again. Errors: Invalid for a phrase of less than 8 characters, Unavailable, those of w and ctx.
func Write(
	ctx context.Context, w io.Writer, src Source, head Head, phrase, temp string, progress Progress,
) (Report, error) {
	out := &writer{ctx: ctx, src: src, progress: progress, report: Report{Sealed: phrase != ""}}
	head.Format = formatNow
	out.report.Head, out.report.Damaged = head, []string{}
	seal, err := sealing(w, phrase)
	if err != nil {
		return Report{}, err
	}
	out.tar = tar.NewWriter(seal)
	if err := out.all(temp); err != nil {
		return Report{}, err
	}
	if err := out.tar.Close(); err != nil {
		return Report{}, err
	}
	return out.report, seal.Close()
}

// sealing returns where to write what is to be sealed, or w itself.
func sealing(w io.Writer, phrase string) (io.WriteCloser, error) {
	if phrase == "" {
		return open{w}, nil
	}
	if phrase = plainPhrase(phrase); len([]rune(phrase)) < least {
		return nil, judging.Fail(judging.Invalid, "archive.short_phrase", judging.Args{"Least": least})
	}
	to, err := age.NewScryptRecipient(phrase)
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(workFactor)
	return age.Encrypt(w, to)
}

// plainPhrase is a phrase as it is used: people type it with other gaps, or in full width, than it was printed with.
func plainPhrase(phrase string) string { return strings.Join(strings.Fields(judging.Fold(phrase)), "") }

// workFactor makes a try of a phrase cost about a second and 256 MiB. Tests make it cheap.
var workFactor = 18

// open is a writer whose end needs nothing.
type open struct{ io.Writer }

// Close implements io.Closer.
func (open) Close() error { return nil }

// writer is the work of one Write.
type writer struct {
	ctx         context.Context
	src         Source
	tar         *tar.Writer
	progress    Progress
	done, total int64
	report      Report
}

func (w *writer) all(temp string) error {
	if err := w.json(headName, w.report.Head); err != nil {
		return err
	}
	var blobs []store.Blob
	// Before the copy of the database: a file that comes in later is not in it, one that was removed before is not
	// needed by it.
	sum, err := w.database(temp, func() error {
		return w.src.Blobs.Each(func(b store.Blob) error {
			blobs, w.total = append(blobs, b), w.total+b.Size
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, b := range blobs {
		if err := w.blob(b); err != nil {
			return err
		}
	}
	return w.json(endName, end{sum, w.report.Files, w.report.Bytes, w.report.Damaged})
}

// database copies the database to a temporary file first, for a tar must know the size before the content. then is
// called when the copy is made.
func (w *writer) database(temp string, then func() error) (sum string, err error) {
	f, err := os.CreateTemp(temp, "archive-*.db")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	hash := sha256.New()
	if err := w.src.DB.Snapshot(w.ctx, io.MultiWriter(f, hash)); err != nil {
		return "", err
	}
	if err := then(); err != nil {
		return "", err
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return "", err
	}
	w.total += size
	return hex.EncodeToString(hash.Sum(nil)), w.file(databaseName, size, f)
}

// blob takes a file along after reading it once to see that it is what its name says.
func (w *writer) blob(b store.Blob) error {
	switch err := w.src.Blobs.Check(w.ctx, b.Sum); judging.CodeOf(err) {
	case "":
	case judging.Corrupt:
		w.report.Damaged = append(w.report.Damaged, b.Sum)
		return nil
	default:
		return err
	}
	f, err := w.src.Blobs.Open(b.Sum)
	if err != nil {
		return err
	}
	defer f.Close()
	w.report.Files, w.report.Bytes = w.report.Files+1, w.report.Bytes+b.Size
	return w.file(mediaName(b.Sum), b.Size, f)
}

func mediaName(sum string) string { return mediaFolder + sum[:2] + "/" + sum }

func (w *writer) json(name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := w.header(name, int64(len(text))); err != nil {
		return err
	}
	_, err = w.tar.Write(text)
	return err
}

func (w *writer) header(name string, size int64) error {
	return w.tar.WriteHeader(&tar.Header{
		Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.report.Made.UTC().Truncate(time.Second),
		Format: tar.FormatPAX,
	})
}

func (w *writer) file(name string, size int64, r io.Reader) error {
	if err := w.header(name, size); err != nil {
		return err
	}
	buffer := make([]byte, 256<<10)
	for {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buffer)
		if _, err := w.tar.Write(buffer[:n]); err != nil {
			return err
		}
		w.done += int64(n)
		if w.progress != nil {
			w.progress(w.done, w.total)
		}
		if err == io.EOF {
			return nil
		} else if err != nil {
			return store.Translate(name, err)
		}
	}
}
