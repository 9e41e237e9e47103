package main

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

// reportSuperior shows what the offices above want, or sets it for one.
func reportSuperior(c *call) error {
	fs := c.flags()
	req := report.SuperiorRequest{Columns: map[string]string{}}
	to := fs.String("to", "", "")
	naming := fs.String("naming", "", "")
	fs.StringVar(&req.Name, "name", "", "")
	fs.IntVar(&req.Total, "total", 0, "")
	fs.StringVar(&req.Form, "template", "", "")
	fs.BoolVar(&req.NoForm, "no-template", false, "")
	fs.Func("quota", "", func(s string) error { return addQuota(&req, s) })
	fs.Func("column", "", func(s string) error {
		column, field, ok := strings.Cut(s, "=")
		req.Columns[column] = field
		return needed(ok)
	})
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	req.To, req.Naming = judging.Level(*to), judging.Naming(*naming)
	return c.with(args[0], func(o *office.Office) error {
		if *to == "" {
			return c.showSuperiors(o)
		}
		form, err := o.Report().SetSuperior(c.ctx, req)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"to": req.To, "template": form}, func() {
			c.say("batch.superior_set", judging.Args{"Level": c.text.T("batch.level_"+*to, nil)})
			if form != nil {
				c.say("batch.form_understood", judging.Args{"Room": form.Room, "Sheet": form.Mapping.Sheet})
				if len(form.Left) > 0 {
					c.say("batch.form_left", judging.Args{"Columns": strings.Join(form.Left, c.text.T("kit.comma", nil))})
				}
			}
		})
	})
}

func addQuota(req *report.SuperiorRequest, s string) error {
	category, number, ok := strings.Cut(s, "=")
	n, err := strconv.Atoi(number)
	if req.Quotas == nil {
		req.Quotas = map[string]int{}
	}
	req.Quotas[category] = n
	return firstError(needed(ok), err)
}

func needed(ok bool) error {
	if !ok {
		return usageError{"NAME=VALUE"}
	}
	return nil
}

func (c *call) showSuperiors(o *office.Office) error {
	list, err := o.Report().Superiors(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(list, func() {
		rows := [][]string{c.head("to", "name", "quota", "naming", "template")}
		for _, s := range list {
			quota := fmt.Sprint(s.Total)
			for category, n := range s.Quotas {
				quota += fmt.Sprintf(" %s=%d", category, n)
			}
			rows = append(rows, []string{c.text.T("batch.level_"+string(s.To), nil), s.Name, quota, string(s.Naming), s.Template})
		}
		c.table(rows)
	})
}

// reportBatch packs the next batch, or tells what would be in it.
func reportBatch(c *call) error {
	fs := c.flags()
	var req report.BatchRequest
	to := fs.String("to", "", "")
	dry := fs.Bool("dry-run", false, "")
	fs.StringVar(&req.Dir, "out", "", "")
	fs.Func("work", "", func(s string) error { req.Works = append(req.Works, judging.WorkID(s)); return nil })
	args, err := c.parse(fs, 1, 1)
	if err != nil || *to == "" || req.Dir == "" && !*dry {
		return firstError(err, c.misused(""))
	}
	req.To = judging.Level(*to)
	return c.with(args[0], func(o *office.Office) error {
		if *dry {
			return c.showPlan(o, req)
		}
		bar := c.bar("batch.packing")
		report, err := o.Report().PackBatch(c.ctx, req, c.text.T, bar.step)
		bar.done()
		if err != nil {
			return err
		}
		open := report.Open
		report.Open = c.inWords(open)
		return c.answer(report, func() {
			c.say("batch.packed", judging.Args{"Level": c.text.T("batch.level_"+*to, nil), "Number": report.Number, "Works": len(report.Works), "Files": report.Files, "Dir": report.Dir, "Zip": report.Zip})
			if len(report.Left) > 0 {
				c.say("batch.form_left", judging.Args{"Columns": strings.Join(report.Left, c.text.T("kit.comma", nil))})
			}
			c.tellPoints(open)
		})
	})
}

func (c *call) showPlan(o *office.Office, req report.BatchRequest) error {
	plan, err := o.Report().PlanBatch(c.ctx, req.To, req.Works)
	if err != nil {
		return err
	}
	return c.answer(plan, func() {
		rows := [][]string{c.head("category", "award", "place", "title", "unit", "reported")}
		for _, w := range plan.Works {
			if w.Chosen || w.Reported != "" {
				rows = append(rows, []string{w.Category, w.Award, fmt.Sprint(w.Place), w.Title, w.Unit, w.Reported})
			}
		}
		c.table(rows)
		for _, r := range plan.Rooms {
			c.say("batch.room", judging.Args{"Category": r.Category, "Quota": r.Quota, "Reported": r.Reported, "Chosen": r.Chosen})
		}
	})
}

func reportBatches(c *call) error {
	return c.onContest(func(o *office.Office) error {
		list, err := o.Report().Batches(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(list, func() {
			rows := [][]string{c.head("batch", "works", "files", "answers", "at")}
			for _, b := range list {
				rows = append(rows, []string{b.ID, fmt.Sprint(len(b.Works)), fmt.Sprint(b.Files), fmt.Sprint(len(b.Answer)), b.At.Format("2006-01-02")})
			}
			c.table(rows)
		})
	})
}

func reportAnswers(c *call) error {
	fs := c.flags()
	to := fs.String("to", "", "")
	args, err := c.parse(fs, 2, 2)
	if err != nil || *to == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		r, err := o.Report().ImportAnswers(c.ctx, args[1], judging.Level(*to))
		if err != nil {
			return err
		}
		return c.answer(r, func() {
			c.say("batch.answers_read", judging.Args{"Rows": r.Rows, "Matched": r.Matched, "Changed": len(r.Changed), "Unmatched": len(r.Unmatched)})
		})
	})
}

// reportCheck compares a batch that came in with its manifest; it needs no contest.
func reportCheck(c *call) error {
	args, err := c.parse(c.flags(), 1, 1)
	if err != nil {
		return err
	}
	faults, err := report.CheckBatch(c.ctx, args[0])
	if err != nil {
		return err
	}
	err = c.answer(map[string]any{"ok": len(faults) == 0, "faults": faults}, func() {
		for _, f := range faults {
			c.say(f.Text, judging.Args{"File": f.Path})
		}
		if len(faults) == 0 {
			c.say("batch.check_ok", nil)
		}
	})
	if err == nil && len(faults) > 0 {
		err = judging.Fail(judging.Corrupt, "batch.check_bad", judging.Args{"Count": len(faults)})
	}
	return err
}
