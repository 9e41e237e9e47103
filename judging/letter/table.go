package letter

import (
	"fmt"
	"strings"
)

// Table 附件 is a list attached to a letter. Its header row is repeated on every page.
type Table struct {
	Mark  string // 附件1, at the top left; "" for none
	Title string
	Head  []string
	Wide  []int      // relative widths of the columns, one for each of Head
	Rows  [][]string // with as many cells as Head
	Below bool       // follows what is above it; otherwise it begins a page
}

// textWidth is the room between the margins in twentieths of a point.
const textWidth = 11906 - 1587 - 1474

// write sets the table. Cells are in size 五号, as long lists are.
func (t Table) write(b *strings.Builder) {
	brk := `<w:pageBreakBefore/>`
	if t.Below {
		brk = `<w:keepNext/>` // the title never stands alone at the foot of a page
	}
	if t.Mark != "" {
		paragraph(b, brk, `<w:rFonts w:eastAsia="黑体"/>`, t.Mark)
	}
	before := ""
	if t.Mark == "" {
		before = brk
	}
	const title = `<w:rFonts w:eastAsia="方正小标宋简体" w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体"/><w:sz w:val="36"/>` +
		`<w:szCs w:val="36"/>`
	room := `<w:spacing w:line="560" w:lineRule="exact" w:after="200"/>`
	if t.Below {
		room = `<w:spacing w:before="160" w:line="480" w:lineRule="exact" w:after="80"/>`
	}
	paragraph(b, before+room+`<w:jc w:val="center"/>`, title, t.Title)
	widths := t.widths()
	openTable(b, widths)
	tableRow(b, widths, t.Head, `<w:cantSplit/><w:tblHeader/>`, `<w:rFonts w:eastAsia="黑体"/>`)
	for _, row := range t.Rows {
		tableRow(b, widths, row, `<w:cantSplit/>`, "")
	}
	closeTable(b)
}

// widths divides the text width.
func (t Table) widths() []int {
	sum := 0
	for _, w := range t.Wide {
		sum += w
	}
	out := make([]int, len(t.Head))
	for i := range out {
		out[i] = textWidth * t.Wide[i] / max(1, sum)
	}
	return out
}

func tableRow(b *strings.Builder, widths []int, cells []string, look, run string) {
	b.WriteString(`<w:tr><w:trPr>` + look + `</w:trPr>`)
	for i, w := range widths {
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, w)
		said := cells[i]
		if said == "" {
			said = " " // a cell must hold a paragraph
		}
		paragraph(
			b,
			`<w:spacing w:line="320" w:lineRule="atLeast"/><w:jc w:val="center"/>`,
			run+`<w:sz w:val="21"/><w:szCs w:val="21"/>`,
			said,
		)
		b.WriteString(`</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}
