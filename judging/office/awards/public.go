package awards

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// privateNumber finds phone and identity numbers that somebody wrote into a name or a title.
var privateNumber = regexp.MustCompile(`\d{17}[\dXx]|(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}-?[2-9]\d{6,7}`)

func publicText(s string) string { return judging.Tidy(privateNumber.ReplaceAllString(s, "")) }

// Public is an award as the public may see it: a gives award, category, group and work, w names, title and unit. It
// holds no phones and no identity numbers, and children's names as Rules.Minors says. The group that tells children is
// the work's own: a list may hold several.
func Public(rules judging.Rules, a Award, w judging.Work) Award {
	out := Award{Award: a.Award, Specials: a.Specials, Category: a.Category, Group: a.Group, Work: w.ID,
		Title: publicText(w.Title), Unit: publicText(w.ShownUnit())}
	for _, name := range w.Authors {
		name = publicText(name)
		shown := rules.Minors.PublicName(name, rules.Minor(w.Group))
		if shown != name && name != "" {
			out.Title, out.Unit = strings.ReplaceAll(out.Title, name, shown), strings.ReplaceAll(out.Unit, name, shown)
		}
		if shown != "" {
			out.Authors = append(out.Authors, shown)
		}
	}
	for _, t := range w.Teachers {
		out.Teachers = append(out.Teachers, publicText(t))
	}
	return out
}

// PublicWords is a longer text of a work, lines kept, as the public may read it: what Public takes out of a title is
// taken out of each line.
func PublicWords(rules judging.Rules, w judging.Work, text string) string {
	text = privateNumber.ReplaceAllString(text, "")
	for _, name := range w.Authors {
		name = judging.Tidy(name)
		if shown := rules.Minors.PublicName(name, rules.Minor(w.Group)); shown != name &&
			utf8.RuneCountInString(name) > 1 {
			text = strings.ReplaceAll(text, name, shown)
		}
	}
	return text
}
