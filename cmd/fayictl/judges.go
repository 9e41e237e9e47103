package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

func judgesImport(c *call) error {
	fs := c.flags()
	mapFile := fs.String("map", "", "")
	args, err := c.parse(fs, 2, 2)
	if err != nil {
		return err
	}
	columns, err := readMap(*mapFile)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		r, err := o.Assignment().ImportJudges(c.ctx, args[1], columns)
		if err != nil {
			return err
		}
		return c.answer(r, func() {
			for _, row := range r.Rows {
				c.complain(row.Problems, 20)
			}
			c.say("cli.judges_imported", judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged, "Rejected": r.Rejected})
		})
	})
}

func judgesAdd(c *call) error {
	fs := c.flags()
	var j judging.Judge
	fs.StringVar(&j.Name, "name", "", "")
	fs.StringVar(&j.Unit, "unit", "", "")
	fs.StringVar(&j.Post, "post", "", "")
	fs.StringVar(&j.Phone, "phone", "", "")
	fs.IntVar(&j.MaxLoad, "max-load", 0, "")
	fs.IntVar(&j.MinLoad, "min-load", 0, "")
	fs.BoolVar(&j.Senior, "senior", false, "")
	fs.BoolVar(&j.Away, "away", false, "")
	categories := fs.String("categories", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	j.Categories = strings.FieldsFunc(*categories, func(r rune) bool { return strings.ContainsRune(",，、 ", r) })
	return c.with(args[0], func(o *office.Office) error {
		j, err := o.Assignment().AddJudge(c.ctx, j)
		if err != nil {
			return err
		}
		return c.answer(j, func() { c.say("cli.judge_added", judging.Args{"ID": j.ID, "Name": j.Name}) })
	})
}

func judgesList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Assignment().Judges(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(judgesJSON(all), func() {
			rows := [][]string{c.head("id", "name", "unit", "categories", "max_load")}
			for _, j := range all {
				rows = append(rows, []string{string(j.ID), j.Name, j.Unit, strings.Join(j.Categories, "、"), fmt.Sprint(j.MaxLoad)})
			}
			c.table(rows)
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

func conflictsDeclare(c *call) error {
	fs := c.flags()
	var said judging.Conflict
	fs.StringVar((*string)(&said.Judge), "judge", "", "")
	fs.StringVar((*string)(&said.Work), "work", "", "")
	fs.StringVar(&said.Unit, "unit", "", "")
	fs.StringVar(&said.Reason, "reason", "", "")
	clear := fs.Bool("clear", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if *clear {
		said.Kind = judging.NoConflict
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Assignment().DeclareConflict(c.ctx, said); err != nil {
			return err
		}
		return c.answer(map[string]any{"ok": true}, func() { c.say("cli.conflict_declared", judging.Args{"Judge": said.Judge}) })
	})
}

func conflictsList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Assignment().Conflicts(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(orEmpty(all), func() {
			rows := [][]string{c.head("judge", "work", "unit", "kind", "reason")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), string(s.Work), s.Unit, c.text.T("conflict."+string(s.Kind), nil), s.Reason})
			}
			c.table(rows)
		})
	})
}

func conflictsSuspects(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Assignment().SuspectConflicts(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("judge", "name", "code", "title", "kind")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), s.JudgeName, string(s.Code), s.Title, c.text.T("conflict."+string(s.Kind), nil)})
			}
			c.table(rows)
		})
	})
}
