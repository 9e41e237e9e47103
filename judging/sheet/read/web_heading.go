package read

import (
	"html"
	"regexp"
	"strings"

	"fayi/judging"
)

// webHeading is the heading above a table of a page: it names the sheet.
type webHeading struct {
	open    bool
	written strings.Builder
}

// exported is what LibreOffice writes before the name of a sheet.
var exported = regexp.MustCompile(`^(?:Sheet|工作表|表格)\s*\d+\s*[:：]\s*`)

// mostName is how many characters of a heading are kept as the name of a sheet.
const mostName = 60

func (h *webHeading) tag(t webTag) {
	switch t.name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if h.open = !t.closes && !t.empty; h.open {
			h.written.Reset()
		}
	case "hr": // the list of its sheets, which LibreOffice writes above them, is over
		*h = webHeading{}
	}
}

func (h *webHeading) text(raw []byte) {
	if h.open && h.written.Len() < 1<<12 {
		h.written.Write(raw[:min(len(raw), 1<<12)])
	}
}

// name is the heading as a sheet is called; "" where there was none since the last table.
func (h *webHeading) name() string {
	name := exported.ReplaceAllString(judging.Tidy(html.UnescapeString(h.written.String())), "")
	if r := []rune(name); len(r) > mostName {
		return string(r[:mostName])
	}
	return name
}
