// Package day reads days as people write them.
package day

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"fayi/judging"
)

// Form is how days are kept.
const Form = "2006-01-02"

// The ways in which people write a day, after digits and signs were made ordinary and spaces between them taken out.
var (
	dayInWords = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号號]?$`)
	dayInSigns = regexp.MustCompile(`^(?:(\d{4})([./-]))?(\d{1,2})([./-])(\d{1,2})$`)
	dayInRow   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	dayAlone   = regexp.MustCompile(`^(\d{1,2})[日号號]?$`)
)

// dayLimit bounds what is read as a day, in bytes, and daysLimit how many days one list may have.
const (
	dayLimit  = 64
	daysLimit = 120
)

// Parse reads a day as people write it: 2026年9月1日, 2026年9月1号, 2026.9.1, 2026/9/1, 2026-9-1, 20260901; also
// 9月1日, of the year of now; with full-width digits and signs, with spaces. The day comes back in Form.
// Errors: Invalid for what is no day, or a day that no calendar has.
func Parse(text string, now time.Time) (string, error) {
	plain := plainDay(text)
	year, month, day, ok := dayParts(plain, now)
	if !ok {
		return "", judging.Fail(judging.Invalid, "notice.bad_day", judging.Args{"Day": shortened(text)})
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || year < 1900 || year > 2999 {
		return "", judging.Fail(judging.Invalid, "notice.no_such_day", judging.Args{"Day": shortened(text)})
	}
	return at.Format(Form), nil
}

func dayParts(plain string, now time.Time) (year, month, day int, ok bool) {
	var parts []string
	if m := dayInWords.FindStringSubmatch(plain); m != nil {
		parts = m[1:4]
	} else if m := dayInSigns.FindStringSubmatch(plain); m != nil && (m[1] == "" || m[2] == m[4]) {
		parts = []string{m[1], m[3], m[5]}
	} else if m := dayInRow.FindStringSubmatch(plain); m != nil {
		parts = m[1:4]
	} else {
		return 0, 0, 0, false
	}
	if year = now.Year(); parts[0] != "" {
		year, _ = strconv.Atoi(parts[0]) // four digits
	}
	month, _ = strconv.Atoi(parts[1])
	day, _ = strconv.Atoi(parts[2])
	return year, month, day, true
}

// plainDay makes digits and signs ordinary. Spaces go, but one between two digits parts them as a sign does.
func plainDay(text string) string {
	if len(text) > dayLimit {
		return ""
	}
	text = strings.Map(func(r rune) rune {
		switch r {
		case '．', '。', '·':
			return '.'
		case '／':
			return '/'
		case '－', '–', '—', '−':
			return '-'
		}
		return r
	}, judging.Tidy(text))
	fields := strings.Fields(text)
	out := ""
	for i, f := range fields {
		if i > 0 && digit(out[len(out)-1]) && digit(f[0]) {
			out += "-"
		}
		out += f
	}
	return out
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// shortened keeps the start of what somebody wrote, for a message.
func shortened(text string) string {
	runes := []rune(judging.Tidy(text))
	if len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return string(runes)
}

// ParseAll reads days written one after the other, parted by commas, semicolons or new lines, or by spaces, each as
// Parse reads it; 10月1日至10月7日 and 10月1日至7日 are all days from the first to the last. Days come back in
// Form, in the order written. Errors: as Parse; Invalid for more than 120 days or a span that runs backwards.
func ParseAll(text string, now time.Time) ([]string, error) {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，、;；\n", r) }) {
		if judging.Tidy(part) == "" {
			continue
		}
		days, err := daySpan(part, now)
		if err != nil {
			days, err = dayWords(part, now, err)
		}
		if out = append(out, days...); len(out) > daysLimit {
			return nil, judging.Fail(judging.Invalid, "notice.too_many_days", judging.Args{"Count": daysLimit})
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// dayWords reads days parted by spaces alone; whole is what reading them as one gave.
func dayWords(part string, now time.Time, whole error) (out []string, err error) {
	for i, word := range strings.Fields(judging.Tidy(part)) {
		days, err := daySpan(word, now)
		if err != nil && i == 0 {
			return nil, whole
		}
		if out = append(out, days...); err != nil || len(out) > daysLimit {
			return out, err
		}
	}
	return out, nil
}

// daySpan reads one day, or a first and a last one.
func daySpan(text string, now time.Time) ([]string, error) {
	ends := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("至到~～", r) })
	if len(ends) != 2 {
		day, err := Parse(text, now)
		return []string{day}[:min(1, len(day))], err
	}
	first, err := Parse(ends[0], now)
	if err != nil {
		return nil, err
	}
	from, _ := time.Parse(Form, first) // as Parse wrote it
	last := ends[1]
	if m := dayAlone.FindStringSubmatch(plainDay(last)); m != nil {
		last = from.Format("2006-01-") + m[1]
	}
	if last, err = Parse(last, from); err != nil {
		return nil, err
	}
	var out []string
	for at := from; len(out) <= daysLimit && at.Format(Form) <= last; at = at.AddDate(0, 0, 1) {
		out = append(out, at.Format(Form))
	}
	if len(out) == 0 {
		return nil, judging.Fail(judging.Invalid, "notice.days_backwards", judging.Args{"Day": shortened(text)})
	}
	return out, nil
}
