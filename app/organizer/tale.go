package organizer

import (
	"encoding/json"
	"slices"
	"time"

	"fayi/app/kit"
	"fayi/judging"
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

// words puts t into a sentence. A verb that has no sentence of its own is shown as it is.
func (t tale) words(text kit.Texter) string {
	var after struct {
		Tally  judging.RowTally `json:"tally"`
		Pairs  int              `json:"pairs"`
		Status string           `json:"status"`
	}
	// Some verbs keep lists or other shapes: what doesn't fit stays empty.
	_ = json.Unmarshal(t.after, &after)
	key := "app.tale_" + slug(t.verb)
	words := text.T(key, judging.Args{
		"Times": t.count, "Accepted": after.Tally.Accepted, "Changed": after.Tally.Changed, "Pairs": after.Pairs,
		"Status": text.T("work.status_"+after.Status, nil),
	})
	if words == key {
		return t.verb
	}
	return words
}

// slug turns a verb into the form that keys have: works.undo-import, works_undo_import.
func slug(verb string) string {
	out := []byte(verb)
	for i, c := range out {
		if c == '.' || c == '-' {
			out[i] = '_'
		}
	}
	return string(out)
}
