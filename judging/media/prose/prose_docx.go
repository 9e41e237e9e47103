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

const docxBody = "word/document.xml"

// docxProse reads the words of a Word document.
func docxProse(r io.ReaderAt, size int64) (string, error) {
	if size > maxProseBytes {
		return "", proseTooBig()
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return "", badProse(err)
	}
	if bomb.Prose.AdmitParts(len(z.File)) != nil {
		return "", badProse(zip.ErrFormat)
	}
	for _, f := range z.File {
		if f.Name != docxBody {
			continue
		}
		body, err := f.Open()
		if err != nil {
			return "", badProse(err)
		}
		defer body.Close()
		return bodyProse(io.LimitReader(body, bomb.Prose.Part))
	}
	return "", judging.Fail(judging.Invalid, "media.no_prose", nil)
}

// bodyProse takes the text out of the XML of a Word document: what was struck out, and the second form of what is
// kept in two, is left.
func bodyProse(r io.Reader) (string, error) {
	d := xml.NewDecoder(r)
	var b strings.Builder
	inText := false
	for b.Len() < maxProse {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", badProse(err)
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
			case "Fallback":
				if err := skipElement(d); err != nil {
					return "", badProse(err)
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
	return cropProse(strings.ToValidUTF8(b.String(), "\uFFFD")), nil
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
