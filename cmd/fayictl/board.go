package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

// orNone shows an award, or that there is none.
func (c *call) orNone(award string) string {
	if award == "" {
		return c.text.T("board.no_award", nil)
	}
	return award
}

func awardsBoard(c *call) error {
	return c.onContest(func(o *office.Office) error {
		b, err := o.Awards().AwardBoard(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(b, func() { c.printBoard(b) })
	})
}

func (c *call) printBoard(b awards.Board) {
	for _, l := range b.Lists {
		c.say("board.list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group), "Ranked": l.Ranked})
		for _, s := range l.Slots {
			c.say("board.slot", judging.Args{"Award": s.Award, "Places": s.Places, "Given": len(s.Works)})
			c.printCards(s.Works)
		}
		if len(l.Alternates) > 0 {
			c.say("board.alternates", judging.Args{"Count": len(l.Alternates)})
			c.printCards(l.Alternates)
		}
		for _, n := range l.Notes {
			c.say(n.Why, n.Args(strings.TrimSpace(l.Category+" "+l.Group)))
		}
		for _, t := range l.Traces {
			c.say(t.Why, judging.Args{"Work": t.Work, "From": c.orNone(t.From), "To": c.orNone(t.To)})
		}
	}
	for _, u := range b.Units {
		if u.Given {
			c.say("board.unit", judging.Args{"Prize": u.Prize, "Unit": u.Unit, "Works": u.Works, "Points": u.Points})
		}
	}
	for _, m := range b.Mentors {
		c.say("board.mentor", judging.Args{"Prize": m.Prize, "Teacher": m.Teacher, "Unit": m.Unit, "Works": len(m.Works)})
	}
	c.say("board.pending", judging.Args{"Count": b.Pending})
}

func (c *call) printCards(list []awards.BoardWork) {
	for _, w := range list {
		fmt.Fprintf(c.out, "  %d  %s  %s  %s  %.4g\n", w.Place, w.Code, w.Title, w.Unit, w.Official)
	}
}

// awardsRule serves the verbs that rule on one work: override, withhold, disqualify.
func awardsRule(kind judging.RulingKind) func(*call) error {
	return func(c *call) error {
		fs := c.flags()
		u := judging.Ruling{Kind: kind}
		work := fs.String("work", "", "")
		fs.StringVar(&u.Award, "award", "", "")
		fs.StringVar(&u.Reason, "reason", "", "")
		args, err := c.parse(fs, 1, 1)
		if err != nil || *work == "" {
			return firstError(err, c.misused(""))
		}
		u.Work = judging.WorkID(*work)
		return c.rule(args[0], u)
	}
}

func awardsTie(c *call) error {
	fs := c.flags()
	u := judging.Ruling{Kind: judging.RuleTie}
	fs.StringVar(&u.Category, "category", "", "")
	fs.StringVar(&u.Group, "group", "", "")
	fs.StringVar(&u.Award, "award", "", "")
	exit := fs.String("exit", "", "")
	fs.StringVar(&u.Reason, "reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	u.Exit = judging.TieAtCut(*exit)
	return c.rule(args[0], u)
}

func (c *call) rule(contest string, u judging.Ruling) error {
	return c.with(contest, func(o *office.Office) error {
		made, err := o.Awards().RuleAward(c.ctx, u)
		if err != nil {
			return err
		}
		b, err := o.Awards().Notices(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(made, func() {
			c.say("board.ruled", judging.Args{"Ruling": made.ID})
			if b.Notice != nil && b.Notice.State == judging.Final {
				c.say("awards.revoked_after_end", nil)
			}
		})
	})
}

func awardsRulings(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Awards().Rulings(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			for _, u := range all {
				what := string(u.Work)
				if u.Kind == judging.RuleTie {
					what = strings.TrimSpace(u.Category + " " + u.Group)
				}
				c.say("board.ruling_"+string(u.Kind), judging.Args{"Ruling": u.ID, "What": what, "Award": u.Award, "Exit": string(u.Exit), "Reason": u.Reason})
				if u.Recalled != "" {
					c.say("board.recalled", judging.Args{"Ruling": u.ID, "Reason": u.Recalled})
				}
			}
		})
	})
}

func awardsRecall(c *call) error {
	fs := c.flags()
	id, reason := fs.String("ruling", "", ""), fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *id == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Awards().RecallRuling(c.ctx, *id, *reason); err != nil {
			return err
		}
		return c.answer(map[string]any{"recalled": *id}, func() { c.say("board.recalled", judging.Args{"Ruling": *id, "Reason": *reason}) })
	})
}

func awardsHonours(c *call) error {
	return c.onContest(func(o *office.Office) error {
		h, err := o.Awards().Honours(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(h, func() { c.printBoard(awards.Board{Units: h.Units, Mentors: h.Mentors}) })
	})
}

func awardsInfluence(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Awards().AwardInfluence(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			for _, j := range all {
				c.say("board.without_judge", judging.Args{"Judge": j.Judge, "Name": j.Name, "Count": len(j.Changes)})
				for _, a := range j.Changes {
					c.say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title, "From": c.orNone(a.From), "To": c.orNone(a.To)})
				}
			}
		})
	})
}
