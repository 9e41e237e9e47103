package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// judgesCommands are the commands of the noun judges, in the order of their work.
var judgesCommands = []declaration{
	judgesImport, judgesAdd, judgesList, judgesCorrect, judgesRemove, judgesStrike, judgesMerge, judgesPIN,
	judgesReport, judgesSpread,
}

func judgesImport(cmd *command) handler {
	cmd.use("judges import CONTEST FILE", "judges import 2020.fayi 评委.xlsx")
	mapFile := cmd.str("map", "FILE.toml", "flag.map")
	return func(c *call, args []string) (result, error) {
		columns, err := readMap(*mapFile)
		if err != nil {
			return result{}, err
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			r, err := o.Assignment().ImportJudges(c.ctx, args[1], columns)
			if err != nil {
				return result{}, err
			}
			return answer(r, func(pr *printer) {
				for _, row := range r.Rows {
					pr.complain(row.Problems, 20)
				}
				pr.printAccounts(r.Sheets)
				pr.say("cli.judges_imported", judging.Args{"Accepted": r.Accepted, "Changed": r.Changed,
					"Unchanged": r.Unchanged, "Rejected": r.Rejected})
			})
		})
	}
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
