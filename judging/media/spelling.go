package media

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fayi/judging"
)

// fold brings a name to the form in which names are compared.
func fold(s string) string { return judging.Fold(norm.NFC.String(s)) }

// bare is a folded text of letters and digits only, so that 《宪法之光》 and 宪法·之光 are one. Slashes stay.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, fold(s))
}

// parted is a folded text in which every sign is a slash, so that a name does not reach across one; the dot within a name goes.
func parted(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '·' || r == '•' || r == '・':
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return r
		}
		return '/'
	}, fold(s))
}

// stem is a file's name without its extension.
func stem(name string) string { return strings.TrimSuffix(name, rawExt(name)) }

func rawExt(name string) string {
	if plainExt(name) == "" {
		return ""
	}
	return path.Ext(name)
}

// noises are what senders and systems add to names.
var noises = []string{"终稿", "定稿", "最终版", "最终", "修改版", "修改", "新版", "原图", "副本", "复制", "扫描件", "copy"}

// core is a bare stem without noise and without digits at its end: the same for all parts of a series.
func core(name string) string {
	s := bare(stem(name))
	for {
		t := strings.TrimRight(s, "0123456789")
		for _, n := range noises {
			t = strings.TrimSuffix(t, n)
		}
		if t == s {
			return s
		}
		s = t
	}
}

// anywhere takes a word unless it cuts a number in two.
func anywhere(text []rune, from, to int) bool {
	return !(from > 0 && isDigit(text[from]) && isDigit(text[from-1])) && !(to < len(text) && isDigit(text[to]) && isDigit(text[to-1]))
}

// alone takes a word with no Latin letter or digit at its sides.
func alone(text []rune, from, to int) bool {
	return (from == 0 || !isLatin(text[from-1])) && (to == len(text) || !isLatin(text[to]))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// leads takes digits that number a work: at the start of a name (but not a date or class), or after a word for number.
func leads(text []rune, from, to int) bool {
	if !alone(text, from, to) || to < len(text) && strings.ContainsRune("年月日届班级岁.", text[to]) {
		return false
	}
	before := string(text[:from])
	for _, word := range []string{"", "编号", "作品", "no", "no.", "#", "第"} {
		if before == word || word != "" && strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}
