package diploma

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"time"

	qr "github.com/piglig/go-qr"
	"github.com/signintech/gopdf"

	"fayi/judging"
)

// Certificate 获奖证书 is what stands on one certificate. Empty values leave their texts out.
type Certificate struct {
	Number   string // 证书编号, unique in the contest
	Award    string
	Author   string // whom it is given to: authors joined by "、", or a unit
	Title    string // of the work, without its title marks or with them
	Category string
	Group    string
	Unit     string
	Teacher  string
	Code     string // as Key.Code computes it; without one there is no QR code
}

// Series is what all certificates of a print have in common.
type Series struct {
	Contest string
	Host    string
	Date    string    // as it is to stand there: 2020年5月12日
	Made    time.Time // stands in the file
	Proof   bool      // shows the room for the seal
	Words   Words
}

// Certificates writes one page for each certificate. Errors: Invalid if there are no certificates; those of w;
// Internal.
func Certificates(w io.Writer, t Template, s Series, list []Certificate) error {
	if len(list) == 0 {
		return judging.Fail(judging.Invalid, "diploma.no_certificates", nil)
	}
	title := s.Contest + " " + t.Name
	if len(list) == 1 {
		title = list[0].Number + " " + list[0].Author
	}
	c, err := newCanvas(paperLong, paperShort, strings.TrimSpace(title), s.Made)
	if err != nil {
		return err
	}
	p := &press{canvas: c, template: t, series: s}
	if len(t.picture) > 0 {
		if p.background, err = gopdf.ImageHolderByBytes(t.picture); err != nil {
			return failed(err)
		}
	}
	for _, one := range list {
		c.pdf.AddPage()
		p.print(one)
	}
	return c.write(w)
}

// press prints certificates of one series.
type press struct {
	*canvas
	template   Template
	series     Series
	background gopdf.ImageHolder
	buffers    pngBuffers
}

// pngBuffers keeps the encoder's buffers from one QR code to the next.
type pngBuffers struct{ kept *png.EncoderBuffer }

// Get gives the buffers out, nil the first time.
func (b *pngBuffers) Get() *png.EncoderBuffer { return b.kept }

// Put takes them back.
func (b *pngBuffers) Put(used *png.EncoderBuffer) { b.kept = used }

func (p *press) print(one Certificate) {
	if p.background != nil {
		p.keep(p.pdf.ImageByHolder(p.background, 0, 0, &gopdf.Rect{W: paperLong, H: paperShort}))
	}
	if p.template.Frame {
		p.frame()
	}
	values := one.values(p.series)
	for _, x := range p.template.Texts {
		text, ok := x.fill(values)
		if !ok {
			continue
		}
		f := regular
		if x.Bold {
			f = bold
		}
		p.colour(x.rgb())
		p.place(f, x, text)
	}
	p.colour(0, 0, 0)
	if p.series.Proof && p.template.Seal.Size > 0 {
		p.sealRoom()
	}
	if p.template.QR.Size > 0 && one.Code != "" {
		p.qr(one.Proof(p.series))
	}
}

// place sets a text in its box: one line on the box's middle line, several from its top. The template may end lines;
// what was filled in may not.
func (p *press) place(f face, x Text, text string) {
	const least = 5
	width, height := x.Width*mm, x.Height*mm
	t := fitParts(strings.Split(text, "\n"), width, height, x.Size, min(least, x.Size), p.measure(f))
	at := x.X * mm
	switch x.Align {
	case "center":
		at += width / 2
	case "right":
		at += width
	}
	y := x.Y * mm
	if len(t.lines) == 1 {
		y += (height - t.height()) / 2
	}
	p.block(f, t, at, y, x.Align)
}

