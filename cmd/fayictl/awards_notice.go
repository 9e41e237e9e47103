package main

import (
	"fmt"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func awardsPublish(cmd *command) handler {
	cmd.use("awards publish CONTEST", "awards publish 2020.fayi --from 2020年5月12日 --days 5")
	req := noticeFlags(cmd)
	return func(c *call, args []string) (result, error) {
		return c.with(args[0], func(o *office.Office) (result, error) {
			n, err := o.Notices().PublishAwards(c.ctx, req())
			if err != nil {
				return result{}, err
			}
			return answer(n, func(pr *printer) {
				pr.say("notice.published", noticeDays(pr, n))
				warnPast(pr, c, n)
			})
		})
	}
}

// noticeFlags declares the days of a notice.
func noticeFlags(cmd *command) func() awards.NoticeRequest {
	var req awards.NoticeRequest
	cmd.strVar(&req.From, "from", "DAY", "flag.from_day")
	cmd.numVar(&req.Days, "days", "N", "flag.days")
	cmd.strVar(&req.Contact, "contact", "TEXT", "flag.contact")
	holidays := cmd.str("holidays", "DAY,...", "flag.holidays")
	workdays := cmd.str("workdays", "DAY,...", "flag.workdays")
	return func() awards.NoticeRequest {
		out := req
		out.Past = true // a script means what it says; noticeDays says it back
		if *holidays != "" {
			out.Holidays = []string{*holidays}
		}
		if *workdays != "" {
			out.Workdays = []string{*workdays}
		}
		return out
	}
}

// noticeDays gives the days of a notice in the long form.
func noticeDays(pr *printer, n judging.Notice) judging.Args {
	return judging.Args{"From": longDay(pr, n.From), "Until": longDay(pr, n.Until), "Days": n.Days}
}

// warnPast says when the first day of a notice has passed: a slip of the month would end the notice early.
func warnPast(pr *printer, c *call, n judging.Notice) {
	if n.From < c.now().Format(judging.DayForm) {
		pr.say("notice.began_in_past", noticeDays(pr, n))
	}
}

// longDay writes a day as the language does in full.
func longDay(pr *printer, day string) string {
	at, err := time.Parse(judging.DayForm, day)
	if err != nil {
		return day
	}
	return pr.text.T("kit.date", judging.Args{
		"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day(),
		"Month2": at.Format("01"), "Day2": at.Format("02"),
	})
}

func awardsCorrectNotice(cmd *command) handler {
	cmd.use("awards correct-notice CONTEST", "awards correct-notice 2020.fayi --from 2020.5.13 --reason 日期写错")
	req := noticeFlags(cmd)
	reason := cmd.must("reason", "REASON", "flag.reason")
	return func(c *call, args []string) (result, error) {
		return c.with(args[0], func(o *office.Office) (result, error) {
			n, err := o.Notices().CorrectNotice(c.ctx, req(), *reason)
			if err != nil {
				return result{}, err
			}
			return answer(n, func(pr *printer) {
				pr.say("notice.corrected", noticeDays(pr, n))
				warnPast(pr, c, n)
			})
		})
	}
}

func awardsNotice(cmd *command) handler {
	cmd.use("awards notice CONTEST", "awards notice 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		b, err := o.Notices().ListNotices(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(b, func(pr *printer) {
			if b.Notice == nil {
				pr.say("notice.none", nil)
			} else {
				pr.say("notice.state_"+string(b.Notice.State),
					judging.Args{
						"From":  longDay(pr, b.Notice.From),
						"Until": longDay(pr, b.Notice.Until),
						"Open":  b.Open,
					})
			}
			for _, x := range b.Objections {
				fmt.Fprintf(pr.out, "%s  %s  %s  %s  %s\n", x.ID, x.Work,
					pr.text.T("notice.objection_"+string(x.State), nil), x.Text, x.Answer)
			}
		})
	})
}

func awardsObject(cmd *command) handler {
	cmd.use("awards object CONTEST", "awards object 2020.fayi --work w000012 --text 疑似雷同")
	work := cmd.must("work", "W", "flag.work")
	text := cmd.must("text", "TEXT", "flag.objection_text")
	from := cmd.str("from", "WHO", "flag.from_who")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		x, err := o.Notices().FileObjection(c.ctx, *work, *text, *from)
		if err != nil {
			return result{}, err
		}
		return answer(x, func(pr *printer) { pr.say("notice.filed", judging.Args{"Objection": x.ID}) })
	})
}

func awardsAnswer(cmd *command) handler {
	cmd.use("awards answer CONTEST", "awards answer 2020.fayi --objection b001 --answer 经核实不成立")
	id := cmd.must("objection", "OBJECTION", "flag.objection")
	words := cmd.str("answer", "TEXT", "flag.answer")
	uphold := cmd.yes("uphold", "flag.uphold")
	reopen := cmd.yes("reopen", "flag.reopen")
	dry := cmd.yes("dry-run", "flag.dry_run")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *dry {
			plan, err := o.Notices().PlanAnswer(c.ctx, *id, *uphold, *reopen)
			if err != nil {
				return result{}, err
			}
			return answer(plan, func(pr *printer) {
				for _, line := range plan.Lines() {
					pr.say(line, plan.Args())
				}
			})
		}
		x, err := o.Notices().AnswerObjection(c.ctx, *id, *uphold, *reopen, *words)
		if err != nil {
			return result{}, err
		}
		return answer(x, func(pr *printer) { pr.say("notice.objection_"+string(x.State), nil) })
	})
}

func awardsRetractAnswer(cmd *command) handler {
	cmd.use("awards retract-answer CONTEST", "awards retract-answer 2020.fayi --objection b001 --reason 选错了处理")
	id := cmd.must("objection", "OBJECTION", "flag.objection")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		x, err := o.Notices().RetractAnswer(c.ctx, *id, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(x, func(pr *printer) { pr.say("notice.retracted", judging.Args{"Objection": x.ID}) })
	})
}

func awardsFinal(cmd *command) handler {
	cmd.use("awards final CONTEST", "awards final 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Notices().FinalizeAwards(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(n, func(pr *printer) {
			pr.say("notice.state_final", judging.Args{
				"From":  longDay(pr, n.From),
				"Until": longDay(pr, n.Until),
				"Open":  0,
			})
		})
	})
}

// awardsRecallNotice withdraws a standing notice.
func awardsRecallNotice(cmd *command) handler {
	cmd.use("awards recall-notice CONTEST", "awards recall-notice 2020.fayi --reason 日期写错")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Notices().RecallNotice(c.ctx, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(n, func(pr *printer) { pr.say("notice.recalled", nil) })
	})
}
