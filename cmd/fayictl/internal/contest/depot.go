package contest

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/sharing"
)

// depotJSON is how the place stands where a shared contest keeps its files for all.
type depotJSON struct {
	Address string `json:"address"` // "" where each computer keeps its own
	Unsent  int    `json:"unsent"`  // files that are on this computer only
	Missing int    `json:"missing"` // files that were to be brought and did not come
	Damaged int    `json:"damaged"` // files that are damaged on this computer and were not sent
	Trouble string `json:"trouble,omitempty"`
}

func contestDepot(cmd *command.Command) command.Handler {
	cmd.Use("contest depot CONTEST", "contest depot 2020.fayi --to s3://fayi@files.example.gov.cn/contest")
	cmd.Ends(judging.NotFound, judging.Unavailable, judging.Forbidden, judging.Invalid)
	to := cmd.Str("to", "ADDRESS|FOLDER", "flag.depot_to")
	here := cmd.Str("here", "FOLDER", "flag.depot_here")
	off := cmd.Yes("off", "flag.depot_off")
	fetch := cmd.Yes("fetch", "flag.depot_fetch")
	category := cmd.Str("category", "NAME", "flag.depot_category")
	return func(c *command.Call, args []string) (command.Result, error) {
		dir := args[0]
		if _, err := c.With(dir, nothing); err != nil { // who says so proves to be the organiser
			return command.Result{}, err
		}
		var err error
		switch {
		case *off:
			err = c.Door.KeepFiles(c.Ctx, dir, sharing.Place{}, c.Unlock)
		case *to != "":
			err = keepFiles(c, dir, *to)
		case *here != "":
			err = c.Door.FindFiles(c.Ctx, dir, *here, c.Unlock)
		}
		if err != nil {
			return command.Result{}, err
		}
		return c.With(dir, func(o *office.Office) (command.Result, error) {
			return tendFiles(c, o, *fetch || *category != "", *category)
		})
	}
}

// keepFiles has the contest keep its files at an address.
func keepFiles(c *command.Call, dir, address string) (err error) {
	p := sharing.Place{Address: address}
	if p.NeedsSecret() {
		if p.Secret, err = c.Secret(command.DepotVariable, "depot.prompt"); err != nil {
			return err
		}
		if p.Secret == "" {
			return judging.Fail(judging.Forbidden, "depot.needs_secret",
				judging.Args{"Variable": command.DepotVariable})
		}
	}
	return c.Door.KeepFiles(c.Ctx, dir, p, c.Unlock)
}

// tendFiles sends what is here only, brings what is wanted, and says how it stands.
func tendFiles(c *command.Call, o *office.Office, fetch bool, category string) (command.Result, error) {
	f, there := c.Door.Files(o.Dir())
	if !there {
		if fetch {
			return command.Result{}, judging.Fail(judging.NotFound, "depot.no_place", nil)
		}
		return command.Answer(depotJSON{}, func(pr *command.Printer) { pr.Say("depot.none", nil) })
	}
	out := depotJSON{Address: f.Address}
	err := sendFiles(c, f)
	if err == nil && fetch {
		bar := c.Bar("depot.fetching")
		out.Missing, err = c.Door.BringFiles(c.Ctx, o, category, bar.Step)
		bar.Done()
	}
	s := f.Status()
	if out.Unsent, out.Damaged = s.Unsent, s.Damaged; err != nil {
		out.Trouble = c.Text.Err(err)
	}
	say := func(pr *command.Printer) {
		pr.Say("depot.status", judging.Args{"Address": out.Address})
		if out.Missing > 0 {
			pr.Say("depot.missing", judging.Args{"N": out.Missing})
		}
		if out.Damaged > 0 {
			pr.Say("depot.damaged", judging.Args{"N": out.Damaged})
		}
		if err == nil && fetch && out.Missing == 0 {
			pr.Say("depot.fetched", nil)
		}
	}
	return command.NewResult(out, say), err
}

func sendFiles(c *command.Call, f sealing.Files) error {
	if f.Depot == nil {
		return f.Trouble
	}
	if err := f.Depot.List(c.Ctx); err != nil {
		return err
	}
	bar := c.Bar("depot.sending")
	defer bar.Done()
	return f.Depot.Flush(c.Ctx, bar.Step)
}
