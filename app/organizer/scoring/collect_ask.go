package scoring

import (
	"fmt"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/collecting"
)

// collectCount is a collection in numbers.
type collectCount struct{ files, refused, first, changed, lower, clashes, missing, incomplete, problems int }

func collectSum(got collecting.Collected) (n collectCount) {
	for _, r := range got.Files {
		n.files++
		if r.Err != nil {
			n.refused++
			continue
		}
		for _, c := range r.Changed {
			switch {
			case c.First:
				n.first++
			case c.Lower:
				n.lower++
				n.changed++
			default:
				n.changed++
			}
		}
		n.clashes, n.missing = n.clashes+len(r.Clashes), n.missing+len(r.Missing)
		n.incomplete, n.problems = n.incomplete+len(r.Incomplete), n.problems+len(r.Problems)
	}
	return n
}

func (n collectCount) args() judging.Args {
	return judging.Args{"Files": n.files, "Refused": n.refused, "First": n.first, "Changed": n.changed,
		"Lower": n.lower, "Clashes": n.clashes,
		"Missing": n.missing, "Incomplete": n.incomplete, "Problems": n.problems}
}

// changeRow is one score that would change, old and new.
type changeRow struct {
	key, judge, work, old, new, note string
	tone                             look.Tone
}

// changeRows lists what contradicts the score that holds first, then what changes it; scores where there was none are
// only counted.
func changeRows(t kit.Texter, got collecting.Collected) []changeRow {
	var asked, changed []changeRow
	for i, r := range got.Files {
		for _, c := range r.Clashes {
			asked = append(asked, changeRow{
				key: fmt.Sprint(i, c.Code, "?"), judge: r.Name, work: string(c.Code), old: scoreWord(t, c.Contest),
				new: scoreWord(t, c.Packet), note: t.T("collect.note_clash", nil), tone: look.Waiting,
			})
		}
		for _, c := range r.Changed {
			if c.First {
				continue
			}
			row := changeRow{key: fmt.Sprint(i, c.Code), judge: r.Name, work: string(c.Code),
				old: judging.Exact(c.Old).String(), new: judging.Exact(c.New).String()}
			if c.Lower {
				row.note, row.tone = t.T("collect.note_lower", nil), look.Waiting
			}
			changed = append(changed, row)
		}
	}
	return append(asked, changed...)
}

// scoreWord is a score as people read it: its total, or its state where it has none.
func scoreWord(t kit.Texter, v judging.ScoreVersion) string {
	if v.State == judging.Scored || v.State == judging.Started {
		return judging.Exact(v.Total).String()
	}
	return t.T("ballot.state_"+string(v.State), nil)
}

func changeColumns(t kit.Texter) []table.Column[changeRow] {
	return []table.Column[changeRow]{
		table.TextColumn(t.T("collect.col_judge", nil), 6, 1, func(r changeRow) string { return r.judge }),
		table.TextColumn(t.T("collect.col_work", nil), 8, 1, func(r changeRow) string { return r.work }),
		table.TextColumn(t.T("collect.col_old", nil), 5, 1, func(r changeRow) string { return r.old }),
		table.TextColumn(t.T("collect.col_new", nil), 5, 1, func(r changeRow) string { return r.new }),
		{Title: t.T("collect.col_note", nil), Min: 8, Cell: func(r changeRow) table.Cell {
			return table.Cell{Text: r.note, Tone: r.tone}
		}},
	}
}
