package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// judgesCorrect puts what is known of a judge right.
func judgesCorrect(cmd *command) handler {
	cmd.use("judges correct CONTEST", "judges correct 2020.fayi --judge j003 --set unit=县文化馆 --reason 单位填错")
	judge := cmd.must("judge", "J", "flag.judge")
	sets := cmd.many("set", "FIELD=VALUE", "flag.judge_set")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return func(c *call, args []string) (result, error) {
		set := map[string]string{}
		for _, pair := range *sets {
			field, value, ok := strings.Cut(pair, "=")
			if !ok {
				return result{}, cmd.misused("cli.bad_pair", judging.Args{"Flag": "--set", "Value": field})
			}
			set[field] = value
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			j, err := o.Assignment().CorrectJudge(c.ctx, judging.JudgeID(*judge), set, *reason)
			if err != nil {
				return result{}, err
			}
			return answer(j, func(pr *printer) { pr.say("cli.judge_corrected", judging.Args{"Name": j.Name}) })
		})
	}
}

// judgesRemove takes a judge off the list who never scored.
func judgesRemove(cmd *command) handler {
	cmd.use("judges remove CONTEST", "judges remove 2020.fayi --judge j009 --reason 录入有误")
	judge := cmd.must("judge", "J", "flag.judge")
	reason := cmd.must("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Assignment().RemoveJudge(c.ctx, judging.JudgeID(*judge), *reason); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"removed": *judge}, func(pr *printer) { pr.say("cli.judge_removed", nil) })
	})
}

// judgesStrike strikes a judge off.
func judgesStrike(cmd *command) handler {
	cmd.use("judges strike CONTEST", "judges strike 2020.fayi --judge j003 --scores void --reason 泄露评分")
	judge := cmd.must("judge", "J", "flag.judge")
	scores := cmd.str("scores", "void|keep", "flag.strike_scores")
	reason := cmd.str("reason", "REASON", "flag.reason")
	dry := cmd.yes("dry-run", "flag.dry_run")
	cmd.limit(exactlyOne, "reason", "dry-run")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *dry {
			s, err := o.ScoredJudges().PlanStrike(c.ctx, judging.JudgeID(*judge), *scores)
			if err != nil {
				return result{}, err
			}
			return answer(s, func(pr *printer) {
				pr.say("cli.judge_would_strike", judging.Args{"Void": s.Void, "Kept": s.Kept, "Open": s.Open})
			})
		}
		s, err := o.ScoredJudges().StrikeJudge(c.ctx, judging.JudgeID(*judge), *scores, *reason)
		if err != nil {
			return result{}, err
		}
		return answer(s, func(pr *printer) {
			pr.say("cli.judge_struck", judging.Args{"Void": s.Void, "Kept": s.Kept, "Open": s.Open})
		})
	})
}

// judgesMerge makes one judge of two entries.
func judgesMerge(cmd *command) handler {
	cmd.use("judges merge CONTEST", "judges merge 2020.fayi --from j007 --into j003 --reason 同一人录入两次")
	from := cmd.must("from", "J", "flag.merge_from")
	into := cmd.must("into", "J", "flag.merge_into")
	take := cmd.str("take", "from|into", "flag.merge_take")
	reason := cmd.str("reason", "REASON", "flag.reason")
	dry := cmd.yes("dry-run", "flag.dry_run")
	cmd.limit(exactlyOne, "reason", "dry-run")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *dry {
			m, err := o.ScoredJudges().PlanMerge(c.ctx, judging.JudgeID(*from), judging.JudgeID(*into))
			if err != nil {
				return result{}, err
			}
			return answer(m, func(pr *printer) {
				pr.say("cli.judges_would_merge", judging.Args{"Scores": m.Scores, "Works": m.Works,
					"Clashes": len(m.Clashes)})
				tellClashes(pr, m)
			})
		}
		m, err := o.ScoredJudges().MergeJudges(c.ctx, judging.JudgeID(*from), judging.JudgeID(*into), *take, *reason)
		if err != nil {
			tellClashes(c.notes(), m)
			return result{}, err
		}
		return answer(m, func(pr *printer) {
			pr.say("cli.judges_merged", judging.Args{"Scores": m.Scores, "Works": m.Works})
		})
	})
}

// tellClashes lists the works that both entries of a judge have scored.
func tellClashes(pr *printer, m scoring.Merged) {
	for _, x := range m.Clashes {
		fmt.Fprintf(pr.out, "%s  --from %v  --into %v\n", x.Code, x.From, x.Into)
	}
}
