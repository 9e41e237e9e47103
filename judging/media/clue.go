package media

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// index finds rows by the words that name them.
type index struct {
	rows    []Row
	titleOf []int   // row -> number of its title, -1 for none
	namesOf [][]int // row -> numbers of its authors

	names   map[string][]int // folded file name, with or without its extension
	titles  *trie
	authors *trie
	numbers *trie

	byTitle  map[int][]int
	byAuthor map[int][]int
	byNumber map[int][]int
	byBoth   map[[2]int][]int // title, author
}

func indexRows(rows []Row, files []Candidate) *index {
	x := &index{rows: rows, titleOf: make([]int, len(rows)), namesOf: make([][]int, len(rows)), names: map[string][]int{},
		titles: newTrie(), authors: newTrie(), numbers: newTrie(),
		byTitle: map[int][]int{}, byAuthor: map[int][]int{}, byNumber: map[int][]int{}, byBoth: map[[2]int][]int{}}
	present := make(map[string]bool, len(files))
	for _, f := range files {
		present[fold(path.Base(f.Path))] = true
	}
	for i, r := range rows {
		x.addTitle(i, r.Title)
		for _, a := range r.Authors {
			x.addAuthor(i, a)
		}
		if n := fold(r.Number); n != "" {
			x.addNumber(i, n)
		}
		for _, name := range append(strings.FieldsFunc(r.FileName, isListSign), r.FileName) {
			x.addName(i, name, present)
		}
	}
	return x
}

func isListSign(r rune) bool { return strings.ContainsRune("、;；\n|", r) }

// shortest title and author that may be looked for within a path, in characters.
const shortest = 2

func (x *index) addTitle(row int, title string) {
	x.titleOf[row] = -1
	word := strings.ReplaceAll(bare(title), "/", "")
	if utf8.RuneCountInString(word) < shortest {
		return
	}
	id := x.titles.add(word)
	x.titleOf[row] = id
	x.byTitle[id] = append(x.byTitle[id], row)
}

func (x *index) addAuthor(row int, author string) {
	word := strings.ReplaceAll(parted(author), "/", "")
	if utf8.RuneCountInString(word) < shortest {
		return
	}
	id := x.authors.add(word)
	x.namesOf[row] = append(x.namesOf[row], id)
	x.byAuthor[id] = append(x.byAuthor[id], row)
	if title := x.titleOf[row]; title >= 0 {
		x.byBoth[[2]int{title, id}] = append(x.byBoth[[2]int{title, id}], row)
	}
}

// addNumber also keeps digits without their leading zeros: a sheet that holds a number has lost them.
func (x *index) addNumber(row int, number string) {
	id := x.numbers.add(number)
	x.byNumber[id] = append(x.byNumber[id], row)
	if short := strings.TrimLeft(number, "0"); allDigits(number) && short != "" && short != number {
		id := x.numbers.add(short)
		x.byNumber[id] = append(x.byNumber[id], row)
	}
}

// addName keeps a name the sheet gives. Without its extension it counts only when no file bears it in full.
func (x *index) addName(row int, name string, present map[string]bool) {
	full := fold(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if full == "" || full == "." || full == "/" {
		return
	}
	x.names[full] = append(x.names[full], row)
	if short := stem(full); !present[full] && short != full && short != "" {
		x.names[short] = append(x.names[short], row)
	}
}

// clues are what one path tells.
type clues struct {
	path    string // folded
	dir     string
	named   []int // rows whose sheet gives this name
	whole   int   // title that the name is, or -1
	titles  []int // numbers of the titles in the path
	inside  []int // those and the titles within longer ones
	authors []int
	strong  []int // numbers of works in the name: with letters, or long
	weak    []int // digits only
}

func (x *index) clues(at string) clues {
	base := path.Base(at)
	c := clues{path: fold(at), dir: path.Dir(at), whole: -1}
	c.named = x.names[fold(base)]
	if len(c.named) == 0 {
		c.named = x.names[fold(stem(base))]
	}
	text := path.Join(path.Dir(at), stem(base))
	titles := x.titles.find([]rune(bare(text)), anywhere)
	c.inside, c.titles = wordsOf(titles), wordsOf(widest(titles))
	c.authors = wordsOf(widest(x.authors.find([]rune(parted(text)), anywhere)))
	if id, ok := x.titles.ids[core(base)]; ok {
		c.whole = id
	}
	x.findNumbers(&c, base)
	return c
}

// findNumbers looks in the name, and takes a folder's name if it is a number as a whole.
func (x *index) findNumbers(c *clues, base string) {
	name := []rune(fold(stem(base)))
	spans := widest(x.numbers.find(name, alone))
	for _, s := range spans {
		number := string(name[s.from:s.to])
		switch {
		case !allDigits(number) || len(number) > 5:
			c.strong = append(c.strong, s.word)
		case leads(name, s.from, s.to):
			c.weak = append(c.weak, s.word)
		}
	}
	folder := fold(path.Base(c.dir))
	if id, ok := x.numbers.ids[folder]; ok && allDigits(folder) {
		c.weak = append(c.weak, id)
	} else if ok {
		c.strong = append(c.strong, id)
	}
	if short := strings.TrimLeft(string(name), "0"); len(c.weak) == 0 && allDigits(short) {
		if id, ok := x.numbers.ids[short]; ok {
			c.weak = append(c.weak, id)
		}
	}
}

func wordsOf(spans []span) []int {
	var out []int
	for _, s := range spans {
		if !slices.Contains(out, s.word) {
			out = append(out, s.word)
		}
	}
	return out
}
