package results

import (
	"fmt"
	"math"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/results"
)

// severityScale is as wide at both sides of 0 as the most lenient or severe judge needs.
func severityScale(t kit.Texter, rows []results.JudgeReport) chart.Scale {
	most := 1.0
	for _, r := range rows {
		most = max(most, math.Abs(r.Severity)+r.SE)
	}
	most = math.Ceil(most)
	return chart.Scale{Low: -most, High: most, Lines: []chart.ScaleLine{{At: 0, Text: "0"},
		{At: -most, Text: t.T("fair.severe", nil) + fmt.Sprintf(" −%.0f", most)},
		{At: most, Text: t.T("fair.lenient", nil) + fmt.Sprintf(" +%.0f", most)}}}
}

// severitySpan is the severity as a dot with its standard error to both sides; a hollow dot can't be distinguished
// from 0.
func severitySpan(r results.JudgeReport) chart.Span {
	s := chart.Span{Drawn: r.N > 0, Low: r.Severity - r.SE, At: r.Severity, High: r.Severity + r.SE, Tone: look.Info}
	if math.Abs(r.Severity) <= r.SE {
		s.Open = true
	}
	if len(r.Hints) > 0 {
		s.Tone = look.Waiting
	}
	return s
}

func severityColumns(t kit.Texter) []table.Column[results.JudgeReport] {
	type row = results.JudgeReport
	number := func(key string, least float32, of func(row) string) table.Column[row] {
		return table.Column[row]{
			Title: t.T(key, nil), Min: least, Number: true,
			Cell: func(r row) table.Cell { return table.Cell{Text: of(r)} },
		}
	}
	return []table.Column[row]{
		table.TextColumn(t.T("app.col_judge", nil), 4.5, 0, func(r row) string { return r.Name }),
		{Title: "", Min: 12, Weight: 3},
		{
			Title: t.T("fair.col_severity", nil), Min: 9.5,
			Cell: func(r row) table.Cell { return severityCell(t, r.Severity, r.SE) },
		},
		number("app.col_scores", 3.5, func(r row) string { return fmt.Sprint(r.N) }),
		number("fair.col_mean", 4, func(r row) string { return judging.Decimal(r.Mean, 1) }),
		{Title: t.T("fair.col_spread", nil), Min: 6, Cell: func(r row) table.Cell { return spreadCell(t, r) }},
		{
			Title: t.T("fair.col_reliability", nil),
			Min:   5,
			Cell:  func(r row) table.Cell { return reliabilityCell(t, r) },
		},
		{Title: t.T("fair.col_look", nil), Min: 6, Weight: 2, Cell: func(r row) table.Cell { return tagCell(t, r) }},
	}
}

// spreadCell says how far a judge sets works apart: 1.0 as the typical one.
func spreadCell(t kit.Texter, r results.JudgeReport) table.Cell {
	word := "fair.spread_usual"
	switch {
	case r.Scale < 0.5:
		word = "fair.spread_small"
	case r.Scale > 1.5:
		word = "fair.spread_large"
	}
	return table.Cell{Text: t.T(word, nil) + " " + judging.Decimal(r.Scale, 1)}
}

func reliabilityCell(t kit.Texter, r results.JudgeReport) table.Cell {
	word := "fair.rely_fair"
	switch {
	case r.Reliability >= 0.7:
		word = "fair.rely_high"
	case r.Reliability < 0.4:
		word = "fair.rely_low"
	}
	return table.Cell{Text: t.T(word, nil) + " " + judging.Decimal(r.Reliability, 2)}
}

// tagCell names the hints in a word each.
func tagCell(t kit.Texter, r results.JudgeReport) table.Cell {
	var tags []string
	for _, h := range r.Hints {
		tags = append(tags, hintTag(t, h))
	}
	if n := len(r.Odd); n > 0 {
		tags = append(tags, t.T("fair.tag_odd", judging.Args{"N": n}))
	}
	if len(tags) == 0 {
		return table.Cell{Text: t.T("fair.look_ok", nil), Tone: look.Quiet}
	}
	return table.Cell{Text: strings.Join(tags, t.T("kit.comma", nil)), Tone: look.Waiting}
}

// hintTag is the word for a hint's key.
func hintTag(t kit.Texter, hint string) string {
	return t.T("fair.tag_"+strings.TrimPrefix(hint, "analysis.hint_"), nil)
}

// lookLines lists what is worth a look, with the work of each line, "" for lines about no single work.
func lookLines(
	t kit.Texter, rows []results.JudgeReport, all map[judging.WorkID]judging.Work,
) (lines []table.ProblemLine, works []judging.WorkID) {
	add := func(kind, place, text string, work judging.WorkID) {
		lines = append(lines, table.ProblemLine{Kind: t.T(kind, nil), Place: place, Text: text, Tone: look.Waiting})
		works = append(works, work)
	}
	for _, r := range rows {
		for _, h := range r.Hints {
			add("fair.look_judge", r.Name, t.T("fair.say_"+strings.TrimPrefix(h, "analysis.hint_"), nil), "")
		}
	}
	for _, r := range rows {
		switch way, points := r.Slid(); way {
		case -1:
			add("fair.look_judge", r.Name, t.T("fair.slid_stricter", judging.Args{
				"Points": judging.Decimal(points, 1)}), "")
		case 1:
			add("fair.look_judge", r.Name, t.T("fair.slid_milder", judging.Args{
				"Points": judging.Decimal(points, 1)}), "")
		}
	}
	for _, r := range rows {
		for _, o := range r.Odd {
			add(
				"fair.look_odd", r.Name,
				t.T(upDown("fair.odd_", o.Z), judging.Args{
					"Code": string(all[o.Work].Code), "Total": judging.Exact(o.Total).String(),
				}),
				o.Work,
			)
		}
	}
	return lines, works
}

// upDown completes a key by the sign of v.
func upDown(key string, v float64) string {
	if v < 0 {
		return key + "low"
	}
	return key + "high"
}
