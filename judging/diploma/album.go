package diploma

import (
	"io"
	"strconv"
	"time"

	"github.com/signintech/gopdf"
)

// Album 作品集 is a book of works: a cover, the contents, and a page or more for each work.
type Album struct {
	Title   string // 作品集
	Contest string
	Host    string
	Date    string
	Note    string // below the contents: of which moment the book is
	Works   []AlbumWork
	Made    time.Time // stands in the file
	Words   Words
}

// AlbumWork is one work of an album. Empty parts are left out.
type AlbumWork struct {
	Chapter  string // category and group: a heading of the contents
	Award    string
	Title    string
	By       []string // lines below the title: author, unit, teacher
	Remarks  []string // small, below the pictures: a film's length, pages that are not shown
	Texts    []string // set in columns, paragraphs parted by line feeds
	Pictures []AlbumPicture
}

// AlbumPicture is a JPEG with three colours, and its size in pixels.
type AlbumPicture struct {
	JPEG []byte
	W, H int
	Film bool // a still of a film: it is marked as one
}

// AlbumReport says what became of an album.
type AlbumReport struct {
	Pages   int
	Missing string // characters that the type lacks: □ stands for them
}

// An album is set in these sizes, in points.
const (
	albumSide   = 20 * mm
	albumTop    = 18 * mm
	albumBottom = 20 * mm // where text ends; the page's number stands below
	albumGutter = 8 * mm
	albumGap    = 10.0 // below a picture
	albumText   = 10.5
	albumLine   = 1.62 // height of a line of a text by its size
)

// albumPage is one page that waits for its number.
type albumPage []func()

// albumMaker lays an album out.
type albumMaker struct {
	Album
	c     *canvas
	pages []albumPage
	first []int // page of each work, from 0, in the body
	y     float64
	err   error
}

// WriteAlbum writes an album as PDF on A4. Equal albums give equal bytes. Errors: those of w; Internal.
func WriteAlbum(w io.Writer, a Album) (AlbumReport, error) {
	c, err := newCanvas(paperShort, paperLong, a.Title, a.Made)
	if err != nil {
		return AlbumReport{}, err
	}
	m := &albumMaker{Album: a, c: c}
	for _, one := range a.Works {
		m.first = append(m.first, len(m.pages))
		m.work(one)
	}
	body := m.pages
	m.pages = nil
	m.contents()
	lead := m.pages
	c.pdf.AddPage()
	m.cover()
	for i, page := range append(lead[:len(lead):len(lead)], body...) {
		c.pdf.AddPage()
		for _, draw := range page {
			draw()
		}
		c.colour(0x6F, 0x6A, 0x61)
		if n := i - len(lead) + 1; n > 0 {
			c.text(regular, 9, paperShort/2, paperLong-10*mm, "center", strconv.Itoa(n))
		}
		c.colour(0, 0, 0)
	}
	if m.err != nil {
		return AlbumReport{}, failed(m.err)
	}
	return AlbumReport{1 + len(lead) + len(body), string(c.lacking())}, c.write(w)
}

func (m *albumMaker) inside() float64 { return paperShort - 2*albumSide }

func (m *albumMaker) foot() float64 { return paperLong - albumBottom }

func (m *albumMaker) turn() {
	m.pages = append(m.pages, nil)
	m.y = albumTop
}

func (m *albumMaker) draw(f func()) {
	last := len(m.pages) - 1
	m.pages[last] = append(m.pages[last], f)
}

// write sets lines of text below what stands there, as many on a page as it has room for.
func (m *albumMaker) write(f face, t fitted, x float64, across string, ink uint32) {
	for len(t.lines) > 0 {
		n := int((m.foot() - m.y + 0.01) / (t.size * lineFactor))
		if n < 1 {
			m.turn()
			continue
		}
		n = min(n, len(t.lines))
		part, y := fitted{t.lines[:n], t.size}, m.y
		m.draw(func() {
			m.c.colour(uint8(ink>>16), uint8(ink>>8), uint8(ink))
			m.c.block(f, part, x, y, across)
		})
		m.y += part.height()
		t.lines = t.lines[n:]
	}
}

// The colours of an album.
const (
	albumInk   = 0x22201D
	albumQuiet = 0x6F6A61
	albumRed   = 0xB5342B
)

// cover draws the first page.
func (m *albumMaker) cover() {
	c, mid := m.c, paperShort/2
	c.colour(0xB5, 0x34, 0x2B)
	c.line(2.4, albumSide, 62*mm, paperShort-albumSide, 62*mm)
	c.line(0.6, albumSide, 64*mm, paperShort-albumSide, 64*mm)
	c.colour(0x22, 0x20, 0x1D)
	title := fit(m.Contest, m.inside(), 66*mm, 30, 12, c.measure(bold))
	y := c.block(bold, title, mid, 76*mm, "center") + 10*mm
	c.colour(0xB5, 0x34, 0x2B)
	c.block(bold, c.wrap(bold, 36, m.inside(), m.Title), mid, y, "center")
	c.colour(0x22, 0x20, 0x1D)
	y = c.block(regular, fit(m.Host, m.inside(), 30*mm, 16, 10, c.measure(regular)), mid, 232*mm, "center")
	c.block(regular, c.wrap(regular, 13, m.inside(), m.Date), mid, y+2*mm, "center")
	c.colour(0, 0, 0)
}

