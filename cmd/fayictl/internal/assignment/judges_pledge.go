package assignment

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

func judgesPledges(cmd *command.Command) command.Handler {
	cmd.Use("judges pledges CONTEST", "judges pledges 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Signed().Pledges(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			if all.Text == "" {
				pr.Say("pledge.not_asked", nil)
				return
			}
			rows, done := [][]string{pr.Head("judge", "name", "state")}, 0
			for _, j := range all.Judges {
				state := pr.Text.T("pledge.open", nil)
				if !j.At.IsZero() {
					done++
					state = pr.Text.T("pledge.accepted_at", judging.Args{
						"At":  j.At.Local().Format("2006-01-02 15:04"),
						"Via": pr.Text.T(j.Via(), nil),
					})
				}
				rows = append(rows, []string{string(j.Judge), j.Call, state})
			}
			pr.Table(rows)
			pr.Say("pledge.counts", judging.Args{"Done": done, "Total": len(all.Judges)})
		})
	})
}

func judgesPledge(cmd *command.Command) command.Handler {
	cmd.Use("judges pledge CONTEST", "judges pledge 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	back := cmd.Yes("back", "flag.pledge_back")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Signed().NotePledge(c.Ctx, judging.JudgeID(*judge), *back, *reason)
		key := "pledge.noted"
		if *back {
			key = "pledge.taken_back"
		}
		return c.Answered(err, key, judging.Args{"Judge": *judge})
	})
}

func judgesPledgeForm(cmd *command.Command) command.Handler {
	cmd.Use("judges pledge-form CONTEST", "judges pledge-form 2020.fayi --out 承诺书.pdf")
	judge := cmd.Str("judge", "J", "flag.judge_only")
	out := cmd.Must("out", "FILE.pdf", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Signed().PrintPledges(c.Ctx, *out, judging.JudgeID(*judge), c.Text.T)
		return c.Answered(err, "pledge.printed", judging.Args{"Path": *out})
	})
}
