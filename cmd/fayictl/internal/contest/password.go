package contest

import (
	"io"
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store"
)

func contestPassword(cmd *command.Command) command.Handler {
	cmd.Use("contest password CONTEST", "contest password 2020.fayi --slip recovery.pdf")
	cmd.Ends(judging.Invalid, judging.Clash) // a password that is too short, one that is set meanwhile
	clear := cmd.Yes("clear", "flag.clear_password")
	check := cmd.Yes("check", "flag.check_password")
	code := cmd.Yes("code", "flag.recovery_code")
	copies := cmd.Yes("backups", "flag.seal_backups")
	slip := cmd.Str("slip", "FILE.pdf", "flag.recovery_slip")
	cmd.Limit(command.AtMostOne, "clear", "check", "code", "backups")
	return func(c *command.Call, args []string) (command.Result, error) {
		dir := args[0]
		is, err := sealing.Sealed(dir)
		if err != nil {
			return c.With(dir, func(*office.Office) (command.Result, error) { return command.Result{}, err })
		}
		if !is && !*check { // who sets or clears one has to know the one that an older program set
			if _, err := c.With(dir, nothing); err != nil {
				return command.Result{}, err
			}
		}
		switch {
		case *check:
			return c.With(dir, func(o *office.Office) (command.Result, error) { return checkPassword(c, o) })
		case *clear && !is:
			return c.With(dir, func(o *office.Office) (command.Result, error) {
				return c.Answered(o.Secrets().ClearPassword(c.Ctx), "pin.password_cleared", nil)
			})
		case *clear:
			return c.Answered(c.Door.Clear(c.Ctx, dir, c.Unlock), "seal.cleared", nil)
		case *code:
			return recode(c, dir, *slip)
		case *copies:
			done, err := c.Door.SealCopies(c.Ctx, dir, c.Unlock)
			return sealed(c, "", done, err, dir, "")
		case is:
			return changePassword(c, dir)
		}
		password, err := c.NewPassword(command.PasswordVariable)
		if err != nil {
			return command.Result{}, err
		}
		done, err := c.Door.Set(c.Ctx, dir, password)
		return sealed(c, "seal.set", done, err, dir, *slip)
	}
}

func nothing(*office.Office) (command.Result, error) { return command.Result{}, nil }

// changePassword asks for the old password first: on a terminal nobody types a new one for nothing.
func changePassword(c *command.Call, dir string) (command.Result, error) {
	if _, err := c.With(dir, nothing); err != nil {
		return command.Result{}, err
	}
	password, err := c.NewPassword(command.NewVariable)
	if err != nil {
		return command.Result{}, err
	}
	return c.Answered(c.Door.Change(c.Ctx, dir, c.Unlock, password), "seal.changed", nil)
}

func recode(c *command.Call, dir, slip string) (command.Result, error) {
	code, err := c.Door.Recode(c.Ctx, dir, c.Unlock)
	return sealed(c, "seal.recoded", sealing.Done{Code: code, Left: []string{}}, err, dir, slip)
}

// sealed says what was sealed, and writes the recovery code on paper.
func sealed(c *command.Call, said string, done sealing.Done, err error, dir, slip string) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	if slip != "" && done.Code != "" {
		err = writeRecovery(c, dir, slip, done.Code)
	}
	res, _ := command.Answer(done, func(pr *command.Printer) {
		if done.Code != "" {
			pr.Say(said, judging.Args{"Code": done.Code})
		}
		if done.Copies > 0 || done.Code == "" {
			pr.Say("seal.copies", judging.Args{"Count": done.Copies})
		}
		for _, name := range done.Left {
			pr.Say("seal.copy_left", judging.Args{"File": name})
		}
	})
	return res, err // a code that was not written as a slip is shown all the same: it stands nowhere else
}

// writeRecovery writes the slip that is kept in a safe.
func writeRecovery(c *command.Call, dir, path, code string) error {
	var title string
	_, err := c.With(dir, func(o *office.Office) (command.Result, error) {
		contest, err := o.Contest(c.Ctx)
		title = contest.Title()
		return command.Result{}, err
	})
	if err != nil {
		return err
	}
	s := diploma.RecoverySlip{Contest: title, Code: code, Made: c.Now(), Words: c.Text.T}
	return store.Translate(path, atomicfile.Write(path, 0o600, func(w io.Writer) error { return s.Write(w) }))
}

func checkPassword(c *command.Call, o *office.Office) (command.Result, error) {
	if o.Secrets().Sealed() {
		return c.Answered(nil, "pin.right", nil) // nothing else opened it
	}
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