// contents lists the works with their pages.
func (m *albumMaker) contents() {
	m.turn()
	m.write(bold, m.c.wrap(bold, 20, m.inside(), m.Words("album.contents", nil)), paperShort/2, "center", albumInk)
	m.y += 14
	const size, number = 10.5, 30.0
	chapter := ""
	for i, w := range m.Works {
		if w.Chapter != chapter {
			chapter = w.Chapter
			if m.y += 8; m.y > m.foot()-60 {
				m.turn()
			}
			m.write(bold, m.c.wrap(bold, 12, m.inside(), chapter), albumSide, "left", albumRed)
			m.y += 2
		}
		line := w.Award + "　" + w.Title
		if len(w.By) > 0 {
			line += "　" + w.By[0]
		}
		t := m.c.wrap(regular, size, m.inside()-number, line)
		if m.y+t.height() > m.foot() && t.height() < m.foot()-albumTop {
			m.turn()
		}
		m.write(regular, t, albumSide, "left", albumInk)
		y, page := m.y-size*lineFactor*0.32, strconv.Itoa(m.first[i]+1)
		m.draw(func() {
			m.c.text(regular, size, paperShort-albumSide, y, "right", page)
		})
		m.y += 2
	}
	m.y += 10
	m.write(regular, m.c.wrap(regular, 8, m.inside(), m.Note), albumSide, "left", albumQuiet)
}

// work sets one work: what it is called, its pictures, its texts.
func (m *albumMaker) work(w AlbumWork) {
	m.turn()
	m.write(regular, m.c.wrap(regular, 10, m.inside(), w.Chapter+"　"+w.Award), albumSide, "left", albumRed)
	m.write(bold, m.c.wrap(bold, titleSize(w.Title), m.inside(), w.Title), albumSide, "left", albumInk)
	m.y += 2
	for _, line := range w.By {
		m.write(regular, m.c.wrap(regular, 10.5, m.inside(), line), albumSide, "left", albumQuiet)
	}
	m.y += 8
	m.pictures(w.Pictures)
	for _, line := range w.Remarks {
		m.write(regular, m.c.wrap(regular, 9, m.inside(), line), albumSide, "left", albumQuiet)
		m.y += 2
	}
	for _, text := range w.Texts {
		m.columns(text)
	}
}

// titleSize is smaller for a longer title, which is never cut.
func titleSize(title string) float64 {
	switch n := len([]rune(title)); {
	case n <= 24:
		return 20
	case n <= 60:
		return 15
	}
	return 11
}

// pictures sets the first picture into what is left of the page, and those after it two or more on a page. None is
// drawn larger than a point for each of its pixels.
func (m *albumMaker) pictures(list []AlbumPicture) {
	half := (m.foot() - albumTop - albumGap) / 2
	for i, p := range list {
		room := half
		if i == 0 {
			room = max(m.foot()-m.y-24, half)
		}
		scale := min(1, m.inside()/float64(max(1, p.W)), room/float64(max(1, p.H)))
		width, high := float64(p.W)*scale, float64(p.H)*scale
		if m.y+high > m.foot() {
			m.turn()
		}
		x, y := (paperShort-width)/2, m.y
		m.draw(func() { m.place(p, x, y, width, high) })
		m.y += high + albumGap
	}
}

// place draws a picture; a film's has a mark in its middle.
func (m *albumMaker) place(p AlbumPicture, x, y, width, high float64) {
	h, err := gopdf.ImageHolderByBytes(p.JPEG)
	if err == nil {
		err = m.c.pdf.ImageByHolder(h, x, y, &gopdf.Rect{W: width, H: high})
	}
	if err != nil && m.err == nil {
		m.err = err
	}
	if !p.Film {
		return
	}
	r := min(width, high) / 8
	cx, cy := x+width/2, y+high/2
	m.c.colour(0xFF, 0xFF, 0xFF)
	m.c.pdf.Polygon([]gopdf.Point{{X: cx - r*0.6, Y: cy - r*0.8}, {X: cx - r*0.6, Y: cy + r*0.8},
		{X: cx + r*0.9, Y: cy}}, "F")
	m.c.pdf.SetLineWidth(1.5)
	m.c.pdf.Oval(cx-r*1.5, cy-r*1.5, cx+r*1.5, cy+r*1.5)
	m.c.colour(0, 0, 0)
}
