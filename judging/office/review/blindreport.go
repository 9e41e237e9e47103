package review

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media/prose"
	"fayi/judging/media/scrub"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// nameSearch is what was found in the words of a file for the names of a work.
type nameSearch struct {
	Of    string            `json:"of"`
	Names string            `json:"names"`          // digest of what was looked for
	Mute  bool              `json:"mute"`           // no words could be read
	Rest  []string          `json:"rest,omitempty"` // what stands in the copy past the words that are shown
	Hits  []judging.NameHit `json:"hits,omitempty"`
}

var nameSearches = store.NewTable("blind_names", 1, func(s *nameSearch) string { return searchID(s.Of, s.Names) })

// searchID names a search of what this version of scrubbing leaves.
func searchID(sum, names string) string {
	return sum + "/" + judging.Serial("v", 4, scrub.Version) + "/" + names
}

// namesIn looks for the names of w in f, or recalls what was found.
func (o Stage) namesIn(ctx context.Context, w judging.Work, f judging.File) (nameSearch, error) {
	s, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (nameSearch, error) {
		return nameSearches.Get(tx, searchID(f.Sum, w.NamesDigest()))
	})
	if err == nil || !errors.Is(err, judging.ErrNotFound) {
		return s, err
	}
	s = nameSearch{Of: f.Sum, Names: w.NamesDigest(), Mute: true}
	c, err := o.blindCopyOf(ctx, f)
	if err != nil {
		return s, err
	}
	got, err := o.searchApart(ctx, w, f, c)
	if err != nil {
		return s, err
	}
	s.Mute, s.Rest, s.Hits = got.Mute, got.Rest, got.Hits
	return s, o.rec.In(records.Settings).Update(ctx, func(tx store.Tx) error { return nameSearches.Put(tx, s) })
}

// words returns the text of what judges get of f, which src holds, page by page for a PDF; none for files without
// words or with words that can't be read.
func (o Stage) words(ctx context.Context, f judging.File, src *os.File) ([]string, error) {
	if f.Kind != "text" && f.Kind != "document" {
		return nil, nil
	}
	head, err := workfiles.HeadOf(src, f)
	if err != nil {
		return nil, err
	}
	var pages []string
	if workfiles.IsPDF(head) {
		pages, err = workfiles.PDFWords(ctx, o.rec, src, f.Bytes)
	} else {
		var text string
		text, err = prose.Read(src, f.Bytes)
		pages = []string{text}
	}
	if judging.CodeOf(err) == judging.Invalid {
		return nil, nil
	}
	return pages, err
}

// Need is a reason why somebody should look at a file before judges do.
type Need string

// The needs, the gravest first.
const (
	NeedClean   Need = "clean"   // it can't be cleaned: judges can't open it before somebody has looked
	NeedNames   Need = "names"   // names were found in its words
	NeedLeft    Need = "left"    // something that may tell of the maker could not be taken out
	NeedPrepare Need = "prepare" // nothing was done yet
	NeedMark    Need = "mark"    // a signature or a seal may be on it
	NeedRead    Need = "read"    // its words can't be searched: scanned, or in an old format
	NeedListen  Need = "listen"  // a sound may name its makers
	NeedWatch   Need = "watch"   // a film may name its makers in the picture or in the sound
)

// BlindFileState is the state of one file that judges are to see.
type BlindFileState struct {
	N       int               `json:"file"` // among all files of the work, from 1
	Kind    string            `json:"kind"`
	Format  string            `json:"format,omitempty"` // of the copy
	Removed []string          `json:"removed"`          // kinds of traces that the copy lost
	Left    []string          `json:"left"`
	Failed  string            `json:"failed,omitempty"` // why there is no copy: a key of the catalogue
	Masks   int               `json:"masks"`
	Names   []judging.NameHit `json:"names"`
	Rest    []string          `json:"rest"`  // words that stand in it past those that are shown, 60 lines at most
	Needs   []Need            `json:"needs"` // empty when nothing speaks against showing it
	Looked  bool              `json:"looked"`
}

// Open reports whether somebody should still look at the file.
func (f BlindFileState) Open() bool {
	return len(f.Needs) > 0 && !f.Looked || slices.Contains(f.Needs, NeedPrepare)
}

// BlindState is the state of one work.
type BlindState struct {
	Work        judging.WorkID    `json:"work"`
	Code        judging.WorkCode  `json:"code"`
	Title       string            `json:"title"`
	Category    string            `json:"category"`
	TitleNames  []judging.NameHit `json:"title_names"` // names in the title itself
	TitleLooked bool              `json:"title_looked"`
	Files       []BlindFileState  `json:"files"`
}

