package assets

import (
	"fmt"
	"text/template"
)

// functions are what a text may call besides naming its arguments.
var functions = template.FuncMap{"plural": plural, "agree": agree}

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
