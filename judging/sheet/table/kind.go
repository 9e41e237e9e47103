package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// named is a category or group with every word that means it, folded.
type named struct {
	name  string
	words []string
}

func categoryWords(r judging.Rules) []named {
	var list []named
	for _, c := range r.Categories {
		list = append(list, foldWords(c.Name, c.Alias))
	}
	return list
}

func groupWords(r judging.Rules) []named {
	var list []named
	for _, g := range r.Groups {
		list = append(list, foldWords(g.Name, g.Alias))
	}
	return list
}

func foldWords(name string, alias []string) named {
	n := named{name: name}
	for _, w := range append([]string{name}, alias...) {
		if w = judging.Fold(w); w != "" {
			n.words = append(n.words, w)
		}
	}
	return n
}

// matchCategory finds the category that a cell means. Beyond Rules.MatchCategory it reads ticks (☑视频), refuses a
// choice of two (书法┋绘画) and takes a short form of one name only (软笔 for 软笔书法).
func matchCategory(r judging.Rules, text string) (string, bool) {
	return matchNamed(text, categoryWords(r), r.MatchCategory)
}

// matchGroup finds the group that a cell means, as matchCategory does.
func matchGroup(r judging.Rules, text string) (string, bool) {
	return matchNamed(text, groupWords(r), r.MatchGroup)
}

var (
	choices   = regexp.MustCompile(`[┋、,，/;；|+&\n]+`)
	ticks     = regexp.MustCompile(`[☑✓✔√■☒]\s*([^□☐○☑✓✔√■☒\s]+)|([^□☐○☑✓✔√■☒\s(（]+)[(（]?[☑✓✔√■☒][)）]?`)
	kindTails = []string{"作品", "类别", "组别", "类", "组", "项目"}
)

func matchNamed(text string, list []named, match func(string) (string, bool)) (string, bool) {
	if m := ticks.FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	folded := judging.Fold(text)
	if folded == "" {
		return "", false
	}
	for _, n := range list {
		if slices.Contains(n.words, folded) {
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
func shortForm(text string, list []named) (string, bool) {
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
		if slices.ContainsFunc(n.words, func(w string) bool { return strings.Contains(w, text) }) {
			if name != "" {
				return "", false
			}
			name = n.name
		}
	}
	return name, name != ""
}

// mentioned returns the only one of list that text speaks of; "" where it speaks of none or several. A word within
// a longer one (视频 in 微视频) does not count.
func mentioned(text string, list []named) string {
	text = judging.Fold(text)
	longest := map[string]string{}
	for _, n := range list {
		for _, w := range n.words {
			if utf8.RuneCountInString(w) >= 2 && len(w) > len(longest[n.name]) && strings.Contains(text, w) {
				longest[n.name] = w
			}
		}
	}
	name := ""
	for n, w := range longest {
		within := false
		for other, v := range longest {
			within = within || other != n && len(v) > len(w) && strings.Contains(v, w)
		}
		if within {
			continue
		}
		if name != "" {
			return ""
		}
		name = n
	}
	return name
}
