package intake

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/problems"
)

// ProblemsCommands are the commands of the noun problems.
var ProblemsCommands = []command.Declaration{problemsList, problemsFix, problemsDismiss, problemsExport, problemsReturn}

// mostLines is after how many lines problems are only counted: where each row has one of its own there are thousands.
const mostLines = 1000

func problemsList(cmd *command.Command) command.Handler {
	cmd.Use("problems list CONTEST", "problems list 2020.fayi --unit 示例县第一小学")
	var f problems.Filter
	cmd.StrVar(&f.ID, "problem", "P", "flag.problem")
	cmd.StrVar(&f.Unit, "unit", "UNIT", "flag.problem_unit")
	cmd.YesVar(&f.Dismissed, "dismissed", "flag.problem_dismissed")
	rows := cmd.Num("rows", "N", "flag.problem_rows", 20)
	units := cmd.Yes("units", "flag.problem_units")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *units {
			return unitsWithProblems(c, o)
		}
		f.Rows = max(*rows, 0)
		all, err := o.Problems().ListProblems(c.Ctx, f)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			if len(all) == 0 {
				pr.Say("cli.no_problem", nil)
			}
			lines := 0
			for i, p := range all {
				if lines += 1 + len(p.Rows); lines > mostLines && i > 0 {
					pr.Say("cli.more_problems", judging.Args{"Count": len(all) - i})
					break
				}
				printProblem(pr, p)
			}
		})
	})
}

// unitsWithProblems lists to whom rows are to be sent back.
func unitsWithProblems(c *command.Call, o *office.Office) (command.Result, error) {
	units, err := o.Problems().UnitsWithProblems(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(units, func(pr *command.Printer) {
		rows := [][]string{pr.Head("unit", "rows")}
		for _, u := range slices.Sorted(maps.Keys(units)) {
			rows = append(rows, []string{u, fmt.Sprint(units[u])})
		}
		pr.Table(rows)
	})
}

func printProblem(pr *command.Printer, p problems.Problem) {
	pr.Line("%s  ×%d  %s", p.ID, p.Count, pr.Text.T(p.Text, p.Args))
	for _, r := range p.Rows {
		var cells []string
		for _, c := range r.Cells {
			text := c.Text
			if c.Column == r.Bad {
				text = "【" + text + "】"
			}
			cells = append(cells, text)
		}
		pr.Line("    %s  %s: %s", r.ID, pr.Where(r.Place, r.Bad),
			strings.Join(cells, " | "))
		if r.Dismissed != "" {
			pr.Say("cli.problem_dismissed", judging.Args{"Reason": r.Dismissed})
		}
	}
	if more := p.Count - len(p.Rows); more > 0 {
		pr.Say("cli.problem_more", judging.Args{"N": more})
	}
}

func problemsFix(cmd *command.Command) command.Handler {
	cmd.Use("problems fix CONTEST", "problems fix 2020.fayi --problem p1a2b3c4 --value 书法")
	var m problems.Fixing
	cmd.StrVar(&m.Problem, "problem", "P", "flag.problem")
	rows := cmd.Many("row", "ROW", "flag.problem_row")
	cmd.StrVar(&m.Field, "field", "FIELD", "flag.problem_field")
	cmd.StrVar(&m.Column, "column", "C", "flag.problem_column")
	value := cmd.Given("value", "VALUE", "flag.problem_value")
	cmd.YesVar(&m.DryRun, "dry-run", "flag.dry_run")
	cmd.Limit(command.AtLeastOne, "problem", "row")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		m.Rows, m.Value = *rows, *value
		r, err := o.Problems().FixRows(c.Ctx, m)
		return fixedRows(r, err, m.DryRun)
	})
}

// fixedRows reports what became of fixed rows.
func fixedRows(r problems.Report, err error, dry bool) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		list := r.Unread
		for _, row := range r.Rows {
			list = append(list, row.Problems...)
			for _, ch := range row.Changes {
				pr.Line("~ %s  %s: %s → %s", row.Work, pr.FieldName(ch.Field), ch.Old, ch.New)
			}
		}
		pr.Complain(list, 200)
		key := "cli.mended"
		if dry {
			key = "cli.would_mend"
		}
		pr.Say(key, judging.Args{"Came": r.Came, "Changed": r.Change, "Still": r.Still, "Same": r.Same,
			"Intake": string(r.Intake)})
	})
}

func problemsDismiss(cmd *command.Command) command.Handler {
	cmd.Use("problems dismiss CONTEST", "problems dismiss 2020.fayi --problem p1a2b3c4 --reason 不参赛")
	problem := cmd.Str("problem", "P", "flag.problem")
	rows := cmd.Many("row", "ROW", "flag.problem_row")
	reason := cmd.Given("reason", "REASON", "flag.problem_reason")
	cmd.Limit(command.AtLeastOne, "problem", "row")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Problems().DismissRows(c.Ctx, *problem, *rows, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]int{"rows": n}, func(pr *command.Printer) {
			pr.Say("cli.problem_rows_let_be", judging.Args{"N": n})
		})
	})
}

func problemsExport(cmd *command.Command) command.Handler {
	cmd.Use("problems export CONTEST", "problems export 2020.fayi --unit 示例县第一小学 --out 请更正.xlsx")
	out := cmd.Must("out", "FILE.xlsx", "flag.out")
	unit := cmd.Str("unit", "UNIT", "flag.problem_unit")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Problems().ExportProblems(c.Ctx, *out, *unit, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"rows": n, "path": *out}, func(pr *command.Printer) {
			pr.Say("cli.problems_exported", judging.Args{"N": n, "Path": *out})
		})
	})
}

func problemsReturn(cmd *command.Command) command.Handler {
	cmd.Use("problems return CONTEST FILE", "problems return 2020.fayi 请更正.xlsx")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	return func(c *command.Call, args []string) (command.Result, error) {
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			r, err := o.Problems().ReturnList(c.Ctx, args[1], filepath.Base(args[1]), *dry)
			return fixedRows(r, err, *dry)
		})
	}
}
