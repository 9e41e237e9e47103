package match

import (
	"cmp"
	"maps"
	"slices"
)

// nearTitle is a title that is almost what a piece of a name says.
type nearTitle struct {
	id   int
	part float64
}

// commonGram is how many titles may share two characters for these to lead to them: what all have leads nowhere.
const commonGram = 600

// addGrams lists titles by each two characters that stand together in them.
func (x *index) addGrams() {
	for id, t := range x.titles.texts {
		if len(t) < 4 {
			continue
		}
		for i := 1; i < len(t); i++ {
			g := [2]rune{t[i-1], t[i]}
			if l := x.grams[g]; len(l) == 0 || l[len(l)-1] != int32(id) {
				x.grams[g] = append(l, int32(id))
			}
		}
	}
}

// readNear looks for titles with slips of the pen, or cut short, in what is not explained, unless a title was found.
func (x *index) readNear(r *reading, s *scanned) {
	if slices.ContainsFunc(r.titles, func(h hit) bool { return h.sure }) {
		return
	}
	for from := 0; from < len(s.letters); {
		to := from
		for to < len(s.letters) && !s.known[to] {
			to++
		}
		if to-from >= 4 {
			found := x.nearest(s.letters[from:to])
			for _, n := range found {
				r.titles = append(r.titles, hit{id: n.id, part: n.part, sure: n.part >= 0.7, clue: clueNear})
			}
			if len(found) > 0 {
				s.cover([]span{{from: from, to: to}})
			}
		}
		from = to + 1
	}
}

// nearest returns the titles almost the same as piece, best first.
func (x *index) nearest(piece []rune) []nearTitle {
	if found, ok := x.near[string(piece)]; ok {
		return found
	}
	shared := map[int]int{}
	for i := 1; i < len(piece); i++ {
		if l := x.grams[[2]rune{piece[i-1], piece[i]}]; len(l) <= commonGram {
			for _, id := range l {
				shared[int(id)]++
			}
		}
	}
	ids := slices.SortedFunc(maps.Keys(shared), func(a, b int) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b))
	})
	var out []nearTitle
	for _, id := range ids[:min(len(ids), 24)] {
		if part := alike(x.titles.texts[id], piece); part > 0 {
			out = append(out, nearTitle{id, part})
		}
	}
	slices.SortStableFunc(out, func(a, b nearTitle) int { return cmp.Compare(b.part, a.part) })
	x.near[string(piece)] = out[:min(len(out), 8)]
	return x.near[string(piece)]
}

// alike says how much of a title's weight a piece of a name is worth, 0-1: for slips of the pen (one in four
// characters, three at most), and for a beginning or end of at least half.
func alike(title, piece []rune) float64 {
	if digits := figures(title); digits == "" {
		piece = slices.DeleteFunc(slices.Clone(piece), isDigit) // the numbers of copies and of parts
	} else if digits != figures(piece) {
		return 0 // years are not slips of the pen
	}
	allowed := min(len(title)/4, 3)
	if len(piece) <= len(title)+allowed {
		if d := distance(title, piece, allowed); d <= allowed {
			return 1 - 1.6*float64(d)/float64(len(title))
		}
	} else if d := within(title, piece); d <= allowed {
		return 0.9 - 1.6*float64(d)/float64(len(title))
	}
	if 2*len(piece) >= len(title) && len(piece) < len(title) &&
		(slices.Equal(title[:len(piece)], piece) || slices.Equal(title[len(title)-len(piece):], piece)) {
		return 0.45 + 0.4*float64(len(piece))/float64(len(title))
	}
	return 0
}

// distance counts the characters to change, add, drop or swap to turn a into b; more than most ends it.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	return edits(a, b, false)
}

// within is the distance of a to the part of b that is nearest to it.
func within(a, b []rune) int { return edits(a, b, true) }

func edits(a, b []rune, free bool) int {
	var older []int
	row := make([]int, len(b)+1)
	for j := range row {
		if !free {
			row[j] = j
		}
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], older[j-1]+1)
			}
		}
		older, row = row, next
	}
	if free {
		return slices.Min(row)
	}
	return row[len(b)]
}

// figures are the digits of a text.
func figures(text []rune) string {
	var out []rune
	for _, r := range text {
		if isDigit(r) {
			out = append(out, r)
		}
	}
	return string(out)
}
