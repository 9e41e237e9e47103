package intake

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// unitsImport imports a list of units.
func unitsImport(cmd *command.Command) command.Handler {
	cmd.Use("units import CONTEST FILE", "units import 2020.fayi 单位.xlsx --dry-run")
	var req correction.UnitsRequest
	mapFile := cmd.Str("map", "FILE.toml", "flag.map")
	cmd.YesVar(&req.DryRun, "dry-run", "flag.dry_run")
	all := cmd.Yes("all", "flag.all_problems")
	return func(c *command.Call, args []string) (command.Result, error) {
		var err error
		if req.Columns, err = command.ReadMap(*mapFile); err != nil {
			return command.Result{}, err
		}
		req.Path = args[1]
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			r, err := o.Units().ImportUnits(c.Ctx, req)
			if err != nil {
				c.Notes().Complain(r.AllProblems(), command.ShownProblems(*all))
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) { printUnits(pr, r, req.DryRun, *all) })
		})
	}
}

func printUnits(pr *command.Printer, r correction.UnitsReport, dry, all bool) {
	pr.Complain(r.AllProblems(), command.ShownProblems(all))
	var changes []string
	for _, row := range r.Rows {
		for _, c := range row.Changes {
			changes = append(changes, fmt.Sprintf("~ %s  %s: %s → %s", row.Name, pr.FieldName(c.Field), c.Old, c.New))
		}
	}
	pr.List(changes, all)
	if len(r.Likely) > 0 {
		pr.Say("cli.units_likely", nil)
		printLikely(pr, r.Likely, r.More)
	}
	pr.Accounts(r.Sheets)
	text := "cli.units_imported"
	if dry {
		text = "cli.units_would_import"
	}
	pr.Say(text, judging.Args{
		"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged, "Rejected": r.Rejected,
	})
}

// printLikely lists names that may mean one unit.
func printLikely(pr *command.Printer, list []correction.Likeness, more int) {
	for _, l := range list {
		pr.Line("? %s = %s  %s", l.A, l.B,
			pr.Text.T("units.like_"+l.Kind, judging.Args{"Rest": l.Rest}))
	}
	if more > 0 {
		pr.Say("units.like_more", judging.Args{"N": more})
	}
}

// listedCells is what an imported list says of a unit.
func listedCells(u correction.Unit) []string {
	mark := ""
	if u.Listed {
		mark = "√"
	}
	return []string{mark, u.Kind, u.Contact, u.Phone, u.Email, u.QuotaText()}
}

// unitsUndo takes the last import of units back.
func unitsUndo(cmd *command.Command) command.Handler {
	cmd.Use("units undo-import CONTEST", "units undo-import 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		l, err := o.Units().UndoUnits(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(l, func(pr *command.Printer) {
			pr.Say("cli.units_undone", judging.Args{"File": l.File, "Added": len(l.Added), "Changed": len(l.Changed)})
		})
	})
}

// unitsLists lists the imports of units.
func unitsLists(cmd *command.Command) command.Handler {
	cmd.Use("units lists CONTEST", "units lists 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Units().UnitsLists(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(command.OrEmpty(all), func(pr *command.Printer) {
			rows := [][]string{pr.Head("id", "state", "at", "accepted", "changed", "files")}
			for _, l := range all {
				rows = append(rows, []string{l.ID, pr.Text.T("intake.state_"+string(l.State), nil),
					l.At.Local().Format("2006-01-02 15:04"), fmt.Sprint(l.Tally.Accepted), fmt.Sprint(l.Tally.Changed),
					l.File})
			}
			pr.Table(rows)
		})
	})
}
