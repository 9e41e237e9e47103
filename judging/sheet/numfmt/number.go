package numfmt

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/nfp"
)

// Plain writes a number as a person would: no exponent, no noise of binary fractions (15 digits are what Excel keeps).
func Plain(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil || math.Abs(r) >= 1e21 || r != 0 && math.Abs(r) < 1e-9 {
		return strconv.FormatFloat(f, 'g', 15, 64)
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// number shows a number in a section.
func (s *section) number(v float64, epoch1904 bool) string {
	switch {
	case s.date:
		return s.when(v, epoch1904)
	case s.exponent, math.Abs(v*s.scale) >= 1e21:
		return Plain(v)
	case s.fraction >= 0 && s.digits:
		return s.ratio(v * s.scale)
	case s.digits:
		return s.places(v * s.scale)
	}
	var b strings.Builder
	bare := s.chinese > 0 // [DBNum1] alone counts
	for _, t := range s.items {
		bare = bare && t.TType != nfp.TokenTypeLiteral
	}
	for _, t := range s.items {
		switch t.TType {
		case nfp.TokenTypeGeneral:
			b.WriteString(s.count(Plain(v)))
		default:
			b.WriteString(literal(t))
		}
	}
	if bare && !s.general {
		return s.count(Plain(v))
	}
	return b.String()
}

// literal is what a token adds whatever the number is.
func literal(t nfp.Token) string {
	switch t.TType {
	case nfp.TokenTypeLiteral, nfp.TokenTypeDenominator, nfp.TokenTypePercent, nfp.TokenTypeFraction:
		return t.TValue
	case nfp.TokenTypeCurrencyLanguage:
		for _, p := range t.Parts {
			if p.Token.TType == nfp.TokenSubTypeCurrencyString {
				return p.Token.TValue
			}
		}
	}
	return ""
}

// count writes a number that has no places in Chinese characters where the section asks for them.
func (s *section) count(text string) string {
	if s.chinese == 0 {
		return text
	}
	return counted(text, s.chinese)
}

// decimals rounds a number that is not negative to n digits behind the point, halves up as people do, and parts it.
func decimals(v float64, n int) (whole, rest string) {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	text := strconv.FormatFloat(v, 'f', -1, 64)
	whole, rest, _ = strings.Cut(text, ".")
	if len(rest) <= n {
		return whole, rest + strings.Repeat("0", n-len(rest))
	}
	up := rest[n] >= '5'
	digits := []byte(whole + rest[:n])
	for i := len(digits) - 1; up && i >= 0; i-- {
		if digits[i]++; digits[i] <= '9' {
			up = false
		} else {
			digits[i] = '0'
		}
	}
	if up {
		digits = append([]byte("1"), digits...)
	}
	return string(digits[:len(digits)-n]), string(digits[len(digits)-n:])
}

// places shows a number in places for digits, which literals may stand between: 000-0000-0000.
func (s *section) places(v float64) string {
	before, behind, pointed := 0, 0, false
	for _, t := range s.items {
		switch {
		case t.TType == nfp.TokenTypeDecimalPoint:
			pointed = true
		case placeholder(t) && pointed:
			behind += len(t.TValue)
		case placeholder(t):
			before += len(t.TValue)
		}
	}
	whole, rest := decimals(math.Abs(v), behind)
	whole = strings.TrimLeft(whole, "0")
	p := places{section: s, whole: whole, rest: rest, left: before}
	for _, t := range s.items {
		p.token(t)
	}
	text := strings.TrimSuffix(p.b.String(), ".") // of #.## where nothing follows
	if v < 0 && strings.Trim(whole+rest, "0") != "" {
		text = "-" + text
	}
	return text
}

// places writes the digits of a number into its places.
type places struct {
	*section
	b           strings.Builder
	whole, rest string
	left        int // places before the point that are still to come
	at          int // places behind the point that are done
	pointed     bool
	begun       bool // a digit stands before the point
}

func (p *places) token(t nfp.Token) {
	switch {
	case t.TType == nfp.TokenTypeDecimalPoint && !p.pointed:
		p.pointed = true
		p.b.WriteString(".")
	case placeholder(t) && p.pointed:
		for _, kind := range t.TValue {
			p.behind(kind)
		}
	case placeholder(t):
		for _, kind := range t.TValue {
			p.before(kind)
		}
	case t.TValue != "," || t.TType == nfp.TokenTypeLiteral && p.left > 0:
		p.b.WriteString(literal(t))
	}
}

func (p *places) before(kind rune) {
	p.left--
	if !p.begun && len(p.whole) > p.left+1 { // the first place takes all digits that have no place of their own
		n := len(p.whole) - p.left
		for i := range n {
			p.digit(p.whole[i], n-1-i+p.left)
		}
		return
	}
	at := len(p.whole) - 1 - p.left
	switch {
	case at >= 0:
		p.digit(p.whole[at], p.left)
	case kind == '0':
		p.digit('0', p.left)
	case kind == '?':
		p.b.WriteByte(' ')
	}
}

// digit writes a digit before the point, with follow more behind it.
func (p *places) digit(d byte, follow int) {
	p.begun = true
	p.b.WriteString(character(d, p.chinese))
	if p.thousands && follow > 0 && follow%3 == 0 {
		p.b.WriteByte(',')
	}
}

func (p *places) behind(kind rune) {
	rest := p.rest[p.at:]
	p.at++
	switch {
	case kind == '0' || strings.Trim(rest, "0") != "":
		p.b.WriteString(character(rest[0], p.chinese))
	case kind == '?':
		p.b.WriteByte(' ')
	}
}

// ratio shows a number as a fraction, "3 1/2".
func (s *section) ratio(v float64) string {
	most, fixed, whole := 9, 0, false
	numerator := true // the places directly before the slash
	for i := s.fraction - 1; i >= 0; i-- {
		if !placeholder(s.items[i]) {
			numerator = false
		} else if !numerator {
			whole = true
		}
	}
	if next := s.fraction + 1; next < len(s.items) {
		t := s.items[next]
		if n, err := strconv.Atoi(t.TValue); err == nil && n > 0 && t.TType == nfp.TokenTypeDenominator {
			fixed = min(n, 1<<20)
		} else if placeholder(t) {
			most = []int{9, 9, 99, 999}[min(len(t.TValue), 3)]
		}
	}
	a := math.Abs(v)
	n := 0.0
	if whole {
		n = math.Floor(a)
	}
	top, bottom := nearest(a-n, most, fixed)
	if whole && top == float64(bottom) {
		n, top = n+1, 0
	}
	text := Plain(top) + "/" + strconv.Itoa(bottom)
	switch {
	case whole && top == 0:
		text = Plain(n)
	case whole && n > 0:
		text = Plain(n) + " " + text
	}
	if v < 0 && n+top > 0 {
		text = "-" + text
	}
	return text
}

// nearest finds the fraction nearest to v with a denominator up to most, or with the fixed one.
func nearest(v float64, most, fixed int) (top float64, bottom int) {
	if fixed > 0 {
		return math.Round(v * float64(fixed)), fixed
	}
	best := math.Inf(1)
	for d := 1; d <= most; d++ {
		t := math.Round(v * float64(d))
		if off := math.Abs(v - t/float64(d)); off < best-1e-12 {
			best, top, bottom = off, t, d
		}
	}
	return top, bottom
}
