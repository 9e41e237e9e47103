package table

import (
	"maps"
	"slices"
	"strings"

	"fayi/judging"
)

// Correction is what a user says about sheets: it stands above all evidence.
type Correction struct {
	Sheet     string // only the sheet of this name; "": any
	Signature string // only sheets with these headers; "": any
	// the last row of the header; 0: found by evidence; -1: there is none, columns go by their letters
	HeaderRow int
	Columns   map[string]Field // by column letters ("C") or header; FieldLeave leaves a column out
}

func (c Correction) concerns(t *table) bool {
	return (c.Sheet == "" || c.Sheet == t.Sheet) && (c.Signature == "" || c.Signature == t.Signature)
}

// correct lays what is known beforehand over what was found.
func (t *table) correct(opts ReadOptions, first bool) {
	if known, ok := opts.Known[t.Signature]; ok {
		for _, c := range t.cols {
			for _, k := range known.Columns {
				if k.Letter == c.Letter {
					c.say(k.Field)
				}
			}
		}
	}
	for _, fix := range opts.Fixed {
		if !fix.concerns(t) {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(fix.Columns)) {
			t.fix(key, fix.Columns[key], first)
		}
	}
}

// fix gives field to the column called key. Letters stand above headers.
func (t *table) fix(key string, field Field, first bool) {
	found := false
	for _, c := range t.cols {
		if strings.EqualFold(key, c.Letter) {
			c.say(field)
			return
		}
	}
	for _, c := range t.cols {
		labels := t.heading.labels[c.Index]
		if foldHeader(key) == foldHeader(c.Header) ||
			len(labels) > 0 && foldHeader(key) == foldHeader(labels[len(labels)-1]) {
			c.say(field)
			found = true
		}
	}
	if !found && first {
		t.problem(t.heading.bottom, nil, false, "sheet.fixed_unused", judging.Args{"Header": key})
	}
}

func (c *column) say(field Field) {
	c.Field, c.Confidence, c.asked = field, 1, true
	c.meaning.role = roleOf(field)
}
