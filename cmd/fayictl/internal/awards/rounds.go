package awards

import (
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// RoundsCommands are the commands of the noun rounds, in the order of their work.
var RoundsCommands = []command.Declaration{
	command.Behind("next", roundsNext), roundsList, roundsShow, roundsEnter, roundsReplace, roundsUndo,
}

func roundsNext(cmd *command.Command) command.Handler {
	cmd.Use("rounds next CONTEST", "rounds next 2020.fayi")
	early := cmd.Yes("early", "flag.early")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		on, err := o.Awards().NextRound(c.Ctx, *early)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"works": on}, func(pr *command.Printer) {
			pr.Say("rounds.begun_with", judging.Args{"Count": len(on)})
		})
	})
}

func roundsUndo(cmd *command.Command) command.Handler {
	cmd.Use("rounds undo CONTEST", "rounds undo 2020.fayi --reason 名单有误")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Awards().UndoRound(c.Ctx, *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"undone": true}, func(pr *command.Printer) {
			pr.Say("rounds.undone", nil)
		})
	})
}

// roundsEnter puts a work into the round by hand.
func roundsEnter(cmd *command.Command) command.Handler {
	cmd.Use("rounds enter CONTEST", "rounds enter 2020.fayi --work w000012 --reason 补录入围")
	work := cmd.Must("work", "W", "flag.work")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		id, err := o.Awards().EnterWork(c.Ctx, *work, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"work": id}, func(pr *command.Printer) {
			pr.Say("rounds.entered", judging.Args{"Work": id})
		})
	})
}

// roundsReplace lets another work take the place of one that leaves the round.
func roundsReplace(cmd *command.Command) command.Handler {
	cmd.Use("rounds replace CONTEST", "rounds replace 2020.fayi --work w000012 --reason 作者退出")
	work := cmd.Must("work", "W", "flag.work_leaving")
	by := cmd.Str("by", "W", "flag.replace_by")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		out, in, err := o.Awards().ReplaceEntrant(c.Ctx, *work, *by, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"out": out, "in": in}, func(pr *command.Printer) {
			pr.Say("rounds.replaced", judging.Args{"Out": out, "In": in})
		})
	})
}

func roundsShow(cmd *command.Command) command.Handler {
	cmd.Use("rounds show CONTEST", "rounds show 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Awards().Rounds(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) {
			pr.Say("rounds.stand", judging.Args{"Round": int(b.Round), "Name": b.Name, "Works": len(b.Works),
				"Scored": b.Scored})
			if b.Next == "" {
				return
			}
			pr.Say("rounds.preview", judging.Args{"Next": b.Next, "On": b.On})
			for _, l := range b.Lists {
				pr.Say("rounds.preview_list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group),
					"Ranked": l.Ranked, "On": l.On, "Cut": l.Cut})
			}
		})
	})
}

func roundsList(cmd *command.Command) command.Handler {
	cmd.Use("rounds list CONTEST", "rounds list 2020.fayi --round 2")
	round := cmd.Num("round", "N", "flag.round", 0)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		works, err := o.Awards().RoundWorks(c.Ctx, judging.Round(*round))
		if err != nil {
			return command.Result{}, err
		}
		ids := make([]judging.WorkID, len(works))
		for i, w := range works {
			ids[i] = w.ID
		}
		return command.Answer(ids, func(pr *command.Printer) {
			for _, w := range works {
				pr.Line("%s  %s  %s  %s", w.ID, w.Code, w.Category, w.Title)
			}
		})
	})
}
