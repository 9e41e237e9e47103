package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"
)

// hostile is a small file that would cost much.
type hostile struct {
	name string // its ending is the kind
	make func(w io.Writer)
}

// repeat writes n times s.
func repeat(w io.Writer, s string, n int) {
	chunk := []byte(strings.Repeat(s, max(1, (64<<10)/len(s))))
	for left := n * len(s); left > 0; {
		k := min(left, len(chunk))
		if _, err := w.Write(chunk[:k]); err != nil {
			panic(err)
		}
		left -= k
	}
}

func say(w io.Writer, parts ...string) {
	for _, p := range parts {
		if _, err := io.WriteString(w, p); err != nil {
			panic(err)
		}
	}
}

// zipped writes a zip of parts, in the order given, each a name and what writes it.
func zipped(w io.Writer, parts ...any) {
	z := zip.NewWriter(w)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i].(string))
		if err != nil {
			panic(err)
		}
		switch p := parts[i+1].(type) {
		case string:
			say(f, p)
		case func(io.Writer):
			p(f)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
}

// packed returns what body writes, packed by zlib.
func packed(body func(io.Writer)) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	body(z)
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// pdfOf writes a PDF of one page whose objects from 4 on are given; 4 is what the page draws.
func pdfOf(w io.Writer, resources string, objects ...string) {
	say(w, "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n",
		"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<<", resources,
		">>>>\nendobj\n")
	for i, o := range objects {
		say(w, fmt.Sprintf("%d 0 obj\n", i+4), o, "\nendobj\n")
	}
	say(w, fmt.Sprintf("trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n", len(objects)+4))
}

// streamOf is a stream object.
func streamOf(head string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", head, len(data), data)
}

func plainStream(head, data string) string { return streamOf(head, []byte(data)) }

func flateStream(head string, body func(io.Writer)) string {
	return streamOf(head+"/Filter/FlateDecode", packed(body))
}

const formHead = "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>"

