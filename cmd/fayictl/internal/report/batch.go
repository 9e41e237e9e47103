package report

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// reportSuperior shows what the offices above want, or sets it for one.
func reportSuperior(cmd *command.Command) command.Handler {
	cmd.Use("report superior CONTEST", "report superior 2020.fayi --to city --name 示例市司法局 --total 20")
	req := report.SuperiorRequest{Columns: map[string]string{}}
	to := cmd.Str("to", "city|province", "flag.to")
	naming := cmd.Str("naming", "PATTERN", "flag.naming")
	cmd.StrVar(&req.Name, "name", "OFFICE", "flag.office_name")
	cmd.NumVar(&req.Total, "total", "N", "flag.quota_total")
	cmd.StrVar(&req.Form, "template", "FILE.xlsx", "flag.template_superior")
	cmd.YesVar(&req.NoForm, "no-template", "flag.no_template")
	quotas := cmd.Many("quota", "CATEGORY=N", "flag.quota")
	columns := cmd.Many("column", "C=FIELD", "flag.column")
	return func(c *command.Call, args []string) (command.Result, error) {
		req.To, req.Naming = superior.Level(*to), superior.Naming(*naming)
		if err := readPlan(cmd, &req, *quotas, *columns); err != nil {
			return command.Result{}, err
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			if *to == "" {
				return showSuperiors(c, o)
			}
			form, err := o.Report().SetSuperior(c.Ctx, req)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"to": req.To, "template": form}, func(pr *command.Printer) {
				pr.Say("batch.superior_set", judging.Args{"Level": pr.Text.T("batch.level_"+*to, nil)})
				if form != nil {
					pr.Say("batch.form_understood", judging.Args{"Room": form.Room, "Sheet": form.Mapping.Sheet})
					if len(form.Left) > 0 {
						pr.Say("batch.form_left", judging.Args{"Columns": strings.Join(form.Left,
							pr.Text.T("kit.comma", nil))})
					}
				}
			})
		})
	}
}

// readPlan reads quotas (CATEGORY=N) and columns of a form (C=FIELD).
func readPlan(cmd *command.Command, req *report.SuperiorRequest, quotas, columns []string) error {
	for _, q := range quotas {
		category, number, ok := strings.Cut(q, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			return cmd.Misused("cli.bad_quota", judging.Args{"Flag": "--quota", "Value": q})
		}
		if req.Quotas == nil {
			req.Quotas = map[string]int{}
		}
		req.Quotas[category] = n
	}
	for _, pair := range columns {
		column, field, ok := strings.Cut(pair, "=")
		if !ok {
			return cmd.Misused("cli.bad_pair", judging.Args{"Flag": "--column", "Value": pair})
		}
		req.Columns[column] = field
	}
	return nil
}

func showSuperiors(c *command.Call, o *office.Office) (command.Result, error) {
	list, err := o.Report().Superiors(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(list, func(pr *command.Printer) {
		rows := [][]string{pr.Head("to", "name", "quota", "naming", "template")}
		for _, s := range list {
			quota := fmt.Sprint(s.Total)
			for category, n := range s.Quotas {
				quota += fmt.Sprintf(" %s=%d", category, n)
			}
			rows = append(rows, []string{pr.Text.T("batch.level_"+string(s.To), nil), s.Name, quota, string(s.Naming),
				s.Template})
		}
		pr.Table(rows)
	})
}

// reportBatch packs the next batch, or says what would be in it.
func reportBatch(cmd *command.Command) command.Handler {
	cmd.Use("report batch CONTEST", "report batch 2020.fayi --to city --out 上报")
	var req report.BatchRequest
	to := cmd.Must("to", "city|province", "flag.to")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	cmd.StrVar(&req.Dir, "out", "DIR", "flag.out_dir")
	works := cmd.Many("work", "W", "flag.work_only")
	cmd.Limit(command.ExactlyOne, "out", "dry-run")
	return func(c *command.Call, args []string) (command.Result, error) {
		req.To, req.Works = superior.Level(*to), command.WorkList(*works)
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			if *dry {
				return showPlan(c, o, req)
			}
			bar := c.Bar("batch.packing")
			report, err := o.Report().PackBatch(c.Ctx, req, c.Text.T, bar.Step)
			bar.Done()
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(report, func(pr *command.Printer) {
				pr.Say("batch.packed", judging.Args{"Level": pr.Text.T("batch.level_"+*to, nil),
					"Number": report.Number, "Works": len(report.Works), "Files": report.Files, "Dir": report.Dir,
					"Zip": report.Zip})
				if len(report.Corrections) > 0 {
					pr.Say("batch.corrections_packed", judging.Args{"Count": len(report.Corrections)})
				}
				if len(report.Left) > 0 {
					pr.Say("batch.form_left", judging.Args{"Columns": strings.Join(report.Left,
						pr.Text.T("kit.comma", nil))})
				}
			})
		})
	}
}

