package assets

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Arguments that are words, or numbers that name and do not count, so that any verb may follow them.
var wordArgs = []string{
	"A", "Author", "Award", "B", "By", "Category", "Code", "Columns", "Contest", "Date", "Detail", "Dir", "Exts",
	"Field",
	"File", "First", "Flag", "Format", "Groups", "In",
	"Judge", "Later", "Level", "List", "Name", "Number", "Objection", "Path", "Place", "Plan", "Prize", "Round",
	"Ruling", "Sheet", "Substitute", "Title",
	"Unit", "What", "Where", "Work",
}

// Words in s that are no plural, and words after which no counted noun comes.
var (
	singular = []string{
		"across",
		"always",
		"as",
		"begins",
		"contains",
		"counts",
		"decides",
		"does",
		"goes",
		"has",
		"is",
		"its",
		"less",
		"seems",
		"this",
		"was",
	}
	breaks = regexp.MustCompile(`^(in|with|without|until|deep) `)
)

var (
	counted   = regexp.MustCompile(`{{\.([A-Z][A-Za-z]*)}} ((?:[a-z'-]+ ){0,2}?)([a-z]{2,}s|are|were|have|do)\b`)
	doubled   = regexp.MustCompile(`{{plural [^"}]+ "[^"]*s"}}`) // plural adds an s
	misset    = regexp.MustCompile(`["‘’]`)
	assigning = regexp.MustCompile(`[a-z_]+ = "[a-z]+"`) // as it stands in a rule file
)

func TestEnglishCountsWithPlural(t *testing.T) {
	for key, text := range texts(t, "en") {
		if m := doubled.FindString(text); m != "" {
			t.Errorf("%s: %s reads “2 …ss”", key, m)
		}
		for _, m := range counted.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(wordArgs, m[1]) && !slices.Contains(singular, m[3]) && !breaks.MatchString(m[2]) {
				one := m[2] + strings.TrimSuffix(m[3], "s")
				t.Errorf("%s: “%s” is wrong for one: write {{plural .%s %q}}", key, m[0], m[1], one)
			}
		}
	}
}

// The Chinese type draws the curved apostrophe as wide as a character, with a gap behind it.
func TestEnglishQuotesAreCurvedAndApostrophesStraight(t *testing.T) {
	for key, text := range texts(t, "en") {
		words := assigning.ReplaceAllString(action.ReplaceAllString(text, ""), "")
		if misset.MatchString(words) {
			t.Errorf("%s: straight quote or curved apostrophe in %q", key, text)
		}
	}
}

// Chinese stands without a space next to its own punctuation, with one next to Latin letters and digits, and takes
// full-width punctuation.
var chineseFaults = []struct {
	what string
	is   *regexp.Regexp
}{
	{"half-width punctuation", regexp.MustCompile(`\p{Han}[,:;!?()]|[,:;!?()]\p{Han}|\p{Han}\.(\s|$)`)},
	{"straight quote", regexp.MustCompile(`\p{Han}['"]|['"]\p{Han}`)},
	{"space at punctuation", regexp.MustCompile(`[，。；：、？！（）“”【】] | [，。；：、？！（）”】]`)},
	{"two spaces", regexp.MustCompile(`\p{Han} {2}|\S {2}\p{Han}`)},
	{"space between Chinese characters", regexp.MustCompile(`\p{Han} \p{Han}`)},
	{"no space at Latin letters or digits", regexp.MustCompile(`\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`)},
}

// Texts in which a space parts a key from what it does or one word to be typed from another, and the office's usual
// “第 1 页 共 3 页”.
var spaced = []string{
	"blind.cli_bad_mask",
	"cli.noun_verb",
	"desk.enlarge",
	"desk.fit",
	"desk.keys_text",
	"desk.read_on",
	"flag.only",
	"kit.weekdays",
	"page.keys_text",
	"paper.page",
}

// day is a date as an office writes it, without spaces.
var day = regexp.MustCompile(`(\d+年)?\d+月\d+日(至\d+日)?`)

func TestChineseIsSetWell(t *testing.T) {
	for key, text := range texts(t, "zh-Hans") {
		if slices.Contains(spaced, key) {
			continue
		}
		for _, f := range chineseFaults {
			if at := f.is.FindString(day.ReplaceAllString(action.ReplaceAllString(text, "□"), "□")); at != "" {
				t.Errorf("%s: %s at %q in %q", key, f.what, at, text)
			}
		}
	}
}

// A person looks for the menu that a text names, and asks for help when there is none of that name.
func TestATextNamesOnlyMenusThatAreThere(t *testing.T) {
	named := map[string]*regexp.Regexp{
		"zh-Hans": regexp.MustCompile(`“([^”]+)”菜单`),
		"en":      regexp.MustCompile(`\b([A-Z]\w+) menu\b`),
	}
	for lang, menu := range named {
		all, there := texts(t, lang), map[string]bool{}
		for _, key := range []string{"shell.menu_file", "shell.menu_view", "shell.menu_help"} {
			there[all[key]] = true
		}
		for key, words := range all {
			for _, m := range menu.FindAllStringSubmatch(words, -1) {
				if !there[m[1]] {
					t.Errorf("%s %s speaks of the menu “%s”", lang, key, m[1])
				}
			}
		}
	}
}
