package messy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"html"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// xlsx writes the book with fonts, formats and merged cells.
func (b *Book) xlsx() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range b.Sheets {
		name := b.sheetName(i)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return nil, err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return nil, err
		}
		if err := s.grid.fill(f, name); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err := f.Write(&out)
	return out.Bytes(), err
}

func (b *Book) sheetName(i int) string {
	if b.Sheets[i].Name == "" {
		return "Sheet" + itoa(i+1)
	}
	return b.Sheets[i].Name
}

func (g *grid) fill(f *excelize.File, sheet string) error {
	for r, row := range g.rows {
		for c, v := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			switch {
			case v.formula:
				err = f.SetCellFormula(sheet, at, `CONCATENATE("`+"作"+`","品")`)
			case v.format != "":
				err = f.SetCellFloat(sheet, at, v.number, -1, 64)
			case v.text != "":
				err = f.SetCellStr(sheet, at, v.text)
			}
			if err == nil && (v.format != "" || v.struck) {
				err = style(f, sheet, at, v)
			}
			if err != nil {
				return err
			}
		}
	}
	for _, a := range g.areas {
		from, _ := excelize.CoordinatesToCellName(a.left+1, a.top+1)
		to, _ := excelize.CoordinatesToCellName(a.right+1, a.bottom+1)
		if err := f.MergeCell(sheet, from, to); err != nil {
			return err
		}
	}
	return nil
}

func style(f *excelize.File, sheet, at string, v cell) error {
	s := &excelize.Style{}
	if v.format != "" {
		s.CustomNumFmt = &v.format
	}
	if v.struck {
		s.Font = &excelize.Font{Strike: true}
	}
	id, err := f.NewStyle(s)
	if err != nil {
		return err
	}
	return f.SetCellStyle(sheet, at, at, id)
}

// ods writes an OpenDocument sheet.
func (b *Book) ods() ([]byte, error) {
	var body strings.Builder
	body.WriteString(`<?xml version="1.0" encoding="UTF-8"?><office:document-content ` +
		`xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
		`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
		`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
		`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
		`xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">` +
		`<office:automatic-styles><style:style style:name="struck" style:family="table-cell">` +
		`<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>` +
		`<office:body><office:spreadsheet>`)
	for i, s := range b.Sheets {
		fmt.Fprintf(&body, `<table:table table:name="%s">`, html.EscapeString(b.sheetName(i)))
		s.grid.odsRows(&body)
		body.WriteString("</table:table>")
	}
	body.WriteString("</office:spreadsheet></office:body></office:document-content>")
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", body.String()},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func (g *grid) odsRows(body *strings.Builder) {
	at, covered := g.merges()
	for r, row := range g.rows {
		body.WriteString("<table:table-row>")
		for c := range g.width() {
			var v cell
			if c < len(row) {
				v = row[c]
			}
			tag := "table:table-cell"
			if covered[[2]int{r, c}] {
				tag = "table:covered-table-cell"
			}
			body.WriteString("<" + tag)
			body.WriteString(spans(at, r, c, "table:number-rows-spanned", "table:number-columns-spanned"))
			if v.struck {
				body.WriteString(` table:style-name="struck"`)
			}
			if v.format != "" {
				fmt.Fprintf(body, ` office:value-type="float" office:value="%g"`, v.number)
			}
			body.WriteString(">")
			for _, l := range strings.Split(v.text, "\n") {
				if v.text != "" {
					body.WriteString("<text:p>" + odsText(l) + "</text:p>")
				}
			}
			body.WriteString("</" + tag + ">")
		}
		body.WriteString("</table:table-row>")
	}
}

// odsText writes runs of blanks as elements, as the format wants them.
func odsText(s string) string {
	s = html.EscapeString(s)
	for strings.Contains(s, "  ") {
		n := len(s[strings.Index(s, "  "):]) - len(strings.TrimLeft(s[strings.Index(s, "  "):], " "))
		s = strings.Replace(s, strings.Repeat(" ", n), fmt.Sprintf(`<text:s text:c="%d"/>`, n), 1)
	}
	return s
}

