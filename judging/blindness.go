package judging

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"fayi/judging/text"
)

// NameKind says whose name stands where judges could read it.
type NameKind string

// The kinds of names that are looked for.
const (
	NameAuthor  NameKind = "author"
	NameTeacher NameKind = "teacher"
	NameUnit    NameKind = "unit"    // of the author or the sender, whole or short
	NameContact NameKind = "contact" // a contact's name, a telephone number, an e-mail address, an identity number
)

// NameHit is one place in a text where a name stands. From and To count bytes of the text; a name may be written
// with blanks between its characters there.
type NameHit struct {
	Kind NameKind `json:"kind"`
	Page int      `json:"page"` // of a document in pages, from 0
	From int      `json:"from"`
	To   int      `json:"to"`
	Near string   `json:"near"` // the name with a few characters around it
}

// MaxNameHits bounds how many hits FindNames returns.
const MaxNameHits = 200

// FindNames looks for the names that would tell a judge who made w: authors, teachers, units with their short
// forms, contacts and numbers. Width, case and blanks do not matter. Hits stand in the order of the text and do not
// overlap; at most MaxNameHits.
func FindNames(text string, w Work) []NameHit {
	names := w.secrets()
	if len(names) == 0 {
		return nil
	}
	folded, places := foldPlaces(text)
	var hits []NameHit
	for _, n := range names {
		for at := 0; len(hits) < 4*MaxNameHits; {
			i := strings.Index(folded[at:], n.text)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(n.text)
			at = to
			if !n.whole(folded, from, to) {
				continue
			}
			hits = append(hits, NameHit{
				Kind: n.kind,
				From: places[from],
				To:   places[to-1] + runeLen(text, places[to-1]),
			})
		}
	}
	return tidyHits(text, hits)
}

// NamesDigest names what FindNames looks for in w: a report made for other names is out of date.
func (w Work) NamesDigest() string {
	h := sha256.New()
	for _, s := range w.secrets() {
		h.Write([]byte(string(s.kind) + "\x1f" + s.text + "\x1e"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// secret is a folded text that judges must not read.
type secret struct {
	kind NameKind
	text string
}

// whole reports whether a name of letters and digits does not go on next to the hit: "an" is not in "and".
func (s secret) whole(folded string, from, to int) bool {
	if s.text[0] >= 0x80 {
		return true
	}
	return (from == 0 || !alnum(folded[from-1])) && (to == len(folded) || !alnum(folded[to]))
}

func alnum(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' }

// secrets lists what must not be read, longest first so that a whole name hides its short forms.
func (w Work) secrets() []secret {
	const leastName, leastUnit, leastNumber = 2, 3, 5 // characters
	var out []secret
	add := func(kind NameKind, least int, texts ...string) {
		for _, t := range texts {
			t = foldName(t)
			if n := len([]rune(t)); n >= least &&
				!slices.ContainsFunc(out, func(s secret) bool { return s.text == t }) {
				out = append(out, secret{kind, t})
			}
		}
	}
	add(NameAuthor, leastName, w.Authors...)
	add(NameTeacher, leastName, w.Teachers...)
	for _, u := range []string{w.Unit, w.Sender} {
		add(NameUnit, leastUnit, text.UnitForms(foldName(u))...)
	}
	add(NameContact, leastName, w.Contact)
	add(NameContact, leastNumber, w.Phone, w.Email, w.IDCard)
	slices.SortStableFunc(out, func(a, b secret) int { return cmp.Compare(len(b.text), len(a.text)) })
	return out
}

// foldName is Fold without the dots and strokes that stand within names.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if within(r) {
			return -1
		}
		return r
	}, Fold(s))
}

func within(r rune) bool { return strings.ContainsRune("·•・‧.-_—", r) }

// foldPlaces folds text like a name and tells for each byte of the result where it came from. Line ends part words,
// so they stay.
func foldPlaces(text string) (string, []int) {
	var b strings.Builder
	b.Grow(len(text))
	places := make([]int, 0, len(text))
	for i, r := range text {
		f := "\n"
		if r != '\n' {
			f = foldName(string(r))
		}
		b.WriteString(f)
		for range len(f) {
			places = append(places, i)
		}
	}
	return b.String(), places
}

func runeLen(text string, at int) int {
	for i := range text[at:] {
		if i > 0 {
			return i
		}
	}
	return len(text) - at
}

// tidyHits orders hits, drops those within others and shows what stands around each.
func tidyHits(text string, hits []NameHit) []NameHit {
	slices.SortStableFunc(hits, func(a, b NameHit) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	var out []NameHit
	for _, h := range hits {
		if len(out) > 0 && h.From < out[len(out)-1].To || len(out) == MaxNameHits {
			continue
		}
		h.Near = around(text, h.From, h.To)
		out = append(out, h)
	}
	return out
}

func around(text string, from, to int) string {
	const few = 8
	before, after := []rune(text[max(0, from-4*few):from]), []rune(text[to:min(len(text), to+4*few)])
	before, after = before[max(0, len(before)-few):], after[:min(few, len(after))]
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(before)+text[from:to]+string(after), "")), " ")
}
