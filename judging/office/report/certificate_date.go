package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
)

// The dates that certificates bear besides plain days: a month alone, and dates in Chinese numerals, as formal papers
// have them.
var (
	monthAlone = regexp.MustCompile(`^(\d{4})年(\d{1,2})月$`)
	inNumerals = regexp.MustCompile(`^([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?$`)
)

// certificateDate reads the date of certificates as people write it and returns it as it is printed: a day in any of
// the forms of day.Parse, 2026年9月, 二〇二六年九月一日 or 二〇二六年九月; today for "". Errors: Invalid for what
// is no date, or one that no calendar has.
func certificateDate(text string, now time.Time) (string, error) {
	plain := strings.Join(strings.Fields(judging.Tidy(text)), "")
	if plain == "" {
		return records.ChineseDate(now), nil
	}
	if m := monthAlone.FindStringSubmatch(plain); m != nil {
		if n, _ := strconv.Atoi(m[2]); n >= 1 && n <= 12 {
			return fmt.Sprintf("%s年%d月", m[1], n), nil
		}
	}
	if m := inNumerals.FindStringSubmatch(plain); m != nil {
		n := 1
		if m[3] != "" {
			n = numeral(m[3])
		}
		if _, err := day.Parse(fmt.Sprintf("%s-%d-%d", yearDigits(m[1]), numeral(m[2]), n), now); err != nil {
			return "", judging.Fail(judging.Invalid, "notice.no_such_day", judging.Args{"Day": plain})
		}
		return plain, nil
	}
	read, err := day.Parse(text, now)
	if err != nil {
		return "", err
	}
	at, err := time.Parse(day.Form, read)
	return records.ChineseDate(at), err
}

const chineseDigits = "零一二三四五六七八九"

// digitOf is a Chinese digit's value; signs that stand for zero are 0.
func digitOf(r rune) int {
	return max(0, strings.IndexRune(chineseDigits, r)/len("零"))
}

func yearDigits(text string) (out string) {
	for _, r := range text {
		out += strconv.Itoa(digitOf(r))
	}
	return out
}

// numeral reads a Chinese number up to 99: 三, 十, 十二, 三十一.
func numeral(text string) int {
	tens, ones, some := strings.Cut(text, "十")
	if !some {
		tens, ones = "", text
	}
	n := 0
	switch {
	case some && tens == "":
		n = 10
	case some:
		n = 10 * lastDigit(tens)
	}
	return n + lastDigit(ones)
}

// lastDigit is 0 for "", and out of any calendar for more than one digit.
func lastDigit(text string) int {
	runes := []rune(text)
	switch len(runes) {
	case 0:
		return 0
	case 1:
		return digitOf(runes[0])
	}
	return 100
}
