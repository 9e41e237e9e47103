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
		lines := c.pledged(p.Text, paperLong-marginBottom-signHigh-y)
		for i, line := range lines {
			with := line.high
			if i >= len(lines)-2 { // the signature stands below words that it is for, on whichever page
				for _, last := range lines[i+1:] {
					with += last.high
				}
				with += signHigh
			}
			y = c.room(y, with)
			c.text(regular, line.size, marginSide, y+line.size*1.15, "left", line.text)
			y += line.high
		}
		f.sign(c, p, c.room(y, signHigh))
	}
	return c.write(w)
}

// signHigh is the height of whose pledge it is and the lines for signature and date.
const signHigh = 130

// pledgeLine is a line of a pledge, with what it takes of the page.
type pledgeLine struct {
	text       string
	size, high float64
}

// pledged cuts text into lines: of the largest type in which all of them fit into room, and of the usual one where
// that would be too small to read with ease.
func (c *canvas) pledged(text string, room float64) []pledgeLine {
	const usual, least = 13.0, 11.0
	for size := usual; size >= least; size -= 0.5 {
		if lines, high := c.pledgedAt(text, size); high <= room {
			return lines
		}
	}
	lines, _ := c.pledgedAt(text, usual)
	return lines
}

// pledgedAt cuts text into lines of a size and adds up their heights. Each line of text is a paragraph.
func (c *canvas) pledgedAt(text string, size float64) (lines []pledgeLine, high float64) {
	for _, part := range strings.Split(text, "\n") {
		for _, line := range c.wrap(regular, size, insideWidth, part).lines {
			lines = append(lines, pledgeLine{line, size, size * 22 / 13})
		}
		if n := len(lines); n > 0 {
			lines[n-1].high += size * 4 / 13
		}
	}
	for _, l := range lines {
		high += l.high
	}
	return lines, high
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
