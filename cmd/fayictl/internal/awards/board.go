package awards

import (
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func awardsBoard(cmd *command.Command) command.Handler {
	cmd.Use("awards board CONTEST", "awards board 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Awards().AwardBoard(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) { printBoard(pr, b) })
	})
}

func printBoard(pr *command.Printer, b awards.Board) {
	for _, l := range b.Lists {
		pr.Say("board.list", judging.Args{"List": strings.TrimSpace(l.Category + " " + l.Group), "Ranked": l.Ranked})
		for _, s := range l.Slots {
			pr.Say("board.slot", judging.Args{"Award": s.Award, "Places": s.Places, "Given": len(s.Works)})
			if s.Part != nil {
				pr.Say("board.spread", s.Part.Args(s.Award, strings.TrimSpace(l.Category+" "+l.Group)))
			}
			printCards(pr, s.Works)
		}
		if len(l.Alternates) > 0 {
			pr.Say("board.alternates", judging.Args{"Count": len(l.Alternates)})
			printCards(pr, l.Alternates)
		}
		for _, n := range l.Notes {
			pr.Say(n.Why, n.Args(strings.TrimSpace(l.Category+" "+l.Group)))
		}
		for _, t := range l.Traces {
			pr.Say(t.Why, judging.Args{"Work": t.Work, "From": pr.OrNone(t.From), "To": pr.OrNone(t.To)})
		}
	}
	printHonours(pr, awards.Honours{Units: b.Units, Mentors: b.Mentors, Specials: b.Specials})
	pr.Say("board.pending", judging.Args{"Count": b.Pending})
}

func printHonours(pr *command.Printer, h awards.Honours) {
	for _, u := range h.Units {
		if u.Given {
			pr.Say("board.unit", judging.Args{"Prize": u.Prize, "Unit": u.Unit, "Works": u.Works, "Points": u.Points})
		}
	}
	printSpecials(pr, h.Specials)
	for _, m := range h.Mentors {
		pr.Say("board.mentor", judging.Args{"Prize": m.Prize, "Teacher": m.Teacher, "Unit": m.Unit,
			"Works": len(m.Works)})
	}
}

func printSpecials(pr *command.Printer, all []awards.SpecialHonour) {
	for _, h := range all {
		if len(h.Works) == 0 {
			pr.Say("board.special_none", judging.Args{"Prize": h.Prize})
		}
		for _, s := range h.Works {
			pr.Say("board.special", judging.Args{"Prize": h.Prize, "Work": s.Code, "Title": s.Title, "Unit": s.Unit,
				"Percent": s.Percent(), "Votes": s.Votes, "Reason": s.Reason})
		}
	}
}

func printCards(pr *command.Printer, list []awards.BoardWork) {
	for _, w := range list {
		unit := w.Unit
		if w.Sender != "" && w.Sender != w.Unit {
			unit += "  " + pr.Text.T("board.sender", judging.Args{"Sender": w.Sender})
		}
		pr.Line("  %d  %s  %s  %s  %s", w.Place, w.Code, w.Title, unit, judging.Exact(w.Official))
	}
}

func awardsOverride(cmd *command.Command) command.Handler {
	cmd.Use("awards override CONTEST", "awards override 2020.fayi --work w000012 --award 一等奖 --reason 评委会复议")
	return ruleOnWork(cmd, award.RuleGive, cmd.Must("award", "AWARD", "flag.award"))
}

func awardsNominate(cmd *command.Command) command.Handler {
	cmd.Use("awards nominate CONTEST", "awards nominate 2020.fayi --work w000012 --award 最佳新人奖 --reason 评委会提名")
	return ruleOnWork(cmd, award.RuleNominate, cmd.Must("award", "PRIZE", "flag.special_prize"))
}

func awardsWithhold(cmd *command.Command) command.Handler {
	cmd.Use("awards withhold CONTEST", "awards withhold 2020.fayi --work w000012 --reason 作者放弃")
	return ruleOnWork(cmd, award.RuleWithhold, nil)
}

