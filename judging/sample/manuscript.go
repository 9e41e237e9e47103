package sample

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// manuscript writes an essay or a poem of invented sentences, as Word document or as text; every third text is in
// GB18030.
func manuscript(d *rand.Rand, w *work, c *contest) []byte {
	paragraphs := essay(d, c)
	if w.category == "诗歌" {
		paragraphs = poem(d, c)
	}
	paragraphs = append([]string{w.title}, paragraphs...)
	if extension(w) == ".docx" {
		return docx(paragraphs)
	}
	text := []byte(strings.Join(paragraphs, "\r\n") + "\r\n")
	if d.IntN(3) > 0 {
		return text
	}
	old, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	if err != nil {
		return text
	}
	return old
}

func essay(d *rand.Rand, c *contest) []string {
	out := []string{"　　" + one(d, c.words.Openings)}
	middles := d.Perm(len(c.words.Middles))
	for range 3 + d.IntN(3) {
		n := min(1+d.IntN(3), len(middles))
		var b strings.Builder
		for _, at := range middles[:n] {
			b.WriteString(c.words.Middles[at])
		}
		middles = middles[n:]
		if b.Len() > 0 {
			out = append(out, "　　"+b.String())
		}
	}
	return append(out, "　　"+one(d, c.words.Closings))
}

func poem(d *rand.Rand, c *contest) []string {
	var out []string
	for i, at := range d.Perm(len(c.words.Lines))[:8+4*d.IntN(3)] {
		if i > 0 && i%4 == 0 {
			out = append(out, "")
		}
		out = append(out, c.words.Lines[at])
	}
	return out
}

// docx writes the smallest document that Word, WPS and LibreOffice open.
func docx(paragraphs []string) []byte {
	const head = xml.Header
	var body strings.Builder
	for _, p := range paragraphs {
		body.WriteString(`<w:p><w:r><w:t xml:space="preserve">`)
		xml.EscapeText(&body, []byte(p))
		body.WriteString(`</w:t></w:r></w:p>`)
	}
	parts := [][2]string{
		{
			"[Content_Types].xml",
			head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
				`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Override PartName="/word/document.xml"` +
				` ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
				`</Types>`,
		},
		{
			"_rels/.rels",
			head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
				`<Relationship Id="rId1"` +
				` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"` +
				` Target="word/document.xml"/></Relationships>`,
		},
		{
			"word/document.xml",
			head + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
				`<w:body>` + body.String() + `</w:body></w:document>`,
		},
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range parts {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			panic(err) // a write to memory cannot fail
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
