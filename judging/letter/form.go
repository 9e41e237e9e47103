package letter

import (
	"fmt"
	"strings"
)

// Form 登记表 is a page of labels next to room for what is filled in.
type Form struct {
	Mark  string // 附件1, at the top left; "" for none
	Title string
	Rows  []FormRow
}

// FormRow is one row of a form: a label and its value, or two of each.
type FormRow struct {
	Cells []string // 2 or 4
	Tall  int      // lines of room; 0: one
}

// formWidths are the columns of a form, in twentieths of a point: label, value, label, value.
var formWidths = [4]int{1500, textWidth/2 - 1500, 1500, textWidth/2 - 1500}

// write sets the form, on a new page if something stands before it.
func (f Form) write(b *strings.Builder, after bool) {
	brk := ""
	if after {
		brk = `<w:pageBreakBefore/>`
	}
	if f.Mark != "" {
		paragraph(b, brk, `<w:rFonts w:eastAsia="黑体"/>`, f.Mark)
		brk = ""
	}
	paragraph(b, brk+`<w:spacing w:line="560" w:lineRule="exact" w:after="200"/><w:jc w:val="center"/>`,
		`<w:rFonts w:eastAsia="方正小标宋简体" w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体"/><w:sz w:val="36"/>`+
			`<w:szCs w:val="36"/>`, f.Title)
	openTable(b, formWidths[:])
	for _, r := range f.Rows {
		fmt.Fprintf(b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`,
			560*max(1, r.Tall))
		for i, said := range r.Cells {
			wide, span := formWidths[i], ""
			if len(r.Cells) == 2 && i == 1 {
				wide, span = textWidth-formWidths[0], `<w:gridSpan w:val="3"/>`
			}
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>`,
				wide, span)
			if said == "" {
				said = " " // a cell must hold a paragraph
			}
			run := `<w:sz w:val="24"/><w:szCs w:val="24"/>`
			look := `<w:spacing w:line="400" w:lineRule="atLeast"/>`
			if i%2 == 0 {
				look, run = look+`<w:jc w:val="center"/>`, `<w:rFonts w:eastAsia="黑体"/>`+run
			}
			for _, line := range strings.Split(said, "\n") {
				paragraph(b, look, run, line)
			}
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	closeTable(b)
}

// openTable begins a table with thin lines over columns of these widths.
func openTable(b *strings.Builder, widths []int) {
	const edge = ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, textWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + edge)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>` +
		`<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
}

// closeTable ends a table, which must not be the last thing of a document.
func closeTable(b *strings.Builder) {
	b.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>`)
}
