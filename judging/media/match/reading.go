package match

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// reading is what one path tells: words of the list that stand in it, and what nothing explains.
type reading struct {
	named      []int // rows whose sheet gives this name
	names      float64
	titles     []hit
	people     []hit
	units      []hit
	categories []hit
	numbers    []hit
	strange    [][]rune // pieces of the name that nothing explains
	residue    int      // their Chinese characters
	latin      bool     // words in pinyin were explained
}

// hit is a word of the list in a path. part is how much of its weight counts, 0-1. A sure hit speaks against rows
// that have another word.
type hit struct {
	id    int
	part  float64
	sure  bool
	clue  clue
	whole bool // the piece between two signs is this word
}

// read gathers what a path tells; its folders tell a little less than its name, and big ones next to nothing.
func (x *index) read(at string) reading {
	base := path.Base(at)
	r := x.scan(stem(base))
	r.named, r.names = x.namesakes(base)
	x.findNumbers(&r, base, path.Dir(at))
	dir := path.Dir(at)
	for dir != "." && dir != "/" {
		d := x.folder(dir)
		r.titles, r.people = merge(r.titles, d.titles), merge(r.people, d.people)
		r.units, r.categories = merge(r.units, d.units), merge(r.categories, d.categories)
		dir = path.Dir(dir)
	}
	return r
}

// merge adds what a folder says to what the name says. What a name says for sure, its folders do not deny.
func merge(to, from []hit) []hit {
	sure := slices.ContainsFunc(to, func(h hit) bool { return h.sure })
	for _, h := range from {
		if i := slices.IndexFunc(to, func(o hit) bool { return o.id == h.id }); i >= 0 {
			to[i].part = max(to[i].part, h.part)
			continue
		}
		h.sure = h.sure && !sure
		to = append(to, h)
	}
	return to
}

// folder reads the last part of a folder's path, once for all files in it.
func (x *index) folder(dir string) reading {
	if r, ok := x.folders[dir]; ok {
		return r
	}
	r := x.scan(path.Base(dir))
	part := 0.85
	if x.below[dir] > 40 {
		part = 0.3
	}
	for _, list := range [][]hit{r.titles, r.people} {
		for i := range list {
			list[i].part *= part
			list[i].sure = list[i].sure && part > 0.5
		}
	}
	x.folders[dir] = r
	return r
}

// namesakes finds the rows whose sheet gives this file name, and how much that says: a name that several files or
// rows bear says little.
func (x *index) namesakes(base string) ([]int, float64) {
	full := fold(base)
	rows := x.names[full]
	weight := 12.0
	if len(rows) == 0 {
		rows, weight = x.names[stem(full)], 10
	}
	if len(rows) > 1 || x.times[full] > 1 {
		weight = 5
	}
	return rows[:min(len(rows), mostWeighed)], weight
}

// findNumbers looks in the name, and takes a folder's name if it is a number as a whole.
func (x *index) findNumbers(r *reading, base, dir string) {
	name := []rune(fold(stem(base)))
	for _, s := range widest(x.numbers.find(name, alone)) {
		number := string(name[s.from:s.to])
		switch {
		case !allDigits(number) && strings.ContainsAny(number, "0123456789") || len(number) > 5:
			r.numbers = append(r.numbers, hit{id: s.word, part: 1, sure: true, clue: clueNumber})
		case leads(name, s.from, s.to):
			r.numbers = append(r.numbers, hit{
				id:    s.word,
				part:  0.55,
				clue:  clueNumber,
				whole: s.to-s.from == len(name),
			})
		}
	}
	folder := fold(path.Base(dir))
	if id, ok := x.numbers.ids[folder]; ok {
		part := 1.0
		if allDigits(folder) {
			part = 0.55
		}
		r.numbers = append(r.numbers, hit{id: id, part: part, sure: part == 1, clue: clueNumber})
	}
	if short := strings.TrimLeft(string(name), "0"); len(r.numbers) == 0 && allDigits(short) {
		if id, ok := x.numbers.ids[short]; ok {
			r.numbers = append(r.numbers, hit{id: id, part: 0.55, clue: clueNumber, whole: true})
		}
	}
}

// scan reads one part of a path.
func (x *index) scan(text string) reading {
	s := newScan(text)
	titles := s.unjoined(s.spans(x.titles, s.uncut))
	long := widest(titles)
	units := outside(widest(s.spans(x.units, s.uncut)), long)
	s.cover(units)
	var r reading
	for _, t := range outside(long, units) {
		if t.to-t.from >= 4 {
			s.cover([]span{t})
			r.titles = append(r.titles, hit{id: t.word, part: 1, sure: true, clue: clueTitle, whole: s.edge(t)})
		}
	}
	people := outside(widest(s.spans(x.people, s.unbroken)), append(slices.Clone(long), units...))
	s.cover(people)
	categories := widest(s.spans(x.categories, anywhere))
	s.cover(categories)
	x.readCut(&r, s)
	s.cover(widest(s.spans(lexicon{trie: x.noise}, anywhere)))
	for _, t := range titles {
		x.addTitle(&r, s, t)
	}
	for _, p := range people {
		h := hit{id: p.word, part: 1, sure: true, clue: clueAuthor, whole: s.edge(p)}
		if !h.whole {
			h.part, h.sure = 0.5, false
		}
		r.people = append(r.people, h)
	}
	for _, u := range units {
		r.units = append(r.units, hit{id: u.word, part: 1, clue: clueUnit})
	}
	for _, c := range categories {
		r.categories = append(r.categories, hit{id: c.word, part: 1, clue: clueCategory})
	}
	x.readLatin(&r, s)
	x.readNear(&r, s)
	r.strange, r.residue = s.strange()
	return r
}

