package status_test

import (
	"testing"
	"time"

	"fayi/app/kit/status"
	"fayi/assets"
)

func TestTheTimeLeftIsToldOnceThereIsSomethingToTellItBy(t *testing.T) {
	start := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	at := func(seconds float64) time.Time { return start.Add(time.Duration(seconds * float64(time.Second))) }
	var p status.Pace
	for _, c := range []struct {
		after       float64
		done, total int
		want        time.Duration // 0: nothing is reported
	}{
		{0, 10, 100, 0},
		{2, 30, 100, 0},                // too early
		{5, 60, 100, 4 * time.Second},  // 50 in 5 s
		{9, 95, 100, 0},                // nearly there
		{10, 5, 40, 0},                 // another stage
		{14, 5, 40, 0},                 // which has not moved
		{20, 15, 40, 25 * time.Second}, // and now has
		{21, 0, 0, 0},                  // of an unknown length
		{30, 3, 0, 0},
	} {
		left, ok := p.Left(at(c.after), c.done, c.total)
		if ok != (c.want > 0) || ok && left.Round(time.Second) != c.want {
			t.Errorf("after %g s, %d of %d: %v %v, want %v", c.after, c.done, c.total, left, ok, c.want)
		}
	}
}

func TestTheTimeLeftIsRoundedAsPeopleSayIt(t *testing.T) {
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	for left, want := range map[time.Duration]string{
		3 * time.Second:  "约剩 10 秒",
		41 * time.Second: "约剩 50 秒",
		51 * time.Second: "约剩 1 分钟",
		61 * time.Second: "约剩 2 分钟",
		80 * time.Minute: "约剩 1.5 小时",
	} {
		if got := status.LeftWords(texts.In("zh-Hans"), left); got != want {
			t.Errorf("%v: %q, want %q", left, got, want)
		}
	}
}
