package diploma

import (
	"errors"
	"io"
	"time"

	"fayi/judging"
)

// PassSlip 口令条 carries the pass phrase of a judge's packet on paper, apart from the packet itself.
type PassSlip struct {
	Contest string
	Judge   string // name
	File    string // name of the packet's file
	Phrase  string
	Back    string // until when and to whom the reply is brought back, in a sentence
	Made    time.Time
	Words   Words
}

// Slip writes slips as PDF on A4, four to a page with lines to cut along. Errors: those of w; Internal.
func Slip(w io.Writer, slips ...PassSlip) error {
	var title string
	var made time.Time
	if len(slips) > 0 {
		title, made = slips[0].Words("diploma.slip_title", nil), slips[0].Made
	}
	return slipSheet(w, title, made, len(slips), func(c *canvas, i int, y float64) { slips[i].draw(c, y) })
}

// slipsPerPage is how many slips stand on a page of A4.
const slipsPerPage = 4

// errNoSlips is what a sheet without a slip ends with: it would be an empty page, and no reader opens a file of one.
var errNoSlips = errors.New("no slips to write")

// slipSheet writes n slips as PDF on A4, with lines to cut along; draw is given where the i-th one begins from the top.
func slipSheet(w io.Writer, title string, made time.Time, n int, draw func(c *canvas, i int, y float64)) error {
	if n == 0 {
		return judging.Fail(judging.Internal, "diploma.failed", nil).Because(errNoSlips)
	}
	c, err := newCanvas(paperShort, paperLong, title, made)
	if err != nil {
		return err
	}
	c.pdf.AddPage()
	high := paperLong / slipsPerPage
	for i := range n {
		if i > 0 && i%slipsPerPage == 0 {
			c.pdf.AddPage()
		}
		y := float64(i%slipsPerPage) * high
		draw(c, i, y)
		c.pdf.SetLineType("dashed")
		c.line(0.5, 8*mm, y+high-0.5, paperShort-8*mm, y+high-0.5)
		c.pdf.SetLineType("")
	}
	return c.write(w)
}

func (s PassSlip) draw(c *canvas, y float64) {
	y = c.block(bold, fit(s.Contest, insideWidth, 40, 13, 9, c.measure(bold)), marginSide, y+12*mm, "left") + 4
	y = c.block(regular, c.wrap(regular, 11, insideWidth, s.Words("diploma.slip_for", map[string]any{
		"Judge": s.Judge,
		"File":  s.File,
	})), marginSide, y, "left") + 8
	phrase := fit(s.Phrase, insideWidth-20, 34, 18, 9, c.measure(bold))
	c.box(0.8, marginSide, y, insideWidth, 40)
	c.block(bold, phrase, paperShort/2, y+(40-phrase.height())/2, "center")
	c.block(regular, c.wrap(regular, 9.5, insideWidth, s.Words("diploma.slip_keep", nil)+s.Back),
		marginSide, y+46, "left")
}
