package prose_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/judging"
	"fayi/judging/media/likeness"
	"fayi/judging/media/prose"
)

// wordFile packs body as the text of a Word document.
func wordFile(t testing.TB, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", body}} {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func inUTF16(text string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune("\uFEFF" + text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func proseOf(data []byte) (string, error) {
	return prose.Read(bytes.NewReader(data), int64(len(data)))
}

func TestWordsAreReadInEveryWayTheyAreWritten(t *testing.T) {
	const want = "法治\n在我心中"
	old, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	word := `<w:document><w:body><w:p><w:r><w:t>法治</w:t></w:r></w:p><w:p><w:r><w:t>在我</w:t></w:r><w:del><w:r><w:delText>你</w:delText></w:r></w:del>` +
		`<mc:AlternateContent><mc:Choice><w:t>心</w:t></mc:Choice><mc:Fallback><w:t>心</w:t></mc:Fallback></mc:AlternateContent><w:r><w:t>中</w:t></w:r></w:p></w:body></w:document>`
	for name, data := range map[string][]byte{
		"utf-8":                []byte(want),
		"with a mark":          []byte("\uFEFF" + want),
		"from Windows":         []byte(strings.ReplaceAll(want, "\n", "\r\n")),
		"GB18030":              old,
		"UTF-16":               inUTF16(want, binary.LittleEndian),
		"UTF-16 the other way": inUTF16(want, binary.BigEndian),
		"Word":                 wordFile(t, word),
	} {
		if got, err := proseOf(data); err != nil || strings.TrimSpace(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestWhatHoldsNoWordsIsTold(t *testing.T) {
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		text string
	}{
		"a picture":       {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "media.no_prose"},
		"nothing":         {nil, "media.no_prose"},
		"a torn document": {wordFile(t, "<w:p>")[:60], "media.bad_prose"},
		"broken XML":      {wordFile(t, "<w:p><w:t>甲</w:t"), "media.bad_prose"},
		"a bomb":          {wordFile(t, "<w:t>"+strings.Repeat(" ", 60<<20)), ""},
		"a long text":     {bytes.Repeat([]byte("a"), 9<<20), "media.prose_too_big"},
	} {
		got, err := proseOf(c.data)
		if c.text == "" {
			if len(got) > 2<<20 {
				t.Errorf("%s: %d bytes", name, len(got))
			}
			continue
		}
		told, _ := err.(*judging.Error)
		if told == nil || told.Code != judging.Invalid || told.Text != c.text {
			t.Errorf("%s: %v, want %s", name, err, c.text)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add([]byte("法治"))
	f.Add(inUTF16("法治", binary.LittleEndian))
	f.Add(wordFile(f, "<w:p><w:t>法</w:t><mc:Fallback/></w:p>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := proseOf(data)
		if err == nil && !utf8.ValidString(text) {
			t.Fatalf("%q", text)
		}
		for _, p := range likeness.CommonPassages(text, "法治在我心中，守法从我做起。") {
			if p.A[0] < 0 || p.A[1] > len(text) || p.A[0] >= p.A[1] {
				t.Fatal(p)
			}
		}
	})
}
