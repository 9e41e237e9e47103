package match

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// index finds rows by the words that name them.
type index struct {
	rows  []Row
	says  []said           // of each row
	names map[string][]int // folded file name, with or without its extension -> rows
	times map[string]int   // folded base name -> files that bear it

	titles     lexicon
	people     lexicon // authors and teachers
	units      lexicon
	categories lexicon
	numbers    lexicon
	noise      *trie
	both       map[[2]int][]int // title, author -> rows
	grams      map[[2]rune][]int32
	begins     map[string][]int // the first characters of long titles -> titles
	latin      spelled
	near       map[string][]nearTitle // what was looked for before
	folders    map[string]reading     // so too
	below      map[string]int         // folder -> files in it and below
	common     int                    // folders that all sheets lie in
}

// said is a row's words by their numbers.
type said struct {
	title      int // -1 for none
	authors    []int
	teachers   []int
	units      []int
	category   int
	number     []int
	titleRunes []rune
}

// lexicon is a list of words with the rows that bear each.
type lexicon struct {
	*trie
	rows  [][]int
	texts [][]rune
}

func newLexicon() lexicon { return lexicon{trie: newTrie()} }

// put adds a word of a row, and returns its number; -1 for a word too short to be looked for.
func (l *lexicon) put(w string, row, shortest int) int {
	if utf8.RuneCountInString(w) < shortest {
		return -1
	}
	id := l.add(w)
	if id == len(l.rows) {
		l.rows, l.texts = append(l.rows, nil), append(l.texts, []rune(w))
	}
	if rows := l.rows[id]; len(rows) == 0 || rows[len(rows)-1] != row {
		l.rows[id] = append(rows, row)
	}
	return id
}

func indexRows(rows []Row, files []Candidate) *index {
	x := &index{
		rows:       rows,
		says:       make([]said, len(rows)),
		names:      map[string][]int{},
		times:      make(map[string]int, len(files)),
		titles:     newLexicon(),
		people:     newLexicon(),
		units:      newLexicon(),
		categories: newLexicon(),
		numbers:    newLexicon(),
		noise:      newTrie(),
		both:       map[[2]int][]int{},
		grams:      map[[2]rune][]int32{},
		begins:     map[string][]int{},
		near:       map[string][]nearTitle{},
		folders:    map[string]reading{},
		below:      map[string]int{},
		common:     commonFolders(rows),
	}
	for _, w := range append(slices.Clone(noises), formWords...) {
		x.noise.add(w)
	}
	for _, f := range files {
		x.times[fold(path.Base(f.Path))]++
		for dir := path.Dir(f.Path); dir != "." && dir != "/"; dir = path.Dir(dir) {
			x.below[dir]++
		}
	}
	for i, r := range rows {
		x.add(i, r)
	}
	x.addGrams()
	x.addBeginnings()
	x.latin = spell(x)
	return x
}

// add puts one row into all lists.
func (x *index) add(i int, r Row) {
	s := said{
		title:      x.titles.put(word(r.Title), i, 2),
		category:   x.categories.put(word(r.Category), i, 2),
		titleRunes: []rune(word(r.Title)),
	}
	for _, a := range r.Authors {
		s.authors = known(s.authors, x.people.put(word(beforeBracket(a)), i, 2))
	}
	for _, t := range r.Teachers {
		s.teachers = known(s.teachers, x.people.put(word(t), i, 2))
	}
	for _, u := range r.Units {
		for _, short := range append(unitNames(word(u)), unitNames(word(beforeBracket(u)))...) {
			s.units = known(s.units, x.units.put(short, i, 2))
		}
	}
	for _, a := range s.authors {
		if s.title >= 0 {
			x.both[[2]int{s.title, a}] = append(x.both[[2]int{s.title, a}], i)
		}
	}
	x.addNumber(&s, i, fold(r.Number))
	for _, name := range append(strings.FieldsFunc(r.FileName, isListSign), r.FileName) {
		x.addName(i, name)
	}
	x.says[i] = s
}

func known(list []int, id int) []int {
	if id < 0 || slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

func isListSign(r rune) bool { return strings.ContainsRune("、;；\n|", r) }

// addNumber also keeps digits without their leading zeros: a sheet that holds a number has lost them.
func (x *index) addNumber(s *said, row int, number string) {
	s.number = known(s.number, x.numbers.put(number, row, 1))
	if short := strings.TrimLeft(number, "0"); allDigits(number) && short != "" && short != number {
		s.number = known(s.number, x.numbers.put(short, row, 1))
	}
}

// addName keeps a name the sheet gives. Without its extension it counts only when no file bears it in full.
func (x *index) addName(row int, name string) {
	full := fold(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if full == "" || full == "." || full == "/" {
		return
	}
	x.names[full] = known(x.names[full], row)
	if short := stem(full); x.times[full] == 0 && short != full && short != "" {
		x.names[short] = known(x.names[short], row)
	}
}

// beforeBracket is a name without what stands in brackets after it: 第一中学（初中部）, 张某（学生）.
func beforeBracket(s string) string {
	if i := strings.IndexAny(s, "(（"); i > 0 {
		return s[:i]
	}
	return s
}

// unitNames are a unit's name and what it is called for short: without the place before it, 第三中学 as 三中, 实验小学 as 实小.
func unitNames(unit string) []string {
	out := []string{unit}
	runes := []rune(unit)
	at := -1
	for i, r := range runes {
		if strings.ContainsRune("省市县区旗镇乡", r) && len(runes)-i > 3 {
			at = i
		}
	}
	if at > 0 {
		runes = runes[at+1:]
		out = append(out, string(runes))
	}
	for _, kind := range []struct{ long, short string }{{"中学", "中"}, {"小学", "小"}} {
		if head, ok := strings.CutSuffix(string(runes), kind.long); ok {
			head = strings.TrimPrefix(head, "第")
			if n := utf8.RuneCountInString(head); n == 1 {
				out = append(out, head+kind.short)
			} else if head == "实验" {
				out = append(out, "实"+kind.short)
			}
		}
	}
	return out
}
