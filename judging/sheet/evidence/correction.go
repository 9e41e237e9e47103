package evidence

import (
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
)

// Correct lays what is known beforehand over what was found.
func (t *Table) Correct(opts mapping.Options, first bool) {
	if known, ok := opts.Known[t.Signature]; ok {
		for _, c := range t.Cols {
			for _, k := range known.Columns {
				if k.Letter == c.Letter {
					c.say(k.Field)
				}
			}
		}
	}
	for _, fix := range opts.Fixed {
		if !fix.Concerns(t.Sheet, t.Signature) {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(fix.Columns)) {
			t.fix(key, fix.Columns[key], first && !fix.Maybe)
		}
	}
}

// fix gives field to the column called key. Letters stand above headers.
func (t *Table) fix(key string, f field.Field, first bool) {
	found := false
	for _, c := range t.Cols {
		if strings.EqualFold(key, c.Letter) {
			c.say(f)
			return
		}
	}
	for _, c := range t.Cols {
		labels := t.Heading.Labels[c.Index]
		if field.Fold(key) == field.Fold(c.Header) ||
			len(labels) > 0 && field.Fold(key) == field.Fold(labels[len(labels)-1]) {
			c.say(f)
			found = true
		}
	}
	if !found && first {
		t.Problem(t.Heading.Bottom, nil, false, "sheet.fixed_unused", judging.Args{"Header": key})
	}
}

func (c *Column) say(f field.Field) {
	c.Field, c.Confidence, c.asked = f, 1, true
	c.Meaning.Role = field.RoleOf(f)
}
