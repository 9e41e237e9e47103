package exhibition

import (
	"crypto/sha256"
	_ "embed" // for the pages
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// Words gives a text of the catalogue.
type Words = func(key string, args map[string]any) string

// Book is all that is shown.
type Book struct {
	Lang    string // of the texts: "zh-Hans" or "en"
	Title   string
	Host    string
	Day     string
	Note    string // at the foot: of which moment it is
	Works   []Work
	Words   Words
	Contain []Chapter // filled by Write
}

// Work is one work. Empty parts are left out.
type Work struct {
	Chapter  string // category and group
	Award    string
	Title    string
	By       []string // who made it, where, who guided it
	Intro    string
	Texts    []string // paragraphs parted by line feeds
	Remarks  []string
	Pictures []Picture
	Media    []Media
}

// Picture is a JPEG with its size in pixels, and a small one of it.
type Picture struct {
	JPEG, Small    []byte
	W, H           int
	SmallW, SmallH int
	Film           bool
}

// Media is a sound or a film that goes along.
type Media struct {
	Ending  string // with its dot
	Film    bool
	Picture int // of the film, from 1: shown until it plays; 0 for none
	Copy    func(w io.Writer) error
}

// Chapter is a run of works with the same heading.
type Chapter struct {
	Name  string
	Works []Card
}

// Card is a work in the list.
type Card struct {
	Work
	N     int
	Small string // its picture; "" for none
	Text  string // the beginning of a text, where there is no picture
	W, H  int
}

// Files takes the files of an exhibition, by their path with slashes.
type Files func(name string, write func(io.Writer) error) error

//go:embed list.html
var listPage string

//go:embed work.html
var workPage string

//go:embed look.css
var look string

//go:embed keys.js
var keys string

var pages = template.Must(template.Must(template.New("list").Parse(listPage)).New("work").Parse(workPage))

// policy forbids all that is not in the folder; the two that stand in the pages themselves are named by their sums.
func policy() string {
	return "default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src '" + sum(look) +
		"'; script-src '" + sum(keys) + "'; base-uri 'none'; form-action 'none'"
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}

// frame is what all pages have.
type frame struct {
	Book   Book
	Policy template.HTMLAttr
	Look   template.CSS
	Keys   template.JS
}

// T is a text of the catalogue.
func (f frame) T(key string) string { return f.Book.Words("exhibition."+key, nil) }

// Count says how many works there are.
func (f frame) Count() string {
	return f.Book.Words("exhibition.count", map[string]any{"N": len(f.Book.Works)})
}

// leaf is the page of one work.
type leaf struct {
	frame
	Work
	N          int
	Prev, Next string // pages; "" for none
	Shown      []shown
	Plays      []played
	Paragraphs [][]string
	Intros     []string
}

type shown struct {
	Name string
	W, H int
	Film bool
	Alt  string
}

type played struct {
	Name, Poster string
	Film         bool
	W, H         int
}

// Write writes the pages and all that they show. Errors: those of files.
func Write(b Book, files Files) error {
	f := frame{b, template.HTMLAttr(`content="` + policy() + `"`), template.CSS(look), template.JS(keys)}
	for i, w := range b.Works {
		if err := f.work(i+1, w, files); err != nil {
			return err
		}
	}
	f.Book.Contain = chapters(b.Works)
	return files("index.html", func(w io.Writer) error { return pages.ExecuteTemplate(w, "list", f) })
}

func chapters(all []Work) []Chapter {
	var out []Chapter
	for i, w := range all {
		if len(out) == 0 || out[len(out)-1].Name != w.Chapter {
			out = append(out, Chapter{Name: w.Chapter})
		}
		c := Card{Work: w, N: i + 1}
		if len(w.Pictures) > 0 {
			c.Small, c.W, c.H = smallName(i+1), w.Pictures[0].SmallW, w.Pictures[0].SmallH
		} else if len(w.Texts) > 0 {
			c.Text = head(w.Texts[0], cardText)
		}
		last := &out[len(out)-1]
		last.Works = append(last.Works, c)
	}
	return out
}

// cardText is how many characters of a text a card has room for, on the narrowest of them.
const cardText = 60

// Page is the file of a card's work.
func (c Card) Page() string { return fmt.Sprintf("works/%04d.html", c.N) }

func pictureName(n, i int) string { return fmt.Sprintf("pictures/%04d-%02d.jpg", n, i) }

func smallName(n int) string { return fmt.Sprintf("small/%04d.jpg", n) }

// head is the beginning of a text, on one line.
func head(text string, most int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most]) + "…"
}

// work writes the page of a work, its pictures and what it plays.
func (f frame) work(n int, w Work, files Files) error {
	l := leaf{frame: f, Work: w, N: n, Intros: lines(w.Intro)}
	if n > 1 {
		l.Prev = fmt.Sprintf("%04d.html", n-1)
	}
	if n < len(f.Book.Works) {
		l.Next = fmt.Sprintf("%04d.html", n+1)
	}
	raw := func(data []byte) func(io.Writer) error {
		return func(out io.Writer) error { _, err := out.Write(data); return err }
	}
	posters := map[int]bool{}
	for _, m := range w.Media {
		posters[m.Picture] = true
	}
	for i, p := range w.Pictures {
		name := pictureName(n, i+1)
		if err := files(name, raw(p.JPEG)); err != nil {
			return err
		}
		if !posters[i+1] {
			l.Shown = append(l.Shown, shown{"../" + name, p.W, p.H, p.Film, f.Book.Words("exhibition.alt",
				map[string]any{"Title": w.Title, "N": i + 1, "Of": len(w.Pictures)})})
		}
		if i == 0 {
			if err := files(smallName(n), raw(p.Small)); err != nil {
				return err
			}
		}
	}
	for i, m := range w.Media {
		name := fmt.Sprintf("media/%04d-%02d%s", n, i+1, m.Ending)
		if err := files(name, m.Copy); err != nil {
			return err
		}
		one := played{Name: "../" + name, Film: m.Film}
		if k := m.Picture; k > 0 {
			one.Poster, one.W, one.H = "../"+pictureName(n, k), w.Pictures[k-1].W, w.Pictures[k-1].H
		}
		l.Plays = append(l.Plays, one)
	}
	for _, t := range w.Texts {
		l.Paragraphs = append(l.Paragraphs, lines(t))
	}
	return files(fmt.Sprintf("works/%04d.html", n), func(out io.Writer) error {
		return pages.ExecuteTemplate(out, "work", l)
	})
}

// lines are the paragraphs of a text that say something.
func lines(text string) []string {
	var out []string
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
