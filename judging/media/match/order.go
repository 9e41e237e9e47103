package match

import (
	"cmp"
	"slices"
	"strings"
)

// formWords are what forms and releases are called: they belong to a work but are not the work.
var formWords = []string{
	"报名表", "登记表", "申报表", "推荐表", "汇总表", "信息表", "承诺书", "授权书", "声明书", "原创声明", "同意书", "肖像", "身份证", "户口", "作品说明", "创作说明",
	"简介", "作者照片", "证件照",
}

// IsForm reports whether a path is named as a form, a release or a note next to a work: such files belong to the
// work, but judges do not see them.
func IsForm(at string) bool {
	name := bare(stem(at[strings.LastIndexByte(at, '/')+1:]))
	return slices.ContainsFunc(formWords, func(w string) bool { return strings.Contains(name, w) })
}

// CompareNames orders paths as people do: numbers by what they count, Chinese ones (一二三, 之一) too, then by characters.
func CompareNames(a, b string) int {
	return cmp.Or(slices.Compare(nameKeys(a), nameKeys(b)), cmp.Compare(a, b))
}

const digitsChinese = "零一二三四五六七八九"

// nameKeys is a name as numbers that compare as the name does: characters, or the value of a run of digits after a
// mark that stands before characters.
func nameKeys(s string) []int {
	text := []rune(fold(s))
	out := make([]int, 0, len(text)*2)
	for i := 0; i < len(text); {
		n, to := countAt(text, i)
		if to == i {
			out = append(out, int(text[i])+1)
			i++
			continue
		}
		out = append(out, 0, n)
		i = to
	}
	return out
}

// countAt reads a number, in digits or as Chinese writes it up to 99, that begins at i; to is i where none does.
func countAt(text []rune, i int) (n, to int) {
	for to = i; to < len(text) && isDigit(text[to]); to++ {
		n = min(n*10+int(text[to]-'0'), 1<<40)
	}
	if to > i {
		return n, to
	}
	return chineseCount(text, i)
}

func chineseCount(text []rune, i int) (n, to int) {
	digit := func(at int) int {
		if at >= len(text) {
			return -1
		}
		d := strings.IndexRune(digitsChinese, text[at])
		if d < 0 {
			return -1
		}
		return d / len("零")
	}
	if text[i] == '十' {
		if d := digit(i + 1); d > 0 {
			return 10 + d, i + 2
		}
		return 10, i + 1
	}
	d := digit(i)
	if d < 0 {
		return 0, i
	}
	if i+1 < len(text) && text[i+1] == '十' {
		if e := digit(i + 2); e > 0 {
			return d*10 + e, i + 3
		}
		return d * 10, i + 2
	}
	return d, i + 1
}
