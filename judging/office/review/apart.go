package review

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/media/trace"
	"fayi/judging/office/internal/papers"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
	"fayi/judging/worker"
)

// Jobs on documents are done in a process of their own: small ones have cost minutes and gigabytes. Pictures and
// recordings are read as streams, or within the memory that package picture has for them.
const (
	jobClean  = "review.clean"
	jobSearch = "review.search"
)

func init() {
	worker.Register(jobClean, cleanJob)
	worker.Register(jobSearch, searchJob)
}

type cleanArgs struct {
	File   judging.File `json:"file"`
	Engine pdf.Config   `json:"engine"`
}

// cleanApart is clean, in a process of its own where that may cost much.
func (o Stage) cleanApart(ctx context.Context, w io.Writer, in original) (got trace.Result, err error) {
	if !workfiles.Costly(in.file.Kind) || o.rec.Papers == nil {
		return o.clean(ctx, w, in)
	}
	args := cleanArgs{in.file, papers.Config(ctx, o.rec.Papers)}
	err = worker.Do(ctx, jobClean, in.Name(), args, w, &got)
	return got, store.Translate(in.Name(), err)
}

func cleanJob(ctx context.Context, in *os.File, raw json.RawMessage, out io.Writer) (any, error) {
	var args cleanArgs
	if err := json.Unmarshal(raw, &args); err != nil {
		return nil, err
	}
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	engine := pdf.NewEngine(args.Engine)
	defer engine.Close()
	o := Stage{rec: &records.Records{Papers: engine}}
	return o.clean(ctx, out, original{in, info.Size(), args.File})
}

// searchArgs is what is looked for in the copy that judges get of a file, or in the file when there is no copy.
type searchArgs struct {
	File   judging.File `json:"file"`
	Failed bool         `json:"failed"` // there is no copy
	Work   judging.Work `json:"work"`   // its names
	Engine pdf.Config   `json:"engine"`
}

// searchResult is what was found.
type searchResult struct {
	Mute bool              `json:"mute"`
	Rest []string          `json:"rest,omitempty"`
	Hits []judging.NameHit `json:"hits,omitempty"`
}

// searchApart looks for the names of w in the copy c of f.
func (o Stage) searchApart(ctx context.Context, w judging.Work, f judging.File, c blindCopy) (searchResult, error) {
	args := searchArgs{File: f, Failed: c.Failed != "", Work: w}
	args.Work.Files = nil
	sum := f.Sum
	if !args.Failed {
		sum, args.File.Sum, args.File.Bytes = c.Sum, c.Sum, c.Bytes
	}
	src, err := o.rec.Blobs.Open(sum)
	if err != nil {
		return searchResult{}, err
	}
	defer src.Close()
	if !workfiles.Costly(f.Kind) || o.rec.Papers == nil {
		return o.search(ctx, src, args)
	}
	args.Engine = papers.Config(ctx, o.rec.Papers)
	var got searchResult
	err = worker.Do(ctx, jobSearch, src.Name(), args, nil, &got)
	if judging.CodeOf(err) == judging.Invalid {
		return searchResult{Mute: true}, nil // somebody must look at what can't be searched
	}
	return got, store.Translate(src.Name(), err)
}

func searchJob(ctx context.Context, in *os.File, raw json.RawMessage, _ io.Writer) (any, error) {
	var args searchArgs
	if err := json.Unmarshal(raw, &args); err != nil {
		return nil, err
	}
	engine := pdf.NewEngine(args.Engine)
	defer engine.Close()
	return Stage{rec: &records.Records{Papers: engine}}.search(ctx, in, args)
}

// search looks through what stands in a file: what is shown as words, page by page, and what is not.
func (o Stage) search(ctx context.Context, in *os.File, args searchArgs) (searchResult, error) {
	s := searchResult{Mute: true}
	var pages []string
	var err error
	if !args.Failed {
		if pages, err = o.words(ctx, args.File, in); err != nil {
			return s, err
		}
	}
	all, rest, err := o.remaining(ctx, in, pages)
	if err != nil {
		return s, err
	}
	s.Rest = rest
	for n, text := range pages {
		if strings.TrimSpace(text) != "" {
			s.Mute = false
		}
		for _, h := range judging.FindNames(text, args.Work) {
			h.Page = n
			s.Hits = append(s.Hits, h)
		}
		if len(s.Hits) >= judging.MaxNameHits {
			break
		}
	}
	if len(s.Hits) == 0 { // what is not shown as words may name somebody too
		s.Hits = judging.FindNames(strings.Join(all, "\n"), args.Work)
	}
	return s, nil
}
