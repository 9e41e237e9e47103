package scoring

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
	"fayi/judging/sheet/ledger"
)

// statusRows returns the judges that f lets through.
func statusRows(all []scoring.JudgeStatus, f kit.Filter) []scoring.JudgeStatus {
	out := []scoring.JudgeStatus{}
	for _, j := range all {
		if (f.Quick == "" || f.Quick == judgeStage(j)) && f.Finds(j.Call, string(j.Judge)) {
			out = append(out, j)
		}
	}
	return out
}

// judgeStage is how far a judge is: none, begun, full, submitted, or idle for one without works.
func judgeStage(j scoring.JudgeStatus) string {
	switch {
	case j.Total == 0:
		return "idle"
	case j.Submitted:
		return "submitted"
	case j.Done == j.Total:
		return "full"
	case j.Done+j.Skipped > 0:
		return "begun"
	}
	return "none"
}

var stageTones = map[string]look.Tone{
	"none": look.Quiet, "begun": look.Info, "full": look.Waiting, "submitted": look.Done, "idle": look.Quiet,
}

// judgeState says how far a judge is in a word, with what was skipped.
func judgeState(t kit.Texter, j scoring.JudgeStatus) (string, look.Tone) {
	stage := judgeStage(j)
	if j.Skipped > 0 {
		return t.T("app.judge_skipped", judging.Args{"N": j.Skipped}), look.Waiting
	}
	return t.T("app.judge_"+stage, nil), stageTones[stage]
}

// judgeQuicks counts judges by how far they are.
func judgeQuicks(t kit.Texter, all []scoring.JudgeStatus) []filter.Quick {
	out := []filter.Quick{{Title: t.T("kit.all", nil), Count: len(all)}}
	for _, stage := range []string{"none", "begun", "full", "submitted"} {
		if n := len(statusRows(all, kit.Filter{Quick: stage})); n > 0 {
			out = append(out, filter.Quick{
				Key: stage, Title: t.T("app.judge_"+stage, nil), Count: n, Tone: stageTones[stage],
			})
		}
	}
	return out
}

// collected is what one sheet brought, or why it was refused.
type collected struct {
	file   string
	report collecting.Report
	err    error
}

// collectLines says what is wrong with the sheets collected: refused ones first.
func collectLines(t kit.Texter, all []collected) []table.ProblemLine {
	var out []table.ProblemLine
	var problems []judging.Problem
	for _, c := range all {
		if c.err != nil {
			out = append(out, table.ProblemLine{
				Kind: t.T("app.collect_refused", nil), Place: c.file, Text: t.Err(c.err), Tone: look.Problem,
			})
		}
		problems = append(problems, c.report.Problems...)
	}
	return append(out, page.ProblemLines(t, problems)...)
}

// collectView shows what a collecting brought: a row for each sheet, then what is wrong.
func collectView(t kit.Shell, all []collected, closed func()) fyne.CanvasObject {
	list := table.New(func(c collected) string { return c.file }, collectColumns(t)...)
	list.SetRows(all)
	head := lay.Spread(
		look.NewStrong(collectText(t, all), look.Section, look.Plain),
		button.New(t.T("app.collect_close", nil), closed),
	)
	var sheets ledger.Accounts
	for _, c := range all {
		sheets = append(sheets, c.report.Sheets...)
	}
	top := lay.Stack(lay.Gap8, head)
	if line := page.AccountLine(t, "account.scores", sheets); line != "" {
		top.Add(look.NewPara(line, look.Body, look.Plain, 60).Fluid())
	}
	lines := collectLines(t, all)
	if len(lines) == 0 {
		return lay.Fill(top, list, nil)
	}
	faults := page.NewProblems(t, func() []table.ProblemLine { return lines })
	faults.SetLines(lines)
	return lay.Fill(top, page.NewHalves(list, faults), nil)
}

// collectText says how many sheets were taken, and how many refused.
func collectText(t kit.Texter, all []collected) string {
	refused := 0
	for _, c := range all {
		if c.err != nil {
			refused++
		}
	}
	if refused > 0 {
		return t.T("app.collect_some", judging.Args{"Taken": len(all) - refused, "Refused": refused})
	}
	return t.T("app.collect_result", judging.Args{"N": len(all)})
}

func collectColumns(t kit.Texter) []table.Column[collected] {
	number := func(key string, of func(collected) int) table.Column[collected] {
		return table.Column[collected]{
			Title: t.T(key, nil), Min: 5, Number: true,
			Cell: func(c collected) table.Cell { return table.Cell{Text: fmt.Sprint(of(c))} },
		}
	}
	return []table.Column[collected]{
		table.TextColumn(t.T("app.sheet_file", nil), 12, 3, func(c collected) string { return c.file }),
		number("app.collect_read", func(c collected) int { return c.report.Read }),
		number("app.collect_new", func(c collected) int { return changes(c, true) }),
		number("app.collect_changed", func(c collected) int { return changes(c, false) }),
		number("collect.clashes", func(c collected) int { return len(c.report.Clashes) }),
		number("collect.incomplete", func(c collected) int { return len(c.report.Incomplete) }),
		number("collect.missing", func(c collected) int { return len(c.report.Missing) }),
		number("app.collect_problems", func(c collected) int { return len(c.report.Problems) }),
		{Title: t.T("app.col_status", nil), Min: 5, Cell: func(c collected) table.Cell {
			if c.err != nil {
				return table.Cell{Text: t.T("app.collect_refused", nil), Tone: look.Problem}
			}
			if c.report.Blank {
				return table.Cell{Text: t.T("collect.blank", nil), Tone: look.Waiting}
			}
			return table.Cell{Text: t.T("app.collect_taken", nil), Tone: look.Done}
		}},
	}
}

// changes counts the scores a sheet brought for the first time, or changed.
func changes(c collected, first bool) int {
	n := 0
	for _, ch := range c.report.Changed {
		if ch.First == first {
			n++
		}
	}
	return n
}
