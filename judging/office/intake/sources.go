package intake

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/archive"
	"fayi/judging/parcel"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
)

// sources are all files of an import: the workbooks to read and the media to attach.
type sources struct {
	trees       []*archive.Tree
	workbooks   []workbook
	files       []archive.Entry
	corrections []archive.Entry // papers of batches that correct earlier ones
	notTable    string          // a file that was named as a source and is no workbook
	skipped     []judging.Problem
	inbox       parcel.Inbox
	temp        string // where workbooks out of archives lie
}

// workbook is one spreadsheet to read. A named one was asked for by itself: it must be readable.
type workbook struct {
	entry archive.Entry
	named bool
}

// openSources lists what lies in all sources. Errors: NotFound, Unavailable, Invalid for a hostile archive.
func openSources(ctx context.Context, req ImportRequest) (*sources, error) {
	s := &sources{}
	var err error
	if s.temp, err = os.MkdirTemp("", "fayi-import-*"); err != nil {
		return nil, judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{"File": "temp"}).Because(err)
	}
	for _, path := range req.Sources {
		if err := s.add(ctx, path, true); err != nil {
			s.close()
			return nil, err
		}
	}
	for _, path := range req.Media {
		if err := s.add(ctx, path, false); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func (s *sources) add(ctx context.Context, path string, withBooks bool) error {
	base := filepath.Base(path)
	info, err := os.Stat(path)
	plain := err != nil || info.IsDir() || info.Mode().IsRegular() // to open a pipe is to wait for ever
	if withBooks && plain && base != BatchCorrectionName &&
		slices.Contains(filetype.TableEndings, strings.ToLower(filepath.Ext(base))) {
		s.workbooks = append(s.workbooks, workbook{archive.Entry{Path: base, Name: base, Local: path}, true})
		return nil
	}
	tree, err := archive.Open(ctx, path, archive.Usual)
	s.trees = append(s.trees, tree)
	if err != nil {
		return named(err, base)
	}
	if len(tree.Entries) == 0 && len(tree.Skipped) == 1 {
		return named(tree.Skipped[0].Reason, base)
	}
	for _, skip := range tree.Skipped {
		p := judging.Problem{Place: judging.Place{File: skip.Path}, Text: skip.Reason.Text, Args: skip.Reason.Args}
		if filetype.IsTableName(skip.Path) && p.Text == "media.bad_archive" { // a workbook is an archive too
			p.Text, p.Args = "sheet.truncated", judging.Args{"File": skip.Path}
		}
		s.skipped = append(s.skipped, p)
	}
	entries, err := s.inbox.Take(ctx, base, tree.Entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if isBatchPaper(e.Name) {
			continue
		}
		if e.Name == BatchCorrectionName && withBooks {
			s.corrections = append(s.corrections, e)
			continue
		}
		s.sort(ctx, e, withBooks, e.Path == base)
	}
	return nil
}

// sort puts one file where it belongs. alone says that it is the source itself.
func (s *sources) sort(ctx context.Context, e archive.Entry, withBooks, alone bool) {
	kind, err := e.Kind()
	switch {
	case err != nil:
		s.skipped = append(s.skipped, judging.Problem{
			Place: judging.Place{File: e.Path},
			Text:  "import.unreadable_file",
		})
	case kind != filetype.Workbook && withBooks && s.listsWorks(ctx, e),
		kind == filetype.Other && withBooks && filetype.IsTableName(e.Name): // its error says what is wrong with it
		s.workbooks = append(s.workbooks, workbook{e, alone})
	case kind != filetype.Workbook:
		s.files = append(s.files, e)
		if withBooks && alone {
			s.notTable = e.Path
		}
	case withBooks:
		s.workbooks = append(s.workbooks, workbook{e, alone})
	case !s.reads(e):
		s.skipped = append(s.skipped, judging.Problem{
			Place: judging.Place{File: e.Path},
			Text:  "import.table_in_media",
		})
	}
}

// reads reports whether a workbook that lies among the media was named as a list as well.
func (s *sources) reads(e archive.Entry) bool {
	is, err := os.Stat(e.Local)
	return err == nil && slices.ContainsFunc(s.workbooks, func(w workbook) bool {
		named, err := os.Stat(w.entry.Local)
		return err == nil && os.SameFile(is, named)
	})
}

// named puts the file's name into an error that media keeps nameless.
func named(err error, file string) error {
	if e, ok := err.(*judging.Error); ok {
		args := judging.Args{"File": file}
		for k, v := range e.Args {
			args[k] = v
		}
		return judging.Fail(e.Code, e.Text, args).Because(e.Err)
	}
	return err
}

func (s *sources) names() []string {
	out := []string{}
	for _, w := range s.workbooks {
		out = append(out, w.entry.Path)
	}
	return out
}

func (s *sources) close() {
	for _, t := range s.trees {
		t.Close()
	}
	if s.temp != "" {
		os.RemoveAll(s.temp)
	}
}

// open opens a workbook where it lies, or a copy when it lies in an archive.
func (s *sources) open(ctx context.Context, w workbook) (*read.Book, error) {
	path := w.entry.Local
	if path == "" {
		var err error
		if path, err = archive.Spool(ctx, w.entry, s.temp); err != nil {
			return nil, named(err, w.entry.Path)
		}
	}
	return read.Open(path, w.entry.Path, grid.Limits{})
}
