package sending_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	calls "fayi/judging/office/collect"
	stage "fayi/judging/office/sending"
	"fayi/judging/parcel"
)

// oddNames are names that files come with: reserved on Windows, turned to the left, in pictures, as long as a disk
// takes, out of their folder, with a zero, the same in two cases, and composed in two ways.
var oddNames = []string{
	"CON.txt", "aux", "LPT1.jpg", "\u202egpj.exe.txt", "🎨🖌️作品.txt", strings.Repeat("长", 80) + "a.txt",
	"../../etc/passwd", "..\\..\\win.ini", "nul\x00l.txt", "A.txt", "a.txt", "caf\u00e9.txt", "cafe\u0301.txt",
	"a:b.txt", "末尾点. ", "/绝对.txt", "-rf.txt", "<b>.txt", "=1+1.txt", "\xff\xfe.txt",
}

// TestFilesOfAnyNameAreAccountedFor packs files of odd names next to a list of works. Each is with its work, listed
// without one, or named as left out; nothing is written outside the contest, and no name on its disk is one of them.
func TestFilesOfAnyNameAreAccountedFor(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, body string) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, NonUTF8: !utf8.ValidString(name)})
		mediatest.Must(t, err)
		_, err = io.WriteString(w, body)
		mediatest.Must(t, err)
	}
	add("登记表.csv", "报送单位："+school+"\n作品名称,类别,组别,作者\n与法同行,征文,成人组,甲某\n")
	for i, name := range oddNames {
		add(name, strings.Repeat("第"+string(rune('一'+i))+"份", 20))
	}
	mediatest.Must(t, z.Close())
	dir := t.TempDir()
	path := filepath.Join(dir, "来件.zip")
	mediatest.Must(t, os.WriteFile(path, out.Bytes(), 0o600))
	r, err := h.office.Collect().TakeParcel(t.Context(), calls.TakeRequest{Sources: []string{path}}, nil)
	mediatest.Must(t, err)
	files := r.Parcel.Files.Matched + r.Parcel.Files.Doubtful + r.Parcel.Files.Unmatched
	told := inChinese(t)
	var said strings.Builder
	for _, p := range r.Import.Problems {
		said.WriteString(p.File + " " + told(p.Text, p.Args) + "\n")
	}
	if files+strings.Count(said.String(), "\n") < len(oddNames) {
		t.Errorf("%d files are accounted for of %d: %+v\n%q", files, len(oddNames), r.Parcel.Files, said.String())
	}
	if strings.ContainsAny(said.String(), "\x00\u202e") || !utf8.ValidString(said.String()) {
		t.Errorf("what is said can't be read: %q", said.String())
	}
	for _, at := range []string{dir, filepath.Dir(dir), h.dir} {
		for _, name := range []string{"passwd", "win.ini", "绝对.txt"} {
			if _, err := os.Lstat(filepath.Join(at, name)); err == nil {
				t.Errorf("%s lies in %s", name, at)
			}
		}
	}
	works, err := h.office.Works(t.Context(), office.WorkFilter{})
	mediatest.Must(t, err)
	if len(works) != 1 {
		t.Errorf("%d works", len(works))
	}
	if report, err := h.office.CheckContest(t.Context(), "", nil); err != nil {
		t.Errorf("%+v %v", report, err)
	}
}

// TestAParcelWithFilesOfAnyNameIsTakenOrRefusedWhole sends parcels whose manifests name files so: each is refused in
// words, or waits and comes in with its file.
func TestAParcelWithFilesOfAnyNameIsTakenOrRefusedWhole(t *testing.T) {
	for _, name := range oddNames {
		h := newHouse(t, stage.OpenRequest{})
		h.serve()
		was := name
		data := h.pack(school, 1, func(m *parcel.Manifest) { m.Works[0].Files[0].Was = was }, 900)
		got := throughPage(t, h, "报送包.zip", data, "zh-Hans")
		works, err := h.office.Works(t.Context(), office.WorkFilter{})
		mediatest.Must(t, err)
		if len(works) != 1 || len(works[0].Files) != 1 || notWords.MatchString(got.unit+got.organiser) {
			t.Errorf("%q: %d works, %+v", name, len(works), got)
		}
		h.end()
	}
}