func awardsDisqualify(cmd *command.Command) command.Handler {
	cmd.Use("awards disqualify CONTEST", "awards disqualify 2020.fayi --work w000012 --reason 查实抄袭")
	return ruleOnWork(cmd, award.RuleDisqualify, nil)
}

// ruleOnWork serves the commands that rule on one work. Withholding and disqualifying concern every award of the
// work.
func ruleOnWork(cmd *command.Command, kind award.RulingKind, prize *string) command.Handler {
	u := award.Ruling{Kind: kind}
	cmd.MustVar((*string)(&u.Work), "work", "W", "flag.work")
	if prize == nil {
		cmd.StrVar(&u.Award, "award", "AWARD", "flag.award_named")
	}
	cmd.StrVar(&u.Reason, "reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if prize != nil {
			u.Award = *prize
		}
		return rule(c, o, u)
	})
}

func awardsTie(cmd *command.Command) command.Handler {
	cmd.Use("awards tie CONTEST", "awards tie 2020.fayi --category 书法 --award 一等奖 --exit share --reason 评委会决定")
	u := award.Ruling{Kind: award.RuleTie}
	cmd.MustVar(&u.Category, "category", "C", "flag.category")
	cmd.StrVar(&u.Group, "group", "G", "flag.group")
	cmd.MustVar(&u.Award, "award", "AWARD", "flag.award")
	exit := cmd.Must("exit", "share|hold|empty", "flag.exit_tie")
	cmd.StrVar(&u.Reason, "reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		u.Exit = judging.TieAtCut(*exit)
		return rule(c, o, u)
	})
}

func rule(c *command.Call, o *office.Office, u award.Ruling) (command.Result, error) {
	made, err := o.Awards().RuleAward(c.Ctx, u)
	if err != nil {
		return command.Result{}, err
	}
	b, err := o.Notices().ListNotices(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(made, func(pr *command.Printer) {
		pr.Say("board.ruled", judging.Args{"Ruling": made.ID})
		if b.Notice != nil && b.Notice.State == judging.Final {
			pr.Say("awards.revoked_after_end", nil)
		}
	})
}

func awardsRulings(cmd *command.Command) command.Handler {
	cmd.Use("awards rulings CONTEST", "awards rulings 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Awards().Rulings(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, u := range all {
				what := string(u.Work)
				if u.Kind == award.RuleTie {
					what = strings.TrimSpace(u.Category + " " + u.Group)
				}
				pr.Say("board.ruling_"+string(u.Kind), judging.Args{"Ruling": u.ID, "What": what, "Award": u.Award,
					"Exit": string(u.Exit), "Reason": u.Reason})
				if u.Recalled != "" {
					pr.Say("board.recalled", judging.Args{"Ruling": u.ID, "Reason": u.Recalled})
				}
			}
		})
	})
}

func awardsRecall(cmd *command.Command) command.Handler {
	cmd.Use("awards recall CONTEST", "awards recall 2020.fayi --ruling u001 --reason 复核后撤回")
	id := cmd.Must("ruling", "RULING", "flag.ruling")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Awards().RecallRuling(c.Ctx, *id, *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"recalled": *id}, func(pr *command.Printer) {
			pr.Say("board.recalled", judging.Args{"Ruling": *id, "Reason": *reason})
		})
	})
}

func awardsHonours(cmd *command.Command) command.Handler {
	cmd.Use("awards honours CONTEST", "awards honours 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		h, err := o.Awards().Honours(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		open, err := o.OpenPointsAt(c.Ctx, "report")
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(h, func(pr *command.Printer) {
			printHonours(pr, h)
			for _, p := range open {
				pr.Say(p.Text, p.Args)
			}
		})
	})
}

func awardsInfluence(cmd *command.Command) command.Handler {
	cmd.Use("awards influence CONTEST", "awards influence 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Awards().AwardInfluence(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, j := range all {
				pr.Say("board.without_judge", judging.Args{"Judge": j.Judge, "Name": j.Name, "Count": len(j.Changes)})
				for _, a := range j.Changes {
					pr.Say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title,
						"From": pr.OrNone(a.From), "To": pr.OrNone(a.To)})
				}
			}
		})
	})
}
