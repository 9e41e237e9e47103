package messy

import (
	"encoding/base64"
	"fmt"
	"html"
	"strings"
)

// web writes a page with a table, which many programs call .xls.
func (b *Book) web() string {
	var out strings.Builder
	out.WriteString(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>` +
		`<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><table border="1">` + "\n")
	g := b.Sheets[0].grid
	at, covered := g.merges()
	for i, r := range g.rows {
		out.WriteString("<tr>")
		for j := range g.width() {
			if covered[[2]int{i, j}] {
				continue
			}
			var c cell
			if j < len(r) {
				c = r[j]
			}
			out.WriteString("<td" + spans(at, i, j, "rowspan", "colspan") + ">")
			text := strings.ReplaceAll(html.EscapeString(c.text), "\n", "<br>")
			if c.struck {
				text = "<s>" + text + "</s>"
			}
			out.WriteString(text + "</td>")
		}
		out.WriteString("</tr>\n")
	}
	out.WriteString("</table></body></html>\n")
	return out.String()
}

// merges finds the blocks of a grid by their upper left cells, and the cells that they cover.
func (g *grid) merges() (at map[[2]int]area, covered map[[2]int]bool) {
	at, covered = map[[2]int]area{}, map[[2]int]bool{}
	for _, a := range g.areas {
		at[[2]int{a.top, a.left}] = a
		for r := a.top; r <= a.bottom; r++ {
			for c := a.left; c <= a.right; c++ {
				if r != a.top || c != a.left {
					covered[[2]int{r, c}] = true
				}
			}
		}
	}
	return at, covered
}

// spans writes the attributes of a merged block.
func spans(at map[[2]int]area, row, col int, rows, cols string) (out string) {
	a, ok := at[[2]int{row, col}]
	if !ok {
		return ""
	}
	if n := a.bottom - a.top + 1; n > 1 {
		out += fmt.Sprintf(` %s="%d"`, rows, n)
	}
	if n := a.right - a.left + 1; n > 1 {
		out += fmt.Sprintf(` %s="%d"`, cols, n)
	}
	return out
}

// mht wraps the page as a browser saves it.
func (b *Book) mht() []byte {
	var out strings.Builder
	out.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_Part\"\r\n\r\n" +
		"------=_Part\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n" +
		"Content-Location: file:///C:/book.htm\r\n\r\n")
	data := base64.StdEncoding.EncodeToString([]byte(b.web()))
	for len(data) > 76 {
		out.WriteString(data[:76] + "\r\n")
		data = data[76:]
	}
	out.WriteString(data + "\r\n------=_Part--\r\n")
	return []byte(out.String())
}
