package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collect"
	"fayi/judging/sending/host"
)

// CollectCommands are the commands of the noun collect, in the order of their work.
var CollectCommands = []command.Declaration{
	collectTerms, collectKit, collectMail, collectMailboxes, collectWatch, collectAside, collectTake, collectInbox,
	collectCorrect, collectReceipts, collectMissing, collectMap,
}

// collectTerms shows or sets until when and where works are sent.
func collectTerms(cmd *command.Command) command.Handler {
	cmd.Use("collect terms CONTEST", "collect terms 2020.fayi --deadline 2026-12-20 --to 普法科")
	deadline := cmd.Str("deadline", "DATE", "flag.call_deadline")
	to := cmd.Str("to", "PLACE", "flag.call_to")
	contact := cmd.Str("contact", "NAME", "flag.call_contact")
	phone := cmd.Str("phone", "NUMBER", "flag.call_phone")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		var change collect.TermsChange
		for _, f := range []struct {
			name string
			from *string
			to   **string
		}{
			{"deadline", deadline, &change.Deadline}, {"to", to, &change.To}, {"contact", contact, &change.Contact},
			{"phone", phone, &change.Phone},
		} {
			if cmd.Changed(f.name) {
				*f.to = f.from
			}
		}
		now, err := o.Collect().Terms(c.Ctx)
		if err == nil && change != (collect.TermsChange{}) {
			now, err = o.Collect().SetTerms(c.Ctx, change)
		}
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(now, func(pr *command.Printer) {
			none := pr.Text.T("call.unsaid", nil)
			said := func(s string) string {
				if s == "" {
					return none
				}
				return s
			}
			pr.Say("cli.call_terms", judging.Args{
				"Deadline": said(now.Deadline), "To": said(now.To), "Contact": said(now.Contact),
				"Phone": said(now.Phone),
			})
		})
	})
}

// collectKit writes what units are given, or the texts of it, for a user to change.
func collectKit(cmd *command.Command) command.Handler {
	cmd.Use("collect kit CONTEST", "collect kit 2020.fayi --out 征集材料")
	var req collect.KitRequest
	cmd.StrVar(&req.Dir, "out", "DIR", "flag.out_dir")
	units := cmd.Many("unit", "U", "flag.call_units")
	cmd.StrVar(&req.Texts, "texts", "FILE.toml", "flag.call_texts")
	write := cmd.Str("write-texts", "FILE.toml", "flag.call_write_texts")
	cmd.StrVar(&req.At, "at", "URL", "flag.kit_at")
	links := cmd.Yes("links", "flag.kit_links")
	cmd.Limit(command.ExactlyOne, "out", "write-texts")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *write != "" {
			return c.Answered(o.Collect().KitTexts(*write, c.Text.T), "report.template_written",
				judging.Args{"Path": *write})
		}
		req.Units = *units
		if *links {
			if req.At == "" {
				return command.Result{}, cmd.Misused("cli.links_no_at", nil)
			}
			req.Links = func(ctx context.Context) (map[string]string, error) {
				return drawLinks(ctx, o, req.At, req.Units)
			}
		}
		r, err := o.Collect().WriteKit(c.Ctx, req, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			pr.Say("cli.call_kit", judging.Args{"Path": r.Path, "Units": len(r.Units), "Files": r.Files})
			if *links {
				pr.Say("cli.kit_slips", judging.Args{"N": r.Slips})
			}
		})
	})
}

// drawLinks draws a link for each of the units that has none, for all of the list where none is named.
func drawLinks(ctx context.Context, o *office.Office, at string, units []string) (map[string]string, error) {
	s, err := o.Sending().Standing(ctx)
	if err != nil {
		return nil, err
	}
	var without []string
	for _, l := range s.Links {
		named := slices.ContainsFunc(units, func(u string) bool { return judging.Fold(u) == judging.Fold(l.Unit) })
		if l.Issued.IsZero() && l.Listed && (len(units) == 0 || named) {
			without = append(without, l.Unit)
		}
	}
	out := map[string]string{}
	if len(without) == 0 {
		return out, nil
	}
	issued, err := o.Sending().IssueLinks(ctx, without)
	for _, i := range issued {
		out[i.Unit] = host.LinkAt(at, i.Token)
	}
	return out, err
}

// collectTake imports what a unit sent and keeps that it came.
func collectTake(cmd *command.Command) command.Handler {
	cmd.Use("collect take CONTEST SOURCE...", "collect take 2020.fayi 第一小学.zip --dry-run")
	var req collect.TakeRequest
	cmd.StrVar(&req.Unit, "unit", "U", "flag.call_from")
	at := cmd.Str("at", "TIME", "flag.call_at")
	cmd.YesVar(&req.DryRun, "dry-run", "flag.dry_run")
	cmd.YesVar(&req.Unsure, "unsure", "flag.call_unsure")
	all := cmd.Yes("all", "flag.all_problems")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		var err error
		if *at != "" {
			said := strings.Replace(*at, "T", " ", 1)
			if req.At, err = time.ParseInLocation("2006-01-02 15:04", said, time.Local); err != nil {
				return command.Result{}, cmd.Misused("cli.call_bad_time", judging.Args{"Value": *at})
			}
		}
		req.Sources = args[1:]
		bar := c.Bar("cli.importing")
		r, err := o.Collect().TakeParcel(c.Ctx, req, bar.Step)
		bar.Done()
		if err != nil {
			c.Notes().Complain(r.Import.Problems, command.ShownProblems(*all))
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) { printTaken(pr, r, req.DryRun, *all) })
	})
}

