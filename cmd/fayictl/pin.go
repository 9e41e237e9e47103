package main

import (
	"os"

	"fayi/judging"
	"fayi/judging/office"
)

// The environment carries secrets, because command lines are seen by every program on the machine.
const (
	pinVariable      = "FAYI_PIN"
	passwordVariable = "FAYI_PASSWORD"
)

func judgesPIN(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	clear := fs.Bool("clear", false, "")
	check := fs.Bool("check", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *clear && *check {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		switch id := judging.JudgeID(*judge); {
		case *clear:
			return c.answered(o.ClearPIN(c.ctx, id), "pin.cleared", judging.Args{"Judge": *judge})
		case *check:
			return c.answered(o.CheckPIN(c.ctx, id, os.Getenv(pinVariable)), "pin.right", nil)
		default:
			pin, err := o.SetPIN(c.ctx, id, os.Getenv(pinVariable))
			if err != nil {
				return err
			}
			return c.answer(map[string]any{"judge": *judge, "pin": pin}, func() { c.say("pin.set", judging.Args{"Judge": *judge, "PIN": pin}) })
		}
	})
}

func contestPassword(c *call) error {
	fs := c.flags()
	clear := fs.Bool("clear", false, "")
	check := fs.Bool("check", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *clear && *check {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		switch {
		case *clear:
			return c.answered(o.ClearPassword(c.ctx), "pin.password_cleared", nil)
		case *check:
			return c.checkPassword(o)
		default:
			return c.answered(o.SetPassword(c.ctx, os.Getenv(passwordVariable)), "pin.password_set", nil)
		}
	})
}

func (c *call) checkPassword(o *office.Office) error {
	has, err := o.HasPassword(c.ctx)
	if err != nil {
		return err
	}
	key := "pin.right"
	if !has {
		key = "pin.no_password"
	}
	return c.answered(o.CheckPassword(c.ctx, os.Getenv(passwordVariable)), key, nil)
}

// answered tells that an act without a result was done, unless err says it was not.
func (c *call) answered(err error, key string, args judging.Args) error {
	if err != nil {
		return err
	}
	return c.answer(map[string]any{"ok": true}, func() { c.say(key, args) })
}
