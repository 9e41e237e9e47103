package match

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// spelled are the words of the list as they are typed without Chinese.
type spelled struct {
	full    lexicon // whole syllables: of titles (even word numbers) and people (odd ones)
	of      []spelling
	initial map[string][]spelling
}

// spelling says which word a spelling is of.
type spelling struct {
	id     int
	person bool
}

// surnameSounds are readings that characters have as surnames only.
var surnameSounds = map[rune]string{
	'单': "shan",
	'曾': "zeng",
	'解': "xie",
	'仇': "qiu",
	'区': "ou",
	'查': "zha",
	'朴': "piao",
	'任': "ren",
	'翟': "zhai",
	'覃': "qin",
	'盖': "ge",
	'乐': "yue",
	'华': "hua",
	'宁': "ning",
	'尉': "wei",
	'召': "shao",
	'员': "yun",
	'么': "yao",
	'缪': "miao",
	'秘': "bi",
	'冼': "xian",
	'重': "chong",
	'晟': "cheng",
}

// syllables spells Chinese text; nil when a character has no reading.
func syllables(text []rune, person bool) []string {
	out := make([]string, 0, len(text))
	for i, r := range text {
		if s := surnameSounds[r]; s != "" && person && i == 0 {
			out = append(out, s)
			continue
		}
		s := pinyin.SinglePinyin(r, pinyinStyle)
		if len(s) == 0 || s[0] == "" {
			return nil
		}
		out = append(out, s[0])
	}
	return out
}

var pinyinStyle = pinyin.NewArgs()

// spell lists all titles and people by pinyin: in full, and by first letters.
func spell(x *index) spelled {
	p := spelled{full: newLexicon(), initial: map[string][]spelling{}}
	for id, t := range x.titles.texts {
		if len(t) >= 3 {
			p.put(syllables(t, false), spelling{id, false}, 4)
		}
	}
	for id, t := range x.people.texts {
		s := syllables(t, true)
		p.put(s, spelling{id, true}, 2)
		if len(s) > 1 {
			p.put(append(s[1:len(s):len(s)], s[0]), spelling{id, true}, 9) // given name first
		}
	}
	return p
}

func (p *spelled) put(syllables []string, of spelling, initials int) {
	if len(syllables) == 0 {
		return
	}
	id := p.full.put(strings.Join(syllables, ""), len(p.of), 4)
	if id >= 0 {
		p.of = append(p.of, of)
	}
	if len(syllables) < initials {
		return
	}
	var b strings.Builder
	for _, s := range syllables {
		b.WriteByte(s[0])
	}
	p.initial[b.String()] = append(p.initial[b.String()], of)
}

// readLatin explains runs of Latin letters as pinyin: of a title in full or by its first letters, of a name in
// full, or, for next to nothing, by its letters.
func (x *index) readLatin(r *reading, s *scanned) {
	for from := 0; from < len(s.letters); {
		if !isABC(s.letters[from]) {
			from++
			continue
		}
		to := from
		for to < len(s.letters) && isABC(s.letters[to]) {
			to++
		}
		x.readRun(r, s, from, to)
		from = to
	}
}

func (x *index) readRun(r *reading, s *scanned, from, to int) {
	run := s.letters[from:to]
	starts := func(i int) bool { return i == 0 || s.gap[from+i] }
	spans := x.latin.full.find(run, func(_ []rune, a, b int) bool {
		return starts(a) && (b == len(run) || starts(b)) || b-a >= 8
	})
	for _, sp := range widest(spans) {
		for _, n := range x.latin.full.rows[sp.word][:min(8, len(x.latin.full.rows[sp.word]))] {
			x.spelledHit(r, x.latin.of[n], 0.85, 0.7)
		}
	}
	if len(spans) > 0 {
		return
	}
	for a := 0; a < len(run); { // by first letters
		b := a + 1
		for b < len(run) && !s.gap[from+b] {
			b++
		}
		list := x.latin.initial[string(run[a:b])]
		for _, of := range list[:min(16, len(list))] {
			x.spelledHit(r, of, 0.5, 0.3)
		}
		a = b
	}
}

func (x *index) spelledHit(r *reading, of spelling, title, person float64) {
	r.latin = true
	if of.person {
		r.people = merge(r.people, []hit{{id: of.id, part: person, clue: cluePinyin}})
		return
	}
	r.titles = merge(r.titles, []hit{{id: of.id, part: title, clue: cluePinyin}})
}
