package viewer

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
)

func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCopiesAreNamedByCodeAndContent(t *testing.T) {
	word := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 500) +
		"W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"
	for _, c := range []struct{ data, want string }{
		{"%PDF-1.7", "SF-0132-2.pdf"}, {"\x00\x00\x00\x18ftypmp42", "SF-0132-2.mp4"},
		{"\x00\x00\x00\x14ftypqt  ", "SF-0132-2.mov"}, {"ID3\x03", "SF-0132-2.mp3"},
		{"RIFF1234WAVEfmt ", "SF-0132-2.wav"}, {"\xFF\xD8\xFF\xE0", "SF-0132-2.jpg"}, {"法治", "SF-0132-2.txt"},
		{word, "SF-0132-2.doc"},
		{zipOf(t, "[Content_Types].xml", "word/document.xml"), "SF-0132-2.docx"},
		{zipOf(t, "ppt/presentation.xml"), "SF-0132-2.pptx"},
	} {
		var o outside
		at, err := o.copy("SF-0132", 1, strings.NewReader(c.data))
		if err != nil {
			t.Errorf("%.12q: %v", c.data, err)
			continue
		}
		got, err := os.ReadFile(filepath.FromSlash(at.Path))
		if filepath.Base(at.Path) != c.want || at.Scheme != "file" || err != nil || string(got) != c.data {
			t.Errorf("%.12q: %s, %v", c.data, at, err)
		}
		o.clear()
		if _, err := os.Stat(filepath.Dir(at.Path)); !os.IsNotExist(err) {
			t.Errorf("left behind: %v", err)
		}
	}
}

func TestProgramsAndUnknownFilesAreNotOpened(t *testing.T) {
	for _, data := range []string{"", "MZ\x90\x00\x03\x00\x00\x00", "\x7FELF\x02\x01\x01\x00", zipOf(t, "setup.exe"),
		"PK\x03\x04broken\x00", "\xD0\xCF\x11\xE0\x00", "\x00\x01\x02"} {
		var o outside
		at, err := o.copy("SF-0132", 0, strings.NewReader(data))
		if at != nil || judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%.12q: %v, %v", data, at, err)
		}
		if left, _ := os.ReadDir(o.dir); len(left) > 0 {
			t.Errorf("%.12q: left %v", data, left)
		}
		o.clear()
	}
}

func TestACodeCannotLeadOutOfTheFolder(t *testing.T) {
	var o outside
	defer o.clear()
	at, err := o.copy("../../etc/法", 0, strings.NewReader("%PDF-1.7"))
	if err != nil || filepath.Dir(filepath.FromSlash(at.Path)) != o.dir {
		t.Errorf("%v, %v", at, err)
	}
}

func TestSizesAreWrittenForPeople(t *testing.T) {
	for bytes, want := range map[int64]string{
		0:               "0 KB",
		1:               "1 KB",
		2048:            "2 KB",
		3 << 20:         "3 MB",
		3<<20 + 600<<10: "3.5 MB",
		5 << 30:         "5 GB",
	} {
		if got := size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}
