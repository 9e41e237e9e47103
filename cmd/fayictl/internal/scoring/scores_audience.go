package scoring

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/audience"
)

// scoresAudience takes a list of votes in. One that would stand in the place of another is refused until it is said so.
func scoresAudience(cmd *command.Command) command.Handler {
	cmd.Use("scores audience CONTEST FILE",
		"scores audience 2020.fayi 票数.xlsx --source 普法公众号 --period 11月1日至7日")
	req := audience.Request{}
	source := cmd.Must("source", "NAME", "flag.audience_source")
	period := cmd.Must("period", "TEXT", "flag.audience_period")
	replace := cmd.Yes("replace", "flag.audience_replace")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	cmd.Limit(command.AtMostOne, "replace", "dry-run")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		req.Path, req.Source, req.Period = args[1], *source, *period
		if *dry || *replace {
			r, err := o.Audience().Weigh(c.Ctx, req)
			if err != nil || *dry {
				return audienceResult(r, err)
			}
			req.Over = r.Over
		}
		return audienceResult(o.Audience().Take(c.Ctx, req))
	})
}

func audienceResult(r audience.Report, err error) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) { sayAudience(pr, r) })
}

func sayAudience(pr *command.Printer, r audience.Report) {
	pr.Complain(r.Problems, 50)
	pr.Accounts(r.Sheets)
	stated := func(n *int) string {
		if n == nil {
			return pr.Text.T("audience.unstated", nil)
		}
		return fmt.Sprint(*n)
	}
	for _, x := range r.Changes {
		pr.Say("audience.cli_change", judging.Args{
			"Code": x.Code, "Title": x.Title, "Old": stated(x.Old), "New": stated(x.New),
		})
	}
	if n := len(r.Missing); n > 0 {
		const named = 10
		var codes []string
		for _, code := range r.Missing[:min(n, named)] {
			codes = append(codes, string(code))
		}
		pr.Warn("audience.cli_missing", judging.Args{
			"N": n, "Works": strings.Join(codes, ", "), "More": n - len(codes),
		})
	}
	if r.Unasked {
		pr.Warn("audience.cli_unasked", nil)
	}
	args := judging.Args{
		"Source": r.Source, "List": r.ID, "Read": r.Read, "Votes": r.Votes, "N": len(r.Changes),
	}
	switch {
	case r.Known:
		pr.Say("audience.cli_known", args)
	case r.ID == "":
		pr.Say("audience.cli_weighed", args)
	default:
		pr.Say("audience.cli_taken", args)
	}
}

func scoresAudiences(cmd *command.Command) command.Handler {
	cmd.Use("scores audiences CONTEST", "scores audiences 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Audience().Lists(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{
				pr.Titles("audience.col_", "list", "source", "period", "file", "works", "votes", "state"),
			}
			for _, l := range all {
				rows = append(rows, []string{
					l.ID, l.Source, l.Period, l.File, fmt.Sprint(len(l.Counts)), fmt.Sprint(l.Votes),
					pr.Text.T("audience."+l.State(), nil),
				})
			}
			pr.Table(rows)
		})
	})
}

func scoresUndoAudience(cmd *command.Command) command.Handler {
	cmd.Use("scores undo-audience CONTEST LIST", "scores undo-audience 2020.fayi a0001 --reason 平台重新统计")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		return c.Answered(o.Audience().Withdraw(c.Ctx, args[1], *reason), "audience.cli_withdrawn",
			judging.Args{"List": args[1]})
	})
}
