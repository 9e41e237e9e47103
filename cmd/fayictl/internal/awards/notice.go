package awards

import (
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func awardsPublish(cmd *command.Command) command.Handler {
	cmd.Use("awards publish CONTEST", "awards publish 2020.fayi --from 2020年5月12日 --days 5")
	req := noticeFlags(cmd)
	return func(c *command.Call, args []string) (command.Result, error) {
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			n, err := o.Notices().PublishAwards(c.Ctx, req())
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(n, func(pr *command.Printer) {
				pr.Say("notice.published", noticeDays(pr, n))
				warnPast(pr, c, n)
			})
		})
	}
}

// noticeFlags declares the days of a notice.
func noticeFlags(cmd *command.Command) func() awards.NoticeRequest {
	var req awards.NoticeRequest
	cmd.StrVar(&req.From, "from", "DAY", "flag.from_day")
	cmd.NumVar(&req.Days, "days", "N", "flag.days")
	cmd.StrVar(&req.Contact, "contact", "TEXT", "flag.contact")
	holidays := cmd.Str("holidays", "DAY,...", "flag.holidays")
	workdays := cmd.Str("workdays", "DAY,...", "flag.workdays")
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
func noticeDays(pr *command.Printer, n judging.Notice) judging.Args {
	return judging.Args{"From": longDay(pr, n.From), "Until": longDay(pr, n.Until), "Days": n.Days}
}

// warnPast says when the first day of a notice has passed: a slip of the month would end the notice early.
func warnPast(pr *command.Printer, c *command.Call, n judging.Notice) {
	if n.From < c.Now().Format(day.Form) {
		pr.Say("notice.began_in_past", noticeDays(pr, n))
	}
}

// longDay writes a day as the language does in full.
func longDay(pr *command.Printer, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return pr.Text.T("kit.date", judging.Args{
		"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day(),
		"Month2": at.Format("01"), "Day2": at.Format("02"),
	})
}

func awardsCorrectNotice(cmd *command.Command) command.Handler {
	cmd.Use("awards correct-notice CONTEST", "awards correct-notice 2020.fayi --from 2020.5.13 --reason 日期写错")
	req := noticeFlags(cmd)
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return func(c *command.Call, args []string) (command.Result, error) {
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			n, err := o.Notices().CorrectNotice(c.Ctx, req(), *reason)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(n, func(pr *command.Printer) {
				pr.Say("notice.corrected", noticeDays(pr, n))
				warnPast(pr, c, n)
			})
		})
	}
}

func awardsNotice(cmd *command.Command) command.Handler {
	cmd.Use("awards notice CONTEST", "awards notice 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Notices().ListNotices(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) {
			if b.Notice == nil {
				pr.Say("notice.none", nil)
			} else {
				pr.Say("notice.state_"+string(b.Notice.State),
					judging.Args{
						"From":  longDay(pr, b.Notice.From),
						"Until": longDay(pr, b.Notice.Until),
						"Open":  b.Open,
					})
			}
			for _, x := range b.Objections {
				pr.Line("%s  %s  %s  %s  %s", x.ID, x.Work,
					pr.Text.T("notice.objection_"+string(x.State), nil), x.Text, x.Answer)
			}
		})
	})
}

func awardsObject(cmd *command.Command) command.Handler {
	cmd.Use("awards object CONTEST", "awards object 2020.fayi --work w000012 --text 疑似雷同")
	work := cmd.Must("work", "W", "flag.work")
	text := cmd.Must("text", "TEXT", "flag.objection_text")
	from := cmd.Str("from", "WHO", "flag.from_who")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		x, err := o.Notices().FileObjection(c.Ctx, *work, *text, *from)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(x, func(pr *command.Printer) {
			pr.Say("notice.filed", judging.Args{"Objection": x.ID})
		})
	})
}

func awardsAnswer(cmd *command.Command) command.Handler {
	cmd.Use("awards answer CONTEST", "awards answer 2020.fayi --objection b001 --answer 经核实不成立")
	id := cmd.Must("objection", "OBJECTION", "flag.objection")
	words := cmd.Str("answer", "TEXT", "flag.answer")
	uphold := cmd.Yes("uphold", "flag.uphold")
	reopen := cmd.Yes("reopen", "flag.reopen")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *dry {
			plan, err := o.Notices().PlanAnswer(c.Ctx, *id, *uphold, *reopen)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(plan, func(pr *command.Printer) {
				for _, line := range plan.Lines() {
					pr.Say(line, plan.Args())
				}
			})
		}
		x, err := o.Notices().AnswerObjection(c.Ctx, *id, *uphold, *reopen, *words)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(x, func(pr *command.Printer) { pr.Say("notice.objection_"+string(x.State), nil) })
	})
}

func awardsRetractAnswer(cmd *command.Command) command.Handler {
	cmd.Use("awards retract-answer CONTEST", "awards retract-answer 2020.fayi --objection b001 --reason 选错了处理")
	id := cmd.Must("objection", "OBJECTION", "flag.objection")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		x, err := o.Notices().RetractAnswer(c.Ctx, *id, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(x, func(pr *command.Printer) {
			pr.Say("notice.retracted", judging.Args{"Objection": x.ID})
		})
	})
}

func awardsFinal(cmd *command.Command) command.Handler {
	cmd.Use("awards final CONTEST", "awards final 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Notices().FinalizeAwards(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(n, func(pr *command.Printer) {
			pr.Say("notice.state_final", judging.Args{
				"From":  longDay(pr, n.From),
				"Until": longDay(pr, n.Until),
				"Open":  0,
			})
		})
	})
}

// awardsRecallNotice withdraws a standing notice.
func awardsRecallNotice(cmd *command.Command) command.Handler {
	cmd.Use("awards recall-notice CONTEST", "awards recall-notice 2020.fayi --reason 日期写错")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Notices().RecallNotice(c.Ctx, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(n, func(pr *command.Printer) { pr.Say("notice.recalled", nil) })
	})
}
