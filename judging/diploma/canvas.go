package diploma

import (
	"bytes"
	"io"
	"slices"
	"sync"
	"time"
	"unicode"

	"github.com/signintech/gopdf"

	"fayi/assets/fonts"
	"fayi/judging"
	"fayi/judging/text"
)

// face is one of the two embedded types.
type face string

const (
	regular face = "NotoSansSC-Regular"
	bold    face = "NotoSansSC-Bold"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// A4 in points.
const (
	paperShort = 210 * mm
	paperLong  = 297 * mm
)

// parsed reads both types once: it takes some 50 ms each.
var parsed = sync.OnceValues(func() (*gopdf.FontContainer, error) {
	c := new(gopdf.FontContainer)
	if err := c.AddTTFFontData(string(regular), fonts.Regular); err != nil {
		return nil, err
	}
	return c, c.AddTTFFontData(string(bold), fonts.Bold)
})

// canvas is a PDF being drawn, in points from the upper left corner. The first error stays in err.
type canvas struct {
	pdf      gopdf.GoPdf
	advances map[face]map[rune]float64 // at size 1
	missing  map[rune]bool
	title    string
	err      error
}

// newCanvas begins a document of pages of width by height points. made stands in the file as its date.
func newCanvas(width, height float64, title string, made time.Time) (*canvas, error) {
	title = text.Line(title)
	c := &canvas{advances: map[face]map[rune]float64{regular: {}, bold: {}}, missing: map[rune]bool{}, title: title}
	c.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: width, H: height}})
	c.pdf.SetInfo(gopdf.PdfInfo{
		Title:        title,
		Creator:      "Fayi",
		Producer:     "Fayi",
		CreationDate: made.UTC().Truncate(time.Second),
	})
	container, err := parsed()
	if err != nil {
		return nil, failed(err)
	}
	for _, f := range []face{regular, bold} {
		if err := c.pdf.AddTTFFontFromFontContainer(string(f), container); err != nil {
			return nil, failed(err)
		}
	}
	return c, nil
}

func failed(err error) error {
	return judging.Fail(judging.Internal, "diploma.failed", nil).Because(err)
}

func (c *canvas) keep(err error) {
	if err != nil && c.err == nil {
		c.err = failed(err)
	}
}

// missingMark is drawn where the type has no character.
const missingMark = '□'

// drawable puts □ in place of what the type lacks and drops what is not to be seen.
func (c *canvas) drawable(f face, s string) string {
	var out []rune
	for _, r := range text.Line(s) {
		switch {
		case unicode.Is(unicode.Variation_Selector, r):
		case c.advance1(f, r) < 0:
			c.missing[r] = true
			out = append(out, missingMark)
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// advance1 is how wide r is at size 1; negative where the type lacks it.
func (c *canvas) advance1(f face, r rune) float64 {
	if w, known := c.advances[f][r]; known {
		return w
	}
	w := -1.0
	c.keep(c.pdf.SetFont(string(f), "", 100))
	if has, err := c.pdf.IsCurrFontContainGlyph(r); err == nil && has {
		w, err = c.pdf.MeasureTextWidth(string(r))
		c.keep(err)
		w /= 100
	}
	c.advances[f][r] = w
	return w
}

// measure returns how wide texts are in face f at size 1.
func (c *canvas) measure(f face) func(string) float64 {
	return func(s string) float64 {
		sum := 0.0
		for _, r := range s {
			w := c.advance1(f, r)
			if w < 0 {
				w = c.advance1(f, missingMark)
			}
			sum += w
		}
		return sum
	}
}

// text draws s with its baseline at y; across is "left", "center" or "right" of x.
func (c *canvas) text(f face, size, x, y float64, across, s string) {
	s = c.drawable(f, s)
	if s == "" {
		return
	}
	switch width := c.measure(f)(s) * size; across {
	case "center":
		x -= width / 2
	case "right":
		x -= width
	}
	c.keep(c.pdf.SetFont(string(f), "", size))
	c.pdf.SetXY(x, y)
	c.keep(c.pdf.Text(s))
}

// block draws lines one below the other, the first one's top at y, and returns where the block ends.
func (c *canvas) block(f face, t fitted, x, y float64, across string) float64 {
	for _, line := range t.lines {
		c.text(f, t.size, x, y+t.size*(lineFactor-1)/2+t.size*0.88, across, line)
		y += t.size * lineFactor
	}
	return y
}

// wrap cuts s into lines of width at size.
func (c *canvas) wrap(f face, size, width float64, s string) fitted {
	return fitted{breakLines([]string{s}, width/size, c.measure(f)), size}
}

func (t fitted) height() float64 { return float64(len(t.lines)) * t.size * lineFactor }

// colour sets the colour of text, lines and areas.
func (c *canvas) colour(r, g, b uint8) {
	c.pdf.SetTextColor(r, g, b)
	c.pdf.SetStrokeColor(r, g, b)
	c.pdf.SetFillColor(r, g, b)
}

func (c *canvas) line(width, x1, y1, x2, y2 float64) {
	c.pdf.SetLineWidth(width)
	c.pdf.Line(x1, y1, x2, y2)
}

func (c *canvas) box(width, x, y, w, h float64) {
	c.pdf.SetLineWidth(width)
	c.pdf.RectFromUpperLeftWithStyle(x, y, w, h, "D")
}

// lacking lists the characters that had no shape, in order.
func (c *canvas) lacking() []rune {
	var out []rune
	for r := range c.missing {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// write ends the document and writes it.
func (c *canvas) write(w io.Writer) error {
	if c.err != nil {
		return c.err
	}
	var raw bytes.Buffer
	if _, err := c.pdf.WriteTo(&raw); err != nil {
		return failed(err)
	}
	out, err := fixUnicode(raw.Bytes())
	if err != nil {
		return failed(err)
	}
	_, err = w.Write(out)
	return err
}
