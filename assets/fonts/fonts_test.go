package fonts

import (
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

func TestTheScreensBoldIsTheBoldOfPapers(t *testing.T) {
	paper, err := sfnt.Parse(Bold)
	if err != nil {
		t.Fatal(err)
	}
	screen, err := sfnt.Parse(ScreenBold)
	if err != nil {
		t.Fatal(err)
	}
	if paper.NumGlyphs() != screen.NumGlyphs() {
		t.Fatalf("%d glyphs and %d; scripts/boldface makes the one of the other", paper.NumGlyphs(), screen.NumGlyphs())
	}
	size, drawn := fixed.I(1000), 0
	var a, b sfnt.Buffer
	for r := rune(' '); r < 0x30000; r++ {
		x, _ := paper.GlyphIndex(&a, r)
		y, _ := screen.GlyphIndex(&b, r)
		if x != y {
			t.Fatalf("%c is glyph %d and %d", r, x, y)
		}
		if x == 0 {
			continue
		}
		drawn++
		w, _ := paper.GlyphAdvance(&a, x, size, font.HintingNone)
		if v, err := screen.GlyphAdvance(&b, x, size, font.HintingNone); err != nil || v != w {
			t.Fatalf("%c is %v and %v wide: %v", r, w, v, err)
		}
		if _, err := screen.LoadGlyph(&b, x, size, nil); err != nil {
			t.Fatalf("%c: %v", r, err)
		}
	}
	if drawn < 28_000 {
		t.Errorf("%d characters", drawn)
	}
}
