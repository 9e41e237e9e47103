package duplicates

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image/jpeg"
	"io"
	"path"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/archive"
	"fayi/judging/media/likeness"
	"fayi/judging/media/picture"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Reference is a work of another contest, kept to be compared with: never assigned, never ranked.
type Reference struct {
	ID      judging.ReferenceID `json:"id"`
	Set     string              `json:"set"` // what it was brought in with, as "2019年法治作品征集"
	Title   string              `json:"title"`
	Authors []string            `json:"authors,omitempty"`
	Kind    string              `json:"kind"`
	Sum     string              `json:"sha256"` // of the file it was there; the file itself is not kept
	// blob of a small picture or of the words, to be shown next to a work
	Look string `json:"look,omitempty"`
}

var references = store.NewTable("reference", 1, func(r *Reference) string { return string(r.ID) })

// ReferenceSet counts the references brought in under one name.
type ReferenceSet struct {
	Set   string `json:"set"`
	Works int    `json:"works"`
}

// ReferenceRequest says what is to be compared with: the files of a folder or archive, or all works of another
// contest.
type ReferenceRequest struct {
	Set  string // its name; "" takes that of the folder or contest
	Path string // a folder, archive or file
	From *Stage // or a contest, which is only read
}

// ReferenceReport says what was brought in.
type ReferenceReport struct {
	Set     string             `json:"set"`
	Added   int                `json:"added"`
	Known   int                `json:"known"` // in the set already
	Skipped []intake.LooseFile `json:"skipped"`
}

// Limits of references.
const (
	lookSide       = 480 // pixels of the picture that is kept
	lookQuality    = 78
	referenceBytes = 256 << 20 // of one file; larger ones are compared by nothing
)

// AddReferences takes the prints of former works, so that this contest's are compared with them: pictures and texts
// with a small copy to show, any other file by its bytes. The files themselves are not kept. Bringing the same in
// again adds nothing. What was taken in when ctx ends stays. Errors: Invalid without a name or source, and those of
// media.Walk.
func (o Stage) AddReferences(
	ctx context.Context, req ReferenceRequest, progress func(done, total int),
) (ReferenceReport, error) {
	job := &referenceJob{
		office:   o,
		known:    map[string]bool{},
		report:   ReferenceReport{Set: judging.Tidy(req.Set), Skipped: []intake.LooseFile{}},
		progress: progress,
	}
	if err := job.name(ctx, req); err != nil {
		return job.report, err
	}
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		return references.Each(tx, func(r Reference) error {
			if r.Set == job.report.Set {
				job.known[r.Sum] = true
			}
			return nil
		})
	})
	if err != nil {
		return job.report, err
	}
	if req.From != nil {
		err = job.fromContest(ctx, *req.From)
	} else {
		err = job.fromFolder(ctx, req.Path)
	}
	if err = records.FirstError(err, job.flush(ctx)); err != nil {
		return job.report, err
	}
	return job.report, o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		return o.rec.Log(tx, "works.add-references", job.report.Set, nil, map[string]int{"added": job.report.Added})
	})
}

// referenceJob brings references in, some at a time.
type referenceJob struct {
	office   Stage
	known    map[string]bool // sums of the set
	report   ReferenceReport
	held     []Reference
	prints   []printRecord
	progress func(done, total int)
}

