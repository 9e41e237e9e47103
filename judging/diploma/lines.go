package diploma

import (
	"strings"
	"unicode"

	"fayi/judging/text"
)

// Signs that must not begin a line 避头, and those that must not end one 避尾.
const (
	notFirst = "，。、；：？！）》」』】〉〕］｝”’·～％‰℃々,.;:?!)]}%"
	notLast  = "（《「『【〈〔［｛“‘([{￥$№"
)

// breakLines cuts text into lines no wider than width, where advance measures a text. Words of letters and digits
// stay whole unless one alone is wider than a line; signs keep to their side of a line. Each part begins a line, and
// there is always at least one. What ends a line within a part is a blank: most parts hold names, and a name must not
// begin a line that seems to be said by the paper.
func breakLines(parts []string, width float64, advance func(string) float64) []string {
	var out []string
	for _, part := range parts {
		out = append(out, breakPart(units(text.Line(part)), width, advance)...)
	}
	return out
}

func breakPart(list []string, width float64, advance func(string) float64) []string {
	var out []string
	start, used := 0, 0.0
	for i := 0; i < len(list); i++ {
		w := advance(list[i])
		if used+w <= width || list[i] == " " {
			used += w
			continue
		}
		if i == start { // one unit wider than a line
			if head, rest := cutUnit(list[i], width, advance); rest != "" {
				out = append(out, head)
				list[i] = rest
				i--
				continue
			}
		}
		end := breakBefore(list, start, i)
		out = append(out, strings.Trim(strings.Join(list[start:end], ""), " "))
		start, used = end, 0
		i = end - 1
	}
	return append(out, strings.Trim(strings.Join(list[start:], ""), " "))
}

// breakBefore finds the last place at or before i, but after start, where a line may end.
func breakBefore(list []string, start, i int) int {
	for end := i; end > start; end-- {
		if !startsWith(list[end], notFirst) && !endsWith(list[end-1], notLast) && list[end] != " " {
			return end
		}
	}
	return max(i, start+1)
}

func startsWith(s, set string) bool {
	for _, r := range s {
		return strings.ContainsRune(set, r)
	}
	return false
}

func endsWith(s, set string) bool {
	r := []rune(s)
	return len(r) > 0 && strings.ContainsRune(set, r[len(r)-1])
}

// cutUnit takes as many characters off a unit as fit, at least one.
func cutUnit(unit string, width float64, advance func(string) float64) (head, rest string) {
	runes := []rune(unit)
	n := 1
	for n < len(runes) && advance(string(runes[:n+1])) <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}

// units cuts text into what stays together: a word of letters and digits, a doubled dash or ellipsis, any other
// character with the marks on it.
func units(text string) []string {
	var out []string
	var last rune
	for _, r := range text {
		n := len(out) - 1
		switch {
		case n >= 0 && (joinsWord(last) && joinsWord(r) || unicode.In(r, unicode.Mn, unicode.Me) ||
			(r == '—' || r == '…') && last == r):
			out[n] += string(r)
		case unicode.IsSpace(r) && r != '　': // the wide one is an indent
			out = append(out, " ")
		default:
			out = append(out, string(r))
		}
		last = r
	}
	return out
}

// joinsWord reports whether r is part of a word that must not be cut: letters that are no ideographs, digits and
// what stands inside of numbers and names.
func joinsWord(r rune) bool {
	if r >= 0x2E80 {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_'./@:", r)
}

// fitted is a text cut into lines at the size at which it fits.
type fitted struct {
	lines []string
	size  float64 // points
}

const lineFactor = 1.4 // height of a line by its size

// fit sets text as large as it goes, from size down to least, so that its lines stand within width and height
// (points); what does not fit even so is cut and marked by an ellipsis. advance measures a text at size 1.
func fit(text string, width, height, size, least float64, advance func(string) float64) fitted {
	return fitParts([]string{text}, width, height, size, least, advance)
}

// fitParts is fit for a text of parts of which each begins a line.
func fitParts(parts []string, width, height, size, least float64, advance func(string) float64) fitted {
	for s := size; ; s = max(s*0.94, least) {
		lines := breakLines(parts, width/s, advance)
		if float64(len(lines))*s*lineFactor <= height+0.01 {
			return fitted{lines, s}
		}
		if s <= least {
			return fitted{shorten(lines, max(1, int(height/(s*lineFactor))), width/s, advance), s}
		}
	}
}

// shorten keeps n lines and ends the last with an ellipsis.
func shorten(lines []string, n int, width float64, advance func(string) float64) []string {
	if len(lines) <= n {
		return lines
	}
	last := []rune(lines[n-1])
	for len(last) > 0 && advance(string(last)+"…") > width {
		last = last[:len(last)-1]
	}
	return append(lines[:n-1:n-1], string(last)+"…")
}
