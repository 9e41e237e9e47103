package look

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

func TestThemeHasTwoFacesOnly(t *testing.T) {
	th := NewTheme(Look{})
	faces := map[string]bool{}
	for _, s := range []fyne.TextStyle{{}, {
		Bold: true,
	}, {
		Italic: true,
	}, {
		Monospace: true,
	}, {
		Bold:   true,
		Italic: true,
	}, {
		TabWidth: 4,
	}, {
		Underline: true,
	}} {
		f := th.Font(s)
		faces[f.Name()] = true
		if want := map[bool]string{true: "bold.otf", false: "regular.otf"}[s.Bold]; f.Name() != want {
			t.Errorf("%+v has face %s", s, f.Name())
		}
	}
	if len(faces) != 2 {
		t.Errorf("faces: %v", faces)
	}
}

func TestTypeGrowsWithTheChosenSize(t *testing.T) {
	for size, factor := range map[TextSize]float32{Normal: 1, Large: 1.25, Huge: 1.6, "": 1} {
		th := NewTheme(Look{Size: size})
		for name, want := range map[fyne.ThemeSizeName]float32{
			theme.SizeNameHeadingText:    22,
			theme.SizeNameSubHeadingText: 17,
			theme.SizeNameText:           14,
			theme.SizeNameCaptionText:    12.5,
		} {
			if got := th.Size(name); math.Abs(float64(got-want*factor)) > 0.01 {
				t.Errorf("%s %s: %v", size, name, got)
			}
		}
		if got := th.Size(theme.SizeNamePadding); got != 4 {
			t.Errorf("%s: gaps grew to %v", size, got)
		}
	}
}

func TestModeDecidesTheColours(t *testing.T) {
	for _, c := range []struct {
		mode    Mode
		variant fyne.ThemeVariant
		want    Palette
	}{
		{Light, theme.VariantDark, LightPalette}, {Dark, theme.VariantLight, dark}, {System, theme.VariantDark, dark},
		{System, theme.VariantLight, LightPalette},
	} {
		if got := NewTheme(Look{Mode: c.mode}).Color(theme.ColorNameBackground, c.variant); got != c.want.ground {
			t.Errorf("%s with variant %d: ground %v", c.mode, c.variant, got)
		}
	}
}
