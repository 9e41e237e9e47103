package command

import (
	"strings"
	"testing"
)

func TestTheNearestWordIsFound(t *testing.T) {
	known := []string{"import", "undo-import", "list", "show", "review", "text", "page"}
	for word, want := range map[string]string{
		"imprt": "import", "improt": "import", "Import": "import", "lsit": "list", "shwo": "show", "reviews": "review",
		"undo": "undo-import", "xyzzy": "", "": "", strings.Repeat("import", 100_000): "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("%.20q: %q, want %q", word, got, want)
		}
	}
}

func TestDistanceCountsAddedDroppedChangedAndSwappedLetters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		n    int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "abc", 3}, {"list", "list", 0}, {"lsit", "list", 1}, {"lst", "list", 1},
		{"liist", "list", 1}, {"lost", "list", 1}, {"tsil", "list", 3}, {"评审", "评分", 1},
	} {
		if n := distance(c.a, c.b); n != c.n {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, n, c.n)
		}
		if n := distance(c.b, c.a); n != c.n {
			t.Errorf("%q to %q: %d, want %d", c.b, c.a, n, c.n)
		}
	}
}

func TestGlobalFlagsAreFoundAnywhere(t *testing.T) {
	for line, want := range map[string]globals{
		"works list c.fayi":                       {"zh", "text"},
		"--lang en works list c.fayi":             {"en", "text"},
		"works list c.fayi --format json":         {"zh", "json"},
		"works --format=json list --lang=en":      {"en", "json"},
		"works list --format xml --format json":   {"zh", "json"},
		"works list --format":                     {"zh", ""},
		"contest find c.fayi -- --format json 宪法": {"zh", "text"},
	} {
		if got := scanGlobals(strings.Fields(line), "zh"); got != want {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
	}
}

// TestOneNounIsDeclaredWhereALineBeginsWithIt: help, completion and misspelt nouns need all of them.
func TestOneNounIsDeclaredWhereALineBeginsWithIt(t *testing.T) {
	nouns := []Noun{{Name: "contest"}, {Name: "works"}, {Name: "version"}}
	for line, want := range map[string]int{
		"works list c.fayi": 1, "--lang en works": 1, "--format=json works": 1, "--help works": 1, "version": 1,
		"": len(nouns), "--help": len(nouns), "help works": len(nouns), "wroks list": len(nouns),
		"completion bash": len(nouns), "__complete works": len(nouns), "--lang works": len(nouns),
	} {
		if got := wanted(nouns, strings.Fields(line)); len(got) != want {
			t.Errorf("%q: %d nouns, want %d", line, len(got), want)
		}
	}
}
