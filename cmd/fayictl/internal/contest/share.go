package contest

import (
	"context"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/awake"
	"fayi/internal/machine"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// shared is what contestShare says.
type shared struct {
	Invitation string `json:"invitation"`
	Serving    bool   `json:"serving"` // this computer kept the log and served it
}

func contestShare(cmd *command.Command) command.Handler {
	cmd.Use("contest share CONTEST", "contest share 2020.fayi --to lan://192.168.1.5:8791")
	cmd.Ends(judging.Clash, judging.Unavailable, judging.Busy)
	to := cmd.Str("to", "ADDRESS", "flag.share_to")
	name := cmd.Str("name", "NAME", "flag.share_name")
	span := cmd.Str("for", "TIME", "flag.for")
	return func(c *command.Call, args []string) (command.Result, error) {
		dir, serve := args[0], time.Duration(0)
		if *span != "" {
			var err error
			if serve, err = time.ParseDuration(*span); err != nil || serve <= 0 {
				return command.Result{}, cmd.Misused("cli.bad_time", judging.Args{"Value": *span})
			}
		}
		if _, err := c.With(dir, nothing); err != nil { // who shares proves to be the organiser
			return command.Result{}, err
		}
		if *to != "" {
			bar := c.Bar("share.writing")
			invitation, err := c.Door.Share(c.Ctx, dir, *to, writer(*name), c.Unlock, func(n int) { bar.Step(n, n) })
			bar.Done()
			if err != nil {
				return command.Result{}, err
			}
			c.Warn("share.begun", judging.Args{"Invitation": invitation})
		}
		return serveLog(c, dir, serve)
	}
}

// writer is the name under which this computer writes: the one that a person gave it where none is typed, else none.
func writer(typed string) string {
	if typed = judging.Tidy(typed); typed != "" {
		return typed
	}
	return machine.Name(machine.Folder())
}

// serveLog serves the log that this computer keeps for some time, 0 until the person interrupts the program.
func serveLog(c *command.Call, dir string, span time.Duration) (command.Result, error) {
	f, err := c.Door.Follow(c.Ctx, dir, c.Unlock)
	if err != nil {
		return command.Result{}, err
	}
	out := shared{Invitation: f.Share.Invitation(), Serving: f.Keeps()}
	stop, err := f.Serve(c.Ctx)
	if err != nil {
		return command.Result{}, command.FirstError(err, f.DB.Close())
	}
	if out.Serving {
		c.Warn("share.serving", judging.Args{"Address": f.Address})
		if release, err := awake.Hold(c.Ctx, c.Text.T("share.awake_why", nil)); err == nil {
			defer release()
		}
		ctx, end := c.Ctx, context.CancelFunc(func() {})
		if span > 0 {
			ctx, end = context.WithTimeout(ctx, span)
		}
		<-ctx.Done()
		end()
	}
	if err := command.FirstError(stop(), f.DB.Close()); err != nil {
		return command.Result{}, err
	}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Say("share.invitation_is", judging.Args{"Invitation": out.Invitation})
	})
}

// joined is what contestJoin says.
type joined struct {
	Path string `json:"path"`
	Code string `json:"recovery_code,omitempty"` // of a copy that is sealed
}

func contestJoin(cmd *command.Command) command.Handler {
	cmd.Use("contest join INVITATION", "contest join 'lan://192.168.1.5:8791#…' --out 2020.fayi --name 二号机")
	cmd.Ends(judging.Clash, judging.Unavailable, judging.Forbidden, judging.Corrupt)
	out := cmd.Must("out", "CONTEST", "flag.join_out")
	name := cmd.Str("name", "NAME", "flag.share_name")
	return func(c *command.Call, args []string) (command.Result, error) {
		bar := c.Bar("share.reading")
		code, err := c.Door.Join(c.Ctx, sealing.Joining{
			Invitation: args[0], Dir: *out, Writer: writer(*name),
			Password: func() (string, error) { return c.NewPassword(command.NewVariable) },
		}, func(n int) { bar.Step(n, n) })
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(joined{*out, code}, func(pr *command.Printer) {
			pr.Say("share.joined", judging.Args{"Path": *out})
			if code != "" {
				pr.Say("share.joined_code", judging.Args{"Code": code})
			}
		})
	}
}

func contestLeave(cmd *command.Command) command.Handler {
	cmd.Use("contest leave CONTEST", "contest leave 2020.fayi")
	return func(c *command.Call, args []string) (command.Result, error) {
		if _, err := c.With(args[0], func(o *office.Office) (command.Result, error) {
			return command.Result{}, bringAll(c, o)
		}); err != nil {
			return command.Result{}, err
		}
		kept, err := c.Door.Leave(c.Ctx, args[0], c.Unlock)
		if kept && err == nil {
			c.Warn("share.log_ended", nil)
		}
		return c.Answered(err, "share.left", nil)
	}
}

// bringAll has all files here before a contest is on this computer only, and those that are here in the depot.
func bringAll(c *command.Call, o *office.Office) error {
	f, there := c.Door.Files(o.Dir())
	if !there {
		return nil
	}
	bar := c.Bar("depot.fetching")
	defer bar.Done()
	err := sendFiles(c, f)
	var missing int
	if err == nil {
		missing, err = c.Door.BringFiles(c.Ctx, o, "", bar.Step)
	}
	if err == nil && missing > 0 {
		err = judging.Fail(judging.NotFound, "depot.leave", judging.Args{"N": missing})
	}
	return err
}

// logJSON is how a shared contest and its log stand.
type logJSON struct {
	Address  string `json:"address"`
	Writer   string `json:"writer"`
	Position uint64 `json:"position"`
	Sum      string `json:"sum"`
	Away     bool   `json:"away"`
	Trouble  string `json:"trouble,omitempty"`
	Files    string `json:"files,omitempty"` // where they are kept for all
	Unsent   int    `json:"files_unsent"`
}

func contestLog(cmd *command.Command) command.Handler {
	cmd.Use("contest log CONTEST", "contest log 2020.fayi")
	return func(c *command.Call, args []string) (command.Result, error) {
		if _, err := c.With(args[0], nothing); err != nil {
			return command.Result{}, err
		}
		f, err := c.Door.Follow(c.Ctx, args[0], c.Unlock)
		if err != nil {
			return command.Result{}, err
		}
		s := f.DB.Status()
		files, _ := c.Door.Files(args[0])
		waiting := files.Status()
		if err := f.DB.Close(); err != nil {
			return command.Result{}, err
		}
		out := logJSON{Address: f.Address, Writer: f.Share.Writer, Position: s.Position, Sum: s.Sum, Away: s.Away,
			Files: files.Address, Unsent: waiting.Unsent}
		if s.Err != nil {
			out.Trouble = c.Text.Err(s.Err)
		}
		return command.Answer(out, func(pr *command.Printer) {
			pr.Say("share.status", judging.Args{"Address": out.Address, "Name": out.Writer, "Position": out.Position,
				"Sum": out.Sum})
			switch {
			case s.Err != nil:
				pr.Say("share.trouble", judging.Args{"Trouble": out.Trouble})
			case s.Away:
				pr.Say("share.is_away", nil)
			}
			if out.Files != "" {
				pr.Say("depot.status", judging.Args{"Address": out.Files})
			}
			if out.Unsent > 0 {
				pr.Say("depot.unsent", judging.Args{"N": out.Unsent})
			}
		})
	}
}
