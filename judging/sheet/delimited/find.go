package delimited

import "strings"

// FindComma chooses the delimiter that parts the first lines into most cells, evenly. A full-width comma is one only
// where no other parts the lines: in texts it is everywhere.
func FindComma(text string) rune {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && rest != "" {
		return rune(rest[0])
	}
	if cut := strings.LastIndexAny(text, "\r\n"); cut > 0 && len(text) > 32<<10 {
		text = text[:cut]
	}
	text = strings.ReplaceAll(text, "\r", "\n")
	best, most := ',', 0
	for _, comma := range ",;\t|" {
		if score, _ := evenness(text, comma); score > most {
			best, most = comma, score
		}
	}
	for _, comma := range "，；" {
		if score, lines := evenness(text, comma); score > 2*most && (lines > 1 || most == 0) {
			best, most = comma, score
		}
	}
	return best
}

// evenness counts the cells beyond the first of the lines that a delimiter parts alike, and those lines.
func evenness(text string, comma rune) (most, lines int) {
	s := New(strings.NewReader(text), comma, len(text))
	widths := map[int]int{}
	for range 100 {
		fields, err := s.Next()
		if err != nil {
			break
		}
		widths[len(fields)]++
	}
	for w, n := range widths {
		if cells := (w - 1) * n; cells > most || cells == most && n > lines {
			most, lines = cells, n
		}
	}
	return most, lines
}
