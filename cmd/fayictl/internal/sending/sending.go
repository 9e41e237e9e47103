// Package sending declares the commands about what units send over a network.
package sending

import (
	"fmt"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collect"
	"fayi/judging/office/sending"
	"fayi/judging/sending/host"
)

// Commands are the commands of collecting that this package has.
var Commands = []command.Declaration{
	collectOpen, collectClose, collectLinks, collectUnlink, collectSent, collectReceive, collectRefuse, collectClear,
	collectServe, collectPoster,
}

// mostGB is more than any size that is accepted: what is beyond is no number of bytes.
const mostGB = 1 << 20

func collectOpen(cmd *command.Command) command.Handler {
	cmd.Use("collect open CONTEST", "collect open 2020.fayi --until 2026-12-20T18:00")
	until := cmd.Str("until", "TIME", "flag.send_until")
	public := cmd.Yes("public", "flag.send_public")
	most := cmd.Num("most-gb", "N", "flag.send_most", sending.UsualMost>>30)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req := sending.OpenRequest{Public: *public, Most: int64(min(max(*most, -1), mostGB)) << 30}
		if *until != "" {
			var err error
			if req.Until, err = time.ParseInLocation("2006-01-02T15:04", *until, time.Local); err != nil {
				return command.Result{}, cmd.Misused("cli.send_bad_time", judging.Args{"Value": *until})
			}
		}
		now, err := o.Sending().OpenSending(c.Ctx, req)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(now, func(pr *command.Printer) { printOpening(pr, now, true) })
	})
}

func printOpening(pr *command.Printer, o sending.Opening, open bool) {
	switch {
	case !open:
		pr.Say("cli.send_closed", nil)
	case o.Until.IsZero():
		pr.Say("cli.send_open", nil)
	default:
		pr.Say("cli.send_opened_until", judging.Args{"Until": clock(o.Until)})
	}
	if o.Public {
		pr.Say("cli.send_public", nil)
	}
}

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func collectClose(cmd *command.Command) command.Handler {
	cmd.Use("collect close CONTEST", "collect close 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		now, err := o.Sending().CloseSending(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(now, func(pr *command.Printer) { pr.Say("cli.send_closed", nil) })
	})
}

// linked is a link as it is given to a unit.
type linked struct {
	Unit  string `json:"unit"`
	Token string `json:"token"`
	Link  string `json:"link,omitempty"`
}

func collectLinks(cmd *command.Command) command.Handler {
	cmd.Use("collect links CONTEST", "collect links 2020.fayi --at https://fayi.example.cn/c/abc/send")
	units := cmd.Many("unit", "U", "flag.send_unit")
	at := cmd.Str("at", "URL", "flag.send_at")
	slips := cmd.Str("slips", "FILE.pdf", "flag.slips_out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *slips != "" {
			if *at == "" {
				return command.Result{}, cmd.Misused("cli.links_no_at", nil)
			}
			// links are shown once: a file that can't be written must not cost them
			if err := o.Collect().WriteSlips(c.Ctx, *slips, nil, c.Text.T); err != nil {
				return command.Result{}, err
			}
		}
		issued, err := o.Sending().IssueLinks(c.Ctx, *units)
		if err != nil {
			return command.Result{}, err
		}
		out, of := []linked{}, []collect.UnitLink{}
		for _, i := range issued {
			l := linked{Unit: i.Unit, Token: i.Token}
			if *at != "" {
				l.Link = host.LinkAt(*at, i.Token)
			}
			out = append(out, l)
			of = append(of, collect.UnitLink{Unit: l.Unit, Link: l.Link})
		}
		if *slips != "" {
			if err := o.Collect().WriteSlips(c.Ctx, *slips, of, c.Text.T); err != nil {
				return command.Result{}, err
			}
			if len(of) == 0 {
				c.Warn("cli.no_slips", judging.Args{"Path": *slips})
			} else {
				c.Warn("cli.slips_written", judging.Args{"N": len(of), "Path": *slips})
			}
		}
		return command.Answer(out, func(pr *command.Printer) {
			for _, l := range out {
				shown := l.Link
				if shown == "" {
					shown = "#" + l.Token
				}
				pr.Say("cli.send_link", judging.Args{"Unit": l.Unit, "Link": shown})
			}
			pr.Say("cli.send_linked", judging.Args{"Count": len(out)})
		})
	})
}