// biffStream is a stream of records of Excel 97.
type biffStream struct{ out []byte }

func (b *biffStream) record(kind uint16, data ...[]byte) {
	all := bytes.Join(data, nil)
	b.out = binary.LittleEndian.AppendUint16(b.out, kind)
	b.out = binary.LittleEndian.AppendUint16(b.out, uint16(len(all)))
	b.out = append(b.out, all...)
}

func le(n ...int) (d []byte) {
	for _, v := range n {
		d = binary.LittleEndian.AppendUint16(d, uint16(v))
	}
	return d
}

// biff writes the stream without its container, as simple programs do.
func (b *Book) biff() []byte {
	s := &biffStream{}
	s.record(0x0809, le(0x0600, 0x0005, 0, 0, 0, 0, 0, 0))
	for i := range 5 { // fonts; the fifth, number 5, is struck through
		flags := 0
		if i == 4 {
			flags = 8
		}
		s.record(0x0031, le(200, flags, 0, 400, 0), []byte{0, 0, 0, 0}, wide8("Arial"))
	}
	formats := b.formats()
	for i, code := range formats {
		s.record(0x041E, le(164+i), wide16(code))
	}
	for i := range 2 * (len(formats) + 1) { // plain and struck by turns
		font, format := 0, 0
		if i%2 == 1 {
			font = 5
		}
		if i > 1 {
			format = 164 + i/2 - 1
		}
		s.record(0x00E0, le(font, format), make([]byte, 16))
	}
	var places []int
	for i := range b.Sheets {
		places = append(places, len(s.out)+4)
		s.record(0x0085, make([]byte, 4), []byte{0, 0}, wide8(b.sheetName(i)))
	}
	s.record(0x000A)
	for i, h := range b.Sheets {
		binary.LittleEndian.PutUint32(s.out[places[i]:], uint32(len(s.out)))
		s.record(0x0809, le(0x0600, 0x0010, 0, 0, 0, 0, 0, 0))
		s.cells(h.grid, formats)
		s.record(0x000A)
	}
	return s.out
}

// cells writes the cells of a sheet and its merged blocks.
func (b *biffStream) cells(g *grid, formats []string) {
	for r, row := range g.rows {
		for c, v := range row {
			xf := 0
			for i, code := range formats {
				if code == v.format {
					xf = 2 * (i + 1)
				}
			}
			if v.struck {
				xf++
			}
			switch {
			case v.format != "":
				b.record(0x0203, le(r, c, xf), binary.LittleEndian.AppendUint64(nil, math.Float64bits(v.number)))
			case v.text != "":
				b.record(0x0204, le(r, c, xf), wide16(v.text))
			}
		}
	}
	for _, a := range g.areas {
		b.record(0x00E5, le(1, a.top, a.bottom, a.left, a.right))
	}
}

// formats lists the number formats in use.
func (b *Book) formats() (list []string) {
	seen := map[string]bool{}
	for _, s := range b.Sheets {
		for _, r := range s.grid.rows {
			for _, v := range r {
				if v.format != "" && !seen[v.format] {
					seen[v.format] = true
					list = append(list, v.format)
				}
			}
		}
	}
	return list
}

// wide8 and wide16 are strings of UTF-16 with their length in one and two bytes.
func wide8(s string) []byte {
	u := utf16.Encode([]rune(s))
	return append([]byte{byte(len(u))}, wideChars(u)...)
}

func wide16(s string) []byte {
	u := utf16.Encode([]rune(s))
	return append(binary.LittleEndian.AppendUint16(nil, uint16(len(u))), wideChars(u)...)
}

func wideChars(u []uint16) []byte {
	out := []byte{1}
	for _, v := range u {
		out = binary.LittleEndian.AppendUint16(out, v)
	}
	return out
}
