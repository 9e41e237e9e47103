package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// roundsCommands are the commands of the noun rounds, in the order of their work.
var roundsCommands = []declaration{
	behind("next", roundsNext), roundsList, roundsShow, roundsEnter, roundsReplace, roundsUndo,
}

func roundsNext(cmd *command) handler {
	cmd.use("rounds next CONTEST", "rounds next 2020.fayi")
	early := cmd.yes("early", "flag.early")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		on, err := o.Awards().NextRound(c.ctx, *early)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"works": on}, func(pr *printer) {
			pr.say("rounds.begun_with", judging.Args{"Count": len(on)})
		})
	})
}

func roundsUndo(cmd *command) handler {
	cmd.use("rounds undo CONTEST", "rounds undo 2020.fayi --reason 名单有误")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Awards().UndoRound(c.ctx, *reason); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"undone": true}, func(pr *printer) { pr.say("rounds.undone", nil) })
	})
}

// roundsEnter puts a work into the round by hand.
func roundsEnter(cmd *command) handler {
	cmd.use("rounds enter CONTEST", "rounds enter 2020.fayi --work w000012 --reason 补录入围")
	work := cmd.must("work", "W", "flag.work")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		id, err := o.Awards().EnterWork(c.ctx, *work, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"work": id}, func(pr *printer) {
			pr.say("rounds.entered", judging.Args{"Work": id})
		})
	})
}

// roundsReplace lets another work take the place of one that leaves the round.
func roundsReplace(cmd *command) handler {
	cmd.use("rounds replace CONTEST", "rounds replace 2020.fayi --work w000012 --reason 作者退出")
	work := cmd.must("work", "W", "flag.work_leaving")
	by := cmd.str("by", "W", "flag.replace_by")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		out, in, err := o.Awards().ReplaceEntrant(c.ctx, *work, *by, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"out": out, "in": in}, func(pr *printer) {
			pr.say("rounds.replaced", judging.Args{"Out": out, "In": in})
		})
	})
}

func roundsShow(cmd *command) handler {
	cmd.use("rounds show CONTEST", "rounds show 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		b, err := o.Awards().Rounds(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(b, func(pr *printer) {
			pr.say("rounds.stand", judging.Args{"Round": int(b.Round), "Name": b.Name, "Works": len(b.Works),
				"Scored": b.Scored})
			if b.Next == "" {
				return
			}
			pr.say("rounds.preview", judging.Args{"Next": b.Next, "On": b.On})
			for _, l := range b.Lists {
				pr.say("rounds.preview_list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group),
					"Ranked": l.Ranked, "On": l.On, "Cut": l.Cut})
			}
		})
	})
}

func roundsList(cmd *command) handler {
	cmd.use("rounds list CONTEST", "rounds list 2020.fayi --round 2")
	round := cmd.num("round", "N", "flag.round", 0)
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		works, err := o.Awards().RoundWorks(c.ctx, judging.Round(*round))
		if err != nil {
			return result{}, err
		}
		ids := make([]judging.WorkID, len(works))
		for i, w := range works {
			ids[i] = w.ID
		}
		return answer(ids, func(pr *printer) {
			for _, w := range works {
				fmt.Fprintf(pr.out, "%s  %s  %s  %s\n", w.ID, w.Code, w.Category, w.Title)
			}
		})
	})
}
