// Package letter writes official letters as docx: A4, a heading in 小标宋, the body in 仿宋 at size three with lines of
// 28 points, name and date at the lower right, as GB/T 9704 sets them. A machine without these types shows its own
// Song and Fang Song instead: the file names them.
//
// Lists that go along follow as tables, each on a page of its own or below the one before.
//
// It promises equal bytes for equal letters and a file that Word, WPS and LibreOffice open. It lays out nothing
// else.
package letter

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"fayi/judging/text"
)

// Letter 公函 is one letter. Empty parts are left out.
type Letter struct {
	Mark        string // 附件1, at the top left; "" for none
	Title       string
	To          string   // 主送机关, without colon
	Body        []string // paragraphs
	Attachments []string // names of the attachments
	From        string   // 落款
	Date        string   // 2020年5月12日
	Tables      []Table  // after the letter
	Forms       []Form   // behind the tables

	colon, attached string // see In
}

// In returns the letter with the signs of a language, which words tells: what stands after To and before the
// attachments. Without it they are Chinese.
func (l Letter) In(words func(key string, args map[string]any) string) Letter {
	l.colon, l.attached = words("letter.colon", nil), words("letter.attachments", nil)
	return l
}

// part is a file of the package that docx is.
type part struct{ name, text string }

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

var fixedParts = []part{
	{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml"` +
		` ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml"` +
		` ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml"` +
		` ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/word/fontTable.xml"` +
		` ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/></Types>`},
	{"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1"` +
		` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"` +
		` Target="word/document.xml"/></Relationships>`},
	{
		"word/_rels/document.xml.rels",
		head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1"` +
			` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"` +
			` Target="styles.xml"/>` +
			`<Relationship Id="rId2"` +
			` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"` +
			` Target="fontTable.xml"/>` +
			`<Relationship Id="rId3"` +
			` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"` +
			` Target="footer1.xml"/></Relationships>`,
	},
	// “— 1 —” in size four at the foot of each page, as GB/T 9704 numbers pages
	{"word/footer1.xml", head + `<w:ftr xmlns:w="` + ns + `"><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>` +
		`<w:jc w:val="center"/></w:pPr>` + footRun(`<w:t xml:space="preserve">— </w:t>`) +
		`<w:fldSimple w:instr="PAGE">` + footRun(`<w:t>1</w:t>`) + `</w:fldSimple>` +
		footRun(`<w:t xml:space="preserve"> —</w:t>`) + `</w:p></w:ftr>`},
	{"word/styles.xml", head + `<w:styles xmlns:w="` + ns + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"` +
		` w:cs="Times New Roman"/><w:sz w:val="32"/><w:szCs w:val="32"/>` +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault>` +
		`</w:docDefaults></w:styles>`},
	{
		"word/fontTable.xml",
		head + `<w:fonts xmlns:w="` + ns + `">` + fonts("仿宋_GB2312", "仿宋") + fonts("方正小标宋简体", "宋体") + `</w:fonts>`,
	},
}

func footRun(said string) string {
	return `<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>` + said + `</w:r>`
}

const links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

const ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

func fonts(name, instead string) string {
	return `<w:font w:name="` + name + `"><w:altName w:val="` + instead + `"/><w:charset w:val="86"/></w:font>`
}

// Write writes the letter as docx. Errors: those of w.
func Write(w io.Writer, l Letter) error {
	z := zip.NewWriter(w)
	for _, p := range append(fixedParts[:len(fixedParts):len(fixedParts)], part{"word/document.xml", l.document()}) {
		f, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// document writes the paragraphs of the letter. Lengths are in twentieths of a point, sizes of type in half points.
func (l Letter) document() string {
	var b strings.Builder
	b.WriteString(head + `<w:document xmlns:w="` + ns + `" xmlns:r="` + links + `"><w:body>`)
	const title = `<w:rFonts w:eastAsia="方正小标宋简体" w:ascii="方正小标宋简体" w:hAnsi="方正小标宋简体"/><w:sz w:val="44"/>` +
		`<w:szCs w:val="44"/>`
	paragraph(&b, "", `<w:rFonts w:eastAsia="黑体"/>`, l.Mark)
	paragraph(&b, `<w:spacing w:line="640" w:lineRule="exact" w:after="400"/><w:jc w:val="center"/>`, title, l.Title)
	if l.To != "" {
		paragraph(&b, "", "", l.To+cmp.Or(l.colon, "："))
	}
	const indent = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
	const keep = `<w:keepNext/>` // signature and date never stand on a page alone
	for i, text := range l.Body {
		kept := ""
		if i == len(l.Body)-1 && len(l.Attachments) == 0 && l.From != "" {
			kept = keep
		}
		paragraph(&b, kept+indent, "", text)
	}
	for i, name := range l.Attachments {
		lead, before := fmt.Sprintf("　　　%d. ", i+1), ""
		if i == 0 {
			lead = fmt.Sprintf("%s%d. ", cmp.Or(l.attached, "附件："), i+1)
			before = `<w:spacing w:line="560" w:lineRule="exact" w:before="560"/>`
		}
		if i == len(l.Attachments)-1 {
			before = keep + before
		}
		paragraph(&b, before+indent, "", lead+name)
	}
	paragraph(
		&b,
		keep+`<w:spacing w:line="560" w:lineRule="exact" w:before="1120"/><w:ind w:right="640"/><w:jc w:val="right"/>`,
		"",
		l.From,
	)
	paragraph(&b, `<w:ind w:right="640"/><w:jc w:val="right"/>`, "", l.Date)
	for _, t := range l.Tables {
		t.write(&b)
	}
	for i, f := range l.Forms {
		f.write(&b, i > 0 || l.Title != "" || len(l.Tables) > 0)
	}
	b.WriteString(
		`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>` +
			`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992"` +
			` w:gutter="0"/>` +
			`</w:sectPr></w:body></w:document>`,
	)
	return b.String()
}

// paragraph writes one, which is all of a line; what is empty writes none. All that stands in a letter comes by here.
func paragraph(b *strings.Builder, look, run, said string) {
	if said == "" {
		return
	}
	b.WriteString("<w:p>")
	if look != "" {
		b.WriteString("<w:pPr>" + look + "</w:pPr>")
	}
	b.WriteString("<w:r>")
	if run != "" {
		b.WriteString("<w:rPr>" + run + "</w:rPr>")
	}
	b.WriteString(`<w:t xml:space="preserve">`)
	if err := xml.EscapeText(b, []byte(text.Line(said))); err != nil {
		panic(err) // a Builder takes everything
	}
	b.WriteString("</w:t></w:r></w:p>")
}
