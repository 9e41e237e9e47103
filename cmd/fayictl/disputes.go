package main

import (
	"fayi/judging"
	"fayi/judging/office"
)

// disputesCommands are the commands of the noun disputes, in the order of their work.
var disputesCommands = []declaration{disputesList, disputesSettle}

func disputesList(cmd *command) handler {
	cmd.use("disputes list CONTEST", "disputes list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Awards().Disputes(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			for _, d := range all {
				pr.say("board.dispute", judging.Args{"Work": d.Code, "Title": d.Title, "Range": d.Range,
					"State": pr.text.T("board.dispute_"+string(d.State), nil),
					"Exit":  pr.text.T("board.exit_"+string(d.Exit), nil)})
			}
			pr.say("board.disputes", judging.Args{"Count": len(all)})
		})
	})
}

func disputesSettle(cmd *command) handler {
	cmd.use("disputes settle CONTEST",
		"disputes settle 2020.fayi --work w000012 --exit third --judge j007 --reason 分差过大")
	work := cmd.must("work", "W", "flag.work")
	exit := cmd.must("exit", "third|rescore|consensus|accept", "flag.exit_dispute")
	judge := cmd.str("judge", "J", "flag.judge_third")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		added, err := o.Awards().SettleDispute(
			c.ctx, *work, judging.DisputeExit(*exit), judging.JudgeID(*judge), *reason,
		)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"work": *work, "exit": *exit, "judge": added}, func(pr *printer) {
			pr.say("board.exit_"+*exit, nil)
		})
	})
}