func printTaken(pr *command.Printer, r collect.TakeReport, dry, all bool) {
	problems := r.Import.Problems
	for _, row := range r.Import.Rows {
		problems = append(problems, row.Problems...)
	}
	pr.Complain(problems, command.ShownProblems(all))
	for _, line := range r.Lines(pr.Text.T) {
		pr.Line("%s", line)
	}
	if r.Same != "" {
		return
	}
	p := r.Parcel
	text := "cli.call_taken"
	if dry {
		text = "cli.call_would_take"
	}
	pr.Say(text, judging.Args{
		"ID": p.ID, "Accepted": p.Accepted, "Changed": p.Changed, "Unchanged": p.Unchanged, "Rejected": p.Rejected,
		"Files": p.Files.Came(), "Loose": p.Files.Doubtful + p.Files.Unmatched,
	})
}

// collectInbox lists what came.
func collectInbox(cmd *command.Command) command.Handler {
	cmd.Use("collect inbox CONTEST", "collect inbox 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		b, err := o.Collect().Inbox(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(b, func(pr *command.Printer) {
			rows := [][]string{pr.Titles("call.list_", "number", "unit", "last", "works", "files", "problems",
				"note_head", "sources")}
			for _, p := range b.Parcels {
				rows = append(rows, []string{
					p.ID, p.Unit, p.At.Local().Format("2006-01-02 15:04"),
					fmt.Sprint(p.Accepted + p.Changed + p.Unchanged),
					fmt.Sprint(p.Files.Came()), fmt.Sprint(p.Problems),
					p.Notes(pr.Text.T), strings.Join(p.Sources, "、"),
				})
			}
			pr.Table(rows)
			pr.Say("call.list_note", b.Args())
		})
	})
}

// collectCorrect says from whom a parcel came, or that it does not count.
func collectCorrect(cmd *command.Command) command.Handler {
	cmd.Use("collect correct CONTEST", "collect correct 2020.fayi --parcel p001 --unit 示例县第一小学")
	var change collect.ParcelChange
	cmd.MustVar(&change.ID, "parcel", "P", "flag.call_parcel")
	cmd.StrVar(&change.Unit, "unit", "U", "flag.call_from")
	cmd.YesVar(&change.Drop, "drop", "flag.call_drop")
	cmd.YesVar(&change.Keep, "keep", "flag.call_keep")
	cmd.Limit(command.ExactlyOne, "unit", "drop", "keep")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		p, err := o.Collect().CorrectParcel(c.Ctx, change)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(p, func(pr *command.Printer) {
			pr.Say("cli.call_corrected", judging.Args{"ID": p.ID, "Unit": p.Unit})
		})
	})
}

// collectReceipts says to units what came from them.
func collectReceipts(cmd *command.Command) command.Handler {
	cmd.Use("collect receipts CONTEST", "collect receipts 2020.fayi --out 回执")
	var req collect.ReceiptRequest
	cmd.StrVar(&req.Dir, "out", "DIR", "flag.call_receipts")
	units := cmd.Many("unit", "U", "flag.call_units")
	cmd.StrVar(&req.Texts, "texts", "FILE.toml", "flag.call_texts")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req.Units = *units
		list, err := o.Collect().Receipts(c.Ctx, req, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(list, func(pr *command.Printer) {
			if req.Dir != "" {
				pr.Say("cli.call_receipts", judging.Args{"N": len(list), "Path": req.Dir})
				return
			}
			for _, r := range list {
				pr.Block(r.Text)
				pr.Line("")
			}
		})
	})
}

// collectMissing says who has not sent, in the ways that are needed: a table, a workbook, messages.
func collectMissing(cmd *command.Command) command.Handler {
	cmd.Use("collect missing CONTEST", "collect missing 2020.fayi")
	out := cmd.Str("out", "FILE.xlsx", "flag.call_list")
	reminders := cmd.Yes("reminders", "flag.call_reminders")
	group := cmd.Yes("group", "flag.call_group")
	texts := cmd.Str("texts", "FILE.toml", "flag.call_texts")
	cmd.Limit(command.AtMostOne, "out", "reminders", "group")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		switch {
		case *out != "":
			n, err := o.Collect().ReportUnits(c.Ctx, *out, c.Text.T)
			return command.NewResult(map[string]any{"path": *out, "units": n}, func(pr *command.Printer) {
				pr.Say("report.written", judging.Args{"Path": *out})
			}).Unless(err)
		case *reminders:
			list, err := o.Collect().Reminders(c.Ctx, *texts, c.Text.T)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(list, func(pr *command.Printer) {
				for _, r := range list {
					pr.Block(r.Text)
					pr.Line("")
				}
			})
		}
		b, err := o.Collect().Inbox(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if *group {
			text := b.GroupText(c.Text.T)
			return command.Answer(map[string]string{"text": text}, func(pr *command.Printer) { pr.Block(text) })
		}
		return command.Answer(b.Units, func(pr *command.Printer) { printUnitStates(pr, b) })
	})
}

func printUnitStates(pr *command.Printer, b collect.Inbox) {
	if !b.Lists {
		pr.Say("call.no_list", nil)
	}
	rows := [][]string{pr.Titles("call.list_", "unit", "kind", "state", "works", "quota", "last", "lacks")}
	for _, u := range b.Units {
		last, quota := "", ""
		if !u.Last.IsZero() {
			last = u.Last.Local().Format("2006-01-02 15:04")
		}
		if u.Quota > 0 {
			quota = fmt.Sprint(u.Quota)
		}
		rows = append(rows, []string{
			u.Unit, u.Kind, u.StateText(pr.Text.T), fmt.Sprint(u.Works), quota, last, u.LackText(pr.Text.T),
		})
	}
	pr.Table(rows)
	pr.Say("call.list_note", b.Args())
}
