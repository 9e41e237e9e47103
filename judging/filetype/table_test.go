package filetype

import (
	"strings"
	"testing"
)

// The beginnings of types that have no magic, or that the name decides.
const (
	zipHead  = "PK\x03\x04"
	oleHead  = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	asfHead  = "\x30\x26\xB2\x75\x8E\x66\xCF\x11"
	mimeODT  = "application/vnd.oasis.opendocument.text"
	mimeODS  = "application/vnd.oasis.opendocument.spreadsheet"
	bmpStart = "BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00"
)

// part is a file in a zip, stored.
func part(name, body string) string {
	size := string([]byte{byte(len(body)), byte(len(body) >> 8), 0, 0})
	length := string([]byte{byte(len(name)), 0})
	return zipHead + strings.Repeat("\x00", 14) + size + size + length + "\x00\x00" + name + body
}

// samples are heads and names by type, for the types that functions find.
var samples = map[string][][2]string{
	"bmp":  {{bmpStart, "a"}},
	"ogg":  {{"OggS\x00\x02", ""}},
	"ogv":  {{"OggS\x00\x02........\x80theora", ""}},
	"wmv":  {{asfHead, "a.wmv"}, {asfHead, "a"}},
	"wma":  {{asfHead, "a.WMA"}},
	"mp3":  {{"\xFF\xFB\x90\x00", "a.aac"}, {"ID3\x04", "a.wav"}},
	"aac":  {{"\xFF\xF1\x50\x80", "a.mp3"}},
	"ts":   {{"G" + strings.Repeat("\x00", 187) + "G" + strings.Repeat("\x00", 187) + "G", ""}},
	"pdf":  {{"%PDF-1.7", "a.exe"}, {"junk %PDF-1.4", "a.doc"}, {strings.Repeat("\x00", 1019) + "%PDF-", ""}},
	"docx": {{part("word/document.xml", ""), "a.doc"}, {part("docProps/app.xml", ""), "a.wps"}},
	"pptx": {{part("ppt/slides", ""), "a.docx"}, {part("docProps/app.xml", ""), "a.dps"}},
	"odt":  {{part("mimetype", mimeODT), "a.docx"}},
	"xlsx": {{part("xl/workbook.xml", ""), "a.zip"}, {part("mimetype", mimeODS), ""},
		{part("docProps/app.xml", ""), "a.et"}},
	"zip": {{zipHead, "a.dps"}, {part("书法/1.jpg", ""), "a.xlsx"}, {"PK\x05\x06", ""}},
	"doc": {{oleHead + string(utf16("WordDocument")), "a.xls"}, {oleHead, "a.doc"}},
	"ppt": {{oleHead + string(utf16("PowerPoint Document")), "a.doc"}, {oleHead, "a.dps"}},
	"wps": {{oleHead, "a.wps"}},
	"xls": {{oleHead + string(utf16("Workbook")), "a.doc"}, {oleHead, "a.et"}},
	"ole": {{oleHead, "a"}, {oleHead, "a.jpg"}},
	"txt": {{"宪法", "a.docx"}, {"宪法", ""}, {"BMW is a car, not a picture", "a.bmp"}},
	"csv": {{"编号,作品", "a.CSV"}, {"<table>", "a.xls"}},
	"mov": {{"\x00\x00\x00\x18wide    ", "a.mp4"}, {"\x00\x00\x00\x18ftypqt  ", "a.mp4"}},
	"mp4": {{"\x00\x00\x00\x18ftypisom", "a.jpg"}},
	"unknown": {{"", "a.jpg"}, {"\x01\x02", "a.jpg"}, {"MZ\x90\x00\x03\x00\x00\x00", "作品.jpg"},
		{strings.Repeat("\x00", 1020) + "%PDF-", ""}},
}

func TestEachTypeIsFoundByItsContent(t *testing.T) {
	for _, row := range All() {
		heads := samples[row.Name]
		for _, m := range row.Magic {
			heads = append(heads, [2]string{strings.ReplaceAll(m, "?", "\x00"), "a.exe"})
		}
		if len(heads) == 0 {
			t.Errorf("%s: no content is known by which it could be found", row.Name)
		}
		for _, h := range heads {
			if got := Of([]byte(h[0]), h[1]); got.Name != row.Name {
				t.Errorf("%q called %q is %s, want %s", h[0], h[1], got.Name, row.Name)
			}
		}
	}
}

func TestEachTypeIsDecided(t *testing.T) {
	seen := map[string]bool{}
	ending := map[string]string{}
	for _, row := range All() {
		if row.Name == "" || seen[row.Name] {
			t.Errorf("%q: twice, or no name", row.Name)
		}
		seen[row.Name] = true
		if row.Kind == "" || row.Clean == "" || row.Show == "" || row.Table == "" {
			t.Errorf("%s: who cleans, shows and reads it is not decided: %+v", row.Name, row)
		}
		if (row.Table == Refused) != (row.Refusal != "") {
			t.Errorf("%s: refused as %q", row.Name, row.Refusal)
		}
		if row.Kind.Judged() && (row.Ext == "" || row.Show == Hidden) {
			t.Errorf("%s may be judged, but nobody can look at it", row.Name)
		}
		if row.Ext != "" && FormatOf(row.Ext[1:]) != row.Format {
			t.Errorf("%s: a copy ends in %s, which promises %q", row.Name, row.Ext, FormatOf(row.Ext[1:]))
		}
		for _, e := range row.Endings {
			if was, twice := ending[e]; twice {
				t.Errorf("names that end in %s are %s and %s", e, was, row.Name)
			}
			ending[e] = row.Name
		}
	}
	for _, k := range []Kind{Picture, Video, Audio, Document, Text, Workbook, Archive, Other} {
		if k.Judged() != (k != Workbook && k != Archive && k != Other) {
			t.Errorf("%s", k)
		}
	}
}

func TestEndingsPromiseFormats(t *testing.T) {
	for ending, want := range map[string]string{"jpg": "jpeg", "jpeg": "jpeg", "webm": "mkv", "et": "xls", "ogv": "ogg",
		"zip": "", "exe": "", "": ""} {
		if got := FormatOf(ending); got != want {
			t.Errorf("%s: %q", ending, got)
		}
	}
}

func TestTextsWithTablesAreTold(t *testing.T) {
	for head, want := range map[string]Table{
		"编号,作品": AsText, "": AsText, "<p>no table</p>": AsText, "a<table>": AsText,
		"\xEF\xBB\xBF <HTML>": AsWeb, "<?xml version='1.0'?>": AsWeb, "<ss:Workbook>": AsWeb,
		"<\x00t\x00a\x00b\x00l\x00e\x00>\x00":         AsWeb,
		"MIME-Version: 1.0":                           AsArchive,
		"From: <Saved by Excel>\r\nMIME-Version: 1.0": AsArchive, "Subject: 作品": AsText,
	} {
		if got := TextTable([]byte(head)); got != want {
			t.Errorf("%q: %s", head, got)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, heads := range samples {
		for _, h := range heads {
			f.Add([]byte(h[0]), h[1])
		}
	}
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		if a, b := Of(head, name), Of(head, name); a.Name != b.Name || a.Kind == "" {
			t.Errorf("%+v then %+v", a, b)
		}
		TextTable(head)
	})
}
