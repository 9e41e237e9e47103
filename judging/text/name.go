package text

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameBytes is how long a legal name may be, ending included: what common file systems take, less room for a number.
const nameBytes = 200

// illegal maps what Windows does not allow in names to its full-width twin, which everyone can read.
var illegal = strings.NewReplacer("<", "＜", ">", "＞", ":", "：", `"`, "”",
	"/", "／", `\`, "＼", "|", "｜", "?", "？", "*", "＊")

// LegalName makes a name that every system takes out of stem and ending (".jpg", or ""): no sign that Windows
// forbids, none that cannot be seen, no reserved word, no blank or dot at an end, at most 200 bytes.
func LegalName(stem, ending string) string {
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, illegal.Replace(strings.Join(strings.Fields(s), " ")))
	}
	ending = strings.TrimRight(clean(ending), ". ")
	if len(ending) > 20 {
		ending = ""
	}
	stem = strings.Trim(clean(stem), ". ")
	for len(stem) > nameBytes-len(ending) {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	stem = strings.TrimRight(stem, ". ")
	if base, _, _ := strings.Cut(stem, "."); stem == "" || reservedName(base) {
		stem = "_" + stem
	}
	return stem + ending
}

// Steers reports whether a sign shows as nothing and does something: it ends a line, moves a cursor, gives a terminal
// an order, or turns round what stands next to it. Blanks do not, nor what joins the parts of a character.
func Steers(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// Harmless shows each sign that steers as a blank, so that what it stands in is one line that reads from its beginning
// to its end: names of files, works, people and units may hold anything. Bytes that are no text show as U+FFFD.
func Harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if Steers(r) {
			return ' '
		}
		return r
	}, s)
}

// Written is s as a paper holds it: without signs that steer, but line ends and tabs, and without what is no text or
// takes no room.
func Written(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && Steers(r) || hides(r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Line is s as a paper holds it on one line: as Written, but what ends a line, and a tab, is a blank.
func Line(s string) string {
	return Written(strings.Map(func(r rune) rune {
		if r >= '\t' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "")))
}

// hides reports whether a sign takes no room and joins nothing: with it, two names that differ look alike.
func hides(r rune) bool {
	return r == '\u180E' || r == '\u200B' || r == '\uFEFF' ||
		r >= '\u2060' && r <= '\u2064' || r >= '\uFFF9' && r <= '\uFFFB'
}

// reservedName reports whether Windows keeps a name for a device.
func reservedName(s string) bool {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) == 4 && (s[:3] == "COM" || s[:3] == "LPT") && s[3] >= '0' && s[3] <= '9' {
		return true
	}
	return slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, s)
}

// NameBook gives out legal names, each once, whatever their letters' case. Its zero value is ready.
type NameBook struct{ taken map[string]bool }

// Take returns a legal name for stem and ending that was not given out before: a number is added where need be.
func (b *NameBook) Take(stem, ending string) string {
	if b.taken == nil {
		b.taken = map[string]bool{}
	}
	name := LegalName(stem, ending)
	for n := 2; b.taken[strings.ToLower(name)]; n++ {
		tail := fmt.Sprintf("(%d)%s", n, ending)
		name = LegalName(strings.TrimSuffix(LegalName(stem, tail), tail), tail)
	}
	b.taken[strings.ToLower(name)] = true
	return name
}

// PlainExt is the extension of name in lower case, or "" when it is not 1-5 letters and digits.
func PlainExt(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if len(ext) < 2 || len(ext) > 6 || strings.Trim(ext[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return ext
}
