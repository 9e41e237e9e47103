package match

// trie finds all words of a list within a text, each by its number. Its cost is text × longest word, whatever the
// length of the list.
type trie struct {
	next  map[step]int32
	words []int32 // node -> number of the word that ends there, -1 for none
	ids   map[string]int
}

type step struct {
	node int32
	r    rune
}

// span is where a word stands in a text, in runes from from up to to.
type span struct{ word, from, to int }

func newTrie() *trie {
	return &trie{next: map[step]int32{}, words: []int32{-1}, ids: map[string]int{}}
}

// add puts a word in and returns its number; the same word has one number.
func (t *trie) add(word string) int {
	if id, ok := t.ids[word]; ok {
		return id
	}
	var node int32
	for _, r := range word {
		to, ok := t.next[step{node, r}]
		if !ok {
			to = int32(len(t.words))
			t.words = append(t.words, -1)
			t.next[step{node, r}] = to
		}
		node = to
	}
	id := len(t.ids)
	t.ids[word], t.words[node] = id, int32(id)
	return id
}

// find returns every place of every word that is whole there.
func (t *trie) find(text []rune, whole func(text []rune, from, to int) bool) []span {
	var out []span
	for from := range text {
		var node int32
		for to := from; to < len(text); to++ {
			next, ok := t.next[step{node, text[to]}]
			if !ok {
				break
			}
			node = next
			if id := t.words[node]; id >= 0 && whole(text, from, to+1) {
				out = append(out, span{int(id), from, to + 1})
			}
		}
	}
	return out
}

// widest drops the spans that lie within a longer one: in 法治之光 there is no 法治.
func widest(spans []span) []span {
	var out []span
	end := -1
	for i, s := range spans { // by from, then by to
		if s.to > end && (i+1 == len(spans) || spans[i+1].from != s.from) {
			out = append(out, s)
			end = s.to
		}
	}
	return out
}