// addTitle takes a title that is within a longer one for less, and a short one only when it stands by itself.
func (x *index) addTitle(r *reading, s *scanned, t span) {
	if slices.ContainsFunc(r.titles, func(h hit) bool { return h.id == t.word }) {
		return
	}
	h := hit{id: t.word, part: 0.5, clue: clueTitle}
	if t.to-t.from < 4 {
		h.part = 0.35
		if s.edge(t) && !s.inside(t) {
			h.part, h.sure, h.whole = 1, true, true
			s.cover([]span{t})
		}
	}
	r.titles = append(r.titles, h)
}

// scanned is one part of a path while it is read: its letters and digits without the signs between.
type scanned struct {
	letters []rune
	gap     []bool // a sign stands before this letter
	dotted  []bool // that sign is the dot within a name, or a blank
	known   []bool // explained
}

func newScan(text string) *scanned {
	s := &scanned{}
	gap, dotted := false, true
	blank := func(r rune) rune {
		if unicode.IsSpace(r) {
			return '·' // folding would take it away; names may be typed with one, 林　正
		}
		return r
	}
	for _, r := range fold(strings.Map(blank, text)) {
		if !isWord(r) {
			gap, dotted = true, dotted && strings.ContainsRune("·•・", r)
			continue
		}
		s.letters, s.gap, s.dotted = append(s.letters, r), append(s.gap, gap), append(s.dotted, dotted)
		gap, dotted = false, true
	}
	s.known = make([]bool, len(s.letters))
	return s
}

func (s *scanned) spans(l lexicon, whole func(text []rune, from, to int) bool) []span {
	return l.find(s.letters, whole)
}

// unbroken takes a word that reaches across no sign but the dot within a name.
func (s *scanned) unbroken(text []rune, from, to int) bool {
	for i := from + 1; i < to; i++ {
		if s.gap[i] && !s.dotted[i] {
			return false
		}
	}
	return s.uncut(text, from, to)
}

// uncut takes a word unless it cuts a number in two; numbers with a sign between are two.
func (s *scanned) uncut(text []rune, from, to int) bool {
	return !s.number(from) && !s.number(to)
}

// number reports whether a number continues from the letter before at to the one there.
func (s *scanned) number(at int) bool {
	return at > 0 && at < len(s.letters) && !s.gap[at] && isDigit(s.letters[at]) && isDigit(s.letters[at-1])
}

// unjoined leaves out words that make one number of two where another word ends with the first of them: 光1-1 is 光1
// rather than 光11.
func (s *scanned) unjoined(spans []span) []span {
	return slices.DeleteFunc(spans, func(p span) bool {
		return slices.ContainsFunc(spans, func(o span) bool {
			return o.from == p.from && o.to < p.to && s.gap[o.to] && isDigit(s.letters[o.to]) &&
				isDigit(s.letters[o.to-1])
		})
	})
}

func (s *scanned) cover(spans []span) {
	for _, p := range spans {
		for i := p.from; i < p.to; i++ {
			s.known[i] = true
		}
	}
}

// edge reports whether a word stands by itself: between signs, digits, or what is explained.
func (s *scanned) edge(p span) bool {
	free := func(i int) bool { return s.known[i] || !isHan(s.letters[i]) }
	left := p.from == 0 || s.gap[p.from] || free(p.from-1)
	return left && (p.to == len(s.letters) || s.gap[p.to] || free(p.to))
}

// inside reports whether all of a word is explained already, as part of something longer.
func (s *scanned) inside(p span) bool {
	return !slices.Contains(s.known[p.from:p.to], false)
}

// strange returns the pieces that nothing explains, and how many Chinese characters they have.
func (s *scanned) strange() (pieces [][]rune, han int) {
	var piece []rune
	for i, r := range s.letters {
		if s.known[i] || s.gap[i] || !isHan(r) {
			if len(piece) > 0 {
				pieces, piece = append(pieces, piece), nil
			}
		}
		if !s.known[i] && isHan(r) {
			piece = append(piece, r)
			han++
		}
	}
	if len(piece) > 0 {
		pieces = append(pieces, piece)
	}
	return pieces, han
}

// outside drops the spans that lie within a longer one of others.
func outside(spans, others []span) []span {
	return slices.DeleteFunc(slices.Clone(spans), func(s span) bool {
		return slices.ContainsFunc(others, func(o span) bool {
			return o.from <= s.from && s.to <= o.to && o.to-o.from > s.to-s.from
		})
	})
}
