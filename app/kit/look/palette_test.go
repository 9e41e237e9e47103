package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over lays a thin colour over an opaque one.
func over(top, ground color.Color) color.Color {
	t, g := color.NRGBAModel.Convert(top).(color.NRGBA), color.NRGBAModel.Convert(ground).(color.NRGBA)
	mix := func(a, b uint8) uint8 {
		return uint8((float64(a)*float64(t.A) + float64(b)*(255-float64(t.A))) / 255)
	}
	return color.NRGBA{mix(t.R, g.R), mix(t.G, g.G), mix(t.B, g.B), 255}
}

func TestTextStandsOutFromItsGround(t *testing.T) {
	tones := map[string]Tone{
		"plain":   Plain,
		"quiet":   Quiet,
		"done":    Done,
		"waiting": Waiting,
		"problem": Problem,
		"info":    Info,
		"accent":  Accent,
	}
	for _, mode := range []Mode{Light, Dark} {
		th := NewTheme(Look{Mode: mode})
		get := func(n fyne.ThemeColorName) color.Color { return th.Color(n, theme.VariantLight) }
		grounds := map[string]color.Color{
			"ground":  get(theme.ColorNameBackground),
			"surface": get(ColorSurface),
			"rail":    get(theme.ColorNameHeaderBackground),
		}
		for tone, v := range tones {
			ink := get(v.ColorName())
			for name, ground := range grounds {
				need := 4.5
				if v == Accent {
					need = 3 // a ground and a mark, never small words
				}
				if c := contrast(ink, ground); c < need {
					t.Errorf("%s: %s on %s has %.2f : 1", mode, tone, name, c)
				}
			}
			tint := over(Alpha(color.NRGBAModel.Convert(ink).(color.NRGBA), 0x1C), grounds["surface"])
			if c := contrast(ink, tint); c < 4.5 && v != Accent {
				t.Errorf("%s: %s on its own tint has %.2f : 1", mode, tone, c)
			}
		}
		selected := over(get(theme.ColorNameSelection), grounds["surface"])
		for _, tone := range []Tone{Plain, Quiet, Done, Waiting, Problem, Info} {
			if c := contrast(get(tone.ColorName()), selected); c < 4 {
				t.Errorf("%s: tone %d on a selected row has %.2f : 1", mode, tone, c)
			}
		}
		if c := contrast(get(ColorOnAccent), get(ColorAccent)); c < 4.5 {
			t.Errorf("%s: words on cinnabar have %.2f : 1", mode, c)
		}
	}
}

func TestEveryToneThatTellsAStateHasAShape(t *testing.T) {
	themed(t)
	seen := map[string]bool{}
	for _, tone := range []Tone{Done, Waiting, Problem, Info} {
		icon := tone.Icon()
		if icon == nil || seen[icon.Name()] {
			t.Fatalf("tone %d has no shape of its own", tone)
		}
		seen[icon.Name()] = true
	}
	if Plain.Icon() != nil || Quiet.Icon() != nil {
		t.Error("plain words have a shape")
	}
}
