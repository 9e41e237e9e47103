package contest

import (
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

func contestPassword(cmd *command.Command) command.Handler {
	cmd.Use("contest password CONTEST", "contest password 2020.fayi")
	cmd.Ends(judging.Invalid) // a password that is too short
	clear := cmd.Yes("clear", "flag.clear_password")
	check := cmd.Yes("check", "flag.check_password")
	cmd.Limit(command.AtMostOne, "clear", "check")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		switch {
		case *clear:
			return c.Answered(o.Secrets().ClearPassword(c.Ctx), "pin.password_cleared", nil)
		case *check:
			return checkPassword(c, o)
		default:
			err := o.Secrets().SetPassword(c.Ctx, os.Getenv(command.PasswordVariable))
			return c.Answered(err, "pin.password_set", nil)
		}
	})
}

func checkPassword(c *command.Call, o *office.Office) (command.Result, error) {
	has, err := o.Secrets().HasPassword(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	key := "pin.right"
	if !has {
		key = "pin.no_password"
	}
	return c.Answered(o.Secrets().CheckPassword(c.Ctx, os.Getenv(command.PasswordVariable)), key, nil)
}
