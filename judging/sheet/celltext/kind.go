package celltext

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/propose"
)

// Brackets is what stands in brackets, of any kind.
var Brackets = regexp.MustCompile(`[（(【\[〔「{][^（()）\]】〕」}]*[)）\]】〕」}]`)

// Named is a category or group with every word that means it, folded.
type Named = propose.Named

// CategoryWords lists the categories of rules with the words that mean each.
func CategoryWords(r judging.Rules) []Named {
	var list []Named
	for _, c := range r.Categories {
		list = append(list, propose.Name(c.Name, c.Alias))
	}
	return list
}

// GroupWords lists the groups of rules with the words that mean each.
func GroupWords(r judging.Rules) []Named {
	var list []Named
	for _, g := range r.Groups {
		list = append(list, propose.Name(g.Name, g.Alias))
	}
	return list
}

// MatchCategory finds the category that a cell means. Beyond Rules.MatchCategory it reads ticks (☑视频), refuses a
// choice of two (书法┋绘画) and takes a short form of one name only (软笔 for 软笔书法).
func MatchCategory(r judging.Rules, text string) (string, bool) {
	return matchNamed(text, CategoryWords(r), r.MatchCategory)
}

// MatchGroup finds the group that a cell means, as MatchCategory does.
func MatchGroup(r judging.Rules, text string) (string, bool) {
	groups := GroupWords(r)
	return matchNamed(text, groups, func(part string) (string, bool) {
		name, ok := r.MatchGroup(part)
		if ok && !wholeIn(part, name, groups) { // 中小学生 is no 小学组
			return "", false
		}
		return name, ok
	})
}

// wholeIn reports whether a text says one of name's words as a word of its own.
func wholeIn(text, name string, list []Named) bool {
	text = judging.Fold(text)
	for _, n := range list {
		if n.Name == name && slices.ContainsFunc(n.Words, func(w string) bool { return propose.Whole(text, w) }) {
			return true
		}
	}
	return false
}

var (
	choices   = regexp.MustCompile(`[┋、,，/;；|+&\n]+`)
	ticks     = regexp.MustCompile(`[☑✓✔√■☒]\s*([^□☐○☑✓✔√■☒\s]+)|([^□☐○☑✓✔√■☒\s(（]+)[(（]?[☑✓✔√■☒][)）]?`)
	kindTails = []string{"作品", "类别", "组别", "类", "组", "项目"}
)

func matchNamed(text string, list []Named, match func(string) (string, bool)) (string, bool) {
	if m := ticks.FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	folded := judging.Fold(text)
	if folded == "" {
		return "", false
	}
	for _, n := range list {
		if slices.Contains(n.Words, folded) {
			return match(text)
		}
	}
	found := map[string]bool{}
	for _, part := range choices.Split(text, -1) {
		if name, ok := match(part); ok {
			found[name] = true
		}
	}
	if len(found) > 1 {
		return "", false
	}
	if name, ok := match(text); ok {
		return name, true
	}
	return shortForm(folded, list)
}

// shortForm finds the only one of list a word of which holds text.
func shortForm(text string, list []Named) (string, bool) {
	for _, t := range kindTails {
		if s := strings.TrimSuffix(text, t); utf8.RuneCountInString(s) >= 2 {
			text = s
		}
	}
	if utf8.RuneCountInString(text) < 2 {
		return "", false
	}
	name := ""
	for _, n := range list {
		if slices.ContainsFunc(n.Words, func(w string) bool { return strings.Contains(w, text) }) {
			if name != "" {
				return "", false
			}
			name = n.Name
		}
	}
	return name, name != ""
}

// Mentioned returns the only one of list that text speaks of, in whole words; "" where it speaks of none or several.
func Mentioned(text string, list []Named) string { return propose.Mentioned(text, list) }

// IsKind reports whether text is a category or group and no more: 书法类, （小学组）, 书法类（12件）.
func IsKind(text string, list []Named) bool {
	text = strings.Trim(Brackets.ReplaceAllString(text, ""), "()（）:：【】")
	for _, n := range list {
		for _, w := range n.Words {
			if rest, ok := strings.CutPrefix(text, w); ok && (rest == "" || IsKindTail(rest)) {
				return true
			}
		}
	}
	return false
}

// IsKindTail reports whether text is only what stands behind the name of a category: 类, 组, 类作品, 类共12件.
func IsKindTail(s string) bool {
	s = kindCount.ReplaceAllString(s, "")
	for before := ""; s != before; {
		before = s
		for _, t := range kindTails {
			s = strings.TrimPrefix(s, t)
		}
	}
	return s == ""
}

var kindCount = regexp.MustCompile(`共?\d*[件幅篇个份部]?$`)
