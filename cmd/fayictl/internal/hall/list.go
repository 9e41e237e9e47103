package hall

import (
	"strconv"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/hall"
)

func remote(c *command.Call, address string) (hall.Remote, error) {
	token, err := c.HallToken()
	return hall.Remote{Address: address, Token: token, Lang: c.Text.Lang}, err
}

func hallList(cmd *command.Command) command.Handler {
	cmd.Use("hall list ADDRESS", "hall list https://fayi.example.cn")
	cmd.Ends(judging.Unavailable, judging.Forbidden)
	return func(c *command.Call, args []string) (command.Result, error) {
		r, err := remote(c, args[0])
		if err != nil {
			return command.Result{}, err
		}
		l, err := r.List(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(l, func(pr *command.Printer) {
			if l.Problem != "" {
				pr.Line("%s", l.Problem)
			}
			rows := [][]string{pr.Titles("cli.hall_col_", "folder", "state", "judges", "done", "here", "address")}
			for _, c := range l.Contests {
				rows = append(rows, row(pr, c))
			}
			pr.Table(rows)
			for _, c := range l.Contests {
				if c.Problem != "" {
					pr.Say("cli.hall_problem", judging.Args{"Name": c.Name, "Problem": c.Problem})
				}
			}
		})
	}
}

func row(pr *command.Printer, c hall.Row) []string {
	of := func(n, all int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(all) }
	return []string{c.Name, pr.Text.T("hall.state_"+c.State, nil), of(c.Submitted, c.Judges), of(c.Done, c.Total),
		strconv.Itoa(c.Here), c.Address}
}

func hallOpen(cmd *command.Command) command.Handler {
	cmd.Use("hall open ADDRESS FOLDER", "hall open https://fayi.example.cn 甲县.fayi")
	return set(cmd, true)
}

func hallClose(cmd *command.Command) command.Handler {
	cmd.Use("hall close ADDRESS FOLDER", "hall close https://fayi.example.cn 甲县.fayi")
	return set(cmd, false)
}

// set opens or closes the room of a contest.
func set(cmd *command.Command, open bool) command.Handler {
	cmd.Ends(judging.Unavailable, judging.Forbidden, judging.Busy)
	return func(c *command.Call, args []string) (command.Result, error) {
		r, err := remote(c, args[0])
		if err != nil {
			return command.Result{}, err
		}
		now, err := r.SetOpen(c.Ctx, args[1], open)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(now, func(pr *command.Printer) {
			pr.Line("%s  %s  %s", now.Name, pr.Text.T("hall.state_"+now.State, nil), now.Address)
			if now.Problem != "" {
				pr.Line("%s", now.Problem)
			}
		})
	}
}
