package sample

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"fayi/assets/sample"
)

// work is one work as its maker knows it, before a workbook spells it its own way.
type work struct {
	book     string // key of the workbook
	at       int    // place in the workbook, from 1
	category string
	group    string
	title    string
	authors  []string
	teachers []string
	unit     string
	phone    string
	intro    string
	number   string // 作品编号, if the workbook has one
	file     string // name of its file, if the workbook gives one
}

// sizes are the works of each category, 640 in all.
var sizes = []struct {
	category string
	n        int
}{{"书法", 150}, {"绘画", 140}, {"征文", 120}, {"摄影", 80}, {"微视频", 40}, {"诗歌", 40}, {"剪纸", 30}, {"动漫", 15}, {"歌曲", 15},
	{"曲艺", 10}}

// books are the workbooks and how many works each brings.
var books = []struct {
	key string
	n   int
}{{"education", 90}, {"school", 80}, {"maple", 60}, {"culture", 60}, {"online", 70}, {"vocational", 40}, {"city", 70},
	{"township", 60}, {"model", 50}, {"late", 60}}

// contest is everything drawn before anything is written.
type contest struct {
	seed   uint64
	words  sample.Words
	works  []*work
	books  map[string][]*work
	titles map[string]int // plain title -> works that bear it
	judges []judge
	people []string // names not used yet
}

// dice returns a source of chance for one purpose, so that one part may change without moving the others.
func (c *contest) dice(purpose string, n int) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%d", purpose, n)
	return rand.New(rand.NewPCG(c.seed, h.Sum64()))
}

func one[T any](d *rand.Rand, list []T) T { return list[d.IntN(len(list))] }

// invent draws the contest for a seed.
func invent(seed uint64) (*contest, error) {
	words, err := sample.Load()
	if err != nil {
		return nil, err
	}
	c := &contest{seed: seed, words: words, books: map[string][]*work{}, titles: map[string]int{}}
	c.people = c.names()
	c.drawJudges()
	categories := c.deal()
	for _, b := range books {
		for i := range b.n {
			w := c.drawWork(b.key, i+1, categories[0])
			categories = categories[1:]
			c.works = append(c.works, w)
			c.books[b.key] = append(c.books[b.key], w)
		}
		slices.SortStableFunc(c.books[b.key], func(a, b *work) int { return strings.Compare(a.unit, b.unit) })
		for i, w := range c.books[b.key] {
			w.at = i + 1
		}
	}
	c.plantTeacher()
	c.numberWorks()
	return c, nil
}

// names lists every name of the sample once, shuffled.
func (c *contest) names() []string {
	var out []string
	for _, s := range c.words.Surnames {
		for _, g := range c.words.Given {
			out = append(out, s+g)
		}
	}
	for i, g := range c.words.Rare {
		out = append(out, c.words.Surnames[i]+g)
	}
	d := c.dice("names", 0)
	d.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i, g := range c.words.Rare { // early enough to be in use
		at := slices.Index(out, c.words.Surnames[i]+g)
		to := 100 + 40*i
		out[at], out[to] = out[to], out[at]
	}
	return out
}

// person takes the next unused name.
func (c *contest) person() string {
	name := c.people[0]
	c.people = c.people[1:]
	return name
}

// deal returns the category of each work, shuffled.
func (c *contest) deal() []string {
	var out []string
	for _, s := range sizes {
		out = append(out, slices.Repeat([]string{s.category}, s.n)...)
	}
	c.dice("categories", 0).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (c *contest) drawWork(book string, at int, category string) *work {
	d := c.dice("work/"+book, at)
	unit := one(d, c.words.Units[book])
	w := &work{book: book, category: category, unit: unit.Name, group: one(d, unit.Groups)}
	w.title = c.title(d, category)
	w.authors = c.authors(d, w)
	if w.group != "成人组" && d.IntN(10) < 8 {
		w.teachers = c.teachers(d, book, unit.Name)
	}
	w.phone = phone(len(c.works)*13 + d.IntN(13))
	if d.IntN(3) > 0 {
		w.intro = one(d, c.words.Intros)
		if strings.Contains(w.intro, "%s") {
			w.intro = fmt.Sprintf(w.intro, "“"+w.title+"”")
		}
	}
	return w
}

// phone is a number of the right form that reaches nobody: no network has the prefix 154. n is up to 9999.
func phone(n int) string { return fmt.Sprintf("1540000%04d", n) }

// title draws a title; few works bear the title of another.
func (c *contest) title(d *rand.Rand, category string) string {
	for {
		plain := one(d, c.words.Subjects) + one(d, c.words.Turns)
		title := fmt.Sprintf(one(d, c.words.Forms[category]), plain)
		if bare := plainTitle(title); c.titles[bare] == 0 || d.IntN(12) == 0 {
			c.titles[bare]++
			return title
		}
	}
}

// authors draws one author, or up to four where works are made together.
func (c *contest) authors(d *rand.Rand, w *work) []string {
	n := 1
	together := slices.Contains([]string{"微视频", "歌曲", "曲艺", "动漫"}, w.category)
	if together && d.IntN(2) == 0 || d.IntN(12) == 0 {
		n = 2 + d.IntN(3)
	}
	if before := c.works; n == 1 && len(before) > 50 && d.IntN(25) == 0 { // an author sends a second work
		if last := before[len(before)-1-d.IntN(20)]; last.unit == w.unit && last.category != w.category {
			w.group = last.group
			return last.authors[:1]
		}
	}
	out := make([]string, n)
	for i := range out {
		out[i] = c.person()
	}
	return out
}

// teachers draws one of the few teachers of a unit, sometimes two.
func (c *contest) teachers(d *rand.Rand, book, unit string) []string {
	own := make([]string, 6)
	for i := range own {
		own[i] = c.teacher(unit, i)
	}
	at := d.IntN(len(own))
	if d.IntN(8) == 0 {
		return []string{own[at], own[(at+1)%len(own)]}
	}
	return own[at : at+1]
}

// teacher names the n-th teacher of a unit: from the end of the list of people, where nobody else is taken.
func (c *contest) teacher(unit string, n int) string {
	h := fnv.New32a()
	h.Write([]byte(unit))
	return c.people[len(c.people)-1-int(h.Sum32()%600)-n]
}

// numberWorks gives numbers and file names where the workbook has such columns.
func (c *contest) numberWorks() {
	for book, format := range map[string]string{
		"education":  "JY-%03d",
		"maple":      "FQ2025%03d",
		"vocational": "%03d",
		"late":       "BB%03d",
	} {
		for _, w := range c.books[book] {
			w.number = fmt.Sprintf(format, w.at)
		}
	}
	for _, w := range c.books["late"] {
		w.file = fmt.Sprintf("IMG_%04d%s", 2000+w.at*7, extension(w))
	}
}
