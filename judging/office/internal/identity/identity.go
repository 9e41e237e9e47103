// Package identity tells which rows of a list are works that came before.
//
// It promises: two works are the same only where the file is a later version of the list that the work stood in, and
// either their numbers agree, or category, title, authors and unit agree, or the row stands in the same place and
// differs by a correction. Rows of one import are never the same work unless a person asks for it. All else comes in,
// and what is like another work is said to be. The order in which files come does not matter.
//
// It keeps no records and reads no files: package intake tells it the works there are, then asks file by file.
package identity

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// Index finds works by what rows say. It is not for several goroutines.
type Index struct {
	works  []*entry
	byID   map[judging.WorkID]*entry
	full   map[string][]*entry // by category, title, authors and unit
	coarse map[string][]*entry // by category, title and authors
	places map[judging.Place]*entry
	number map[string][]*entry
	codes  map[judging.WorkCode]*entry
	files  map[string]int // works of each file that came before
	names  map[string][]string
	merge  bool
}

// entry is one work.
type entry struct {
	work    judging.Work
	fresh   bool   // of this import
	claimed string // the file a row of which is this work
}

// New returns an index of no works. merge says that rows of one import that agree in all are one work.
func New(merge bool) *Index {
	return &Index{
		byID:   map[judging.WorkID]*entry{},
		full:   map[string][]*entry{},
		coarse: map[string][]*entry{},
		places: map[judging.Place]*entry{},
		number: map[string][]*entry{},
		codes:  map[judging.WorkCode]*entry{},
		files:  map[string]int{},
		names:  map[string][]string{},
		merge:  merge,
	}
}

// Add tells of a work that came before; wrote are its earlier states, as its list wrote them before corrections.
func (x *Index) Add(w judging.Work, wrote ...judging.Work) {
	e := &entry{work: w}
	x.add(e)
	for _, old := range wrote {
		put(x.full, fullKey(old), e)
		put(x.coarse, old.Key(), e)
	}
	file := w.Source.File
	if x.files[file]++; x.files[file] == 1 {
		x.names[stem(file)] = append(x.names[stem(file)], file)
	}
	x.places[w.Source] = e
}

// Met tells of a work that this import brings.
func (x *Index) Met(w judging.Work) {
	e := &entry{work: w, fresh: true}
	if x.merge {
		x.add(e)
		return
	}
	put(x.coarse, w.Key(), e) // enough to say what is like it
}

func (x *Index) add(e *entry) {
	x.works = append(x.works, e)
	x.byID[e.work.ID] = e
	if e.work.Code != "" {
		x.codes[e.work.Code] = e
	}
	put(x.full, fullKey(e.work), e)
	put(x.coarse, e.work.Key(), e)
	if n := judging.Fold(e.work.Number); n != "" {
		put(x.number, n, e)
	}
}

// put adds an entry to a list, once.
func put(in map[string][]*entry, key string, e *entry) {
	if list := in[key]; len(list) == 0 || list[len(list)-1] != e {
		in[key] = append(list, e)
	}
}

// Empty reports whether no work came before.
func (x *Index) Empty() bool { return len(x.files) == 0 }

// Work returns a work as it was told.
func (x *Index) Work(id judging.WorkID) (judging.Work, bool) {
	e := x.byID[id]
	if e == nil {
		return judging.Work{}, false
	}
	return e.work, true
}

// Coded returns the work that came before under a code.
func (x *Index) Coded(code judging.WorkCode) (judging.Work, bool) {
	e := x.codes[code]
	if e == nil {
		return judging.Work{}, false
	}
	return e.work, true
}

// At returns the work that stood in a place; "" for none.
func (x *Index) At(p judging.Place) judging.WorkID {
	if e := x.places[p]; e != nil {
		return e.work.ID
	}
	return ""
}

// fullKey is all that tells a work from others but its number.
func fullKey(w judging.Work) string { return w.Key() + "\x1d" + judging.Fold(w.ShownUnit()) }

