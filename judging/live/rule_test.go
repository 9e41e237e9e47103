package live

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOvertimeCostsWhatTheRuleSays(t *testing.T) {
	five := Rule{Minutes: 5, Grace: 10, Points: .5, Step: 30, Most: 2}
	for took, want := range map[time.Duration]float64{
		0: 0, 5 * time.Minute: 0, 310 * time.Second: 0, 311 * time.Second: .5, 340 * time.Second: .5,
		340*time.Second + 1: 1, 400 * time.Second: 1.5, time.Hour: 2,
	} {
		if got := five.TakenOff(took); got != want {
			t.Errorf("%v: %v off, want %v", took, got, want)
		}
	}
	once := Rule{Minutes: 1, Points: 3}
	if once.TakenOff(time.Minute) != 0 || once.TakenOff(61*time.Second) != 3 || once.TakenOff(time.Hour) != 3 {
		t.Error("without a step overtime costs once")
	}
	if free := (Rule{}); free.Over(time.Hour) != 0 || free.TakenOff(time.Hour) != 0 {
		t.Error("without a limit there is no overtime")
	}
	if warned := (Rule{Minutes: 1}); warned.Over(90*time.Second) != 30*time.Second || warned.TakenOff(time.Hour) != 0 {
		t.Error("a limit without points is timed and costs nothing")
	}
}

func TestRulesThatCantBeMeantAreRefused(t *testing.T) {
	for _, bad := range []Rule{
		{Minutes: -1}, {Minutes: math.NaN()}, {Minutes: math.Inf(1)}, {Points: 1}, {Grace: 5}, {Step: 1}, {Most: 1},
		{Minutes: 5, Grace: -1}, {Minutes: 5, Points: -1}, {Minutes: 5, Points: 1001}, {Minutes: 5, Step: 3601},
		{Minutes: 5, Most: -1}, {Show: "phone"}, {Minutes: 601},
	} {
		if bad.Check() {
			t.Errorf("%+v is taken", bad)
		}
	}
	largest := Rule{Minutes: 600, Grace: 3600, Step: 3600, Points: 1000, Most: 1000}
	for _, good := range []Rule{{}, {Show: ShowName}, largest} {
		if !good.Check() {
			t.Errorf("%+v is refused", good)
		}
	}
}

func TestMoreTimeNeverCostsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rule{
			Minutes: rapid.Float64Range(.1, 10).Draw(t, "minutes"), Grace: rapid.IntRange(0, 60).Draw(t, "grace"),
			Points: rapid.Float64Range(0, 5).Draw(t, "points"), Step: rapid.IntRange(0, 60).Draw(t, "step"),
			Most: rapid.Float64Range(0, 5).Draw(t, "most"),
		}
		short := time.Duration(rapid.Int64Range(0, int64(20*time.Minute)).Draw(t, "short"))
		long := short + time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "more"))
		if !r.Check() || r.TakenOff(long) < r.TakenOff(short) || r.Most > 0 && r.TakenOff(long) > r.Most {
			t.Fatalf("%+v: %v costs %v, %v costs %v", r, short, r.TakenOff(short), long, r.TakenOff(long))
		}
	})
}

func TestALotGivesEachNumberOnceAndTheSameAgain(t *testing.T) {
	firsts := map[int]int{}
	for seed := range uint64(2000) {
		got := Draw(seed, 5)
		if !slices.Equal(got, Draw(seed, 5)) || !slices.Equal(slices.Sorted(slices.Values(got)), []int{1, 2, 3, 4, 5}) {
			t.Fatalf("%v", got)
		}
		firsts[got[0]]++
	}
	for number, times := range firsts {
		if times < 330 || times > 470 { // 400 expected, four standard deviations
			t.Errorf("the first work drew number %d %d times of 2000", number, times)
		}
	}
	if len(Draw(1, 0)) != 0 {
		t.Error("a number for nobody")
	}
}
