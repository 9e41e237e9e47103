package match

// shortestCut is how many characters of a long title must be left for them to name it.
const shortestCut = 6

// addBeginnings lists titles by their first characters.
func (x *index) addBeginnings() {
	for id, t := range x.titles.texts {
		if len(t) > shortestCut {
			k := string(t[:shortestCut])
			x.begins[k] = append(x.begins[k], id)
		}
	}
}

// readCut finds the beginnings of long titles: file systems and chat programs cut long names off. So many equal
// characters are no chance; titles that begin alike are all offered. It comes before the words that file names are
// full of, 新 or 的, are taken out of what is left.
func (x *index) readCut(r *reading, s *scanned) {
	if len(r.titles) > 0 || len(s.letters) < shortestCut {
		return
	}
	noise := map[int]bool{}
	for _, n := range widest(s.spans(lexicon{trie: x.noise}, anywhere)) {
		noise[n.from] = true
	}
	for from := 0; from+shortestCut <= len(s.letters); from++ {
		if s.known[from] || from > 0 && !s.gap[from] && !s.known[from-1] && isHan(s.letters[from-1]) {
			continue
		}
		most := 0
		var cut []int
		for _, id := range x.begins[string(s.letters[from:from+shortestCut])] {
			n := s.begins(from, x.titles.texts[id])
			if n < shortestCut || n == len(x.titles.texts[id]) || !s.endsAt(from+n, noise) || n < most {
				continue
			}
			if n > most {
				most, cut = n, nil
			}
			cut = append(cut, id)
		}
		for _, id := range cut {
			part := min(0.6+0.03*float64(most), 0.95)
			r.titles = append(r.titles, hit{id: id, part: part, sure: true, clue: clueNear})
		}
		if most > 0 {
			s.cover([]span{{from: from, to: from + most}})
			return
		}
	}
}

// begins counts the letters from a place on that are the beginning of a title.
func (s *scanned) begins(from int, title []rune) int {
	n := 0
	for n < len(title) && from+n < len(s.letters) && s.letters[from+n] == title[n] && !s.known[from+n] {
		n++
	}
	return n
}

// endsAt reports whether a word may end before a place: at the end, a sign, what is explained, a number, or one of the
// words that file names are full of.
func (s *scanned) endsAt(at int, noise map[int]bool) bool {
	return at == len(s.letters) || s.gap[at] || s.known[at] || !isHan(s.letters[at]) || noise[at]
}
