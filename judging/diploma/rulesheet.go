package diploma

import (
	"io"
	"time"
)

// RulePage 评审规则 is the rule sheet of a contest on one page that a leader signs.
type RulePage struct {
	Title    string
	Sections []RuleSection
	Stamp    string   // version and hash, printed at the foot: results carry the same
	Sign     []string // lines at the lower right, for signature and date
	Made     time.Time
}

// RuleSection is one part of the rules.
type RuleSection struct {
	Head  string
	Lines []string
}

// signGap is the room between lines for signatures, in points.
const signGap = 6

// RuleSheet writes the page as PDF on A4; long rules are set smaller until they stand on one page. Errors: those of
// w; Internal.
func RuleSheet(w io.Writer, p RulePage) error {
	c, err := newCanvas(paperShort, paperLong, p.Title, p.Made)
	if err != nil {
		return err
	}
	c.pdf.AddPage()
	const side = 18 * mm
	width := paperShort - 2*side
	title := fit(p.Title, width, 50, 18, 11, c.measure(bold))
	y := c.block(bold, title, paperShort/2, 13*mm, "center") + 6
	var signed []fitted
	sign := 0.0
	for _, line := range p.Sign {
		signed = append(signed, c.wrap(regular, 12, width, line))
		sign += signed[len(signed)-1].height() + signGap
	}
	room := paperLong - 18*mm - sign - y
	size := 12.0
	for size > 3.5 && p.height(c, size, width) > room {
		size *= 0.97
	}
	for _, s := range p.Sections {
		y = c.block(bold, c.wrap(bold, size+0.5, width, s.Head), side, y+size*0.35, "left")
		for _, line := range s.Lines {
			y = c.block(regular, c.wrap(regular, size, width-size, line), side+size, y, "left")
		}
	}
	y = paperLong - 16*mm - sign
	for _, lines := range signed {
		y = c.block(regular, lines, paperShort-side, y, "right") + signGap
	}
	c.text(regular, 8, side, paperLong-9*mm, "left", p.Stamp)
	return c.write(w)
}

// height is how high the sections stand at a size.
func (p RulePage) height(c *canvas, size, width float64) float64 {
	sum := 0.0
	for _, s := range p.Sections {
		sum += c.wrap(bold, size+0.5, width, s.Head).height() + size*0.35
		for _, line := range s.Lines {
			sum += c.wrap(regular, size, width-size, line).height()
		}
	}
	return sum
}
