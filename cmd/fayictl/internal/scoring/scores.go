package scoring

import (
	"fmt"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
	"fayi/judging/terms"
)

// ScoresCommands are the commands of the noun scores, in the order of their work.
var ScoresCommands = []command.Declaration{
	scoresSheets, scoresCollect, scoresCollections, scoresUndoCollect, scoresClashes, scoresEnter, scoresSubmit,
	scoresStatus, scoresProgress, scoresRemind,
	scoresFlags, scoresCalibrate, scoresCalibration, scoresReopen, command.Behind("close", scoresClose), scoresSignOff,
	scoresVerify,
	scoresHistory, scoresComments, scoresVoid, scoresRestore, scoresOffset, scoresOffsets, scoresUndoOffset,
	scoresAudience, scoresAudiences, scoresUndoAudience,
}

func scoresSheets(cmd *command.Command) command.Handler {
	cmd.Use("scores sheets CONTEST", "scores sheets 2020.fayi --out 评分表")
	out := cmd.Must("out", "DIR", "flag.out_dir")
	cmd.Set()
	judge := cmd.Str("judge", "J", "flag.judge_only")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		paths, err := o.Scoring().WriteScoreSheets(c.Ctx, *out, judging.JudgeID(*judge), c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"sheets": paths}, func(pr *command.Printer) {
			pr.Say("cli.sheets_written", judging.Args{"Count": len(paths), "Path": *out})
		})
	})
}

func scoresEnter(cmd *command.Command) command.Handler {
	cmd.Use("scores enter CONTEST", "scores enter 2020.fayi --judge j001 --work w000012 --mark 主题内容=18 --mark 艺术表现=35")
	var b judging.Ballot
	marks := cmd.Many("mark", "NAME=N", "flag.mark")
	cmd.Float(&b.Total, "total", "N", "flag.total")
	cmd.NumVar(&b.Confidence, "confidence", "1|2|3", "flag.confidence")
	cmd.StrVar(&b.Comment, "comment", "TEXT", "flag.comment")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	state := cmd.Str("state", "skipped|abstained|recused", "flag.ballot_state")
	cmd.StrVar(&b.Reason, "reason", "R", "flag.ballot_reason")
	take := cmd.Str("take", "entered|contest", "flag.take")
	submit := cmd.Yes("submit", "flag.submit")
	behalf := cmd.Str("on-behalf", "REASON", "flag.on_behalf")
	return func(c *command.Call, args []string) (command.Result, error) {
		var err error
		if cmd.Has("total") && b.Total == 0 {
			return command.Result{}, judging.Fail(judging.Invalid, "cli.total_zero", nil)
		}
		b.State = judging.BallotState(*state)
		if b.Marks, err = readMarks(*marks); err != nil {
			return command.Result{}, err
		}
		id := judging.JudgeID(*judge)
		return c.AsJudge(args[0], id, *behalf, func(o *office.Office) (command.Result, error) {
			out, err := o.Scoring().EnterScore(
				c.Ctx, id, *work, b, scoring.Take(*take), *submit,
			)
			if err != nil {
				return command.Result{}, err
			}
			kept := out.Kept
			return command.Answer(kept, func(pr *command.Printer) {
				if out.Fate == scoring.Taken && !out.Old.Blank() && !out.Old.Same(kept) {
					pr.Say(
						"cli.collect_change",
						judging.Args{"Work": kept.Code, "Old": points(out.Old.Total), "New": points(kept.Total)},
					)
				}
				pr.Say("cli.score_kept", judging.Args{"Work": kept.Code, "Total": judging.Exact(kept.Total).String(),
					"State": pr.Text.T("ballot.state_"+string(kept.State), nil)})
			})
		})
	}
}

func readMarks(given []string) (map[string]float64, error) {
	out := map[string]float64{}
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		n, err := strconv.ParseFloat(judging.Fold(value), 64)
		if terms.SaysNotApplicable(value) {
			n, err = terms.NotApplicable, nil
		} else if !terms.Applies(n) { // the number is no word
			ok = false
		}
		if !ok || err != nil {
			return nil, judging.Fail(judging.Invalid, "cli.bad_mark", judging.Args{"Value": g})
		}
		out[judging.Tidy(name)] = n
	}
	return out, nil
}

func scoresSubmit(cmd *command.Command) command.Handler {
	cmd.Use("scores submit CONTEST", "scores submit 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	behalf := cmd.Str("on-behalf", "REASON", "flag.on_behalf")
	return func(c *command.Call, args []string) (command.Result, error) {
		id := judging.JudgeID(*judge)
		return c.AsJudge(args[0], id, *behalf, func(o *office.Office) (command.Result, error) {
			if err := o.Scoring().SubmitScores(c.Ctx, id); err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"judge": *judge, "submitted": true}, func(pr *command.Printer) {
				pr.Say("cli.submitted", judging.Args{"Judge": *judge})
			})
		})
	}
}

func scoresStatus(cmd *command.Command) command.Handler {
	cmd.Use("scores status CONTEST", "scores status 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		s, err := o.Scoring().ScoresStatus(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "name", "done", "skipped", "total", "submitted")}
			for _, j := range s.Judges {
				yes := ""
				if j.Submitted {
					yes = pr.Text.T("cli.yes", nil)
				}
				rows = append(rows, []string{string(j.Judge), j.Name, fmt.Sprint(j.Done), fmt.Sprint(j.Skipped),
					fmt.Sprint(j.Total), yes})
			}
			pr.Table(rows)
			pr.Say("cli.status", judging.Args{"Done": s.Done, "Total": s.Total})
		})
	})
}

func scoresHistory(cmd *command.Command) command.Handler {
	cmd.Use("scores history CONTEST", "scores history 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Scoring().ScoreHistory(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(command.OrEmpty(all), func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "at", "total", "state", "source", "void", "comment")}
			add := func(s judging.Score, v judging.ScoreVersion, note string) {
				rows = append(
					rows,
					[]string{string(s.Judge), v.At.Local().Format("2006-01-02 15:04:05"), points(v.Total),
						pr.Text.T("ballot.state_"+string(v.State), nil),
						pr.Text.T("score.source_"+string(v.Source), nil), note, v.Comment},
				)
			}
			for _, s := range all {
				for _, v := range s.Versions {
					add(s, v, s.Void)
				}
				for _, v := range s.Undone {
					add(s, v, pr.Text.T("comments.undone", nil))
				}
			}
			pr.Table(rows)
		})
	})
}

func scoresVoid(cmd *command.Command) command.Handler {
	cmd.Use("scores void CONTEST", "scores void 2020.fayi --judge j001 --work w000012 --reason 误评")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Scoring().VoidScore(c.Ctx, judging.JudgeID(*judge), *work, *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("cli.voided", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}

func scoresRestore(cmd *command.Command) command.Handler {
	cmd.Use("scores restore CONTEST", "scores restore 2020.fayi --judge j001 --work w000012 --reason 作废错了")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Scoring().RestoreScore(c.Ctx, judging.JudgeID(*judge), *work, *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("cli.void_restored", judging.Args{"Judge": *judge, "Work": *work})
		})
	})
}
