package media

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// isText reports whether head begins a text: UTF-16 with its mark, or UTF-8 or GB18030 without control characters.
func isText(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	if has(head, 0, "\xFF\xFE") || has(head, 0, "\xFE\xFF") {
		return true
	}
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A {
			return false
		}
	}
	return utf8.Valid(trimRune(head)) || isGB18030(head)
}

// trimRune cuts a UTF-8 sequence that head breaks off in the middle.
func trimRune(head []byte) []byte {
	for back := 1; back <= min(3, len(head)); back++ {
		at := len(head) - back
		if utf8.RuneStart(head[at]) {
			if !utf8.FullRune(head[at:]) {
				return head[:at]
			}
			break
		}
	}
	return head
}

// isGB18030 reports whether head decodes without a fault, but for a character that its end may cut.
func isGB18030(head []byte) bool {
	for cut := range min(4, len(head)) {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head[:len(head)-cut])
		if err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
			return true
		}
	}
	return false
}

// decodeName gives a file name as text: UTF-8 if it is valid, else GB18030, in which Chinese Windows writes names into archives.
func decodeName(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
	if err != nil {
		return string([]rune(raw))
	}
	return text
}
