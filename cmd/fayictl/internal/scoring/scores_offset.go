package scoring

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
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
		return command.Answer(f, func(pr *command.Printer) {
			pr.Say("offset.cli_given", judging.Args{
				"Offset": f.ID, "Work": f.Code, "Points": judging.Exact(f.Points).Signed(),
			})
		})
	})
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
		return c.Answered(o.Offsets().Recall(c.Ctx, args[1], *reason), "offset.cli_recalled",
			judging.Args{"Offset": args[1]})
	})
}
