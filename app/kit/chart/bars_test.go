package chart_test

import (
	"testing"

	"fayi/app/kit/chart"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
)

func TestBarsTellLimitsByTone(t *testing.T) {
	for _, c := range []struct {
		bar  chart.Bar
		want look.Tone
	}{
		{chart.Bar{Value: 5, Low: 3, High: 6}, look.Info}, {chart.Bar{Value: 7, Low: 3, High: 6}, look.Problem},
		{
			chart.Bar{Value: 2, Low: 3, High: 6}, look.Waiting,
		}, {chart.Bar{Value: 900}, look.Info}, {chart.Bar{}, look.Info},
	} {
		if got := c.bar.Tone(); got != c.want {
			t.Errorf("%+v: %v", c.bar, got)
		}
	}
	sh := kittest.New(t)
	root := sh.Put(chart.NewBars([]chart.Bar{{Label: "王老师", Value: 23, Text: "23 件"}, {Label: "李老师"}}))
	if !kittest.Shows(root, "王老师23 件李老师") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
}
