package main

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// scoresCommands are the commands of the noun scores, in the order of their work.
var scoresCommands = []declaration{
	scoresSheets, scoresCollect, scoresCollections, scoresUndoCollect, scoresClashes, scoresEnter, scoresSubmit,
	scoresStatus, scoresProgress, scoresRemind,
	scoresFlags, scoresCalibrate, scoresCalibration, scoresReopen, behind("close", scoresClose), scoresSignOff,
	scoresVerify,
	scoresHistory, scoresComments, scoresVoid, scoresRestore,
}

func scoresSheets(cmd *command) handler {
	cmd.use("scores sheets CONTEST", "scores sheets 2020.fayi --out 评分表")
	out := cmd.must("out", "DIR", "flag.out_dir")
	judge := cmd.str("judge", "J", "flag.judge_only")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		paths, err := o.Scoring().WriteScoreSheets(c.ctx, *out, judging.JudgeID(*judge), c.text.T)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"sheets": paths}, func(pr *printer) {
			pr.say("cli.sheets_written", judging.Args{"Count": len(paths), "Path": *out})
		})
	})
}

func scoresEnter(cmd *command) handler {
	cmd.use("scores enter CONTEST", "scores enter 2020.fayi --judge j001 --work w000012 --mark 主题内容=18 --mark 艺术表现=35")
	var b judging.Ballot
	marks := cmd.many("mark", "NAME=N", "flag.mark")
	cmd.float(&b.Total, "total", "N", "flag.total")
	cmd.numVar(&b.Confidence, "confidence", "1|2|3", "flag.confidence")
	cmd.strVar(&b.Comment, "comment", "TEXT", "flag.comment")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	state := cmd.str("state", "skipped|abstained|recused", "flag.ballot_state")
	cmd.strVar(&b.Reason, "reason", "R", "flag.ballot_reason")
	take := cmd.str("take", "entered|contest", "flag.take")
	submit := cmd.yes("submit", "flag.submit")
	return func(c *call, args []string) (result, error) {
		var err error
		if cmd.has("total") && b.Total == 0 {
			return result{}, judging.Fail(judging.Invalid, "cli.total_zero", nil)
		}
		b.State = judging.BallotState(*state)
		if b.Marks, err = readMarks(*marks); err != nil {
			return result{}, err
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			out, err := o.Scoring().EnterScore(
				c.ctx, judging.JudgeID(*judge), *work, b, scoring.Take(*take), *submit,
			)
			if err != nil {
				return result{}, err
			}
			kept := out.Kept
			return answer(kept, func(pr *printer) {
				if out.Fate == scoring.Taken && !out.Old.Blank() && !out.Old.Same(kept) {
					pr.say(
						"cli.collect_change",
						judging.Args{"Work": kept.Code, "Old": points(out.Old.Total), "New": points(kept.Total)},
					)
				}
				pr.say("cli.score_kept", judging.Args{"Work": kept.Code, "Total": judging.Exact(kept.Total).String(),
					"State": pr.text.T("ballot.state_"+string(kept.State), nil)})
			})
		})
	}
}

func readMarks(given []string) (map[string]float64, error) {
	out := map[string]float64{}
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		n, err := strconv.ParseFloat(judging.Fold(value), 64)
		if !ok || err != nil {
			return nil, judging.Fail(judging.Invalid, "cli.bad_mark", judging.Args{"Value": g})
		}
		out[judging.Tidy(name)] = n
	}
	return out, nil
}

func scoresSubmit(cmd *command) handler {
	cmd.use("scores submit CONTEST", "scores submit 2020.fayi --judge j001")
	judge := cmd.must("judge", "J", "flag.judge")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Scoring().SubmitScores(c.ctx, judging.JudgeID(*judge)); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"judge": *judge, "submitted": true}, func(pr *printer) {
			pr.say("cli.submitted", judging.Args{"Judge": *judge})
		})
	})
}

func scoresStatus(cmd *command) handler {
	cmd.use("scores status CONTEST", "scores status 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		s, err := o.Scoring().ScoresStatus(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(s, func(pr *printer) {
			rows := [][]string{pr.head("judge", "name", "done", "skipped", "total", "submitted")}
			for _, j := range s.Judges {
				yes := ""
				if j.Submitted {
					yes = pr.text.T("cli.yes", nil)
				}
				rows = append(rows, []string{string(j.Judge), j.Name, fmt.Sprint(j.Done), fmt.Sprint(j.Skipped),
					fmt.Sprint(j.Total), yes})
			}
			pr.table(rows)
			pr.say("cli.status", judging.Args{"Done": s.Done, "Total": s.Total})
		})
	})
}

func scoresHistory(cmd *command) handler {
	cmd.use("scores history CONTEST", "scores history 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Scoring().ScoreHistory(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		return answer(orEmpty(all), func(pr *printer) {
			rows := [][]string{pr.head("judge", "at", "total", "state", "source", "void", "comment")}
			add := func(s judging.Score, v judging.ScoreVersion, note string) {
				rows = append(
					rows,
					[]string{string(s.Judge), v.At.Local().Format("2006-01-02 15:04:05"), points(v.Total),
						pr.text.T("ballot.state_"+string(v.State), nil),
						pr.text.T("score.source_"+string(v.Source), nil), note, v.Comment},
				)
			}
			for _, s := range all {
				for _, v := range s.Versions {
					add(s, v, s.Void)
				}
				for _, v := range s.Undone {
					add(s, v, pr.text.T("comments.undone", nil))
				}
			}
			pr.table(rows)
		})
	})
}

func scoresVoid(cmd *command) handler {
	cmd.use("scores void CONTEST", "scores void 2020.fayi --judge j001 --work w000012 --reason 误评")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Scoring().VoidScore(c.ctx, judging.JudgeID(*judge), *work, *reason); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"ok": true}, func(pr *printer) {
			pr.say("cli.voided", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}

func scoresRestore(cmd *command) handler {
	cmd.use("scores restore CONTEST", "scores restore 2020.fayi --judge j001 --work w000012 --reason 作废错了")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if err := o.Scoring().RestoreScore(c.ctx, judging.JudgeID(*judge), *work, *reason); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"ok": true}, func(pr *printer) {
			pr.say("cli.void_restored", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}
