package field_test

import (
	"slices"
	"testing"
	"time"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/judging/day"
)

func TestADayIsPickedFromTheCalendar(t *testing.T) {
	sh := kittest.New(t)
	now := func() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }
	rule := field.DayRule{Now: now, Parse: func(text string, now time.Time) (time.Time, bool) {
		day, err := day.Parse(text, now)
		at, bad := time.Parse(time.DateOnly, day)
		return at, err == nil && bad == nil
	}, Check: func(text string) string {
		if _, err := day.ParseAll(text, now()); err != nil {
			return sh.Err(err)
		}
		return ""
	}}
	one := field.NewDay(sh, "起始日", "", rule)
	rule.Many = true
	several := field.NewDay(sh, "放假日期", "", rule)
	sh.Put(field.NewForm(one, several))
	one.Entry().SetText("9月1日")
	one.ToggleCalendar()
	shown := kittest.Texts(one)
	if !slices.Contains(shown, "2026年9月") || slices.Contains(shown, "31") || !slices.Contains(shown, "30") {
		t.Errorf("%q", shown)
	}
	kittest.Tap(t, one, "15")
	if one.Text() != "2026年9月15日" || one.Calendar().Visible() {
		t.Errorf("%q", one.Text())
	}
	several.ToggleCalendar()
	kittest.Tap(t, several, "1")
	kittest.Tap(t, several, "2")
	if several.Text() != "2026年11月1日，2026年11月2日" || !several.Calendar().Visible() || !several.Valid() {
		t.Errorf("%q", several.Text())
	}
	several.ToggleCalendar()
	if several.Calendar().Visible() {
		t.Error("the calendar stays")
	}
	one.Entry().SetText("明天")
	if one.Valid() || one.Wrong() == "" {
		t.Error("what is no day is taken")
	}
	one.SetText("")
	if !one.Valid() {
		t.Error("an empty line is refused")
	}
}