// frame draws two cinnabar lines with set-in corners.
func (p *press) frame() {
	p.colour(0xB5, 0x34, 0x2B)
	const outer, inner, corner = 9 * mm, 12 * mm, 7 * mm
	p.box(2.6, outer, outer, paperLong-2*outer, paperShort-2*outer)
	p.box(0.7, inner, inner, paperLong-2*inner, paperShort-2*inner)
	for _, x := range []float64{inner, paperLong - inner - corner} {
		for _, y := range []float64{inner, paperShort - inner - corner} {
			p.box(0.7, x, y, corner, corner)
			p.box(1.4, x+1.5*mm, y+1.5*mm, corner-3*mm, corner-3*mm)
		}
	}
}

func (p *press) sealRoom() {
	s := p.template.Seal
	p.colour(0xB5, 0x34, 0x2B)
	p.pdf.SetLineType("dashed")
	p.pdf.SetLineWidth(0.8)
	p.pdf.Oval(s.X*mm, s.Y*mm, (s.X+s.Size)*mm, (s.Y+s.Size)*mm)
	p.pdf.SetLineType("")
	p.text(regular, 9, (s.X+s.Size/2)*mm, (s.Y+5)*mm, "center", p.series.Words("diploma.seal_room", nil))
	p.colour(0, 0, 0)
}

// quiet is the white edge of a QR code in modules, as ISO/IEC 18004 wants it.
const quiet = 4

// qr draws text as a QR code, a picture of one point for each module. The code is the smallest that holds the text,
// and of that size the one with the most error correction: a larger code would have smaller modules, which cheap
// printers blur.
func (p *press) qr(text string) {
	img, err := QR(text)
	if err != nil {
		p.keep(err)
		return
	}
	var b bytes.Buffer
	p.keep((&png.Encoder{BufferPool: &p.buffers}).Encode(&b, img))
	holder, err := gopdf.ImageHolderByBytes(b.Bytes())
	if err != nil {
		p.keep(err)
		return
	}
	s := p.template.QR
	p.keep(p.pdf.ImageByHolder(holder, s.X*mm, s.Y*mm, &gopdf.Rect{W: s.Size * mm, H: s.Size * mm}))
}

// QR returns text as a QR code with its white edge, a pixel for each module. Errors: the text is too long.
func QR(text string) (*image.Gray, error) {
	code, err := qr.EncodeText(text, qr.Low)
	if err != nil {
		return nil, err
	}
	img := image.NewGray(image.Rect(0, 0, code.Size()+2*quiet, code.Size()+2*quiet))
	for i := range img.Pix {
		x, y := i%img.Stride-quiet, i/img.Stride-quiet
		if !code.Module(x, y) { // outside of the code there is none
			img.Pix[i] = 255
		}
	}
	return img, nil
}

func (c Certificate) values(s Series) map[string]string {
	return map[string]string{
		"author":   c.Author,
		"title":    innerTitle(c.Title),
		"award":    c.Award,
		"contest":  s.Contest,
		"category": c.Category,
		"group":    c.Group,
		"unit":     c.Unit,
		"teacher":  c.Teacher,
		"number":   c.Number,
		"date":     s.Date,
		"host":     s.Host,
		"code":     c.Code,
	}
}

// innerTitle makes a title fit to stand within 《》: its own outer marks go, those inside become single ones.
func innerTitle(title string) string {
	title = strings.TrimSpace(title)
	if inner, ok := strings.CutPrefix(title, "《"); ok && strings.HasSuffix(inner, "》") &&
		strings.Count(title, "《") == 1 {
		title = strings.TrimSuffix(inner, "》")
	}
	return strings.NewReplacer("《", "〈", "》", "〉").Replace(title)
}

// Lacking lists, for each text in which the type lacks characters, those characters; texts that can be printed
// whole are not in it. Errors: Internal.
func Lacking(texts []string) (map[string]string, error) {
	c, err := newCanvas(paperLong, paperShort, "", time.Time{})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, t := range texts {
		clear(c.missing)
		c.drawable(regular, t)
		if list := c.lacking(); len(list) > 0 {
			out[t] = string(list)
		}
	}
	return out, errors.Join(c.err)
}
