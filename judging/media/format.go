package media

import (
	"bytes"
	"path"
	"strings"
)

// format names what a file is stored as, by its content, in the way its name would end: "jpeg", "mp4", "docx"; "" where that is not known.
func format(head []byte, kind Kind, name string) string {
	for _, f := range formats {
		if has(head, f.at, f.sig) {
			return f.name
		}
	}
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	switch {
	case has(head, 4, "ftyp"):
		return brandFormat(head, kind)
	case kind == Video && len(head) > 8 && head[0] == 0:
		return "mov"
	case kind == Picture && has(head, 0, "BM"):
		return "bmp"
	case kind == Text:
		return "txt"
	case kind == Workbook, kind == Document:
		return documentFormat(head, kind, ext)
	case kind == Audio && isFrames(head):
		if head[1]>>1&3 == 0 {
			return "aac"
		}
		return "mp3"
	case kind == Audio && has(head, 0, "ID3"):
		return "mp3"
	case kind == Video && isTransport(head):
		return "ts"
	case has(head, 0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"):
		if kind == Audio {
			return "wma"
		}
		return "wmv"
	}
	return ""
}

var formats = []struct {
	at        int
	sig, name string
}{
	{0, "\xFF\xD8\xFF", "jpeg"}, {0, "\x89PNG\r\n", "png"}, {0, "GIF8", "gif"}, {0, "II*\x00", "tiff"}, {0, "MM\x00*", "tiff"}, {8, "WEBP", "webp"},
	{8, "AVI ", "avi"}, {8, "WAVE", "wav"}, {0, "\x1A\x45\xDF\xA3", "mkv"}, {0, "FLV\x01", "flv"}, {0, ".RMF", "rm"}, {0, "\x00\x00\x01\xBA", "mpg"},
	{0, "\x00\x00\x01\xB3", "mpg"}, {0, "fLaC", "flac"}, {0, "OggS", "ogg"}, {0, "MThd", "midi"}, {0, "#!AMR", "amr"}, {0, "{\\rtf", "rtf"},
	{0, "Rar!", "rar"}, {0, "7z\xBC\xAF", "7z"}, {0, "\x1F\x8B", "gz"}, {0, "%PDF-", "pdf"},
}

// brandFormat tells the formats apart that share the ISO container.
func brandFormat(head []byte, kind Kind) string {
	switch {
	case has(head, 8, "avif"), has(head, 8, "avis"):
		return "avif"
	case kind == Picture:
		return "heic"
	case kind == Audio:
		return "m4a"
	case has(head, 8, "qt  "):
		return "mov"
	}
	return "mp4"
}

// documentFormat tells the formats of office programs apart: by their parts where these lie within head, else by how the name ends if that fits.
func documentFormat(head []byte, kind Kind, ext string) string {
	zipped := has(head, 0, "PK")
	switch {
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return "pdf"
	case zipped && bytes.Contains(head, []byte("opendocument.text")):
		return "odt"
	case zipped && kind == Workbook:
		return "xlsx"
	case zipped && (bytes.Contains(head, []byte("ppt/")) || ext == "pptx" || ext == "dps"):
		return "pptx"
	case zipped:
		return "docx"
	case kind == Workbook && has(head, 0, "\xD0\xCF\x11\xE0"):
		return "xls"
	case kind == Workbook:
		return "csv"
	case bytes.Contains(head, utf16("PowerPoint Document")) || ext == "ppt" || ext == "dps" || ext == "pps":
		return "ppt"
	case ext == "wps":
		return "wps"
	}
	return "doc"
}
