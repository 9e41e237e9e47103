package read

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"os"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/transform"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/text"
)

// mhtParts is the most parts of a saved page that are looked at.
const mhtParts = 4096

// openMHT opens a workbook that was saved as one web page (MHT, RFC 2557): each sheet is a page, and one page names
// the sheets.
func openMHT(f *os.File, size int64, name string, limits grid.Limits) (*webSource, error) {
	if size > min(webLimit, limits.File) {
		return nil, grid.FileError(name, "sheet.too_big", judging.Args{"Part": "MHT", "Limit": webLimit >> 20})
	}
	in := bufio.NewReader(io.NewSectionReader(f, 0, size))
	skipBlank(in)
	head, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil && len(head) == 0 {
		return nil, grid.FileError(name, "sheet.truncated", nil).Because(err)
	}
	m := &mhtReader{webSource: &webSource{name: name, limits: limits}, names: map[string]string{}}
	if err := m.part(head, in, 0); err != nil {
		return nil, err
	}
	for i := range m.list {
		if sheet := m.names[m.list[i].Part]; sheet != "" {
			m.list[i].Name = sheet
		}
		m.list[i].Part = ""
	}
	if len(m.list) == 0 {
		return nil, grid.FileError(name, "sheet.not_workbook", judging.Args{"Kind": "MHT"})
	}
	return m.webSource, nil
}

// skipBlank passes over a mark and empty lines before the head.
func skipBlank(in *bufio.Reader) {
	for {
		b, err := in.Peek(3)
		switch {
		case bytes.Equal(b, []byte("\xEF\xBB\xBF")):
			_, _ = in.Discard(3)
		case err == nil && strings.ContainsRune(webSpaces, rune(b[0])):
			_, _ = in.Discard(1)
		default:
			return
		}
	}
}

type mhtReader struct {
	*webSource
	names map[string]string // base name of a page -> name of its sheet
	parts int
}

// part reads a part, or the parts within it.
func (m *mhtReader) part(head textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, params, _ := mime.ParseMediaType(head.Get("Content-Type"))
	if m.parts++; m.parts > mhtParts || depth > 4 {
		return grid.FileError(m.name, "sheet.broken", judging.Args{"Part": "MHT"})
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err != nil { // the end, or a file that breaks off: what came before counts
				return nil
			}
			if err := m.part(p.Header, p, depth+1); err != nil {
				return err
			}
		}
	case kind == "text/html" || kind == "":
		return m.page(head, body, params["charset"])
	}
	return nil
}

// page reads one page as a sheet. The strip of tabs that Excel adds is left out.
func (m *mhtReader) page(head textproto.MIMEHeader, body io.Reader, charset string) error {
	place := strings.ReplaceAll(head.Get("Content-Location"), `\`, "/")
	base := strings.ToLower(path.Base(place))
	page, err := io.ReadAll(io.LimitReader(decoded(head.Get("Content-Transfer-Encoding"), body), webLimit))
	if err != nil && len(page) == 0 {
		return nil
	}
	page = inUTF8(page, charset)
	m.learnNames(page)
	if strings.HasPrefix(base, "tabstrip.") {
		return nil
	}
	s := &webSource{name: m.name, limits: m.limits}
	if err := (&webReader{webSource: s}).read(page); err != nil {
		return err
	}
	for _, w := range s.list {
		if len(m.list) >= grid.MaxSheets {
			return grid.FileError(m.name, "sheet.broken", judging.Args{"Part": "MHT"})
		}
		w.Part = base
		m.list = append(m.list, w)
	}
	return nil
}

// decoded undoes the encoding of a part for mail.
func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}

// inUTF8 decodes a page. What it says of its own encoding is often wrong; its bytes decide, and only what they leave
// open is asked of the head of its part.
func inUTF8(page []byte, charset string) []byte {
	e, err := text.FindEncoding(bytes.NewReader(page))
	if err != nil || e == nil {
		return bytes.TrimPrefix(page, []byte("\xEF\xBB\xBF"))
	}
	if strings.EqualFold(charset, "big5") {
		e = text.Big5
	}
	out, _, err := transform.Bytes(e.NewDecoder(), page)
	if err != nil {
		return page
	}
	return out
}

var worksheetName = regexp.MustCompile(`(?is)<x:ExcelWorksheet>\s*<x:Name>([^<]{0,400})</x:Name>` +
	`.{0,400}?<x:WorksheetSource\s+HRef="([^"]{0,400})"`)

// learnNames finds which page is which sheet.
func (m *mhtReader) learnNames(page []byte) {
	for _, found := range worksheetName.FindAllSubmatch(page, grid.MaxSheets) {
		href := strings.ToLower(path.Base(strings.ReplaceAll(string(found[2]), `\`, "/")))
		m.names[href] = html.UnescapeString(string(found[1]))
	}
}
