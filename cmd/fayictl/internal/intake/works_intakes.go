package intake

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/problems"
)

// worksIntakes lists all imports, or tells of one what became of every row.
func worksIntakes(cmd *command.Command) command.Handler {
	cmd.Use("works intakes CONTEST", "works intakes 2020.fayi --intake i002 --sheet 书法")
	id := cmd.Str("intake", "ID", "flag.intake_rows")
	sheet := cmd.Str("sheet", "NAME", "flag.sheet_lines")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		switch {
		case *id != "":
			return showAccount(c, o, judging.IntakeID(*id), *sheet)
		case *sheet != "":
			return command.Result{}, cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--intake"})
		}
		all, err := o.Intake().Intakes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("intake", "state", "at", "accepted", "changed", "files")}
			for _, i := range all {
				rows = append(rows, []string{string(i.ID), pr.Text.T("intake.state_"+string(i.State), nil),
					i.At.Local().Format("2006-01-02 15:04"),
					fmt.Sprint(i.Tally.Accepted), fmt.Sprint(i.Tally.Changed), strings.Join(i.Sources, " ")})
			}
			pr.Table(rows)
		})
	})
}

// intakeAccount is an import with its sheets and, where one was named, the rows of that.
type intakeAccount struct {
	problems.Account
	Lines []sheetLine `json:"lines,omitempty"`
}

// sheetLine is a row of a file's sheet.
type sheetLine struct {
	File string `json:"file"`
	problems.Line
}

func showAccount(c *command.Call, o *office.Office, id judging.IntakeID, sheet string) (command.Result, error) {
	a, err := o.Problems().Account(c.Ctx, id)
	if err != nil {
		return command.Result{}, err
	}
	out := intakeAccount{Account: a}
	for _, s := range a.Sheets {
		if sheet == "" || s.Sheet != sheet {
			continue
		}
		lines, err := o.Problems().SheetLines(c.Ctx, id, s.File, s.Sheet)
		if err != nil {
			return command.Result{}, err
		}
		for _, l := range lines {
			out.Lines = append(out.Lines, sheetLine{s.File, l})
		}
	}
	return command.Answer(out, func(pr *command.Printer) {
		pr.Accounts(a.Sheets)
		for _, l := range out.Lines {
			printLine(pr, l)
		}
	})
}

// printLine shows where one row went: 汇总.xlsx 4 作品 w000012 法治中国.
func printLine(pr *command.Printer, l sheetLine) {
	what := strings.TrimSpace(string(l.Work) + "  " + l.Title)
	if l.Kind != "" {
		what = pr.Text.T(l.Kind.Text(), nil)
	}
	for _, p := range l.Problems {
		what += "  " + pr.Text.T(p.Text, p.Args)
	}
	pr.Line("  %s!%d  %s  %s", l.File, l.Row, pr.Text.T("account.end_"+string(l.End), nil),
		strings.TrimSpace(what))
}
