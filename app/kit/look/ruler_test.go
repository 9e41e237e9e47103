package look

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// some are the letters that texts of the tests are made of.
var some = []rune("法治文化作品，。；：“”（）《》 abcWi012.-　")

func drawText(t *rapid.T, label string) string {
	return string(rapid.SliceOfN(rapid.SampledFrom(some), 0, 80).Draw(t, label))
}

func themed(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Look{Mode: Light}))
}

func TestCutKeepsTheBeginningWithinTheRoom(t *testing.T) {
	themed(t)
	r := RulerFor(14, false)
	rapid.Check(t, func(t *rapid.T) {
		s, room := drawText(t, "s"), rapid.Float32Range(20, 400).Draw(t, "room")
		got := r.Cut(s, room)
		if r.Width(got) > room+0.01 {
			t.Fatalf("%q is %v wide in %v", got, r.Width(got), room)
		}
		if r.Width(s) <= room && got != s {
			t.Fatalf("%q fits but became %q", s, got)
		}
		if !strings.HasPrefix(s, strings.TrimSuffix(got, string(Ellipsis))) {
			t.Fatalf("%q is no beginning of %q", got, s)
		}
	})
}

func TestCutMakesOneLine(t *testing.T) {
	themed(t)
	if got := RulerFor(14, false).Cut("法治\n文化\t作品", 1000); got != "法治 文化 作品" {
		t.Errorf("got %q", got)
	}
}

func TestWrapLosesNothingAndKeepsTheWidth(t *testing.T) {
	themed(t)
	r := RulerFor(14, false)
	squash := strings.NewReplacer(" ", "", "\n", "").Replace
	rapid.Check(t, func(t *rapid.T) {
		s, room := drawText(t, "s"), rapid.Float32Range(30, 500).Draw(t, "room")
		lines := r.wrap(s, room)
		if got := squash(strings.Join(lines, "")); got != squash(s) {
			t.Fatalf("%q became %q", s, lines)
		}
		for _, l := range lines {
			if r.Width(l) > room+0.01 && utf8.RuneCountInString(l) > 1 {
				t.Fatalf("line %q is %v wide in %v", l, r.Width(l), room)
			}
		}
	})
}

func TestWrapBreaksWhereReadersExpect(t *testing.T) {
	themed(t)
	for name, c := range map[string]struct {
		text  string
		chars float32
		want  string
	}{
		"between characters":                 {"法治文化作品征集", 4, "法治文化|作品征集"},
		"closing signs stay with their word": {"法治文化，作品", 4, "法治文|化，作品"},
		"opening signs go with their word":   {"法治文《作品》", 4, "法治文|《作品》"},
		"numbers stay whole":                 {"共有二百12345件", 6, "共有二百|12345件"},
		"words stay whole":                   {"one two three", 4.5, "one two|three"},
		"line breaks break":                  {"一\n二", 10, "一|二"},
		"a word too long is torn":            {"aaaaaaaaaaaaaaaaaaaa", 4, "aaaaaaa|aaaaaaa|aaaaaa"},
		"nothing is one empty line":          {"", 10, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(RulerFor(14, false).wrap(c.text, c.chars*14), "|"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