func collectUnlink(cmd *command.Command) command.Handler {
	cmd.Use("collect unlink CONTEST", "collect unlink 2020.fayi --unit 示例县第一小学")
	unit := cmd.Must("unit", "U", "flag.send_of")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Sending().RevokeLink(c.Ctx, *unit)
		return c.Answered(err, "cli.send_unlinked", judging.Args{"Unit": *unit})
	})
}

func collectSent(cmd *command.Command) command.Handler {
	cmd.Use("collect sent CONTEST", "collect sent 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		s, err := o.Sending().Standing(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(s, func(pr *command.Printer) {
			printOpening(pr, s.Opening, s.IsOpen)
			rows := [][]string{pr.Titles("sending.list_", "unit", "link", "sent")}
			for _, l := range s.Links {
				rows = append(rows, []string{l.Unit, clock(l.Issued), fmt.Sprint(l.Sent)})
			}
			pr.Table(rows)
			rows = [][]string{pr.Titles("sending.list_", "number", "unit", "at", "works", "files", "size", "state")}
			for _, d := range s.Deliveries {
				rows = append(rows, []string{
					d.ID, d.Unit, clock(d.At), fmt.Sprint(d.Works), fmt.Sprint(d.Files), megabytes(d.Bytes) + " MB",
					pr.Text.T("sending.state_"+d.State, nil),
				})
			}
			pr.Table(rows)
			for _, u := range s.Unfit {
				pr.Say("cli.send_unfit", judging.Args{
					"Unit": u.Unit, "At": clock(u.At), "Name": u.Name, "Why": u.Said(pr.Text.T), "N": u.N,
				})
			}
			pr.Say("cli.send_sent", judging.Args{"All": len(s.Deliveries), "Waiting": s.Count(sending.Waiting),
				"Taken": s.Count(sending.Taken), "Refused": s.Count(sending.Refused)})
		})
	})
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }

func collectReceive(cmd *command.Command) command.Handler {
	cmd.Use("collect receive CONTEST", "collect receive 2020.fayi --delivery s001 --dry-run")
	id := cmd.Must("delivery", "S", "flag.delivery")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	all := cmd.Yes("all", "flag.all_problems")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("cli.importing")
		r, err := o.Sending().TakeDelivery(c.Ctx, *id, *dry, bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			problems := r.Import.Problems
			for _, row := range r.Import.Rows {
				problems = append(problems, row.Problems...)
			}
			pr.Complain(problems, command.ShownProblems(*all))
			p, text := r.Parcel, "cli.call_taken"
			for _, line := range r.Lines(pr.Text.T) {
				pr.Line("%s", line)
			}
			if *dry {
				text = "cli.call_would_take"
			}
			pr.Say(text, judging.Args{
				"ID": p.ID, "Accepted": p.Accepted, "Changed": p.Changed, "Unchanged": p.Unchanged,
				"Rejected": p.Rejected, "Files": p.Files.Came(),
				"Loose": p.Files.Doubtful + p.Files.Unmatched,
			})
		})
	})
}

func collectRefuse(cmd *command.Command) command.Handler {
	cmd.Use("collect refuse CONTEST", "collect refuse 2020.fayi --delivery s001 --why 少了监护人同意书")
	id := cmd.Must("delivery", "S", "flag.delivery")
	why := cmd.Must("why", "WORDS", "flag.send_why")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		d, err := o.Sending().RefuseDelivery(c.Ctx, *id, *why)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(d, func(pr *command.Printer) {
			pr.Say("cli.send_refused", judging.Args{"ID": d.ID})
		})
	})
}

func collectClear(cmd *command.Command) command.Handler {
	cmd.Use("collect clear CONTEST", "collect clear 2020.fayi --dry-run")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		freed, err := o.Sending().ClearDeliveries(c.Ctx, *dry)
		if err != nil {
			return command.Result{}, err
		}
		text := "cli.send_cleared"
		if *dry {
			text = "cli.send_would_clear"
		}
		return command.Answer(freed, func(pr *command.Printer) {
			pr.Say(text, judging.Args{"Count": freed.Deliveries, "MB": megabytes(freed.Bytes)})
		})
	})
}
