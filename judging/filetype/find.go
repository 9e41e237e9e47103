package filetype

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"

	"fayi/judging/text"
)

// Of tells the type of a file from its first bytes (up to HeadSize of them). The name only decides where the bytes
// leave a choice: csv or text, xls or doc in the same container. It never fails: what it does not know is the type
// "unknown".
func Of(head []byte, name string) Type {
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	if t := byContent(head, ext); t != nil {
		return *t
	}
	if !text.Is(head) {
		return *unknown
	}
	return *ofText(ext)
}

// ofText tells tables from prose: programs export tables of commas or HTML under these names.
func ofText(ext string) *Type {
	switch ext {
	case "csv", "tsv", "xls", "xlsx", "et", "ods", "fods", "mht", "mhtml":
		return named("csv")
	}
	return named("txt")
}

func byContent(head []byte, ext string) *Type {
	for _, t := range types {
		if slices.ContainsFunc(t.Magic, func(m string) bool { return begins(head, m) }) {
			return t
		}
	}
	switch {
	case has(head, "PK\x03\x04"), has(head, "PK\x05\x06"):
		return zipType(head, ext)
	case has(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return compoundType(head, ext)
	case has(head, "OggS"):
		return either(bytes.Contains(head, []byte("\x80theora")), "ogv", "ogg")
	case has(head, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"): // ASF
		return either(ext == "wma", "wma", "wmv")
	case isBitmap(head):
		return named("bmp")
	case isFrames(head):
		return either(head[1]>>1&3 == 0, "aac", "mp3")
	case isTransport(head):
		return named("ts")
	case isPDF(head):
		return named("pdf")
	}
	return nil
}

// begins reports whether head begins as a magic says.
func begins(head []byte, magic string) bool {
	if len(head) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}

func has(head []byte, sig string) bool { return bytes.HasPrefix(head, []byte(sig)) }

func either(yes bool, a, b string) *Type {
	if yes {
		return named(a)
	}
	return named(b)
}

// isPDF allows for what some programs write before a document.
func isPDF(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) }

// isBitmap checks the size of the second header, since two letters alone begin many texts.
func isBitmap(head []byte) bool {
	if len(head) < 18 || !has(head, "BM") {
		return false
	}
	return slices.Contains([]uint32{12, 40, 52, 56, 64, 108, 124}, binary.LittleEndian.Uint32(head[14:]))
}

// isFrames recognises MPEG audio without a tag: a frame header whose fields all have meaning. Layer 0 is AAC in ADTS.
func isFrames(head []byte) bool {
	if len(head) < 4 || head[0] != 0xFF || head[1]&0xE0 != 0xE0 || head[1] >= 0xFE { // FF FE begins a text
		return false
	}
	version, layer := head[1]>>3&3, head[1]>>1&3
	if layer == 0 {
		return head[1]&0xF0 == 0xF0 && head[2]>>2&15 < 13
	}
	rate, freq := head[2]>>4, head[2]>>2&3
	return version != 1 && rate != 15 && rate != 0 && freq != 3
}

// isTransport recognises an MPEG transport stream by three sync bytes, 188 bytes apart.
func isTransport(head []byte) bool {
	return len(head) > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47
}

// streams names the main stream of each program that uses Microsoft's compound file.
var streams = []struct {
	name string
	kind Kind
}{{"Workbook", Workbook}, {"WordDocument", Document}, {"PowerPoint Document", Document}}

// compoundType tells the programs apart by the first name of a stream (UTF-16) that lies within head, else by ext.
func compoundType(head []byte, ext string) *Type {
	found, first := Other, len(head)
	for _, s := range streams {
		if at := bytes.Index(head, utf16(s.name)); at >= 0 && at < first {
			found, first = s.kind, at
		}
	}
	if found == Other {
		switch ext {
		case "xls", "et", "xlt", "xlsx":
			found = Workbook
		case "doc", "wps", "ppt", "dps", "pps", "docx", "pptx":
			found = Document
		}
	}
	switch {
	case found == Other:
		return named("ole")
	case found == Workbook:
		return named("xls")
	case bytes.Contains(head, utf16("PowerPoint Document")) || ext == "ppt" || ext == "dps" || ext == "pps":
		return named("ppt")
	}
	return either(ext == "wps", "wps", "doc")
}

// utf16 returns ASCII text in UTF-16LE.
func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
