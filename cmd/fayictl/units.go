package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// unitsCommands are the commands of the noun units, in the order of their work.
var unitsCommands = []declaration{unitsList, unitsRename, unitsMerge, unitsAliases, unitsForget}

// unitsList lists the units of works and which of them look like one.
func unitsList(cmd *command) handler {
	cmd.use("units list CONTEST", "units list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		list, err := o.Units().ListUnits(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(list, func(pr *printer) {
			rows := [][]string{pr.head("unit", "works", "sent", "judges", "also")}
			for _, u := range list.Units {
				rows = append(rows, []string{
					u.Name, fmt.Sprint(u.Works), fmt.Sprint(u.Sent), fmt.Sprint(u.Judges), strings.Join(u.Also, "、"),
				})
			}
			pr.table(rows)
			for _, l := range list.Likely {
				fmt.Fprintf(pr.out, "? %s = %s  %s\n", l.A, l.B,
					pr.text.T("units.like_"+l.Kind, judging.Args{"Rest": l.Rest}))
			}
			if list.More > 0 {
				pr.say("units.like_more", judging.Args{"N": list.More})
			}
		})
	})
}

// unitsRename gives a unit another name in all its works.
func unitsRename(cmd *command) handler {
	cmd.use("units rename CONTEST", "units rename 2020.fayi --from 第一小学 --to 示例县第一小学")
	from := cmd.must("from", "UNIT", "flag.unit_from")
	to := cmd.must("to", "UNIT", "flag.unit_to")
	reason := cmd.str("reason", "REASON", "flag.correct_reason")
	dry := cmd.yes("dry-run", "flag.correct_dry")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		r, err := o.Units().RenameUnit(c.ctx, *from, *to, *reason, *dry)
		return renamed(r, err, *dry)
	})
}

// unitsMerge makes several units one.
func unitsMerge(cmd *command) handler {
	cmd.use("units merge CONTEST", "units merge 2020.fayi --from 第一小学 --from 一小 --to 示例县第一小学")
	var m correction.UnitMerge
	from := cmd.many("from", "UNIT", "flag.units_from")
	cmd.mustVar(&m.To, "to", "UNIT", "flag.unit_into")
	cmd.strVar(&m.Reason, "reason", "REASON", "flag.correct_reason")
	cmd.yesVar(&m.DryRun, "dry-run", "flag.correct_dry")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		m.From = *from
		r, err := o.Units().MergeUnits(c.ctx, m)
		return renamed(r, err, m.DryRun)
	})
}

func renamed(r correction.Report, err error, dry bool) (result, error) {
	if dry {
		return corrected(r, err, "cli.would_correct")
	}
	return corrected(r, err, "cli.corrected")
}

// unitsAliases lists the other names of units.
func unitsAliases(cmd *command) handler {
	cmd.use("units aliases CONTEST", "units aliases 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Units().UnitAliases(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("also", "unit", "at", "by", "reason", "act")}
			for _, a := range all {
				rows = append(rows, []string{
					a.From, a.To, a.At.Local().Format("2006-01-02 15:04"), a.By, a.Reason, a.Act,
				})
			}
			pr.table(rows)
		})
	})
}

// unitsForget ends another name of a unit.
func unitsForget(cmd *command) handler {
	cmd.use("units forget CONTEST", "units forget 2020.fayi --alias 第一小学")
	name := cmd.must("alias", "UNIT", "flag.unit_alias")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Units().ForgetAlias(c.ctx, *name); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"ok": true}, func(pr *printer) {
			pr.say("cli.alias_forgotten", judging.Args{"Unit": *name})
		})
	})
}
