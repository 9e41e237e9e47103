package day_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/day"
)

var november = time.Date(2026, 11, 28, 23, 0, 0, 0, time.UTC)

func keyOf(err error) string {
	var known *judging.Error
	if !errors.As(err, &known) {
		return ""
	}
	return known.Text
}

func TestADayIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"2026年9月1日": "2026-09-01", "2026年9月1号": "2026-09-01", "2026.9.1": "2026-09-01", "2026/9/1": "2026-09-01",
		"2026-9-1": "2026-09-01", "9月1日": "2026-09-01", "9月1": "2026-09-01", "２０２６年９月１日": "2026-09-01",
		" 2026 年 9 月 1 日 ": "2026-09-01", "2026 9 1": "2026-09-01", "2026．9．1": "2026-09-01", "２０２６／９／１": "2026-09-01",
		"2026－9－1": "2026-09-01", "2026-09-01": "2026-09-01", "20260901": "2026-09-01", "2026. 9. 1": "2026-09-01",
		"9/1": "2026-09-01", "2024年2月29日": "2024-02-29", "2026年　9月　1日": "2026-09-01", "2026年12月31號": "2026-12-31",
		"2030 9 1": "2030-09-01", "2026-9-1" + strings.Repeat(" ", 56): "2026-09-01", // as long as it may be
		"1900-1-1": "1900-01-01", "2999-12-31": "2999-12-31",
	} {
		if got, err := day.Parse(text, november); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %s", text, got, err, want)
		}
	}
}

func TestWhatIsNoDayIsRefusedInWords(t *testing.T) {
	for text, want := range map[string]string{
		"": "notice.bad_day", "明天": "notice.bad_day", "2026年": "notice.bad_day", "26.9.1": "notice.bad_day",
		"2026.9/1": "notice.bad_day", "2026-9-1-2": "notice.bad_day", "9": "notice.bad_day",
		"2026年9月1日起": "notice.bad_day",
		"2026年2月30日": "notice.no_such_day", "2026-13-1": "notice.no_such_day", "2026-0-1": "notice.no_such_day",
		"2025年2月29日": "notice.no_such_day", "9月0日": "notice.no_such_day", "1899-12-31": "notice.no_such_day",
		"3000-1-1": "notice.no_such_day", strings.Repeat("2", 1<<20): "notice.bad_day",
		"2026-9-1" + strings.Repeat(" ", 80) + "x": "notice.bad_day",
	} {
		got, err := day.Parse(text, november)
		if got != "" || keyOf(err) != want {
			t.Errorf("%.30q: %q, %v; want %s", text, got, err, want)
		}
		var known *judging.Error
		if errors.As(err, &known); len([]rune(fmt.Sprint(known.Args["Day"]))) > 21 {
			t.Errorf("%.30q: told in full", text)
		}
	}
}

func TestAMessageQuotesWhatIsNoDay(t *testing.T) {
	long := "九月里的一个好日子我记不清是哪一天了吧吧"
	for text, want := range map[string]string{
		"明天": "明天", long: long, long + "呢": long + "…",
		"明天 2026-9-1": "明天 2026-9-1", "2026-9-1 明天": "明天",
	} {
		_, err := day.ParseAll(text, november)
		var known *judging.Error
		if !errors.As(err, &known) || known.Args["Day"] != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestEveryDayIsReadInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400000).Draw(t, "days"))
		form := rapid.SampledFrom([]string{"2006年1月2日", "2006年01月02号", "2006.1.2", "2006/1/2", "2006-1-2", "20060102"}).
			Draw(t, "form")
		text := at.Format(form)
		if rapid.Bool().Draw(t, "full width") {
			text = strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' || r == '.' || r == '/' {
					return r + 0xFEE0
				}
				return r
			}, text)
		}
		got, err := day.Parse(text, november)
		if got != at.Format(day.Form) || err != nil {
			t.Fatalf("%s: %s, %v", text, got, err)
		}
	})
}

func TestDaysAreReadOneAfterTheOther(t *testing.T) {
	for text, want := range map[string][]string{
		"":                          nil,
		" ， ":                       nil,
		"10月1日，10月2日":               {"2026-10-01", "2026-10-02"},
		"2026-10-1、2026.10.2;10月3号": {"2026-10-01", "2026-10-02", "2026-10-03"},
		"2026-10-01 2026-10-02":     {"2026-10-01", "2026-10-02"},
		"2026 年 10 月 1 日":           {"2026-10-01"},
		"10月1日至10月3日":               {"2026-10-01", "2026-10-02", "2026-10-03"},
		"10月1日到3日":                  {"2026-10-01", "2026-10-02", "2026-10-03"},
		"2027年1月31日～2月1日":           {"2027-01-31", "2027-02-01"},
		"10月1日至1日":                  {"2026-10-01"},
	} {
		if got, err := day.ParseAll(text, november); !slices.Equal(got, want) || err != nil {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"10月1日，明天": "notice.bad_day", "10月3日至1日": "notice.days_backwards", "明天至10月1日": "notice.bad_day",
		"10月1日至32日": "notice.no_such_day", "10月1日 明天": "notice.bad_day", "明天 10月1日": "notice.bad_day",
		"2026-1-1至2026-5-1":                   "notice.too_many_days",
		strings.Repeat("10月1日，", 121):         "notice.too_many_days",
		strings.Repeat("10月1日至3日 10月5日 ", 80): "notice.too_many_days",
	} {
		if got, err := day.ParseAll(text, november); got != nil || keyOf(err) != want {
			t.Errorf("%.40q: %v, %v; want %s", text, got, err, want)
		}
	}
	if got, err := day.ParseAll(strings.Repeat("10月1日，", 120), november); len(got) != 120 || err != nil {
		t.Errorf("120 days: %d, %v", len(got), err)
	}
	if got, err := day.ParseAll("2026-1-1至2026-4-30", november); len(got) != 120 || err != nil {
		t.Errorf("a span of 120 days: %d, %v", len(got), err)
	}
}