func showPlan(c *command.Call, o *office.Office, req report.BatchRequest) (command.Result, error) {
	plan, err := o.Report().PlanBatch(c.Ctx, req.To, req.Works)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(plan, func(pr *command.Printer) {
		rows := [][]string{pr.Head("category", "award", "place", "title", "unit", "reported")}
		for _, w := range plan.Works {
			if w.Chosen || w.Reported != "" {
				rows = append(rows, []string{w.Category, w.Honours, fmt.Sprint(w.Place), w.Title, w.Unit, w.Reported})
			}
		}
		pr.Table(rows)
		for _, c := range plan.Corrections {
			pr.Say("batch.correction_due", judging.Args{"Kind": pr.Text.T("batch.kind_"+string(c.Kind), nil),
				"Batch": c.Batch, "Title": c.Before.Title, "Award": c.Now.Award})
		}
		for _, r := range plan.Rooms {
			pr.Say("batch.room", judging.Args{"Category": r.Category, "Quota": r.Quota, "Reported": r.Reported,
				"Chosen": r.Chosen})
		}
	})
}

func reportBatches(cmd *command.Command) command.Handler {
	cmd.Use("report batches CONTEST", "report batches 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		list, err := o.Report().Batches(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(list, func(pr *command.Printer) {
			rows := [][]string{pr.Head("batch", "works", "files", "corrections", "answers", "at", "state")}
			for _, b := range list {
				state := ""
				if b.Withdrawn != nil {
					state = pr.Text.T("batch.withdrawn_for", judging.Args{"Reason": b.Withdrawn.Reason})
				}
				rows = append(rows, []string{b.ID, fmt.Sprint(len(b.Works)), fmt.Sprint(b.Files),
					fmt.Sprint(len(b.Corrections)), fmt.Sprint(len(b.Answer)), b.At.Format("2006-01-02"), state})
			}
			pr.Table(rows)
		})
	})
}

// reportDue lists the documents that a change has overtaken.
func reportDue(cmd *command.Command) command.Handler {
	cmd.Use("report due CONTEST", "report due 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		list, err := o.Report().DueDocuments(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(list, func(pr *command.Printer) {
			if len(list) == 0 {
				pr.Say("due.none", nil)
				return
			}
			rows := [][]string{pr.Head("document", "title", "correction", "reason", "since")}
			for _, d := range list {
				rows = append(rows, []string{
					strings.TrimSpace(pr.Text.T("due.document_"+d.Document, nil) + " " + d.Name), d.Before.Title,
					pr.Text.T("batch.kind_"+string(d.Kind), nil), d.Reason, d.Since.Local().Format("2006-01-02"),
				})
			}
			pr.Table(rows)
		})
	})
}

// reportWithdraw takes a batch back that was not sent.
func reportWithdraw(cmd *command.Command) command.Handler {
	cmd.Use("report withdraw-batch CONTEST", "report withdraw-batch 2020.fayi --batch city-02 --reason 漏了附件")
	batch := cmd.Must("batch", "BATCH", "flag.batch_name")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Report().WithdrawBatch(c.Ctx, *batch, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) { pr.Say("batch.withdrawn", judging.Args{"Batch": b.ID}) })
	})
}

func reportAnswers(cmd *command.Command) command.Handler {
	cmd.Use("report answers CONTEST FILE", "report answers 2020.fayi 回复.xlsx --to city")
	to := cmd.Must("to", "city|province", "flag.to")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		r, err := o.Report().ImportAnswers(c.Ctx, args[1], superior.Level(*to))
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			pr.Complain(r.Problems, 20)
			pr.Accounts(r.Sheets)
			pr.Say("batch.answers_read", judging.Args{"Rows": r.Rows, "Matched": r.Matched, "Changed": len(r.Changed),
				"Unmatched": len(r.Unmatched)})
		})
	})
}

// reportCheck compares a batch that came in with its manifest; it needs no contest.
func reportCheck(cmd *command.Command) command.Handler {
	cmd.Use("report check BATCH", "report check 上报/city-1")
	cmd.Ends(judging.Corrupt) // files that are not as they were sent
	return func(c *command.Call, args []string) (command.Result, error) {
		faults, err := report.CheckBatch(c.Ctx, args[0])
		if err != nil {
			return command.Result{}, err
		}
		if len(faults) > 0 {
			err = judging.Fail(judging.Corrupt, "batch.check_bad", judging.Args{"Count": len(faults)})
		}
		return command.NewResult(map[string]any{"ok": len(faults) == 0, "faults": faults}, func(pr *command.Printer) {
			for _, f := range faults {
				pr.Say(f.Text, judging.Args{"File": f.Path})
			}
			if len(faults) == 0 {
				pr.Say("batch.check_ok", nil)
			}
		}), err
	}
}
