package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func awardsPublish(c *call) error {
	fs := c.flags()
	var req awards.NoticeRequest
	fs.StringVar(&req.From, "from", "", "")
	fs.IntVar(&req.Days, "days", 0, "")
	fs.StringVar(&req.Contact, "contact", "", "")
	holidays, workdays := fs.String("holidays", "", ""), fs.String("workdays", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	req.Holidays, req.Workdays = days(*holidays), days(*workdays)
	return c.with(args[0], func(o *office.Office) error {
		var n judging.Notice
		err := c.through(o, "notice", func() (err error) {
			n, err = o.Awards().PublishAwards(c.ctx, req)
			return err
		})
		if err != nil {
			return err
		}
		return c.answer(n, func() { c.say("notice.published", judging.Args{"From": n.From, "Until": n.Until, "Days": n.Days}) })
	})
}

// days splits "2020-05-01,2020-05-04".
func days(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

func awardsNotice(c *call) error {
	return c.onContest(func(o *office.Office) error {
		b, err := o.Awards().Notices(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(b, func() {
			if b.Notice == nil {
				c.say("notice.none", nil)
			} else {
				c.say("notice.state_"+string(b.Notice.State), judging.Args{"From": b.Notice.From, "Until": b.Notice.Until, "Open": b.Open})
			}
			for _, x := range b.Objections {
				fmt.Fprintf(c.out, "%s  %s  %s  %s  %s\n", x.ID, x.Work, c.text.T("notice.objection_"+string(x.State), nil), x.Text, x.Answer)
			}
		})
	})
}

func awardsObject(c *call) error {
	fs := c.flags()
	work, text, from := fs.String("work", "", ""), fs.String("text", "", ""), fs.String("from", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *work == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		x, err := o.Awards().FileObjection(c.ctx, *work, *text, *from)
		if err != nil {
			return err
		}
		return c.answer(x, func() { c.say("notice.filed", judging.Args{"Objection": x.ID}) })
	})
}

func awardsAnswer(c *call) error {
	fs := c.flags()
	id, answer := fs.String("objection", "", ""), fs.String("answer", "", "")
	uphold, reopen := fs.Bool("uphold", false, ""), fs.Bool("reopen", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *id == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		x, err := o.Awards().AnswerObjection(c.ctx, *id, *uphold, *reopen, *answer)
		if err != nil {
			return err
		}
		return c.answer(x, func() { c.say("notice.objection_"+string(x.State), nil) })
	})
}

func awardsFinal(c *call) error {
	return c.onContest(func(o *office.Office) error {
		n, err := o.Awards().FinalizeAwards(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(n, func() { c.say("notice.state_final", judging.Args{"From": n.From, "Until": n.Until, "Open": 0}) })
	})
}

func disputesList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Awards().Disputes(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			for _, d := range all {
				c.say("board.dispute", judging.Args{"Work": d.Code, "Title": d.Title, "Range": d.Range, "State": c.text.T("board.dispute_"+string(d.State), nil),
					"Exit": c.text.T("board.exit_"+string(d.Exit), nil)})
			}
			c.say("board.disputes", judging.Args{"Count": len(all)})
		})
	})
}

func disputesSettle(c *call) error {
	fs := c.flags()
	work, exit, judge, reason := fs.String("work", "", ""), fs.String("exit", "", ""), fs.String("judge", "", ""), fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *work == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		added, err := o.Awards().SettleDispute(c.ctx, *work, judging.DisputeExit(*exit), judging.JudgeID(*judge), *reason)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"work": *work, "exit": *exit, "judge": added}, func() {
			c.say("board.exit_"+*exit, nil)
		})
	})
}

func roundsNext(c *call) error {
	fs := c.flags()
	early := fs.Bool("early", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		var on []judging.WorkID
		err := c.through(o, "next", func() (err error) {
			on, err = o.Awards().NextRound(c.ctx, *early)
			return err
		})
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"works": on}, func() { c.say("rounds.begun_with", judging.Args{"Count": len(on)}) })
	})
}

func roundsUndo(c *call) error {
	fs := c.flags()
	reason := fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Awards().UndoRound(c.ctx, *reason); err != nil {
			return err
		}
		return c.answer(map[string]any{"undone": true}, func() { c.say("rounds.undone", nil) })
	})
}

func roundsShow(c *call) error {
	return c.onContest(func(o *office.Office) error {
		b, err := o.Awards().Rounds(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(b, func() {
			c.say("rounds.stand", judging.Args{"Round": int(b.Round), "Name": b.Name, "Works": len(b.Works), "Scored": b.Scored})
			if b.Next == "" {
				return
			}
			c.say("rounds.preview", judging.Args{"Next": b.Next, "On": b.On})
			for _, l := range b.Lists {
				c.say("rounds.preview_list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group), "Ranked": l.Ranked, "On": l.On, "Cut": l.Cut})
			}
		})
	})
}

func roundsList(c *call) error {
	fs := c.flags()
	round := fs.Int("round", 0, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		works, err := o.Awards().RoundWorks(c.ctx, judging.Round(*round))
		if err != nil {
			return err
		}
		ids := make([]judging.WorkID, len(works))
		for i, w := range works {
			ids[i] = w.ID
		}
		return c.answer(ids, func() {
			for _, w := range works {
				fmt.Fprintf(c.out, "%s  %s  %s  %s\n", w.ID, w.Code, w.Category, w.Title)
			}
		})
	})
}
