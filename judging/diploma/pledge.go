package diploma

import (
	"io"
	"strings"
	"time"
)

// PledgeForm 承诺书 is what judges sign before their first score, a page or more for each judge.
type PledgeForm struct {
	Title string
	Pages []PledgePage
	Made  time.Time // stands in the file; the date at the signature is written by hand
	Words Words
}

// PledgePage is the pledge of one judge.
type PledgePage struct {
	Text  string // with the names in it; each line a paragraph
	Judge string // what they are called by
	Note  string // when and by which way it was accepted; may be empty
}

// Pledges writes the form as PDF on A4. Errors: those of w; Internal.
func Pledges(w io.Writer, f PledgeForm) error {
	c, err := newCanvas(paperShort, paperLong, f.Title, f.Made)
	if err != nil {
		return err
	}
	for _, p := range f.Pages {
		c.pdf.AddPage()
		heading := fit(f.Title, insideWidth, 60, 22, 14, c.measure(bold))
		y := c.block(bold, heading, paperShort/2, marginTop+10, "center") + 20
		for _, part := range strings.Split(p.Text, "\n") {
			for _, line := range c.wrap(regular, 13, insideWidth, part).lines {
				y = c.room(y, 22)
				c.text(regular, 13, marginSide, y+15, "left", line)
				y += 22
			}
			y += 4
		}
		f.sign(c, p, c.room(y, 130))
	}
	return c.write(w)
}

// room returns where what is so high goes that comes at y: on a new page where this one has no room for it.
func (c *canvas) room(y, high float64) float64 {
	if y+high <= paperLong-marginBottom {
		return y
	}
	c.pdf.AddPage()
	return marginTop
}

// sign writes whose pledge it is and the lines for signature and date.
func (f PledgeForm) sign(c *canvas, p PledgePage, y float64) {
	right := paperShort - marginSide
	c.text(regular, 11, marginSide, y+30, "left", f.Words("pledge.whose", map[string]any{"Judge": p.Judge}))
	c.text(regular, 13, right, y+60, "right", f.Words("diploma.sign_judge", nil))
	c.text(regular, 13, right, y+92, "right", f.Words("diploma.sign_date", nil))
	if p.Note != "" {
		c.text(regular, 10, marginSide, y+92, "left", p.Note)
	}
}
