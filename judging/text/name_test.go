package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesAreLegalOnEverySystem(t *testing.T) {
	for _, c := range []struct{ stem, ending, want string }{
		{`a<b>c:d"e/f\g|h?i*j`, ".jpg", "a＜b＞c：d”e／f＼g｜h？i＊j.jpg"},
		{"con", ".txt", "_con.txt"}, {"COM1.x", ".txt", "_COM1.x.txt"}, {"LPT9", "", "_LPT9"},
		{"common", ".txt", "common.txt"},
		{" 末尾. . ", ".jpg", "末尾.jpg"}, {"", ".jpg", "_.jpg"}, {"...", "", "_"},
		{"a\x00b\u202ec\u200bd\te", "", "abcd e"},
		{"../../etc/passwd", "", "／..／etc／passwd"}, {"名", "." + strings.Repeat("x", 40), "名"},
		{"名", ".j/pg. ", "名.j／pg"},
	} {
		if got := LegalName(c.stem, c.ending); got != c.want {
			t.Errorf("%q+%q: %q, want %q", c.stem, c.ending, got, c.want)
		}
	}
	long := LegalName(strings.Repeat("法𠅤", 100), ".jpeg")
	if len(long) > 200 || !utf8.ValidString(long) || !strings.HasSuffix(long, ".jpeg") {
		t.Errorf("%d bytes: %q", len(long), long)
	}
}

func TestNoNameIsGivenOutTwice(t *testing.T) {
	var b NameBook
	seen := map[string]bool{}
	for i := range 300 {
		stem := strings.Repeat("法", 100)
		if i%2 == 0 {
			stem = []string{"Title", "TITLE"}[i/2%2]
		}
		name := strings.ToLower(b.Take(stem, ".jpg"))
		if seen[name] || len(name) > 200 {
			t.Fatalf("%d: %q", i, name)
		}
		seen[name] = true
	}
}
