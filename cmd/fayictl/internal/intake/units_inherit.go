package intake

import (
	"fmt"
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// unitsInherit takes the units of an earlier contest over.
func unitsInherit(cmd *command.Command) command.Handler {
	cmd.Use("units inherit CONTEST EARLIER", "units inherit 2020.fayi 2019.fayi --dry-run")
	var req correction.InheritRequest
	cmd.YesVar(&req.Overwrite, "overwrite", "flag.units_overwrite")
	same := cmd.Many("same", "UNIT", "flag.units_same")
	apart := cmd.Many("apart", "UNIT", "flag.units_apart")
	cmd.YesVar(&req.DryRun, "dry-run", "flag.dry_run")
	all := cmd.Yes("all", "flag.all_problems")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		req.Same, req.Apart = *same, *apart
		if sameFolder(args[0], args[1]) {
			return command.Result{}, judging.Fail(judging.Invalid, "units.inherit_self", nil)
		}
		return c.With(args[1], func(from *office.Office) (command.Result, error) {
			units := from.Units()
			req.From = &units
			r, err := o.Units().InheritUnits(c.Ctx, req)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) { printInherited(pr, r, req.DryRun, *all) })
		})
	})
}

// printInherited says what is left as it is and what somebody must say, besides what an import says.
func printInherited(pr *command.Printer, r correction.UnitsReport, dry, all bool) {
	var lines []string
	for _, row := range r.Rows {
		if row.As != "" {
			lines = append(lines, fmt.Sprintf("= %s → %s", row.Name, row.As))
		}
		for _, k := range row.Kept {
			lines = append(lines, "- "+row.Name+"  "+pr.Text.T("units.inherit_kept",
				judging.Args{"Field": k.Field, "Old": k.Old, "New": k.New}))
		}
		if row.Asks() {
			lines = append(lines, fmt.Sprintf("? %s = %s  %s", row.Name, row.Like,
				pr.Text.T("cli.units_inherit_asks", judging.Args{"Unit": row.Name})))
		}
	}
	pr.List(lines, all)
	printUnits(pr, r, dry, all)
}

func sameFolder(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}
