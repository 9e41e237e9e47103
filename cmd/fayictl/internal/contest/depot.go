package contest

import (
	"strings"

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
	cmd.Ends(judging.NotFound, judging.Unavailable, judging.Forbidden, judging.Invalid, judging.Clash)
	cmd.Limit(command.AtMostOne, "to", "here", "off", "fetch", "sweep")
	to := cmd.Str("to", "ADDRESS|FOLDER", "flag.depot_to")
	here := cmd.Str("here", "FOLDER", "flag.depot_here")
	off := cmd.Yes("off", "flag.depot_off")
	fetch := cmd.Yes("fetch", "flag.depot_fetch")
	category := cmd.Str("category", "NAME", "flag.depot_category")
	sweep := cmd.Yes("sweep", "flag.depot_sweep")
	yes := cmd.Yes("yes", "flag.depot_yes")
	days := cmd.Num("days", "N", "flag.depot_days", sealing.UsualDays)
	return func(c *command.Call, args []string) (command.Result, error) {
		dir := args[0]
		if !*sweep && (*yes || cmd.Changed("days")) {
			flags := []string{"--sweep", "--yes", "--days"}
			return command.Result{}, cmd.Misused("cli.sweep_first", judging.Args{
				"Flags": strings.Join(flags[1:], c.Text.T("kit.comma", nil)), "First": flags[0],
			})
		}
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
			if *sweep {
				return sweepFiles(c, o, *days, *yes)
			}
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

// sweptJSON is what a sweep of the file store found.
type sweptJSON struct {
	Removed bool  `json:"removed"` // false: looked only
	Files   int   `json:"files"`   // that nobody refers to any more: removed, or to be removed
	Bytes   int64 `json:"bytes"`
	Needed  int   `json:"needed"` // by the contest, or by a copy of it on this computer
	Others  int   `json:"others"` // by other computers, as they said
	Young   int   `json:"young"`  // not there for long enough
	Said    int   `json:"said"`   // computers that said what they need

	Unfinished      int   `json:"unfinished"` // files of which only a beginning is there since a day: removed, or to be
	UnfinishedBytes int64 `json:"unfinished_bytes"`
}

// sweepFiles removes from the file store what nobody refers to any more, or says what it would remove.
func sweepFiles(c *command.Call, o *office.Office, days int, yes bool) (command.Result, error) {
	bar := c.Bar("depot.sweeping_now")
	sweeping := sealing.Sweeping{Days: days, Remove: yes, How: c.Unlock, Step: bar.Step}
	is, err := sweeping.Sweep(c.Ctx, c.Door, o)
	bar.Done()
	out := sweptJSON{yes, is.Objects, is.Bytes, is.Needed, is.Others, is.Young, is.Lists, is.Halves, is.HalfSize}
	if err != nil && is.Objects == 0 && is.Halves == 0 {
		return command.Result{}, err
	}
	return command.NewResult(out, func(pr *command.Printer) {
		mb := func(n int64) int64 { return (n + 1<<20 - 1) >> 20 }
		args := judging.Args{"N": is.Objects, "MB": mb(is.Bytes), "Days": days}
		switch {
		case is.Objects == 0 && is.Halves == 0, is.Objects == 0 && !yes:
			pr.Say("depot.sweep_nothing", nil)
		case !yes:
			pr.Say("depot.sweep_found", args)
		case is.Halves == 0:
			pr.Say("depot.sweep_done", args)
		default:
			args["Halves"], args["MB"] = is.Halves, mb(is.Bytes+is.HalfSize)
			pr.Say("depot.sweep_all_done", args)
		}
		if is.Halves > 0 && !yes {
			pr.Say("depot.sweep_halves", judging.Args{"N": is.Halves, "MB": mb(is.HalfSize)})
		}
		pr.Say("depot.sweep_stay", judging.Args{
			"Needed": is.Needed, "Others": is.Others, "Young": is.Young, "Days": days, "Said": is.Lists,
		})
		if !yes && is.Objects+is.Halves > 0 {
			pr.Say("cli.sweep_how", nil)
		}
	}), err
}
