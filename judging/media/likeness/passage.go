package likeness

import (
	"unicode"

	"fayi/judging"
)

// Passage is a stretch of words that two texts have in common, as byte offsets into each.
type Passage struct {
	A [2]int `json:"a"` // from, to
	B [2]int `json:"b"`
}

// What a passage is, and how many places of a group are looked at: a text that repeats itself a thousand times is
// no reason to wait.
const (
	leastPassage = 8 // letters
	placesOfRun  = 16
	maxLetters   = 60_000 // of a text that are compared
)

// CommonPassages finds the stretches of at least eight letters that stand in both texts, in the order of the first.
// Signs, spaces, width and case don't count, but lie within a passage. Each place of the first text is in one
// passage at most.
func CommonPassages(a, b string) []Passage {
	la, ga := placedLetters(a)
	lb, gb := placedLetters(b)
	places := map[uint32][]int{}
	for i := 0; i+leastPassage <= len(lb); i++ {
		h := hashRunes(lb[i : i+leastPassage])
		if len(places[h]) < placesOfRun {
			places[h] = append(places[h], i)
		}
	}
	var out []Passage
	for i := 0; i+leastPassage <= len(la); {
		at, n := longest(la[i:], lb, places[hashRunes(la[i:i+leastPassage])])
		if n < leastPassage {
			i++
			continue
		}
		out = append(out, Passage{A: [2]int{ga[i].from, ga[i+n-1].to}, B: [2]int{gb[at].from, gb[at+n-1].to}})
		i += n
	}
	return out
}

// longest finds the place in text that agrees with the beginning of a for the most letters.
func longest(a, text []rune, places []int) (at, n int) {
	for _, p := range places {
		k := 0
		for k < len(a) && p+k < len(text) && a[k] == text[p+k] {
			k++
		}
		if k > n {
			at, n = p, k
		}
	}
	return at, n
}

// glyph is where a letter stands in its text.
type glyph struct{ from, to int }

// placedLetters is bareLetters with the place of each.
func placedLetters(text string) (letters []rune, at []glyph) {
	for i, r := range text {
		if len(letters) == maxLetters {
			break
		}
		for _, folded := range judging.Fold(string(r)) {
			if unicode.IsLetter(folded) || unicode.IsDigit(folded) {
				letters, at = append(letters, folded), append(at, glyph{i, i + len(string(r))})
			}
		}
	}
	return letters, at
}
