package assignment

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// JudgesCommands are the commands of the noun judges for who judges, in the order of their work.
var JudgesCommands = []command.Declaration{
	judgesImport, judgesUndo, judgesLists, judgesAdd, judgesList, judgesCorrect, judgesRemove, judgesStrike,
	judgesMerge, judgesPIN, judgesPledges, judgesPledge, judgesPledgeForm,
}

func judgesImport(cmd *command.Command) command.Handler {
	cmd.Use("judges import CONTEST FILE", "judges import 2020.fayi 评委.xlsx")
	var req assignment.JudgesRequest
	mapFile := cmd.Str("map", "FILE.toml", "flag.map")
	cmd.YesVar(&req.DryRun, "dry-run", "flag.dry_run")
	cmd.YesVar(&req.Namesakes, "new", "flag.namesake")
	all := cmd.Yes("all", "flag.all_problems")
	return func(c *command.Call, args []string) (command.Result, error) {
		var err error
		if req.Columns, err = command.ReadMap(*mapFile); err != nil {
			return command.Result{}, err
		}
		req.Path, req.Reason = args[1], cmd.Text.T("cli.judges_avoid_reason", nil)
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			r, err := o.Assignment().ImportJudges(c.Ctx, req)
			if err != nil {
				c.Notes().Complain(r.AllProblems(), command.ShownProblems(*all))
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) { printJudges(pr, r, req.DryRun, *all) })
		})
	}
}

func printJudges(pr *command.Printer, r assignment.JudgesReport, dry, all bool) {
	pr.Complain(r.AllProblems(), command.ShownProblems(all))
	var changes []string
	for _, row := range r.Rows {
		for _, c := range row.Changes {
			changes = append(changes, fmt.Sprintf("~ %s  %s: %s → %s", row.Name, pr.FieldName(c.Field), c.Old, c.New))
		}
	}
	pr.List(changes, all)
	pr.Accounts(r.Sheets)
	args := judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged,
		"Rejected": r.Rejected, "Conflicts": r.Conflicts}
	switch {
	case dry:
		pr.Say("cli.judges_would_import", args)
		return
	case r.Conflicts > 0:
		pr.Say("cli.judges_conflicts", args)
	}
	pr.Say("cli.judges_imported", args)
}

func judgesUndo(cmd *command.Command) command.Handler {
	cmd.Use("judges undo-import CONTEST", "judges undo-import 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		l, err := o.Assignment().UndoJudges(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(l, func(pr *command.Printer) {
			pr.Say("cli.judges_undone", judging.Args{"File": l.File, "Added": len(l.Added), "Changed": len(l.Changed),
				"Conflicts": len(l.Conflicts)})
		})
	})
}

func judgesLists(cmd *command.Command) command.Handler {
	cmd.Use("judges lists CONTEST", "judges lists 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().JudgeLists(c.Ctx)
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

func judgesAdd(cmd *command.Command) command.Handler {
	cmd.Use("judges add CONTEST", "judges add 2020.fayi --name 甲老师 --categories 书法,绘画 --max-load 60")
	var j judging.Judge
	cmd.MustVar(&j.Name, "name", "NAME", "flag.judge_name")
	cmd.StrVar(&j.Unit, "unit", "UNIT", "flag.judge_unit")
	cmd.StrVar(&j.Post, "post", "POST", "flag.post")
	cmd.StrVar(&j.Phone, "phone", "NUMBER", "flag.phone")
	cmd.StrVar(&j.Panel, "panel", "NAME", "flag.panel")
	cmd.NumVar(&j.MaxLoad, "max-load", "N", "flag.max_load")
	cmd.NumVar(&j.MinLoad, "min-load", "N", "flag.min_load")
	cmd.YesVar(&j.Senior, "senior", "flag.senior")
	cmd.YesVar(&j.Away, "away", "flag.away")
	categories := cmd.Str("categories", "C,...", "flag.categories")
	namesake := cmd.Yes("new", "flag.namesake")
	return func(c *command.Call, args []string) (command.Result, error) {
		j.Categories = strings.FieldsFunc(*categories, func(r rune) bool { return strings.ContainsRune(",，、 ", r) })
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			add := o.Assignment().AddJudge
			if *namesake {
				add = o.Assignment().AddNamesake
			}
			j, err := add(c.Ctx, j)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(j, func(pr *command.Printer) {
				pr.Say("cli.judge_added", judging.Args{"ID": j.ID, "Name": j.Name})
			})
		})
	}
}

func judgesList(cmd *command.Command) command.Handler {
	cmd.Use("judges list CONTEST", "judges list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().Judges(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(judgesJSON(all), func(pr *command.Printer) {
			rows := [][]string{pr.Head("id", "name", "unit", "categories", "max_load")}
			for _, j := range all {
				rows = append(rows, []string{string(j.ID), j.Name, j.Unit, strings.Join(j.Categories, "、"),
					fmt.Sprint(j.MaxLoad)})
			}
			pr.Table(rows)
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
		out[i] = judgeJSON{j, j.Unit, command.OrEmpty(j.Categories), j.MaxLoad}
	}
	return out
}
