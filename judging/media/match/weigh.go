package match

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"
)

// clue is one thing that speaks for a pair, or against it.
type clue string

// The clues as people see them.
const (
	clueName     clue = "media.clue_name"
	clueNumber   clue = "media.clue_number"
	clueTitle    clue = "media.clue_title"
	clueNear     clue = "media.clue_near_title"
	clueAuthor   clue = "media.clue_author"
	clueNearMan  clue = "media.clue_near_author"
	cluePinyin   clue = "media.clue_pinyin"
	clueUnit     clue = "media.clue_unit"
	clueCategory clue = "media.clue_category"
	clueBeside   clue = "media.clue_beside"
	notNumber    clue = "media.clue_not_number"
	notTitle     clue = "media.clue_not_title"
	notAuthor    clue = "media.clue_not_author"
	notCategory  clue = "media.clue_not_category"
	notUnit      clue = "media.clue_not_unit"
	stranger     clue = "media.clue_stranger"
)

// mostWeighed is how many rows are weighed for one clue of a file; where more bear it, only other clues lead to them.
const mostWeighed = 250

// claim weighs a file against the rows its clues lead to.
func (x *index) claim(i int, f Candidate) claim {
	base := path.Base(f.Path)
	c := claim{file: i, series: path.Dir(f.Path) + "/" + core(base), form: IsForm(f.Path), chosen: -1}
	r := x.read(f.Path)
	dir := path.Dir(f.Path)
	for _, row := range x.led(r) {
		if slices.Contains(f.Not, row) {
			continue
		}
		e := x.weigh(row, r)
		if n := shared(x.rows[row].From, dir) - x.common; n > 0 {
			e.add(1.6+float64(min(n, 2)), clueBeside)
		}
		c.edges = append(c.edges, e)
	}
	c.edges = heaviest(c.edges)
	return c
}

// led returns the rows that a path's clues lead to, those that two clues lead to first. Unit and category lead
// nowhere by themselves.
func (x *index) led(r reading) []int {
	seen := map[int]bool{}
	var out []int
	add := func(rows []int) {
		for _, row := range rows[:min(len(rows), mostWeighed)] {
			if !seen[row] && len(out) < 3*mostWeighed {
				seen[row] = true
				out = append(out, row)
			}
		}
	}
	add(r.named)
	for _, t := range r.titles {
		for _, p := range r.people {
			add(x.both[[2]int{t.id, p.id}])
		}
	}
	for _, n := range r.numbers {
		add(x.numbers.rows[n.id])
	}
	for _, t := range r.titles {
		add(x.titles.rows[t.id])
	}
	for _, p := range r.people {
		add(x.people.rows[p.id])
	}
	return out
}

func (e *edge) add(weight float64, c clue) {
	e.weight += weight
	e.speaks += max(weight, 0)
	if !slices.Contains(e.clues, c) {
		e.clues = append(e.clues, c)
	}
}

// weigh adds up what a path says for a row and against it.
func (x *index) weigh(row int, r reading) edge {
	e := edge{row: row}
	s := &x.says[row]
	if slices.Contains(r.named, row) {
		e.add(r.names, clueName)
	} else if len(r.named) > 0 && r.names > 5 {
		e.add(-6, notTitle)
	}
	x.weighNumber(&e, s, r)
	titled := x.weighTitle(&e, s, r)
	authored := x.weighAuthor(&e, s, r, titled)
	x.weighPlace(&e, s, r)
	switch firm := e.weight >= 9; {
	case authored && !titled && r.residue == 0 && len(s.authors) > 0 && len(x.people.rows[s.authors[0]]) == 1:
		e.weight++ // the name is the author's and no other's, and nothing else
	case !firm:
		e.weight -= min(0.6*float64(r.residue), 3)
	}
	return e
}

func (x *index) weighNumber(e *edge, s *said, r reading) {
	for _, n := range r.numbers {
		switch {
		case slices.Contains(s.number, n.id):
			w := 9 * n.part
			if n.whole {
				w += 1.5
			}
			e.add(w, n.clue)
			return
		case n.sure:
			e.add(-6, notNumber)
			return
		}
	}
}

// titleWeights are by a title's characters: short ones are found in other words too.
var titleWeights = []float64{0, 0, 4, 5, 6, 6.5, 6.5, 6.5, 7}

func (x *index) weighTitle(e *edge, s *said, r reading) bool {
	var others float64
	for _, t := range r.titles {
		if t.id == s.title {
			w := titleWeights[min(len(x.titles.texts[t.id]), len(titleWeights)-1)] * t.part
			if t.whole && t.clue == clueTitle && r.residue == 0 && len(r.people) == 0 {
				w = max(w, 6.1*t.part) // the name is this title and nothing else
			}
			e.add(w, t.clue)
			if t.part < 0.9 &&
				slices.ContainsFunc(r.titles, func(o hit) bool { return o.sure && o.part > t.part && o.id != t.id }) {
				e.add(-2, notTitle)
			}
			return t.part >= 0.4
		}
		if t.sure {
			others = max(others, t.part)
		}
	}
	if others > 0 {
		e.add(-4*others, notTitle)
	}
	return false
}

