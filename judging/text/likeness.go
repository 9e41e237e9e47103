package text

import "unicode"

// TitleLikeness is how alike two titles are, 0-1: the part of their letters that stand in both in the same order.
// Signs, spaces, width and case don't count.
func TitleLikeness(a, b string) float64 {
	x, y := titleLetters(a), titleLetters(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for _, r := range x {
		before := 0
		for j, s := range y {
			next := max(row[j], row[j+1])
			if r == s {
				next = before + 1
			}
			before, row[j+1] = row[j+1], next
		}
	}
	return 2 * float64(row[len(y)]) / float64(len(x)+len(y))
}

// titleLetters keeps the letters and digits of a title, at most 100.
func titleLetters(title string) []rune {
	var out []rune
	for _, r := range Fold(title) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
		if len(out) == 100 {
			break
		}
	}
	return out
}
