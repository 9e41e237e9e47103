// Package numfmt shows numbers and texts the way a spreadsheet program shows them, given the number format of the
// cell: 12 in the format 0000 is 0012, the serial of a day in m"月"d"日" is 12月4日.
//
// It promises what Excel shows on a Chinese system, with two differences: a number is never written with an
// exponent (a phone number or an identity number would lose its digits), and spaces that only align are left out.
// Formats are taken apart by github.com/xuri/nfp. excelize's own formatting is not used: it does not honour
// conditions, sections for zero and texts, or counting in Chinese characters.
//
// It will not compute formulas, and it knows nothing of files.
package numfmt

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/nfp"
)

// maxCode is the longest format that is taken apart, in bytes; Excel allows 255 characters.
const maxCode = 512

// Format is a number format. The zero value and nil show numbers as they are.
type Format struct {
	numbers []section // for numbers: by condition, or positive, negative, zero
	text    *section  // for texts; nil: as they are
}

// section is one of the parts between semicolons.
type section struct {
	items     []nfp.Token
	date      bool
	general   bool
	digits    bool // has places for digits
	exponent  bool
	fraction  int // index of the slash; -1: none
	thousands bool
	scale     float64 // what the number is multiplied with: percent, trailing commas
	chinese   int     // 1 to 3: DBNum
	lang      string  // in upper case: 804, 409, F800
	operator  string  // of the condition; "" where there is none
	operand   float64
}

// Parse takes a number format apart. What cannot be understood shows numbers as they are; nil is returned for the
// formats that do so: General and @.
func Parse(code string) (f *Format) {
	defer func() {
		if recover() != nil { // the parser fails on some codes that no program writes, such as five sections
			f = nil
		}
	}()
	code = strings.ReplaceAll(strings.TrimSpace(code), "G/通用格式", "General") // what Chinese programs call it
	if code == "" || len(code) > maxCode || !utf8.ValidString(code) || strings.EqualFold(code, "general") ||
		code == "@" {
		return nil
	}
	p := nfp.NumberFormatParser()
	f = &Format{}
	for i, s := range p.Parse(code) {
		sec := newSection(s.Items)
		if slices.ContainsFunc(s.Items, isText) || i == 3 {
			f.text = &sec
			continue
		}
		f.numbers = append(f.numbers, sec)
	}
	return f
}

// newSection learns what kind of number a section shows.
func newSection(items []nfp.Token) section {
	s := section{items: items, scale: 1, fraction: -1}
	last := -1 // the last place for a digit
	for i, t := range items {
		if placeholder(t) {
			s.digits, last = true, i
		}
	}
	for i, t := range items {
		switch t.TType {
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			s.date = true
		case nfp.TokenTypeGeneral:
			s.general = true
		case nfp.TokenTypeExponential:
			s.exponent = true
		case nfp.TokenTypeFraction:
			s.fraction = i
		case nfp.TokenTypePercent:
			s.scale *= 100
		case nfp.TokenTypeThousandsSeparator:
			s.thousands = s.thousands || i < last
		case nfp.TokenTypeSwitchArgument:
			s.chinese = switchArgument(t.TValue)
		case nfp.TokenTypeCurrencyLanguage:
			s.language(t)
		case nfp.TokenTypeCondition:
			s.condition(t)
		}
	}
	for i := last + 1; s.digits && i < len(items) && items[i].TValue == ","; i++ { // 0.0,, counts in millions
		s.scale /= 1000
	}
	return s
}

func isText(t nfp.Token) bool { return t.TType == nfp.TokenTypeTextPlaceHolder }

func placeholder(t nfp.Token) bool {
	switch t.TType {
	case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
		return true
	}
	return false
}

func switchArgument(s string) int {
	if n := strings.TrimSuffix(strings.TrimPrefix(strings.ToUpper(s), "[DBNUM"), "]"); len(n) == 1 {
		return max(min(int(n[0]-'0'), 3), 0)
	}
	return 0
}

