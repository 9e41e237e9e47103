package celltext

import (
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// 同上, 〃 and the like mean the value above in the same column.

var dittoWords = WordSet(`同上 同前 〃 ″ " '' '' ″″ ditto do. -同上- 同 〞 ＂ 仝上 同上行 如上`)

// IsDitto reports whether a cell says: as above.
func IsDitto(text string) bool {
	if len(text) > 24 || text == "" {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(text); r {
	case '同', '仝', '如', '〃', '″', '〞', '＂', '"', '\'', 'd', 'D', '-', '(', '（', ' ':
	default:
		return false // the common cell
	}
	return dittoWords[strings.Trim(judging.Fold(text), "（）()。.")] || dittoWords[strings.TrimSpace(text)]
}
