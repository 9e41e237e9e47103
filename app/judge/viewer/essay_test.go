package viewer

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
)

func TestTextsAndWordDocumentsAreRead(t *testing.T) {
	const text = "第一段。\r\n\r\n  第二段：䶮与𠅤。\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	word := docxOf(t, `<w:p><w:r><w:t>第一段。</w:t></w:r></w:p><w:p><w:r><w:t>第二段：䶮与𠅤。</w:t></w:r></w:p>`)
	want := []string{"　　第一段。", "　　第二段：䶮与𠅤。"}
	for name, raw := range map[string]string{"UTF-8": text, "GB18030": gb, "Word": word} {
		l, err := readPaper(strings.NewReader(raw))
		if err != nil || !slices.Equal(wordsOf(l), want) || l.pages {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
	}
	for name, raw := range map[string]string{"pdf": "%PDF-1.7", "binary": "MZ\x00\x00\x90", "nothing": ""} {
		if l, err := readPaper(strings.NewReader(raw)); err != nil || l.text != nil || l.pages != (name == "pdf") {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
	}
}

// passagesOf are paragraphs without pictures.
func passagesOf(words []string) []passage {
	var out []passage
	for _, w := range words {
		out = append(out, passage{words: w})
	}
	return out
}

// wordsOf are the paragraphs of a leaf.
func wordsOf(l *leaf) []string {
	var out []string
	for _, p := range l.text {
		out = append(out, p.words)
	}
	return out
}

// docxOf is a Word document with a body.
func docxOf(t *testing.T, body string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml": "<Types/>",
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
			`<w:body>` + body + `</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func FuzzParagraphs(f *testing.F) {
	f.Add("法治\n中国")
	f.Add("\r\n\t\x00")
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range paragraphs(text) {
			if !utf8.ValidString(p) || strings.ContainsAny(p, "\r\n\x00") {
				t.Fatalf("%q", p)
			}
		}
	})
}

func TestOnlyParagraphsNearbyAreDrawnAndAllCanBeReached(t *testing.T) {
	sh := kittest.New(t)
	var paras []string
	for i := range 300 {
		paras = append(paras, indent+strings.Repeat("守法", 20+i%50))
	}
	e := newEssay(passagesOf(paras))
	root := sh.Put(e)
	if n := len(kittest.All[*look.Para](root)); n == 0 || n > 60 {
		t.Errorf("%d paragraphs drawn", n)
	}
	last := e.page.Objects[len(paras)-1]
	for turns := 0; !last.Visible(); turns++ {
		before := e.scroll.Offset.Y
		e.turn()
		if e.scroll.Offset.Y <= before || turns > 300 {
			t.Fatalf("stuck at %v after %d pages", before, turns)
		}
	}
	sh.Win.Resize(fyne.NewSize(500, 720))
	for i := 1; i < len(paras); i++ {
		above, o := e.page.Objects[i-1], e.page.Objects[i]
		if o.Position().Y < above.Position().Y+above.Size().Height {
			t.Fatalf("paragraph %d overlaps the one above", i)
		}
	}
}

func BenchmarkEssayOf50000Characters(b *testing.B) {
	sh := kittest.New(b)
	paras := make([]string, 250)
	for i := range paras {
		paras[i] = strings.Repeat("法治", 100)
	}
	for b.Loop() {
		sh.Put(newEssay(passagesOf(paras)))
	}
}