// language reads the language of [$-804], and the numerals of [$-1E000804], which are those of DBNum1. A token that
// names a currency alone leaves both as they are.
func (s *section) language(t nfp.Token) {
	if strings.Contains(strings.ToLower(t.TValue), "x-sysdate") {
		s.lang = "F800"
		return
	}
	for _, p := range t.Parts {
		if p.Token.TType != nfp.TokenSubTypeLanguageInfo {
			continue
		}
		tag, _, _ := strings.Cut(p.Token.TValue, ",")
		code, err := strconv.ParseUint(tag, 16, 32)
		if err != nil {
			continue
		}
		s.lang = strings.ToUpper(strconv.FormatUint(code&0xFFFF, 16))
		if numerals := int(code>>24) - 0x1E; numerals >= 0 && numerals < 6 { // simplified, then traditional Chinese
			s.chinese = numerals%3 + 1
		}
	}
}

func (s *section) condition(t nfp.Token) {
	if len(t.Parts) != 2 {
		return
	}
	if v, err := strconv.ParseFloat(t.Parts[1].Token.TValue, 64); err == nil {
		s.operator, s.operand = t.Parts[0].Token.TValue, v
	}
}

func (s *section) holds(v float64) bool {
	switch s.operator {
	case "<":
		return v < s.operand
	case "<=":
		return v <= s.operand
	case ">":
		return v > s.operand
	case ">=":
		return v >= s.operand
	case "=":
		return v == s.operand
	case "<>":
		return v != s.operand
	}
	return true
}

// Date reports whether the format shows numbers as days or times.
func (f *Format) Date() bool {
	return f != nil && slices.ContainsFunc(f.numbers, func(s section) bool { return s.date })
}

// Number shows a number. epoch1904 says from when a workbook counts its days. A number that the format hides (";;;")
// or scales away ("#,," of 14,204) is shown all the same, unless it is zero or a fraction that rounds to nothing: a
// value must not vanish.
func (f *Format) Number(v float64, epoch1904 bool) string {
	if f == nil || len(f.numbers) == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return Plain(v)
	}
	s, sign := f.choose(v)
	if s == nil {
		return Plain(v)
	}
	shown := v
	if !sign && !s.date {
		shown = math.Abs(v)
	}
	text := strings.TrimSpace(s.number(shown, epoch1904))
	if text == "" && v != 0 && (math.Abs(v) >= 1 || !s.rounds(v)) {
		return Plain(v)
	}
	return text
}

// rounds reports whether a number is nothing in the places that the section has, as .3 is in "#".
func (s *section) rounds(v float64) bool { return s.digits && math.Abs(v*s.scale) < 0.5 }

// choose finds the section of a number. sign says that a negative number needs its sign: a section for negative
// numbers brings its own.
func (f *Format) choose(v float64) (s *section, sign bool) {
	list := f.numbers
	if list[0].operator != "" || len(list) > 1 && list[1].operator != "" {
		for i := range list {
			if list[i].holds(v) {
				return &list[i], true
			}
		}
		return nil, false
	}
	switch {
	case v < 0 && len(list) > 1:
		return &list[1], false
	case v == 0 && len(list) > 2:
		return &list[2], true
	}
	return &list[0], true
}

// Text shows a text: most formats leave it as it is, @"小学" adds to it. A text that the format hides is shown all the
// same.
func (f *Format) Text(text string) string {
	if f == nil || f.text == nil || text == "" {
		return text
	}
	var b strings.Builder
	held := false
	for _, t := range f.text.items {
		switch t.TType {
		case nfp.TokenTypeTextPlaceHolder:
			for range max(strings.Count(t.TValue, "@"), 1) {
				b.WriteString(text)
			}
			held = true
		case nfp.TokenTypeLiteral:
			b.WriteString(t.TValue)
		}
		if b.Len() > 1<<20 {
			return text
		}
	}
	if !held {
		return text
	}
	return b.String()
}
