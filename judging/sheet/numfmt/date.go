package numfmt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/nfp"
)

// endOfDays is the first serial that Excel does not show: the day after 31 December 9999.
const endOfDays = 2958466

// moment is a serial taken apart.
type moment struct {
	year, month, day int
	week             time.Weekday
	seconds          int // of the day
	subsecond        float64
	total            float64 // seconds since serial 0
}

// newMoment rounds a serial to the digits of a second that are shown.
func newMoment(serial float64, epoch1904 bool, digits int) moment {
	unit := math.Pow10(digits)
	total := math.Round(serial*86400*unit) / unit
	days := int(total / 86400)
	m := moment{total: total, seconds: int(total - float64(days)*86400)}
	m.subsecond = total - math.Floor(total)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case epoch1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 0:
		m.year, m.month, m.day, m.week = 1900, 1, 0, time.Saturday
		return m
	case days == 60: // Excel believes in 29 February 1900
		m.year, m.month, m.day, m.week = 1900, 2, 29, time.Wednesday
		return m
	case days < 60:
		start = start.AddDate(0, 0, 1)
	}
	day := start.AddDate(0, 0, days)
	m.year, m.month, m.day, m.week = day.Year(), int(day.Month()), day.Day(), day.Weekday()
	if days < 60 && !epoch1904 {
		m.week = (m.week + 6) % 7
	}
	return m
}

// when shows a serial as a day and time; any other number is shown as it is.
func (s *section) when(v float64, epoch1904 bool) string {
	if v < 0 || v >= endOfDays {
		return Plain(v)
	}
	d := dater{section: s, moment: newMoment(v, epoch1904, s.secondDigits())}
	switch s.lang { // what the system's settings say: those of a Chinese system
	case "F800":
		return fmt.Sprintf("%d年%d月%d日", d.year, d.month, d.day)
	case "F400":
		return fmt.Sprintf("%d:%02d:%02d", d.seconds/3600, d.seconds/60%60, d.seconds%60)
	}
	for _, t := range s.items {
		if t.TType == nfp.TokenTypeDateTimes && strings.Contains(t.TValue, "/") || isHalf(t.TValue) {
			d.halves = true
		}
	}
	for i, t := range s.items {
		d.token(i, t)
	}
	return d.b.String()
}

// secondDigits counts the digits of a second that the section shows.
func (s *section) secondDigits() int {
	for i, t := range s.items {
		if t.TType == nfp.TokenTypeDecimalPoint && i+1 < len(s.items) && placeholder(s.items[i+1]) {
			return min(len(s.items[i+1].TValue), 3)
		}
	}
	return 0
}

func isHalf(s string) bool {
	switch strings.ToUpper(s) {
	case "AM/PM", "A/P", "上午/下午":
		return true
	}
	return false
}

// dater writes one moment.
type dater struct {
	*section
	moment
	b       strings.Builder
	halves  bool // hours go to twelve
	pointed bool
}

func (d *dater) token(i int, t nfp.Token) {
	switch {
	case isHalf(t.TValue):
		d.half(t.TValue)
	case t.TType == nfp.TokenTypeElapsedDateTimes:
		d.elapsed(t.TValue)
	case t.TType == nfp.TokenTypeDateTimes:
		d.part(i, strings.ToLower(t.TValue))
	case t.TType == nfp.TokenTypeDecimalPoint && d.secondDigits() > 0:
		d.pointed = true
		text := strconv.FormatFloat(d.subsecond, 'f', d.secondDigits(), 64)
		d.b.WriteString(text[1:])
	case t.TType == nfp.TokenTypeDecimalPoint:
		d.b.WriteByte('.')
	case placeholder(t):
		if !d.pointed {
			d.b.WriteString(t.TValue)
		}
	case t.TType == nfp.TokenTypeThousandsSeparator:
		d.b.WriteByte(',')
	default:
		d.b.WriteString(literal(t))
	}
}

func (d *dater) half(code string) {
	names := strings.Split(code, "/")
	if d.lang == "804" || d.lang == "404" {
		names = []string{"上午", "下午"}
	}
	d.b.WriteString(names[min(d.seconds/43200, 1)])
}

func (d *dater) elapsed(code string) {
	unit := map[byte]float64{'h': 3600, 'm': 60, 's': 1}[strings.ToLower(code)[0]]
	if unit == 0 {
		return
	}
	d.b.WriteString(spelled(fmt.Sprintf("%0*d", len(code), int(d.total/unit)), d.chinese))
}

// part writes what letters stand for.
func (d *dater) part(i int, code string) {
	pad := func(n, width int) {
		d.b.WriteString(inDate(fmt.Sprintf("%0*d", width, n), d.chinese))
	}
	switch {
	case code[0] == 'y' && len(code) <= 2:
		d.b.WriteString(spelled(fmt.Sprintf("%02d", d.year%100), d.chinese))
	case code[0] == 'y', code[0] == 'e':
		d.b.WriteString(spelled(fmt.Sprintf("%04d", d.year), d.chinese))
	case code[0] == 'm' && len(code) <= 2 && d.minutes(i):
		pad(d.seconds/60%60, len(code))
	case code[0] == 'm':
		d.monthName(len(code), pad)
	case code[0] == 'd' && len(code) <= 2:
		pad(d.day, len(code))
	case code[0] == 'd', code[0] == 'a':
		d.b.WriteString(d.weekday(code))
	case code[0] == 'h':
		hour := d.seconds / 3600
		if d.halves {
			hour = (hour+11)%12 + 1
		}
		pad(hour, min(len(code), 2))
	case code[0] == 's':
		pad(d.seconds%60, min(len(code), 2))
	}
}

// minutes tells minutes from months: they follow hours or precede seconds.
func (d *dater) minutes(i int) bool {
	is := func(t nfp.Token, letter byte) bool {
		return t.TValue != "" && strings.ToLower(t.TValue)[0] == letter
	}
	timed := func(t nfp.Token) bool {
		return (t.TType == nfp.TokenTypeDateTimes || t.TType == nfp.TokenTypeElapsedDateTimes) && !isHalf(t.TValue)
	}
	for j := i - 1; j >= 0; j-- {
		if timed(d.items[j]) {
			if is(d.items[j], 'h') {
				return true
			}
			break
		}
	}
	for j := i + 1; j < len(d.items); j++ {
		if timed(d.items[j]) {
			return is(d.items[j], 's')
		}
	}
	return false
}

func (d *dater) monthName(letters int, pad func(n, width int)) {
	chinese := d.lang == "804" || d.lang == "404"
	name := time.Month(d.month).String()
	switch {
	case letters <= 2:
		pad(d.month, letters)
	case letters == 5:
		d.b.WriteString(name[:1])
	case chinese && letters == 3:
		d.b.WriteString(strconv.Itoa(d.month) + "月")
	case chinese:
		d.b.WriteString(inDate(strconv.Itoa(d.month), 1) + "月")
	case letters == 3:
		d.b.WriteString(name[:3])
	default:
		d.b.WriteString(name)
	}
}

func (d *dater) weekday(code string) string {
	day := string([]rune("日一二三四五六")[d.week])
	chinese := d.lang == "804" || d.lang == "404"
	switch {
	case code == "aaa":
		return day
	case code[0] == 'a', chinese && len(code) > 3:
		return "星期" + day
	case chinese:
		return "周" + day
	case len(code) == 3:
		return d.week.String()[:3]
	}
	return d.week.String()
}
