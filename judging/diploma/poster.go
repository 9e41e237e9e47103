package diploma

import (
	"bytes"
	"image/png"
	"io"
	"math"
	"time"

	"github.com/signintech/gopdf"
)

// Poster 海报 tells where works are sent, to be hung up: a QR code, the address in words, and what is to be known.
type Poster struct {
	Title   string // 征集作品
	Contest string
	Address string
	Lines   []string // what is to be known, a line each
	From    string   // who signs
	Large   bool     // on A3, else on A4
	Made    time.Time
	Words   Words
}

// WritePoster writes a poster as PDF, upright on A4 or A3. Errors: those of w; Internal, also for an address that is
// too long for a code.
func WritePoster(w io.Writer, p Poster) error {
	k := 1.0 // all lengths grow with the paper
	if p.Large {
		k = math.Sqrt2
	}
	c, err := newCanvas(paperShort*k, paperLong*k, p.Contest, p.Made)
	if err != nil {
		return err
	}
	c.pdf.AddPage()
	side, middle := 22*mm*k, paperShort*k/2
	inside := paperShort*k - 2*side
	y := 24 * mm * k
	y = c.block(bold, fit(p.Title, inside, 24*mm*k, 40*k, 20*k, c.measure(bold)), middle, y, "center") + 3*mm*k
	y = c.block(bold, fit(p.Contest, inside, 26*mm*k, 24*k, 12*k, c.measure(bold)), middle, y, "center") + 6*mm*k
	c.line(1.2*k, side, y, side+inside, y)
	y += 5 * mm * k
	code := 92 * mm * k
	c.code(p.Address, middle-code/2, y, code)
	y += code + 1*mm*k
	y = c.block(bold, fit(p.Words("poster.scan", nil), inside, 12*mm*k, 18*k, 11*k, c.measure(bold)), middle, y,
		"center") + 2*mm*k
	y = c.block(regular, fit(p.Words("poster.or_type", nil), inside, 8*mm*k, 12*k, 9*k, c.measure(regular)), middle, y,
		"center") + 1*mm*k
	address := fit(p.Address, inside, 16*mm*k, 16*k, 7*k, c.measure(bold))
	y = c.block(bold, address, middle, y, "center") + 4*mm*k
	c.line(0.6*k, side, y, side+inside, y)
	y += 3 * mm * k
	foot := paperLong*k - 26*mm*k
	c.lines(p.Lines, side, y, inside, foot-y, 15*k)
	from := fit(p.From, inside, 10*mm*k, 14*k, 9*k, c.measure(regular))
	c.block(regular, from, side+inside, foot+2*mm*k, "right")
	return c.write(w)
}

// lines sets paragraphs as large as they go into a room, from size down.
func (c *canvas) lines(said []string, x, y, width, room, size float64) {
	for ; ; size *= 0.94 {
		high := 0.0
		for _, line := range said {
			high += c.wrap(regular, size, width, line).height() + size*0.3
		}
		if high <= room || size < 7 {
			break
		}
	}
	for _, line := range said {
		y = c.block(regular, c.wrap(regular, size, width, line), x, y, "left") + size*0.3
	}
}

// code draws text as a QR code with its white edge.
func (c *canvas) code(text string, x, y, side float64) {
	code, err := QR(text)
	if err != nil {
		c.keep(err)
		return
	}
	var b bytes.Buffer
	c.keep(png.Encode(&b, code))
	holder, err := gopdf.ImageHolderByBytes(b.Bytes())
	if err != nil {
		c.keep(err)
		return
	}
	c.keep(c.pdf.ImageByHolder(holder, x, y, &gopdf.Rect{W: side, H: side}))
}

// LinkSlip 报送链接条 carries the link of one unit, as a QR code and in words.
type LinkSlip struct {
	Contest string
	Unit    string
	Link    string
	Until   string // the deadline in words, "" for none
	Ask     string // whom to ask, "" for nobody
	Made    time.Time
	Words   Words
}

// LinkSlips writes slips as PDF on A4, four to a page with lines to cut along. Errors: those of w; Internal.
func LinkSlips(w io.Writer, slips ...LinkSlip) error {
	var title string
	var made time.Time
	if len(slips) > 0 {
		title, made = slips[0].Words("poster.slip_title", nil), slips[0].Made
	}
	return slipSheet(w, title, made, len(slips), func(c *canvas, i int, y float64) { slips[i].draw(c, y) })
}

func (s LinkSlip) draw(c *canvas, y float64) {
	const side = 54 * mm
	c.code(s.Link, marginSide, y+9*mm, side)
	x, width := marginSide+side+6*mm, insideWidth-side-6*mm
	foot := y + paperLong/slipsPerPage - 4*mm
	y = c.block(bold, fit(s.Unit, width, 40, 15, 9, c.measure(bold)), x, y+8*mm, "left") + 2
	y = c.block(regular, fit(s.Contest, width, 30, 11, 8, c.measure(regular)), x, y, "left") + 4
	said := []string{s.Words("poster.slip_how", nil)}
	for _, line := range []string{s.Until, s.Ask, s.Words("poster.slip_keep", nil)} {
		if line != "" {
			said = append(said, line)
		}
	}
	link := fit(s.Link, width, 30, 8.5, 5.5, c.measure(regular))
	c.lines(said, x, y, width, foot-link.height()-y, 10.5)
	c.block(regular, link, x, foot-link.height(), "left")
}