var (
	version = regexp.MustCompile(`(?:[-_—. (（【\[]*(?:第?[\d一二三四五六七八九十]+[稿版次]|v\d+(?:\.\d+)?|\d{1,2}|副本|复件|copy|新版?|最新版?|最终版?|终稿|终版|定稿|` +
		`修改版?|修改稿|修订版?|更正版?|更正|更新版?|更新|补正|改|\d{4}[-.年]?\d{1,2}[-.月]?\d{1,2}日?)[)）】\]]*)+$`)
	copied = regexp.MustCompile(`^(?:副本|复件|copyof)[-_ ]*`)
)

// stem is a file's name without its ending and what people add to it from version to version.
func stem(file string) string {
	base := judging.Fold(strings.TrimSuffix(path.Base(file), path.Ext(file)))
	short := copied.ReplaceAllString(version.ReplaceAllString(base, ""), "")
	if short == "" {
		return base
	}
	return short
}

// Match finds for each row of one file the work that it is a state of; "" where it is none that came before. rows are
// in the order of the file, all of Source.File file.
func (x *Index) Match(file string, rows []judging.Work) []judging.WorkID {
	if x.Empty() {
		return make([]judging.WorkID, len(rows))
	}
	m := matching{x, file, rows, make([]*entry, len(rows)), map[string]bool{}, map[string]bool{}}
	m.relate()
	for _, pass := range []func(int) *entry{m.byNumber, m.byAll, m.byPlace} {
		for i := range rows {
			if m.found[i] == nil {
				if e := pass(i); e != nil {
					m.found[i], e.claimed = e, file
				}
			}
		}
	}
	out := make([]judging.WorkID, len(rows))
	for i, e := range m.found {
		if e != nil {
			out[i] = e.work.ID
		}
	}
	return out
}

// matching is the rows of one file being matched.
type matching struct {
	*Index

	file  string
	rows  []judging.Work
	found []*entry
	later map[string]bool // files of which this one is a later version, by what they have in common
	named map[string]bool // files of the same name but for its version
}

// relate finds the files of which this one is a later version: half of the shorter of both is in the other, or they
// have one name and a work in common.
func (m *matching) relate() {
	for _, f := range m.names[stem(m.file)] {
		m.named[f] = true
	}
	common := map[string]int{}
	seen := map[*entry]bool{}
	for _, w := range m.rows {
		for _, e := range m.full[fullKey(w)] {
			if !e.fresh && !seen[e] && unitKnown(w, e.work) {
				seen[e] = true
				common[e.work.Source.File]++
				break
			}
		}
	}
	for f, n := range common {
		m.later[f] = m.named[f] || 2*n >= min(len(m.rows), m.files[f])
	}
}

// unitKnown reports whether both works name a unit: without one, works of two senders look alike.
func unitKnown(a, b judging.Work) bool { return a.ShownUnit() != "" && b.ShownUnit() != "" }

// free reports whether a row may be the work of an entry that came before.
func (m *matching) free(e *entry) bool { return !e.fresh && e.claimed != m.file }

// byNumber finds the work of the row's number in an earlier version of the list.
func (m *matching) byNumber(i int) *entry {
	w := m.rows[i]
	for _, e := range m.number[judging.Fold(w.Number)] {
		f := e.work.Source.File
		if w.Number != "" && m.free(e) && (m.later[f] || m.named[f]) && corrected(e.work, w) &&
			(m.later[f] || unitsAgree(e.work, w)) {
			return e
		}
	}
	return nil
}

