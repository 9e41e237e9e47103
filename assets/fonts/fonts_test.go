package fonts

import (
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

func TestTheFacesOfTheScreenAreThoseOfPapers(t *testing.T) {
	for _, c := range []struct {
		weight        string
		paper, screen []byte
	}{{"Regular", Regular, ScreenRegular}, {"Bold", Bold, ScreenBold}} {
		t.Run(c.weight, func(t *testing.T) { same(t, c.paper, c.screen) })
	}
}

// same fails where two faces differ in what is drawn for a character, by more than the form of their outlines makes.
func same(t *testing.T, onPaper, onScreen []byte) {
	t.Helper()
	paper, err := sfnt.Parse(onPaper)
	if err != nil {
		t.Fatal(err)
	}
	screen, err := sfnt.Parse(onScreen)
	if err != nil {
		t.Fatal(err)
	}
	if paper.NumGlyphs() != screen.NumGlyphs() {
		t.Fatalf(
			"%d glyphs and %d; scripts/screenface makes the one of the other", paper.NumGlyphs(), screen.NumGlyphs(),
		)
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
		before, w, _ := paper.GlyphBounds(&a, x, size, font.HintingNone)
		after, v, err := screen.GlyphBounds(&b, x, size, font.HintingNone)
		if err != nil || v != w {
			t.Fatalf("%c is %v and %v wide: %v", r, w, v, err)
		}
		if !near(before.Min, after.Min) || !near(before.Max, after.Max) {
			t.Fatalf("%c takes %v and %v", r, before, after)
		}
	}
	if drawn < 28_000 {
		t.Errorf("%d characters", drawn)
	}
}

// near allows twenty thousandths of the type size: bounds are those of the points that pull a curve, which are not the
// same in the two forms.
func near(p, q fixed.Point26_6) bool {
	d := p.Sub(q)
	return max(d.X, -d.X, d.Y, -d.Y) <= fixed.I(20)
}
