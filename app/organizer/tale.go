package organizer

import (
	"encoding/json"
	"slices"
	"time"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// tale is what happened, read from the journal: one entry, or several of one kind in a row.
type tale struct {
	at    time.Time // of the last entry
	verb  string
	count int
	after json.RawMessage // of the last entry
}

// tales returns the last most tales, the newest first.
func tales(entries []judging.Entry, most int) []tale {
	var out []tale
	for _, e := range slices.Backward(entries) {
		if n := len(out); n > 0 && out[n-1].verb == e.Verb {
			out[n-1].count++
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, tale{e.At, e.Verb, 1, e.After})
	}
	return out
}

// words puts t into a sentence.
func (t tale) words(text kit.Texter) string {
	key, args := office.Tale(judging.Entry{Verb: t.verb, After: t.after}, t.count)
	if words := text.T(key, args); words != key {
		return words
	}
	return text.T("app.tale_other", nil) // of a contest that a newer program wrote
}
