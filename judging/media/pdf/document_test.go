package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/pdf"
)

func TestADocumentShowsItsPages(t *testing.T) {
	d := open(t, plain("Spring tea"))
	if d.Pages() != 1 {
		t.Errorf("pages = %d, want 1", d.Pages())
	}
	if w, h, err := d.Size(t.Context(), 0); w != 200 || h != 100 || err != nil {
		t.Errorf("size = %v x %v, %v; want 200 x 100", w, h, err)
	}
	p, err := d.Picture(t.Context(), 0, 400)
	if err != nil {
		t.Fatal(err)
	}
	if p.Rect.Dx() != 400 || p.Rect.Dy() != 200 {
		t.Errorf("picture is %v, want 400 x 200", p.Rect)
	}
	if r, _, _, a := p.At(5, 5).RGBA(); r != 0 || a != 0xFFFF {
		t.Errorf("the square in the corner is not black: %v", p.At(5, 5))
	}
	if r, _, _, _ := p.At(390, 190).RGBA(); r != 0xFFFF {
		t.Errorf("paper is not white: %v", p.At(390, 190))
	}
	if text, err := d.Text(t.Context(), 0); text != "Spring tea" || err != nil {
		t.Errorf("text = %q, %v", text, err)
	}
}

func TestADocumentWithoutFontsBorrowsThem(t *testing.T) {
	data := book(0, "<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 100 50] /Contents 4 0 R /Resources<</Font<</F 5 0 R>>>>>>",
		stream("", "BT /F 24 Tf 10 10 Td <4e2d56fd6cd5> Tj ET"),
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement "+
			"4>>/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent "+
			"200/CapHeight 700/StemV 80>>")
	own := pdf.NewEngine(pdf.Config{Cache: cache, Fonts: filepath.Join("..", "..", "..", "assets", "fonts")})
	defer own.Close()
	d, err := own.Open(t.Context(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p, err := d.Picture(t.Context(), 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	ink := 0
	for at := 0; at < len(p.Pix); at += 4 {
		if p.Pix[at] < 128 {
			ink++
		}
	}
	if ink < 200 {
		t.Errorf("%d dark pixels: the Chinese words are not drawn", ink)
	}
}

func TestAPageIsNeverLargerThanItMayBe(t *testing.T) {
	for name, box := range map[string]string{
		"tall":   "[0 0 1 14000]",
		"wide":   "[0 0 14000 1]",
		"square": "[0 0 14000 14000]",
	} {
		data := bytes.ReplaceAll(plain(""), []byte("[0 0 200 100]"), []byte(box))
		p, err := open(t, data).Picture(t.Context(), 0, 1<<30)
		if err != nil {
			continue // refusing is as good
		}
		if n := p.Rect.Dx() * p.Rect.Dy(); n > pdf.MaxPixels*11/10 {
			t.Errorf("%s: %v has %d pixels", name, p.Rect, n)
		}
	}
}

func TestBadDocumentsAreErrors(t *testing.T) {
	whole := plain("x")
	for name, data := range map[string][]byte{
		"empty": {}, "no pdf": []byte("hello"), "cut": whole[:len(whole)/3], "head only": []byte("%PDF-1.7\n%%EOF"),
		"no pages": book(0, "<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[] /Count 0>>"),
		"kids loop": book(0, "<</Type/Catalog /Pages 2 0 R>>",
			"<</Type/Pages /Kids[2 0 R] /Count 5>>"),
	} {
		d, err := engine.Open(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err == nil {
			_, err = d.Picture(t.Context(), 0, 100)
			d.Close()
		}
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

func TestAPageThatIsNotThereIsNotFound(t *testing.T) {
	d := open(t, plain("x"))
	for _, n := range []int{-1, 1} {
		if _, err := d.Picture(t.Context(), n, 100); !errors.Is(err, judging.ErrNotFound) {
			t.Errorf("page %d: %v, want not found", n, err)
		}
	}
}

func TestAFifthDocumentWaitsAndGivesUp(t *testing.T) {
	for range 4 {
		open(t, plain("x"))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := plain("x")
	if _, err := engine.Open(ctx, bytes.NewReader(data), int64(len(data))); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want cancelled", err)
	}
}

func TestAnEngineOutlivesADocumentThatWasStopped(t *testing.T) {
	d := open(t, plain(strings.Repeat("x", 100)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Picture(ctx, 0, 4000); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want cancelled", err)
	}
	if _, err := open(t, plain("x")).Text(t.Context(), 0); err != nil {
		t.Error(err)
	}
}

func TestAClosedDocumentSaysSo(t *testing.T) {
	d := open(t, plain("x"))
	d.Close()
	d.Close()
	if _, err := d.Text(t.Context(), 0); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("err = %v", err)
	}
}
