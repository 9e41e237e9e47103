package scoring

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/live"
)

// scoresOffset adds points of the office to a work's official score, or takes some off.
func scoresOffset(cmd *command.Command) command.Handler {
	cmd.Use("scores offset CONTEST", "scores offset 2020.fayi --work w000012 --points -2 --reason 超时")
	work := cmd.Must("work", "W", "flag.work")
	var points float64
	cmd.Float(&points, "points", "N", "flag.offset_points")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		f, err := o.Offsets().Give(c.Ctx, *work, points, *reason)
		if err != nil {
			return command.Result{}, err
		}
		turns := turnsOf(c, o)
		return command.Answer(f, func(pr *command.Printer) {
			pr.Say("offset.cli_given", judging.Args{
				"Offset": f.ID, "Work": f.Code, "Points": judging.Exact(f.Points).Signed(),
			})
			sayBehind(pr, turns)
		})
	})
}

// turnsOf is the running order; none where there is no plan yet. What was given is given, whether this can be
// read or not: the next look at the order says it, too.
func turnsOf(c *command.Call, o *office.Office) []live.Turn {
	turns, err := o.Live().Order(c.Ctx)
	if err != nil {
		return nil
	}
	return turns
}

func scoresOffsets(cmd *command.Command) command.Handler {
	cmd.Use("scores offsets CONTEST", "scores offsets 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Offsets().List(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("offset", "round", "code", "title", "points", "reason", "recalled")}
			for _, f := range all {
				rows = append(rows, []string{
					f.ID, fmt.Sprint(f.Round), string(f.Code), f.Title,
					judging.Exact(f.Points).Signed(), f.Reason, f.Recalled,
				})
			}
			pr.Table(rows)
		})
	})
}

func scoresUndoOffset(cmd *command.Command) command.Handler {
	cmd.Use("scores undo-offset CONTEST OFFSET", "scores undo-offset 2020.fayi f0001 --reason 计时有误")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		if err := o.Offsets().Recall(c.Ctx, args[1], *reason); err != nil {
			return command.Result{}, err
		}
		turns := turnsOf(c, o)
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("offset.cli_recalled", judging.Args{"Offset": args[1]})
			sayBehind(pr, turns)
		})
	})
}
