package workfiles

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"os"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media"
	"fayi/judging/media/pdf"
	"fayi/judging/media/prose"
	"fayi/judging/office/internal/papers"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/worker"
)

// Jobs on documents are done in a process of their own: small ones have cost minutes and gigabytes.
const (
	jobMeasure = "workfiles.measure"
	jobText    = "workfiles.text"
	jobPage    = "workfiles.page"
)

func init() {
	worker.Register(jobMeasure, measureJob)
	worker.Register(jobText, textJob)
	worker.Register(jobPage, pageJob)
}

// Costly reports whether a file is of a kind for which a process of its own is worth its start: all but pictures and
// recordings, which are read as streams, or within the memory that package picture has for them.
func Costly(kind string) bool {
	switch filetype.Kind(kind) {
	case filetype.Picture, filetype.Audio, filetype.Video:
		return false
	}
	return true
}

type jobArgs struct {
	File   judging.File `json:"file"`
	Size   int          `json:"size,omitempty"` // of a picture
	Engine pdf.Config   `json:"engine"`
}

// stage is what a job works with in its own process.
func (a jobArgs) stage() (Stage, func() error) {
	engine := pdf.NewEngine(a.Engine)
	return Stage{&records.Records{Papers: engine}}, engine.Close
}

// engine is how PDF files are opened.
func (o Stage) engine(ctx context.Context) pdf.Config {
	if o.rec.Papers == nil {
		return pdf.Config{}
	}
	return papers.Config(ctx, o.rec.Papers)
}

func argsOf(raw json.RawMessage) (a jobArgs, err error) {
	err = json.Unmarshal(raw, &a)
	return a, err
}

// measured measures one document.
func (o Stage) measured(ctx context.Context, r *os.File, f judging.File) (facts judging.FileFacts, err error) {
	err = worker.Do(ctx, jobMeasure, r.Name(), jobArgs{File: f, Engine: o.engine(ctx)}, nil, &facts)
	var told *judging.Error
	if errors.As(err, &told) && told.Code == judging.Invalid {
		facts = judging.FileFacts{Kind: f.Kind, Bytes: f.Bytes, Broken: true, Costly: told.Text == "media.too_costly"}
		err = nil
	}
	return facts, store.Translate(r.Name(), err)
}

func measureJob(ctx context.Context, in *os.File, raw json.RawMessage, _ io.Writer) (any, error) {
	a, err := argsOf(raw)
	if err != nil {
		return nil, err
	}
	o, end := a.stage()
	facts, err := o.measureHere(ctx, in, a.File)
	return facts, errors.Join(err, end())
}

func textJob(_ context.Context, in *os.File, _ json.RawMessage, out io.Writer) (any, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, store.Translate("", err)
	}
	text, err := prose.Read(in, info.Size())
	if err == nil {
		_, err = io.WriteString(out, text)
	}
	return nil, err
}

// Prose returns the words of a text or office document. Errors: those of media.Prose, Invalid "media.too_costly".
func Prose(ctx context.Context, f *os.File) (string, error) {
	var text bytes.Buffer
	err := worker.Do(ctx, jobText, f.Name(), jobArgs{}, &text, nil)
	return text.String(), store.Translate(f.Name(), err)
}

// firstPage draws the first page of a PDF; other documents can't be drawn.
func (o Stage) firstPage(ctx context.Context, r *os.File, bytes int64, size int) (image.Image, error) {
	head := make([]byte, min(bytes, filetype.HeadSize))
	if _, err := io.ReadFull(r, head); err != nil || !IsPDF(head) {
		return nil, judging.Fail(judging.Invalid, "media.no_preview", nil)
	}
	return o.pageApart(ctx, r, bytes, size)
}

func (o Stage) pageApart(ctx context.Context, r *os.File, size int64, side int) (image.Image, error) {
	var drawn bytes.Buffer
	args := jobArgs{File: judging.File{Bytes: size}, Size: side, Engine: o.engine(ctx)}
	if err := worker.Do(ctx, jobPage, r.Name(), args, &drawn, nil); err != nil {
		return nil, store.Translate(r.Name(), err)
	}
	return png.Decode(&drawn)
}

func pageJob(ctx context.Context, in *os.File, raw json.RawMessage, out io.Writer) (any, error) {
	a, err := argsOf(raw)
	if err != nil {
		return nil, err
	}
	o, end := a.stage()
	defer end()
	page, err := o.drawFirst(ctx, in, a.File.Bytes, a.Size)
	if err != nil {
		return nil, err
	}
	return nil, (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(out, page)
}

// drawFirst draws the first page of a PDF of size bytes, its longer side side pixels long.
func (o Stage) drawFirst(ctx context.Context, r io.ReadSeeker, size int64, side int) (image.Image, error) {
	d, err := o.rec.Papers.Open(ctx, r, size)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	w, h, err := d.Size(ctx, 0)
	if err != nil {
		return nil, err
	}
	wide := side
	if h > w {
		wide = max(int(float64(side)*w/h), 16)
	}
	return d.Picture(ctx, 0, wide)
}

// measureHere measures a file in this process.
func (o Stage) measureHere(ctx context.Context, r *os.File, f judging.File) (judging.FileFacts, error) {
	facts, err := media.Measured(r, f.Bytes, f.Name)
	if err != nil {
		return facts, err
	}
	sounds := facts.Kind == string(filetype.Video) || facts.Kind == string(filetype.Audio)
	switch {
	case sounds && facts.Broken:
		// what is torn off behind its index still plays in part
		if media.FilmFacts(ctx, r.Name(), &facts) == nil && facts.Seconds > 0 {
			facts.Broken, facts.Cut = false, true
		}
	case sounds && (facts.Seconds == 0 || facts.Kind == string(filetype.Video) && facts.Width == 0):
		err = media.FilmFacts(ctx, r.Name(), &facts)
	case facts.Format == "pdf":
		err = o.measurePaper(ctx, r, &facts)
	}
	var told *judging.Error
	if errors.As(err, &told) {
		facts.Broken = facts.Broken || told.Text == "media.bad_film" || told.Text == "pdf.bad"
		err = nil
	}
	return facts, store.Translate(r.Name(), err)
}
