package review

import (
	"fmt"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/review"
)

// blindItem is one thing that judges will see: a file of a work, or, when it holds a name, a title.
type blindItem struct {
	work judging.WorkID
	code judging.WorkCode
	name string // the work's title
	n    int    // of the file, from 1; 0 is the title
	file review.BlindFileState
}

func (i blindItem) key() string { return fmt.Sprintf("%s/%d", i.work, i.n) }

// The states of an item, keys of the filter.
const (
	blindOpen  = "open"
	blindSeen  = "seen"
	blindReady = "ready"
)

func (i blindItem) state() string {
	switch {
	case i.file.Open():
		return blindOpen
	case i.file.Looked:
		return blindSeen
	}
	return blindReady
}

// blindItems lists what a report contains, in its order.
func blindItems(list []review.BlindState) []blindItem {
	var out []blindItem
	for _, s := range list {
		if len(s.TitleNames) > 0 {
			out = append(out, blindItem{
				s.Work, s.Code, s.Title, 0,
				review.BlindFileState{
					Names: s.TitleNames, Needs: []review.Need{review.NeedNames}, Looked: s.TitleLooked,
				},
			})
		}
		for _, f := range s.Files {
			out = append(out, blindItem{s.Work, s.Code, s.Title, f.N, f})
		}
	}
	return out
}

// blindRows returns the items that f lets through.
func blindRows(all []blindItem, f kit.Filter) []blindItem {
	out := []blindItem{}
	for _, i := range all {
		if (f.Quick == "" || f.Quick == i.state()) && f.Finds(string(i.code), i.name) {
			out = append(out, i)
		}
	}
	return out
}

// blindQuicks counts the items by state.
func blindQuicks(t kit.Texter, all []blindItem) []filter.Quick {
	out := []filter.Quick{{Title: t.T("blind.quick_all", nil), Count: len(all)}}
	for _, s := range []struct {
		key  string
		tone look.Tone
	}{{blindOpen, look.Waiting}, {blindSeen, look.Done}, {blindReady, look.Done}} {
		if n := len(blindRows(all, kit.Filter{Quick: s.key})); n > 0 {
			out = append(out, filter.Quick{Key: s.key, Title: t.T("blind.quick_"+s.key, nil), Count: n, Tone: s.tone})
		}
	}
	return out
}

// nextOpen returns the first open item after the one of key, going round; ok is false when none is open.
func nextOpen(rows []blindItem, key string) (next blindItem, ok bool) {
	from := 0
	for at, i := range rows {
		if i.key() == key {
			from = at + 1
		}
	}
	for at := range rows {
		if i := rows[(from+at)%len(rows)]; i.state() == blindOpen && i.key() != key {
			return i, true
		}
	}
	return blindItem{}, false
}

func blindColumns(t kit.Texter) []table.Column[blindItem] {
	state := table.TextColumn[blindItem](t.T("blind.col_state", nil), 4, 0, nil)
	state.Cell = func(i blindItem) table.Cell {
		tone := look.Done
		if i.state() == blindOpen {
			tone = look.Waiting
		}
		return table.Cell{
			Text: t.T(
				"blind.state_"+
					map[string]string{blindOpen: "open", blindSeen: "looked", blindReady: "ready"}[i.state()],
				nil,
			),
			Tone: tone,
		}
	}
	return []table.Column[blindItem]{
		table.TextColumn(t.T("blind.col_code", nil), 5, 0, func(i blindItem) string { return string(i.code) }),
		table.TextColumn(t.T("blind.col_title", nil), 5, 2, func(i blindItem) string { return i.name }),
		table.TextColumn(t.T("blind.col_what", nil), 5, 0, func(i blindItem) string { return i.what(t) }),
		state,
	}
}

// what names the item: its title or a file and its kind.
func (i blindItem) what(t kit.Texter) string {
	if i.n == 0 {
		return t.T("blind.in_title", nil)
	}
	return t.T("blind.file_n", judging.Args{"N": i.n, "Kind": t.T("blind.kind_"+i.file.Kind, nil)})
}

// inWords reports whether the item's words are shown with the names in them marked.
func (i blindItem) inWords() bool { return i.n > 0 && i.file.Kind == "text" }

// firstPage is the page to open first: the first with a name on it.
func (i blindItem) firstPage() int {
	if len(i.file.Names) > 0 {
		return i.file.Names[0].Page
	}
	return 0
}

// blindLines say what is known of an item: why to look, what was found, what was taken out.
func blindLines(t kit.Texter, i blindItem) (needs, names, removed string) {
	list := func(key string, words []string) string {
		if len(words) == 0 {
			return ""
		}
		return t.T(key, judging.Args{"List": strings.Join(words, t.T("kit.comma", nil))})
	}
	var why, found, out []string
	for _, n := range i.file.Needs {
		why = append(why, t.T("blind.need_"+string(n), nil))
	}
	const few = 3
	hits := i.file.Names
	if i.inWords() {
		hits = nil // they are marked where they stand
	}
	for at, h := range hits {
		if at == few {
			found = append(found, "…")
			break
		}
		found = append(found, "“"+h.Near+"”")
	}
	for _, r := range i.file.Removed {
		out = append(out, t.T("blind.trace_"+r, nil))
	}
	return list("blind.needs_line", why), list("blind.names_line", found), list("blind.removed_line", out)
}

// restLine shows what words stand in a file past those that are drawn, for whoever must decide; none once it is
// decided.
func restLine(t kit.Texter, i blindItem) string {
	const few = 12
	if len(i.file.Rest) == 0 || i.state() != blindOpen {
		return ""
	}
	list := strings.Join(i.file.Rest[:min(len(i.file.Rest), few)], " / ")
	if len(i.file.Rest) > few {
		list += " …"
	}
	return t.T("blind.rest_line", judging.Args{"List": list})
}
