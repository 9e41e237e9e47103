package judge

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestTextsAreReadInEveryUsualEncoding(t *testing.T) {
	const text = "第一段。\r\n\r\n  第二段：䶮与𠅤。\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	want := []string{"　　第一段。", "　　第二段：䶮与𠅤。"}
	for name, raw := range map[string]string{"UTF-8": text, "UTF-8 with mark": "\uFEFF" + text, "GB18030": gb, "UTF-16": le, "UTF-16 the other way": be} {
		if got, err := readText(strings.NewReader(raw)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ raw, key string }{
		"binary": {"MZ\x00\x00\x90", "desk.text_unknown"}, "too long": {strings.Repeat("a", maxText+1), "desk.text_too_long"},
	} {
		if got, err := readText(strings.NewReader(c.raw)); got != nil || judging.CodeOf(err) != judging.Invalid || err.(*judging.Error).Text != c.key {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte("法治\n中国"))
	f.Add([]byte("\xFF\xFE\x00\xD8"))
	f.Add([]byte("\xB7\xA8\xD6\xCE\x81\x30"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := readText(bytes.NewReader(raw))
		for _, p := range got {
			if err != nil || !utf8.ValidString(p) || strings.ContainsAny(p, "\r\n\x00") {
				t.Fatalf("%q, %v", p, err)
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
	e := newEssay(paras)
	root := sh.Put(e)
	if n := len(kittest.All[*kit.Para](root)); n == 0 || n > 60 {
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
		sh.Put(newEssay(paras))
	}
}
