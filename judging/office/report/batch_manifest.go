package report

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// ManifestEntry is one file of a batch.
type ManifestEntry struct {
	Path  string           `json:"path"` // within the folder, with slashes
	Bytes int64            `json:"bytes"`
	Sum   string           `json:"sha256"`
	Code  judging.WorkCode `json:"work,omitempty"` // of the work; "" for papers
	crc   uint32
}

var manifestHead = []string{"文件", "字节数", "SHA-256", "作品编号"}

// manifestHead is the headers with the moment that the batch is of: readers look at the first one only.
func (p *batchPack) manifestHead() []string {
	out := slices.Clone(manifestHead)
	last := len(out) - 1
	out[last] += " " + p.plan.state.Mark()
	return out
}

// writeManifest writes the list of all files with their sums; a BOM tells Excel its code.
func (p *batchPack) writeManifest() error {
	entries := p.entries
	err := p.add(intake.BatchManifestName, "", func(w io.Writer) error {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		c := csv.NewWriter(w)
		rows := [][]string{p.manifestHead()}
		for _, e := range entries {
			rows = append(rows, []string{e.Path, strconv.FormatInt(e.Bytes, 10), e.Sum, string(e.Code)})
		}
		return c.WriteAll(rows)
	})
	if err == nil {
		p.manifestSum = p.entries[len(p.entries)-1].Sum
	}
	return err
}

// writeZip packs the folder: papers first, media as they are.
func (p *batchPack) writeZip(ctx context.Context) error {
	var err error
	if p.zip, err = atomicfile.Create(p.zipPath(), 0o644); err != nil {
		return store.Translate(p.dir, err)
	}
	z := zip.NewWriter(p.zip)
	for i := len(p.entries) - 1; i >= 0; i-- {
		if err := p.pack(ctx, z, p.entries[i]); err != nil {
			return store.Translate(p.zipPath(), err)
		}
	}
	return store.Translate(p.zipPath(), records.FirstError(z.Close(), p.zip.Close()))
}

// pack stores one file with its size before it, so that programs which read a zip from its start know where files
// within files end.
func (p *batchPack) pack(ctx context.Context, z *zip.Writer, e ManifestEntry) error {
	from, err := regular.Open(p.folder.Path(e.Path))
	if err != nil {
		return err
	}
	defer from.Close()
	const utf8Names = 0x800
	size := uint64(e.Bytes)
	to, err := z.CreateRaw(&zip.FileHeader{
		Name:               e.Path,
		Method:             zip.Store,
		Flags:              utf8Names,
		CRC32:              e.crc,
		CompressedSize64:   size,
		UncompressedSize64: size,
	})
	if err != nil {
		return err
	}
	return copyAll(ctx, to, from)
}

// BatchFault is what is wrong with one file of a batch that came in.
type BatchFault struct {
	Path string `json:"path"`
	Text string `json:"code"` // catalogue key: batch.fault_missing, batch.fault_changed, batch.fault_extra
}

// mostManifest bounds a manifest that is read: 16 MiB.
const mostManifest = 16 << 20

// CheckBatch compares a batch, as a folder or a zip, with its manifest: files that are missing, were changed, or
// are too many. No fault means that all is there as it was sent. Errors: NotFound, Invalid for what is no batch,
// Unavailable.
func CheckBatch(ctx context.Context, at string) ([]BatchFault, error) {
	info, err := os.Stat(at)
	if err != nil {
		return nil, store.Translate(at, err)
	}
	var files fs.FS = os.DirFS(at)
	if !info.IsDir() {
		f, err := regular.Open(at)
		if err != nil {
			return nil, noBatch(at, err)
		}
		defer f.Close()
		if files, err = zip.NewReader(f, info.Size()); err != nil {
			return nil, noBatch(at, err)
		}
	}
	list, err := readManifest(files)
	if err != nil {
		return nil, noBatch(at, err)
	}
	return compareBatch(ctx, files, list)
}

func noBatch(at string, err error) error {
	return judging.Fail(judging.Invalid, "batch.no_batch", judging.Args{"File": filepath.Base(at)}).Because(err)
}

// openRegular opens a file of a batch. A pipe or a device in the place of one could wait for ever.
func openRegular(files fs.FS, name string) (fs.File, error) {
	info, err := fs.Lstat(files, name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: regular.ErrIrregular}
	}
	if err != nil {
		return nil, err
	}
	return files.Open(name)
}

func readManifest(files fs.FS) ([]ManifestEntry, error) {
	f, err := openRegular(files, intake.BatchManifestName)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c := csv.NewReader(io.LimitReader(f, mostManifest))
	c.FieldsPerRecord = len(manifestHead)
	rows, err := c.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || strings.TrimPrefix(rows[0][0], "\ufeff") != manifestHead[0] {
		return nil, fs.ErrInvalid
	}
	var out []ManifestEntry
	for _, row := range rows[1:] {
		size, err := strconv.ParseInt(row[1], 10, 64)
		if err != nil || !fs.ValidPath(row[0]) {
			return nil, fs.ErrInvalid
		}
		out = append(out, ManifestEntry{Path: row[0], Bytes: size, Sum: row[2], Code: judging.WorkCode(row[3])})
	}
	return out, nil
}

func compareBatch(ctx context.Context, files fs.FS, list []ManifestEntry) ([]BatchFault, error) {
	out := []BatchFault{}
	known := map[string]bool{intake.BatchManifestName: true}
	for _, e := range list {
		known[e.Path] = true
		sum, err := sumOf(ctx, files, e)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			out = append(out, BatchFault{e.Path, "batch.fault_missing"})
		case err != nil || sum != e.Sum:
			out = append(out, BatchFault{e.Path, "batch.fault_changed"})
		}
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !known[name] {
			out = append(out, BatchFault{name, "batch.fault_extra"})
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b BatchFault) int { return strings.Compare(a.Path, b.Path) })
	return out, store.Translate(intake.BatchManifestName, err)
}

// sumOf computes the sum of a file, and reads no more of it than the manifest says it has.
func sumOf(ctx context.Context, files fs.FS, e ManifestEntry) (string, error) {
	f, err := openRegular(files, e.Path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if err := copyAll(ctx, sum, io.LimitReader(f, e.Bytes+1)); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