func (j *referenceJob) name(ctx context.Context, req ReferenceRequest) error {
	if j.report.Set == "" && req.From != nil {
		c, err := req.From.rec.Contest(ctx)
		if err != nil {
			return err
		}
		j.report.Set = c.Name
	}
	if j.report.Set == "" {
		j.report.Set = judging.Tidy(strings.TrimSuffix(path.Base(strings.ReplaceAll(req.Path, `\`, "/")), ".fayi"))
	}
	if j.report.Set == "" || j.report.Set == "." || req.Path == "" && req.From == nil {
		return judging.Fail(judging.Invalid, "duplicates.no_set", nil)
	}
	return nil
}

func (j *referenceJob) fromFolder(ctx context.Context, source string) error {
	skipped, err := archive.Walk(ctx, source, archive.Usual, func(e archive.Entry) error {
		kind, err := e.Kind()
		if err == nil && kind != filetype.Workbook && kind != filetype.Archive {
			ref := Reference{Title: strings.TrimSuffix(e.Name, path.Ext(e.Name)), Kind: string(kind)}
			err = j.add(ctx, ref, e.Path, e.Open)
		}
		return err
	})
	for _, s := range skipped {
		j.skip(s.Path, s.Reason)
	}
	return err
}

func (j *referenceJob) skip(path string, why *judging.Error) {
	j.report.Skipped = append(j.report.Skipped, intake.LooseFile{Path: path, Text: why.Text, Args: why.Args})
}

func (j *referenceJob) fromContest(ctx context.Context, from Stage) error {
	list, err := from.rec.Works(ctx, records.WorkFilter{})
	if err != nil {
		return err
	}
	for _, w := range list {
		for _, f := range w.Judged() {
			ref := Reference{Title: w.Title, Authors: w.Authors, Kind: f.Kind}
			err := j.add(ctx, ref, string(w.Code), func() (io.ReadCloser, error) { return from.rec.Blobs.Open(f.Sum) })
			if err != nil && !errors.Is(err, judging.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}

// add takes one file in. A file that is damaged or too large itself is reported, and the rest goes on.
func (j *referenceJob) add(ctx context.Context, ref Reference, where string, open func() (io.ReadCloser, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	print, err := j.read(ctx, &ref, open)
	var told *judging.Error
	if errors.As(err, &told) && told.Code == judging.Invalid {
		j.skip(where, told)
		return nil
	}
	if err != nil {
		return err
	}
	if j.known[ref.Sum] {
		j.report.Known++
		return nil
	}
	j.known[ref.Sum] = true
	ref.Set = j.report.Set
	j.held, j.prints = append(j.held, ref), append(j.prints, print)
	j.report.Added++
	if j.progress != nil {
		j.progress(j.report.Added, 0)
	}
	if len(j.held) < printBatch {
		return nil
	}
	return j.flush(ctx)
}

// read takes the sum and print of a file and keeps what is shown of it.
func (j *referenceJob) read(
	ctx context.Context, ref *Reference, open func() (io.ReadCloser, error),
) (printRecord, error) {
	r, err := open()
	if err != nil {
		return printRecord{}, err
	}
	defer r.Close()
	hash := sha256.New()
	if !printable(ref.Kind) {
		_, err := io.Copy(hash, r)
		ref.Sum = hex.EncodeToString(hash.Sum(nil))
		return printRecord{Sum: ref.Sum, Version: likeness.PrintVersion}, err
	}
	data, err := io.ReadAll(io.LimitReader(r, referenceBytes+1))
	if err != nil {
		return printRecord{}, err
	}
	if len(data) > referenceBytes {
		return printRecord{}, judging.Fail(judging.Invalid, "media.too_big", judging.Args{
			"MaxMB": referenceBytes >> 20,
		})
	}
	hash.Write(data)
	ref.Sum = hex.EncodeToString(hash.Sum(nil))
	if j.known[ref.Sum] {
		return printRecord{}, nil
	}
	return j.print(ctx, ref, data)
}

func (j *referenceJob) print(ctx context.Context, ref *Reference, data []byte) (printRecord, error) {
	p := printRecord{Sum: ref.Sum, Version: likeness.PrintVersion}
	var look bytes.Buffer
	if filetype.Kind(ref.Kind) == filetype.Picture {
		small, err := picture.Thumbnail(bytes.NewReader(data), lookSide)
		if err != nil {
			return p, err
		}
		if err := jpeg.Encode(&look, small, &jpeg.Options{Quality: lookQuality}); err != nil {
			return p, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
		}
		print, err := likeness.PrintPicture(bytes.NewReader(data))
		if err != nil {
			return p, err
		}
		p.Picture, err = binaryOf(print)
		if err != nil {
			return p, err
		}
	} else {
		text, err := j.office.prose(ctx, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return p, err
		}
		look.WriteString(text)
		ref.Kind = string(filetype.Text)
		if p.Text, err = binaryOf(likeness.PrintText(text)); err != nil {
			return p, err
		}
	}
	blob, err := j.office.rec.Blobs.Put(ctx, &look)
	ref.Look = blob.Sum
	return p, err
}

// flush writes what is held, numbered.
func (j *referenceJob) flush(ctx context.Context) error {
	if len(j.held) == 0 {
		return nil
	}
	var first int
	err := j.office.rec.In(records.Sorting).Update(ctx, func(tx store.Tx) (err error) {
		first, err = records.Take(tx, "reference", len(j.held))
		return err
	})
	if err != nil {
		return err
	}
	for i := range j.held {
		j.held[i].ID = judging.ReferenceID(judging.Serial("r", 6, first+i))
	}
	if err := j.office.keepPrints(ctx, j.prints); err != nil {
		return err
	}
	cost := func(i int) (int, int) { return references.Cost(j.held[i]) }
	err = store.Bulk(ctx, j.office.rec.In(records.Sorting), len(j.held), cost, func(tx store.Tx,
		i int) error {
		return references.Put(tx, j.held[i])
	}, nil)
	j.held, j.prints = nil, nil
	return err
}

// References counts the references by the name under which they were brought in, in order of names.
func (o Stage) References(ctx context.Context) ([]ReferenceSet, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]ReferenceSet, error) {
		out := []ReferenceSet{}
		err := references.Each(tx, func(r Reference) error {
			at := slices.IndexFunc(out, func(s ReferenceSet) bool { return s.Set == r.Set })
			if at < 0 {
				at, out = len(out), append(out, ReferenceSet{Set: r.Set})
			}
			out[at].Works++
			return nil
		})
		slices.SortFunc(out, func(a, b ReferenceSet) int { return strings.Compare(a.Set, b.Set) })
		return out, err
	})
}

// DropReferences takes all references of a set out again; pairs with them are no longer shown. Errors: NotFound.
func (o Stage) DropReferences(ctx context.Context, set string) (int, error) {
	ids, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		var out []string
		err := references.Each(tx, func(r Reference) error {
			if r.Set == set {
				out = append(out, string(r.ID))
			}
			return nil
		})
		return out, err
	})
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, judging.Fail(judging.NotFound, "duplicates.missing_set", judging.Args{"Set": set})
	}
	cost := func(i int) (int, int) { return 1, 64 }
	err = store.Bulk(ctx, o.rec.In(records.Sorting), len(ids), cost, func(tx store.Tx,
		i int) error {
		return references.Delete(tx, ids[i])
	}, nil)
	if err != nil {
		return 0, err
	}
	return len(ids), o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		return o.rec.Log(tx, "works.drop-references", set, map[string]int{"works": len(ids)}, nil)
	})
}

// LookSums lists the sums of what is shown of references.
func LookSums(tx store.Tx) (sums []string, err error) {
	err = references.Each(tx, func(r Reference) error {
		if r.Look != "" {
			sums = append(sums, r.Look)
		}
		return nil
	})
	return sums, err
}
