// Package mirror keeps a second folder of a contest, on another disk, that follows the first: itself a contest that
// opens anywhere. What is there already is not copied again. Nothing is ever removed from it, so that a file that the
// first folder has lost or damaged is still found there (Heal). It does not know what a database holds: that both
// folders are of one contest is for the caller to know.
package mirror

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/store"
)

// Report says what one run did. Files are named by their sums.
type Report struct {
	Dir      string   `json:"dir"`      // the second folder
	Copied   int      `json:"copied"`   // files that were not there
	Bytes    int64    `json:"bytes"`    // of these
	Kept     int      `json:"kept"`     // files that were there
	Repaired []string `json:"repaired"` // that were damaged there
	Damaged  []string `json:"damaged"`  // that are damaged in the first folder; what is there stays
}

// Progress is called with how many of all files are done.
type Progress func(done, total int)

// Source is a contest that is open.
type Source struct {
	DB    store.Snapshotter
	Blobs *store.Blobs
}

// Copy brings the folder dir up to src. With verify it reads every file that is there again; else one of the right
// size passes. The database is replaced last, at once: at each moment dir is a contest whose files are there. Errors:
// Unavailable, those of ctx; what was copied until then stays.
func Copy(ctx context.Context, src Source, dir string, verify bool, progress Progress) (Report, error) {
	c := &copying{ctx: ctx, src: src.Blobs, verify: verify, report: newReport(dir)}
	if err := os.MkdirAll(filepath.Join(dir, "backups"), 0o700); err != nil {
		return c.report, store.Translate(dir, err)
	}
	var err error
	if c.dst, err = store.OpenBlobs(filepath.Join(dir, "media")); err != nil {
		return c.report, err
	}
	defer c.dst.Close()
	path := filepath.Join(dir, "contest.db")
	db, err := atomicfile.Create(path, 0o600)
	if err != nil {
		return c.report, store.Translate(path, err)
	}
	defer db.Discard()
	// Files that come in after this moment are not needed by the copy of the database.
	if err := src.DB.Snapshot(ctx, db); err != nil {
		return c.report, store.Translate(path, err)
	}
	if err := c.all(progress); err != nil {
		return c.report, err
	}
	return c.report, store.Translate(path, db.Commit())
}

func newReport(dir string) Report { return Report{Dir: dir, Repaired: []string{}, Damaged: []string{}} }

// copying is the work of one Copy or Heal.
type copying struct {
	ctx      context.Context
	src, dst *store.Blobs
	verify   bool
	report   Report
}

func (c *copying) all(progress Progress) error {
	var blobs []store.Blob
	if err := c.src.Each(func(b store.Blob) error {
		blobs = append(blobs, b)
		return nil
	}); err != nil {
		return err
	}
	there := map[string]int64{}
	if err := c.dst.Each(func(b store.Blob) error {
		there[b.Sum] = b.Size
		return nil
	}); err != nil {
		return err
	}
	for i, b := range blobs {
		size, has := there[b.Sum]
		if err := c.one(b, has, has && size == b.Size); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(blobs))
		}
	}
	return nil
}

// one sees to it that a file is there; like tells whether one of its name and size is.
func (c *copying) one(b store.Blob, has, like bool) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if like && c.verify {
		switch err := c.dst.Check(c.ctx, b.Sum); judging.CodeOf(err) {
		case "":
		case judging.Corrupt:
			like = false
		default:
			return err
		}
	}
	if like {
		c.report.Kept++
		return nil
	}
	return c.fetch(b, has)
}

// fetch copies a file, and reads it once more before if it would take the place of another.
func (c *copying) fetch(b store.Blob, replace bool) error {
	f, err := c.src.Open(b.Sum)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // removed since
	} else if err != nil {
		return err
	}
	defer f.Close()
	got, err := c.dst.Put(c.ctx, f)
	switch {
	case err != nil:
		return err
	case got.Sum != b.Sum:
		c.report.Damaged = append(c.report.Damaged, b.Sum)
		return c.discard(got.Sum)
	case replace:
		c.report.Repaired = append(c.report.Repaired, b.Sum)
	default:
		c.report.Copied, c.report.Bytes = c.report.Copied+1, c.report.Bytes+got.Size
	}
	return nil
}

// discard removes what a damaged file left under the name of its damaged content, unless the contest has that, too.
func (c *copying) discard(sum string) error {
	if c.src.Has(sum) {
		return nil
	}
	return c.dst.Remove(sum)
}

// Heal puts the files named by sums, which are damaged or gone in blobs, back from the folder dir of the same contest,
// whose database is not read. Those that are not whole there either are reported as damaged. Errors: NotFound when dir
// has no files, Unavailable, those of ctx.
func Heal(ctx context.Context, blobs *store.Blobs, dir string, sums []string, progress Progress) (Report, error) {
	media := filepath.Join(dir, "media")
	if info, err := os.Stat(media); err != nil || !info.IsDir() {
		return newReport(dir), judging.Fail(judging.NotFound, "mirror.no_files", judging.Args{
			"File": filepath.Base(dir),
		}).Because(err)
	}
	from, err := store.LookAtBlobs(media)
	if err != nil {
		return newReport(dir), err
	}
	defer from.Close()
	c := &copying{ctx: ctx, src: from, dst: blobs, report: newReport(dir)}
	for i, sum := range sums {
		if !from.Has(sum) {
			c.report.Damaged = append(c.report.Damaged, sum)
		} else if err := c.fetch(store.Blob{Sum: sum}, true); err != nil {
			return c.report, err
		}
		if progress != nil {
			progress(i+1, len(sums))
		}
	}
	return c.report, nil
}