// weighAuthor also forgives a slip in a name when the title fits, and counts a stranger's name against the pair.
func (x *index) weighAuthor(e *edge, s *said, r reading, titled bool) bool {
	var found int
	other := false
	for _, p := range r.people {
		switch {
		case slices.Contains(s.authors, p.id):
			w := 5.0
			if len(x.people.texts[p.id]) < 3 {
				w = 4
			}
			if found++; found > 1 {
				w = 2
			}
			e.add(w*p.part, p.clue)
		case slices.Contains(s.teachers, p.id):
			e.add(1.5*p.part, clueUnit)
		case p.sure && len(x.people.rows[p.id]) > 0:
			other = true
		}
	}
	if found > 0 {
		return true
	}
	if other {
		e.add(-5, notAuthor)
		return false
	}
	for _, piece := range r.strange {
		if part := x.nearAuthor(s, piece); part > 0 && titled {
			e.add(5*part+0.6*float64(min(r.residue, len(piece))), clueNearMan)
			return true
		}
	}
	if slices.ContainsFunc(r.strange, looksNamed) {
		e.add(-3, stranger)
	}
	return false
}

// nearAuthor says how near a piece of a name is to one of the authors: of the same sound, or with one other
// character in three or more.
func (x *index) nearAuthor(s *said, piece []rune) float64 {
	for _, a := range s.authors {
		name := x.people.texts[a]
		if len(name) != len(piece) {
			continue
		}
		if one, two := syllables(name, true), syllables(piece, true); one != nil && slices.Equal(one, two) {
			return 0.8
		}
		if len(name) >= 3 && distance(name, piece, 1) <= 1 && name[0] == piece[0] {
			return 0.5
		}
	}
	return 0
}

func (x *index) weighPlace(e *edge, s *said, r reading) {
	place := func(hits []hit, own func(int) bool, plus, minus float64, yes, no clue) {
		mine := slices.IndexFunc(hits, func(h hit) bool { return own(h.id) })
		switch {
		case mine >= 0:
			e.add(plus*hits[mine].part, yes)
		case len(hits) > 0:
			e.add(-minus, no)
		}
	}
	place(r.units, func(id int) bool { return slices.Contains(s.units, id) }, 2.5, 2, clueUnit, notUnit)
	place(r.categories, func(id int) bool { return id == s.category }, 1, 1.6, clueCategory, notCategory)
}

// shared counts the leading folders that the sheet's path and a file's folder have in common.
func shared(sheet, dir string) int {
	a, b := strings.Split(path.Dir(sheet), "/"), strings.Split(dir, "/")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n] != "." {
		n++
	}
	return n
}

// commonFolders counts the leading folders that all rows' sheets have in common: lying there says nothing. Rows of
// several sources have none.
func commonFolders(rows []Row) int {
	if len(rows) == 0 {
		return 0
	}
	n := len(strings.Split(path.Dir(rows[0].From), "/"))
	for _, r := range rows {
		n = min(n, shared(rows[0].From, path.Dir(r.From)))
	}
	return n
}

// shares turns weights into how sure each row is, 0-1: the whole is what the heaviest says by itself.
func shares(edges []edge) []float64 {
	out := make([]float64, len(edges))
	if len(edges) == 0 {
		return out
	}
	var sum float64
	for i, e := range edges {
		out[i] = math.Exp((e.weight - edges[0].weight) / 1.2)
		sum += out[i]
	}
	whole := 1 / (1 + math.Exp(-(edges[0].weight-4.5)/1.2))
	for i := range out {
		out[i] = math.Round(1000*whole*out[i]/sum) / 1000
	}
	return out
}

// sureness is how sure a pair is that was taken.
func (c claim) sureness(e edge) float64 {
	return math.Round(1000/(1+math.Exp(-min(e.weight-3, c.margin+1)))) / 1000
}

func tell(clues []clue) []string {
	out := make([]string, len(clues))
	for i, c := range clues {
		out[i] = string(c)
	}
	return out
}

// reason names what a pair was matched by.
func reason(clues []clue) string {
	has := func(c ...clue) bool {
		return slices.ContainsFunc(clues, func(o clue) bool { return slices.Contains(c, o) })
	}
	switch {
	case has(clueName):
		return "media.by_file_name"
	case has(clueNumber):
		return "media.by_number"
	case has(clueTitle, clueNear, cluePinyin) && has(clueAuthor, clueNearMan):
		return "media.by_title_and_author"
	case has(clueAuthor):
		return "media.by_author"
	}
	return "media.by_title"
}

// doubt says why a claim is not settled.
func (c claim) doubt() string {
	best := c.edges[0]
	has := func(list ...clue) bool {
		return slices.ContainsFunc(best.clues, func(o clue) bool { return slices.Contains(list, o) })
	}
	switch {
	case has(notNumber, notTitle, notAuthor, stranger):
		return "media.doubt_clues_disagree"
	case len(c.edges) > 1 && best.weight-c.edges[1].weight < apart:
		return "media.doubt_several"
	case best.weight >= enough:
		return "media.doubt_same_title"
	case has(clueName):
		return "media.doubt_same_name"
	case cmp.Compare(len(best.clues), 1) <= 0 && has(clueAuthor, cluePinyin):
		return "media.doubt_author_only"
	}
	return "media.doubt_weak"
}
