package media

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"
)

// Sniff tells the kind of a file from its first bytes (up to HeadSize of them). The name only decides where the bytes leave a choice: csv or text,
// xls or doc in the same container. It never fails: what it does not know is Other.
func Sniff(head []byte, name string) Kind {
	ext := strings.ToLower(path.Ext(name))
	if k := sniffMagic(head, ext); k != Other {
		return k
	}
	if !isText(head) {
		return Other
	}
	if slices.Contains([]string{".csv", ".tsv", ".xls", ".xlsx", ".et"}, ext) {
		return Workbook // programs export tables of commas or HTML under these names
	}
	return Text
}

// magic is a run of bytes that stands at a fixed place in files of one kind.
type magic struct {
	at   int
	sig  string
	kind Kind
}

var magics = []magic{
	{0, "\xFF\xD8\xFF", Picture},
	{0, "\x89PNG\r\n\x1A\n", Picture},
	{0, "GIF87a", Picture},
	{0, "GIF89a", Picture},
	{0, "II*\x00", Picture},
	{0, "MM\x00*", Picture},
	{0, "\x1A\x45\xDF\xA3", Video},
	{0, "FLV\x01", Video},
	{0, ".RMF\x00", Video},
	{0, "\x00\x00\x01\xBA", Video},
	{0, "\x00\x00\x01\xB3", Video},
	{0, "fLaC", Audio},
	{0, "MThd\x00\x00\x00\x06", Audio},
	{0, "#!AMR", Audio},
	{0, "{\\rtf", Document},
	{0, "Rar!\x1A\x07", Archive},
	{0, "7z\xBC\xAF\x27\x1C", Archive},
	{0, "\x1F\x8B\x08", Archive},
	{4, "1AY&SY", Archive},
	{0, "\xFD7zXZ\x00", Archive},
	{257, "ustar", Archive},
}

func sniffMagic(head []byte, ext string) Kind {
	for _, m := range magics {
		if has(head, m.at, m.sig) {
			return m.kind
		}
	}
	switch {
	case has(head, 0, "PK\x03\x04"), has(head, 0, "PK\x05\x06"):
		return sniffZip(head, ext)
	case has(head, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return sniffCompound(head, ext)
	case has(head, 4, "ftyp"):
		return sniffBrand(head)
	case len(head) > 8 && head[0] == 0 && slices.Contains([]string{"moov", "mdat", "wide", "free", "skip"}, string(head[4:8])):
		return Video // QuickTime before it had brands
	case has(head, 0, "ID3") && len(head) > 3 && head[3] < 5:
		return Audio
	case has(head, 0, "RIFF"):
		return sniffRIFF(head)
	case has(head, 0, "OggS"):
		return pick(bytes.Contains(head, []byte("\x80theora")), Video, Audio)
	case has(head, 0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"):
		return pick(ext == ".wma", Audio, Video)
	case has(head, 0, "BM") && isBitmap(head):
		return Picture
	case isFrames(head):
		return Audio
	case isTransport(head):
		return Video
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return Document
	}
	return Other
}

func has(head []byte, at int, sig string) bool {
	return len(head) >= at+len(sig) && string(head[at:at+len(sig)]) == sig
}

func pick(yes bool, a, b Kind) Kind {
	if yes {
		return a
	}
	return b
}

// sniffBrand tells still pictures and sound from films in the ISO container (ISO/IEC 14496-12).
func sniffBrand(head []byte) Kind {
	if len(head) < 12 {
		return Other
	}
	switch string(head[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
		return Picture
	case "M4A ", "M4B ", "M4P ":
		return Audio
	}
	return Video
}

func sniffRIFF(head []byte) Kind {
	switch {
	case has(head, 8, "WEBP"):
		return Picture
	case has(head, 8, "AVI "):
		return Video
	case has(head, 8, "WAVE"):
		return Audio
	}
	return Other
}

// isBitmap checks the size of the second header, since two letters alone begin many texts.
func isBitmap(head []byte) bool {
	if len(head) < 18 {
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

// sniffCompound tells the programs apart by the first name of a stream (UTF-16) that lies within head, else by ext.
func sniffCompound(head []byte, ext string) Kind {
	found, first := Other, len(head)
	for _, s := range streams {
		if at := bytes.Index(head, utf16(s.name)); at >= 0 && at < first {
			found, first = s.kind, at
		}
	}
	if found != Other {
		return found
	}
	switch ext {
	case ".xls", ".et", ".xlt", ".xlsx":
		return Workbook
	case ".doc", ".wps", ".ppt", ".dps", ".pps", ".docx", ".pptx":
		return Document
	}
	return Other
}

// utf16 returns ASCII text in UTF-16LE.
func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