func pdfs() []hostile {
	many := func(s string, n int) func(io.Writer) { return func(w io.Writer) { repeat(w, s, n) } }
	return []hostile{
		{"self.pdf", func(w io.Writer) {
			calls := "/X Do /X Do /X Do /X Do"
			pdfOf(w, "/XObject<</X 5 0 R>>", plainStream("", calls), plainStream(formHead, calls))
		}},
		{"each-other.pdf", func(w io.Writer) {
			pdfOf(w, "/XObject<</X 5 0 R>>", plainStream("", "/X Do /X Do"), plainStream(formHead, "/Y Do /Y Do"),
				plainStream(formHead, "/X Do /X Do"))
		}},
		{"packed.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("q Q ", 200<<20))) }},
		{"operands.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("1 ", 200<<20))) }},
		{"strings.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("(a) Tj ", 60<<20))) }},
		{"paths.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("0 0 m 99 99 l ", 30<<20))) }},
		{"filled.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("0 0 99 99 re f ", 20<<20))) }},
		{"arrays.pdf", func(w io.Writer) { pdfOf(w, "", flateStream("", many("[", 100<<20))) }},
		{"nested.pdf", func(w io.Writer) { pdfOf(w, "", "<</A "+strings.Repeat("[", 3<<20)+">>") }},
		{"picture.pdf", func(w io.Writer) {
			pdfOf(w, "/XObject<</X 5 0 R>>", plainStream("", "99 0 0 99 0 0 cm /X Do"),
				flateStream("/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray",
					many("\x00", 900_000_000)))
		}},
		{"chain.pdf", func(w io.Writer) {
			inner := packed(func(w io.Writer) { w.Write(packed(many("\x00", 1<<30))) })
			pdfOf(w, "/XObject<</X 5 0 R>>", plainStream("", "99 0 0 99 0 0 cm /X Do"),
				streamOf("/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray"+
					"/Filter[/FlateDecode/FlateDecode]", inner))
		}},
		{"annotations.pdf", func(w io.Writer) {
			say(w, "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n",
				"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[")
			repeat(w, "<</Type/Annot/Subtype/Square/Rect[0 0 99 99]>>", 200_000)
			say(w, "]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n")
		}},
		{"pages.pdf", func(w io.Writer) {
			say(w, "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[")
			repeat(w, "3 0 R ", 300_000)
			say(w, "]/Count 300000>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n",
				"trailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n")
		}},
		{"heavy-pages.pdf", func(w io.Writer) {
			body := flateStream("", many("0 0 99 99 re f ", 200<<10))
			say(w, "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[")
			for i := range 1000 {
				say(w, fmt.Sprintf("%d 0 R ", i+5))
			}
			say(w, "]/Count 1000>>\nendobj\n4 0 obj\n", body, "\nendobj\n")
			for i := range 1000 {
				say(w, fmt.Sprintf("%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 999 999]/Contents 4 0 R>>\nendobj\n", i+5))
			}
			say(w, "trailer\n<</Root 1 0 R/Size 1005>>\n%%EOF\n")
		}},
		{"shading.pdf", func(w io.Writer) {
			pdfOf(w, "/Shading<</S 5 0 R>>", plainStream("", strings.Repeat("/S sh ", 3000)),
				"<</ShadingType 1/ColorSpace/DeviceGray/Domain[0 99 0 99]/Function 6 0 R>>",
				plainStream("/FunctionType 4/Domain[0 99 0 99]/Range[0 1]",
					"{"+strings.Repeat("exch sin exch cos ", 5000)+"pop}"))
		}},
	}
}

const docxTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType=` +
	`"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

func docxOf(w io.Writer, body func(io.Writer)) {
	zipped(w, "[Content_Types].xml", docxTypes, "word/document.xml", func(w io.Writer) {
		say(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
		body(w)
		say(w, "</w:body></w:document>")
	})
}

func odfOf(w io.Writer, kind string, body func(io.Writer)) {
	zipped(w, "mimetype", "application/vnd.oasis.opendocument."+kind, "content.xml", func(w io.Writer) {
		say(w, `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" `,
			`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" `,
			`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:`, kind, ">")
		body(w)
		say(w, "</office:", kind, "></office:body></office:document-content>")
	})
}

func documents() []hostile {
	docx := func(name, s string, n int) hostile {
		return hostile{name + ".docx", func(w io.Writer) { docxOf(w, func(w io.Writer) { repeat(w, s, n) }) }}
	}
	odt := func(name, s string, n int) hostile {
		return hostile{name + ".odt", func(w io.Writer) {
			odfOf(w, "text", func(w io.Writer) { repeat(w, s, n) })
		}}
	}
	text := func(name, head, s string, n int) hostile {
		return hostile{name, func(w io.Writer) { say(w, head); repeat(w, s, n) }}
	}
	return []hostile{
		{"one-text.docx", func(w io.Writer) {
			docxOf(w, func(w io.Writer) {
				say(w, "<w:p><w:r><w:t>")
				repeat(w, "a", 250<<20)
				say(w, "</w:t></w:r></w:p>")
			})
		}},
		docx("runs", "<w:p><w:r><w:t>法</w:t></w:r></w:p>", 1_200_000),
		docx("empty", "<w:p/>", 7_000_000),
		docx("deep", "<w:p>", 9_000_000),
		docx("attributes", `<w:p w:a="1" w:b="2" w:c="3" w:d="4"/>`, 1_200_000),
		{"parts.docx", func(w io.Writer) {
			parts := []any{"[Content_Types].xml", docxTypes, "word/document.xml", "<w:document/>"}
			for i := range 60_000 {
				parts = append(parts, fmt.Sprintf("word/media/%d.xml", i), "<a/>")
			}
			zipped(w, parts...)
		}},
		{"embedded.docx", func(w io.Writer) {
			zipped(w, "[Content_Types].xml", docxTypes, "word/document.xml", "<w:document/>",
				"word/embeddings/a.docx", func(w io.Writer) {
					docxOf(w, func(w io.Writer) { repeat(w, "<w:p/>", 7_000_000) })
				})
		}},
		odt("runs", "<text:p>法</text:p>", 2_500_000),
		odt("deep", "<text:span>", 4_000_000),
		{"spaces.odt", func(w io.Writer) {
			odfOf(w, "text", func(w io.Writer) { repeat(w, `<text:p><text:s text:c="2000000000"/></text:p>`, 1000) })
		}},
		{"rows.ods", func(w io.Writer) {
			odfOf(w, "spreadsheet", func(w io.Writer) {
				say(w, `<table:table table:name="a">`)
				repeat(w, `<table:table-row table:number-rows-repeated="1048576"><table:table-cell `+
					`table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell></table:table-row>`, 1000)
				say(w, "</table:table>")
			})
		}},
		text("groups.rtf", `{\rtf1`, "{", 20<<20),
		text("words.rtf", `{\rtf1`, `\b `, 10<<20),
		text("tags.html", "<html><body>", "<b>", 10<<20),
		text("rows.html", "<html><table>", "<tr><td>a<td>b", 3<<20),
		text("attributes.html", "<html><body ", "a=1 ", 10<<20),
		text("entities.html", "<html><body>", "&amp;", 10<<20),
		text("lines.txt", "", "a\n", 20<<20),
		text("nested.svg", `<svg xmlns="http://www.w3.org/2000/svg">`, "<g>", 5<<20),
		{"uses.svg", func(w io.Writer) {
			say(w, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="a0"><rect/></g>`)
			for i := range 40 {
				use := fmt.Sprintf(`<use xlink:href="#a%d"/>`, i)
				say(w, fmt.Sprintf(`<g id="a%d">`, i+1), strings.Repeat(use, 10), "</g>")
			}
			say(w, `<use xlink:href="#a40"/></svg>`)
		}},
	}
}

func xlsxOf(w io.Writer, shared, sheet func(io.Writer)) {
	zipped(w, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship `+
			`Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" `+
			`Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r=`+
			`"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" `+
			`r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns=`+
			`"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type=`+
			`"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" `+
			`Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml", func(w io.Writer) {
			say(w, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
			shared(w)
			say(w, "</sst>")
		},
		"xl/worksheets/sheet1.xml", func(w io.Writer) {
			say(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
			sheet(w)
			say(w, "</sheetData></worksheet>")
		})
}

// cells is a row of texts.
func cells(texts ...string) string {
	var b strings.Builder
	b.WriteString("<row>")
	for _, t := range texts {
		b.WriteString(`<c t="inlineStr"><is><t>` + t + "</t></is></c>")
	}
	return b.String() + "</row>"
}

func tables() []hostile {
	head := []string{"作品名称", "类别", "作者", "单位", "联系电话"}
	nothing := func(io.Writer) {}
	rows := func(w io.Writer, s string, n int) {
		xlsxOf(w, nothing, func(w io.Writer) { say(w, cells(head...)); repeat(w, s, n) })
	}
	csv := func(name, s string, n int) hostile {
		return hostile{name + ".csv", func(w io.Writer) { say(w, strings.Join(head, ","), "\n"); repeat(w, s, n) }}
	}
	return []hostile{
		{"untitled.xlsx", func(w io.Writer) { rows(w, cells("", "书法"), 1_000_000) }},
		{"bad.xlsx", func(w io.Writer) { rows(w, cells("甲", "没有这一类", "乙", "丙", "电话"), 200_000) }},
		{"wide.xlsx", func(w io.Writer) { rows(w, "<row>"+strings.Repeat("<c><v>1</v></c>", 16_384)+"</row>", 1500) }},
		{"empty.xlsx", func(w io.Writer) { rows(w, "<row/>", 30_000_000) }},
		{"one-cell.xlsx", func(w io.Writer) {
			xlsxOf(w, nothing, func(w io.Writer) {
				say(w, `<row><c t="inlineStr"><is><t>`)
				repeat(w, "a", 400<<20)
				say(w, "</t></is></c></row>")
			})
		}},
		{"shared.xlsx", func(w io.Writer) {
			xlsxOf(w, func(w io.Writer) { repeat(w, "<si><t>a</t></si>", 20_000_000) }, func(w io.Writer) { say(w, cells(head...)) })
		}},
		{"merged.xlsx", func(w io.Writer) {
			xlsxOf(w, nothing, func(w io.Writer) {
				say(w, cells(head...), "</sheetData><mergeCells>")
				repeat(w, `<mergeCell ref="A1:XFD1048576"/>`, 500_000)
				say(w, "</mergeCells><sheetData>")
			})
		}},
		csv("untitled", ",书法,,,\n", 3_000_000),
		csv("bad", "甲,没有这一类,乙,丙,电话\n", 200_000),
		csv("good", "甲,书法,乙,丙,13800000000\n", 300_000),
		csv("empty", "\n", 100_000_000),
		csv("commas", ",", 100_000_000),
		csv("quote", "\"a\n", 60_000_000),
		csv("one-cell", "a", 300_000_000),
	}
}

// dumped writes a hostile file and returns its size.
func dumped(tb testing.TB, path string, h hostile) int64 {
	tb.Helper()
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	out := bufio.NewWriterSize(f, 1<<20)
	h.make(out)
	if err := out.Flush(); err != nil {
		tb.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return info.Size()
}

// pngChunk writes a chunk of a PNG.
func pngChunk(w io.Writer, kind string, data []byte) {
	sum := crc32.NewIEEE()
	io.WriteString(sum, kind)
	sum.Write(data)
	binary.Write(w, binary.BigEndian, uint32(len(data)))
	say(w, kind, string(data))
	binary.Write(w, binary.BigEndian, sum.Sum32())
}
