package media

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestSniff(t *testing.T) {
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String("宪法宣传周征文")
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	office := func(items ...item) string { return string(makeZip(t, items...)) }
	cases := []struct {
		behaviour, head, name string
		want                  Kind
	}{
		{"jpeg called png", "\xFF\xD8\xFF\xE0....", "1.png", Picture},
		{"png", "\x89PNG\r\n\x1A\n", "1", Picture},
		{"gif", "GIF89a", "", Picture},
		{"webp", "RIFF\x00\x00\x00\x00WEBP", "", Picture},
		{"tiff, big end first", "MM\x00*", "", Picture},
		{"bmp", "BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00", "", Picture},
		{"text that begins with BM", "BMW is a car, not a picture", "a.txt", Text},
		{"heic", "\x00\x00\x00\x18ftypheic", "", Picture},
		{"mp4", "\x00\x00\x00\x18ftypisom", "", Video},
		{"mov", "\x00\x00\x00\x14ftypqt  ", "", Video},
		{"mov without brand", "\x00\x00\x00\x08wide\x00\x00", "", Video},
		{"m4a", "\x00\x00\x00\x18ftypM4A ", "", Audio},
		{"avi", "RIFF\x00\x00\x00\x00AVI LIST", "", Video},
		{"mkv", "\x1A\x45\xDF\xA3", "", Video},
		{"wmv", "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wmv", Video},
		{"wma", "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wma", Audio},
		{"flv", "FLV\x01", "", Video},
		{"mp3 with a tag", "ID3\x03\x00", "", Audio},
		{"mp3 without", "\xFF\xFB\x90\x00", "", Audio},
		{"wav", "RIFF\x00\x00\x00\x00WAVEfmt ", "", Audio},
		{"flac", "fLaC", "", Audio},
		{"ogg", "OggS\x00\x02", "", Audio},
		{"ogg film", "OggS\x00\x02........\x80theora", "", Video},
		{"pdf after a mark", "\xEF\xBB\xBF%PDF-1.7", "", Document},
		{"rtf", `{\rtf1`, "a.doc", Document},
		{"doc by extension", ole, "a.doc", Document},
		{"wps by extension", ole, "a.wps", Document},
		{"xls by extension", ole, "a.xls", Workbook},
		{"xls by stream, called doc", ole + string(utf16("Workbook")), "a.doc", Workbook},
		{"zip", office(item{name: "书法/1.jpg", body: "x"}), "a.zip", Archive},
		{"zip called xlsx", office(item{name: "书法/1.jpg", body: "x"}), "a.xlsx", Archive},
		{"xlsx", office(item{
			name: "_rels/.rels",
			body: "x",
		}, item{
			name: "xl/workbook.xml",
			body: "x",
		}), "a.zip", Workbook},
		{"docx by its list", office(item{
			name:   "[Content_Types].xml",
			method: 8,
			body:   "<a>wordprocessingml</a>",
		}), "a", Document},
		{"pptx", office(item{name: "docProps/app.xml", body: "x"}, item{name: "ppt/a.xml"}), "a", Document},
		{"ods", office(item{name: "mimetype", body: "application/vnd.oasis.opendocument.spreadsheet"}), "a", Workbook},
		{"xlsx that shows nothing", office(item{name: "docProps/app.xml", body: "x"}), "a.xlsx", Workbook},
		{"rar", "Rar!\x1A\x07\x01\x00", "", Archive},
		{"7z", "7z\xBC\xAF\x27\x1C", "", Archive},
		{"tar", strings.Repeat("\x00", 257) + "ustar", "", Archive},
		{"csv", "编号,作品\n1,光", "a.CSV", Workbook},
		{"html called xls", "<table><tr><td>1", "a.xls", Workbook},
		{"text in UTF-8, cut in a character", "宪法宣传周"[:14], "a.txt", Text},
		{"text in GBK", gbk, "a.txt", Text},
		{"text in GBK, cut in a character", gbk[:13], "a", Text},
		{"text in UTF-16", "\xFF\xFEa\x00", "a.txt", Text},
		{"program", "MZ\x90\x00\x03\x00\x00\x00", "作品.jpg", Other},
		{"nothing", "", "a.jpg", Other},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			if got := Sniff([]byte(c.head), c.name); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// FuzzSniff: any bytes have a kind, and the same one twice.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), "a.zip")
	f.Add(makeZip(f, item{name: "[Content_Types].xml", method: 8, body: "spreadsheetml"}), "a.xlsx")
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1WordDocument"), "a.doc")
	f.Add([]byte("宪法"), "a.csv")
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		if a, b := Sniff(head, name), Sniff(head, name); a != b || a == "" {
			t.Errorf("%q then %q", a, b)
		}
	})
}

// utf16 returns ASCII text in UTF-16LE.
func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
