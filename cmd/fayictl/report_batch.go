package main

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// reportSuperior shows what the offices above want, or sets it for one.
func reportSuperior(cmd *command) handler {
	cmd.use("report superior CONTEST", "report superior 2020.fayi --to city --name 示例市司法局 --total 20")
	req := report.SuperiorRequest{Columns: map[string]string{}}
	to := cmd.str("to", "city|province", "flag.to")
	naming := cmd.str("naming", "PATTERN", "flag.naming")
	cmd.strVar(&req.Name, "name", "OFFICE", "flag.office_name")
	cmd.numVar(&req.Total, "total", "N", "flag.quota_total")
	cmd.strVar(&req.Form, "template", "FILE.xlsx", "flag.template_superior")
	cmd.yesVar(&req.NoForm, "no-template", "flag.no_template")
	quotas := cmd.many("quota", "CATEGORY=N", "flag.quota")
	columns := cmd.many("column", "C=FIELD", "flag.column")
	return func(c *call, args []string) (result, error) {
		req.To, req.Naming = superior.Level(*to), superior.Naming(*naming)
		if err := readPlan(cmd, &req, *quotas, *columns); err != nil {
			return result{}, err
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			if *to == "" {
				return showSuperiors(c, o)
			}
			form, err := o.Report().SetSuperior(c.ctx, req)
			if err != nil {
				return result{}, err
			}
			return answer(map[string]any{"to": req.To, "template": form}, func(pr *printer) {
				pr.say("batch.superior_set", judging.Args{"Level": pr.text.T("batch.level_"+*to, nil)})
				if form != nil {
					pr.say("batch.form_understood", judging.Args{"Room": form.Room, "Sheet": form.Mapping.Sheet})
					if len(form.Left) > 0 {
						pr.say("batch.form_left", judging.Args{"Columns": strings.Join(form.Left,
							pr.text.T("kit.comma", nil))})
					}
				}
			})
		})
	}
}

// readPlan reads quotas (CATEGORY=N) and columns of a form (C=FIELD).
func readPlan(cmd *command, req *report.SuperiorRequest, quotas, columns []string) error {
	for _, q := range quotas {
		category, number, ok := strings.Cut(q, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			return cmd.misused("cli.bad_quota", judging.Args{"Flag": "--quota", "Value": q})
		}
		if req.Quotas == nil {
			req.Quotas = map[string]int{}
		}
		req.Quotas[category] = n
	}
	for _, pair := range columns {
		column, field, ok := strings.Cut(pair, "=")
		if !ok {
			return cmd.misused("cli.bad_pair", judging.Args{"Flag": "--column", "Value": pair})
		}
		req.Columns[column] = field
	}
	return nil
}

func showSuperiors(c *call, o *office.Office) (result, error) {
	list, err := o.Report().Superiors(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(list, func(pr *printer) {
		rows := [][]string{pr.head("to", "name", "quota", "naming", "template")}
		for _, s := range list {
			quota := fmt.Sprint(s.Total)
			for category, n := range s.Quotas {
				quota += fmt.Sprintf(" %s=%d", category, n)
			}
			rows = append(rows, []string{pr.text.T("batch.level_"+string(s.To), nil), s.Name, quota, string(s.Naming),
				s.Template})
		}
		pr.table(rows)
	})
}

// reportBatch packs the next batch, or says what would be in it.
func reportBatch(cmd *command) handler {
	cmd.use("report batch CONTEST", "report batch 2020.fayi --to city --out 上报")
	var req report.BatchRequest
	to := cmd.must("to", "city|province", "flag.to")
	dry := cmd.yes("dry-run", "flag.dry_run")
	cmd.strVar(&req.Dir, "out", "DIR", "flag.out_dir")
	works := cmd.many("work", "W", "flag.work_only")
	cmd.limit(exactlyOne, "out", "dry-run")
	return func(c *call, args []string) (result, error) {
		req.To, req.Works = superior.Level(*to), workList(*works)
		return c.with(args[0], func(o *office.Office) (result, error) {
			if *dry {
				return showPlan(c, o, req)
			}
			bar := c.bar("batch.packing")
			report, err := o.Report().PackBatch(c.ctx, req, c.text.T, bar.step)
			bar.done()
			if err != nil {
				return result{}, err
			}
			return answer(report, func(pr *printer) {
				pr.say("batch.packed", judging.Args{"Level": pr.text.T("batch.level_"+*to, nil),
					"Number": report.Number, "Works": len(report.Works), "Files": report.Files, "Dir": report.Dir,
					"Zip": report.Zip})
				if len(report.Corrections) > 0 {
					pr.say("batch.corrections_packed", judging.Args{"Count": len(report.Corrections)})
				}
				if len(report.Left) > 0 {
					pr.say("batch.form_left", judging.Args{"Columns": strings.Join(report.Left,
						pr.text.T("kit.comma", nil))})
				}
			})
		})
	}
}

func showPlan(c *call, o *office.Office, req report.BatchRequest) (result, error) {
	plan, err := o.Report().PlanBatch(c.ctx, req.To, req.Works)
	if err != nil {
		return result{}, err
	}
	return answer(plan, func(pr *printer) {
		rows := [][]string{pr.head("category", "award", "place", "title", "unit", "reported")}
		for _, w := range plan.Works {
			if w.Chosen || w.Reported != "" {
				rows = append(rows, []string{w.Category, w.Award, fmt.Sprint(w.Place), w.Title, w.Unit, w.Reported})
			}
		}
		pr.table(rows)
		for _, c := range plan.Corrections {
			pr.say("batch.correction_due", judging.Args{"Kind": pr.text.T("batch.kind_"+string(c.Kind), nil),
				"Batch": c.Batch, "Title": c.Before.Title, "Award": c.Now.Award})
		}
		for _, r := range plan.Rooms {
			pr.say("batch.room", judging.Args{"Category": r.Category, "Quota": r.Quota, "Reported": r.Reported,
				"Chosen": r.Chosen})
		}
	})
}

func reportBatches(cmd *command) handler {
	cmd.use("report batches CONTEST", "report batches 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		list, err := o.Report().Batches(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(list, func(pr *printer) {
			rows := [][]string{pr.head("batch", "works", "files", "corrections", "answers", "at", "state")}
			for _, b := range list {
				state := ""
				if b.Withdrawn != nil {
					state = pr.text.T("batch.withdrawn_for", judging.Args{"Reason": b.Withdrawn.Reason})
				}
				rows = append(rows, []string{b.ID, fmt.Sprint(len(b.Works)), fmt.Sprint(b.Files),
					fmt.Sprint(len(b.Corrections)), fmt.Sprint(len(b.Answer)), b.At.Format("2006-01-02"), state})
			}
			pr.table(rows)
		})
	})
}

