package duplicates

import (
	"cmp"
	"fmt"

	"fayi/app/kit"
	"fayi/app/kit/filter"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// openPairs is the state of pairs that nobody decided on, in the filter.
const openPairs = "open"

// duplicateRows returns the pairs that f lets through, in their order.
func duplicateRows(all []judging.Duplicate, f kit.Filter) []judging.Duplicate {
	out := []judging.Duplicate{}
	for _, d := range all {
		if pairInState(d, f.Quick) && f.Finds(d.Titles[0], d.Titles[1], d.Authors[0], d.Authors[1], d.From) {
			out = append(out, d)
		}
	}
	return out
}

// pairInState reports whether d is in the state of a quick filter: openPairs, a reason or "" for any.
func pairInState(d judging.Duplicate, state string) bool {
	switch state {
	case "":
		return true
	case openPairs:
		return d.Verdict.Verdict == ""
	}
	return string(d.Reason) == state
}

// duplicateQuicks counts pairs by what is to be done and by reason; a state without pairs is left out.
func duplicateQuicks(t kit.Texter, all []judging.Duplicate) []filter.Quick {
	out := []filter.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	add := func(state, title string, tone look.Tone) {
		if n := len(duplicateRows(all, kit.Filter{Quick: state})); n > 0 {
			out = append(out, filter.Quick{Key: state, Title: title, Count: n, Tone: tone})
		}
	}
	add(openPairs, t.T("duplicates.open", nil), look.Waiting)
	for _, r := range []judging.DuplicateReason{
		judging.SameBytes, judging.SimilarPicture, judging.SimilarText, judging.SimilarTitle,
	} {
		add(string(r), t.T("duplicates."+string(r), nil), look.Plain)
	}
	return out
}

// nextPair returns the ID of the pair after the one called id, before it when it is the last, "" when there is no
// other.
func nextPair(rows []judging.Duplicate, id string) string {
	for i, d := range rows {
		if d.ID() != id {
			continue
		}
		switch {
		case i+1 < len(rows):
			return rows[i+1].ID()
		case i > 0:
			return rows[i-1].ID()
		}
	}
	return ""
}

func verdictTone(v judging.DuplicateVerdict) look.Tone {
	switch v {
	case "":
		return look.Waiting
	case judging.VerdictCopied:
		return look.Problem
	}
	return look.Done
}

func verdictWord(t kit.Texter, v judging.DuplicateVerdict) string {
	if v == "" {
		return t.T("duplicates.open", nil)
	}
	return t.T("duplicates.verdict_"+string(v), nil)
}

// likenessWord is how alike a pair is, or that nothing differs.
func likenessWord(d judging.Duplicate) string {
	return fmt.Sprintf("%.0f%%", 100*d.Similarity)
}

func duplicateColumns(t kit.Texter) []table.Column[judging.Duplicate] {
	return []table.Column[judging.Duplicate]{
		table.TextColumn(t.T("duplicates.col_pair", nil), 8, 1, func(d judging.Duplicate) string {
			return d.Titles[0] + "  /  " + d.Titles[1]
		}),
		{
			Title: t.T("cli.col_likeness", nil), Min: 3.2, Number: true,
			Cell:    func(d judging.Duplicate) table.Cell { return table.Cell{Text: likenessWord(d)} },
			Compare: func(a, b judging.Duplicate) int { return cmp.Compare(a.Similarity, b.Similarity) },
		},
		{Title: t.T("cli.col_decision", nil), Min: 6.5, Cell: func(d judging.Duplicate) table.Cell {
			return table.Cell{Text: verdictWord(t, d.Verdict.Verdict), Tone: verdictTone(d.Verdict.Verdict)}
		}, Compare: func(a, b judging.Duplicate) int { return cmp.Compare(a.Verdict.Verdict, b.Verdict.Verdict) }},
	}
}
