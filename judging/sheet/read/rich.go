package read

import (
	"strings"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/tags"
)

// rich joins the runs of a string up to its end tag, without phonetic readings.
func rich(t *tags.Reader, end string) (string, error) {
	if t.Empty {
		return "", nil
	}
	text, inText, phonetic := "", false, false
	var more strings.Builder // only for strings of several runs
	for {
		if err := t.Next(); err != nil {
			return "", tags.Unexpected(err)
		}
		if inText && t.End && !phonetic {
			s, err := t.Said()
			if err != nil {
				return "", err
			}
			if more.Len() > tags.MaxText {
				return "", grid.ErrTooBig
			}
			if text == "" && more.Len() == 0 {
				text = s
			} else {
				more.WriteString(s)
			}
		}
		inText = t.Is("t") && !t.Empty
		switch {
		case t.Ends("rPh"):
			phonetic = false
		case t.Is("rPh"):
			phonetic = true
		case t.Ends(end):
			return unescape(text + more.String()), nil
		}
	}
}