// Open counts what somebody should still look at.
func (s BlindState) Open() int {
	n := 0
	if len(s.TitleNames) > 0 && !s.TitleLooked {
		n++
	}
	for _, f := range s.Files {
		if f.Open() {
			n++
		}
	}
	return n
}

// BlindnessReport tells for each accepted work what judges' copies lost, what is covered and what still needs an
// eye. It makes nothing: what was not prepared says so.
func (o Stage) BlindnessReport(ctx context.Context) ([]BlindState, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]BlindState, error) {
		out := []BlindState{}
		err := records.EachWork(tx, func(w judging.Work) error {
			if !records.Accepted(w) {
				return nil
			}
			s, err := blindState(tx, w)
			out = append(out, s)
			return err
		})
		return out, err
	})
}

// UnseenBlind counts what somebody should still look at in a work before judges do. It makes nothing.
func UnseenBlind(tx store.Tx, w judging.Work) (int, error) {
	s, err := blindState(tx, w)
	return s.Open(), err
}

func blindState(tx store.Tx, w judging.Work) (BlindState, error) {
	s := BlindState{
		Work:       w.ID,
		Code:       w.Code,
		Title:      w.Title,
		Category:   w.Category,
		Files:      []BlindFileState{},
		TitleNames: noneNil(judging.FindNames(w.Title, w)),
	}
	var err error
	if s.TitleLooked, err = stillLooked(tx, w, lookedTitle); err != nil {
		return s, err
	}
	for i, f := range w.Files {
		if f.Aside {
			continue
		}
		state, err := blindFileState(tx, w, f)
		if err != nil {
			return s, err
		}
		state.N = i + 1
		s.Files = append(s.Files, state)
	}
	return s, nil
}

func blindFileState(tx store.Tx, w judging.Work, f judging.File) (BlindFileState, error) {
	out := BlindFileState{
		Kind:    f.Kind,
		Masks:   len(f.Masks),
		Removed: []string{},
		Left:    []string{},
		Names:   []judging.NameHit{},
		Needs:   []Need{},
		Rest:    []string{},
	}
	var err error
	if out.Looked, err = stillLooked(tx, w, f.Sum); err != nil {
		return out, err
	}
	c, err := loadCopy(tx, f)
	if errors.Is(err, judging.ErrNotFound) {
		out.Needs = append(out.Needs, NeedPrepare)
	} else if err != nil {
		return out, err
	}
	names, err := nameSearches.Get(tx, searchID(f.Sum, w.NamesDigest()))
	if err != nil && !errors.Is(err, judging.ErrNotFound) {
		return out, err
	}
	if searched := err == nil; !searched && !slices.Contains(out.Needs, NeedPrepare) {
		out.Needs = append(out.Needs, NeedPrepare)
	}
	out.Format = c.Format
	out.Removed = traceNames(c.Removed)
	out.Left = traceNames(c.Left)
	out.Failed = c.Failed
	out.Names = noneNil(names.Hits)
	out.Rest = noneNil(names.Rest)
	out.Needs = append(out.Needs, fileNeeds(w, f, c, names)...)
	return out, nil
}

// fileNeeds lists why somebody should look at a file, by what is known of it.
func fileNeeds(w judging.Work, f judging.File, c blindCopy, names nameSearch) []Need {
	var out []Need
	add := func(when bool, n Need) {
		if when {
			out = append(out, n)
		}
	}
	prepared := c.Of != "" && names.Of != ""
	add(c.Failed != "", NeedClean)
	add(len(names.Hits) > 0, NeedNames)
	add(len(c.Left) > 0, NeedLeft)
	add(f.Kind == "picture" && signs(w.Category), NeedMark)
	add(prepared && names.Mute && (f.Kind == "document" || f.Kind == "text"), NeedRead)
	add(f.Kind == "video", NeedWatch)
	add(f.Kind == "audio", NeedListen)
	return out
}

// signs reports whether works of a category are signed or sealed by custom.
func signs(category string) bool {
	return slices.ContainsFunc([]string{"书法", "绘画", "美术", "国画", "书画", "篆刻", "漫画", "剪纸", "手抄报", "硬笔", "软笔", "年画", "农民画"},
		func(word string) bool { return strings.Contains(category, word) })
}

func noneNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
