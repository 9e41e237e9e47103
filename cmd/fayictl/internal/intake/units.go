package intake

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// UnitsCommands are the commands of the noun units, in the order of their work.
var UnitsCommands = []command.Declaration{
	unitsImport, unitsInherit, unitsUndo, unitsLists, unitsList, unitsRename, unitsMerge, unitsAliases, unitsForget,
}

// unitsList lists the units of works and which of them look like one.
func unitsList(cmd *command.Command) command.Handler {
	cmd.Use("units list CONTEST", "units list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		list, err := o.Units().ListUnits(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(list, func(pr *command.Printer) {
			columns := []string{"unit", "works", "sent", "judges", "also"}
			if list.Lists {
				columns = append(columns, "listed", "unit_kind", "contact", "phone", "email", "unit_quota")
			}
			rows := [][]string{pr.Head(columns...)}
			for _, u := range list.Units {
				row := []string{
					u.Name, fmt.Sprint(u.Works), fmt.Sprint(u.Sent), fmt.Sprint(u.Judges), strings.Join(u.Also, "、"),
				}
				if list.Lists {
					row = append(row, listedCells(u)...)
				}
				rows = append(rows, row)
			}
			pr.Table(rows)
			printLikely(pr, list.Likely, list.More)
		})
	})
}

// unitsRename gives a unit another name in all its works.
func unitsRename(cmd *command.Command) command.Handler {
	cmd.Use("units rename CONTEST", "units rename 2020.fayi --from 第一小学 --to 示例县第一小学")
	from := cmd.Must("from", "UNIT", "flag.unit_from")
	to := cmd.Must("to", "UNIT", "flag.unit_to")
	reason := cmd.Str("reason", "REASON", "flag.correct_reason")
	dry := cmd.Yes("dry-run", "flag.correct_dry")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		r, err := o.Units().RenameUnit(c.Ctx, *from, *to, *reason, *dry)
		return renamed(r, err, *dry)
	})
}

// unitsMerge makes several units one.
func unitsMerge(cmd *command.Command) command.Handler {
	cmd.Use("units merge CONTEST", "units merge 2020.fayi --from 第一小学 --from 一小 --to 示例县第一小学")
	var m correction.UnitMerge
	from := cmd.Many("from", "UNIT", "flag.units_from")
	cmd.MustVar(&m.To, "to", "UNIT", "flag.unit_into")
	cmd.StrVar(&m.Reason, "reason", "REASON", "flag.correct_reason")
	cmd.YesVar(&m.DryRun, "dry-run", "flag.correct_dry")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		m.From = *from
		r, err := o.Units().MergeUnits(c.Ctx, m)
		return renamed(r, err, m.DryRun)
	})
}

func renamed(r correction.Report, err error, dry bool) (command.Result, error) {
	if dry {
		return corrected(r, err, "cli.would_correct")
	}
	return corrected(r, err, "cli.corrected")
}

// unitsAliases lists the other names of units.
func unitsAliases(cmd *command.Command) command.Handler {
	cmd.Use("units aliases CONTEST", "units aliases 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Units().UnitAliases(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("also", "unit", "at", "by", "reason", "act")}
			for _, a := range all {
				rows = append(rows, []string{
					a.From, a.To, a.At.Local().Format("2006-01-02 15:04"), a.By, a.Reason, a.Act,
				})
			}
			pr.Table(rows)
		})
	})
}

// unitsForget ends another name of a unit.
func unitsForget(cmd *command.Command) command.Handler {
	cmd.Use("units forget CONTEST", "units forget 2020.fayi --alias 第一小学")
	name := cmd.Must("alias", "UNIT", "flag.unit_alias")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Units().ForgetAlias(c.Ctx, *name); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("cli.alias_forgotten", judging.Args{"Unit": *name})
		})
	})
}
