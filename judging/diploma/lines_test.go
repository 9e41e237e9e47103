package diploma

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// even measures every character as one, half for the basic Latin ones.
func even(s string) float64 {
	sum := 0.0
	for _, r := range s {
		if sum++; r < 0x80 {
			sum -= 0.5
		}
	}
	return sum
}

func TestLinesBreakAsChineseIsSet(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"plain", "宪法在我心中", 3, []string{"宪法在", "我心中"}},
		{"no comma first", "宪法在，我心中", 3, []string{"宪法", "在，我", "心中"}},
		{"no opening bracket last", "宪法《民法典》", 3, []string{"宪法", "《民法", "典》"}},
		{"two signs keep together", "宪法在我）。心", 4, []string{"宪法在", "我）。心"}},
		{"words are whole", "学习ABCD法", 3, []string{"学习", "ABCD法"}},
		{"a number is whole", "共12345.67元", 4, []string{"共", "12345.67", "元"}},
		{"a long word is cut", "ABCDEFGH", 2, []string{"ABCD", "EFGH"}},
		{"the dash is one", "宪法——心", 3, []string{"宪法", "——心"}},
		{"a line feed is a blank", "宪\n法", 3, []string{"宪 法"}},
		{"nothing", "", 3, []string{""}},
		{"blanks at the cut go", "ABC DEF", 1.5, []string{"ABC", "DEF"}},
	} {
		if got := breakLines([]string{c.text}, c.width, even); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := breakLines([]string{"宪", "", "法"}, 3, even); !slices.Equal(got, []string{"宪", "", "法"}) {
		t.Errorf("parts: %q", got)
	}
}

func TestNoTextHangsOrIsLostByBreaking(t *testing.T) {
	for _, text := range []string{"，，，，，，", "《《《《", "a b c d e", "𠅤㛃䶮，", strings.Repeat("——", 20), "A，B。C"} {
		for width := 0.1; width < 6; width += 0.7 {
			got := strings.Join(breakLines([]string{text}, width, even), "")
			if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(text, " ", "") {
				t.Errorf("%q at %.1f becomes %q", text, width, got)
			}
		}
	}
}

func TestALongTitleIsSetSmallerUntilItFits(t *testing.T) {
	title := strings.Repeat("法", 200)
	f := fit(title, 200, 60, 20, 6, even)
	if f.size >= 20 || f.height() > 60 || strings.Join(f.lines, "") != title {
		t.Errorf("%.1f points, %.1f high, %d lines", f.size, f.height(), len(f.lines))
	}
	cut := fit(strings.Repeat("法", 2000), 200, 60, 20, 6, even)
	if cut.height() > 60 || !strings.HasSuffix(cut.lines[len(cut.lines)-1], "…") ||
		utf8.RuneCountInString(cut.lines[0]) != 33 {
		t.Errorf("%.1f high, ends %q", cut.height(), cut.lines[len(cut.lines)-1])
	}
	if one := fit("宪法", 200, 60, 20, 6, even); one.size != 20 || len(one.lines) != 1 {
		t.Errorf("a short title: %+v", one)
	}
}
