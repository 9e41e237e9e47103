package prose

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
)

// The parts that hold the words of a document.
const (
	docxBody = "word/document.xml"
	odtBody  = "content.xml"
	odtMime  = "application/vnd.oasis.opendocument.text"
)

// document is a Word or OpenDocument text, unpacked as far as it is read.
type document struct {
	zip  *zip.Reader
	body *zip.File
	odt  bool
}

// openDocument finds the part with the words.
func openDocument(r io.ReaderAt, size int64) (document, error) {
	if size > maxProseBytes {
		return document{}, proseTooBig()
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return document{}, badProse(err)
	}
	if bomb.Prose.AdmitParts(len(z.File)) != nil {
		return document{}, badProse(zip.ErrFormat)
	}
	d := document{zip: z}
	var odt *zip.File
	for _, f := range z.File {
		switch f.Name {
		case docxBody:
			d.body = f
			return d, nil
		case odtBody:
			odt = f
		case "mimetype":
			d.odt = strings.HasPrefix(readSmall(f), odtMime)
		}
	}
	if d.odt && odt != nil {
		d.body = odt
		return d, nil
	}
	return document{}, judging.Fail(judging.Invalid, "media.no_prose", nil)
}

// readSmall reads the first bytes of a part; "" for one that can't be read.
func readSmall(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 256)) // what is there decides
	return string(b)
}

// zipProse reads the words of a document.
func zipProse(r io.ReaderAt, size int64) (string, error) {
	d, err := openDocument(r, size)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := d.walk(&b, func(string) {}); err != nil {
		return "", err
	}
	return cropProse(strings.ToValidUTF8(b.String(), "\uFFFD")), nil
}

// walk writes the words of a document to b, and calls picture where one stands, with what refers to it.
func (d document) walk(b *strings.Builder, picture func(ref string)) error {
	body, err := d.body.Open()
	if err != nil {
		return badProse(err)
	}
	defer body.Close()
	x := xml.NewDecoder(io.LimitReader(body, bomb.Prose.Part))
	if d.odt {
		err = walkODT(x, b, picture)
	} else {
		err = walkDocx(x, b, picture)
	}
	if err != nil {
		return badProse(err)
	}
	return nil
}

// walkDocx takes the text out of the XML of a Word document: what was struck out, and the second form of what is
// kept in two, is left.
func walkDocx(d *xml.Decoder, b *strings.Builder, picture func(ref string)) error {
	inText := false
	for b.Len() < maxProse {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				b.WriteByte('\t')
			case "br", "cr":
				b.WriteByte('\n')
			case "blip":
				picture(attr(t, "embed"))
			case "imagedata":
				picture(attr(t, "id"))
			case "Fallback":
				if err := skipElement(d); err != nil {
					return err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				b.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return nil
}

// attr is the attribute of a local name, "" for none.
func attr(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local && a.Name.Space != "o" {
			return a.Value
		}
	}
	return ""
}

// walkODT takes the text out of the XML of an OpenDocument text: what was struck out, and remarks at the edge, are
// left.
func walkODT(d *xml.Decoder, b *strings.Builder, picture func(ref string)) error {
	depth := 0 // of paragraphs
	for b.Len() < maxProse {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Space + ":" + t.Name.Local {
			case "text:p", "text:h":
				depth++
			case "text:tab":
				b.WriteByte('\t')
			case "text:s":
				b.WriteByte(' ')
			case "text:line-break":
				b.WriteByte('\n')
			case "draw:image":
				picture(attr(t, "href"))
			case "office:annotation", "text:tracked-changes", "text:note-citation":
				if err := skipElement(d); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if n := t.Name.Space + ":" + t.Name.Local; n == "text:p" || n == "text:h" {
				depth--
				b.WriteByte('\n')
			}
		case xml.CharData:
			if depth > 0 {
				b.Write(t)
			}
		}
	}
	return nil
}

// skipElement reads to the end of the element just begun.
func skipElement(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := d.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}
