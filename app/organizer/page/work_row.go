package page

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// NoFiles is the state of works without an attachment, in the filter and in routes.
const NoFiles = "no_files"

// WorkRows returns the works that f lets through, in their order.
func WorkRows(all []judging.Work, f kit.Filter) []judging.Work {
	out := []judging.Work{}
	for _, w := range all {
		if inState(w, f.Quick) && Picked(f, "category", w.Category) && Picked(f, "group", w.Group) &&
			Picked(f, "unit", w.ShownUnit()) &&
			f.Finds(
				string(w.Code), w.Number, w.Title, strings.Join(w.Authors, "、"), w.Unit, w.Sender,
				strings.Join(w.Teachers, "、"),
			) {
			out = append(out, w)
		}
	}
	return out
}

// inState reports whether w is in the state of a quick filter: a status, NoFiles or "" for any.
func inState(w judging.Work, state string) bool {
	switch state {
	case "":
		return true
	case NoFiles:
		return len(w.Files) == 0
	}
	return string(w.Status) == state
}

// StatusWord names a status of works.
func StatusWord(t kit.Texter, s judging.WorkStatus) string {
	return t.T("work.status_"+string(s), nil)
}

// StatusTone is the tone in which a status is shown.
func StatusTone(s judging.WorkStatus) look.Tone {
	switch s {
	case judging.Accepted:
		return look.Done
	case judging.Returned:
		return look.Waiting
	}
	return look.Problem
}

// WorkOptions lists the values that a property has among all works, for a choice: each once, sorted.
func WorkOptions(all []judging.Work, of func(judging.Work) string) []choice.Option {
	seen := map[string]bool{}
	for _, w := range all {
		if v := of(w); v != "" {
			seen[v] = true
		}
	}
	var out []choice.Option
	for _, v := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, choice.Option{Key: v, Title: v})
	}
	return out
}

// WorkColumns are the columns of the table of works.
func WorkColumns(t kit.Texter) []table.Column[judging.Work] {
	text := func(key string, least, weight float32, of func(judging.Work) string) table.Column[judging.Work] {
		return table.TextColumn(t.T(key, nil), least, weight, of)
	}
	return []table.Column[judging.Work]{
		text("app.col_code", 5, 0, func(w judging.Work) string { return string(w.Code) }),
		text("app.col_title", 10, 3, func(w judging.Work) string { return w.Title }),
		text("app.col_category", 4, 0.2, func(w judging.Work) string { return w.Category }),
		text("app.col_group", 3.5, 0.2, func(w judging.Work) string { return w.Group }),
		table.NameColumn(t.T("app.col_authors", nil), 4, 1, func(w judging.Work) string {
			return strings.Join(w.Authors, "、")
		}),
		text("app.col_unit", 7, 2, func(w judging.Work) string { return w.ShownUnit() }),
		{Title: t.T("app.col_files", nil), Min: 3, Number: true, Cell: filesCell,
			Compare: func(a, b judging.Work) int { return cmp.Compare(len(a.Files), len(b.Files)) }},
		{Title: t.T("app.col_status", nil), Min: 3.5, Weight: 0.2, Cell: func(w judging.Work) table.Cell {
			return table.Cell{Text: StatusWord(t, w.Status), Tone: StatusTone(w.Status)}
		}, Compare: func(a, b judging.Work) int { return cmp.Compare(a.Status, b.Status) }},
	}
}

func filesCell(w judging.Work) table.Cell {
	if len(w.Files) == 0 {
		return table.Cell{Text: "0", Tone: look.Waiting}
	}
	return table.Cell{Text: fmt.Sprint(len(w.Files))}
}

// Fact is one property of a thing with its name.
type Fact struct{ Name, Value string }

// WorkFacts lists what is known of w besides its title, empty properties left out.
func WorkFacts(t kit.Texter, w judging.Work) []Fact {
	var out []Fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, Fact{t.T(key, nil), value})
		}
	}
	add("app.col_code", string(w.Code))
	add("app.col_category", strings.TrimSpace(w.Category+" "+w.Group))
	add("app.col_authors", strings.Join(w.Authors, "、"))
	add("field.unit", w.Unit)
	if w.Sender != w.Unit {
		add("field.sender", w.Sender)
	}
	add("field.teacher", strings.Join(w.Teachers, "、"))
	add("field.contact", w.Contact)
	add("field.phone", w.Phone)
	add("field.email", w.Email)
	add("field.number", w.Number)
	add("field.intro", w.Intro)
	for _, k := range slices.Sorted(maps.Keys(w.More)) {
		name := t.T("field."+k, nil)
		if name == "field."+k {
			name = k
		}
		out = append(out, Fact{name, w.More[k]})
	}
	add("app.fact_reason", findingText(t, w.Finding()))
	add("app.fact_source", placeText(t, w.Source, ""))
	return out
}
