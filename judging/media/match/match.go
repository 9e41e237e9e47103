package match

import (
	"cmp"
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
	From     string // path of the sheet within its source; files next to it are its own
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

// A file that fits is Matched to one row. Doubtful ones may belong to the rows offered; a person decides. Unmatched
// ones tell nothing.
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
	Reason string  // catalogue key: by what it matched, or why it did not
	Score  float64 // 0-1: how sure the pair is; of a doubtful one, its best offer's
	Offers []Offer // when Doubtful: the rows it may belong to, likeliest first, at most MaxDoubts of them
}

// Offer is a row that a file may belong to.
type Offer struct {
	Row   int
	Score float64  // 0-1; those of one file add up to 1 at most
	Clues []string // catalogue keys: what speaks for it and against it
}

// MaxDoubts is how many rows a doubtful pair offers at most.
const MaxDoubts = 8

// The weights of a pair are sums of its clues' (see weigh.go), in which 6 is what a title of four characters says.
const (
	enough = 6.0 // the least weight of a pair that is taken
	apart  = 2.5 // and by how much all would be worse without it
	spare  = 2.5 // what a second file costs that is no part of one series with the first
	least  = 2.0 // pairs of less weight are not looked at
	torn   = 3.9 // unless so much speaks for them, and as much against
)

// Match finds the work of each file by all that its name and folders tell: a file name given in the sheet, number,
// title, authors, unit, category; in any order, with noise, in pinyin, with slips of the pen. The pairs are
// weighed, then chosen together so that the sum is best: a file goes to one row at most, and a second file of a row
// that is no part of a series must weigh more. What is sure is Matched; the rest is offered. The result has one
// pair for each file, in order; what a person bound stays bound.
//
// The cost grows with rows plus files, not with their product.
func Match(rows []Row, files []Candidate) []Pair {
	x := indexRows(rows, files)
	out := make([]Pair, len(files))
	claims := make([]claim, 0, len(files))
	bound := map[int]int{} // row -> files bound to it
	for i, f := range files {
		if len(f.Bound) > 0 {
			out[i] = Pair{File: i, Row: f.Bound[0], Fit: Matched, Reason: "media.by_person", Score: 1}
			bound[f.Bound[0]]++
			continue
		}
		claims = append(claims, x.claim(i, f))
	}
	for _, c := range choose(claims, func(row int) bool { return rows[row].Files+bound[row] > 0 }) {
		out[c.file] = c.pair()
	}
	x.offerLeft(out, files)
	return out
}

// claim is what one file has to say for the rows it may belong to.
type claim struct {
	file   int
	series string // files of one series stand side by side in a folder and differ in a number only
	form   bool   // takes no work's place: it is attached next to its files
	edges  []edge // heaviest first
	chosen int    // index of the edge that is best for all, -1 for none
	extra  bool   // another series has the row's first place
	margin float64
}

// edge is one row of a claim.
type edge struct {
	row    int
	weight float64
	speaks float64 // what speaks for it, without what speaks against it
	clues  []clue
}

// denied reports whether the name reports another work's author or number, or of a stranger where no author is
// named: such a pair is for a person to settle, unless the sheet gives the file's name.
func (e edge) denied() bool {
	has := func(c clue) bool { return slices.Contains(e.clues, c) }
	if has(clueName) {
		return false
	}
	return has(notAuthor) || has(notNumber) || has(stranger) && !has(clueNumber)
}

// pair says what became of a claim.
func (c claim) pair() Pair {
	if len(c.edges) == 0 {
		return Pair{File: c.file, Row: -1, Fit: Unmatched, Reason: "media.no_clue"}
	}
	if c.chosen >= 0 && c.weight() >= enough && c.margin >= apart && !c.edges[c.chosen].denied() {
		e := c.edges[c.chosen]
		return Pair{File: c.file, Row: e.row, Fit: Matched, Reason: reason(e.clues), Score: c.sureness(e)}
	}
	p := Pair{File: c.file, Row: -1, Fit: Doubtful, Offers: c.offers()}
	p.Score, p.Reason = p.Offers[0].Score, c.doubt()
	return p
}

// weight is what the chosen pair weighs.
func (c claim) weight() float64 {
	w := c.edges[c.chosen].weight
	if c.extra {
		w -= spare
	}
	return w
}

// offers tells the rows, the one that is best for all first: another's weight counts no more than going there would
// leave for all.
func (c claim) offers() []Offer {
	edges := slices.Clone(c.edges)
	if c.chosen >= 0 {
		for i := range edges {
			if most := c.weight() - max(c.margin, 0); i != c.chosen {
				edges[i].weight = min(edges[i].weight, most)
			}
		}
		edges[c.chosen].weight = c.weight()
		edges[0], edges[c.chosen] = edges[c.chosen], edges[0]
		slices.SortStableFunc(edges[1:], func(a, b edge) int { return cmp.Compare(b.weight, a.weight) })
	}
	edges = edges[:min(len(edges), MaxDoubts)]
	out := make([]Offer, len(edges))
	for i, share := range shares(edges) {
		out[i] = Offer{Row: edges[i].row, Score: share, Clues: tell(edges[i].clues)}
	}
	return out
}

// heaviest sorts edges by weight, then by row, and keeps those worth looking at.
func heaviest(edges []edge) []edge {
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.row, b.row))
	})
	edges = slices.DeleteFunc(edges, func(e edge) bool { return e.weight < least && e.speaks < torn })
	return edges[:min(len(edges), 4*MaxDoubts)]
}
