package filetype

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"strings"
)

// zipType tells the formats of office programs apart by their parts where these lie within head, else by how the name
// ends if that fits.
func zipType(head []byte, ext string) *Type {
	switch kind := zipKind(head, ext); {
	case kind == Workbook:
		return named("xlsx")
	case kind != Document:
		return named("zip")
	case bytes.Contains(head, []byte("opendocument.text")):
		return named("odt")
	}
	return either(bytes.Contains(head, []byte("ppt/")) || ext == "pptx" || ext == "dps", "pptx", "docx")
}

// zipKind tells office documents, which are zips, from archives: by the names in the local headers that lie within
// head, and by the content list that office programs put first. Only when these show an office document of unknown
// sort does ext decide.
func zipKind(head []byte, ext string) Kind {
	office := false
	for name, body := range localFiles(head) {
		if k := PartKind(name); k != Other {
			return k
		}
		switch name {
		case "[Content_Types].xml":
			office = true
			if k := typesKind(body); k != Other {
				return k
			}
		case "mimetype":
			if k := mimeKind(string(body[:min(len(body), 128)])); k != Other {
				return k
			}
		case "_rels/.rels", "docProps/app.xml", "docProps/core.xml":
			office = true
		}
	}
	if !office {
		return Archive
	}
	switch ext {
	case "xlsx", "xlsm", "et":
		return Workbook
	case "docx", "pptx", "wps", "dps":
		return Document
	}
	return Archive
}

// PartKind tells an office document by the name of one of its parts; Other when the name says nothing.
func PartKind(name string) Kind {
	switch {
	case strings.HasPrefix(name, "xl/"):
		return Workbook
	case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
		return Document
	}
	return Other
}

// typesKind reads as much of a deflated content list as is there.
func typesKind(body []byte) Kind {
	text, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), 64<<10)) // cut off at the end of head
	if len(text) == 0 {
		text = body
	}
	switch {
	case bytes.Contains(text, []byte("spreadsheetml")):
		return Workbook
	case bytes.Contains(text, []byte("wordprocessingml")), bytes.Contains(text, []byte("presentationml")):
		return Document
	}
	return Other
}

func mimeKind(mime string) Kind {
	switch {
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument.spreadsheet"):
		return Workbook
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument."),
		strings.HasPrefix(mime, "application/epub+zip"):
		return Document
	}
	return Other
}

// localFiles yields name and packed bytes of each file whose local header lies within head, which may be cut
// anywhere.
func localFiles(head []byte) func(yield func(string, []byte) bool) {
	const header = 30
	return func(yield func(string, []byte) bool) {
		for len(head) >= header && has(head, "PK\x03\x04") {
			streamed := head[6]&8 != 0
			size := uint64(binary.LittleEndian.Uint32(head[18:]))
			nameLen, extra := int(binary.LittleEndian.Uint16(head[26:])), int(binary.LittleEndian.Uint16(head[28:]))
			rest := head[header:]
			if len(rest) < nameLen {
				return
			}
			name := string(rest[:nameLen])
			rest = rest[min(len(rest), nameLen+extra):]
			if !yield(name, rest) {
				return
			}
			if streamed && size == 0 && !strings.HasSuffix(name, "/") {
				n, ok := streamedSize(rest)
				if !ok {
					return
				}
				size = uint64(n)
			}
			if size >= uint64(len(rest)) {
				return
			}
			head = rest[size:]
		}
	}
}

// streamedSize finds where a file ends whose header doesn't tell its size, with what follows it about that size: the
// next header counts only when the size before it is the way to it, for the file may be a zip itself and hold headers
// of its own. ok is false where the end does not lie within rest.
func streamedSize(rest []byte) (n int, ok bool) {
	next := []byte("PK\x03\x04")
	for at := 0; ; at += len(next) {
		i := bytes.Index(rest[at:], next)
		if i < 0 {
			return 0, false
		}
		at += i
		if at >= 12 && ends(rest[:at]) {
			return at, true
		}
	}
}

// ends reports whether file ends in a description of its own size: checksum, size packed and plain, of 4 or 8 bytes
// each, with or without a mark before.
func ends(file []byte) bool {
	short := int64(binary.LittleEndian.Uint32(file[len(file)-8:]))
	if own := int64(len(file)) - 12; short == own || short == own-4 && has(file[short:], "PK\x07\x08") {
		return true
	}
	if len(file) < 20 {
		return false
	}
	long := int64(binary.LittleEndian.Uint64(file[len(file)-16:]))
	own := int64(len(file)) - 20
	return long == own || long == own-4 && long >= 0 && has(file[long:], "PK\x07\x08")
}
