package judging

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Naming 文件命名 is how a superior wants files called: words for fields with anything between them, as 类别-作品名称-作者-单位.
type Naming string

// UsualNaming is used where a superior says nothing.
const UsualNaming Naming = "类别-作品名称-作者-单位"

// namingWords are the words for fields, longer ones before those they begin with.
var namingWords = []struct {
	word string
	of   func(w Work, award string, no int) string
}{
	{"作品名称", func(w Work, _ string, _ int) string { return w.Title }},
	{"指导教师", func(w Work, _ string, _ int) string { return strings.Join(w.Teachers, "、") }},
	{"报送单位", func(w Work, _ string, _ int) string { return w.Sender }},
	{"联系电话", func(w Work, _ string, _ int) string { return w.Phone }},
	{"类别", func(w Work, _ string, _ int) string { return w.Category }},
	{"组别", func(w Work, _ string, _ int) string { return w.Group }},
	{"作者", func(w Work, _ string, _ int) string { return manyNames(w.Authors) }},
	{"单位", func(w Work, _ string, _ int) string { return w.ShownUnit() }},
	{"编号", func(w Work, _ string, _ int) string { return string(w.Code) }},
	{"奖项", func(_ Work, award string, _ int) string { return award }},
	{"序号", func(_ Work, _ string, no int) string { return fmt.Sprintf("%03d", no) }},
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
func (n Naming) Of(w Work, award string, no int) string {
	if n == "" {
		n = UsualNaming
	}
	var b strings.Builder
	rest := string(n)
	for rest != "" {
		i := slices.IndexFunc(namingWords, func(f struct {
			word string
			of   func(Work, string, int) string
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

// nameBytes is how long a legal name may be, ending included: what common file systems take, less room for a number.
const nameBytes = 200

// illegal maps what Windows does not allow in names to its full-width twin, which everyone can read.
var illegal = strings.NewReplacer("<", "＜", ">", "＞", ":", "：", `"`, "”", "/", "／", `\`, "＼", "|", "｜", "?", "？", "*", "＊")

// LegalName makes a name that every system takes out of stem and ending (".jpg", or ""): no sign that Windows forbids, none that cannot be seen, no reserved
// word, no blank or dot at an end, at most 200 bytes.
func LegalName(stem, ending string) string {
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, illegal.Replace(strings.Join(strings.Fields(s), " ")))
	}
	ending = strings.TrimRight(clean(ending), ". ")
	if len(ending) > 20 {
		ending = ""
	}
	stem = strings.Trim(clean(stem), ". ")
	for len(stem) > nameBytes-len(ending) {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	stem = strings.TrimRight(stem, ". ")
	if base, _, _ := strings.Cut(stem, "."); stem == "" || reservedName(base) {
		stem = "_" + stem
	}
	return stem + ending
}

// reservedName reports whether Windows keeps a name for a device.
func reservedName(s string) bool {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) == 4 && (s[:3] == "COM" || s[:3] == "LPT") && s[3] >= '0' && s[3] <= '9' {
		return true
	}
	return slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, s)
}

// NameBook gives out legal names, each once, whatever their letters' case. Its zero value is ready.
type NameBook struct{ taken map[string]bool }

// Take returns a legal name for stem and ending that was not given out before: a number is added where need be.
func (b *NameBook) Take(stem, ending string) string {
	if b.taken == nil {
		b.taken = map[string]bool{}
	}
	name := LegalName(stem, ending)
	for n := 2; b.taken[strings.ToLower(name)]; n++ {
		tail := fmt.Sprintf("(%d)%s", n, ending)
		name = LegalName(strings.TrimSuffix(LegalName(stem, tail), tail), tail)
	}
	b.taken[strings.ToLower(name)] = true
	return name
}
