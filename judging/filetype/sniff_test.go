package filetype_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/judging/filetype"
	"fayi/judging/media/mediatest"
)

func TestSniff(t *testing.T) {
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String("宪法宣传周征文")
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	office := func(items ...mediatest.Item) string { return string(mediatest.MakeZip(t, items...)) }
	cases := []struct {
		behaviour, head, name string
		want                  filetype.Kind
	}{
		{"jpeg called png", "\xFF\xD8\xFF\xE0....", "1.png", filetype.Picture},
		{"png", "\x89PNG\r\n\x1A\n", "1", filetype.Picture},
		{"gif", "GIF89a", "", filetype.Picture},
		{"webp", "RIFF\x00\x00\x00\x00WEBP", "", filetype.Picture},
		{"tiff, big end first", "MM\x00*", "", filetype.Picture},
		{"bmp", "BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00", "", filetype.Picture},
		{"text that begins with BM", "BMW is a car, not a picture", "a.txt", filetype.Text},
		{"heic", "\x00\x00\x00\x18ftypheic", "", filetype.Picture},
		{"mp4", "\x00\x00\x00\x18ftypisom", "", filetype.Video},
		{"mov", "\x00\x00\x00\x14ftypqt  ", "", filetype.Video},
		{"mov without brand", "\x00\x00\x00\x08wide\x00\x00", "", filetype.Video},
		{"m4a", "\x00\x00\x00\x18ftypM4A ", "", filetype.Audio},
		{"avi", "RIFF\x00\x00\x00\x00AVI LIST", "", filetype.Video},
		{"mkv", "\x1A\x45\xDF\xA3", "", filetype.Video},
		{"wmv", "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wmv", filetype.Video},
		{"wma", "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a.wma", filetype.Audio},
		{"flv", "FLV\x01", "", filetype.Video},
		{"mp3 with a tag", "ID3\x03\x00", "", filetype.Audio},
		{"mp3 without", "\xFF\xFB\x90\x00", "", filetype.Audio},
		{"wav", "RIFF\x00\x00\x00\x00WAVEfmt ", "", filetype.Audio},
		{"flac", "fLaC", "", filetype.Audio},
		{"ogg", "OggS\x00\x02", "", filetype.Audio},
		{"ogg film", "OggS\x00\x02........\x80theora", "", filetype.Video},
		{"pdf after a mark", "\xEF\xBB\xBF%PDF-1.7", "", filetype.Document},
		{"rtf", `{\rtf1`, "a.doc", filetype.Document},
		{"doc by extension", ole, "a.doc", filetype.Document},
		{"wps by extension", ole, "a.wps", filetype.Document},
		{"xls by extension", ole, "a.xls", filetype.Workbook},
		{"xls by stream, called doc", ole + string(utf16("Workbook")), "a.doc", filetype.Workbook},
		{"zip", office(mediatest.Item{Name: "书法/1.jpg", Body: "x"}), "a.zip", filetype.Archive},
		{"zip called xlsx", office(mediatest.Item{Name: "书法/1.jpg", Body: "x"}), "a.xlsx", filetype.Archive},
		{"xlsx", office(mediatest.Item{
			Name: "_rels/.rels",
			Body: "x",
		}, mediatest.Item{
			Name: "xl/workbook.xml",
			Body: "x",
		}), "a.zip", filetype.Workbook},
		{"docx by its list", office(mediatest.Item{
			Name:   "[Content_Types].xml",
			Method: 8,
			Body:   "<a>wordprocessingml</a>",
		}), "a", filetype.Document},
		{"pptx", office(mediatest.Item{Name: "docProps/app.xml", Body: "x"}, mediatest.Item{Name: "ppt/a.xml"}), "a", filetype.Document},
		{"ods", office(mediatest.Item{Name: "mimetype", Body: "application/vnd.oasis.opendocument.spreadsheet"}), "a", filetype.Workbook},
		{"xlsx that shows nothing", office(mediatest.Item{Name: "docProps/app.xml", Body: "x"}), "a.xlsx", filetype.Workbook},
		{"rar", "Rar!\x1A\x07\x01\x00", "", filetype.Archive},
		{"7z", "7z\xBC\xAF\x27\x1C", "", filetype.Archive},
		{"tar", strings.Repeat("\x00", 257) + "ustar", "", filetype.Archive},
		{"csv", "编号,作品\n1,光", "a.CSV", filetype.Workbook},
		{"html called xls", "<table><tr><td>1", "a.xls", filetype.Workbook},
		{"text in UTF-8, cut in a character", "宪法宣传周"[:14], "a.txt", filetype.Text},
		{"text in GBK", gbk, "a.txt", filetype.Text},
		{"text in GBK, cut in a character", gbk[:13], "a", filetype.Text},
		{"text in UTF-16", "\xFF\xFEa\x00", "a.txt", filetype.Text},
		{"program", "MZ\x90\x00\x03\x00\x00\x00", "作品.jpg", filetype.Other},
		{"nothing", "", "a.jpg", filetype.Other},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			if got := filetype.Of([]byte(c.head), c.name).Kind; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// FuzzSniff: any bytes have a kind, and the same one twice.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("PK\x03\x04"), "a.zip")
	f.Add(mediatest.MakeZip(f, mediatest.Item{Name: "[Content_Types].xml", Method: 8, Body: "spreadsheetml"}), "a.xlsx")
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1WordDocument"), "a.doc")
	f.Add([]byte("宪法"), "a.csv")
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		if a, b := filetype.Of(head, name).Kind, filetype.Of(head, name).Kind; a != b || a == "" {
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
