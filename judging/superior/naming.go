package superior

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// Naming 文件命名 is how a superior wants files called: words for fields with anything between them, as 类别-作品名称-作者-单位.
type Naming string

// UsualNaming is used where a superior says nothing.
const UsualNaming Naming = "类别-作品名称-作者-单位"

// namingWords are the words for fields, longer ones before those they begin with.
var namingWords = []struct {
	word string
	of   func(w judging.Work, award string, no int) string
}{
	{"作品名称", func(w judging.Work, _ string, _ int) string { return w.Title }},
	{"指导教师", func(w judging.Work, _ string, _ int) string { return strings.Join(w.Teachers, "、") }},
	{"报送单位", func(w judging.Work, _ string, _ int) string { return w.Sender }},
	{"联系电话", func(w judging.Work, _ string, _ int) string { return w.Phone }},
	{"类别", func(w judging.Work, _ string, _ int) string { return w.Category }},
	{"组别", func(w judging.Work, _ string, _ int) string { return w.Group }},
	{"作者", func(w judging.Work, _ string, _ int) string { return manyNames(w.Authors) }},
	{"单位", func(w judging.Work, _ string, _ int) string { return w.ShownUnit() }},
	{"编号", func(w judging.Work, _ string, _ int) string { return string(w.Code) }},
	{"奖项", func(_ judging.Work, award string, _ int) string { return award }},
	{"序号", func(_ judging.Work, _ string, no int) string { return fmt.Sprintf("%03d", no) }},
}

// NamingWords lists the words that a naming may hold.
func NamingWords() string {
	var list []string
	for _, w := range namingWords {
		list = append(list, w.word)
	}
	return strings.Join(list, " ")
}

// fields lists the words that n holds.
func (n Naming) fields() []string {
	var out []string
	for _, w := range namingWords {
		if strings.Contains(string(n), w.word) {
			out = append(out, w.word)
		}
	}
	return out
}

// manyNames joins names, and counts them where they are many.
func manyNames(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s等%d人", names[0], len(names))
	}
	return strings.Join(names, "、")
}

// Of returns what a work's files are called by n, without ending: not yet legal. no is its number in the list.
func (n Naming) Of(w judging.Work, award string, no int) string {
	if n == "" {
		n = UsualNaming
	}
	var b strings.Builder
	rest := string(n)
	for rest != "" {
		i := slices.IndexFunc(namingWords, func(f struct {
			word string
			of   func(judging.Work, string, int) string
		}) bool {
			return strings.HasPrefix(rest, f.word)
		})
		if i >= 0 {
			b.WriteString(namingWords[i].of(w, award, no))
			rest = rest[len(namingWords[i].word):]
			continue
		}
		_, size := utf8.DecodeRuneInString(rest)
		b.WriteString(rest[:size])
		rest = rest[size:]
	}
	return b.String()
}
