package main

import (
	"io"
	"os"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store"
)

// The environment carries what a contest is sealed under.
const (
	newVariable    = "FAYI_NEW_PASSWORD"
	backupVariable = "FAYI_BACKUP_PASSWORD"
)

func contestPassword(cmd *command) handler {
	cmd.use("contest password CONTEST", "contest password 2020.fayi --slip recovery.pdf")
	clear := cmd.yes("clear", "flag.clear_password")
	check := cmd.yes("check", "flag.check_password")
	code := cmd.yes("code", "flag.recovery_code")
	copies := cmd.yes("backups", "flag.seal_backups")
	slip := cmd.str("slip", "FILE.pdf", "flag.recovery_slip")
	cmd.limit(atMostOne, "clear", "check", "code", "backups")
	return func(c *call, args []string) (result, error) {
		dir := args[0]
		is, err := sealing.Sealed(dir)
		if err != nil {
			return c.with(dir, func(*office.Office) (result, error) { return result{}, err })
		}
		switch {
		case *check:
			return c.with(dir, c.checkPassword)
		case *clear && !is:
			return c.with(dir, func(o *office.Office) (result, error) {
				return c.answered(o.ClearPassword(c.ctx), "pin.password_cleared", nil)
			})
		case *clear:
			return c.answered(c.door.Clear(c.ctx, dir, c.unlock), "seal.cleared", nil)
		case *code:
			return c.recode(dir, *slip)
		case *copies:
			done, err := c.door.SealCopies(c.ctx, dir, c.unlock)
			return c.sealed("", done, err, dir, "")
		case is:
			return c.changePassword(dir)
		}
		password, err := c.newPassword(passwordVariable)
		if err != nil {
			return result{}, err
		}
		done, err := c.door.Set(c.ctx, dir, password)
		return c.sealed("seal.set", done, err, dir, *slip)
	}
}

// changePassword asks for the old password first: on a terminal nobody types a new one for nothing.
func (c *call) changePassword(dir string) (result, error) {
	if _, err := c.with(dir, func(*office.Office) (result, error) { return result{}, nil }); err != nil {
		return result{}, err
	}
	password, err := c.newPassword(newVariable)
	if err != nil {
		return result{}, err
	}
	return c.answered(c.door.Change(c.ctx, dir, c.unlock, password), "seal.changed", nil)
}

func (c *call) recode(dir, slip string) (result, error) {
	code, err := c.door.Recode(c.ctx, dir, c.unlock)
	return c.sealed("seal.recoded", sealing.Done{Code: code, Left: []string{}}, err, dir, slip)
}

// sealed says what was sealed, and writes the recovery code on paper.
func (c *call) sealed(said string, done sealing.Done, err error, dir, slip string) (result, error) {
	if err != nil {
		return result{}, err
	}
	if slip != "" && done.Code != "" {
		if err := c.writeRecovery(dir, slip, done.Code); err != nil {
			return result{}, err
		}
	}
	return answer(done, func(pr *printer) {
		if done.Code != "" {
			pr.say(said, judging.Args{"Code": done.Code})
		}
		if done.Copies > 0 || done.Code == "" {
			pr.say("seal.copies", judging.Args{"Count": done.Copies})
		}
		for _, name := range done.Left {
			pr.say("seal.copy_left", judging.Args{"File": name})
		}
	})
}

// writeRecovery writes the slip that is kept in a safe.
func (c *call) writeRecovery(dir, path, code string) error {
	var title string
	_, err := c.with(dir, func(o *office.Office) (result, error) {
		contest, err := o.Contest(c.ctx)
		title = contest.Title()
		return result{}, err
	})
	if err != nil {
		return err
	}
	s := diploma.RecoverySlip{Contest: title, Code: code, Made: c.now(), Words: c.text.T}
	return store.Translate(path, atomicfile.Write(path, 0o600, func(w io.Writer) error { return s.Write(w) }))
}

func (c *call) checkPassword(o *office.Office) (result, error) {
	if o.Sealed() {
		return c.answered(nil, "pin.right", nil) // nothing else opened it
	}
	has, err := o.HasPassword(c.ctx)
	if err != nil {
		return result{}, err
	}
	key := "pin.right"
	if !has {
		key = "pin.no_password"
	}
	return c.answered(o.CheckPassword(c.ctx, os.Getenv(passwordVariable)), key, nil)
}
