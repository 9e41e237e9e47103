package command

import (
	"fmt"
	"math"
	"strings"

	"fayi/judging"
)

// What is shown of a long list unless all of it is asked for.
const (
	mostProblems = 200 // lines of problems
	mostPlaces   = 3   // places of one and the same problem
	mostAlike    = 20  // lines of one kind of problem
	mostRanges   = 12  // ranges of rows in one line
)

// MostChanges is how many lines of changes, or of another list, are shown unless all of them are asked for.
const MostChanges = 20

// ShownProblems is how many lines of problems are shown.
func ShownProblems(all bool) int {
	if all {
		return math.MaxInt
	}
	return mostProblems
}

// complaint is one thing said of one or more rows of one column.
type complaint struct {
	judging.Place
	key, column, text string
	rows              []int
}

// Complain prints problems on stderr, at most so many lines: what is the same for many rows of a column is said once,
// and what is the same in many places, or of one kind, is counted behind the first few. Nothing but rows is folded
// where most has no bound.
func (pr *Printer) Complain(problems []judging.Problem, most int) {
	list := pr.gather(problems)
	places, kinds := map[string]int{}, map[string]int{}
	for _, p := range list {
		places[p.text]++
		kinds[p.key]++
	}
	at, of, shown := map[string]int{}, map[string]int{}, 0
	for i, p := range list {
		if shown == most {
			pr.Warn("cli.more_problems", judging.Args{"Count": len(list) - i})
			return
		}
		at[p.text]++
		folded := most < math.MaxInt && at[p.text] > mostPlaces && places[p.text] > mostPlaces+1
		if !folded {
			of[p.key]++
			folded = most < math.MaxInt && of[p.key] > mostAlike && kinds[p.key] > mostAlike+1
		}
		if !folded {
			shown++
			pr.Aside().Line("%s", strings.TrimPrefix(pr.where(p)+": "+p.text, ": "))
		}
		if n := places[p.text] - mostPlaces; folded && at[p.text] == places[p.text] && n > 1 {
			shown++
			pr.Warn("cli.same_problem", judging.Args{"Count": n, "Text": p.text})
		}
	}
	if most == math.MaxInt {
		return
	}
	for _, p := range list { // kinds of which more was left out than equal lines
		if n := kinds[p.key] - mostAlike; of[p.key] > mostAlike && n > 1 {
			of[p.key] = 0
			pr.Warn("cli.alike_problems", judging.Args{"Count": n, "Text": p.text})
		}
	}
}

func (pr *Printer) gather(problems []judging.Problem) []complaint {
	var out []complaint
	at := map[string]int{}
	for _, p := range problems {
		text := pr.Text.T(p.Text, p.Args)
		key := strings.Join([]string{p.File, p.Sheet, p.Column, text}, "\x1f")
		i, again := at[key]
		if !again {
			i = len(out)
			at[key] = i
			out = append(out, complaint{Place: p.Place, key: p.Text, column: p.Column, text: text})
		}
		if p.Row > 0 {
			out[i].rows = append(out[i].rows, p.Row)
		}
	}
	return out
}

// List prints lines, the first few of many unless all are asked for.
func (pr *Printer) List(lines []string, all bool) {
	show := func(i int) { pr.Line("%s", lines[i]) }
	if !all {
		pr.Some(len(lines), "cli.more_lines", show)
		return
	}
	for i := range lines {
		show(i)
	}
}

// Some has the first few of n things shown, and says by the text more how many are left and where they are. One thing
// left is shown instead.
func (pr *Printer) Some(n int, more string, show func(i int)) {
	for i := range n {
		if i == MostChanges && n > MostChanges+1 {
			pr.Say(more, judging.Args{"Count": n - i})
			return
		}
		show(i)
	}
}

// Where writes one place and a column of it as people read them; row 0 and column "" are left out.
func (pr *Printer) Where(at judging.Place, column string) string {
	c := complaint{Place: at, column: column}
	if at.Row > 0 {
		c.rows = []int{at.Row}
	}
	return pr.where(c)
}

// where writes a place as people read it: file, sheet, rows, column.
func (pr *Printer) where(p complaint) string {
	parts := []string{p.File}
	if p.Sheet != "" {
		parts = append(parts, pr.Text.T("cli.at_sheet", judging.Args{"Sheet": p.Sheet}))
	}
	if len(p.rows) > 0 {
		parts = append(parts, pr.Text.T("cli.at_row", judging.Args{"Row": ranges(p.rows)}))
	}
	if p.column != "" {
		parts = append(parts, pr.Text.T("cli.at_column", judging.Args{"Column": p.column}))
	}
	return strings.Join(parts, " ")
}

// ranges writes rising numbers shortly: 3, 5-9, 12. Of very many it gives the first and the count of all.
func ranges(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		end := i
		for end+1 < len(rows) && rows[end+1] == rows[end]+1 {
			end++
		}
		part := fmt.Sprint(rows[i])
		if end > i {
			part += "-" + fmt.Sprint(rows[end])
		}
		if parts = append(parts, part); len(parts) == mostRanges && end+2 < len(rows) {
			return strings.Join(parts, ", ") + fmt.Sprintf(" … (%d)", len(rows))
		}
		i = end + 1
	}
	return strings.Join(parts, ", ")
}
