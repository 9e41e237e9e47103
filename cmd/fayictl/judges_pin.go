package main

import (
	"os"

	"fayi/judging"
	"fayi/judging/office"
)

func judgesPIN(cmd *command) handler {
	cmd.use("judges pin CONTEST", "judges pin 2020.fayi --judge j001")
	judge := cmd.must("judge", "J", "flag.judge")
	clear := cmd.yes("clear", "flag.clear_pin")
	check := cmd.yes("check", "flag.check_pin")
	cmd.limit(atMostOne, "clear", "check")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		switch id := judging.JudgeID(*judge); {
		case *clear:
			return c.answered(o.Secrets().ClearPIN(c.ctx, id), "pin.cleared", judging.Args{"Judge": *judge})
		case *check:
			return c.answered(o.Secrets().CheckPIN(c.ctx, id, os.Getenv(pinVariable)), "pin.right", nil)
		default:
			pin, err := o.Secrets().SetPIN(c.ctx, id, os.Getenv(pinVariable))
			if err != nil {
				return result{}, err
			}
			return answer(map[string]any{"judge": *judge, "pin": pin}, func(pr *printer) {
				pr.say("pin.set", judging.Args{"Judge": *judge, "PIN": pin})
			})
		}
	})
}
