package numfmt

import "strings"

// The characters of digits: everyday ones, those that cannot be altered on cheques, and full-width ones.
var (
	figures = [][]rune{1: []rune("〇一二三四五六七八九"), 2: []rune("零壹贰叁肆伍陆柒捌玖"), 3: []rune("０１２３４５６７８９")}
	tens    = [][]string{1: {"", "十", "百", "千"}, 2: {"", "拾", "佰", "仟"}, 3: {"", "十", "百", "千"}}
	points  = []string{1: ".", 2: ".", 3: "."}
)

// character writes one digit.
func character(d byte, style int) string {
	if style == 0 {
		return string(rune(d))
	}
	return string(figures[style][d-'0'])
}

// spelled writes the digits of a text one by one: 2020 is 二〇二〇.
func spelled(text string, style int) string {
	if style == 0 {
		return text
	}
	var b strings.Builder
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' {
			b.WriteString(character(c, style))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// counted writes a decimal number as it is said: 12 is 一十二.
func counted(text string, style int) string {
	sign := ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		sign, text = "-", rest
	}
	whole, rest, pointed := strings.Cut(text, ".")
	if len(whole) > 16 || strings.ContainsAny(text, "eE") {
		return sign + spelled(text, style)
	}
	out := sign + said(whole, style)
	if pointed {
		out += points[style] + spelled(rest, style)
	}
	return out
}

// said writes the digits of a whole number with their ranks.
func said(digits string, style int) string {
	zero := string(figures[style][0])
	var b strings.Builder
	gap := false
	for i, c := range []byte(digits) {
		rank := len(digits) - 1 - i
		switch {
		case c == '0':
			gap = true
		default:
			if gap && b.Len() > 0 {
				b.WriteString(zero)
			}
			gap = false
			b.WriteString(character(c, style))
			b.WriteString(tens[style][rank%4])
		}
		if rank%4 == 0 && rank > 0 && rank < 16 && strings.Trim(digits[max(0, i-3):i+1], "0") != "" {
			b.WriteString([]string{"", "万", "亿", "万亿"}[rank/4])
		}
	}
	if b.Len() == 0 {
		return zero
	}
	return b.String()
}

// inDate writes a number below a hundred as dates have it: 12 is 十二.
func inDate(text string, style int) string {
	if style == 0 {
		return text
	}
	n := strings.TrimLeft(text, "0")
	word := said(n, style)
	if style == 1 && len(n) == 2 && n[0] == '1' {
		word = strings.TrimPrefix(word, "一")
	}
	if style == 3 {
		return spelled(text, style)
	}
	return word
}
