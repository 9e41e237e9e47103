package awards

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// DisputesCommands are the commands of the noun disputes, in the order of their work.
var DisputesCommands = []command.Declaration{disputesList, disputesSettle}

func disputesList(cmd *command.Command) command.Handler {
	cmd.Use("disputes list CONTEST", "disputes list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Awards().Disputes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, d := range all {
				pr.Say("board.dispute", judging.Args{"Work": d.Code, "Title": d.Title, "Range": d.Range,
					"State": pr.Text.T("board.dispute_"+string(d.State), nil),
					"Exit":  pr.Text.T("board.exit_"+string(d.Exit), nil)})
			}
			pr.Say("board.disputes", judging.Args{"Count": len(all)})
		})
	})
}

func disputesSettle(cmd *command.Command) command.Handler {
	cmd.Use("disputes settle CONTEST",
		"disputes settle 2020.fayi --work w000012 --exit third --judge j007 --reason 分差过大")
	work := cmd.Must("work", "W", "flag.work")
	exit := cmd.Must("exit", "third|rescore|consensus|accept", "flag.exit_dispute")
	judge := cmd.Str("judge", "J", "flag.judge_third")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		added, err := o.Awards().SettleDispute(
			c.Ctx, *work, judging.DisputeExit(*exit), judging.JudgeID(*judge), *reason,
		)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"work": *work, "exit": *exit, "judge": added}, func(pr *command.Printer) {
			pr.Say("board.exit_"+*exit, nil)
		})
	})
}