// byAll finds a work of which category, title, authors and unit are the row's. Of several it takes the one of the same
// file, then of the same number, then the first.
func (m *matching) byAll(i int) *entry {
	w := m.rows[i]
	var best *entry
	rank := func(e *entry) int {
		switch {
		case e.work.Source == w.Source:
			return 0
		case e.work.Source.File == w.Source.File:
			return 1
		case judging.Fold(e.work.Number) == judging.Fold(w.Number):
			return 2
		}
		return 3
	}
	for _, e := range m.full[fullKey(w)] {
		f := e.work.Source.File
		related := m.later[f] && unitKnown(w, e.work) || m.named[f] || f == m.file
		if !m.free(e) || !related {
			continue
		}
		if best == nil || rank(e) < rank(best) || rank(e) == rank(best) && before(e.work.Source, best.work.Source) {
			best = e
		}
	}
	return best
}

func before(a, b judging.Place) bool {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row)) < 0
}

// byPlace finds the work that stood in the row's place and differs by a correction. Another unit is a correction only
// where the rest of the file is that list: elsewhere it is the list of another school.
func (m *matching) byPlace(i int) *entry {
	w := m.rows[i]
	e := m.places[w.Source]
	if e != nil && m.free(e) && corrected(e.work, w) && sameNumber(e.work, w) &&
		(unitsAgree(e.work, w) || m.later[w.Source.File] && sameTitle(e.work, w)) {
		return e
	}
	return nil
}

// corrected reports whether two rows differ by a correction rather than being two works.
func corrected(a, b judging.Work) bool {
	return sameTitle(a, b) || SameNames(a.Authors, b.Authors) && len(a.Authors) > 0 && a.Category == b.Category
}

func sameTitle(a, b judging.Work) bool { return judging.Fold(a.Title) == judging.Fold(b.Title) }

func sameNumber(a, b judging.Work) bool {
	return a.Number == "" || b.Number == "" || judging.Fold(a.Number) == judging.Fold(b.Number)
}

// SameNames reports whether two lists of names are the same, in one order.
func SameNames(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return judging.Fold(x) == judging.Fold(y) })
}

// shortestUnit is how many characters the short form of a unit's name has at least.
const shortestUnit = 3

// unitsAgree reports whether two works may be of one unit: one is not known, both are the same, or one is the short
// form of the other.
func unitsAgree(a, b judging.Work) bool {
	x, y := judging.Fold(a.ShownUnit()), judging.Fold(b.ShownUnit())
	if len(x) > len(y) {
		x, y = y, x
	}
	return x == "" || x == y ||
		utf8.RuneCountInString(x) >= shortestUnit && (strings.HasSuffix(y, x) || strings.HasPrefix(y, x))
}

// Twin returns the work of this import that a row agrees with in all, numbers only where both have one. ok is false
// where there is none, and where rows of one import are not merged.
func (x *Index) Twin(w judging.Work) (twin judging.Work, ok bool) {
	for _, e := range x.full[fullKey(w)] {
		if e.fresh && x.merge && sameNumber(e.work, w) {
			return e.work, true
		}
	}
	return judging.Work{}, false
}

// mostLike is how many works of one category, title and authors are looked at.
const mostLike = 50

// Like returns a work, of any import, whose category, title and authors are w's, whatever its unit; one of this import
// that agrees in all before others. ok is false where there is none.
func (x *Index) Like(w judging.Work) (like judging.Work, how Likeness) {
	list := x.coarse[w.Key()]
	for _, e := range list[:min(len(list), mostLike)] {
		switch {
		case e.work.ID == w.ID:
		case e.fresh && fullKey(e.work) == fullKey(w) && sameNumber(e.work, w):
			return e.work, Twin
		case how == Unlike && e.fresh:
			like, how = e.work, LikeFresh
		case how == Unlike:
			like, how = e.work, LikeKnown
		}
	}
	return like, how
}

// Likeness says how alike a row and a work are that are not taken for one.
type Likeness int

// The likenesses.
const (
	Unlike    Likeness = iota
	LikeKnown          // a work that came before: the same category, title and authors
	LikeFresh          // the same of a work of this import
	Twin               // a work of this import that agrees in all
)
