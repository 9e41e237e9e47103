package contest

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/replica"
)

// previewed is what restoring a copy would do.
type previewed struct {
	Peek   office.Peek         `json:"holds"`
	Shared *replica.Difference `json:"shared,omitempty"` // of a contest that several computers share
}

// previewRestore says what a copy holds and, of a shared contest, how much would change on all computers.
func previewRestore(c *command.Call, dir, from string) (command.Result, error) {
	if _, err := c.With(dir, nothing); err != nil {
		return command.Result{}, err
	}
	p, err := c.Door.Peek(c.Ctx, from, c.Unlock)
	if err != nil {
		return command.Result{}, err
	}
	out := previewed{Peek: p}
	if sealing.Shared(dir) {
		d, err := c.Door.Differs(c.Ctx, dir, from, c.Unlock)
		if err != nil {
			return command.Result{}, err
		}
		out.Shared = &d
	}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Say("backup.holds", judging.Args{"Name": p.Title(), "Works": p.Works[judging.Accepted], "Judges": p.Judges,
			"Scored": p.Scored, "Last": p.Last.Format("2006-01-02 15:04")})
		if d := out.Shared; d != nil {
			pr.Say("share.would_change", judging.Args{"Added": d.Added, "Changed": d.Changed, "Gone": d.Gone})
		}
	})
}
