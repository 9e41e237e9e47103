package assignment

import (
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

func judgesPIN(cmd *command.Command) command.Handler {
	cmd.Use("judges pin CONTEST", "judges pin 2020.fayi --judge j001")
	judge := cmd.Must("judge", "J", "flag.judge")
	clear := cmd.Yes("clear", "flag.clear_pin")
	check := cmd.Yes("check", "flag.check_pin")
	cmd.Limit(command.AtMostOne, "clear", "check")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		switch id := judging.JudgeID(*judge); {
		case *clear:
			return c.Answered(o.Secrets().ClearPIN(c.Ctx, id), "pin.cleared", judging.Args{"Judge": *judge})
		case *check:
			return c.Answered(o.Secrets().CheckPIN(c.Ctx, id, os.Getenv(command.PINVariable)), "pin.right", nil)
		default:
			pin, err := o.Secrets().SetPIN(c.Ctx, id, os.Getenv(command.PINVariable))
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"judge": *judge, "pin": pin}, func(pr *command.Printer) {
				pr.Say("pin.set", judging.Args{"Judge": *judge, "PIN": pin})
			})
		}
	})
}
