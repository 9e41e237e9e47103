package chart_test

import (
	"bytes"
	"image/png"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/chart"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
)

func TestBandsHaveNiceEdgesAndHoldEveryValue(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   chart.Bands
		counts []int
	}{
		{nil, chart.Bands{Low: 0, Step: 1, Count: 1}, []int{0}},
		{[]float64{80}, chart.Bands{Low: 80, Step: 1, Count: 1}, []int{1}},
		{[]float64{0, 60, 100}, chart.Bands{Low: 0, Step: 10, Count: 10}, []int{1, 0, 0, 0, 0, 0, 1, 0, 0, 1}},
		{[]float64{71.5, 72, 73, 73.5, 80}, chart.Bands{Low: 71, Step: 1, Count: 9}, []int{1, 1, 2, 0, 0, 0, 0, 0, 1}},
	} {
		b := chart.BandsOf(c.values)
		if b != c.want {
			t.Errorf("%v: %+v, want %+v", c.values, b, c.want)
		}
		if got := b.Counts(c.values); !slices.Equal(got, c.counts) {
			t.Errorf("%v: counts %v, want %v", c.values, got, c.counts)
		}
	}
}

func TestStepsAreOneTwoOrFive(t *testing.T) {
	for v, want := range map[float64]float64{
		0:    1,
		-3:   1,
		1:    1,
		1.1:  2,
		2.1:  5,
		5:    5,
		5.5:  10,
		47:   50,
		0.3:  0.5,
		0.02: 0.02,
	} {
		if got := chart.NiceStep(v); got < want*0.999 || got > want*1.001 {
			t.Errorf("%v: %v, want %v", v, got, want)
		}
	}
}

// plots are one of each kind.
func plots() []chart.Plot {
	values := []float64{71, 72, 73, 73, 75, 75, 75, 78, 80, 84}
	at := 2.0
	return []chart.Plot{
		chart.Histogram{
			Title:  "书法",
			Note:   "10 个分数",
			Across: "分数",
			Up:     "次数",
			Values: values,
			Bands:  chart.BandsOf(values),
			Line:   chart.ScaleLine{At: 75.6, Text: "平均 75.6"},
		},
		chart.Gauge{Title: "一致程度", Text: "0.62", Value: 0.62, Low: 0.5, High: 0.7, Tone: look.Info},
		chart.SpanRows{
			Scale: chart.Scale{
				Low: 0.5, High: 4.5, Lines: []chart.ScaleLine{{At: 1.5, Text: "1"}, {At: 2.5, Text: "2"}},
			},
			Rows: []chart.SpanRow{{
				Label: "法治河池",
				Text:  "1–3",
				Span:  chart.Span{Drawn: true, Low: 0.5, High: 3.5, At: 1, Also: &at, Tone: look.Info, Rule: true},
			},
				{
					Label: "宪法在我心中宪法在我心中宪法在我心中宪法在我心中宪法在我心中",
					Text:  "—",
				}, {
					Label: "清廉",
					Text:  "2–4",
					Span:  chart.Span{Drawn: true, Low: 1.5, High: 4.5, At: 2, Open: true, Tone: look.Waiting},
				}},
		},
	}
}

func TestChartsShowTheirAxesAndCutNothing(t *testing.T) {
	sh := kittest.New(t)
	for i, p := range plots() {
		c := chart.New(1, p)
		for _, size := range []fyne.Size{c.MinSize(), fyne.NewSize(900, 500)} {
			sh.Put(c)
			c.Resize(size)
			if bad := kittest.Misfits(sh.Win); len(bad) > 0 {
				t.Errorf("plot %d at %v: %q", i, size, bad)
			}
		}
	}
	c := chart.New(1, plots()...)
	sh.Put(c)
	for _, text := range []string{"次数", "分数", "平均 75.6", "0", "72", "0.6", "法治河池"} {
		if !slices.Contains(kittest.Texts(c), text) {
			t.Errorf("%q is not shown: %q", text, kittest.Texts(c))
		}
	}
}

func TestChartsAsPicturesAreTheSameBytesAndLight(t *testing.T) {
	sh := kittest.New(t)
	first, err := chart.New(1, plots()...).PNG("书法 · 分数分布", 800)
	if err != nil {
		t.Fatal(err)
	}
	sh.Look(look.Look{Mode: look.Dark})
	again, err := chart.New(1, plots()...).PNG("书法 · 分数分布", 800)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("other bytes in the dark, or %v", err)
	}
	img, err := png.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := img.At(2, 2).RGBA(); r != 0xFFFF || g != 0xFFFF || b != 0xFFFF {
		t.Error("the ground is not white")
	}
	dark, all := 0, img.Bounds()
	for x := all.Min.X; x < all.Max.X; x++ {
		for y := 48; y < 120; y++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x6000 {
				dark++
			}
		}
	}
	if all.Dx() != 2*(800+48) || dark < 500 {
		t.Errorf("%v with %d dark points in the title", all, dark)
	}
}
