package assets

import (
	"fmt"
	"strings"
	"text/template"
	"time"
)

// functions are what a text may call besides naming its arguments.
func (t *tongue) functions() template.FuncMap {
	return template.FuncMap{
		"plural": plural, "agree": agree, "word": t.word, "words": t.list, "day": t.day, "plain": plain,
	}
}

// day writes a day that is given as 2006-01-02, as errors carry it, as the language does. What is no day comes back as
// it is.
func (t *tongue) day(day any) string {
	at, err := time.Parse(time.DateOnly, fmt.Sprint(day))
	if err != nil {
		return fmt.Sprint(day)
	}
	return strings.NewReplacer(
		"{{.Year}}", at.Format("2006"), "{{.Month}}", at.Format("1"), "{{.Day}}", at.Format("2"),
		"{{.Month2}}", at.Format("01"), "{{.Day2}}", at.Format("02"),
	).Replace(t.words["kit.date"])
}

// word returns what people call a word of a rule file or of a command: the text whose key is prefix with the word
// behind it, all but letters and digits made "_". A word that has no such text is a name that a person gave, and is
// returned as it is, or said by the text for others where one is named. So an error may carry the word that programs
// read and still be shown in the words of people.
func (t *tongue) word(prefix string, w any, other ...string) string {
	said := fmt.Sprint(w)
	if text, ok := t.words[prefix+flat(said)]; ok {
		return text
	}
	if len(other) > 0 {
		return t.words[prefix+other[0]]
	}
	return said
}

// list is word for words that are parted by commas.
func (t *tongue) list(prefix string, w any) string {
	all := strings.Split(fmt.Sprint(w), ", ")
	for i, one := range all {
		all[i] = t.word(prefix, one)
	}
	return strings.Join(all, t.words["kit.comma"])
}

// flat returns s as it stands in a key.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, s)
}

// plural returns n, a number or one in words of digits, with the noun that fits it: {{plural .N "work"}} is "1
// work" or "3 works". A plural that takes more than an s is given too, {{plural .N "entry" "entries"}}, and a verb
// goes along, {{plural .N "work waits" "works wait"}}.
func plural(n any, one string, many ...string) string {
	told := fmt.Sprint(n)
	return told + " " + fitting(told, one, many)
}

// agree returns what plural does without the number, for a word that stands apart from it: there {{agree .N "is"
// "are"}}.
func agree(n any, one string, many ...string) string { return fitting(fmt.Sprint(n), one, many) }

func fitting(n, one string, many []string) string {
	switch {
	case n == "1":
		return one
	case len(many) > 0:
		return many[0]
	}
	return one + "s"
}