// reportDue lists the documents that a change has overtaken.
func reportDue(cmd *command) handler {
	cmd.use("report due CONTEST", "report due 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		list, err := o.Report().DueDocuments(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(list, func(pr *printer) {
			if len(list) == 0 {
				pr.say("due.none", nil)
				return
			}
			rows := [][]string{pr.head("document", "title", "correction", "reason", "since")}
			for _, d := range list {
				rows = append(rows, []string{
					strings.TrimSpace(pr.text.T("due.document_"+d.Document, nil) + " " + d.Name), d.Before.Title,
					pr.text.T("batch.kind_"+string(d.Kind), nil), d.Reason, d.Since.Local().Format("2006-01-02"),
				})
			}
			pr.table(rows)
		})
	})
}

// reportWithdraw takes a batch back that was not sent.
func reportWithdraw(cmd *command) handler {
	cmd.use("report withdraw-batch CONTEST", "report withdraw-batch 2020.fayi --batch city-02 --reason 漏了附件")
	batch := cmd.must("batch", "BATCH", "flag.batch_name")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		b, err := o.Report().WithdrawBatch(c.ctx, *batch, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(b, func(pr *printer) { pr.say("batch.withdrawn", judging.Args{"Batch": b.ID}) })
	})
}

func reportAnswers(cmd *command) handler {
	cmd.use("report answers CONTEST FILE", "report answers 2020.fayi 回复.xlsx --to city")
	to := cmd.must("to", "city|province", "flag.to")
	return onContest(func(c *call, o *office.Office, args []string) (result, error) {
		r, err := o.Report().ImportAnswers(c.ctx, args[1], superior.Level(*to))
		if err != nil {
			return result{}, err
		}
		return answer(r, func(pr *printer) {
			pr.complain(r.Problems, 20)
			pr.printAccounts(r.Sheets)
			pr.say("batch.answers_read", judging.Args{"Rows": r.Rows, "Matched": r.Matched, "Changed": len(r.Changed),
				"Unmatched": len(r.Unmatched)})
		})
	})
}

// reportCheck compares a batch that came in with its manifest; it needs no contest.
func reportCheck(cmd *command) handler {
	cmd.use("report check BATCH", "report check 上报/city-1")
	return func(c *call, args []string) (result, error) {
		faults, err := report.CheckBatch(c.ctx, args[0])
		if err != nil {
			return result{}, err
		}
		if len(faults) > 0 {
			err = judging.Fail(judging.Corrupt, "batch.check_bad", judging.Args{"Count": len(faults)})
		}
		return newResult(map[string]any{"ok": len(faults) == 0, "faults": faults}, func(pr *printer) {
			for _, f := range faults {
				pr.say(f.Text, judging.Args{"File": f.Path})
			}
			if len(faults) == 0 {
				pr.say("batch.check_ok", nil)
			}
		}), err
	}
}
