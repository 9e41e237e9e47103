package media

import (
	"path"
	"slices"
)

// Row is what names the files of one work.
type Row struct {
	Number   string
	Title    string
	Authors  []string
	FileName string // names the sheet gives, joined by "、"
	Category string
	Units    []string // of the authors and the sender
	Teachers []string
	From     string // path of the sheet within its source; files beside it are its own
	Files    int    // it has already
}

// Candidate is a file that may belong to a work.
type Candidate struct {
	Path  string // as Entry.Path
	Bound []int  // the row a person gave it to; at most one
	Not   []int  // rows a person took it from
}

// Fit says how sure a pair is.
type Fit string

// A file that fits is Matched to one row. Doubtful ones may belong to the rows told; a person decides. Unmatched ones tell nothing.
const (
	Matched   Fit = "matched"
	Doubtful  Fit = "doubtful"
	Unmatched Fit = "unmatched"
)

// Pair is what becomes of one file.
type Pair struct {
	File   int // index of the candidate
	Row    int // index of the row when Matched, else -1
	Fit    Fit
	Reason string // catalogue key: by what it matched, or why it did not
	Rows   []int  // when Doubtful: the rows it may belong to, rising, at most MaxDoubts of them
	Offers []Offer
}

// Offer is a row that a file may belong to.
type Offer struct {
	Row   int
	Score float64  // 0-1
	Clues []string // catalogue keys
}

// MaxDoubts is how many rows a doubtful pair tells at most.
const MaxDoubts = 8

// Match finds the work of each file by, in this order: a file name given in the sheet, the work's number standing by itself in the name, title and
// author in the path (folders count), a number of digits only, a title that no other work bears. The result has one pair for each file, in order.
//
// A file goes to one work at most; a work may get several files. Where clues fit several works, or speak against each other, the pair is Doubtful.
// The cost grows with rows plus files, not with their product.
func Match(rows []Row, files []Candidate) []Pair {
	x := indexRows(rows, files)
	out := make([]Pair, len(files))
	for i, f := range files {
		if len(f.Bound) > 0 {
			out[i] = matched(f.Bound[0], byPerson)
		} else {
			out[i] = x.pair(f.Path)
		}
		if out[i].Fit == Matched && slices.Contains(f.Not, out[i].Row) {
			out[i] = doubtful([]int{out[i].Row}, byPerson)
		}
		out[i].File = i
	}
	x.settleNames(out, files)
	x.settleTitles(out, files)
	for i, p := range out {
		for _, r := range p.Rows {
			out[i].Offers = append(out[i].Offers, Offer{r, 0.5, []string{p.Reason}})
		}
	}
	return out
}

func matched(row int, reason string) Pair { return Pair{Row: row, Fit: Matched, Reason: reason} }

func doubtful(rows []int, reason string) Pair {
	rows = slices.Clone(rows)
	slices.Sort(rows)
	rows = slices.Compact(rows)
	return Pair{Row: -1, Fit: Doubtful, Reason: reason, Rows: rows[:min(len(rows), MaxDoubts)]}
}

// The reasons of pairs.
const (
	byPerson   = "media.by_person"
	byName     = "media.by_file_name"
	byNumber   = "media.by_number"
	byBoth     = "media.by_title_and_author"
	byTitle    = "media.by_title"
	several    = "media.doubt_several"
	against    = "media.doubt_clues_disagree"
	sameName   = "media.doubt_same_name"
	sameTitle  = "media.doubt_same_title"
	authorOnly = "media.doubt_author_only"
	noClue     = "media.no_clue"
)

// pair weighs the clues of one file.
func (x *index) pair(at string) Pair {
	c := x.clues(at)
	strong, weak := x.numbered(c)
	both := x.both(c)
	switch {
	case len(c.named) > 0:
		return x.choose(gather(nil, c.named), c, byName)
	case len(strong) > 0:
		p := x.choose(strong, c, byNumber)
		if p.Fit == Matched && len(both) > 0 && !slices.Contains(both, p.Row) {
			return doubtful(append(both, p.Row), against)
		}
		return p
	case len(both) > 0:
		return x.choose(both, c, byBoth)
	}
	titled := x.titled(c)
	switch {
	case len(weak) > 0:
		p := x.choose(weak, c, byNumber)
		if p.Fit == Matched && len(titled) > 0 && !slices.Contains(titled, p.Row) {
			return doubtful(append(titled, p.Row), against)
		}
		return p
	case len(titled) > 0:
		p := x.choose(titled, c, byTitle)
		if p.Fit == Matched && len(c.authors) > 0 {
			return doubtful(append(x.authored(c), p.Row), against) // the path names somebody else
		}
		return p
	}
	if authored := x.authored(c); len(authored) > 0 {
		return doubtful(authored, authorOnly)
	}
	return Pair{Row: -1, Fit: Unmatched, Reason: noClue}
}

// choose matches the one row that the clues leave of rows.
func (x *index) choose(rows []int, c clues, reason string) Pair {
	if left := x.narrow(rows, c); len(left) == 1 {
		return matched(left[0], reason)
	}
	return doubtful(rows, several)
}

// settleNames takes back matches by file name where one name stands in several folders and was meant but once.
func (x *index) settleNames(pairs []Pair, files []Candidate) {
	type meant struct {
		row  int
		name string
	}
	times := map[meant]int{}
	key := func(p Pair) meant { return meant{p.Row, fold(path.Base(files[p.File].Path))} }
	for _, p := range pairs {
		if p.Fit == Matched && p.Reason == byName {
			times[key(p)]++
		}
	}
	for i, p := range pairs {
		if p.Fit == Matched && p.Reason == byName && times[key(p)] > 1 {
			pairs[i] = doubtful([]int{p.Row}, sameName)
			pairs[i].File = p.File
		}
	}
}

// settleTitles takes back matches by title alone where other files have a claim to the work too, unless all are parts of one series.
func (x *index) settleTitles(pairs []Pair, files []Candidate) {
	type claim struct{ dir, core string }
	of := func(p Pair) claim {
		at := files[p.File].Path
		return claim{path.Dir(at), core(path.Base(at))}
	}
	first := map[int]claim{}
	torn := map[int]bool{}
	for _, p := range pairs {
		if p.Fit != Matched {
			continue
		}
		if c, ok := first[p.Row]; ok && c != of(p) {
			torn[p.Row] = true
		} else if !ok {
			first[p.Row] = of(p)
		}
	}
	for i, p := range pairs {
		if p.Fit == Matched && p.Reason == byTitle && torn[p.Row] {
			pairs[i] = doubtful([]int{p.Row}, sameTitle)
			pairs[i].File = p.File
		}
	}
}
