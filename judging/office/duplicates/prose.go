package duplicates

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"

	"fayi/judging/filetype"
	"fayi/judging/media/likeness"
	"fayi/judging/media/pdf"
	"fayi/judging/media/prose"
	"fayi/judging/office/internal/papers"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
	"fayi/judging/worker"
)

const jobPrint = "duplicates.print"

func init() { worker.Register(jobPrint, printJob) }

// printApart returns the print of the words of a document, made in a process of its own.
func (o Stage) printApart(ctx context.Context, f *os.File) ([]byte, error) {
	var engine pdf.Config
	if o.rec.Papers != nil {
		engine = papers.Config(ctx, o.rec.Papers)
	}
	var out bytes.Buffer
	err := worker.Do(ctx, jobPrint, f.Name(), engine, &out, nil)
	return out.Bytes(), err
}

func printJob(ctx context.Context, in *os.File, raw json.RawMessage, out io.Writer) (any, error) {
	var config pdf.Config
	if err := json.Unmarshal(raw, &config); err != nil {
		return nil, err
	}
	engine := pdf.NewEngine(config)
	defer engine.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, store.Translate("", err)
	}
	text, err := Stage{rec: &records.Records{Papers: engine}}.prose(ctx, in, info.Size())
	if err != nil {
		return nil, err
	}
	print, err := binaryOf(likeness.PrintText(text))
	if err == nil {
		_, err = out.Write(print)
	}
	return nil, err
}

// proseBytes is what is compared of the words of one PDF.
const proseBytes = 2 << 20

// proseFile is a file of which the words are wanted.
type proseFile interface {
	io.ReadSeeker
	io.ReaderAt
}

// prose returns the words of a text, Word or PDF file. Of a PDF it reads at most 300 pages and 2 MiB of words; a
// scanned one has none. Errors: those of media.Prose and of package pdf.
func (o Stage) prose(ctx context.Context, f proseFile, size int64) (string, error) {
	head := make([]byte, filetype.HeadSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF || !workfiles.IsPDF(head[:n]) {
		return prose.Read(f, size)
	}
	pages, err := workfiles.PDFWords(ctx, o.rec, f, size)
	if err != nil {
		return "", err
	}
	text := strings.Join(pages, "\n")
	return strings.ToValidUTF8(text[:min(len(text), proseBytes)], ""), nil
}
