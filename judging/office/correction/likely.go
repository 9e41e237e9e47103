package correction

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"fayi/judging"
)

// MostLikely is how many pairs of names are proposed.
const MostLikely = 200

// Why two names may mean one unit, the surest first. They are proposals: a person decides.
const (
	LikeSpelling = "spelling" // the same but for marks, blanks and what stands in brackets
	LikePlace    = "place"    // one is the other after the name of a place: 示例县第一小学, 第一小学
	LikeLetter   = "letter"   // one character differs, is missing or too many
	LikeShort    = "short"    // one may be the short form of the other: 县一中, 县第一中学
)

var likeOrder = []string{LikeSpelling, LikePlace, LikeLetter, LikeShort}

// Likeness is a pair of names that may mean one unit.
type Likeness struct {
	A    string `json:"a"` // the longer, which is proposed as the name to keep
	B    string `json:"b"`
	Kind string `json:"kind"`
	Rest string `json:"rest,omitempty"` // what only one of them says
}

// telling are characters by which units of one kind are kept apart: 第一小学 and 第二小学 differ in one character and are
// two schools.
const telling = "0123456789一二三四五六七八九十百零两东南西北中上下前后左右内外新老大小甲乙丙丁"

// likely proposes pairs of names that may mean one unit, the surest first, and says how many more there are. Its cost
// grows with the number of names, not with its square, but for short forms, which are looked for among at most
// mostShort names.
func likely(names []string) ([]Likeness, int) {
	p := pairs{met: map[[2]string]bool{}}
	bare := map[string][]string{} // folded, without marks and brackets -> names
	var keys []string
	for _, n := range names {
		k := bareName(n)
		if k == "" {
			continue
		}
		if bare[k] == nil {
			keys = append(keys, k)
		}
		bare[k] = append(bare[k], n)
	}
	slices.Sort(keys)
	for _, k := range keys {
		for i, a := range bare[k] {
			for _, b := range bare[k][i+1:] {
				p.add(a, b, LikeSpelling, "")
			}
		}
	}
	add := func(a, b, kind, rest string) { p.add(bare[a][0], bare[b][0], kind, rest) }
	placesBefore(keys, bare, add)
	oneLetter(keys, add)
	shortForms(keys, add)
	slices.SortStableFunc(p.list, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(slices.Index(likeOrder, a.Kind), slices.Index(likeOrder, b.Kind)),
			cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	if p.list == nil {
		p.list = []Likeness{}
	}
	more := max(len(p.list)-MostLikely, 0)
	return p.list[:len(p.list)-more], more
}

type pairs struct {
	list []Likeness
	met  map[[2]string]bool
}

// add notes a pair once, under the first reason found; the longer name comes first.
func (p *pairs) add(a, b, kind, rest string) {
	if len([]rune(b)) > len([]rune(a)) || len([]rune(b)) == len([]rune(a)) && b < a {
		a, b = b, a
	}
	if key := [2]string{a, b}; !p.met[key] {
		p.met[key] = true
		p.list = append(p.list, Likeness{a, b, kind, rest})
	}
}

// mostRunes bounds what of a name is compared.
const mostRunes = 60

// bareName is a name folded, without marks and what stands in brackets.
func bareName(name string) string {
	var out []rune
	depth := 0
	for _, r := range judging.Fold(name) {
		switch {
		case strings.ContainsRune("(（[【〔", r):
			depth++
		case strings.ContainsRune(")）]】〕", r):
			depth = max(depth-1, 0)
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out = append(out, r)
		}
	}
	if len(out) == 0 { // all of it in brackets
		return judging.Fold(name)
	}
	return string(out[:min(len(out), mostRunes)])
}

// placesBefore finds names that are another after something that ends like the name of a place.
func placesBefore(keys []string, known map[string][]string, add func(a, b, kind, rest string)) {
	for _, k := range keys {
		runes := []rune(k)
		for cut := 1; cut <= len(runes)-3; cut++ {
			before, rest := runes[cut-1], string(runes[cut:])
			if known[rest] == nil || !strings.ContainsRune("省市县区旗州盟乡镇村街道办", before) {
				continue
			}
			add(k, rest, LikePlace, string(runes[:cut]))
		}
	}
}

// shortest is how many characters a name must have for one of them to be a slip.
const shortest = 4

// oneLetter finds names that differ in one character which does not tell units apart: each name without one of its
// characters meets those it is like.
func oneLetter(keys []string, add func(a, b, kind, rest string)) {
	type holed struct {
		name string
		at   int // where a character was taken out, -1 for none
	}
	met := map[string][]holed{}
	for _, k := range keys {
		runes := []rune(k)
		if len(runes) < shortest {
			continue
		}
		met[k] = append(met[k], holed{k, -1})
		for i := range runes {
			cut := string(runes[:i]) + string(runes[i+1:])
			met[cut] = append(met[cut], holed{k, i})
		}
	}
	for _, k := range keys {
		runes := []rune(k)
		if len(runes) < shortest {
			continue
		}
		for i := range runes {
			cut := string(runes[:i]) + string(runes[i+1:])
			for n, other := range met[cut] {
				if n == mostAlike {
					break
				}
				if other.name != k && letterApart(runes, i, other.name, other.at) {
					add(k, other.name, LikeLetter, string(runes[i]))
				}
			}
		}
	}
}

// mostAlike bounds how many names that differ in one character from one another are compared with each other.
const mostAlike = 50

// letterApart reports whether two names that are equal without the characters at i and at (-1: without none) may be
// one.
func letterApart(a []rune, i int, b string, at int) bool {
	if strings.ContainsRune(telling, a[i]) {
		return false
	}
	if at < 0 {
		return true
	}
	return i == at && !strings.ContainsRune(telling, []rune(b)[at])
}

// mostShort is among how many names short forms are looked for.
const mostShort = 1500

// shortForms finds names of up to six characters that another name contains in their order, beginning and ending alike
// and with the same numbers.
func shortForms(keys []string, add func(a, b, kind, rest string)) {
	if len(keys) > mostShort {
		return
	}
	for _, short := range keys {
		s := []rune(short)
		if len(s) < 3 || len(s) > 6 {
			continue
		}
		for _, long := range keys {
			l := []rune(long)
			if len(l) > len(s) && isShortFor(s, l) {
				add(long, short, LikeShort, "")
			}
		}
	}
}

func isShortFor(short, long []rune) bool {
	if numbersIn(short) != numbersIn(long) {
		return false
	}
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	if i < len(short) {
		return false
	}
	// 一中 stands for 第一中学: its last character may begin the last word
	tail := string(long[max(0, len(long)-2):])
	head := string(long[:min(len(long), 4)])
	return strings.ContainsRune(tail, short[len(short)-1]) && strings.ContainsRune(head, short[0])
}

// numbersIn returns the numerals of a name, by which schools are kept apart.
func numbersIn(name []rune) string {
	var out []rune
	for _, r := range name {
		if unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十", r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// MatchUnit finds the unit of a list that a name most probably means, and why; ok is false where none is like it. It is
// a proposal, as those of ListUnits are.
func MatchUnit(name string, listed []string) (like Likeness, unit string, ok bool) {
	all, _ := likely(append(slices.Clone(listed), name))
	for _, l := range all {
		switch name {
		case l.A:
			return l, l.B, true
		case l.B:
			return l, l.A, true
		}
	}
	return Likeness{}, "", false
}
