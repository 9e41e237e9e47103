package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// judgesCommands are the commands of the noun judges for who judges, in the order of their work.
var judgesCommands = []declaration{
	judgesImport, judgesUndo, judgesLists, judgesAdd, judgesList, judgesCorrect, judgesRemove, judgesStrike,
	judgesMerge, judgesPIN,
}

func judgesImport(cmd *command) handler {
	cmd.use("judges import CONTEST FILE", "judges import 2020.fayi 评委.xlsx")
	var req assignment.JudgesRequest
	mapFile := cmd.str("map", "FILE.toml", "flag.map")
	cmd.yesVar(&req.DryRun, "dry-run", "flag.dry_run")
	cmd.yesVar(&req.Namesakes, "new", "flag.namesake")
	all := cmd.yes("all", "flag.all_problems")
	return func(c *call, args []string) (result, error) {
		var err error
		if req.Columns, err = readMap(*mapFile); err != nil {
			return result{}, err
		}
		req.Path, req.Reason = args[1], cmd.text.T("cli.judges_avoid_reason", nil)
		return c.with(args[0], func(o *office.Office) (result, error) {
			r, err := o.Assignment().ImportJudges(c.ctx, req)
			if err != nil {
				c.notes().complain(r.AllProblems(), shownProblems(*all))
				return result{}, err
			}
			return answer(r, func(pr *printer) { printJudges(pr, r, req.DryRun, *all) })
		})
	}
}

func printJudges(pr *printer, r assignment.JudgesReport, dry, all bool) {
	pr.complain(r.AllProblems(), shownProblems(all))
	var changes []string
	for _, row := range r.Rows {
		for _, c := range row.Changes {
			changes = append(changes, fmt.Sprintf("~ %s  %s: %s → %s", row.Name, fieldName(pr, c.Field), c.Old, c.New))
		}
	}
	pr.list(changes, all)
	pr.printAccounts(r.Sheets)
	args := judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged,
		"Rejected": r.Rejected, "Conflicts": r.Conflicts}
	switch {
	case dry:
		pr.say("cli.judges_would_import", args)
		return
	case r.Conflicts > 0:
		pr.say("cli.judges_conflicts", args)
	}
	pr.say("cli.judges_imported", args)
}

func judgesUndo(cmd *command) handler {
	cmd.use("judges undo-import CONTEST", "judges undo-import 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		l, err := o.Assignment().UndoJudges(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(l, func(pr *printer) {
			pr.say("cli.judges_undone", judging.Args{"File": l.File, "Added": len(l.Added), "Changed": len(l.Changed),
				"Conflicts": len(l.Conflicts)})
		})
	})
}

func judgesLists(cmd *command) handler {
	cmd.use("judges lists CONTEST", "judges lists 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().JudgeLists(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(orEmpty(all), func(pr *printer) {
			rows := [][]string{pr.head("id", "state", "at", "accepted", "changed", "files")}
			for _, l := range all {
				rows = append(rows, []string{l.ID, pr.text.T("intake.state_"+string(l.State), nil),
					l.At.Local().Format("2006-01-02 15:04"), fmt.Sprint(l.Tally.Accepted), fmt.Sprint(l.Tally.Changed),
					l.File})
			}
			pr.table(rows)
		})
	})
}

func judgesAdd(cmd *command) handler {
	cmd.use("judges add CONTEST", "judges add 2020.fayi --name 甲老师 --categories 书法,绘画 --max-load 60")
	var j judging.Judge
	cmd.mustVar(&j.Name, "name", "NAME", "flag.judge_name")
	cmd.strVar(&j.Unit, "unit", "UNIT", "flag.judge_unit")
	cmd.strVar(&j.Post, "post", "POST", "flag.post")
	cmd.strVar(&j.Phone, "phone", "NUMBER", "flag.phone")
	cmd.numVar(&j.MaxLoad, "max-load", "N", "flag.max_load")
	cmd.numVar(&j.MinLoad, "min-load", "N", "flag.min_load")
	cmd.yesVar(&j.Senior, "senior", "flag.senior")
	cmd.yesVar(&j.Away, "away", "flag.away")
	categories := cmd.str("categories", "C,...", "flag.categories")
	namesake := cmd.yes("new", "flag.namesake")
	return func(c *call, args []string) (result, error) {
		j.Categories = strings.FieldsFunc(*categories, func(r rune) bool { return strings.ContainsRune(",，、 ", r) })
		return c.with(args[0], func(o *office.Office) (result, error) {
			add := o.Assignment().AddJudge
			if *namesake {
				add = o.Assignment().AddNamesake
			}
			j, err := add(c.ctx, j)
			if err != nil {
				return result{}, err
			}
			return answer(j, func(pr *printer) { pr.say("cli.judge_added", judging.Args{"ID": j.ID, "Name": j.Name}) })
		})
	}
}

func judgesList(cmd *command) handler {
	cmd.use("judges list CONTEST", "judges list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().Judges(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(judgesJSON(all), func(pr *printer) {
			rows := [][]string{pr.head("id", "name", "unit", "categories", "max_load")}
			for _, j := range all {
				rows = append(rows, []string{string(j.ID), j.Name, j.Unit, strings.Join(j.Categories, "、"),
					fmt.Sprint(j.MaxLoad)})
			}
			pr.table(rows)
		})
	})
}

// judgeJSON is the stable form of a judge.
type judgeJSON struct {
	judging.Judge
	Unit       string   `json:"unit"`
	Categories []string `json:"categories"`
	MaxLoad    int      `json:"max_load"`
}

func judgesJSON(all []judging.Judge) []judgeJSON {
	out := make([]judgeJSON, len(all))
	for i, j := range all {
		out[i] = judgeJSON{j, j.Unit, orEmpty(j.Categories), j.MaxLoad}
	}
	return out
}
