package celltext

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fayi/judging"
)

var (
	oneAbove   = regexp.MustCompile(`(?:^|[\r\n])\s*\p{Han}\s*(?:[\r\n]|$)`)
	andOthers  = regexp.MustCompile(`[（(]?等(?:\s*[\d一二三四五六七八九十]+\s*)?[人名位]?[)）]?\s*$`)
	annotation = regexp.MustCompile(`[（(\[【][^（()）\]】]*(?:\d|班|年级|岁|组长|队长|组员|队员|成员|负责|执笔|学生|教师|老师|作者|主创|指导` +
		`|男|女|摄影|撰稿|统筹` +
		`|学校|小学|中学|学院|大学|幼儿园|单位|电话|手机|班主任|职工|干部|书写|绘画|设计|排名` +
		`|编剧|导演|剪辑|配音|摄像|文案|策划|表演|主演|作词|作曲|演唱|朗诵|主持|第[一二三四五])[^（()）\]】]*[)）\]】]`)
	nameLabel = regexp.MustCompile(`(?:第?[一二三四五六七八九\d]?(?:作者|合作者|指导教师|指导老师|完成人)\d?|主创|编剧|导演|编导|摄影|摄像|剪辑|撰稿|主演` +
		`|表演|演员|制片|策划|文案|配音|作词|作曲|演唱|姓名|联系人|家长|组长|队长|组员|队员|成员|负责人|执笔` +
		`|学生|教师|老师|其他成员|团队成员|电话|手机|联系电话)[:：]`)
	nameNumber = regexp.MustCompile(`(?:^|[^\d])[（(]?\d{1,2}[.、．)）:：]|[①②③④⑤⑥⑦⑧⑨⑩]`)
	numbered   = regexp.MustCompile(`^[、\s]*[（(]?\d{1,2}[.、．)）:：]|[①②③④⑤⑥⑦⑧⑨⑩]`)
	bareNumber = regexp.MustCompile(`^\d{1,2}(\p{Han}{2,})$`)
	namePhone  = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}-?[2-9]\d{6,7}`)
	styled     = regexp.MustCompile(`^(\p{Han}{2,4}?)(?:老师|同学|教师|先生|女士|小朋友)$`)
	leading    = regexp.MustCompile(`(?:组长|队长|第一作者|负责人|执笔)[:：]\s*(\p{Han}{2,4})` +
		`|(\p{Han}{2,4})\s*[（(\[【](?:组长|队长|第一作者|第一|负责人|执笔)[)）\]】]`)
)

// nameList is what a cell of names holds.
type nameList struct {
	Names  []string
	Others bool     // it ends in 等
	Odd    bool     // a part is too long for one name
	More   bool     // it says more than names: numbers, roles, classes
	Phones []string // as they stand
}

// SplitNames parts a cell into the names it holds; see ReadNames.
func SplitNames(text string) (names []string, others, odd bool) {
	l := ReadNames(text)
	return l.Names, l.Others, l.Odd
}

// ReadNames parts a cell into the names it holds. Names are parted by 、 / , ; | + & and line ends, and by spaces
// where those part whole names: "张三 李四" is two, "张  三" is 张三 padded. Numbers, roles, classes and telephones next to
// a name are not part of it; who leads comes first.
func ReadNames(text string) (l nameList) {
	text = strings.TrimSpace(text)
	if isHan(text) && utf8.RuneCountInString(text) <= 3 && !emptyWords[text] { // the common cell
		l.Names = []string{text}
		return l
	}
	if IsEmpty(text) {
		return l
	}
	text, leader := l.strip(text)
	if strings.Contains(text, "等") {
		if cut := andOthers.ReplaceAllString(text, ""); cut != text && utf8.RuneCountInString(judging.Fold(cut)) >= 2 {
			text, l.Others = cut, true
		}
	}
	if oneAbove.MatchString(text) { // a name wrapped in a narrow cell
		text = strings.NewReplacer("\r", "", "\n", " ").Replace(text)
	}
	for _, part := range strings.FieldsFunc(text, isNameMark) {
		for _, name := range joinPadded(strings.FieldsFunc(part, isBlank)) {
			if name = l.bare(strings.Trim(judging.Tidy(name), " .。:：")); !IsEmpty(name) {
				l.Names = append(l.Names, name)
				l.Odd = l.Odd || isHan(name) && utf8.RuneCountInString(name) > 5
			}
		}
	}
	if at := slices.Index(l.Names, leader); at > 0 {
		l.Names = slices.Insert(slices.Delete(l.Names, at, at+1), 0, leader)
	}
	return l
}

// strip takes from a cell what is next to its names, and tells who leads.
func (l *nameList) strip(text string) (rest, leader string) {
	rest = text
	if strings.ContainsAny(rest, "(（:：[【") {
		if m := leading.FindStringSubmatch(rest); m != nil {
			leader = m[1] + m[2]
		}
	}
	digits := strings.ContainsAny(rest, "0123456789")
	if digits {
		l.Phones = namePhone.FindAllString(rest, 4)
	}
	if strings.ContainsAny(rest, "(（:：[【") {
		rest = nameLabel.ReplaceAllString(annotation.ReplaceAllString(rest, "、"), "、")
	}
	if digits {
		rest = namePhone.ReplaceAllString(rest, "、")
	}
	if numbered.MatchString(rest) { // else a number belongs to the name in front of it: 作者1、作者2
		rest = nameNumber.ReplaceAllStringFunc(rest, func(m string) string {
			if r, n := utf8.DecodeRuneInString(m); r > 127 && r != '（' && (r < '①' || r > '⑩') {
				return m[:n] + "、" // what stands before the number
			}
			return "、"
		})
	}
	l.More = rest != text
	return rest, leader
}

// bare is a name without the number and the form of address that stand with it.
func (l *nameList) bare(name string) string {
	if m := bareNumber.FindStringSubmatch(name); m != nil {
		name, l.More = m[1], true // a number behind a name may tell two of the same name apart: it stays
	}
	if m := styled.FindStringSubmatch(name); m != nil {
		name, l.More = m[1], true
	}
	return name
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
