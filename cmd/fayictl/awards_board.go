package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

// orNone shows an award, or that there is none.
func orNone(pr *printer, award string) string {
	if award == "" {
		return pr.text.T("board.no_award", nil)
	}
	return award
}

func awardsBoard(cmd *command) handler {
	cmd.use("awards board CONTEST", "awards board 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		b, err := o.Awards().AwardBoard(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(b, func(pr *printer) { printBoard(pr, b) })
	})
}

func printBoard(pr *printer, b awards.Board) {
	for _, l := range b.Lists {
		pr.say("board.list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group), "Ranked": l.Ranked})
		for _, s := range l.Slots {
			pr.say("board.slot", judging.Args{"Award": s.Award, "Places": s.Places, "Given": len(s.Works)})
			printCards(pr, s.Works)
		}
		if len(l.Alternates) > 0 {
			pr.say("board.alternates", judging.Args{"Count": len(l.Alternates)})
			printCards(pr, l.Alternates)
		}
		for _, n := range l.Notes {
			pr.say(n.Why, n.Args(strings.TrimSpace(l.Category+" "+l.Group)))
		}
		for _, t := range l.Traces {
			pr.say(t.Why, judging.Args{"Work": t.Work, "From": orNone(pr, t.From), "To": orNone(pr, t.To)})
		}
	}
	printHonours(pr, awards.Honours{Units: b.Units, Mentors: b.Mentors})
	pr.say("board.pending", judging.Args{"Count": b.Pending})
}

func printHonours(pr *printer, h awards.Honours) {
	for _, u := range h.Units {
		if u.Given {
			pr.say("board.unit", judging.Args{"Prize": u.Prize, "Unit": u.Unit, "Works": u.Works, "Points": u.Points})
		}
	}
	for _, m := range h.Mentors {
		pr.say("board.mentor", judging.Args{"Prize": m.Prize, "Teacher": m.Teacher, "Unit": m.Unit,
			"Works": len(m.Works)})
	}
}

func printCards(pr *printer, list []awards.BoardWork) {
	for _, w := range list {
		unit := w.Unit
		if w.Sender != "" && w.Sender != w.Unit {
			unit += "  " + pr.text.T("board.sender", judging.Args{"Sender": w.Sender})
		}
		fmt.Fprintf(pr.out, "  %d  %s  %s  %s  %s\n", w.Place, w.Code, w.Title, unit, judging.Exact(w.Official))
	}
}

func awardsOverride(cmd *command) handler {
	cmd.use("awards override CONTEST", "awards override 2020.fayi --work w000012 --award 一等奖 --reason 评委会复议")
	return ruleOnWork(cmd, award.RuleGive, cmd.must("award", "AWARD", "flag.award"))
}

func awardsWithhold(cmd *command) handler {
	cmd.use("awards withhold CONTEST", "awards withhold 2020.fayi --work w000012 --reason 作者放弃")
	return ruleOnWork(cmd, award.RuleWithhold, nil)
}

func awardsDisqualify(cmd *command) handler {
	cmd.use("awards disqualify CONTEST", "awards disqualify 2020.fayi --work w000012 --reason 查实抄袭")
	return ruleOnWork(cmd, award.RuleDisqualify, nil)
}

// ruleOnWork serves the commands that rule on one work. Withholding and disqualifying concern every award of the
// work.
func ruleOnWork(cmd *command, kind award.RulingKind, prize *string) handler {
	u := award.Ruling{Kind: kind}
	cmd.mustVar((*string)(&u.Work), "work", "W", "flag.work")
	if prize == nil {
		cmd.strVar(&u.Award, "award", "AWARD", "flag.award_named")
	}
	cmd.strVar(&u.Reason, "reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if prize != nil {
			u.Award = *prize
		}
		return rule(c, o, u)
	})
}

func awardsTie(cmd *command) handler {
	cmd.use("awards tie CONTEST", "awards tie 2020.fayi --category 书法 --award 一等奖 --exit share --reason 评委会决定")
	u := award.Ruling{Kind: award.RuleTie}
	cmd.mustVar(&u.Category, "category", "C", "flag.category")
	cmd.strVar(&u.Group, "group", "G", "flag.group")
	cmd.mustVar(&u.Award, "award", "AWARD", "flag.award")
	exit := cmd.must("exit", "share|hold|empty", "flag.exit_tie")
	cmd.strVar(&u.Reason, "reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		u.Exit = judging.TieAtCut(*exit)
		return rule(c, o, u)
	})
}

func rule(c *call, o *office.Office, u award.Ruling) (result, error) {
	made, err := o.Awards().RuleAward(c.ctx, u)
	if err != nil {
		return result{}, err
	}
	b, err := o.Notices().ListNotices(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(made, func(pr *printer) {
		pr.say("board.ruled", judging.Args{"Ruling": made.ID})
		if b.Notice != nil && b.Notice.State == judging.Final {
			pr.say("awards.revoked_after_end", nil)
		}
	})
}

func awardsRulings(cmd *command) handler {
	cmd.use("awards rulings CONTEST", "awards rulings 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Awards().Rulings(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			for _, u := range all {
				what := string(u.Work)
				if u.Kind == award.RuleTie {
					what = strings.TrimSpace(u.Category + " " + u.Group)
				}
				pr.say("board.ruling_"+string(u.Kind), judging.Args{"Ruling": u.ID, "What": what, "Award": u.Award,
					"Exit": string(u.Exit), "Reason": u.Reason})
				if u.Recalled != "" {
					pr.say("board.recalled", judging.Args{"Ruling": u.ID, "Reason": u.Recalled})
				}
			}
		})
	})
}

func awardsRecall(cmd *command) handler {
	cmd.use("awards recall CONTEST", "awards recall 2020.fayi --ruling u001 --reason 复核后撤回")
	id := cmd.must("ruling", "RULING", "flag.ruling")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Awards().RecallRuling(c.ctx, *id, *reason); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"recalled": *id}, func(pr *printer) {
			pr.say("board.recalled", judging.Args{"Ruling": *id, "Reason": *reason})
		})
	})
}

func awardsHonours(cmd *command) handler {
	cmd.use("awards honours CONTEST", "awards honours 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		h, err := o.Awards().Honours(c.ctx)
		if err != nil {
			return result{}, err
		}
		open, err := o.OpenPointsAt(c.ctx, "report")
		if err != nil {
			return result{}, err
		}
		return answer(h, func(pr *printer) {
			printHonours(pr, h)
			for _, p := range open {
				pr.say(p.Text, p.Args)
			}
		})
	})
}

func awardsInfluence(cmd *command) handler {
	cmd.use("awards influence CONTEST", "awards influence 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Awards().AwardInfluence(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			for _, j := range all {
				pr.say("board.without_judge", judging.Args{"Judge": j.Judge, "Name": j.Name, "Count": len(j.Changes)})
				for _, a := range j.Changes {
					pr.say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title,
						"From": orNone(pr, a.From), "To": orNone(pr, a.To)})
				}
			}
		})
	})
}
