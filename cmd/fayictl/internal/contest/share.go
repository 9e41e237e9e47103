package contest

import (
	"context"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/internal/awake"
	"fayi/internal/machine"
	"fayi/judging"
	"fayi/judging/sealing"
	"fayi/judging/store/replica"
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
		if _, err := c.With(args[0], nothing); err != nil { // who may, and closed again
			return command.Result{}, err
		}
		bar := c.Bar("depot.fetching")
		kept, err := c.Door.Leave(c.Ctx, args[0], c.Unlock, bar.Step)
		bar.Done()
		if kept && err == nil {
			c.Warn("share.log_ended", nil)
		}
		return c.Answered(err, "share.left", nil)
	}
}

// logJSON is how a shared contest and its log stand.
type logJSON struct {
	Address  string            `json:"address"`
	Writer   string            `json:"writer"`
	Position uint64            `json:"position"`
	Sum      string            `json:"sum"`
	Away     bool              `json:"away"`
	Trouble  string            `json:"trouble,omitempty"`
	First    uint64            `json:"first,omitempty"` // the first entry that the log still has
	Snapshot *replica.Snapshot `json:"snapshot,omitempty"`
	Files    string            `json:"files,omitempty"` // where they are kept for all
	Unsent   int               `json:"files_unsent"`
	Present  []replica.Present `json:"present"` // who has it open
}

func contestLog(cmd *command.Command) command.Handler {
	cmd.Use("contest log CONTEST", "contest log 2020.fayi --snapshot")
	cmd.Ends(judging.Busy, judging.Unavailable, judging.Corrupt)
	snapshot := cmd.Yes("snapshot", "flag.log_snapshot")
	cut := cmd.Yes("cut", "flag.log_cut")
	return func(c *command.Call, args []string) (command.Result, error) {
		if _, err := c.With(args[0], nothing); err != nil {
			return command.Result{}, err
		}
		f, err := c.Door.Follow(c.Ctx, args[0], c.Unlock)
		if err != nil {
			return command.Result{}, err
		}
		out, err := logOf(c, f, *snapshot, *cut)
		files, _ := c.Door.Files(args[0])
		out.Files, out.Unsent = files.Address, files.Status().Unsent
		if err = command.FirstError(err, f.DB.Close()); err != nil {
			return command.Result{}, err
		}
		return command.Answer(out, func(pr *command.Printer) { sayLog(pr, out) })
	}
}

// logOf tells how the log stands, after a snapshot was made or old entries were cut off, where that was asked for.
func logOf(c *command.Call, f sealing.Followed, snapshot, cut bool) (out logJSON, err error) {
	ctx := c.Ctx
	if !snapshot && !cut { // what the log keeps is no reason to wait for one that is away
		var end context.CancelFunc
		ctx, end = context.WithTimeout(ctx, 2*time.Second)
		defer end()
	}
	if snapshot {
		_, err = f.DB.Condense(ctx, c.Now)
	}
	if cut && err == nil {
		_, err = f.DB.Cut(ctx, c.Now, true)
	}
	if err != nil {
		return out, err
	}
	if out.Snapshot, out.First, err = f.DB.Kept(ctx); err != nil && (snapshot || cut) {
		return out, err
	}
	if out.Present, err = f.DB.AskHere(ctx, c.Now()); err != nil {
		out.Present = nil // what is wrong with the log is said below
	}
	s := f.DB.Status()
	out.Address, out.Writer, out.Position, out.Sum, out.Away = f.Address, f.Share.Writer, s.Position, s.Sum, s.Away
	switch {
	case s.Err != nil:
		out.Trouble = c.Text.Err(s.Err)
	case s.Away:
		out.Trouble = c.Text.Err(s.Why)
	}
	return out, nil
}

func sayLog(pr *command.Printer, out logJSON) {
	pr.Say("share.status", judging.Args{"Address": out.Address, "Name": out.Writer, "Position": out.Position,
		"Sum": out.Sum})
	if s := out.Snapshot; s != nil {
		pr.Say("share.snapshot_is", judging.Args{"Position": s.Position, "At": s.At.Local().Format("2006-01-02 15:04"),
			"KB": (s.Bytes + 1023) >> 10, "First": out.First})
	}
	for _, p := range out.Present {
		pr.Say("share.present", judging.Args{"Name": p.Writer, "Clock": p.At.Local().Format("15:04:05")})
	}
	if out.Trouble != "" {
		pr.Say("share.trouble", judging.Args{"Trouble": out.Trouble})
	}
	if out.Files != "" {
		pr.Say("depot.status", judging.Args{"Address": out.Files})
	}
	if out.Unsent > 0 {
		pr.Say("depot.unsent", judging.Args{"N": out.Unsent})
	}
}
