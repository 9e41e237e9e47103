package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/problems"
)

// problemsCommands are the commands of the noun problems.
var problemsCommands = []declaration{problemsList, problemsFix, problemsDismiss, problemsExport, problemsReturn}

func problemsList(cmd *command) handler {
	cmd.use("problems list CONTEST", "problems list 2020.fayi --unit 示例县第一小学")
	var f problems.Filter
	cmd.strVar(&f.ID, "problem", "P", "flag.problem")
	cmd.strVar(&f.Unit, "unit", "UNIT", "flag.problem_unit")
	cmd.yesVar(&f.Dismissed, "dismissed", "flag.problem_dismissed")
	rows := cmd.num("rows", "N", "flag.problem_rows", 20)
	units := cmd.yes("units", "flag.problem_units")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *units {
			return unitsWithProblems(c, o)
		}
		f.Rows = max(*rows, 0)
		all, err := o.Problems().ListProblems(c.ctx, f)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			if len(all) == 0 {
				pr.say("cli.no_problem", nil)
			}
			for _, p := range all {
				printProblem(pr, p)
			}
		})
	})
}

// unitsWithProblems lists to whom rows are to be sent back.
func unitsWithProblems(c *call, o *office.Office) (result, error) {
	units, err := o.Problems().UnitsWithProblems(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(units, func(pr *printer) {
		rows := [][]string{pr.head("unit", "rows")}
		for _, u := range slices.Sorted(maps.Keys(units)) {
			rows = append(rows, []string{harmless(u), fmt.Sprint(units[u])})
		}
		pr.table(rows)
	})
}

func printProblem(pr *printer, p problems.Problem) {
	fmt.Fprintf(pr.out, "%s  ×%d  %s\n", p.ID, p.Count, harmless(pr.text.T(p.Text, p.Args)))
	for _, r := range p.Rows {
		var cells []string
		for _, c := range r.Cells {
			text := c.Text
			if c.Column == r.Bad {
				text = "【" + text + "】"
			}
			cells = append(cells, harmless(text))
		}
		place := complaint{Place: r.Place, column: r.Bad}
		if r.Row > 0 {
			place.rows = []int{r.Row}
		}
		fmt.Fprintf(pr.out, "    %s  %s: %s\n", r.ID, harmless(pr.where(place)), strings.Join(cells, " | "))
		if r.Dismissed != "" {
			pr.say("cli.problem_dismissed", judging.Args{"Reason": harmless(r.Dismissed)})
		}
	}
	if more := p.Count - len(p.Rows); more > 0 {
		pr.say("cli.problem_more", judging.Args{"N": more})
	}
}

func problemsFix(cmd *command) handler {
	cmd.use("problems fix CONTEST", "problems fix 2020.fayi --problem p1a2b3c4 --value 书法")
	var m problems.Fixing
	cmd.strVar(&m.Problem, "problem", "P", "flag.problem")
	rows := cmd.many("row", "ROW", "flag.problem_row")
	cmd.strVar(&m.Field, "field", "FIELD", "flag.problem_field")
	cmd.strVar(&m.Column, "column", "C", "flag.problem_column")
	value := cmd.given("value", "VALUE", "flag.problem_value")
	cmd.yesVar(&m.DryRun, "dry-run", "flag.dry_run")
	cmd.limit(atLeastOne, "problem", "row")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		m.Rows, m.Value = *rows, *value
		r, err := o.Problems().FixRows(c.ctx, m)
		return fixedRows(r, err, m.DryRun)
	})
}

// fixedRows reports what became of fixed rows.
func fixedRows(r problems.Report, err error, dry bool) (result, error) {
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		list := r.Unread
		for _, row := range r.Rows {
			list = append(list, row.Problems...)
			for _, ch := range row.Changes {
				fmt.Fprintf(pr.out, "~ %s  %s: %s → %s\n", row.Work, fieldName(pr, ch.Field), ch.Old, ch.New)
			}
		}
		pr.complain(list, 200)
		key := "cli.mended"
		if dry {
			key = "cli.would_mend"
		}
		pr.say(key, judging.Args{"Came": r.Came, "Changed": r.Change, "Still": r.Still, "Same": r.Same,
			"Intake": string(r.Intake)})
	})
}

func problemsDismiss(cmd *command) handler {
	cmd.use("problems dismiss CONTEST", "problems dismiss 2020.fayi --problem p1a2b3c4 --reason 不参赛")
	problem := cmd.str("problem", "P", "flag.problem")
	rows := cmd.many("row", "ROW", "flag.problem_row")
	reason := cmd.given("reason", "REASON", "flag.problem_reason")
	cmd.limit(atLeastOne, "problem", "row")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Problems().DismissRows(c.ctx, *problem, *rows, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]int{"rows": n}, func(pr *printer) {
			pr.say("cli.problem_rows_let_be", judging.Args{"N": n})
		})
	})
}

func problemsExport(cmd *command) handler {
	cmd.use("problems export CONTEST", "problems export 2020.fayi --unit 示例县第一小学 --out 请更正.xlsx")
	out := cmd.must("out", "FILE.xlsx", "flag.out")
	unit := cmd.str("unit", "UNIT", "flag.problem_unit")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Problems().ExportProblems(c.ctx, *out, *unit, c.text.T)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"rows": n, "path": *out}, func(pr *printer) {
			pr.say("cli.problems_exported", judging.Args{"N": n, "Path": *out})
		})
	})
}

func problemsReturn(cmd *command) handler {
	cmd.use("problems return CONTEST FILE", "problems return 2020.fayi 请更正.xlsx")
	dry := cmd.yes("dry-run", "flag.dry_run")
	return func(c *call, args []string) (result, error) {
		return c.with(args[0], func(o *office.Office) (result, error) {
			r, err := o.Problems().ReturnList(c.ctx, args[1], filepath.Base(args[1]), *dry)
			return fixedRows(r, err, *dry)
		})
	}
}
