package results

import (
	"cmp"
	"fmt"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/filter"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
)

// resultRow is one work with its place and award.
type resultRow struct {
	judging.Placing
	code    judging.WorkCode
	title   string
	authors string
	unit    string
	award   string
	at      int // place in the whole list
}

// list names the list in which the work is placed: category and group.
func (r resultRow) list() string { return strings.TrimSpace(r.Category + " " + r.Group) }

// resultRows joins places with works and awards, in the order of the places.
func resultRows(placings []judging.Placing, works []judging.Work, decisions []award.Decision) []resultRow {
	byID := make(map[judging.WorkID]judging.Work, len(works))
	for _, w := range works {
		byID[w.ID] = w
	}
	award := map[judging.WorkID]string{}
	for _, d := range decisions {
		for _, g := range d.Grants {
			award[g.Work] = g.Award
		}
	}
	out := make([]resultRow, len(placings))
	for i, p := range placings {
		w := byID[p.Work]
		out[i] = resultRow{p, w.Code, w.Title, strings.Join(w.Authors, "、"), w.Unit, award[p.Work], i}
	}
	return out
}

// The states that the filter of results offers.
const (
	stateAwarded  = "awarded"
	stateTied     = "tied"
	stateUnscored = "unscored"
)

func (r resultRow) in(state string) bool {
	switch state {
	case stateAwarded:
		return r.award != ""
	case stateTied:
		return r.Tied
	case stateUnscored:
		return r.Scores == 0
	}
	return true
}

// filterResults returns the rows that f lets through.
func filterResults(all []resultRow, f kit.Filter) []resultRow {
	out := []resultRow{}
	for _, r := range all {
		if r.in(f.Quick) && page.Picked(f, "list", r.list()) && page.Picked(f, "award", r.award) &&
			f.Finds(string(r.code), r.title, r.authors, r.unit) {
			out = append(out, r)
		}
	}
	return out
}

// resultQuicks counts rows by state; a state nothing is in is left out.
func resultQuicks(t kit.Texter, all []resultRow) []filter.Quick {
	out := []filter.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	for _, s := range []filter.Quick{
		{Key: stateAwarded, Tone: look.Done}, {Key: stateTied, Tone: look.Waiting},
		{Key: stateUnscored, Tone: look.Problem},
	} {
		if s.Count = len(filterResults(all, kit.Filter{Quick: s.Key})); s.Count > 0 {
			s.Title = t.T("app.result_"+s.Key, nil)
			out = append(out, s)
		}
	}
	return out
}

// listOptions are the lists in their order, awardOptions the awards in the order in which they occur.
func listOptions(all []resultRow) []choice.Option { return optionsOf(all, resultRow.list) }

func awardOptions(all []resultRow) []choice.Option {
	return optionsOf(all, func(r resultRow) string { return r.award })
}

func optionsOf(all []resultRow, of func(resultRow) string) []choice.Option {
	var out []choice.Option
	seen := map[string]bool{"": true}
	for _, r := range all {
		if v := of(r); !seen[v] {
			seen[v] = true
			out = append(out, choice.Option{Key: v, Title: v})
		}
	}
	return out
}

func resultColumns(t kit.Texter) []table.Column[resultRow] {
	text := func(key string, least, weight float32, of func(resultRow) string) table.Column[resultRow] {
		return table.TextColumn(t.T(key, nil), least, weight, of)
	}
	number := func(
		key string, least float32, of func(resultRow) float64, show func(resultRow) table.Cell,
	) table.Column[resultRow] {
		return table.Column[resultRow]{
			Title: t.T(key, nil), Min: least, Number: true, Cell: show,
			Compare: func(a, b resultRow) int { return cmp.Compare(of(a), of(b)) },
		}
	}
	list := text("app.result_list", 9, 1, resultRow.list)
	list.Compare = func(a, b resultRow) int { return cmp.Compare(a.at, b.at) }
	return []table.Column[resultRow]{
		list,
		number(
			"app.col_place", 3, func(r resultRow) float64 { return float64(r.Place) },
			func(r resultRow) table.Cell { return placeCell(t, r) },
		),
		{
			Title: t.T("app.col_award", nil), Min: 4,
			Cell: func(r resultRow) table.Cell { return table.Cell{Text: r.award, Tone: look.Done} },
		},
		number("app.col_official", 4, func(r resultRow) float64 { return r.Official }, officialCell),
		text("app.col_code", 5, 0, func(r resultRow) string { return string(r.code) }),
		text("app.col_title", 8, 3, func(r resultRow) string { return r.title }),
		table.NameColumn(t.T("app.col_authors", nil), 4, 1, func(r resultRow) string { return r.authors }),
		text("app.col_unit", 5, 2, func(r resultRow) string { return r.unit }),
		number("app.col_scores", 4, func(
			r resultRow,
		) float64 {
			return float64(r.Scores)
		}, func(r resultRow) table.Cell {
			return table.Cell{Text: fmt.Sprint(r.Scores)}
		}),
		number("app.col_range", 3, func(r resultRow) float64 { return r.Range }, func(r resultRow) table.Cell {
			return table.Cell{Text: judging.Exact(r.Range).String()}
		}),
	}
}

// placeCell marks a tie that the rules could not part.
func placeCell(t kit.Texter, r resultRow) table.Cell {
	switch {
	case r.Place == 0:
		return table.Cell{Text: "—", Tone: look.Quiet}
	case r.Tied:
		return table.Cell{Text: t.T("app.tied", judging.Args{"Place": r.Place}), Tone: look.Waiting}
	}
	return table.Cell{Text: fmt.Sprint(r.Place)}
}

func officialCell(r resultRow) table.Cell {
	if r.Scores == 0 {
		return table.Cell{Text: "—", Tone: look.Quiet}
	}
	return table.Cell{Text: judging.Decimal(r.Official, 2)}
}

// standText says how final the places are.
func standText(t kit.Texter, s office.Summary) string {
	if s.Finished && s.Missing > 0 {
		return t.T("progress.stand_closed", judging.Args{"N": s.Missing})
	}
	if s.Finished {
		return t.T("app.stand_final", nil)
	}
	total := 0
	if s.Plan != nil {
		total = s.Plan.Pairs
	}
	return t.T("app.stand_open", judging.Args{"Done": s.Scored, "Total": total})
}

// mostNotes is how many notes of all lists stand below the table at once.
const mostNotes = 3

// decisionNotes says what is to be known about the decisions of a list (“”: all lists): empty places, shared ones.
func decisionNotes(t kit.Texter, all []award.Decision, list string) []string {
	var out []string
	for _, d := range all {
		name := strings.TrimSpace(d.Category + " " + d.Group)
		if list != "" && list != name {
			continue
		}
		for _, n := range d.Notes {
			out = append(out, t.T(n.Why, n.Args(name)))
		}
	}
	if list == "" && len(out) > mostNotes {
		out = append(out[:mostNotes], t.T("app.notes_more", judging.Args{"N": len(out) - mostNotes}))
	}
	return out
}
