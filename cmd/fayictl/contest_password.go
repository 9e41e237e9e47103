package main

import (
	"os"

	"fayi/judging/office"
)

func contestPassword(cmd *command) handler {
	cmd.use("contest password CONTEST", "contest password 2020.fayi")
	clear := cmd.yes("clear", "flag.clear_password")
	check := cmd.yes("check", "flag.check_password")
	cmd.limit(atMostOne, "clear", "check")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		switch {
		case *clear:
			return c.answered(o.Secrets().ClearPassword(c.ctx), "pin.password_cleared", nil)
		case *check:
			return checkPassword(c, o)
		default:
			return c.answered(o.Secrets().SetPassword(c.ctx, os.Getenv(passwordVariable)), "pin.password_set", nil)
		}
	})
}

func checkPassword(c *call, o *office.Office) (result, error) {
	has, err := o.Secrets().HasPassword(c.ctx)
	if err != nil {
		return result{}, err
	}
	key := "pin.right"
	if !has {
		key = "pin.no_password"
	}
	return c.answered(o.Secrets().CheckPassword(c.ctx, os.Getenv(passwordVariable)), key, nil)
}
