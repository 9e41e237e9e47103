package diploma

import "strings"

// columns sets a text in two columns below what stands there, on as many pages as it needs. The columns of its last
// page are of one height.
func (m *albumMaker) columns(text string) {
	width := (m.inside() - albumGutter) / 2
	lines := m.textLines(text, width)
	high := albumText * albumLine
	for len(lines) > 0 {
		n := int((m.foot() - m.y) / high)
		if n < 4 && n < len(lines) {
			m.turn()
			continue
		}
		n = min(n, (len(lines)+1)/2) // the last columns balance
		left := lines[:n]
		right := lines[n:min(2*n, len(lines))]
		y := m.y
		m.draw(func() {
			m.c.colour(0x22, 0x20, 0x1D)
			m.column(left, albumSide, y)
			m.column(right, albumSide+width+albumGutter, y)
		})
		m.y += float64(n) * high
		lines = lines[n+len(right):]
	}
	m.y += high
}

func (m *albumMaker) column(lines []string, x, y float64) {
	for i, line := range lines {
		m.c.text(regular, albumText, x, y+float64(i)*albumText*albumLine+albumText, "left", line)
	}
}

// textLines cuts paragraphs into lines, the first of each two characters in. Blank paragraphs are left out.
func (m *albumMaker) textLines(text string, width float64) []string {
	var out []string
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, m.c.wrap(regular, albumText, width, "　　"+p).lines...)
		}
	}
	return out
}
