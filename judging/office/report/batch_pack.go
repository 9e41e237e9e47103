package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/letter"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/forms"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// batchPack is a batch being written: into a folder and a zip of other names next to their places, which get theirs
// when all is done.
type batchPack struct {
	office      Stage
	plan        BatchPlan
	contest     judging.Contest
	rules       judging.Rules
	options     mapping.Options
	works       []BatchWork
	words       paper.Words
	dir         string
	folder      *atomicfile.Folder
	zip         *atomicfile.File
	rows        []forms.Row
	entries     []ManifestEntry
	files       int
	left        []string
	manifestSum string
}

func (o Stage) beginPack(ctx context.Context, plan BatchPlan, dir string, words paper.Words) (*batchPack, error) {
	p := &batchPack{office: o, plan: plan, works: plan.chosen(), words: words, dir: filepath.Clean(dir)}
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		var err error
		if p.contest, err = records.LoadContest(tx); err != nil {
			return err
		}
		if p.rules, err = records.LoadRules(tx); err != nil {
			return err
		}
		p.options, err = intake.ReadOptions(tx, "", nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(p.zipPath()); err == nil {
		return nil, judging.Fail(judging.Clash, "batch.folder_there", judging.Args{"Dir": filepath.Base(p.zipPath())})
	}
	if err := os.MkdirAll(filepath.Dir(p.dir), 0o755); err != nil {
		return nil, store.Translate(p.dir, err)
	}
	if p.folder, err = atomicfile.NewFolder(p.dir, 0o755); errors.Is(err, fs.ErrExist) {
		return nil, judging.Fail(judging.Clash, "batch.folder_there", judging.Args{"Dir": filepath.Base(p.dir)})
	}
	return p, store.Translate(p.dir, err)
}

func (p *batchPack) zipPath() string { return p.dir + ".zip" }

// clear takes away what did not get its name.
func (p *batchPack) clear() {
	p.folder.Discard()
	p.zip.Discard()
}

// write fills the folder and the zip.
func (p *batchPack) write(ctx context.Context, progress func(done, total int)) error {
	if err := p.copyFiles(ctx, progress); err != nil {
		return err
	}
	if len(p.works) > 0 {
		if err := p.add(intake.BatchListName, "", p.writeList); err != nil {
			return err
		}
	}
	if len(p.plan.Corrections) > 0 {
		if err := p.add(intake.BatchCorrectionName, "", func(w io.Writer) error {
			return intake.WriteBatchCorrections(w, p.plan.Corrections)
		}); err != nil {
			return err
		}
	}
	if err := p.add(intake.BatchLetterName, "", p.writeLetter); err != nil {
		return err
	}
	if err := p.writeManifest(); err != nil {
		return err
	}
	if bad, err := CheckBatch(ctx, p.folder.Path("")); err != nil || len(bad) > 0 {
		return records.FirstError(err, judging.Fail(judging.Unavailable, "batch.not_as_written", nil))
	}
	return p.writeZip(ctx)
}

// copyFiles copies the originals of all works under their new names.
func (p *batchPack) copyFiles(ctx context.Context, progress func(done, total int)) error {
	if err := os.Mkdir(p.folder.Path(intake.BatchWorksFolder), 0o755); err != nil {
		return store.Translate(p.dir, err)
	}
	var names judging.NameBook
	for i, w := range p.works {
		work := w.work
		work.Unit = work.ShownUnit()
		if work.Sender == "" {
			work.Sender = p.contest.Host
		}
		row := forms.Row{No: i + 1, Work: work, Award: w.Honours, Place: w.Place}
		stem := p.plan.Superior.Naming.Of(work, cmp.Or(w.Award, w.Honours), i+1)
		for n, f := range w.work.Files {
			if err := ctx.Err(); err != nil {
				return err
			}
			full := stem
			if len(w.work.Files) > 1 {
				full = judging.LegalName(stem, "") // room for the number
				full = fmt.Sprintf("%s-%d", full, n+1)
			}
			name := names.Take(full, path.Ext(f.Name))
			if err := p.copyFile(ctx, work.Code, f, path.Join(intake.BatchWorksFolder, name)); err != nil {
				return err
			}
			row.Files = append(row.Files, name)
			p.files++
		}
		p.rows = append(p.rows, row)
		if progress != nil {
			progress(i+1, len(p.works))
		}
	}
	return nil
}

// copyFile copies one original; its bytes must still have the sum under which they were kept.
func (p *batchPack) copyFile(ctx context.Context, code judging.WorkCode, f judging.File, to string) error {
	from, err := p.office.rec.Blobs.Open(f.Sum)
	if err != nil {
		if judging.CodeOf(err) == judging.NotFound {
			return judging.Fail(judging.NotFound, "batch.file_gone", judging.Args{"Code": string(code)}).Because(err)
		}
		return err
	}
	defer from.Close()
	err = p.add(to, code, func(w io.Writer) error { return copyAll(ctx, w, from) })
	if err == nil && p.entries[len(p.entries)-1].Sum != f.Sum {
		return judging.Fail(judging.Corrupt, "batch.file_changed", judging.Args{"Code": string(code)})
	}
	return err
}

// copyAll copies until the end or until ctx ends.
func copyAll(ctx context.Context, w io.Writer, r io.Reader) error {
	buf := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		if n > 0 {
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// add writes one file of the batch and notes its sum.
func (p *batchPack) add(name string, code judging.WorkCode, write func(io.Writer) error) error {
	sum, crc, size := sha256.New(), crc32.NewIEEE(), byteCount(0)
	err := p.folder.WriteFile(name, 0o644, func(f io.Writer) error { return write(io.MultiWriter(f, sum, crc, &size)) })
	if err != nil {
		return store.Translate(p.dir, err)
	}
	p.entries = append(p.entries, ManifestEntry{
		Path:  name,
		Bytes: int64(size),
		Sum:   hex.EncodeToString(sum.Sum(nil)),
		Code:  code,
		crc:   crc.Sum32(),
	})
	return nil
}

// byteCount counts the bytes that are written to it.
type byteCount int64

func (c *byteCount) Write(b []byte) (int, error) {
	*c += byteCount(len(b))
	return len(b), nil
}

// writeList fills the superior's form, or makes the usual list where there is none.
func (p *batchPack) writeList(w io.Writer) error {
	s := p.plan.Superior
	if s.Sum == "" {
		list := forms.BatchList{Title: p.title("batch.list_title"), Host: p.contest.Host, Date: p.date(),
			Rows: p.rows, State: p.plan.state.Note(nil, p.words)}
		return forms.WriteBatchList(w, list, p.words)
	}
	form, err := p.office.rec.Blobs.Open(s.Sum)
	if err != nil {
		return judging.Fail(judging.NotFound, "batch.form_gone", judging.Args{"File": s.Template}).Because(err)
	}
	defer form.Close()
	report, err := forms.Fill(w, form.Name(), s.Template, p.rows, p.rules, p.options)
	p.left = report.Left
	return err
}

func (p *batchPack) title(key string) string {
	return p.words(key, map[string]any{"Contest": p.contest.Title(), "Number": chineseNumber(p.plan.Number)})
}

func (p *batchPack) date() string { return records.ChineseDate(p.office.rec.Now()) }

func (p *batchPack) writeLetter(w io.Writer) error {
	to := p.plan.Superior.Name
	if to == "" {
		to = p.words("batch.letter_to", nil)
	}
	var body, papers []string
	if len(p.works) > 0 {
		body = append(body, p.words("batch.letter_body", map[string]any{
			"Contest": p.contest.Title(),
			"Number":  chineseNumber(p.plan.Number),
			"Works":   len(p.works),
			"Files":   p.files,
		}))
		papers = append(papers, intake.BatchListName, p.words("batch.letter_files", map[string]any{"Files": p.files}))
	}
	if len(p.plan.Corrections) > 0 {
		body = append(body, p.words("batch.letter_corrections", map[string]any{
			"Contest": p.contest.Title(),
			"Count":   len(p.plan.Corrections),
		}))
		for _, c := range p.plan.Corrections {
			body = append(body, correctionLine(c, p.words))
		}
		papers = append(papers, intake.BatchCorrectionName)
	}
	return letter.Write(w, letter.Letter{
		Title:       p.title("batch.letter_title"),
		To:          to,
		Body:        append(body, p.words("batch.letter_end", nil)),
		Attachments: append(papers, intake.BatchManifestName),
		From:        p.contest.Host,
		Date:        p.date(),
	}.In(p.words))
}

// publish gives folder and zip their names.
func (p *batchPack) publish() error {
	if err := p.folder.Commit(); err != nil {
		return store.Translate(p.dir, err)
	}
	if err := p.zip.Commit(); err != nil {
		return errors.Join(store.Translate(p.zipPath(), err), os.RemoveAll(p.dir))
	}
	return nil
}

// withdraw takes away what publish put there.
func (p *batchPack) withdraw() error { return errors.Join(os.RemoveAll(p.dir), os.Remove(p.zipPath())) }

func (p *batchPack) report() BatchReport {
	r := BatchReport{Batch: superior.BatchID(p.plan.Superior.To, p.plan.Number), Number: p.plan.Number,
		To: p.plan.Superior.To, Works: []judging.WorkID{},
		Files: p.files, Dir: p.dir, Manifest: filepath.Join(p.dir, intake.BatchManifestName), Zip: p.zipPath(),
		Left:  p.left,
		State: p.plan.state, Open: p.plan.open,
		Corrections: p.plan.Corrections}
	for _, w := range p.works {
		r.Works = append(r.Works, w.Work)
	}
	return r
}
