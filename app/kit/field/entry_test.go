package field_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
)

func TestAnEntryPassesOnTheKeysOfTheWindowOnly(t *testing.T) {
	sh := kittest.New(t)
	e := field.NewEntry()
	sh.Put(e)
	var heard []fyne.KeyName
	sh.Win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { heard = append(heard, k.Name) })
	sh.Focus(e)
	test.Type(e, "法")
	for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF12, fyne.KeyEscape, fyne.KeyBackspace, fyne.KeyHome} {
		kittest.Press(sh.Win, k)
	}
	if len(heard) != 3 || heard[0] != fyne.KeyF1 || heard[1] != fyne.KeyF12 || heard[2] != fyne.KeyEscape {
		t.Errorf("the window heard %v", heard)
	}
	if e.Text != "" {
		t.Errorf("backspace left %q", e.Text)
	}
}

func TestTheLetterOfTheKeyThatOpenedAFieldIsDroppedOnce(t *testing.T) {
	sh := kittest.New(t)
	e := field.NewEntry()
	sh.Put(e)
	e.Mute()
	e.TypedRune('n')
	e.TypedRune('m')
	e.Mute()
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // a key of its own came first
	e.TypedRune('k')
	if e.Text != "mk" {
		t.Errorf("%q", e.Text)
	}
}

func TestOnlyAFieldOfSeveralLinesTypesATab(t *testing.T) {
	sh := kittest.New(t)
	tab := &desktop.CustomShortcut{KeyName: fyne.KeyTab, Modifier: fyne.KeyModifierControl}
	for _, lines := range []int{1, 4} {
		e := field.NewEntry()
		if lines > 1 {
			e.Lines(lines)
		}
		sh.Put(e)
		e.TypedShortcut(tab)
		if typed := e.Text == "\t"; typed != (lines > 1) || e.AcceptsTab() {
			t.Errorf("%d lines: %q", lines, e.Text)
		}
	}
}

func TestSettingAFieldQuietlyCallsNothing(t *testing.T) {
	sh := kittest.New(t)
	calls := 0
	e := field.NewCell("旧", "", func(string) { calls++ })
	sh.Put(e)
	e.SetQuietly("新")
	if calls != 0 || e.Text != "新" {
		t.Errorf("%d calls, %q", calls, e.Text)
	}
	test.Type(e, "x")
	if calls != 1 {
		t.Errorf("%d calls after typing", calls)
	}
}

func TestTheCalendarTurnsOverTheYearAndBeginsWeeksOnMonday(t *testing.T) {
	sh := kittest.New(t)
	var picked time.Time
	c := field.NewCalendar(sh, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), func(day time.Time) { picked = day })
	sh.Put(c)
	c.ShowMonth(time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC))
	if !kittest.Shows(c, "2027年1月") {
		t.Errorf("%q", kittest.Texts(c))
	}
	kittest.Tap(t, c, "31")
	if !picked.Equal(time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("picked %v", picked)
	}
	c.ShowMonth(time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC)) // 1 February 2027 is a Monday
	if texts := kittest.Texts(c); texts[len(texts)-28] != "1" || kittest.Shows(c, "29") {
		t.Errorf("%q", texts)
	}
}
