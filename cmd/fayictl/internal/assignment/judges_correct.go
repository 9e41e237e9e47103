package assignment

import (
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoredjudges"
)

// judgesCorrect puts what is known of a judge right.
func judgesCorrect(cmd *command.Command) command.Handler {
	cmd.Use("judges correct CONTEST", "judges correct 2020.fayi --judge j003 --set unit=县文化馆 --reason 单位填错")
	judge := cmd.Must("judge", "J", "flag.judge")
	sets := cmd.Many("set", "FIELD=VALUE", "flag.judge_set")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return func(c *command.Call, args []string) (command.Result, error) {
		set := map[string]string{}
		for _, pair := range *sets {
			field, value, ok := strings.Cut(pair, "=")
			if !ok {
				return command.Result{}, cmd.Misused("cli.bad_pair", judging.Args{"Flag": "--set", "Value": field})
			}
			set[field] = value
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			j, err := o.Assignment().CorrectJudge(c.Ctx, judging.JudgeID(*judge), set, *reason)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(j, func(pr *command.Printer) {
				pr.Say("cli.judge_corrected", judging.Args{"Name": j.Name})
			})
		})
	}
}

// judgesRemove takes a judge off the list who never scored.
func judgesRemove(cmd *command.Command) command.Handler {
	cmd.Use("judges remove CONTEST", "judges remove 2020.fayi --judge j009 --reason 录入有误")
	judge := cmd.Must("judge", "J", "flag.judge")
	reason := cmd.Must("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Assignment().RemoveJudge(c.Ctx, judging.JudgeID(*judge), *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"removed": *judge}, func(pr *command.Printer) {
			pr.Say("cli.judge_removed", nil)
		})
	})
}

// judgesStrike strikes a judge off.
func judgesStrike(cmd *command.Command) command.Handler {
	cmd.Use("judges strike CONTEST", "judges strike 2020.fayi --judge j003 --scores void --reason 泄露评分")
	judge := cmd.Must("judge", "J", "flag.judge")
	scores := cmd.Str("scores", "void|keep", "flag.strike_scores")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	cmd.Limit(command.ExactlyOne, "reason", "dry-run")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *dry {
			s, err := o.ScoredJudges().PlanStrike(c.Ctx, judging.JudgeID(*judge), *scores)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(s, func(pr *command.Printer) {
				pr.Say("cli.judge_would_strike", judging.Args{"Void": s.Void, "Kept": s.Kept, "Open": s.Open})
			})
		}
		s, err := o.ScoredJudges().StrikeJudge(c.Ctx, judging.JudgeID(*judge), *scores, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			pr.Say("cli.judge_struck", judging.Args{"Void": s.Void, "Kept": s.Kept, "Open": s.Open})
		})
	})
}

// judgesMerge makes one judge of two entries.
func judgesMerge(cmd *command.Command) command.Handler {
	cmd.Use("judges merge CONTEST", "judges merge 2020.fayi --from j007 --into j003 --reason 同一人录入两次")
	from := cmd.Must("from", "J", "flag.merge_from")
	into := cmd.Must("into", "J", "flag.merge_into")
	take := cmd.Str("take", "from|into", "flag.merge_take")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	cmd.Limit(command.ExactlyOne, "reason", "dry-run")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *dry {
			m, err := o.ScoredJudges().PlanMerge(c.Ctx, judging.JudgeID(*from), judging.JudgeID(*into))
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(m, func(pr *command.Printer) {
				pr.Say("cli.judges_would_merge", judging.Args{"Scores": m.Scores, "Works": m.Works,
					"Clashes": len(m.Clashes)})
				tellClashes(pr, m)
			})
		}
		m, err := o.ScoredJudges().MergeJudges(c.Ctx, judging.JudgeID(*from), judging.JudgeID(*into), *take, *reason)
		if err != nil {
			tellClashes(c.Notes(), m)
			return command.Result{}, err
		}
		return command.Answer(m, func(pr *command.Printer) {
			pr.Say("cli.judges_merged", judging.Args{"Scores": m.Scores, "Works": m.Works})
		})
	})
}

// tellClashes lists the works that both entries of a judge have scored.
func tellClashes(pr *command.Printer, m scoredjudges.Merged) {
	for _, x := range m.Clashes {
		pr.Line("%s  --from %v  --into %v", x.Code, x.From, x.Into)
	}
}
