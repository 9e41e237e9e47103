package table

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fayi/judging"
)

var (
	oneAbove   = regexp.MustCompile(`(?:^|[\r\n])\s*\p{Han}\s*(?:[\r\n]|$)`)
	andOthers  = regexp.MustCompile(`[（(]?等(?:\s*[\d一二三四五六七八九十]+\s*)?[人名位]?[)）]?\s*$`)
	annotation = regexp.MustCompile(`[（(][^（()）]*(?:\d|班|年级|岁|组长|队长|执笔|学生|教师|老师|作者|主创|指导|男|女|摄影|撰稿|统筹)` +
		`[^（()）]*[)）]`)
	nameLabel = regexp.MustCompile(`(?:第?[一二三四五六七八九\d]?(?:作者|合作者|指导教师|指导老师)\d?|主创|编剧|导演|编导|摄影|摄像|剪辑|撰稿|主演` +
		`|表演|演员|制片|策划|文案|配音|作词|作曲|演唱|姓名|联系人|家长)[:：]`)
)

// splitNames parts a cell into the names it holds. Names are parted by 、 / , ; | + & and line ends, and by spaces
// where those part whole names: "张三 李四" is two, "张  三" is 张三 padded. others says that the cell ends in 等. odd says
// that a part is too long for one name.
func splitNames(text string) (names []string, others, odd bool) {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, "(（:：") {
		text = nameLabel.ReplaceAllString(annotation.ReplaceAllString(text, ""), "、")
	}
	if isEmpty(text) {
		return nil, false, false
	}
	if strings.Contains(text, "等") {
		if cut := andOthers.ReplaceAllString(text, ""); cut != text && utf8.RuneCountInString(judging.Fold(cut)) >= 2 {
			text, others = cut, true
		}
	}
	if oneAbove.MatchString(text) { // a name wrapped in a narrow cell
		text = strings.NewReplacer("\r", "", "\n", " ").Replace(text)
	}
	for _, part := range strings.FieldsFunc(text, isNameMark) {
		for _, name := range joinPadded(strings.FieldsFunc(part, isBlank)) {
			if name = strings.Trim(judging.Tidy(name), " .。:："); !isEmpty(name) {
				names = append(names, name)
				odd = odd || isHan(name) && utf8.RuneCountInString(name) > 5
			}
		}
	}
	return names, others, odd
}

func isNameMark(r rune) bool { return strings.ContainsRune("、,，/／\\;；|｜┋+＋&＆\n\r", r) }

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == 0x3000 || r >= 0x2000 && r <= 0x200F || r == 0xFEFF
}

// joinPadded joins the pieces of names that were padded by spaces. Only Chinese names are parted by spaces; Latin
// ones keep them.
func joinPadded(words []string) []string {
	for _, w := range words {
		if !isHan(w) {
			return []string{strings.Join(words, " ")}
		}
	}
	if len(words) == 3 && utf8.RuneCountInString(strings.Join(words, "")) == 3 {
		return []string{strings.Join(words, "")}
	}
	var names []string
	for i := 0; i < len(words); i++ {
		name := words[i]
		if i+1 < len(words) && splitsName(name, words[i+1], words[i+2:]) {
			i++
			name += words[i]
		}
		names = append(names, name)
	}
	return names
}

// splitsName reports whether two words are the halves of one padded name: 张 三, 张 小三, 李小 红.
func splitsName(a, b string, rest []string) bool {
	m, n := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	switch {
	case m == 1:
		return n <= 2
	case n == 1:
		return len(rest) == 0 || utf8.RuneCountInString(rest[0]) != 1
	}
	return false
}

func isHan(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return s != ""
}
