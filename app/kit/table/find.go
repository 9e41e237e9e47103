package table

import (
	"strings"
	"time"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"fayi/app/kit/script"
)

// typedPause is how long one may think between two letters of one word.
const typedPause = time.Second

// tableTyped is what was typed lately to find a row.
type tableTyped struct {
	word string
	at   time.Time
	off  bool
}

// LettersToPage keeps the table from looking for rows by letters, for pages that take letters as keys, and returns t.
func (t *Table[T]) LettersToPage() *Table[T] {
	t.view.typing.off = true
	return t
}

// typedRune selects the next row that begins with what was typed, in Chinese or by the first letters of its pinyin.
func (t *Table[T]) typedRune(r rune) {
	y := &t.view.typing
	if y.off || unicode.IsSpace(r) && y.word == "" {
		return
	}
	if time.Since(y.at) > typedPause {
		y.word = ""
	}
	y.word, y.at = y.word+script.Fold(string(r)), time.Now()
	from := max(t.find(t.selected), 0)
	if len([]rune(y.word)) == 1 {
		from++ // the same letter again goes on to the next row
	}
	for k := range t.rows {
		if i := (from + k) % len(t.rows); t.begins(t.rows[i], y.word) {
			t.view.anchor = i
			t.selectRow(i)
			return
		}
	}
}

// begins reports whether a text column of row, the one sorted by before all, begins with word.
func (t *Table[T]) begins(row T, word string) bool {
	if at := t.view.head.sorted; at >= 0 && t.columns[at].text != nil {
		return beginsWith(t.columns[at].text(row), word)
	}
	for _, c := range t.columns {
		if c.text != nil && beginsWith(c.text(row), word) {
			return true
		}
	}
	return false
}

// beginsWith compares text with word as written and by initials: 法治中国 begins with fzz.
func beginsWith(text, word string) bool {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsPunct(r) })
	want := []rune(word)
	for _, r := range text {
		if len(want) == 0 {
			return true
		}
		if f := []rune(script.Fold(string(r))); len(f) == 1 && f[0] == want[0] || initial(r) == want[0] {
			want = want[1:]
			continue
		}
		return false
	}
	return len(want) == 0
}

var initials = pinyin.Args{Style: pinyin.FirstLetter, Fallback: func(rune, pinyin.Args) []string { return nil }}

// initial is the first letter of a character's reading, 0 without one.
func initial(r rune) rune {
	if r < 0x2E80 {
		return 0
	}
	if s := pinyin.SinglePinyin(r, initials); len(s) > 0 && s[0] != "" {
		return rune(s[0][0])
	}
	return 0
}
